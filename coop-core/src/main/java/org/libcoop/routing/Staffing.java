package org.libcoop.routing;

import java.time.Instant;
import org.libcoop.presence.Availability;

/** Who would answer for a widget at a moment (W3, S5). */
public enum Staffing {
    /** Some option is served: its people answer. */
    SERVED,
    /** Only backup staff of a global co-op are on duty. */
    BACKUP_ONLY,
    /** Nobody is there: the widget is offline. */
    OFFLINE;

    /** What a plan is at {@code at}: the very function that tells whether a widget is online. */
    public static Staffing of(RoutePlan plan, Instant at, Availability availability) {
        if (!Routing.online(plan, at, availability)) {
            return OFFLINE;
        }
        boolean served = plan.legs().stream().anyMatch(leg -> availability.served(plan.home(), leg.stage(), at));
        return served ? SERVED : BACKUP_ONLY;
    }
}
