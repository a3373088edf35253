package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows that follows the protocol's page to the letter: a snapshot, and what the notices made of it since. It comes
 * back after a cut with what it had (M4). One thread.
 */
final class Mirror {

    private static final Set<String> OVER = Set.of("ended", "missed", "dismissed");

    /** One chat as far as it is known. */
    static final class Known {
        @Nullable
        JsonNode state;

        final TreeMap<Long, JsonNode> entries = new TreeMap<>();

        String phase() {
            return state == null ? "" : state.path("phase").asText();
        }
    }

    private final Rig rig;
    private final String role;
    private final String token;
    private final String defect;
    private final Map<String, Known> chats = new LinkedHashMap<>();
    private final Map<String, JsonNode> waiting = new HashMap<>();
    private @Nullable JsonNode self;
    private @Nullable String newest;
    private @Nullable TestClient client;

    /** @param defect a planted one: a kind of notice that goes unheard, {@code resumed} for what was missed while cut off, or empty */
    Mirror(Rig rig, String role, String token, String defect) {
        this.rig = rig;
        this.role = role;
        this.token = token;
        this.defect = defect;
        reconnect();
    }

    boolean isOperator() {
        return role.equals("operator");
    }

    boolean isConnected() {
        return client != null;
    }

    TestClient client() {
        if (client == null) {
            throw new IllegalStateException(this + " is cut off");
        }
        return client;
    }

    /** The chats an operator is shown as waiting. */
    List<String> waiting() {
        return waiting.keySet().stream().sorted().toList();
    }

    JsonNode waiting(String chat) {
        JsonNode summary = waiting.get(chat);
        if (summary == null) {
            throw new IllegalArgumentException(chat);
        }
        return summary;
    }

    /** The chats this side may speak in. */
    List<String> own() {
        return chats.entrySet().stream()
                .filter(known -> isOperator() ? known.getValue().phase().equals("claimed") : !isOver(known.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOver(Known known) {
        return OVER.contains(known.phase());
    }

    // ---- The connection

    void cut() {
        client().close();
        client = null;
    }

    /** Comes back and says what it has. */
    void reconnect() {
        Map<String, Long> held = new LinkedHashMap<>();
        chats.forEach((chat, known) -> held.put(chat, complete(known)));
        TestClient next = rig.connect();
        next.frame("hello");
        next.resume(role, token, held);
        client = next;
        welcomed(next.frame("welcome"));
    }

    /** Takes what has come; every sign of life is one for the session, too. */
    void follow() {
        if (client != null) {
            client.rest().forEach(this::noticed);
            fill();
        }
    }

    // ---- What the page says

    private void welcomed(JsonNode welcome) {
        if (isOperator()) {
            self = welcome.path("self");
            waiting.clear();
            welcome.path("waiting")
                    .forEach(summary -> waiting.put(summary.path("chat").asText(), summary));
        }
        for (JsonNode chat : welcome.path("chats")) {
            String id = chat.path("chat").asText();
            if (!chat.path("resumed").asBoolean()) {
                chats.remove(id);
            }
            if (chat.has("state")) {
                state(chat.path("state"));
                Known known = chats.get(id);
                boolean heard =
                        !(defect.equals("resumed") && chat.path("resumed").asBoolean());
                if (known != null && heard) {
                    page(id, known, chat);
                }
            }
        }
        fill();
    }

    private void page(String chat, Known known, JsonNode first) {
        JsonNode page = first;
        add(known, page);
        while (page.path("more").asBoolean()) {
            long after = known.entries.isEmpty() ? 0 : known.entries.lastKey();
            page = client().ask("conversation", Map.of("chat", chat, "after", after))
                    .path("value");
            add(known, page);
        }
    }

    private static void add(Known known, JsonNode page) {
        page.path("entries")
                .forEach(entry -> known.entries.putIfAbsent(entry.path("seq").asLong(), entry));
    }

    private void noticed(JsonNode notice) {
        String kind = notice.path("is").asText();
        if (kind.equals(defect)) {
            return;
        }
        switch (kind) {
            case "state" -> state(notice.path("state"));
            case "entry" -> {
                JsonNode entry = notice.path("entry");
                chats.computeIfAbsent(notice.path("chat").asText(), chat -> new Known())
                        .entries
                        .putIfAbsent(entry.path("seq").asLong(), entry);
            }
            case "listed" -> {
                JsonNode summary = notice.path("waiting");
                waiting.merge(
                        summary.path("chat").asText(), summary, (known, next) -> seq(next) < seq(known) ? known : next);
            }
            case "unlisted" -> waiting.remove(notice.path("chat").asText());
            case "released" -> chats.remove(notice.path("chat").asText());
            case "self" -> self = notice.path("self");
            default -> {} // typing and read state are of the moment
        }
    }

    private void state(JsonNode state) {
        String chat = state.path("chat").asText();
        Known known = chats.computeIfAbsent(chat, c -> new Known());
        if (known.state == null || seq(state) >= seq(known.state)) {
            known.state = state;
            newest = chat;
        }
        if (isOperator() && known.phase().equals("waiting")) {
            chats.remove(chat); // lost
        }
    }

    private static long seq(JsonNode node) {
        return node.path("seq").asLong();
    }

    /** An operator sees gaps, and has them filled. */
    private void fill() {
        if (!isOperator()) {
            return;
        }
        for (Map.Entry<String, Known> chat : List.copyOf(chats.entrySet())) {
            Known known = chat.getValue();
            if (!known.entries.isEmpty() && known.entries.lastKey() > complete(known)) {
                JsonNode answer = client().ask("conversation", Map.of("chat", chat.getKey(), "after", complete(known)));
                page(chat.getKey(), known, answer.path("value"));
            }
        }
    }

    private long complete(Known known) {
        if (!isOperator()) {
            return known.entries.isEmpty() ? 0 : known.entries.lastKey();
        }
        long complete = 0;
        while (known.entries.containsKey(complete + 1)) {
            complete++;
        }
        return complete;
    }

    // ---- Against a fresh snapshot

    /** Everything known that a fresh snapshot shows, too: equal texts are equal knowledge. */
    Map<String, Object> knowledge() {
        Map<String, Object> all = new TreeMap<>();
        if (isOperator()) {
            all.put("self", String.valueOf(self));
            waiting.forEach((chat, summary) -> all.put("waiting " + chat, summary));
            chats.forEach((chat, known) -> put(all, chat, known));
        } else if (newest != null) {
            put(all, newest, chats.getOrDefault(newest, new Known()));
        }
        return all;
    }

    private static void put(Map<String, Object> all, String chat, Known known) {
        all.put("state " + chat, String.valueOf(known.state));
        all.put("entries " + chat, known.entries.toString());
    }

    /** What somebody knows who has just come, and asks for the chats this side has had. */
    Map<String, Object> fresh() {
        Mirror other = new Mirror(rig, role, token, "");
        if (isOperator()) {
            // A fresh snapshot has the own chats; those that are over are there for who asks.
            Set<String> over = new TreeSet<>(chats.keySet());
            over.removeAll(other.chats.keySet());
            over.forEach(chat -> other.chats.put(chat, new Known()));
            other.cut();
            other.reconnect();
        }
        other.cut();
        return other.knowledge();
    }

    @Override
    public String toString() {
        return role + " " + token;
    }
}
