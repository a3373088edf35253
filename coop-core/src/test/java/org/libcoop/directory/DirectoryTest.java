package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Membership.Kind;

/** What a snapshot answers: look-ups, access, reach and coverage. */
class DirectoryTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final InstitutionId OLD = InstitutionId.of("old");
    private static final InstitutionId PROVIDER = InstitutionId.of("provider");
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final OperatorId OTTO = OperatorId.of("otto");
    private static final OperatorId MAYA = OperatorId.of("maya");
    private static final Stage REFERENCE = Stage.of(Option.department("reference"));
    private static final Stage COOP = Stage.of(Option.coop(ACADEMIC));
    private static final Stage BACKUP = Stage.backup(ACADEMIC);

    private final Directory directory = builder().build();

    @Test
    void everythingIsFoundByItsId() {
        assertThat(directory.institution(SPRINGY)).map(Institution::name).contains("Springy University");
        assertThat(directory.operator(ANA)).map(Operator::admin).contains(true);
        assertThat(directory.operator(OLGA)).map(Operator::chatEnabled).contains(false);
        assertThat(directory.department(DepartmentId.of("reference")))
                .map(Department::members)
                .hasValueSatisfying(members -> assertThat(members).containsOnly(ANA, OperatorId.of("ben")));
        assertThat(directory.coop(ACADEMIC)).map(Coop::kind).contains(Coop.Kind.GLOBAL);
        assertThat(directory.widget(WidgetId.of("databases")))
                .map(Widget::institution)
                .contains(SPRINGY);
        assertThat(directory.membership(ACADEMIC, HILL)).map(Membership::kind).contains(Kind.NON_CONTRIBUTING);
        assertThat(directory.membership(ACADEMIC, OLD)).map(Membership::ended).contains(true);
        assertThat(directory.account(ACADEMIC, ANA)).map(CoopAccount::level).contains(Level.COOP_ADMIN);
        assertThat(directory.account(ACADEMIC, OTTO)).isPresent();
        assertThat(directory.policies().operatorLimit()).hasValue(3);
        assertThat(directory.record(RecordKey.of(ACADEMIC))).containsInstanceOf(Coop.class);
    }

    @Test
    void whatDoesNotExistIsEmpty() {
        assertThat(directory.institution(InstitutionId.of("x"))).isEmpty();
        assertThat(directory.operator(OperatorId.of("x"))).isEmpty();
        assertThat(directory.department(DepartmentId.of("x"))).isEmpty();
        assertThat(directory.coop(CoopId.of("x"))).isEmpty();
        assertThat(directory.widget(WidgetId.of("x"))).isEmpty();
        assertThat(directory.membership(CoopId.of("x"), SPRINGY)).isEmpty();
        assertThat(directory.membership(ACADEMIC, PROVIDER)).isEmpty();
        assertThat(directory.account(CoopId.of("x"), ANA)).isEmpty();
        assertThat(directory.account(ACADEMIC, MAYA)).isEmpty();
        assertThat(directory.record(RecordKey.of(CoopId.of("x")))).isEmpty();
        assertThat(directory.stagesOf(OperatorId.of("x"))).isEmpty();
        assertThat(directory.operatorsOf(Stage.of(Option.coop("x")))).isEmpty();
        assertThat(directory.memberships(CoopId.of("x"))).isEmpty();
        assertThat(directory.accounts(CoopId.of("x"))).isEmpty();
        assertThat(directory.operators(InstitutionId.of("x"))).isEmpty();
    }

    @Test
    void everythingIsListedInTheOrderGiven() {
        assertThat(directory.institutions()).map(Institution::id).containsExactly(SPRINGY, HILL, OLD, PROVIDER);
        assertThat(directory.operators()).hasSize(5);
        assertThat(directory.operators(SPRINGY)).map(Operator::id).containsExactly(ANA, OperatorId.of("ben"));
        assertThat(directory.departments()).map(Department::id).containsExactly(DepartmentId.of("reference"));
        assertThat(directory.coops()).map(Coop::id).containsExactly(ACADEMIC, CoopId.of("region"));
        assertThat(directory.widgets()).map(Widget::id).containsExactly(WidgetId.of("databases"));
        assertThat(directory.widgets(SPRINGY)).hasSize(1);
        assertThat(directory.widgets(HILL)).isEmpty();
        assertThat(directory.memberships()).hasSize(4);
        assertThat(directory.memberships(ACADEMIC)).map(Membership::institution).containsExactly(SPRINGY, HILL, OLD);
        assertThat(directory.memberships(SPRINGY)).map(Membership::coop).containsExactly(ACADEMIC, CoopId.of("region"));
        assertThat(directory.accounts()).map(CoopAccount::operator).containsExactly(ANA, OLGA, OTTO);
        assertThat(directory.accounts(ACADEMIC)).hasSize(3);
        assertThat(directory.accounts(OLGA)).map(CoopAccount::coop).containsExactly(ACADEMIC);
        assertThat(directory.records()).hasSize(2 + 4 + 3 + 1 + 1);
        assertThat(directory).hasToString("Directory[" + directory.host() + ", 11 records, 1 inert]");
    }

    @Test
    void accessIsDepartmentMembershipOnesOwnLineAnAccountOrABackupPlace() {
        assertThat(directory.stagesOf(ANA)).containsExactlyInAnyOrder(REFERENCE, COOP, Stage.of(Option.operator(ANA)));
        assertThat(directory.hasAccess(ANA, REFERENCE)).isTrue();
        assertThat(directory.hasAccess(OperatorId.of("ben"), COOP)).isFalse();
        assertThat(directory.hasAccess(OperatorId.of("ben"), Stage.of(Option.operator(ANA))))
                .isFalse();
        assertThat(directory.operatorsOf(REFERENCE)).containsExactlyInAnyOrder(ANA, OperatorId.of("ben"));
        assertThat(directory.operatorsOf(COOP)).containsExactly(ANA);
    }

    @Test
    void aBackupPlaceGivesTheBackupStageOnly() {
        assertThat(directory.stagesOf(MAYA)).containsExactlyInAnyOrder(BACKUP, Stage.of(Option.operator(MAYA)));
        assertThat(directory.hasAccess(MAYA, COOP)).isFalse();
        assertThat(directory.hasAccess(ANA, BACKUP)).isFalse();
        assertThat(directory.operatorsOf(BACKUP)).containsExactly(MAYA);
    }

    @Test
    void anAccountOfANonContributingOrFormerMemberGivesNoAccess() {
        assertThat(directory.hasAccess(OLGA, COOP)).isFalse();
        assertThat(directory.hasAccess(OTTO, COOP)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anAccountOfAnyLevelGivesAccess(Level level) {
        Directory changed = directory.withRecord(new CoopAccount(ACADEMIC, OperatorId.of("ben"), level));

        assertThat(changed.hasAccess(OperatorId.of("ben"), COOP)).isTrue();
    }

    @Test
    void theChatSwitchIsNoPartOfAccess() {
        Directory changed = directory.withRecord(Membership.of(ACADEMIC, HILL, Kind.CONTRIBUTING));

        assertThat(changed.operator(OLGA)).map(Operator::chatEnabled).contains(false);
        assertThat(changed.hasAccess(OLGA, COOP)).isTrue();
    }

    @Test
    void backupStaffWhoseInstitutionIsAMemberMayHaveBoth() {
        Directory both = directory
                .withRecord(Membership.of(ACADEMIC, PROVIDER, Kind.CONTRIBUTING))
                .withRecord(new CoopAccount(ACADEMIC, MAYA, Level.REGULAR));

        assertThat(both.hasAccess(MAYA, COOP)).isTrue();
        assertThat(both.hasAccess(MAYA, BACKUP)).isTrue();
    }

    @Test
    void aPlaceInACoopIsAnAccountUnderALastingMembershipOrABackupPlace() {
        assertThat(directory.hasPlaceIn(ANA, ACADEMIC)).isTrue();
        assertThat(directory.hasPlaceIn(OLGA, ACADEMIC)).as("non-contributing").isTrue();
        assertThat(directory.hasPlaceIn(MAYA, ACADEMIC)).as("backup").isTrue();
        assertThat(directory.hasPlaceIn(OTTO, ACADEMIC)).as("membership ended").isFalse();
        assertThat(directory.hasPlaceIn(OperatorId.of("ben"), ACADEMIC)).isFalse();
        assertThat(directory.hasPlaceIn(ANA, CoopId.of("region"))).isFalse();
        assertThat(directory.hasPlaceIn(OperatorId.of("x"), ACADEMIC)).isFalse();
    }

    @Test
    void aCoopIsReachableForMembersThatHaveNotLeft() {
        assertThat(directory.reachable(SPRINGY, Option.coop(ACADEMIC))).isTrue();
        assertThat(directory.reachable(HILL, Option.coop(ACADEMIC))).isTrue();
        assertThat(directory.reachable(OLD, Option.coop(ACADEMIC))).isFalse();
        assertThat(directory.reachable(PROVIDER, Option.coop(ACADEMIC))).isFalse();
        assertThat(directory.reachable(SPRINGY, Option.coop("x"))).isFalse();
    }

    @Test
    void aDepartmentOrOperatorIsReachableWhenItExists() {
        assertThat(directory.reachable(SPRINGY, Option.department("reference"))).isTrue();
        assertThat(directory.reachable(SPRINGY, Option.department("x"))).isFalse();
        assertThat(directory.reachable(SPRINGY, Option.operator(ANA))).isTrue();
        assertThat(directory.reachable(SPRINGY, Option.operator(OLGA))).isTrue();
        assertThat(directory.reachable(SPRINGY, Option.operator("x"))).isFalse();
    }

    @Test
    void aCoopIsCoveredInTheHoursOfTheMembershipInTheInstitutionsZone() {
        Option region = Option.coop("region");
        Instant six = Instant.parse("2026-03-02T18:00:00-05:00");

        assertThat(directory.covered(SPRINGY, region, six.minusMillis(1))).isFalse();
        assertThat(directory.covered(SPRINGY, region, six)).isTrue();
        assertThat(directory.covered(SPRINGY, region, six.plusMillis(1))).isTrue();
        assertThat(directory.covered(HILL, region, six)).as("no member").isFalse();
        assertThat(directory.covered(InstitutionId.of("x"), region, six)).isFalse();
        assertThat(directory.covered(SPRINGY, Option.coop(ACADEMIC), six)).isTrue();
    }

    @Test
    void coverageIsAskedApartFromWhetherTheMembershipEnded() {
        assertThat(directory.covered(OLD, Option.coop(ACADEMIC), Instant.EPOCH)).isTrue();
    }

    @Test
    void departmentsAndOperatorsHaveNoHoursButStayAtHome() {
        assertThat(directory.covered(SPRINGY, Option.department("reference"), Instant.EPOCH))
                .isTrue();
        assertThat(directory.covered(SPRINGY, Option.operator(ANA), Instant.EPOCH))
                .isTrue();
        assertThat(directory.covered(SPRINGY, Option.department("gone"), Instant.EPOCH))
                .isTrue();
        assertThat(directory.covered(SPRINGY, Option.operator("gone"), Instant.EPOCH))
                .isTrue();
        assertThat(directory.covered(HILL, Option.department("reference"), Instant.EPOCH))
                .isFalse();
        assertThat(directory.covered(HILL, Option.operator(ANA), Instant.EPOCH)).isFalse();
    }

    @Test
    void snapshotsAreEqualWhenHostAndRecordsAre() {
        assertThat(directory)
                .isEqualTo(builder().build())
                .hasSameHashCodeAs(builder().build());
        assertThat(directory).isNotEqualTo(directory.without(RecordKey.of(WidgetId.of("databases"))));
        assertThat(directory)
                .isNotEqualTo(builder().operators("hill", "one-more").build());
    }

    @Test
    void aDirectoryWithoutPoliciesHasTheDefaults() {
        assertThat(Directory.of(directory.host(), List.of()).policies()).isEqualTo(Policies.defaults());
    }

    private static DirectoryBuilder builder() {
        return Directory.builder()
                .institution("springy", "Springy University", "America/New_York")
                .operators("springy", "ana", "ben")
                .admins("ana")
                .department("reference", "springy", "Reference", "ana", "ben")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .chatDisabled("olga")
                .institution("old", "Old Library")
                .operator("otto", "old", "Otto")
                .institution("provider", "24/7 Librarians")
                .operators("provider", "maya")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill", Kind.NON_CONTRIBUTING)
                .formerMember("old")
                .localCoop("region", "Region")
                .member("springy", Kind.CONTRIBUTING, Coverage.hours(List.of("MON-FRI 18:00-08:00"), List.of()))
                .account("academic", "ana", Level.COOP_ADMIN)
                .account("academic", "olga", Level.REGULAR)
                .account("academic", "otto", Level.REGULAR)
                .widget("databases", "springy", w -> w.route(Option.department("reference"), Option.coop("academic")))
                .policy("operatorLimit", "3");
    }
}
