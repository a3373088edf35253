package org.libcoop.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.routing.Desks.EVER;
import static org.libcoop.routing.Desks.at;
import static org.libcoop.routing.Desks.causes;
import static org.libcoop.routing.Desks.empty;
import static org.libcoop.routing.Desks.name;
import static org.libcoop.routing.Desks.opened;
import static org.libcoop.routing.Desks.plan;
import static org.libcoop.routing.Desks.staffed;
import static org.libcoop.routing.Desks.stage;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;

/** Section 3, rule by rule, each deadline just before, at, and just after its instant. */
class RoutingTest {

    // ---- R1, R2

    @Test
    void r1OptionsOpenInOrderUpToAndIncludingTheFirstServedOne() {
        Progress begun = Routing.begin(plan(30, "D1", "D2", "D3", "L"), at(0), staffed("D2", "D3", "L"));

        assertThat(opened(begun)).isEqualTo("D1 0, D2 0");
        assertThat(causes(begun)).containsOnly(Cause.INITIAL);
    }

    @Test
    void r1WhereNobodyIsThereEverythingIsOpen() {
        assertThat(opened(Routing.begin(plan(30, "D", "L", "G"), at(0), empty())))
                .isEqualTo("D 0, L 0, G 0");
    }

    @ParameterizedTest
    @CsvSource({"-0.001, 'D 0, L 0'", "0, 'D 0, L 0'", "0.001, D 0"})
    void r1IsJudgedAtTheVeryStart(double leaves, String open) {
        Desks desks = staffed("L").shift("D", -EVER, leaves);

        assertThat(opened(Routing.begin(plan(30, "D", "L"), at(0), desks))).isEqualTo(open);
    }

    @Test
    void r2ABackupStageDoesNotMakeItsCoopServed() {
        Desks desks = staffed("B", "L");

        Progress begun = Routing.begin(plan(30, "G", "L"), at(0), desks);

        assertThat(opened(begun)).isEqualTo("G 0, L 0");
        assertThat(Routing.eligible(begun, at(0), desks)).containsExactly(OperatorId.of("l"));
    }

    @Test
    void r2OthersPatronsAreNotOurs() {
        RoutePlan ours = plan(30, "D", "L");
        RoutePlan theirs = new RoutePlan(InstitutionId.of("hill"), ours.legs(), ours.timedFallback(), Set.of());

        assertThat(opened(Routing.begin(theirs, at(0), staffed("D", "L")))).isEqualTo("D 0, L 0");
    }

    // ---- R3, R5

    @ParameterizedTest
    @CsvSource({"29.999, D 0", "30, 'D 0, L 30'", "30.001, 'D 0, L 30'", "59.999, 'D 0, L 30'", "60, 'D 0, L 30, G 60'"
    })
    void r3CoopsOpenOneAfterTheOtherAtExactlyTheirInstants(double now, String open) {
        Desks desks = staffed("D", "L", "G");

        assertThat(opened(advanced(plan(30, "D", "L", "G"), now, desks))).isEqualTo(open);
    }

    @Test
    void r3TheClockOfTheFirstCoopIsTheStartWhateverLocalDesksOpenedMeanwhile() {
        Desks desks = staffed("D2", "G").shift("D1", -EVER, 29);

        assertThat(opened(advanced(plan(30, "D1", "D2", "G"), 900, desks))).isEqualTo("D1 0, D2 29, G 30, B 70");
    }

    @Test
    void r3ACoopInFrontIsNobodysClock() {
        // The first co-op behind the first option counts from the start, even if the first option is a co-op that
        // opened then.
        assertThat(opened(advanced(plan(30, "L1", "D", "L2", "L3"), 900, staffed("L1", "D", "L2", "L3"))))
                .isEqualTo("L1 0, L2 30, L3 60");
    }

    @Test
    void r3TheClockOfALaterCoopIsTheOpeningOfTheOneBefore() {
        Desks desks = staffed("L1", "L2").shift("D", -EVER, 12);

        assertThat(opened(advanced(plan(30, "D", "L1", "L2"), 900, desks))).isEqualTo("D 0, L1 12, L2 42");
    }

    @Test
    void r5DepartmentsAndPeopleNeverOpenByTime() {
        Progress waited = advanced(plan(1, "L", "D", "P"), 3000, staffed("L", "D", "P"));

        assertThat(opened(waited)).isEqualTo("L 0");
        assertThat(Routing.next(waited)).isEmpty();
    }

    // ---- R4

    @ParameterizedTest
    @CsvSource({"29.999, 'D 0, L1 30, L2 30'", "30, 'D 0, L1 30, L2 60'", "30.001, 'D 0, L1 30, L2 60'"})
    void r4IsJudgedOnceByWhoWasThereUntilTheInstantItself(double leaves, String open) {
        Desks desks = staffed("D", "L2").shift("L1", -EVER, leaves);

        assertThat(opened(advanced(plan(30, "D", "L1", "L2"), 900, desks))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({"29.999, 'D 0, L1 30, L2 60'", "30, 'D 0, L1 30, L2 30'"})
    void r4WhoComesAtTheInstantItselfComesAfterwards(double comes, String open) {
        Desks desks = staffed("D", "L2").shift("L1", comes, EVER);

        assertThat(opened(advanced(plan(30, "D", "L1", "L2"), 900, desks))).isEqualTo(open);
    }

    @Test
    void r4SeveralEmptyCoopsCostNoWaitAndDepartmentsBetweenStayShut() {
        Progress waited = advanced(plan(30, "D1", "L1", "D2", "L2", "L3"), 900, staffed("D1", "D2", "L3"));

        assertThat(opened(waited)).isEqualTo("D1 0, L1 30, L2 30, L3 30");
        assertThat(causes(waited)).containsExactly(Cause.INITIAL, Cause.TIME, Cause.TIME, Cause.TIME);
    }

    @Test
    void r4WhereNobodyIsLeftAllCoopsAreOpenAtOnce() {
        assertThat(opened(advanced(plan(30, "D", "L1", "L2"), 900, staffed("D"))))
                .isEqualTo("D 0, L1 30, L2 30");
    }

    @Test
    void r4BackupStaffAreNobody() {
        assertThat(opened(advanced(plan(30, "D", "G1", "L"), 900, staffed("D", "B1", "L"))))
                .isEqualTo("D 0, G1 30, L 30, B1 70");
    }

    // ---- R6, R8

    @Test
    void r6EligibleIsWhoIsAvailableOnAnOpenStageNow() {
        Desks desks = staffed("D", "G", "B").shift("D", "ben", 10, 20);
        Progress begun = Routing.begin(plan(30, "D", "G"), at(0), desks);

        assertThat(who(begun, 9.999, desks)).containsOnly("d");
        assertThat(who(begun, 10, desks)).containsOnly("d", "ben");
        assertThat(who(begun, 20, desks)).containsOnly("d");
        assertThat(who(advanced(plan(30, "D", "G"), 30, desks), 30, desks)).containsOnly("d", "g");
        assertThat(who(advanced(plan(30, "D", "G"), 70, desks), 70, desks)).containsOnly("d", "g", "b");
    }

    @Test
    void r6WhatIsOpenStaysOpenAndAsItWas() {
        Progress begun = Routing.begin(plan(30, "D", "G"), at(0), staffed("D"));

        assertThat(begun.open(Opening.of(stage("D"), at(5), Cause.ABSENCE))).isSameAs(begun);
    }

    @Test
    void r8WhoBeginsToMonitorAnOpenOptionSeesTheChatAtOnce() {
        Desks desks = staffed("L").shift("D", 5, EVER);
        Progress begun = Routing.begin(plan(30, "D", "L"), at(0), desks);

        assertThat(who(begun, 4.999, desks)).containsOnly("l");
        assertThat(who(begun, 5, desks)).containsOnly("d", "l");
    }

    // ---- R7

    @ParameterizedTest
    @CsvSource({"19.999, D1 0", "20, 'D1 0, D2 20'", "20.001, 'D1 0, D2 20'"})
    void r7TheNextOptionOpensAtTheInstantTheLastOneLeaves(double now, String open) {
        Desks desks = staffed("D2").shift("D1", -EVER, 20);
        Progress waited = advanced(plan(0, "D1", "D2"), now, desks);

        assertThat(opened(waited)).isEqualTo(open);
    }

    @Test
    void r7IsJudgedByWhoWasThereThenHoweverLateItIsHandled() {
        // D2's desk is empty at 20 and staffed again at 25: a handler at 900 must still open L at 20.
        Desks desks = staffed("L").shift("D1", -EVER, 20).shift("D2", 25, EVER);

        assertThat(opened(advanced(plan(0, "D1", "D2", "L"), 900, desks))).isEqualTo("D1 0, D2 20, L 20");
    }

    @Test
    void r7SomebodyElseOnAnOpenOptionHoldsItBack() {
        Desks desks = staffed("L", "G").shift("D", -EVER, 40);

        assertThat(opened(advanced(plan(30, "D", "L", "G"), 50, desks))).isEqualTo("D 0, L 30");
    }

    @Test
    void r7ABackupStageDoesNotHoldItBack() {
        Desks desks = staffed("B", "L").shift("G", -EVER, 50);

        Progress waited = advanced(plan(0, "G", "L"), 900, desks);

        assertThat(opened(waited)).isEqualTo("G 0, B 40, L 50");
        assertThat(causes(waited)).containsExactly(Cause.INITIAL, Cause.BACKUP, Cause.ABSENCE);
    }

    @Test
    void r7WhereNobodyIsLeftAllAreOpenAndWhoComesSeesTheChat() {
        Desks desks = empty().shift("D", -EVER, 10).shift("L2", 500, EVER);
        Progress waited = advanced(plan(0, "D", "L1", "L2"), 900, desks);

        assertThat(opened(waited)).isEqualTo("D 0, L1 10, L2 10");
        assertThat(who(waited, 500, desks)).containsOnly("l2");
    }

    @Test
    void r7LateNewsIsJudgedWhereItHappenedAndUndoesNothing() {
        Desks before = staffed("D", "L1", "L2");
        Progress waited = advanced(plan(30, "D", "L1", "L2"), 40, before);
        Desks news = staffed("L2").shift("D", -EVER, 10).shift("L1", -EVER, 15);

        Progress again = Routing.advance(waited, at(10), at(40), news);

        // L1 had opened by time before the news came: that stands. L2 should have opened when L1's people left: it
        // does.
        assertThat(opened(waited)).isEqualTo("D 0, L1 30");
        assertThat(opened(again)).isEqualTo("D 0, L1 30, L2 15");
    }

    // ---- R9, R10, R11

    @ParameterizedTest
    @CsvSource({"69.999, 'D 0, G 30'", "70, 'D 0, G 30, B 70'", "70.001, 'D 0, G 30, B 70'"})
    void r9TheBackupOpensItsDelayAfterItsCoop(double now, String open) {
        assertThat(opened(advanced(plan(30, "D", "G"), now, staffed("D", "G")))).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void r9TheBackupOpensWhoeverIsThere(boolean members) {
        Desks desks = members ? staffed("D", "G", "B") : staffed("D");

        assertThat(opened(advanced(plan(30, "D", "G"), 900, desks))).isEqualTo("D 0, G 30, B 70");
    }

    @Test
    void r9HoldsForACoopInFrontToo() {
        assertThat(opened(advanced(plan(30, "G"), 900, staffed("G")))).isEqualTo("G 0, B 40");
    }

    @Test
    void r9ADelayOfNothingOpensItWithItsCoop() {
        assertThat(opened(advanced(plan(30, 0, "D", "G"), 30, staffed("D", "G"))))
                .isEqualTo("D 0, G 30, B 30");
    }

    @ParameterizedTest
    @CsvSource({"39.999, D 0", "40, 'D 0, B 40'", "40.001, 'D 0, B 40'"})
    void r10WithoutATimedFallbackTheBackupCountsFromTheStart(double now, String open) {
        Desks desks = staffed("D", "G", "B");
        Progress waited = advanced(plan(0, "D", "G"), now, desks);

        assertThat(opened(waited)).isEqualTo(open);
        assertThat(who(waited, now, desks)).doesNotContain("g");
    }

    @Test
    void r10OfTwoInstantsTheEarlierHolds() {
        Desks desks = staffed("G").shift("D", -EVER, 20);

        assertThat(opened(advanced(plan(0, "D", "G"), 900, desks))).isEqualTo("D 0, G 20, B 40");
    }

    @Test
    void r10WithATimedFallbackAShutCoopHasNoBackup() {
        assertThat(opened(advanced(plan(3600, "D", "G"), 3599, staffed("D", "G"))))
                .isEqualTo("D 0");
    }

    @Test
    void r11EveryGlobalCoopHasItsOwnBackupAndAskingOneOfBothIsOnce() {
        Desks desks = staffed("D", "G1", "G2").shift("B1", "maya", -EVER, EVER).shift("B2", "maya", -EVER, EVER);
        Progress waited = advanced(plan(30, "D", "G1", "G2"), 900, desks);

        assertThat(opened(waited)).isEqualTo("D 0, G1 30, G2 60, B1 70, B2 100");
        assertThat(who(waited, 900, desks)).containsExactlyInAnyOrder("d", "g1", "g2", "maya");
    }

    @Test
    void r11WithoutATimedFallbackAllBackupsComeAtOneInstantInOrderOfTheRoute() {
        assertThat(opened(advanced(plan(0, "D", "G1", "G2"), 900, staffed("D"))))
                .isEqualTo("D 0, B1 40, B2 40");
    }

    // ---- R13, R14

    @Test
    void r13NothingHappensBeyondTheInstantAskedFor() {
        Desks desks = staffed("G").shift("D", -EVER, 10);

        assertThat(opened(advanced(plan(30, "D", "G"), 9.999, desks))).isEqualTo("D 0");
    }

    @Test
    void r14ClocksRunFromDueInstantsHoweverLateTheyAreHandled() {
        assertThat(opened(advanced(plan(30, "D", "L", "G"), 5000, staffed("D", "L", "G"))))
                .isEqualTo("D 0, L 30, G 60, B 100");
    }

    @Test
    void r14StagesDueComeBeforePresenceThatEndsAtTheSameInstant() {
        // L is due at 30 and its people leave at 30: it is opened as served, then R7 finds nobody and opens the next.
        Desks desks = staffed("G").shift("D", -EVER, 30).shift("L", -EVER, 30);

        Progress waited = advanced(plan(30, "D", "L", "G"), 30, desks);

        assertThat(opened(waited)).isEqualTo("D 0, L 30, G 30");
        assertThat(causes(waited)).containsExactly(Cause.INITIAL, Cause.TIME, Cause.ABSENCE);
    }

    @Test
    void r14AdvancingTwiceIsAdvancingOnce() {
        Desks desks = staffed("G").shift("D", -EVER, 10);
        Progress once = advanced(plan(30, "D", "G"), 100, desks);

        assertThat(Routing.advance(once, at(100), at(100), desks)).isEqualTo(once);
        assertThat(Routing.advance(once, at(0), at(100), desks)).isEqualTo(once);
    }

    // ---- R16

    @Test
    void r16EveryClockStandsStillWhileTheChatIsOwned() {
        Desks desks = staffed("D", "L", "G");
        Progress claimed = advanced(plan(30, "D", "L", "G"), 45, desks);

        Progress returned = Routing.resume(claimed, at(45), at(1045), desks);

        assertThat(opened(returned)).isEqualTo("D 0, L 30");
        assertThat(Routing.next(returned))
                .hasValueSatisfying(next -> assertThat(next.due()).isEqualTo(at(1060)));
        assertThat(opened(Routing.advance(returned, at(1045), at(5000), desks))).isEqualTo("D 0, L 30, G 1060, B 1100");
    }

    @Test
    void r16R7IsJudgedAtTheReturnAndWhatItOpensStartsItsOwnClocks() {
        Desks desks = staffed("L2").shift("D", -EVER, 50).shift("L1", -EVER, EVER);
        Progress claimed = advanced(plan(30, "D", "L1", "L2"), 10, desks);

        Progress returned = Routing.resume(claimed, at(10), at(100), desks);

        assertThat(opened(returned)).isEqualTo("D 0, L1 100");
        assertThat(opened(Routing.advance(returned, at(100), at(5000), desks))).isEqualTo("D 0, L1 100, L2 130");
    }

    @Test
    void r16OfTwoInstantsTheEarlierHolds() {
        // T = 0: the backup is due at 40 on the chat's clock, which stood still from 30 to 100, hence at 110; R7 opens
        // the
        // co-op at 100, whose own clock would say 140.
        Desks desks = staffed("G").shift("D", -EVER, 50);
        Progress claimed = advanced(plan(0, "D", "G"), 30, desks);

        Progress returned = Routing.resume(claimed, at(30), at(100), desks);

        assertThat(opened(Routing.advance(returned, at(100), at(5000), desks))).isEqualTo("D 0, G 100, B 110");
    }

    // ---- C1, C2, C13, W3

    @Test
    void c1TheCountdownNamesTheStageDueFirst() {
        Desks desks = staffed("D", "L", "G");
        RoutePlan plan = plan(30, "D", "G", "L");

        assertThat(next(Routing.begin(plan, at(0), desks))).isEqualTo("G 30 TIME");
        assertThat(next(advanced(plan, 30, desks))).isEqualTo("L 60 TIME");
        assertThat(next(advanced(plan, 60, desks))).isEqualTo("B 70 BACKUP");
        assertThat(next(advanced(plan, 70, desks))).isEqualTo("");
    }

    @Test
    void c2AClaimIsRecordedOnTheFirstOpenStageOfTheRouteAMemberStageFirst() {
        Desks desks = staffed("D")
                .shift("G1", "olga", -EVER, EVER)
                .shift("B1", "olga", -EVER, EVER)
                .shift("L", "olga", -EVER, EVER);
        RoutePlan plan = plan(0, "D", "L", "G1");

        assertThat(claimStage(advanced(plan, 39, desks), 39, desks)).isEmpty();
        assertThat(claimStage(advanced(plan, 40, desks), 40, desks)).isEqualTo("B1");

        Progress all = advanced(plan(30, "D", "L", "G1"), 900, desks);

        assertThat(opened(all)).isEqualTo("D 0, L 30, G1 60, B1 100");
        assertThat(claimStage(all, 900, desks)).isEqualTo("L");
        assertThat(all.openStages()).extracting(Desks::name).containsExactly("D", "L", "G1", "B1");
    }

    @Test
    void c2ReachedIsWhoWasEligibleAtAnyInstantOfTheRound() {
        Desks desks = staffed("D").shift("G", "olga", -EVER, 40);
        Progress waited = advanced(plan(30, "D", "G"), 100, desks);
        OperatorId olga = OperatorId.of("olga");

        assertThat(Routing.reached(waited, olga, at(0), at(29.999), desks)).isFalse();
        assertThat(Routing.reached(waited, olga, at(0), at(30), desks)).isTrue();
        assertThat(Routing.reached(waited, olga, at(39.999), at(100), desks)).isTrue();
        assertThat(Routing.reached(waited, olga, at(40), at(100), desks)).isFalse();
    }

    @Test
    void c13TheStageDueFirstOpensAtOnceAndLaterClocksRunFromThere() {
        Desks desks = staffed("D", "L", "G");
        Progress asked = Routing.openAsked(advanced(plan(30, "D", "L", "G"), 5, desks), at(5), desks);

        assertThat(opened(asked)).isEqualTo("D 0, L 5");
        assertThat(causes(asked)).containsExactly(Cause.INITIAL, Cause.ASKED);
        assertThat(opened(Routing.advance(asked, at(5), at(900), desks))).isEqualTo("D 0, L 5, G 35, B 75");
    }

    @Test
    void c13R4AppliesToWhatIsAskedFor() {
        Desks desks = staffed("D", "G");

        assertThat(opened(Routing.openAsked(advanced(plan(30, "D", "L", "G"), 5, desks), at(5), desks)))
                .isEqualTo("D 0, L 5, G 5");
    }

    @Test
    void c13WhoComesAtTheInstantOfTheAskingCountsAlready() {
        // An asking is a command: it comes after the presence commands that arrived before it at the same instant.
        Desks desks = staffed("D", "G").shift("L", 5, EVER);

        assertThat(opened(Routing.openAsked(advanced(plan(30, "D", "L", "G"), 5, desks), at(5), desks)))
                .isEqualTo("D 0, L 5");
    }

    @Test
    void c13WithoutATimedFallbackItIsTheBackup() {
        Desks desks = staffed("D", "G");

        assertThat(opened(Routing.openAsked(advanced(plan(0, "D", "G"), 5, desks), at(5), desks)))
                .isEqualTo("D 0, B 5");
    }

    @ParameterizedTest
    @CsvSource({"D G L, G 30, L", "D L G, L 30, G"})
    void c13AmongEqualsTheFirstOfTheRouteAMemberStageFirst(String route, String next, String then) {
        // A delay of 30 s makes the backup of an open co-op and the next co-op due at one instant.
        Desks desks = staffed("D", "L", "G");
        Progress begun = Routing.begin(plan(30, 30, route.split(" ")), at(0), desks);

        assertThat(next(begun)).startsWith(next);
        assertThat(next(Routing.advance(begun, at(0), at(30), desks))).startsWith(then.equals("L") ? "B 60" : "G 60");
    }

    @Test
    void c13WhereNothingIsLeftNothingHappens() {
        Progress all = advanced(plan(30, "D", "G"), 900, staffed("D", "G"));

        assertThat(Routing.next(all)).isEmpty();
        assertThat(Routing.openAsked(all, at(900), staffed("D", "G"))).isSameAs(all);
    }

    @ParameterizedTest
    @CsvSource({"D, true", "L, true", "G, true", "B, true", "P, false", "'', false"})
    void w3AWidgetIsOnlineExactlyWhenSomebodyOfItsRouteIsThere(String there, boolean online) {
        Desks desks = there.isEmpty() ? empty() : staffed(there);

        assertThat(Routing.online(plan(30, "D", "L", "G"), at(0), desks)).isEqualTo(online);
    }

    @ParameterizedTest
    @CsvSource({"9.999, true", "10, false"})
    void w3AWidgetGoesOfflineWithTheLastOne(double when, boolean online) {
        Desks desks = empty().shift("B", -EVER, 10);

        assertThat(Routing.online(plan(30, "G"), at(when), desks)).isEqualTo(online);
    }

    @Test
    void aRouteThatCoverageEmptiedIsOfflineAndOpensNothing() {
        Desks desks = staffed("D");
        Progress begun = Routing.begin(plan(30), at(0), desks);

        assertThat(Routing.online(plan(30), at(0), desks)).isFalse();
        assertThat(opened(Routing.advance(begun, at(0), at(900), desks))).isEmpty();
        assertThat(Routing.next(begun)).isEmpty();
    }

    private static Progress advanced(RoutePlan plan, double now, Desks desks) {
        return Routing.advance(Routing.begin(plan, at(0), desks), at(0), at(now), desks);
    }

    private static List<String> who(Progress progress, double when, Desks desks) {
        return Routing.eligible(progress, at(when), desks).stream()
                .map(OperatorId::value)
                .toList();
    }

    private static String next(Progress progress) {
        return Routing.next(progress)
                .map(next -> name(next.stage()) + " " + Desks.seconds(next.due()) + " " + next.cause())
                .orElse("");
    }

    private static String claimStage(Progress progress, double when, Desks desks) {
        return Routing.claimStage(progress, OperatorId.of("olga"), at(when), desks)
                .map(Desks::name)
                .orElse("");
    }
}
