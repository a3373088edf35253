package org.libcoop.transport.websocket.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;

/**
 * What patrons' and operators' clients share: a connection that comes back by itself, commands that are done once however
 * often they have to be sent, and the conversations of own chats without loss and without repetition (M3, M4, G5).
 *
 * <p>A command's stage completes with what the server acknowledged after its commit, or with a refusal; while there is no
 * connection it waits. Stages complete, and the listener is called, on the client's executor. <em>Safe for use by several
 * threads.</em>
 */
public abstract sealed class ChatClient implements AutoCloseable permits PatronClient, OperatorClient {

    /** The most chats a client names to go on with. */
    private static final int RESUMED = 100;

    final Wire wire;
    private final String role;
    private final ClientListener listener;
    private final boolean gapFree;
    private final Map<ChatId, Conversation> conversations = new ConcurrentHashMap<>();
    private final Set<ChatId> filling = new HashSet<>();
    private final Map<ChatId, Notice.ChatState> states = new ConcurrentHashMap<>();

    ChatClient(String role, ClientOptions options, ClientListener listener, boolean gapFree) {
        this.role = role;
        this.listener = Objects.requireNonNull(listener, "listener");
        this.gapFree = gapFree;
        this.wire = new Wire(options, new Ears());
    }

    /** Connects, and from then on again and again, until closed. */
    public void connect() {
        wire.connect();
    }

    /** Where the connection stands. */
    public ConnectionState connection() {
        return wire.state();
    }

    /** Where an own chat stands, as far as the client was told. */
    public Optional<Notice.ChatState> state(ChatId chat) {
        return Optional.ofNullable(states.get(chat));
    }

    /** The conversation of an own chat so far, in order, up to the first entry that is still missing. */
    public List<ConversationEntry> conversation(ChatId chat) {
        Conversation known = conversations.get(chat);
        return known == null ? List.of() : known.entries();
    }

    /** Ends the connection for good. What has no answer yet is answered with {@code unknown-outcome}. */
    @Override
    public void close() {
        wire.close();
    }

    // ---- For the roles

    static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    CompletionStage<Outcome<Receipt>> command(String id, String what, ObjectNode fields) {
        return wire.command(id, what, fields).thenApply(outcome -> outcome.map(Reading::receipt));
    }

    ClientListener listener() {
        return listener;
    }

    /** What a welcome says besides chats. */
    void greeted(JsonNode welcome) {
        Objects.requireNonNull(welcome, "welcome");
    }

    /** A notice that is not about an own chat. */
    void told(JsonNode notice) {
        Objects.requireNonNull(notice, "notice");
    }

    // ---- What comes

    private final class Ears implements Wire.Role {

        @Override
        public String name() {
            return role;
        }

        @Override
        public Map<String, Long> held() {
            Map<String, Long> held = new LinkedHashMap<>();
            conversations.forEach((chat, conversation) -> {
                Notice.ChatState state = states.get(chat);
                if (held.size() < RESUMED && state != null && !state.phase().over()) {
                    held.put(chat.value(), conversation.complete());
                }
            });
            return held;
        }

        @Override
        public void welcomed(JsonNode welcome) {
            greeted(welcome);
            for (JsonNode chat : welcome.path("chats")) {
                ChatId id = Reading.chat(chat);
                if (!chat.path("resumed").asBoolean()) {
                    beginAnew(id);
                }
                if (chat.has("state")) {
                    take(Reading.state(chat.path("state")));
                    page(id, chat);
                }
            }
        }

        @Override
        public void noticed(JsonNode notice) {
            switch (notice.path("is").asText()) {
                case "state" -> take(Reading.state(notice.path("state")));
                case "entry" -> {
                    ChatId chat = Reading.chat(notice);
                    show(chat, of(chat).live(Reading.entry(notice.path("entry"))));
                    fill(chat);
                }
                case "typing" ->
                    listener.typing(
                            Reading.chat(notice), by(notice), notice.path("on").asBoolean());
                case "seen" ->
                    listener.seen(
                            Reading.chat(notice), by(notice), notice.path("seq").asLong());
                default -> told(notice);
            }
        }

        @Override
        public void changed(ConnectionState state) {
            listener.connection(state);
        }
    }

    private static Author.Kind by(JsonNode notice) {
        return notice.path("by").asText().equals("patron") ? Author.Kind.PATRON : Author.Kind.OPERATOR;
    }

    private Conversation of(ChatId chat) {
        return conversations.computeIfAbsent(chat, c -> new Conversation(gapFree));
    }

    private void beginAnew(ChatId chat) {
        boolean known = conversations.remove(chat) != null;
        states.remove(chat);
        if (known) {
            listener.anew(chat);
        }
    }

    /** An own chat is another operator's now: nothing more is known of it. */
    void release(ChatId chat) {
        conversations.remove(chat);
        states.remove(chat);
        listener.released(chat);
    }

    private void take(Notice.ChatState state) {
        Notice.ChatState known = states.get(state.chat());
        if (known == null || state.seq() >= known.seq()) {
            states.put(state.chat(), state);
            listener.state(state);
        }
        fill(state.chat());
    }

    private void page(ChatId chat, JsonNode page) {
        boolean more = page.path("more").asBoolean();
        show(chat, of(chat).page(Reading.entries(page), more));
        fill(chat);
    }

    private void show(ChatId chat, List<ConversationEntry> further) {
        if (!further.isEmpty()) {
            listener.entries(chat, further);
        }
    }

    /** Asks for what is missing, one page at a time. */
    private void fill(ChatId chat) {
        Conversation conversation = of(chat);
        if (!conversation.hasHole() || !filling.add(chat)) {
            return;
        }
        ObjectNode fields = fields().put("chat", chat.value()).put("after", conversation.complete());
        CompletionStage<Void> unused = wire.query("conversation", fields)
                .thenAccept(outcome -> wire.step(() -> {
                    filling.remove(chat);
                    JsonNode page = outcome.value().orElse(null);
                    if (page != null && page.path("value").path("chat").asText().equals(chat.value())) {
                        page(chat, page.path("value"));
                    }
                }));
    }
}
