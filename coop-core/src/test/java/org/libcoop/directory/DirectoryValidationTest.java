package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Membership.Kind;

/** What D10 refuses, one by one, and all at once. */
class DirectoryValidationTest {

    @Test
    void aWholeDirectoryIsAccepted() {
        assertThatCode(() -> valid().build()).doesNotThrowAnyException();
        assertThat(valid().build().inert()).isEmpty();
    }

    @Test
    void unknownReferencesOfACoopAreRefused() {
        assertProblems(
                valid().globalCoop("night", "Night").backup("nobody"),
                "co-op night: has the unknown operator nobody on its backup list");
    }

    @Test
    void unknownReferencesOfAMembershipAreRefused() {
        assertProblems(valid().member("moon"), "membership of moon in academic: is of the unknown institution moon");
        assertProblems(
                valid().add(Membership.of(CoopId.of("lost"), InstitutionId.of("hill"), Kind.CONTRIBUTING)),
                "membership of hill in lost: is in the unknown co-op lost");
    }

    @Test
    void unknownReferencesOfAnAccountAreRefused() {
        assertProblems(
                valid().account("academic", "nobody", Level.REGULAR),
                "account of nobody in academic: is of the unknown operator nobody");
        assertProblems(
                valid().account("lost", "olga", Level.REGULAR),
                "account of olga in lost: is in the unknown co-op lost");
    }

    @Test
    void unknownReferencesOfAWidgetAreRefused() {
        assertProblems(widget("springy", Option.department("law")), "widget w: routes to the unknown department law");
        assertProblems(widget("springy", Option.operator("nobody")), "widget w: routes to the unknown operator nobody");
        assertProblems(widget("springy", Option.coop("lost")), "widget w: routes to the unknown co-op lost");
        assertProblems(
                valid().widget("w", "springy", w -> w.owner("nobody").route(Option.department("reference"))),
                "widget w: is owned by the unknown operator nobody");
    }

    @Test
    void aWidgetOfAnUnknownInstitutionIsRefused() {
        assertProblems(
                widget("moon", Option.coop("academic")),
                "widget w: is of the unknown institution moon",
                "widget w: routes to the co-op academic, in which moon never was");
    }

    @Test
    void duplicateRecordsAreRefused() {
        assertProblems(valid().localCoop("academic", "Again"), "co-op academic: is given twice");
        assertProblems(
                valid().member("springy", Kind.NON_CONTRIBUTING), "membership of springy in academic: is given twice");
        assertProblems(
                valid().account("academic", "olga", Level.COOP_ADMIN), "account of olga in academic: is given twice");
        assertProblems(
                valid().widget("databases", "hill", w -> w.route(Option.coop("academic"))),
                "widget databases: is given twice");
        assertProblems(valid().policy("lease", "20s").add(Policies.defaults()), "policies: is given twice");
    }

    @Test
    void aPlaceTwiceOnABackupListIsRefused() {
        assertProblems(valid().backup("maya"), "co-op academic: has maya on its backup list twice");
    }

    @Test
    void anAccountOfSomeoneWhoseInstitutionNeverWasAMemberIsRefused() {
        assertProblems(
                valid().account("academic", "maya", Level.REGULAR),
                "account of maya in academic: is of an operator of provider, which never was a member");
    }

    @Test
    void anAccountUnderAnEndedMembershipIsAcceptedAndReported() {
        Directory directory = valid().institution("old", "Old Library")
                .operators("old", "otto")
                .formerMember("old")
                .account("academic", "otto", Level.REGULAR)
                .build();

        assertThat(directory.inert())
                .containsExactly(new Problem("account of otto in academic", "the membership of old has ended"));
    }

    @Test
    void aWidgetThatRoutesToAnotherInstitutionsDepartmentOrOperatorIsRefused() {
        assertProblems(
                widget("hill", Option.department("reference")),
                "widget w: routes to the department reference of springy, but is of hill");
        assertProblems(
                widget("hill", Option.operator("ana")),
                "widget w: routes to the operator ana of springy, but is of hill");
    }

    @Test
    void aWidgetOwnedBySomeoneOfAnotherInstitutionIsRefused() {
        assertProblems(
                valid().widget("w", "hill", w -> w.owner("ana").route(Option.coop("academic"))),
                "widget w: is owned by the operator ana of springy, but is of hill");
    }

    @Test
    void aWidgetThatRoutesToACoopItsInstitutionNeverWasInIsRefused() {
        assertProblems(
                widget("provider", Option.coop("academic")),
                "widget w: routes to the co-op academic, in which provider never was");
    }

    @Test
    void aWidgetThatRoutesToACoopItsInstitutionHasLeftIsAcceptedAndReported() {
        Directory directory = valid().institution("old", "Old Library")
                .formerMember("old")
                .widget("w", "old", w -> w.route(Option.coop("academic")))
                .build();

        assertThat(directory.inert())
                .containsExactly(new Problem(
                        "widget w", "routes to the co-op academic, in which the membership of old has ended"));
    }

    @Test
    void theSameOptionTwiceIsRefused() {
        assertProblems(
                widget("springy", Option.department("reference"), Option.coop("academic"), Option.coop("academic")),
                "widget w: has the co-op academic in its route twice");
        assertProblems(
                widget("springy", Option.department("reference"), Option.department("reference")),
                "widget w: has the department reference in its route twice");
        assertProblems(
                widget("springy", Option.operator("ana"), Option.operator("ana")),
                "widget w: has the operator ana in its route twice");
    }

    @Test
    void backupStaffOnALocalCoopAreRefused() {
        assertProblems(
                valid().localCoop("region", "Region").backup("maya"),
                "co-op region: is local, but has the backup staff [maya]");
    }

    @Test
    void retentionOfAnUnknownInstitutionIsRefused() {
        assertProblems(
                valid().policy("deleteAfter@moon", "365d"), "policies: are set for the unknown institution moon");
        assertThatCode(() -> valid().policy("deleteAfter@hill", "365d").build()).doesNotThrowAnyException();
    }

    @Test
    void everyProblemOfHostAndLibraryIsNamedAtOnce() {
        DirectoryBuilder broken = valid().operators("moon", "neil")
                .department("law", "hill", "Law", "ana")
                .localCoop("region", "Region")
                .backup("maya", "maya", "nobody")
                .member("moon")
                .account("region", "olga", Level.REGULAR)
                .widget(
                        "w",
                        "hill",
                        w -> w.route(Option.department("reference"), Option.coop("region"), Option.coop("region")));

        assertProblems(
                broken,
                "operator neil: is of the unknown institution moon",
                "department law: has ana of springy as a member, but is of hill",
                "co-op region: is local, but has the backup staff [maya, maya, nobody]",
                "co-op region: has maya on its backup list twice",
                "co-op region: has the unknown operator nobody on its backup list",
                "membership of moon in region: is of the unknown institution moon",
                "account of olga in region: is of an operator of hill, which never was a member",
                "widget w: routes to the department reference of springy, but is of hill",
                "widget w: routes to the co-op region, in which hill never was",
                "widget w: has the co-op region in its route twice");
    }

    @Test
    void theStrictReadingRefusesAndTheLenientOneReportsTheSameProblems() {
        Directory whole = valid().build();
        List<LibraryRecord> records =
                List.of(new CoopAccount(CoopId.of("lost"), OperatorId.of("nobody"), Level.REGULAR));

        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(() -> Directory.of(whole.host(), records))
                .satisfies(e -> assertThat(e.problems())
                        .isEqualTo(Directory.resolve(whole.host(), records).inert())
                        .hasSize(2));
    }

    @Test
    void theCoopsOfABuilderHaveTheDelayOfThePolicyUnlessTheyNameTheirOwn() {
        Directory directory = valid().policy("backupDelay", "20s")
                .globalCoop("night", "Night")
                .backupDelay(Duration.ofSeconds(5))
                .build();

        assertThat(directory.coop(CoopId.of("academic"))).map(Coop::backupDelay).contains(Duration.ofSeconds(20));
        assertThat(directory.coop(CoopId.of("night"))).map(Coop::backupDelay).contains(Duration.ofSeconds(5));
    }

    private static DirectoryBuilder valid() {
        return Directory.builder()
                .institution("springy", "Springy University", "America/New_York")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana", "ben")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .institution("provider", "24/7 Librarians")
                .operators("provider", "maya")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill", Kind.NON_CONTRIBUTING)
                .account("academic", "olga", Level.REGULAR)
                .widget(
                        "databases",
                        "springy",
                        w -> w.route(Option.department("reference"), Option.operator("ana"), Option.coop("academic")));
    }

    private static DirectoryBuilder widget(String institution, Option... route) {
        return valid().widget("w", institution, w -> w.route(route));
    }

    private static void assertProblems(DirectoryBuilder builder, String... problems) {
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(e.problems()).map(Problem::toString).containsExactly(problems));
    }
}
