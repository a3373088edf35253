package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.routing.RoutePlan;

/** The people and places of the contracts' tests: a reference desk, a global co-op behind it, and who works there. */
final class Given {

    static final InstitutionId SPRINGY = InstitutionId.of("springy");
    static final InstitutionId HILL = InstitutionId.of("hill");
    static final OperatorId ANA = OperatorId.of("ana");
    static final OperatorId BEN = OperatorId.of("ben");
    static final OperatorId OLGA = OperatorId.of("olga");
    static final WidgetId WIDGET = WidgetId.of("databases");
    static final CoopId ACADEMIC = CoopId.of("academic");
    static final Stage DESK = Stage.of(Option.department("reference"));
    static final Stage MEMBERS = Stage.of(Option.coop(ACADEMIC));
    static final Stage BACKUP = Stage.backup(ACADEMIC);
    static final Stage ANAS_LINE = Stage.of(Option.operator(ANA));
    static final NodeId FRONT = new NodeId("front-1");

    static final RoutePlan PLAN = new RoutePlan(
            SPRINGY,
            List.of(
                    new RoutePlan.Leg(DESK, null, Duration.ZERO),
                    new RoutePlan.Leg(ANAS_LINE, null, Duration.ZERO),
                    new RoutePlan.Leg(MEMBERS, BACKUP, Duration.ofMillis(40_001))),
            Duration.ofSeconds(30),
            Set.of(Option.coop("night"), Option.coop("weekend")));

    private Given() {}

    /** The first row of an operator who signs in. */
    static OperatorPresence signedIn(OperatorId operator, Instant at) {
        return OperatorPresence.unknown(operator)
                .signedIn(at)
                .withSwitch(DESK.option(), true, at)
                .attached(new Attachment(FRONT, null), node -> false, at)
                .successor();
    }
}
