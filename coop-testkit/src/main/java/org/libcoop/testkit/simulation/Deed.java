package org.libcoop.testkit.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;

/**
 * One change of a chat as the store took it: by whom, decided when, and in which of the store's changes. What its node could
 * know is what counts as the world it was decided in.
 *
 * @param sureOfDirectory whether the directory the node has now is surely the one it judged by
 */
record Deed(
        SimulatedNode node,
        Directory directory,
        PresenceRecord presence,
        long change,
        Instant at,
        boolean sureOfDirectory) {

    Policies policies() {
        return directory.policies();
    }

    /** Somebody who serves {@code stage} whatever the node has learnt yet of nodes that ended; null if there is none. */
    @Nullable
    OperatorId surelyServedBy(InstitutionId home, Stage stage, Instant when) {
        return presence.servedBy(home, stage, when, this, node.view()::mayKnowEnd);
    }

    /** Whether somebody serves {@code stage} as far as the node is bound to know. */
    boolean maybeServed(InstitutionId home, Stage stage, Instant when) {
        return presence.servedBy(home, stage, when, this, node.view()::knowsEnd) != null;
    }

    /** Whether {@code operator} is available whatever the node has learnt yet of nodes that ended. */
    boolean surelyAvailable(OperatorId operator, InstitutionId home, Stage stage, Instant when) {
        return presence.available(operator, home, stage, when, this, node.view()::mayKnowEnd);
    }

    /** Whether {@code operator} is available as far as the node is bound to know. */
    boolean maybeAvailable(OperatorId operator, InstitutionId home, Stage stage, Instant when) {
        return presence.available(operator, home, stage, when, this, node.view()::knowsEnd);
    }

    /** Whether the row as the store has it, whoever knows it, lets its operator take a chat on {@code stage}: it is guarded. */
    boolean willingNow(OperatorId operator, Stage stage) {
        return PresenceRecord.willing(presence.newest(operator), stage, directory);
    }
}
