package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.IdText;
import org.libcoop.talk.Room;

/**
 * Something that staff write about: what is said in a room (I1), or the feedback on a chat (X4). <em>Immutable.</em>
 *
 * @param id unique within the kind; 1 to {@value #LONGEST} characters
 */
public record Discussion(Kind kind, String id) {

    /** The most characters of an id. */
    public static final int LONGEST = 500;

    /** What is written about. */
    public enum Kind {
        /** Staff chat: the id is the room's key. */
        ROOM,
        /** QA feedback: the id is the chat's. */
        FEEDBACK
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public Discussion {
        Objects.requireNonNull(kind, "kind");
        IdText.require("discussion id", id, LONGEST);
    }

    /** What is said in a room. */
    public static Discussion in(Room room) {
        return new Discussion(Kind.ROOM, room.key());
    }

    /** The feedback on a chat. */
    public static Discussion on(ChatId chat) {
        return new Discussion(Kind.FEEDBACK, chat.value());
    }
}
