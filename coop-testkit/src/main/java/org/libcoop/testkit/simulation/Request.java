package org.libcoop.testkit.simulation;

import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** What somebody asked of a chat, under an id of their own, and what they were told: the client's side of a command. */
final class Request {

    /** What can be asked. */
    enum Kind {
        START,
        CLAIM,
        SAY,
        NOTE,
        END,
        DISMISS,
        HURRY,
        TRANSFER,
        ACCEPT,
        DECLINE,
        WITHDRAW,
        LEAVE
    }

    final Kind kind;
    final String id;
    final @Nullable OperatorId by;
    final @Nullable ChatId chat;
    final String text;
    final @Nullable Stage seen;
    /** Which of the asker's chats it is about, counted by starts: a patron's session speaks about the newest one only. */
    int era;
    /** Attempts sent and not answered; those to a node that died never are. */
    int open;
    /** Whether some attempt was answered with "may have been applied". */
    boolean doubtful;

    @Nullable
    Receipt acknowledged;

    Request(Kind kind, String id, @Nullable OperatorId by, @Nullable ChatId chat, String text, @Nullable Stage seen) {
        this.kind = kind;
        this.id = id;
        this.by = by;
        this.chat = chat;
        this.text = text;
        this.seen = seen;
    }

    /** Whether nothing of it may be in any log: every attempt was answered, none with success or doubt. */
    boolean refusedForGood() {
        return open == 0 && !doubtful && acknowledged == null;
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
