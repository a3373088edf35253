package org.libcoop.testkit.junit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;

/** Which relations everybody has to one thing: written down by hand, so that what the library finds out itself is held against it. */
final class Standing {

    private final Map<Somebody, Set<Relation>> relations = new EnumMap<>(Somebody.class);

    /** These have the relation, besides those who have it already. */
    Standing with(Relation relation, Somebody... who) {
        return with(relation, Arrays.asList(who));
    }

    Standing with(Relation relation, List<Somebody> who) {
        who.forEach(one -> relations
                .computeIfAbsent(one, none -> EnumSet.noneOf(Relation.class))
                .add(relation));
        return this;
    }

    /** These have the relation no longer. */
    Standing without(Relation relation, Somebody... who) {
        for (Somebody one : who) {
            of(one).remove(relation);
        }
        return this;
    }

    /** What somebody is to the thing. */
    Set<Relation> of(Somebody who) {
        return relations.getOrDefault(who, Set.of());
    }

    /** Whether the table's row lets somebody do it. */
    boolean allow(Operation operation, Somebody who) {
        return operation.allowed().stream().anyMatch(of(who)::contains);
    }
}
