package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When the members of a department are signed out, for the case that they forget to (P5): at weekly times, in the zone of
 * the department's institution. Whoever owns a chat at that instant is spared until the next time. A department has one
 * rule at most; a rule without times signs nobody out.
 *
 * <p>{@code since} is when the rule was saved: no time up to then counts. The engine sets it. Immutable.
 */
public record SignOffRule(DepartmentId department, List<WeeklyTime> times, Instant since) implements LibraryRecord {

    /** The most times. */
    public static final int MAX_TIMES = 100;

    /**
     * Checks the bounds and copies the list.
     *
     * @throws IllegalArgumentException if there are too many times
     */
    public SignOffRule {
        requireNonNull(department, "department");
        times = List.copyOf(times);
        requireNonNull(since, "since");
        if (times.size() > MAX_TIMES) {
            throw new IllegalArgumentException(
                    "a sign-off rule has %d times, expected at most %d".formatted(times.size(), MAX_TIMES));
        }
    }

    /**
     * Returns a rule with times such as {@code MON-FRI 18:00}, read as {@link WeeklyTime#parse} says.
     *
     * @throws IllegalArgumentException if a time is malformed or there are too many
     */
    public static SignOffRule of(DepartmentId department, String... times) {
        List<WeeklyTime> parsed = List.of(times).stream().map(WeeklyTime::parse).toList();
        return new SignOffRule(department, parsed, Instant.EPOCH);
    }

    /** Returns the same rule as saved at {@code instant}. */
    public SignOffRule withSince(Instant instant) {
        return new SignOffRule(department, times, instant);
    }

    /** Returns the first instant after {@code after} at which the rule signs out; empty for a rule without times. */
    public Optional<Instant> firstAfter(Instant after, ZoneId zone) {
        Instant from = after.isBefore(since) ? since : after;
        return times.stream().map(time -> time.firstAfter(from, zone)).min(Comparator.naturalOrder());
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(department);
    }
}
