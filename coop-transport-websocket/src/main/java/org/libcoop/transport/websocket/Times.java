package org.libcoop.transport.websocket;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.libcoop.directory.Policies;

/** How long a connection may take for what. <em>Immutable.</em> */
record Times(Duration auth, Duration heartbeat, Duration send) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SELDOMEST_LOOK = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(20);
    private static final int MISSED_HEARTBEATS = 3;

    static Duration checked(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be 100 ms to 5 min: " + value);
        }
        return value;
    }

    /** The same with heartbeats so short that no lease and no patron's grace runs out between two of them (P4, C7). */
    Times within(Policies policies) {
        Duration bounded = least(
                List.of(heartbeat, policies.renewEvery(), policies.patronGrace().dividedBy(4)));
        return new Times(auth, bounded, send);
    }

    /** After how much silence a peer counts as gone. */
    Duration silence() {
        return heartbeat.multipliedBy(MISSED_HEARTBEATS);
    }

    /** After how much silence the container may end a connection: later than ours, which knows what a heartbeat is. */
    Duration idle() {
        return Stream.of(auth, silence()).max(Duration::compareTo).orElseThrow().multipliedBy(4);
    }

    /** How long the container may let one send take: longer than we do, so that the code goes first. */
    Duration sendOfContainer() {
        return send.plus(CLOSING);
    }

    /** How often to look for what takes too long. */
    Duration look() {
        return least(List.of(SELDOMEST_LOOK, auth.dividedBy(4), heartbeat.dividedBy(4), send.dividedBy(4)));
    }

    private static Duration least(List<Duration> durations) {
        return durations.stream().min(Duration::compareTo).orElseThrow();
    }
}
