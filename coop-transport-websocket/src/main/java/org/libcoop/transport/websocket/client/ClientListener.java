package org.libcoop.transport.websocket.client;

import java.util.List;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Notice;

/**
 * Is told what changes at a client, one thing at a time, on the client's executor; what it throws is logged and otherwise
 * ignored. Every method may be left out.
 */
public interface ClientListener {

    /** The connection stands otherwise now. */
    default void connection(ConnectionState state) {}

    /** Where an own chat stands now. */
    default void state(Notice.ChatState chat) {}

    /** Further entries of an own chat, each once and in order, also across lost connections (M4). */
    default void entries(ChatId chat, List<ConversationEntry> entries) {}

    /** All that is known of a chat begins anew: it is none of the client's any more, or the server has another history of it. */
    default void anew(ChatId chat) {}

    /** An own chat was accepted by another operator and is none of the client's any more (C9). */
    default void released(ChatId chat) {}

    /** The other one is typing, or stopped (M5). */
    default void typing(ChatId chat, Author.Kind by, boolean on) {}

    /** The other one has seen the chat up to this entry (M5). */
    default void seen(ChatId chat, Author.Kind by, long seq) {}

    /** An operator's list of waiting chats, or own presence, is another now; the client has both. */
    default void desk() {}
}
