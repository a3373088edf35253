package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.IdText;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Policies;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings tickets to the host's ticket system, and word of erased patrons (K1, X2, X6). Beside the pipeline, one at a time: each is taken
 * from the outbox for {@link #TAKEN_FOR}, so a node that dies with it loses nothing, and another one asks for it again by the same id.
 * What fails is put off, each ticket by itself, so one that the desk never takes holds up no other; a desk that is away is asked again for
 * each after 1 s, 2 s, 4 s, at last every {@link #LONGEST_PAUSE} or a little less.
 */
final class TicketOffice {

    /** How long a node has a ticket for itself. */
    static final Duration TAKEN_FOR = Duration.ofMinutes(2);

    /** The longest that a ticket is left alone. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** A desk that failed so often in a row is taken to be away. */
    static final int FAILURES_OF_AWAY = 3;

    private static final int A_ROUND = 100;
    private static final int MOST_FAILURES = 5;
    private static final Logger LOG = LoggerFactory.getLogger(TicketOffice.class);

    private final Store store;
    private final Archive archive;
    private final boolean archiving;
    private final TicketOutbox outbox;
    private final @Nullable TicketDesk desk;
    private final Presence presence;
    private final EngineTime time;
    private final Listeners listeners;
    private final AuditLog audit;
    private final Rounds rounds;
    private int failures;

    // ---- What others may ask

    private volatile @Nullable Instant awaySince;
    private volatile TicketBacklog backlog = TicketBacklog.NONE;

    /** @param executor what rounds run on, beside the pipeline */
    TicketOffice(NodeOptions options, Ground ground, AuditLog audit, Executor executor) {
        this.store = options.store();
        this.archive = options.archive();
        this.archiving = options.archiving();
        this.outbox = options.ticketOutbox();
        this.desk = options.ticketDesk();
        this.presence = ground.presence();
        this.time = ground.time();
        this.listeners = ground.listeners();
        this.audit = audit;
        this.rounds = new Rounds(executor);
    }

    /** Whether there is a ticket system. */
    boolean isOpen() {
        return desk != null;
    }

    /** Since when the desk does not answer; null if it does, as far as is known. From any thread. */
    @Nullable
    Instant awaySince() {
        return awaySince;
    }

    /** What waited after the last round. From any thread. */
    TicketBacklog backlog() {
        return backlog;
    }

    /** Has a round done soon, unless one is under way. Fails for no reason of the outbox's or the desk's. */
    void tick() {
        TicketDesk open = desk;
        if (open != null) {
            rounds.begin(() -> round(open));
        }
    }

    /** No further ticket is taken; one that is under way ends. */
    void close() {
        rounds.close();
    }

    private void round(TicketDesk open) {
        try {
            int failed = 0;
            for (int i = 0; i < A_ROUND && failed < MOST_FAILURES && !rounds.isClosed(); i++) {
                Instant now = time.now();
                List<StoredTicket> taken = outbox.take(now, now.plus(TAKEN_FOR), 1);
                if (taken.isEmpty()) {
                    break;
                }
                failed += isBrought(open, taken.get(0)) ? 0 : 1;
            }
            backlog = outbox.backlog();
        } catch (StoreException away) {
            LOG.debug("The ticket outbox does not answer; tickets stay there", away);
        } catch (RuntimeException | Error broken) {
            LOG.error("A round of tickets broke", broken);
        }
    }

    /** Whether the desk did what there was to do; if not, it is put off. */
    private boolean isBrought(TicketDesk open, StoredTicket ticket) {
        RuntimeException failure = null;
        try {
            bring(open, ticket);
        } catch (StoreException away) {
            // Store, archive or outbox: the ticket comes back when its time here is over.
            LOG.debug("Ticket {} cannot be brought now", ticket.id(), away);
            return false;
        } catch (RuntimeException failed) {
            failure = failed;
        }
        if (failure == null) {
            answers();
            return true;
        }
        failed(ticket, failure);
        outbox.later(ticket.id(), ticket.tries(), time.now().plus(pause(ticket)));
        return false;
    }

    private void bring(TicketDesk open, StoredTicket ticket) {
        TicketContent content = ticket.content();
        if (ticket.state() == StoredTicket.State.FORGETTING) {
            desk(() -> {
                open.forget(ticket.id());
                return "";
            });
            outbox.forgotten(ticket.id(), ticket.tries());
        } else if (content != null) {
            String conversation = Optional.ofNullable(ticket.origin().chat())
                    .map(this::conversation)
                    .orElse(null);
            TicketOrder order = new TicketOrder(ticket.id(), ticket.origin(), content, conversation);
            String reference = desk(() -> open.create(order));
            outbox.done(ticket.id(), named(reference, ticket), time.now());
        }
    }

    /** What the host's part throws is never taken for trouble of a store. */
    private static String desk(Ask ask) {
        try {
            return Objects.requireNonNull(ask.answer(), "the desk's answer");
        } catch (RuntimeException | LinkageError failed) {
            throw new DeskException(failed);
        }
    }

    /** A call of the desk. */
    private interface Ask {
        String answer();
    }

    /** The desk failed. */
    private static final class DeskException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeskException(Throwable cause) {
            super(cause);
        }
    }

    /** What cannot be kept as a reference is no reason to ask for the ticket again. */
    private static String named(String reference, StoredTicket ticket) {
        return IdText.fits(reference, TicketDesk.LONGEST_REFERENCE)
                ? reference
                : ticket.id().value();
    }

    /** 1 s, 2 s, 4 s, …, less up to a quarter that is the ticket's own: those that failed together do not all come back together. */
    static Duration pause(StoredTicket ticket) {
        long doubled = 1_000L << Math.min(ticket.tries() - 1, 10);
        long longest = Math.min(doubled, LONGEST_PAUSE.toMillis());
        int share = Math.floorMod(Objects.hash(ticket.id(), ticket.tries()), 1_000);
        return Duration.ofMillis(longest - longest * share / 4_000);
    }

    private void failed(StoredTicket ticket, RuntimeException failure) {
        failures++;
        if (failures == FAILURES_OF_AWAY && awaySince == null) {
            Instant now = time.now();
            awaySince = now;
            listeners.tell(new Happening.TroubleBegan(now, Happening.Part.TICKET_DESK));
        }
        // Of what the desk says only the kind: it may quote what somebody wrote.
        LOG.warn(
                "The ticket desk does not take ticket {}, try {}: {}",
                ticket.id(),
                ticket.tries(),
                Objects.requireNonNullElse(failure.getCause(), failure)
                        .getClass()
                        .getName());
    }

    private void answers() {
        failures = 0;
        Instant began = awaySince;
        if (began != null) {
            awaySince = null;
            Instant now = time.now();
            listeners.tell(new Happening.TroubleOver(now, Happening.Part.TICKET_DESK, Duration.between(began, now)));
        }
    }

    // ---- The conversation

    /** As the patron saw it, as far as it has come; null where nothing of it is left, or can be read: the question is asked all the same. */
    private @Nullable String conversation(ChatId id) {
        try {
            return read(id);
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
            LOG.warn("A ticket about chat {} goes without its conversation, which cannot be read", id, away);
        } catch (RuntimeException unreadable) {
            LOG.warn("A ticket about chat {} goes without its conversation, which cannot be read", id, unreadable);
        }
        return null;
    }

    private @Nullable String read(ChatId id) {
        Chat stored = store.chat(id).orElse(null);
        if (stored != null) {
            return written(stored, WholeLog.of(store, stored, List.of()));
        }
        return archiving
                ? archive.chat(id).map(kept -> written(kept.chat(), kept.log())).orElse(null)
                : null;
    }

    private @Nullable String written(Chat chat, List<Logged> log) {
        return log.stream().allMatch(entry -> entry.content() == null)
                ? null
                : TranscriptText.seenByPatron(new TranscriptNames(presence.directory()), chat, log);
    }

    // ---- Retention

    /** X6: a ticket keeps who asked as long as a chat of its institution would, from when it was asked for. */
    void retain(Instant now) {
        Policies policies = presence.directory().policies();
        for (InstitutionId home : outbox.homes()) {
            Duration kept = shorter(
                    policies.anonymiseAfter(home).orElse(null),
                    policies.deleteAfter(home).orElse(null));
            if (kept != null) {
                Instant firstKept = now.minus(kept).plusMillis(1);
                long erased = outbox.erase(TicketQuery.of(home).before(firstKept), now);
                if (erased > 0) {
                    Thing thing = Thing.of(Kind.INSTITUTION, home.value());
                    audit.done(new Deed(Who.SYSTEM, Operation.ADMINISTER, thing), Map.of("tickets", erased));
                }
            }
        }
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
