package org.libcoop.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.presence.Times;

/**
 * When institutions were there, each and any of them (S5): an hour counts once, however many of an institution's people were there.
 * Institutions that never were are not there either. <em>Immutable.</em>
 */
@Beta
public record StaffedHours(ZoneId zone, SortedMap<InstitutionId, Hours> institutions, Hours anybody) {

    public StaffedHours {
        Objects.requireNonNull(zone, "zone");
        institutions = Collections.unmodifiableSortedMap(new TreeMap<>(institutions));
        Objects.requireNonNull(anybody, "anybody");
    }

    /** Of nobody, ever. */
    public static StaffedHours none(ZoneId zone) {
        return new StaffedHours(zone, new TreeMap<>(), Hours.NONE);
    }

    /** Adds up, for adapters. <em>One thread at a time.</em> */
    public static final class Sum {
        private final StaffedQuery query;
        private final SortedMap<InstitutionId, Times> institutions = new TreeMap<>(Comparator.naturalOrder());

        /** Nothing of {@code query} so far. */
        public Sum(StaffedQuery query) {
            this.query = Objects.requireNonNull(query, "query");
        }

        /** Adds what is asked for of a time. */
        public void add(StaffedTime time) {
            if (query.asksFor(time)) {
                add(time.institution(), time.from(), time.to());
            }
        }

        /** Adds what is between the query's instants of a time of which the rest has been asked. */
        public void add(InstitutionId institution, Instant from, Instant to) {
            Instant first = from.isBefore(query.from()) ? query.from() : from;
            Instant end = to.isAfter(query.to()) ? query.to() : to;
            if (first.isBefore(end)) {
                institutions
                        .computeIfAbsent(institution, unknown -> new Times())
                        .add(first, end);
            }
        }

        /** What there is so far, by the clocks of {@code zone}. */
        public StaffedHours hours(ZoneId zone) {
            Times anybody = new Times();
            SortedMap<InstitutionId, Hours> hours = new TreeMap<>();
            institutions.forEach((institution, times) -> {
                anybody.add(times);
                hours.put(institution, Hours.of(times, zone));
            });
            return new StaffedHours(zone, hours, Hours.of(anybody, zone));
        }
    }
}
