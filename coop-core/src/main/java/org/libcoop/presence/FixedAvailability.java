package org.libcoop.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** Who is there does not change, whatever the time. Immutable. */
final class FixedAvailability implements Availability {

    private final Map<Stage, Set<OperatorId>> there;

    FixedAvailability(Map<Stage, Set<OperatorId>> there) {
        Map<Stage, Set<OperatorId>> copy = new HashMap<>();
        there.forEach((stage, operators) -> copy.put(stage, Set.copyOf(operators)));
        this.there = Map.copyOf(copy);
    }

    @Override
    public boolean served(InstitutionId home, Stage stage, Instant at) {
        return !available(home, stage, at).isEmpty();
    }

    @Override
    public Set<OperatorId> available(InstitutionId home, Stage stage, Instant at) {
        return there.getOrDefault(stage, Set.of());
    }

    @Override
    public boolean available(InstitutionId home, Stage stage, OperatorId operator, Instant at) {
        return available(home, stage, at).contains(operator);
    }

    @Override
    public boolean reached(InstitutionId home, Stage stage, OperatorId operator, Instant from, Instant to) {
        return available(home, stage, operator, from);
    }

    @Override
    public Optional<Instant> firstLapse(InstitutionId home, Collection<Stage> stages, Instant after, Instant upTo) {
        return Optional.empty();
    }
}
