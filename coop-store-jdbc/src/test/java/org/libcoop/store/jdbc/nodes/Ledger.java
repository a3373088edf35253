package org.libcoop.store.jdbc.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;

/**
 * A client's own log: what it attempted, and what of it was acknowledged. Afterwards it is held against what the store has
 * (G5, G10): what was acknowledged is there exactly once, what was refused is not, what is unknown is there at most once, and
 * nothing is there that nobody attempted. <em>Safe for use by several threads.</em>
 */
final class Ledger {

    /** What became of an attempt, as far as the client knows. */
    enum Fate {
        ACKNOWLEDGED,
        REFUSED,
        UNKNOWN
    }

    /** What kinds of things are attempted; each leaves one trace in the chat's log. */
    enum Deed {
        CLAIM,
        SAY,
        END
    }

    /**
     * One thing somebody wanted.
     *
     * @param who who claims, says or ends
     * @param text what is said, in no other attempt's words; else empty
     */
    record Attempt(String chat, Deed deed, String who, String text) {}

    private final Map<Attempt, Fate> fates = new HashMap<>();
    private final Map<String, List<String>> acknowledgedTexts = new TreeMap<>();
    private final Set<String> chats = new HashSet<>();

    /** A chat whose start was acknowledged. */
    synchronized void started(String chat) {
        chats.add(chat);
    }

    /** Notes an attempt before it is made. */
    synchronized void attempts(Attempt attempt) {
        if (fates.put(attempt, Fate.UNKNOWN) != null) {
            throw new IllegalArgumentException("attempted before: " + attempt);
        }
    }

    /** Notes what the client was told in the end. */
    synchronized void told(Attempt attempt, Fate fate) {
        fates.put(attempt, fate);
        if (attempt.deed() == Deed.SAY && fate == Fate.ACKNOWLEDGED) {
            acknowledgedTexts
                    .computeIfAbsent(attempt.chat() + " " + attempt.who(), key -> new ArrayList<>())
                    .add(attempt.text());
        }
    }

    synchronized Set<String> chats() {
        return Set.copyOf(chats);
    }

    synchronized long count(Fate fate) {
        return fates.values().stream().filter(fate::equals).count();
    }

    /** What is wrong, in words; empty if nothing is. {@code logs} gives a chat's log, null if there is no such chat. */
    synchronized List<String> check(Function<String, @Nullable List<Logged>> logs) {
        List<String> wrong = new ArrayList<>();
        Map<Attempt, Integer> found = new HashMap<>();
        for (String chat : chats) {
            List<Logged> log = logs.apply(chat);
            if (log == null) {
                wrong.add("lost: the start of " + chat);
            } else {
                traces(chat, log, found, wrong);
            }
        }
        fates.forEach((attempt, fate) -> {
            int times = found.getOrDefault(attempt, 0);
            if (times > 1) {
                wrong.add("done " + times + " times: " + attempt);
            } else if (times == 0 && fate == Fate.ACKNOWLEDGED) {
                wrong.add("lost: " + attempt);
            } else if (times == 1 && fate == Fate.REFUSED) {
                wrong.add("refused, and done all the same: " + attempt);
            }
        });
        found.keySet().stream()
                .filter(attempt -> !fates.containsKey(attempt))
                .forEach(attempt -> wrong.add("never attempted: " + attempt));
        return wrong;
    }

    private void traces(String chat, List<Logged> log, Map<Attempt, Integer> found, List<String> wrong) {
        Map<String, List<String>> said = new HashMap<>();
        long seq = 0;
        for (Logged entry : log) {
            if (entry.seq() != ++seq) {
                wrong.add("entry " + seq + " of " + chat + " has the number " + entry.seq());
            }
            Attempt attempt = trace(chat, entry);
            if (attempt != null) {
                found.merge(attempt, 1, Integer::sum);
                said.computeIfAbsent(chat + " " + attempt.who(), key -> new ArrayList<>())
                        .add(attempt.text());
            }
        }
        said.forEach((sender, texts) -> {
            List<String> acknowledged = acknowledgedTexts.getOrDefault(sender, List.of());
            List<String> inOrder = texts.stream().filter(acknowledged::contains).toList();
            if (inOrder.size() == acknowledged.size() && !inOrder.equals(acknowledged)) {
                wrong.add("out of order: " + sender + " said " + acknowledged + ", the log has " + inOrder);
            }
        });
    }

    private static @Nullable Attempt trace(String chat, Logged entry) {
        ChatEvent event = entry.event();
        if (event instanceof ChatEvent.ChatClaimed claimed) {
            return new Attempt(chat, Deed.CLAIM, claimed.owner().value(), "");
        }
        if (event instanceof ChatEvent.MessageSaid said && entry.content() instanceof Content.Text text) {
            return switch (said.author().kind()) {
                case PATRON -> new Attempt(chat, Deed.SAY, "patron", text.text());
                case OPERATOR ->
                    new Attempt(chat, Deed.SAY, String.valueOf(said.author().operator()), text.text());
                case SYSTEM -> null;
            };
        }
        if (event instanceof ChatEvent.ChatEnded ended
                && ended.by() != null
                && ended.by().operator() != null) {
            return new Attempt(chat, Deed.END, ended.by().operator().value(), "");
        }
        return null;
    }
}
