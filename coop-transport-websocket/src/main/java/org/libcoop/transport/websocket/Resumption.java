package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Notice;

/**
 * What a welcome says of chats (M4): of each one that the client has and may still have, exactly what is missing; of every other
 * one all there is, and why. All of them share one page, so that no welcome is larger than a frame should be; what does not fit
 * is asked for. One thread at a time.
 */
final class Resumption {

    /** Why a client has to begin a chat anew. */
    private enum Reason {
        /** The client did not name it. */
        NEW,
        /** The client has more than there is: it speaks of another history. */
        AHEAD,
        /** It is none of the client's, or not any more; denied and missing look alike (A9). */
        GONE
    }

    private final ClientFrame.Auth auth;
    private final ArrayNode chats = Json.array();
    private final Set<ChatId> told = new HashSet<>();
    private long room = ChatJson.PAGE_CHARACTERS;

    Resumption(ClientFrame.Auth auth) {
        this.auth = auth;
    }

    /**
     * A chat that is the client's.
     *
     * @param after gives the entries after a number
     * @param seen gives null for what the client does not see
     */
    void add(
            Notice.ChatState chat,
            ObjectNode state,
            LongFunction<List<Logged>> after,
            Function<Logged, @Nullable ObjectNode> seen) {
        ChatId id = chat.chat();
        if (!told.add(id)) {
            return;
        }
        Long held = auth.heldOf(id);
        Reason reason = held == null ? Reason.NEW : held > chat.seq() ? Reason.AHEAD : null;
        ObjectNode node = begun(id, reason);
        node.set("state", state);
        List<Logged> entries = after.apply(reason == null && held != null ? held : 0);
        room -= ChatJson.page(node, entries, seen, room);
    }

    /** Whatever else the client named is gone. */
    ArrayNode chats() {
        for (ClientFrame.Held held : auth.resume()) {
            if (told.add(held.chat())) {
                begun(held.chat(), Reason.GONE);
            }
        }
        return chats;
    }

    private ObjectNode begun(ChatId chat, @Nullable Reason reason) {
        ObjectNode node = chats.addObject().put("chat", chat.value()).put("resumed", reason == null);
        if (reason != null) {
            node.put("reason", Json.kebab(reason));
        }
        return node;
    }
}
