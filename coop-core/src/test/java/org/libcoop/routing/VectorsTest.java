package org.libcoop.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.routing.Desks.EVER;
import static org.libcoop.routing.Desks.at;
import static org.libcoop.routing.Desks.opened;
import static org.libcoop.routing.Desks.plan;
import static org.libcoop.routing.Desks.staffed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.OperatorId;

/** The vectors of the timed fallback, on the routing function alone: route, seconds, who is there, what opens when. */
class VectorsTest {

    /** {@code D..20} leaves at 20, {@code D@5} arrives at 5. B is on duty in all rows; that never changes what opens. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "V1  | D G     | 30 | D G            | D 0, G 30, B 70",
                "V2  | D G     | 15 | D G            | D 0, G 15, B 55",
                "V3  | D G     | 30 | G              | D 0, G 0, B 40",
                "V4  | D L     | 30 | D L            | D 0, L 30",
                "V5  | D L G   | 30 | D L G          | D 0, L 30, G 60, B 100",
                "V6  | D L G   | 30 | L G            | D 0, L 0, G 30, B 70",
                "V7  | D L G   | 30 | D G            | D 0, L 30, G 30, B 70",
                "V8  | D L     | 0  | D L            | D 0",
                "V9  | D L     | 0  | L              | D 0, L 0",
                "V10 | D G     | 0  | D G            | D 0, B 40",
                "V11 | D G     | 0  | G              | D 0, G 0, B 40",
                "V12 | G       | 30 | G              | G 0, B 40",
                "V14 | L D     | 30 | L D            | L 0",
                "V15 | D1 D2 G | 30 | D1 D2 G        | D1 0, G 30, B 70",
                "V16 | D G     | 30 | D              | D 0, G 30, B 70",
                "V17 | D L G   | 0  | D L G          | D 0, B 40",
                "V18 | D L G   | 30 | G              | D 0, L 0, G 0, B 40",
                "V21 | D L1 L2 | 30 | D L1 L2        | D 0, L1 30, L2 60",
                "V22 | D1 D2 G | 30 | D1..20 D2 G    | D1 0, D2 20, G 30, B 70",
                "V23 | D G     | 30 | D..10 G        | D 0, G 10, B 50",
                "V24 | D L G   | 30 | D..10 L G      | D 0, L 10, G 40, B 80",
                "V25 | D L     | 30 | D@5 L         | D 0, L 0",
                "V27 | D G     | 0  | D..50 G        | D 0, B 40, G 50",
                "V28 | D G L   | 30 | L              | D 0, G 0, L 0, B 40",
                "V30 | D L G   | 30 | D L..35 G      | D 0, L 30, G 60, B 100"
            })
    void theTableOfTheTimedFallback(String vector, String route, int timedFallback, String there, String opens) {
        Desks desks = desks(there).shift("B", -EVER, EVER);

        Progress progress = Routing.begin(plan(timedFallback, route.split(" ")), at(0), desks);

        assertThat(opened(Routing.advance(progress, at(0), at(900), desks))).isEqualTo(opens);
    }

    @Test
    void v13NobodyIsThereSoTheWidgetIsOffline() {
        assertThat(Routing.online(plan(30, "L"), at(0), Desks.empty())).isFalse();
    }

    @Test
    void v19AndV20WhatIsDueAfterTheClaimNeverHappens() {
        Desks desks = staffed("D", "G", "B");
        Progress begun = Routing.begin(plan(30, "D", "G"), at(0), desks);

        assertThat(opened(Routing.advance(begun, at(0), at(29), desks))).isEqualTo("D 0");
        assertThat(opened(Routing.advance(begun, at(0), at(30), desks))).isEqualTo("D 0, G 30");
        assertThat(Routing.claimStage(Routing.advance(begun, at(0), at(30), desks), OperatorId.of("g"), at(30), desks))
                .contains(Desks.stage("G"));
    }

    @Test
    void v25TheStaffWhoArriveSeeTheChatAtOnce() {
        Desks desks = desks("D@5 L");
        Progress begun = Routing.begin(plan(30, "D", "L"), at(0), desks);

        assertThat(Routing.eligible(begun, at(4.999), desks)).hasSize(1);
        assertThat(Routing.eligible(begun, at(5), desks)).hasSize(2);
    }

    @Test
    void v26AReturnedChatGoesOnWhereTheClaimStoppedIt() {
        Desks desks = staffed("D", "G", "B");
        Progress claimed = Routing.advance(Routing.begin(plan(30, "D", "G"), at(0), desks), at(0), at(20), desks);

        Progress returned = Routing.resume(claimed, at(20), at(100), desks);

        assertThat(opened(Routing.advance(returned, at(100), at(900), desks))).isEqualTo("D 0, G 110, B 150");
    }

    @Test
    void v29WhatWasAskedForStartsItsOwnClocks() {
        Desks desks = staffed("D", "G", "B");
        Progress begun = Routing.advance(Routing.begin(plan(30, "D", "G"), at(0), desks), at(0), at(5), desks);

        Progress asked = Routing.openAsked(begun, at(5), desks);

        assertThat(opened(Routing.advance(asked, at(5), at(900), desks))).isEqualTo("D 0, G 5, B 45");
    }

    private static Desks desks(String there) {
        Desks desks = Desks.empty();
        for (String one : there.split(" ", -1)) {
            String name = one.replaceAll("^([A-Z]\\d?).*", "$1");
            String span = one.substring(name.length());
            if (span.startsWith("..")) {
                desks.shift(name, -EVER, Double.parseDouble(span.substring(2)));
            } else {
                desks.shift(name, span.isEmpty() ? -EVER : Double.parseDouble(span.substring(1)), EVER);
            }
        }
        return desks;
    }
}
