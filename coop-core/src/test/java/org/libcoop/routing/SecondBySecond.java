package org.libcoop.routing;

import static org.libcoop.routing.Desks.at;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * Section 3 written down a second time, as plainly as it is worded: a clock that ticks second by second and, at each tick,
 * opens what is due, then judges absence. Good only where everything happens at whole seconds. It is the oracle of
 * {@link RandomRoutesTest} and shares nothing with {@link Routing} but the plan.
 */
final class SecondBySecond {

    private final RoutePlan plan;
    private final Desks desks;
    private final int fallback;
    private final Map<Stage, Integer> open = new LinkedHashMap<>();

    private SecondBySecond(RoutePlan plan, Desks desks) {
        this.plan = plan;
        this.desks = desks;
        this.fallback = (int) plan.timedFallback().toSeconds();
    }

    /** Which stage is open when, in seconds after the start, for a chat that waits so many seconds. */
    static Map<Stage, Integer> open(RoutePlan plan, Desks desks, int seconds) {
        SecondBySecond model = new SecondBySecond(plan, desks);
        model.openUpToServed(0);
        model.tick(0);
        for (int now = 1; now <= seconds; now++) {
            model.tick(now);
        }
        return model.open;
    }

    private void tick(int now) {
        int before;
        do {
            before = open.size();
            openDue(now);
            if (plan.legs().stream().noneMatch(leg -> open.containsKey(leg.stage()) && served(leg.stage(), now))) {
                openUpToServed(now);
            }
        } while (open.size() > before);
    }

    /** R1, R7. */
    private void openUpToServed(int now) {
        for (RoutePlan.Leg leg : plan.legs()) {
            if (!open.containsKey(leg.stage())) {
                open.put(leg.stage(), now);
                if (served(leg.stage(), now)) {
                    return;
                }
            }
        }
    }

    /** R3, R4, R9, R10: everything due now. Who comes or goes at this very instant does so afterwards. */
    private void openDue(int now) {
        List<RoutePlan.Leg> coops = new ArrayList<>(
                plan.legs().subList(Math.min(1, plan.legs().size()), plan.legs().size()));
        coops.removeIf(leg -> leg.stage().option().kind() != Option.Kind.COOP);
        coops.sort(Comparator.comparingInt(leg -> plan.legs().indexOf(leg)));
        int clock = 0;
        boolean carried = false;
        for (RoutePlan.Leg leg : coops) {
            if (open.containsKey(leg.stage())) {
                clock = open.get(leg.stage());
            } else if (carried || (fallback > 0 && clock + fallback == now)) {
                open.put(leg.stage(), now);
                clock = now;
                carried = !servedJustBefore(leg.stage(), now);
            } else {
                break;
            }
        }
        for (RoutePlan.Leg leg : plan.legs()) {
            if (leg.backup() != null && !open.containsKey(leg.backup()) && backupDue(leg, now)) {
                open.put(leg.backup(), now);
            }
        }
    }

    private boolean backupDue(RoutePlan.Leg leg, int now) {
        int delay = (int) leg.backupDelay().toSeconds();
        return (open.containsKey(leg.stage()) && open.get(leg.stage()) + delay == now)
                || (fallback == 0 && delay == now);
    }

    private boolean served(Stage stage, int now) {
        return desks.served(plan.home(), stage, at(now));
    }

    private boolean servedJustBefore(Stage stage, int now) {
        return desks.served(plan.home(), stage, at(now - 0.001));
    }
}
