package org.libcoop.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Stage;

/**
 * Which staffed times are asked for (S5): of these stages, by people of {@code institution} if one is given, as far as they are between
 * {@code from} and {@code to}. <em>Immutable.</em>
 */
@Beta
public record StaffedQuery(Set<Stage> stages, @Nullable InstitutionId institution, Instant from, Instant to) {

    /** The most stages that can be asked for. */
    public static final int MOST_STAGES = 1_000;

    /** The longest time that can be asked for: 53 weeks, and an hour for a clock that is turned back. */
    public static final Duration LONGEST = Duration.ofDays(53 * 7).plusHours(1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if there are no stages or too many, or {@code to} is not later than {@code from} or too much
     *     later
     */
    public StaffedQuery {
        stages = Set.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MOST_STAGES) {
            throw new IllegalArgumentException("1 to " + MOST_STAGES + " stages, not " + stages.size());
        }
        if (!fits(from, to)) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is nothing, or more than 53 weeks");
        }
    }

    /** Whether a time can be asked for. */
    public static boolean fits(Instant from, Instant to) {
        return from.isBefore(to) && Duration.between(from, to).compareTo(LONGEST) <= 0;
    }

    /** The times of all institutions on some stages. */
    public static StaffedQuery of(Collection<Stage> stages, Instant from, Instant to) {
        return new StaffedQuery(new LinkedHashSet<>(stages), null, from, to);
    }

    /** The same of one institution's people. */
    public StaffedQuery institution(InstitutionId wanted) {
        return new StaffedQuery(stages, wanted, from, to);
    }

    /** Whether some of {@code time} is asked for: what an adapter has to agree with. */
    public boolean asksFor(StaffedTime time) {
        return stages.contains(time.stage())
                && (institution == null || institution.equals(time.institution()))
                && time.from().isBefore(to)
                && from.isBefore(time.to());
    }
}
