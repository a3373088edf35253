package org.libcoop.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
}
