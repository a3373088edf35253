package org.libcoop.testkit.simulation;

import java.time.Instant;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;

/** Whether an owner was rightly taken for lost (C6). */
final class OwnerLoss {

    private OwnerLoss() {}

    /** What is missing for {@code owner} to be lost at {@code at}; empty if nothing is. */
    static String missing(OperatorId owner, Instant at, boolean signedOff, Deed deed) {
        OperatorPresence row = deed.presence()
                .at(owner, at, deed.node().view(), deed.change())
                .orElse(OperatorPresence.unknown(owner));
        if (signedOff) {
            boolean off = !row.signedIn() || row.status() == Status.OFFLINE;
            return off ? "" : "signed off, but the row says " + row;
        }
        Instant last = deed.presence().lastSign(row, deed.node().view()::mayKnowEnd);
        if (last == null) {
            return "a node vouches: " + row;
        }
        Instant lost = last.plus(deed.policies().ownerGrace());
        return lost.equals(at) ? "" : "silent since " + last + ", to be lost at " + lost + ", not at " + at;
    }
}
