package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Membership.Kind;

/** How snapshots follow one another: records changed by the library, revisions published by the host (D9, D11, W8). */
class DirectoryChangesTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final Stage COOP = Stage.of(Option.coop(ACADEMIC));
    private static final WidgetId DATABASES = WidgetId.of("databases");

    private final Directory whole = springy()
            .institution("hill", "Hill College")
            .operators("hill", "olga")
            .globalCoop("academic", "Academic Co-Op")
            .backup("olga", "ana")
            .member("springy")
            .member("hill")
            .account("academic", "olga", Level.REGULAR)
            .widget(
                    "databases",
                    "springy",
                    w -> w.owner("ana")
                            .route(Option.department("reference"), Option.operator("ana"), Option.coop("academic")))
            .widget("hillwidget", "hill", w -> w.route(Option.coop("academic")))
            .policy("deleteAfter@hill", "365d")
            .build();

    @Test
    void aRecordIsAddedOrPutInThePlaceOfTheOld() {
        Directory changed = whole.withRecord(new CoopAccount(ACADEMIC, OLGA, Level.COOP_ADMIN))
                .withRecord(new CoopAccount(ACADEMIC, OperatorId.of("ana"), Level.REGULAR));

        assertThat(changed.account(ACADEMIC, OLGA)).map(CoopAccount::level).contains(Level.COOP_ADMIN);
        assertThat(changed.hasAccess(OperatorId.of("ana"), COOP)).isTrue();
        assertThat(changed.records()).hasSize(whole.records().size() + 1);
        assertThat(whole.account(ACADEMIC, OLGA)).map(CoopAccount::level).contains(Level.REGULAR);
    }

    @Test
    void aRecordWithProblemsIsRefusedWithEachNamed() {
        assertRefused(
                () -> whole.withRecord(Widget.builder("new", "springy")
                        .route(Option.department("x"), Option.operator("olga"), Option.coop("y"))
                        .build()),
                "widget new: routes to the unknown department x",
                "widget new: routes to the operator olga of hill, but is of springy",
                "widget new: routes to the unknown co-op y");
    }

    @Test
    void aRecordIsRemoved() {
        Directory changed = whole.without(RecordKey.of(ACADEMIC, OLGA));

        assertThat(changed.account(ACADEMIC, OLGA)).isEmpty();
        assertThat(changed.hasAccess(OLGA, COOP)).isFalse();
        assertThat(changed.without(RecordKey.of(ACADEMIC, OLGA))).isEqualTo(changed);
    }

    @Test
    void aRecordThatOthersCannotDoWithoutIsNotRemoved() {
        assertRefused(
                () -> whole.without(RecordKey.of(ACADEMIC, HILL)),
                "account of olga in academic: is of an operator of hill, which never was a member",
                "widget hillwidget: routes to the co-op academic, in which hill never was");
        assertRefused(
                () -> whole.without(RecordKey.of(ACADEMIC)),
                "membership of springy in academic: is in the unknown co-op academic",
                "membership of hill in academic: is in the unknown co-op academic",
                "account of olga in academic: is in the unknown co-op academic",
                "widget databases: routes to the unknown co-op academic",
                "widget hillwidget: routes to the unknown co-op academic");
    }

    @Test
    void endingAMembershipLeavesItsOptionsAndAccountsInertAndReported() {
        Directory changed = whole.withRecord(hillsMembership().asEnded());

        assertThat(changed.hasAccess(OLGA, COOP)).isFalse();
        assertThat(changed.hasAccess(OLGA, Stage.backup(ACADEMIC)))
                .as("a backup place rests on no membership")
                .isTrue();
        assertThat(changed.reachable(HILL, Option.coop(ACADEMIC))).isFalse();
        assertThat(changed.widget(WidgetId.of("hillwidget"))).isPresent();
        assertThat(changed.account(ACADEMIC, OLGA)).isPresent();
        assertThat(changed.inert())
                .containsExactly(
                        new Problem("account of olga in academic", "the membership of hill has ended"),
                        new Problem(
                                "widget hillwidget",
                                "routes to the co-op academic, in which the membership of hill has ended"));
        assertThat(changed.withRecord(hillsMembership())).isEqualTo(whole);
    }

    @Test
    void aRevisionWithoutAnInstitutionLeavesItsRecordsInert() {
        Directory changed = whole.withHost(springy().build().host());

        assertThat(changed.membership(ACADEMIC, HILL)).isEmpty();
        assertThat(changed.account(ACADEMIC, OLGA)).isEmpty();
        assertThat(changed.widget(WidgetId.of("hillwidget"))).isEmpty();
        assertThat(changed.widgets()).map(Widget::id).containsExactly(DATABASES);
        assertThat(changed.operatorsOf(Stage.backup(ACADEMIC))).containsExactly(OperatorId.of("ana"));
        assertThat(changed.hasPlaceIn(OLGA, ACADEMIC)).isFalse();
        assertThat(changed.records()).containsExactlyElementsOf(whole.records());
        assertThat(changed.inert())
                .map(Problem::toString)
                .containsExactly(
                        "co-op academic: has the unknown operator olga on its backup list",
                        "membership of hill in academic: is of the unknown institution hill",
                        "account of olga in academic: is of the unknown operator olga",
                        "widget hillwidget: is of the unknown institution hill",
                        "policies: are set for the unknown institution hill");
    }

    @Test
    void whatTheHostBringsBackLivesAgain() {
        Directory gone = whole.withHost(springy().build().host());

        assertThat(gone.withHost(whole.host())).isEqualTo(whole);
        assertThat(gone.withHost(whole.host()).inert()).isEmpty();
        assertThat(gone.withHost(whole.host()).hasAccess(OLGA, COOP)).isTrue();
    }

    @Test
    void aWidgetKeepsAnOptionThatIsGone() {
        HostDirectory empty = Directory.builder()
                .institution("springy", "Springy University")
                .build()
                .host();

        Directory changed = whole.withHost(empty);

        Widget widget = changed.widget(DATABASES).orElseThrow();
        assertThat(widget.route()).hasSize(3);
        assertThat(changed.reachable(SPRINGY, Option.department("reference"))).isFalse();
        assertThat(changed.reachable(SPRINGY, Option.operator("ana"))).isFalse();
        assertThat(changed.reachable(SPRINGY, Option.coop(ACADEMIC))).isTrue();
        assertThat(changed.inert())
                .contains(
                        new Problem("widget databases", "is owned by the unknown operator ana"),
                        new Problem("widget databases", "routes to the unknown department reference"),
                        new Problem("widget databases", "routes to the unknown operator ana"));
    }

    @Test
    void anOptionThatMovedToAnotherInstitutionIsNoLongerInTheRoute() {
        HostDirectory moved = Directory.builder()
                .institution("springy", "Springy University")
                .institution("hill", "Hill College")
                .operators("hill", "ana", "olga")
                .department("reference", "hill", "Reference", "ana")
                .build()
                .host();

        Directory changed = whole.withHost(moved);

        assertThat(changed.covered(SPRINGY, Option.department("reference"), Instant.EPOCH))
                .isFalse();
        assertThat(changed.covered(SPRINGY, Option.operator("ana"), Instant.EPOCH))
                .isFalse();
        assertThat(changed.inert())
                .contains(new Problem(
                        "widget databases", "routes to the department reference of hill, but is of springy"));
    }

    @Test
    void anOperatorWhoMovedKeepsAnAccountOnlyWhereTheNewInstitutionWasAMember() {
        DirectoryBuilder revision =
                springy().institution("hill", "Hill College").institution("away", "Away");

        Directory toMember =
                whole.withHost(revision.operators("springy", "olga").build().host());
        Directory away = whole.withHost(springy()
                .institution("hill", "Hill College")
                .institution("away", "Away")
                .operators("away", "olga")
                .build()
                .host());

        assertThat(toMember.hasAccess(OLGA, COOP)).isTrue();
        assertThat(away.hasAccess(OLGA, COOP)).isFalse();
        assertThat(away.account(ACADEMIC, OLGA)).isEmpty();
        assertThat(away.inert())
                .containsExactly(new Problem(
                        "account of olga in academic", "is of an operator of away, which never was a member"));
    }

    @Test
    void oldFaultsAreNoObstacleToOtherChangesButToSavingTheSameRecordTheyAre() {
        Directory gone = whole.withHost(springy().build().host());
        Widget hillWidget =
                (Widget) gone.record(RecordKey.of(WidgetId.of("hillwidget"))).orElseThrow();

        Directory changed = gone.withRecord(new CoopAccount(ACADEMIC, OperatorId.of("ana"), Level.REGULAR))
                .without(RecordKey.of(ACADEMIC, OLGA));

        assertThat(changed.hasAccess(OperatorId.of("ana"), COOP)).isTrue();
        assertRefused(
                () -> gone.withRecord(hillWidget.toBuilder().name("Other").build()),
                "widget hillwidget: is of the unknown institution hill");
    }

    @Test
    void endingAMembershipIsPossibleEvenWhenItsInstitutionIsGone() {
        Directory gone = whole.withHost(springy().build().host());

        Directory ended = gone.withRecord(hillsMembership().asEnded());

        assertThat(ended.withHost(whole.host()).membership(ACADEMIC, HILL))
                .map(Membership::ended)
                .contains(true);
        assertRefused(
                () -> gone.withRecord(hillsMembership()),
                "membership of hill in academic: is of the unknown institution hill");
        assertRefused(
                () -> whole.withRecord(Membership.of(ACADEMIC, InstitutionId.of("moon"), Kind.CONTRIBUTING)
                        .asEnded()),
                "membership of moon in academic: is of the unknown institution moon");
    }

    @Test
    void theLenientReadingRefusesNothing() {
        List<LibraryRecord> faulty = List.of(
                Coop.local(ACADEMIC, "Academic").withBackup(List.of(OLGA)),
                Coop.local(ACADEMIC, "Again"),
                Membership.of(CoopId.of("x"), HILL, Kind.CONTRIBUTING),
                new CoopAccount(ACADEMIC, OLGA, Level.REGULAR));

        Directory directory = Directory.resolve(whole.host(), faulty);

        assertThat(directory.inert()).hasSize(4);
        assertThat(directory.coop(ACADEMIC)).map(Coop::name).contains("Academic");
        assertThat(directory.memberships()).isEmpty();
        assertThat(directory.accounts()).isEmpty();
        assertThat(directory.hasAccess(OLGA, Stage.backup(ACADEMIC)))
                .as("a local co-op has no backup stage")
                .isFalse();
    }

    @Test
    void theBuilderSaysWhenAStepHasNothingToSpeakAbout() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Directory.builder().member("springy"))
                .withMessage("no co-op has been added yet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Directory.builder().admins("ana"))
                .withMessage("operator ana has not been added yet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Directory.builder().policy("lease", "0s").build())
                .withMessageContaining("policy lease");
    }

    private static DirectoryBuilder springy() {
        return Directory.builder()
                .institution("springy", "Springy University", "America/New_York")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana");
    }

    private static Membership hillsMembership() {
        return Membership.of(ACADEMIC, HILL, Kind.CONTRIBUTING);
    }

    private static void assertRefused(ThrowingCallable change, String... problems) {
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(change)
                .satisfies(e -> assertThat(e.problems()).map(Problem::toString).containsExactly(problems));
    }
}
