package org.libcoop.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Principal;

/**
 * Secrets by which a host knows an operator again whom its own log-in let in: 256 random bits, good for a while, kept only as a
 * hash. A page that is logged in asks the host for a ticket and presents it in the first frame of its connection, so that neither
 * a cookie nor an address carries it.
 *
 * <p>In the memory of one process: a page has to connect to the node that gave it the ticket. The newest {@value #MOST} count.
 * <em>Safe for use by several threads.</em>
 */
public final class Tickets {

    /** How many tickets are known at a time, used ones not counted. */
    public static final int MOST = 10_000;

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

    /**
     * Tickets that are good for {@code life} from their issue on, of the machine's clock and random bits.
     *
     * @param life more than zero; a minute is plenty where a page asks for a ticket before each connection
     */
    public Tickets(Duration life) {
        this(life, Ids.random(), Instant::now);
    }

    /** The same with other ids and another clock. */
    public Tickets(Duration life, Ids ids, Supplier<Instant> now) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("life must be more than zero: " + life);
        }
        this.life = life;
        this.ids = Objects.requireNonNull(ids, "ids");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** A new ticket for {@code operator}, whom the host has let in. */
    public synchronized String issue(OperatorId operator) {
        String ticket = ids.secret();
        byHash.put(hash(ticket), new Ticket(operator, now.get().plus(life)));
        return ticket;
    }

    /** Whose ticket this is; it is used up. Empty for anything else. */
    public synchronized Optional<OperatorId> redeem(String ticket) {
        return live(byHash.remove(hash(ticket)));
    }

    /** Whose ticket this is; it stays good. Empty for anything else. */
    public synchronized Optional<OperatorId> whose(String ticket) {
        return live(byHash.get(hash(ticket)));
    }

    /** Lets in whoever redeems a ticket as that operator, and as a patron anybody with a key of the right length. */
    public Authenticator authenticator() {
        return credentials -> {
            String token = credentials.token();
            if (credentials.role().equals("operator")) {
                return redeem(token).map(Principal.OfOperator::new);
            }
            return Principal.OfPatron.fits(token) ? Optional.of(new Principal.OfPatron(token)) : Optional.empty();
        };
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
