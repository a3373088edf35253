package org.libcoop.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Option;

/**
 * What one operator did from an instant, included, to another, excluded (S4, S5): how long each department, personal line and co-op was
 * monitored, on its backup stage too, how long any of them, and which chats that began meanwhile were answered, told apart by the co-op
 * through which that was. <em>Immutable.</em>
 */
@Beta
public record OwnActivity(
        Instant from, Instant to, ZoneId zone, Map<Option, Hours> monitored, Hours total, PartTallies chats) {

    private static final Comparator<Option> ORDER =
            Comparator.comparing(Option::kind).thenComparing(Option::id);

    /**
     * Checks what the chats are told apart by; options are put in order, by kind and id.
     *
     * @throws IllegalArgumentException if that is not the co-op
     */
    public OwnActivity {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(zone, "zone");
        SortedMap<Option, Hours> sorted = new TreeMap<>(ORDER);
        sorted.putAll(monitored);
        monitored = Collections.unmodifiableSortedMap(sorted);
        Objects.requireNonNull(total, "total");
        if (chats.part() != Part.COOP) {
            throw new IllegalArgumentException("chats are told apart by co-op, not by " + chats.part());
        }
    }

    /** How long a co-op was monitored. */
    public Hours monitored(CoopId coop) {
        return monitored.getOrDefault(Option.coop(coop), Hours.NONE);
    }

    /** What was answered through a co-op. */
    public Tally answered(CoopId coop) {
        return chats.of(coop.value());
    }
}
