package org.libcoop.spi;

import java.util.List;
import java.util.Objects;
import org.libcoop.chat.Chat;
import org.libcoop.chat.Logged;

/** A chat that is over, with its whole log: what an archive keeps, and gives back (X1). <em>Immutable.</em> */
public record ArchivedChat(Chat chat, List<Logged> log) {

    /**
     * Checks that the chat is over and the log whole.
     *
     * @throws IllegalArgumentException if the chat is not over, or {@code log} is not its entries 1 to {@code chat.seq()}
     */
    public ArchivedChat {
        Objects.requireNonNull(chat, "chat");
        log = List.copyOf(log);
        if (!chat.over()) {
            throw new IllegalArgumentException("chat " + chat.id() + " is not over");
        }
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).seq() != i + 1) {
                throw new IllegalArgumentException("entry " + (i + 1) + " of chat " + chat.id() + " is missing");
            }
        }
        if (log.size() != chat.seq()) {
            throw new IllegalArgumentException(
                    "chat " + chat.id() + " has " + chat.seq() + " entries, not " + log.size());
        }
    }

    /** The same with every entry's content taken out: the record that stays for totals (X2). */
    public ArchivedChat withoutContent() {
        return new ArchivedChat(chat, log.stream().map(Logged::withoutContent).toList());
    }

    /** The same without what says who the patron was; texts stay (X6). */
    public ArchivedChat anonymised() {
        return new ArchivedChat(chat, log.stream().map(Logged::anonymised).toList());
    }

    /** The same as librarians may see it: without the patron's address. */
    public ArchivedChat withoutAddress() {
        return new ArchivedChat(chat, log.stream().map(Logged::withoutAddress).toList());
    }

    /** The same with another text in place of that of message {@code seq}, if there is one (X3). */
    public ArchivedChat redacted(long seq, String replacement) {
        return new ArchivedChat(
                chat,
                log.stream()
                        .map(entry -> entry.seq() == seq ? entry.redacted(replacement) : entry)
                        .toList());
    }

    /** Whether entry {@code seq} is a message, or a shared file: what can be redacted (X3). */
    public boolean hasMessage(long seq) {
        return seq >= 1 && seq <= log.size() && log.get((int) seq - 1).isRedactable();
    }
}
