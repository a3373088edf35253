package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.LostClaim;
import org.libcoop.directory.OperatorId;

/**
 * Who lost a claim by how much (E1): an audit beside the chats, of this node only and best effort, because a refused command
 * leaves no trace in a chat (T2). Keeps {@value #PER_CHAT} claims of each of the newest {@value #CHATS} chats that had any.
 * Safe for use by several threads.
 */
final class LostClaims {

    private static final int CHATS = 10_000;
    private static final int PER_CHAT = 50;

    private final Map<ChatId, List<LostClaim>> lost = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, List<LostClaim>> eldest) {
            return size() > CHATS;
        }
    };

    /** {@code operator} tried at {@code at} to claim {@code chat}, which somebody else has. */
    synchronized void add(Chat chat, OperatorId operator, Instant at) {
        List<LostClaim> claims = lost.computeIfAbsent(chat.id(), id -> new ArrayList<>(2));
        Instant won = chat.ownership().map(ownership -> ownership.since()).orElse(at);
        if (claims.size() < PER_CHAT) {
            claims.add(new LostClaim(operator, at, Duration.between(won, at)));
        }
    }

    synchronized List<LostClaim> of(ChatId chat) {
        return List.copyOf(lost.getOrDefault(chat, List.of()));
    }
}
