package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import edu.example.library.Staff.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

class StaffTest {

    private static final Option DESK = Option.department("city-Information");

    @Test
    void whoIsHiredAnswersAndWhoLeavesDoesNot() {
        Staff staff = new Staff(List.of(new User("ines", "city", "Inés", "Information")));
        try (CoopEngine engine = CoopEngine.builder()
                .directorySource(staff.directory())
                .records(List.of(
                        Coop.local(CoopId.of("region"), "Region"),
                        Membership.of(CoopId.of("region"), InstitutionId.of("city"), Membership.Kind.CONTRIBUTING),
                        Widget.builder("ask", "city").route(DESK, Option.coop("region")).build()))
                .build()) {
            assertThat(engine.connectOperator(OperatorId.of("luis"), notice -> {}).refusal().map(Refusal::code))
                    .contains(RefusalCode.NOT_FOUND);

            staff.hire(new User("luis", "city", "Luis", "Information"));
            await().until(() -> engine.directory().operator(OperatorId.of("luis")).isPresent());
            OperatorSession luis = engine.connectOperator(OperatorId.of("luis"), notice -> {}).orElseThrow();
            luis.signIn();
            Outcome.await(luis.monitor(DESK, true)).orElseThrow();
            assertThat(engine.widget(WidgetId.of("ask")).orElseThrow().online()).isTrue();

            staff.leaves("luis");
            await().until(() -> !engine.widget(WidgetId.of("ask")).orElseThrow().online());
        }
    }
}
