package org.libcoop.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Figures of one run, by name; the first is the one ratios are made of. <em>Immutable.</em> */
record Measurement(Map<String, Double> figures) {

    Measurement {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    static Measurement of(String name, double value) {
        return new Measurement(Map.of(name, value));
    }

    /** The same with one figure more, at the end. */
    Measurement with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Measurement(more);
    }

    /** The figures as text, in order. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        figures.forEach((name, value) -> text.add(name + ' ' + text(value)));
        return text.toString();
    }

    /** A figure with as many digits as anybody wants to read. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value)) {
            return "not in time";
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT,
                size >= 100 ? "%,.0f" : size >= 10 || size == 0 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f",
                value);
    }
}
