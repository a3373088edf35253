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

    boolean served(InstitutionId home, Stage stage, Instant when) {
        return servedBy(home, stage, when) != null;
    }

    @Nullable
    OperatorId servedBy(InstitutionId home, Stage stage, Instant when) {
        return presence.servedBy(home, stage, when, directory, node.view(), change);
    }

    boolean available(OperatorId operator, InstitutionId home, Stage stage, Instant when) {
        return presence.available(operator, home, stage, when, directory, node.view(), change);
    }
}
