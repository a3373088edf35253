package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a co-op stands in for an institution (D6): always, never, or at weekly hours in the institution's zone.
 *
 * <p>Immutable.
 */
public sealed interface Coverage {

    /** Returns whether this instant is covered, hours being read in the zone given. */
    boolean covers(Instant at, ZoneId zone);

    /** Returns whether it covers any hour of an ordinary week. */
    default boolean everCovers() {
        return !(this instanceof None);
    }

    /** Returns coverage at every hour, the default. */
    static Coverage always() {
        return new Always();
    }

    /** Returns coverage at no hour. */
    static Coverage none() {
        return new None();
    }

    /**
     * Returns coverage at weekly hours.
     *
     * @param ranges 1 to {@value Hours#MAX_RANGES} ranges such as {@code MON-FRI 18:00-08:00}, read as {@link
     * WeeklyRange#parse} says
     * @param except at most {@value Hours#MAX_EXCEPTIONS} dates; no range starts on them
     * @throws IllegalArgumentException if a range is malformed, or there are too few or too many ranges or dates
     */
    static Coverage hours(List<String> ranges, Collection<LocalDate> except) {
        return new Hours(
                ranges.stream().map(WeeklyRange::parse).collect(Collectors.toUnmodifiableList()), Set.copyOf(except));
    }

    /** Covered at every hour. */
    record Always() implements Coverage {

        @Override
        public boolean covers(Instant at, ZoneId zone) {
            return true;
        }
    }

    /** Covered at no hour. */
    record None() implements Coverage {

        @Override
        public boolean covers(Instant at, ZoneId zone) {
            return false;
        }
    }

    /** Covered while any of the ranges runs that did not start on an exception date. */
    record Hours(List<WeeklyRange> ranges, Set<LocalDate> except) implements Coverage {

        /** The most ranges. */
        public static final int MAX_RANGES = 100;

        /** The most exception dates. */
        public static final int MAX_EXCEPTIONS = 1000;

        /**
         * Checks the bounds and copies both.
         *
         * @throws IllegalArgumentException if there is no range, or there are too many ranges or dates
         */
        public Hours {
            ranges = List.copyOf(ranges);
            except = Set.copyOf(except);
            if (ranges.isEmpty() || ranges.size() > MAX_RANGES) {
                throw new IllegalArgumentException(
                        "coverage hours have %d ranges, expected 1 to %d".formatted(ranges.size(), MAX_RANGES));
            }
            if (except.size() > MAX_EXCEPTIONS) {
                throw new IllegalArgumentException("coverage hours have %d exception dates, expected at most %d"
                        .formatted(except.size(), MAX_EXCEPTIONS));
            }
        }

        @Override
        public boolean covers(Instant at, ZoneId zone) {
            requireNonNull(at, "at");
            LocalDate today = at.atZone(zone).toLocalDate();
            // A range ends on the day after its start at the latest. Where the zone's clock was set by up to a day,
            // that local end can come round again one local day later, and the clock can show the day before the start
            // while the range runs already.
            for (LocalDate start = today.minusDays(2); !start.isAfter(today.plusDays(1)); start = start.plusDays(1)) {
                if (!except.contains(start) && anyRuns(start, at, zone)) {
                    return true;
                }
            }
            return false;
        }

        private boolean anyRuns(LocalDate start, Instant at, ZoneId zone) {
            for (WeeklyRange range : ranges) {
                if (range.startsOn(start.getDayOfWeek())
                        && !at.isBefore(range.startOn(start, zone))
                        && at.isBefore(range.endFrom(start, zone))) {
                    return true;
                }
            }
            return false;
        }
    }
}
