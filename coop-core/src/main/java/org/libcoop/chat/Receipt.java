package org.libcoop.chat;

import java.util.Objects;

/** The acknowledgement of a command: the chat it concerned and the chat's last entry then. Given after the commit (M3). <em>Immutable.</em> */
public record Receipt(ChatId chat, long seq) {

    public Receipt {
        Objects.requireNonNull(chat, "chat");
    }
}
