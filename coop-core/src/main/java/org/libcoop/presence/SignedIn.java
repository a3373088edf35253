package org.libcoop.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When the people of a library were signed in, all of them together (X5). Pure. */
public final class SignedIn {

    private record Time(Instant from, Instant to) {}

    private SignedIn() {}

    /**
     * Since when a library is, or last was, without anybody signed in: while somebody is there, the beginning of the latest time in which
     * nobody was. Empty if somebody was there all the time that the rows tell of, or they tell of nobody.
     *
     * @param operators the rows of each operator, by version
     * @param ends the last sign of life of a node that is dead, null of one that lives
     * @param now up to when the rows are known
     */
    public static Optional<Instant> signedOffSince(
            Collection<List<OperatorPresence>> operators, Function<NodeId, @Nullable Instant> ends, Instant now) {
        List<Time> times = new ArrayList<>();
        operators.forEach(rows -> times.addAll(times(rows, ends, now)));
        times.sort(Comparator.comparing(Time::from));
        Instant left = null;
        Instant upTo = null;
        for (Time time : times) {
            if (upTo != null && time.from().isAfter(upTo)) {
                left = upTo;
            }
            upTo = upTo == null || time.to().isAfter(upTo) ? time.to() : upTo;
        }
        return Optional.ofNullable(upTo != null && upTo.isBefore(now) ? upTo : left);
    }

    private static List<Time> times(
            List<OperatorPresence> rows, Function<NodeId, @Nullable Instant> ends, Instant now) {
        List<Time> times = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            OperatorPresence row = rows.get(i);
            Instant next = i + 1 < rows.size() ? rows.get(i + 1).changedAt() : now;
            Instant last = Presence.lastRenewal(row, ends);
            Instant to = last != null && last.isBefore(next) ? last : next;
            if (row.signedIn() && row.changedAt().isBefore(to)) {
                times.add(new Time(row.changedAt(), to));
            }
        }
        return times;
    }
}
