package org.libcoop.testkit.scenario;

import java.util.List;

/**
 * What a step does: one act for each person it names, and for each option. <em>Immutable.</em>
 */
record Action(String kind, List<Act> acts) {

    Action {
        acts = List.copyOf(acts);
    }

    /** One person's act. */
    record Act(String words, Performance performance) {}

    /** Does the act; throws {@code RefusedException} when the library refuses. */
    @FunctionalInterface
    interface Performance {
        void on(Scene scene);
    }
}
