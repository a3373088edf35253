package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.chat.ChatId;

/** What an applied command came to: the chat it touched and the chat's last entry then (T2). <em>Immutable.</em> */
public record CommandResult(CommandId command, ChatId chat, long seq) {

    public CommandResult {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(chat, "chat");
    }
}
