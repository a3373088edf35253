package org.libcoop.spi;

import java.util.List;
import org.libcoop.chat.ChatId;

/**
 * What became of a patron's wish to be forgotten (X6): so many chats lost all content, and these are not over yet and so still have
 * theirs. <em>Immutable.</em>
 */
public record PatronErasure(int erased, List<ChatId> running) {

    public PatronErasure {
        running = List.copyOf(running);
    }
}
