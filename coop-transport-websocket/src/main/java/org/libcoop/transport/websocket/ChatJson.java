package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.spi.Notice;

/** The parts of a chat that its patron and its owner see alike, as JSON. */
final class ChatJson {

    /** The most characters of entries in one frame. */
    static final int PAGE_CHARACTERS = 256 * 1024;

    /** The most entries the engine gives at once. */
    static final int PAGE_ENTRIES = 1_000;

    private ChatJson() {}

    static ObjectNode state(Notice.ChatState chat, Phase.Kind phase) {
        ObjectNode node = Json.object()
                .put("chat", chat.chat().value())
                .put("seq", chat.seq())
                .put("institution", chat.institution())
                .put("widget", chat.widget())
                .put("startedAt", Json.instant(chat.startedAt()))
                .put("phase", Json.kebab(phase));
        if (!chat.text().isEmpty()) {
            node.put("text", chat.text());
        }
        if (chat.ownerName() != null) {
            ObjectNode owner = node.putObject("owner").put("name", chat.ownerName());
            Json.put(owner, "institution", chat.ownerInstitution());
        }
        return node.put("patronThere", chat.patronThere())
                .put("partnersAsked", chat.partnersAsked())
                .put("ticketOffered", chat.ticketOffered());
    }

    /** Typing and read state; null for every other notice. */
    static @Nullable ObjectNode whisper(Notice notice) {
        if (notice instanceof Notice.Typing typing) {
            return Json.object()
                    .put("is", "typing")
                    .put("chat", typing.chat().value())
                    .put("by", Json.kebab(typing.by()))
                    .put("on", typing.on());
        }
        if (notice instanceof Notice.Seen seen) {
            return Json.object()
                    .put("is", "seen")
                    .put("chat", seen.chat().value())
                    .put("by", Json.kebab(seen.by()))
                    .put("seq", seen.seq());
        }
        return null;
    }

    /** What every entry begins with. */
    static ObjectNode entry(Logged entry) {
        return Json.object()
                .put("seq", entry.seq())
                .put("at", Json.instant(entry.at()))
                .put("event", Json.kebab(entry.event().kind()));
    }

    static void ended(ObjectNode node, ChatEvent.ChatEnded ended) {
        node.put("by", ended.by() == null ? "system" : Json.kebab(ended.by().kind()))
                .put("ticketOffered", ended.ticketOffered());
    }

    static void missed(ObjectNode node, ChatEvent.ChatMissed missed) {
        node.put("reason", Json.kebab(missed.reason())).put("ticketOffered", true);
    }

    /** A rating, with its comment where there is one. */
    static ObjectNode rated(ObjectNode node, Logged entry) {
        node.put("rating", ((ChatEvent.PatronRated) entry.event()).rating());
        text(node, entry);
        return node;
    }

    /** What lost its content: one entry, or all of them. */
    static ObjectNode erased(ObjectNode node, ChatEvent.ContentErased erased) {
        return erased.seq() == null ? node : node.put("of", erased.seq());
    }

    /** A shared file without its author: its id and size; name and type, or the text that took their place, where they were not deleted (U1). */
    static void file(ObjectNode node, ChatEvent.FileShared shared, Logged entry) {
        node.put("file", shared.file().value()).put("size", shared.size());
        entry.file().ifPresent(file -> node.put("fileName", file.name()).put("mediaType", file.mediaType()));
        text(node, entry);
    }

    static void text(ObjectNode node, Logged entry) {
        if (entry.content() instanceof Content.Text said) {
            node.put("text", said.text());
        }
    }

    /**
     * A page of entries into {@code node}, until {@code room} characters are used up; {@code seen} gives null for what the reader
     * does not see. Returns how many characters were used.
     */
    static long page(ObjectNode node, List<Logged> entries, Function<Logged, @Nullable ObjectNode> seen, long room) {
        ArrayNode page = node.putArray("entries");
        long characters = 0;
        boolean more = entries.size() >= PAGE_ENTRIES;
        for (Logged entry : entries) {
            if (characters >= room) {
                more = true;
                break;
            }
            ObjectNode json = seen.apply(entry);
            if (json != null) {
                page.add(json);
                characters += json.toString().length();
            }
        }
        node.put("more", more);
        return characters;
    }

    static ObjectNode conversation(ChatId chat, List<Logged> entries, Function<Logged, @Nullable ObjectNode> seen) {
        ObjectNode node = Json.object().put("chat", chat.value());
        page(node, entries, seen, PAGE_CHARACTERS);
        return node;
    }
}
