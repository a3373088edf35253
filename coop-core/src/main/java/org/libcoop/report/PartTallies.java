package org.libcoop.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * Chats told apart by one {@link Part}: a row for each value, the most requested first and then by value; {@code others} is the rest
 * together, and rows and rest add up to {@code total}. <em>Immutable.</em>
 */
@Beta
public record PartTallies(Part part, List<Row> rows, Tally others, Tally total) {

    /** The most rows there can be. */
    public static final int MOST = 10_000;

    /** The most values that are told apart while they are added up; what is counted of more goes to the rest. */
    public static final int MOST_VALUES = 50_000;

    private static final Comparator<Row> ORDER = Comparator.comparingLong(
                    (Row row) -> -row.tally().counts().requested())
            .thenComparing(Row::value, Comparator.nullsLast(Comparator.naturalOrder()));

    /** The chats of one value; null for those of none, or of one that is not known. <em>Immutable.</em> */
    public record Row(@Nullable String value, Tally tally) {
        public Row {
            Objects.requireNonNull(tally, "tally");
        }
    }

    public PartTallies {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(others, "others");
        Objects.requireNonNull(total, "total");
        rows = List.copyOf(rows);
    }

    /** The tally of one value; empty where there is no row of it. */
    public Tally of(@Nullable String value) {
        return rows.stream()
                .filter(row -> Objects.equals(value, row.value()))
                .map(Row::tally)
                .findFirst()
                .orElse(Tally.NONE);
    }

    /** Adds up, for adapters. <em>One thread at a time.</em> */
    public static final class Sum {
        private final Part part;
        private final Map<@Nullable String, Tally.Sum> values = new HashMap<>();
        private final Tally.Sum beyond = new Tally.Sum();
        private final Tally.Sum total = new Tally.Sum();

        /** Nothing so far. */
        public Sum(Part part) {
            this.part = Objects.requireNonNull(part, "part");
        }

        /** Adds a chat. */
        public void add(ChatFact fact) {
            add(part.of(fact), Tally.One.of(fact));
        }

        /** Adds a chat of one value. */
        public void add(@Nullable String value, Tally.One one) {
            sum(value).add(one);
            total.add(one);
        }

        /** Adds what has been added up of one value elsewhere. */
        public void add(@Nullable String value, Tally tally) {
            sum(value).add(tally);
            total.add(tally);
        }

        /** Adds what has been added up elsewhere. */
        public void add(PartTallies tallies) {
            tallies.rows().forEach(row -> sum(row.value()).add(row.tally()));
            beyond.add(tallies.others());
            total.add(tallies.total());
        }

        private Tally.Sum sum(@Nullable String value) {
            Tally.Sum known = values.get(value);
            if (known != null) {
                return known;
            }
            return values.size() < MOST_VALUES ? values.computeIfAbsent(value, key -> new Tally.Sum()) : beyond;
        }

        /**
         * What there is so far, in at most {@code most} rows.
         *
         * @throws IllegalArgumentException if that is not 1 to {@link #MOST}
         */
        public PartTallies tallies(int most) {
            List<Row> all = values.entrySet().stream()
                    .map(entry -> new Row(entry.getKey(), entry.getValue().tally()))
                    .filter(row -> !row.tally().isEmpty())
                    .sorted(ORDER)
                    .toList();
            int kept = Math.min(checked(most), all.size());
            Tally.Sum others = new Tally.Sum();
            others.add(beyond.tally());
            all.subList(kept, all.size()).forEach(row -> others.add(row.tally()));
            return new PartTallies(part, all.subList(0, kept), others.tally(), total.tally());
        }
    }

    /** {@code most}, which is 1 to {@link #MOST}. */
    static int checked(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("a report has 1 to " + MOST + " rows, not " + most);
        }
        return most;
    }
}
