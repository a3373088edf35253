package org.libcoop.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rounds of one benchmark, and their medians as text. <em>One thread at a time.</em> */
final class Table {

    private final Map<String, List<Measurement>> rounds = new LinkedHashMap<>();

    void add(String contestant, Measurement measurement) {
        rounds.computeIfAbsent(contestant, name -> new ArrayList<>()).add(measurement);
    }

    /** The median of a contestant's figure over its rounds; NaN if it has none. */
    double median(String contestant, String figure) {
        return median(values(contestant, figure));
    }

    /** The median, over the rounds, of a contestant's figure in terms of a peer's of the same round; NaN if there is none. */
    double ratio(String contestant, String figure, String peer) {
        double[] own = values(contestant, figure);
        double[] other = values(peer, figure);
        double[] ratios = new double[Math.min(own.length, other.length)];
        Arrays.setAll(ratios, round -> own[round] / other[round]);
        return median(ratios);
    }

    private double[] values(String contestant, String figure) {
        return rounds.getOrDefault(contestant, List.of()).stream()
                .map(Measurement::figures)
                .filter(figures -> figures.containsKey(figure))
                .mapToDouble(figures -> figures.get(figure))
                .toArray();
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A row for each contestant: the medians, and how many times the first one's chief figure it has, round by round. */
    @Override
    public String toString() {
        if (rounds.isEmpty()) {
            return "nothing measured\n";
        }
        List<String> figures = figures();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(figures);
        head.add("ratio");
        rows.add(head);
        String first = rounds.keySet().iterator().next();
        for (String contestant : rounds.keySet()) {
            List<String> row = new ArrayList<>(List.of(contestant));
            figures.forEach(figure -> row.add(Measurement.text(median(contestant, figure))));
            row.add(Measurement.text(ratio(contestant, figures.get(0), first)));
            rows.add(row);
        }
        return aligned(rows, 1);
    }

    /** A row for each target of which everything was measured: what it came to, beside goal and gate. */
    String against(List<Target> targets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("target", "", "came to", "goal", "gate"));
        for (Target target : targets) {
            double value = target.value(this);
            if (!Double.isNaN(value)) {
                rows.add(List.of(
                        target.id(),
                        target.what(),
                        Measurement.text(value),
                        target.bound(target.goal()),
                        target.bound(target.gate())));
            }
        }
        return rows.size() == 1 ? "" : aligned(rows, 2);
    }

    private List<String> figures() {
        Set<String> figures = new LinkedHashSet<>();
        rounds.values()
                .forEach(all -> all.forEach(one -> figures.addAll(one.figures().keySet())));
        return List.copyOf(figures);
    }

    private static String aligned(List<List<String>> rows, int texts) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                text.append(i == 0 ? "" : "  ").append(i < texts ? row.get(i) + pad : pad + row.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
