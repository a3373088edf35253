package org.libcoop.transport.websocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatId;
import org.libcoop.transport.websocket.client.ClientListener;
import org.libcoop.transport.websocket.client.ConnectionState;
import org.libcoop.transport.websocket.client.ConversationEntry;

/** Keeps what a client's listener is told, in order. <em>Safe for use by several threads.</em> */
final class Ear implements ClientListener {
    final List<ConnectionState> connections = new CopyOnWriteArrayList<>();
    final List<ConversationEntry> entries = new CopyOnWriteArrayList<>();
    final List<String> whispers = new CopyOnWriteArrayList<>();
    final List<ChatId> anew = new CopyOnWriteArrayList<>();

    @Override
    public void connection(ConnectionState state) {
        connections.add(state);
    }

    @Override
    public void entries(ChatId chat, List<ConversationEntry> further) {
        entries.addAll(further);
    }

    @Override
    public void anew(ChatId chat) {
        anew.add(chat);
    }

    @Override
    public void typing(ChatId chat, Author.Kind by, boolean on) {
        whispers.add(by + " typing " + on);
    }

    @Override
    public void seen(ChatId chat, Author.Kind by, long seq) {
        whispers.add(by + " seen " + seq);
    }

    List<String> said() {
        return entries.stream()
                .filter(entry -> entry.event().equals("said"))
                .map(ConversationEntry::text)
                .toList();
    }
}
