package org.libcoop.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** Who was there in a time that has gone by, as the monitoring intervals tell (P7). Not changed once it is made. */
final class PastAvailability implements Availability {

    private static final NavigableMap<Instant, Instant> NEVER = new TreeMap<>();

    /** Of each stage, those who were there, by when they came. */
    private final Map<Stage, List<MonitoringInterval>> people = new HashMap<>();

    /** Of each stage, when somebody was there: ends by begins, none of which touch. */
    private final Map<Stage, NavigableMap<Instant, Instant>> served = new HashMap<>();

    PastAvailability(Collection<MonitoringInterval> intervals) {
        for (MonitoringInterval interval : intervals) {
            if (interval.heldUntil().isAfter(interval.from())) {
                people.computeIfAbsent(interval.stage(), first -> new ArrayList<>())
                        .add(interval);
            }
        }
        people.forEach((stage, list) -> {
            list.sort(Comparator.comparing(MonitoringInterval::from));
            served.put(stage, union(list));
        });
    }

    private static NavigableMap<Instant, Instant> union(List<MonitoringInterval> sorted) {
        NavigableMap<Instant, Instant> union = new TreeMap<>();
        for (MonitoringInterval interval : sorted) {
            Map.Entry<Instant, Instant> last = union.lastEntry();
            if (last == null || last.getValue().isBefore(interval.from())) {
                union.put(interval.from(), interval.heldUntil());
            } else if (last.getValue().isBefore(interval.heldUntil())) {
                union.put(last.getKey(), interval.heldUntil());
            }
        }
        return union;
    }

    @Override
    public boolean served(InstitutionId home, Stage stage, Instant at) {
        Map.Entry<Instant, Instant> since = served.getOrDefault(stage, NEVER).floorEntry(at);
        return since != null && at.isBefore(since.getValue());
    }

    @Override
    public Set<OperatorId> available(InstitutionId home, Stage stage, Instant at) {
        Set<OperatorId> available = new HashSet<>();
        for (MonitoringInterval interval : people.getOrDefault(stage, List.of())) {
            if (!interval.from().isAfter(at) && at.isBefore(interval.heldUntil())) {
                available.add(interval.operator());
            }
        }
        return available;
    }

    @Override
    public boolean available(InstitutionId home, Stage stage, OperatorId operator, Instant at) {
        return reached(home, stage, operator, at, at);
    }

    @Override
    public boolean reached(InstitutionId home, Stage stage, OperatorId operator, Instant from, Instant to) {
        return people.getOrDefault(stage, List.of()).stream()
                .anyMatch(interval -> interval.operator().equals(operator)
                        && !interval.from().isAfter(to)
                        && interval.heldUntil().isAfter(from));
    }

    @Override
    public Optional<Instant> firstLapse(InstitutionId home, Collection<Stage> stages, Instant after, Instant upTo) {
        return stages.stream()
                .flatMap(stage -> served.getOrDefault(stage, NEVER).values().stream()
                        .filter(end -> end.isAfter(after))
                        .limit(1))
                .filter(end -> !end.isAfter(upTo))
                .min(Comparator.naturalOrder());
    }
}
