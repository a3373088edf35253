package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to the audit trail (A8, A9): what takes an admin's rights once it is done, and what the access table denied. What reveals
 * is recorded before it is answered, on the caller's thread ({@link #revealed}); all else follows what happened, on the thread beside,
 * and is kept here until the trail has taken it, at most {@value #KEPT} records. A process that dies meanwhile takes these with it.
 *
 * <p>Denials can be made at will: of one operator, and of all patrons together, only so many a minute are recorded one by one
 * (policy {@code auditedDenials}). How many there were beyond that is said in one record once the minute is over.
 *
 * <p>Safe for use by several threads.
 */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** The most records that wait for the trail. */
    static final int KEPT = 10_000;

    /** What a record counts that stands for several denials. */
    static final String MORE = "more";

    /** What a record counts that stands for those which were lost while the trail was away. */
    static final String LOST = "lost";

    private static final int BATCH = 200;
    private static final int MOST_PEOPLE = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AuditTrail trail;
    private final Executor beside;
    private final Concerned concerned;
    private final EngineTime time;
    private final AtomicLong number = new AtomicLong();
    private final Ground ground;

    private final Deque<AuditRecord> waiting = new ArrayDeque<>();
    private final Map<Who, Denials> denials = new LinkedHashMap<>();
    private Instant windowEnd = Instant.MIN;
    private boolean draining;
    private long lost;
    private Duration pause = Duration.ZERO;
    private Instant again = Instant.MIN;

    /** One who is denied something, within a minute. */
    private static final class Denials {
        private int recorded;
        private long more;
        private @Nullable AuditRecord last;
    }

    /** Something that somebody wants to do. */
    record Deed(
            Who who,
            Operation operation,
            Thing thing,
            @Nullable String command) {
        Deed(Who who, Operation operation, Thing thing) {
            this(who, operation, thing, null);
        }
    }

    AuditLog(Ground ground, AuditTrail trail, Executor beside) {
        this.ground = ground;
        this.time = ground.time();
        this.concerned = new Concerned(ground.presence(), ground.heads());
        this.trail = trail;
        this.beside = beside;
    }

    // ---- What happened

    /** What {@code answer} says, once it is noted what came of it. */
    <T> CompletionStage<Outcome<T>> noting(Deed deed, CompletionStage<Outcome<T>> answer) {
        return answer.thenApply(outcome -> noted(deed, outcome));
    }

    /** The outcome as it is, once it is noted: a denial, or that something privileged was done. */
    <T> Outcome<T> noted(Deed deed, Outcome<T> outcome) {
        if (outcome.refusal().isEmpty() && deed.operation().privileged()) {
            add(record(deed, List.of()));
        }
        return denied(deed, outcome);
    }

    /** The outcome as it is, once it is noted if it is a denial. */
    <T> Outcome<T> denied(Deed deed, Outcome<T> outcome) {
        return denied(deed, null, outcome);
    }

    /** Notes a denial that is told in words of its own. */
    void refused(Deed deed, RefusalCode code) {
        deny(record(deed, List.of()).refusedWith(code));
    }

    /** The same for the thing of an institution that is known here alone. */
    <T> Outcome<T> denied(Deed deed, @Nullable InstitutionId home, Outcome<T> outcome) {
        Refusal refusal = outcome.refusal().orElse(null);
        if (refusal != null && Access.denies(deed.operation(), refusal)) {
            deny(record(deed, home == null ? List.of() : List.of(home)).refusedWith(refusal.code()));
        }
        return outcome;
    }

    /** Notes that something was done, with numbers that say more. */
    void done(Deed deed, Map<String, Long> counts) {
        done(deed, List.of(), counts);
    }

    /** The same of things of these institutions. */
    void done(Deed deed, Collection<InstitutionId> homes, Map<String, Long> counts) {
        add(record(deed, homes).counting(counts));
    }

    /**
     * Records what is about to be revealed, now; {@code unavailable} if the trail does not take it: then it must not be shown.
     *
     * @param homes whose things they are, beside those known by their ids
     */
    Outcome<AuditRecord> revealed(Deed deed, Collection<InstitutionId> homes, Map<String, Long> counts) {
        AuditRecord record = record(deed, homes).counting(counts);
        return onRecord(List.of(record), "shown").map(number -> record);
    }

    /** The same of several things of one institution at once: all are on record, or none is shown. */
    Outcome<Integer> revealed(Collection<Deed> deeds, InstitutionId home) {
        return onRecord(deeds.stream().map(deed -> record(deed, List.of(home))).toList(), "done");
    }

    private Outcome<Integer> onRecord(List<AuditRecord> records, String refused) {
        try {
            trail.record(records);
            return Outcome.done(records.size());
        } catch (RuntimeException away) {
            LOG.warn(
                    "{} is refused: the audit trail does not take {} records",
                    records.get(0).operation(),
                    records.size(),
                    away);
            return Outcome.refused(
                    RefusalCode.UNAVAILABLE, "this cannot be put on record now, so it is not " + refused);
        }
    }

    /** Reads the trail, which is recorded first where it begins; {@code invalid} for a wrong cursor or limit. */
    Outcome<AuditPage> read(Deed deed, AuditQuery query, @Nullable String cursor, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        try {
            Outcome<AuditRecord> recorded = cursor == null ? revealed(deed, List.of(), Map.of()) : null;
            return recorded != null && recorded.refusal().isPresent()
                    ? Outcome.refused(recorded.refusal().get())
                    : Outcome.done(trail.search(query, cursor, limit));
        } catch (IllegalArgumentException notOfThisQuery) {
            return Outcome.refused(RefusalCode.INVALID, "this is no cursor of this search");
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        }
    }

    private AuditRecord record(Deed deed, Collection<InstitutionId> homes) {
        TreeSet<InstitutionId> institutions = new TreeSet<>(homes);
        institutions.addAll(concerned.by(deed.who(), deed.thing()));
        return new AuditRecord(
                "%s-%09d".formatted(ground.life().node(), number.incrementAndGet()),
                time.now(),
                deed.who(),
                deed.operation(),
                deed.thing(),
                institutions,
                null,
                new TreeMap<>(),
                deed.command());
    }

    // ---- Floods

    private void deny(AuditRecord record) {
        int most = ground.presence().directory().policies().auditedDenialsPerMinute();
        boolean single;
        synchronized (this) {
            window(record.at());
            Denials of = denials.get(record.who());
            if (of == null && denials.size() >= MOST_PEOPLE) {
                lost++;
                return;
            }
            if (of == null) {
                of = new Denials();
                denials.put(record.who(), of);
            }
            single = of.recorded < most;
            if (single) {
                of.recorded++;
            } else {
                of.more++;
                of.last = record;
            }
        }
        if (single) {
            add(record);
        }
    }

    /** Once a minute is over: what was only counted in it becomes one record each. */
    private synchronized void window(Instant now) {
        if (now.isBefore(windowEnd)) {
            return;
        }
        for (Denials of : denials.values()) {
            if (of.last != null) {
                put(of.last.counting(Map.of(MORE, of.more)));
            }
        }
        denials.clear();
        windowEnd = now.equals(Instant.MAX) ? now : now.plus(WINDOW);
    }

    // ---- To the trail

    private void add(AuditRecord record) {
        synchronized (this) {
            put(record);
        }
        start(record.at());
    }

    private void put(AuditRecord record) {
        if (waiting.size() < KEPT) {
            waiting.add(record);
        } else if (lost++ == 0) {
            LOG.error("The audit trail does not answer and {} records wait for it: later ones are lost", KEPT);
        }
    }

    /** Closes a minute, and tries again what the trail did not take. */
    void tick(Instant now) {
        window(now);
        start(now);
    }

    private void start(Instant now) {
        synchronized (this) {
            if (draining || waiting.isEmpty() || now.isBefore(again)) {
                return;
            }
            draining = true;
        }
        try {
            beside.execute(this::drain);
        } catch (RejectedExecutionException closed) {
            synchronized (this) {
                draining = false;
            }
        }
    }

    private void drain() {
        for (List<AuditRecord> batch = next(); !batch.isEmpty(); batch = next()) {
            if (!taken(batch)) {
                return;
            }
        }
    }

    private synchronized List<AuditRecord> next() {
        List<AuditRecord> batch = waiting.stream().limit(BATCH).toList();
        draining = !batch.isEmpty();
        return batch;
    }

    private boolean taken(List<AuditRecord> batch) {
        RuntimeException failure = failure(batch);
        if (failure != null && !(failure instanceof StoreException away && !away.refused())) {
            // Nothing wrong with the trail, but with one of them: the others must not wait for it.
            batch.forEach(this::alone);
            failure = null;
        }
        synchronized (this) {
            if (failure != null) {
                away(failure);
                return false;
            }
            pause = Duration.ZERO;
            batch.forEach(waiting::remove);
            if (lost > 0) {
                Thing all = Thing.deployment();
                AuditRecord gap = record(new Deed(Who.SYSTEM, Operation.ADMINISTER, all), List.of());
                waiting.addFirst(gap.counting(Map.of(LOST, lost)));
                lost = 0;
            }
            return true;
        }
    }

    private @Nullable RuntimeException failure(List<AuditRecord> batch) {
        try {
            trail.record(batch);
            return null;
        } catch (RuntimeException failed) {
            return failed;
        }
    }

    private void alone(AuditRecord record) {
        RuntimeException failure = failure(List.of(record));
        if (failure != null) {
            LOG.error("The audit trail does not take record {}, which is lost", record.id(), failure);
        }
    }

    private void away(RuntimeException failure) {
        if (pause.isZero()) {
            LOG.warn("The audit trail does not answer; {} records wait for it", waiting.size(), failure);
        }
        pause = Pauses.after(pause);
        again = time.now().plus(pause);
        draining = false;
    }

    /** Tries once more; what the trail does not take now is lost with the process. */
    void close() {
        window(Instant.MAX);
        drain();
        synchronized (this) {
            if (!waiting.isEmpty() || lost > 0) {
                LOG.error("{} audit records are lost: the trail did not answer", waiting.size() + lost);
            }
        }
    }

    /** What is read on a path. */
    Thing transcripts(TranscriptPath path, OperatorId reader) {
        return concerned.transcripts(path, reader);
    }

    /** How many records wait for the trail. */
    synchronized int waiting() {
        return waiting.size();
    }
}
