package org.libcoop.testkit.junit;

import org.libcoop.testkit.SimulatedChat;

/**
 * AssertJ assertions about what happens in a {@link org.libcoop.testkit.SimulatedCoop}; to be imported statically beside
 * those of AssertJ.
 */
public final class CoopAssertions {

    private CoopAssertions() {}

    /** Begins an assertion about a chat as it is at this instant. */
    public static ChatAssert assertThat(SimulatedChat chat) {
        return new ChatAssert(chat);
    }
}
