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
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Ids;

/**
 * Secrets by which the server knows an operator again: 256 random bits, good for a while, kept only as a hash. The newest {@value
 * #MOST} count. <em>Safe for use by several threads.</em>
 */
final class Tickets {

    /** How long a ticket for the WebSocket is good, once. */
    static final Duration TICKET_LIFE = Duration.ofSeconds(60);

    /** How long a sign-in for pages is good. */
    static final Duration SIGN_IN_LIFE = Duration.ofHours(8);

    static final int MOST = 1_000;

    private record Ticket(OperatorId operator, Instant until) {}

    private final Ids ids;
    private final Supplier<Instant> now;
    private final Duration life;
    private final Map<String, Ticket> byHash = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ticket> eldest) {
            return size() > MOST || !now.get().isBefore(eldest.getValue().until());
        }
    };

    Tickets(Ids ids, Supplier<Instant> now, Duration life) {
        this.ids = ids;
        this.now = now;
        this.life = life;
    }

    /** A new ticket for {@code operator}. */
    synchronized String issue(OperatorId operator) {
        String ticket = ids.secret();
        byHash.put(hash(ticket), new Ticket(operator, now.get().plus(life)));
        return ticket;
    }

    /** Whose ticket this is; it is used up. Empty for anything else. */
    synchronized Optional<OperatorId> redeem(String ticket) {
        return live(byHash.remove(hash(ticket)));
    }

    /** Whose ticket this is; it stays good. Empty for anything else. */
    synchronized Optional<OperatorId> whose(String ticket) {
        return live(byHash.get(hash(ticket)));
    }

    private Optional<OperatorId> live(@Nullable Ticket found) {
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
