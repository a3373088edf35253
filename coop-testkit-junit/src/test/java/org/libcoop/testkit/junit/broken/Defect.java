package org.libcoop.testkit.junit.broken;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.libcoop.spi.Store;

/**
 * A way in which a store may be broken. {@code plant} is called once for each handle on the same data.
 *
 * @param rule the rule that is broken, as tests spell it: "st01"
 * @param lostOnReopen how many of the last calls that changed something are gone after reopening
 */
record Defect(String rule, String name, UnaryOperator<Store> plant, int lostOnReopen) {

    Defect {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(plant, "plant");
    }

    /** No defect at all: the frame that the others stand in. */
    static final Defect NONE = new Defect("none", "nothing is wrong", store -> store, 0);

    static Defect of(String rule, String name, UnaryOperator<Store> plant) {
        return new Defect(rule, name, plant, 0);
    }

    /** All defects, those of every rule. */
    static List<Defect> all() {
        return Stream.of(
                        DefectsOfChanges.all(),
                        DefectsOfResultsAndLeases.all(),
                        DefectsOfReads.all(),
                        DefectsOfIndexes.all(),
                        DefectsOfTheFeed.all(),
                        DefectsOfTexts.all(),
                        DefectsOfMemory.all(),
                        DefectsOfArchiving.all())
                .flatMap(List::stream)
                .toList();
    }

    static Defect named(String name) {
        return Stream.concat(Stream.of(NONE), all().stream())
                .filter(defect -> defect.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return rule + " " + name;
    }
}
