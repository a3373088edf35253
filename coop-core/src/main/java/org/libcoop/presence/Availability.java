package org.libcoop.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/**
 * Who is available on a stage, at any instant of the recent past up to now (P3). Routing asks nothing else of the world,
 * which is why handling a deadline late gives the same answer as handling it in time (R14).
 *
 * <p>Every question is asked for the patrons of one institution: an option whose membership ended is served by nobody
 * and reaches nobody (D9). Instants have millisecond precision; the answer for an instant includes every change at that
 * very instant. <em>Safe for use by several threads</em> in every implementation of this library.
 */
public interface Availability {

    /** An availability that never changes: exactly {@code there}, for the patrons of every institution. For previews and tests. */
    static Availability fixed(Map<Stage, Set<OperatorId>> there) {
        return new FixedAvailability(there);
    }

    /**
     * Who was there in a time that has gone by, as these intervals tell (P7): each up to the end of its lease, whether or not there was
     * room for a chat, for the patrons of every institution. What they do not tell of, nobody was there for.
     */
    static Availability past(Collection<MonitoringInterval> intervals) {
        return new PastAvailability(intervals);
    }

    /** Whether at least one operator is available on {@code stage} at {@code at} (R2). */
    boolean served(InstitutionId home, Stage stage, Instant at);

    /** Who is available on {@code stage} at {@code at}: a snapshot, in no order. */
    Set<OperatorId> available(InstitutionId home, Stage stage, Instant at);

    /** Whether {@code operator} is available on {@code stage} at {@code at}. */
    boolean available(InstitutionId home, Stage stage, OperatorId operator, Instant at);

    /** Whether {@code operator} was available on {@code stage} at any instant from {@code from} to {@code to}, both included. */
    boolean reached(InstitutionId home, Stage stage, OperatorId operator, Instant from, Instant to);

    /** The first instant after {@code after}, up to and including {@code upTo}, at which one of {@code stages} stops being served. */
    Optional<Instant> firstLapse(InstitutionId home, Collection<Stage> stages, Instant after, Instant upTo);
}
