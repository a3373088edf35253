package org.libcoop.testkit.scenario;

/** Hears how a scenario runs, in order, on the thread that runs it. Every method may be left out. */
public interface ScenarioListener {

    /** A listener that does not listen: nothing is put into words for it. */
    ScenarioListener NONE = new ScenarioListener() {};

    /** A scenario begins. */
    default void begins(ScenarioFile file) {}

    /** Something happened. */
    default void happened(TimelineEntry entry) {}

    /** A step did not come out as written; told after its entry. */
    default void failed(ScenarioFailure failure) {}

    /** A scenario is over. */
    default void ended(ScenarioResult result) {}
}
