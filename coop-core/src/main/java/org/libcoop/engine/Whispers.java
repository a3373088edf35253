package org.libcoop.engine;

import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Notice;

/**
 * What patron and owner let each other know without saying it: that one is typing, and what one has seen (M5). Told at once to
 * who is connected to this node, never kept, and never worth a question to the store: where this node knows no head of the chat,
 * or the other one is on another node, nothing is told. <em>Safe for use by several threads.</em>
 */
public final class Whispers {

    private final Heads heads;
    private final Audience audience;

    Whispers(Heads heads, Audience audience) {
        this.heads = heads;
        this.audience = audience;
    }

    /** The patron of a connection is typing, or stopped. */
    public void typing(PatronConnection from, boolean on) {
        ChatId chat = from.chat();
        if (chat != null) {
            toOwner(from, chat, new Notice.Typing(chat, Author.Kind.PATRON, on));
        }
    }

    /** The patron of a connection has seen the newest chat up to {@code seq}. */
    public void seen(PatronConnection from, long seq) {
        ChatId chat = from.chat();
        if (chat != null) {
            toOwner(from, chat, new Notice.Seen(chat, Author.Kind.PATRON, seq));
        }
    }

    /** An operator is typing in an own chat, or stopped. */
    public void typing(OperatorId from, ChatId chat, boolean on) {
        toPatron(from, chat, new Notice.Typing(chat, Author.Kind.OPERATOR, on));
    }

    /** An operator has seen an own chat up to {@code seq}. */
    public void seen(OperatorId from, ChatId chat, long seq) {
        toPatron(from, chat, new Notice.Seen(chat, Author.Kind.OPERATOR, seq));
    }

    private void toOwner(PatronConnection from, ChatId id, Notice notice) {
        Chat chat = heads.cached(id);
        if (from.isOpen() && chat != null && chat.patronKeyHash().equals(from.keyHash())) {
            chat.ownership()
                    .ifPresent(ownership -> audience.of(ownership.owner()).forEach(owner -> owner.tell(notice)));
        }
    }

    private void toPatron(OperatorId from, ChatId id, Notice notice) {
        Chat chat = heads.cached(id);
        if (chat != null && chat.ownedBy(from)) {
            audience.of(chat.patronKeyHash()).forEach(patron -> patron.tell(notice));
        }
    }
}
