package org.libcoop.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Ids;

/**
 * Tickets with which an operator's page authenticates its WebSocket: 256 random bits, good once and for a minute, kept only as
 * a hash. <em>Safe for use by several threads.</em>
 */
final class Tickets {

    static final Duration LIFE = Duration.ofSeconds(60);
    static final int MOST = 1_000;

    private record Ticket(OperatorId operator, Instant until) {}

    private final Ids ids;
    private final Supplier<Instant> now;
    private final Map<String, Ticket> byHash = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ticket> eldest) {
            return size() > MOST || !now.get().isBefore(eldest.getValue().until());
        }
    };

    Tickets(Ids ids, Supplier<Instant> now) {
        this.ids = ids;
        this.now = now;
    }

    /** A new ticket for {@code operator}. */
    synchronized String issue(OperatorId operator) {
        String ticket = ids.secret();
        byHash.put(hash(ticket), new Ticket(operator, now.get().plus(LIFE)));
        return ticket;
    }

    /** Whose ticket this is; it is used up. Empty for anything else. */
    synchronized Optional<OperatorId> redeem(String ticket) {
        Ticket found = byHash.remove(hash(ticket));
        return Optional.ofNullable(found)
                .filter(known -> now.get().isBefore(known.until()))
                .map(Ticket::operator);
    }

    private static String hash(String ticket) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
