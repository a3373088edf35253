package org.libcoop.access;

import java.time.Instant;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Presence;
import org.libcoop.routing.Progress;
import org.libcoop.routing.Routing;

/** Who may learn what: asked here and nowhere else (A8). Deny is the default. Pure. */
public final class Access {

    private Access() {}

    /**
     * A9: whether {@code operator} may learn that a chat exists: as staff of the home institution, by an account or backup
     * place in a co-op of its frozen route, or because it was once shown to them.
     */
    public static boolean mayLearnOf(
            Progress progress, Instant startedAt, OperatorId operator, Presence world, Instant now) {
        Directory directory = world.directory();
        Operator who = directory.operator(operator).orElse(null);
        if (who == null) {
            return false;
        }
        return who.institution().equals(progress.plan().home())
                || progress.plan().coops().stream().anyMatch(coop -> directory.hasPlaceIn(operator, coop))
                || Routing.reached(progress, operator, startedAt, now, world);
    }
}
