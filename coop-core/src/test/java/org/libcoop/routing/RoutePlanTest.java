package org.libcoop.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.routing.RoutePlan.Leg;

/** What a chat takes along at its start (R12, R15). */
class RoutePlanTest {

    private static final Option DESK = Option.department("reference");
    private static final Option REGION = Option.coop("region");
    private static final Option ACADEMIC = Option.coop("academic");
    private static final Instant MONDAY_NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void aPlanHasALegForEachOptionAndABackupForEachGlobalCoop() {
        Directory directory = directory(Coverage.always()).build();

        RoutePlan plan = RoutePlan.of(directory, widget(directory), MONDAY_NOON);

        assertThat(plan.legs())
                .containsExactly(
                        new Leg(Stage.of(DESK), null, Duration.ZERO),
                        new Leg(Stage.of(REGION), null, Duration.ZERO),
                        new Leg(Stage.of(ACADEMIC), Stage.backup(CoopId.of("academic")), Duration.ofSeconds(25)));
        assertThat(plan.legs()).extracting(Leg::coop).containsExactly(false, true, true);
        assertThat(plan.timedFallback()).isEqualTo(Duration.ofSeconds(15));
        assertThat(plan.coops()).containsExactlyInAnyOrder(CoopId.of("region"), CoopId.of("academic"));
        assertThat(plan.outsideCoverage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T08:59:59.999Z, false",
        "2026-01-05T09:00:00Z, true",
        "2026-01-05T16:59:59.999Z, true",
        "2026-01-05T17:00:00Z, false"
    })
    void r12OutsideCoverageAnOptionIsNotInTheRoute(Instant start, boolean covered) {
        Directory directory = directory(Coverage.hours(List.of("MON-FRI 09:00-17:00"), List.of()))
                .build();

        RoutePlan plan = RoutePlan.of(directory, widget(directory), start);

        assertThat(plan.legs()).hasSize(covered ? 3 : 2);
        assertThat(plan.coops().contains(CoopId.of("region"))).isEqualTo(covered);
        if (covered) {
            assertThat(plan.outsideCoverage()).isEmpty();
        } else {
            assertThat(plan.outsideCoverage()).containsExactly(REGION);
        }
    }

    @Test
    void r15WhatHappensToTheDirectoryLaterDoesNotTouchThePlan() {
        Directory directory = directory(Coverage.always()).build();
        RoutePlan plan = RoutePlan.of(directory, widget(directory), MONDAY_NOON);

        Directory later = directory
                .withRecord(widget(directory).toBuilder()
                        .route(ACADEMIC)
                        .timedFallback(Duration.ZERO)
                        .build())
                .withRecord(directory.coop(CoopId.of("academic")).orElseThrow().withBackupDelay(Duration.ZERO));

        assertThat(RoutePlan.of(later, widget(later), MONDAY_NOON)).isNotEqualTo(plan);
        assertThat(plan.legs()).hasSize(3);
        assertThat(plan.legs().get(2).backupDelay()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void anOptionOfAnEndedMembershipStaysInTheRoute() {
        Directory directory = directory(Coverage.always()).build();
        Directory ended = directory.withRecord(Membership.of(
                        CoopId.of("region"),
                        directory.institutions().iterator().next().id(),
                        Membership.Kind.CONTRIBUTING)
                .asEnded());

        RoutePlan plan = RoutePlan.of(ended, widget(ended), MONDAY_NOON);

        assertThat(plan.legs()).extracting(Leg::stage).contains(Stage.of(REGION));
        assertThat(plan.outsideCoverage()).isEmpty();
    }

    @Test
    void plansOfChatsThatStartAlikeAreEqual() {
        Directory directory = directory(Coverage.always()).build();

        assertThat(RoutePlan.of(directory, widget(directory), MONDAY_NOON))
                .isEqualTo(RoutePlan.of(directory, widget(directory), MONDAY_NOON.plusSeconds(60)));
    }

    private static Widget widget(Directory directory) {
        return directory.widget(WidgetId.of("databases")).orElseThrow();
    }

    private static DirectoryBuilder directory(Coverage ofRegion) {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .localCoop("region", "Region")
                .member("springy", Membership.Kind.CONTRIBUTING, ofRegion)
                .globalCoop("academic", "Academic Co-Op")
                .backupDelay(Duration.ofSeconds(25))
                .member("springy")
                .widget(
                        "databases",
                        "springy",
                        w -> w.route(DESK, REGION, ACADEMIC).timedFallback(Duration.ofSeconds(15)));
    }
}
