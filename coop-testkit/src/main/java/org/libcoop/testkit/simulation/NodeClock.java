package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import org.libcoop.spi.Clock;

/** One node's clock: off by a constant, and with wake-ups that are lost, late or doubled. */
final class NodeClock implements Clock {

    private static final Duration LATEST = Duration.ofSeconds(3);

    private final VirtualTime time;
    private final Fate fate;
    private final Duration skew;

    NodeClock(VirtualTime time, Fate fate, Duration skew) {
        this.time = time;
        this.fate = fate;
        this.skew = skew;
    }

    @Override
    public Instant now() {
        return time.now().plus(skew);
    }

    @Override
    public void wakeAt(Instant at, Runnable hint) {
        Instant asked = at.minus(skew);
        Instant due = asked.isBefore(time.now()) ? time.now() : asked;
        if (fate.strikes(Fate.Fault.WAKE_UP_DOUBLED)) {
            time.wakeAt(due.plus(fate.span(LATEST)), hint);
        }
        if (fate.strikes(Fate.Fault.WAKE_UP_LATE)) {
            due = due.plus(fate.span(LATEST));
        }
        if (!fate.strikes(Fate.Fault.WAKE_UP_LOST)) {
            time.wakeAt(due, hint);
        }
    }
}
