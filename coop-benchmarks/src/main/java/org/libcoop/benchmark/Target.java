package org.libcoop.benchmark;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a figure of ours ought to be: so many times a peer's in the same run, or so much more; or by itself where there is no peer. <em>Immutable.</em>
 *
 * @param id its number among the targets
 * @param ours the contestant it is about
 * @param figure which of its figures
 * @param peer the contestant it is compared with; null where the figure itself counts
 * @param more whether the difference to the peer's figure counts, and not the ratio
 * @param atLeast whether more is better
 * @param goal what we want
 * @param gate where a regression has to be explained
 */
record Target(
        String id,
        String ours,
        String figure,
        @Nullable String peer,
        boolean more,
        boolean atLeast,
        double goal,
        double gate) {

    /** At least so many times the peer's figure. */
    static Target atLeast(String id, String ours, String figure, String peer, double goal, double gate) {
        return new Target(id, ours, figure, peer, false, true, goal, gate);
    }

    /** At most so many times the peer's figure. */
    static Target atMost(String id, String ours, String figure, String peer, double goal, double gate) {
        return new Target(id, ours, figure, peer, false, false, goal, gate);
    }

    /** At most so much more than the peer's figure. */
    static Target atMostMore(String id, String ours, String figure, String peer, double goal, double gate) {
        return new Target(id, ours, figure, peer, true, false, goal, gate);
    }

    /** At most so much. */
    static Target atMost(String id, String ours, String figure, double goal, double gate) {
        return new Target(id, ours, figure, null, false, false, goal, gate);
    }

    /** What it came to: the median of a table's rounds; NaN if it was not measured. */
    double value(Table table) {
        if (peer == null) {
            return table.median(ours, figure);
        }
        return more ? table.median(ours, figure) - table.median(peer, figure) : table.ratio(ours, figure, peer);
    }

    /** What is compared. */
    String what() {
        return ours + ", " + figure + (peer == null ? "" : (more ? ", beyond " : ", in terms of ") + peer);
    }

    /** A bound as text. */
    String bound(double value) {
        if (Double.isInfinite(value)) {
            return "-";
        }
        String text =
                value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%s", value);
        return (atLeast ? ">= " : "<= ") + text;
    }
}
