package org.libcoop.testkit.junit;

/**
 * What a store can be asked to show beyond its rules. A test that needs what the {@link StoreUnderTest} does not give is
 * reported as aborted, with the reason, and never passes in silence.
 */
public enum StoreCapability {
    /** The test moves the store's time ({@link StoreUnderTest#withTime}): leases and instants are tested to the millisecond. */
    CONTROLLED_TIME("its time cannot be moved by a test"),

    /** The data outlive the object that keeps them ({@link StoreUnderTest#withReopen}). */
    SURVIVES_REOPEN("what it keeps does not outlive it"),

    /** Several objects work on the same data, as those of several processes do ({@link StoreUnderTest#withSecondHandle}). */
    SHARED_BY_PROCESSES("its data cannot be reached through a second handle"),

    /** Texts may contain U+0000; a store without this refuses the change by an exception and keeps nothing of it. */
    KEEPS_NUL("it does not keep U+0000"),

    /** Texts may contain half a surrogate pair; a store without this refuses the change by an exception and keeps nothing of it. */
    KEEPS_UNPAIRED_SURROGATES("it does not keep unpaired surrogates");

    private final String absence;

    StoreCapability(String absence) {
        this.absence = absence;
    }

    /** What is to be said of a store without it. */
    String absence() {
        return absence;
    }
}
