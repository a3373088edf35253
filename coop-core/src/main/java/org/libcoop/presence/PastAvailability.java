package org.libcoop.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** Who was there in a time that has gone by, as the monitoring intervals tell (P7). Not changed once it is made. */
final class PastAvailability implements Availability {

    private static final Times NEVER = new Times();

    /** Of each stage, those who were there, by when they came. */
    private final Map<Stage, List<MonitoringInterval>> people = new HashMap<>();

    /** Of each stage, when somebody was there. */
    private final Map<Stage, Times> served = new HashMap<>();

    PastAvailability(Collection<MonitoringInterval> intervals) {
        for (MonitoringInterval interval : intervals) {
            if (interval.heldUntil().isAfter(interval.from())) {
                people.computeIfAbsent(interval.stage(), first -> new ArrayList<>())
                        .add(interval);
                served.computeIfAbsent(interval.stage(), first -> new Times())
                        .add(interval.from(), interval.heldUntil());
            }
        }
    }

    @Override
    public boolean served(InstitutionId home, Stage stage, Instant at) {
        return served.getOrDefault(stage, NEVER).hold(at);
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
                .flatMap(stage -> served.getOrDefault(stage, NEVER).endAfter(after).stream())
                .filter(end -> !end.isAfter(upTo))
                .min(Comparator.naturalOrder());
    }
}
