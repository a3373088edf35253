package org.libcoop.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/** Who changes whose account, coverage and widget (A2, A3, A6, A10, D6). */
class AccountsTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final List<String> PEOPLE =
            List.of("chief", "deputy", "ana", "ben", "carl", "olga", "otto", "quinn", "exa", "maya", "sven", "nobody");

    /**
     * springy: chief COOP_ADMIN, deputy INSTITUTION_ADMIN, ana REGULAR, ben and carl (a local admin) none; hill: olga
     * INSTITUTION_ADMIN, otto none; quiet, which does not contribute: quinn INSTITUTION_ADMIN; former, whose membership has ended:
     * exa COOP_ADMIN; provider, never a member: maya on the backup list, sven none.
     */
    private static final Directory DIRECTORY = directory();

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .institution("hill", "Hill College")
                .institution("quiet", "Quiet Library")
                .institution("former", "Former Member")
                .institution("provider", "24/7 Librarians")
                .operators("springy", "chief", "deputy", "ana", "ben", "carl")
                .admins("carl")
                .operators("hill", "olga", "otto")
                .operators("quiet", "quinn")
                .operators("former", "exa")
                .operators("provider", "maya", "sven")
                .globalCoop("academic", "Academic Co-op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .member("quiet", Membership.Kind.NON_CONTRIBUTING)
                .formerMember("former")
                .account("academic", "chief", Level.COOP_ADMIN)
                .account("academic", "deputy", Level.INSTITUTION_ADMIN)
                .account("academic", "ana", Level.REGULAR)
                .account("academic", "olga", Level.INSTITUTION_ADMIN)
                .account("academic", "quinn", Level.INSTITUTION_ADMIN)
                .account("academic", "exa", Level.COOP_ADMIN)
                .build();
    }

    static Stream<Arguments> everyGrant() {
        List<Arguments> all = new ArrayList<>();
        for (String by : PEOPLE) {
            for (String who : PEOPLE) {
                for (Level level : Level.values()) {
                    all.add(Arguments.of(by, who, level));
                }
            }
        }
        return all.stream();
    }

    /** Said once more, in the words of A2, A3 and A6. */
    @ParameterizedTest
    @MethodSource("everyGrant")
    void onlyThoseGrantWhomTheRulesName(String by, String who, Level level) {
        boolean coopAdmin =
                by.equals("chief") && !List.of("maya", "sven", "nobody").contains(who);
        String admins = "deputy springy|olga hill|quinn quiet";
        boolean institutionAdmin =
                Stream.of(admins.split("\\|")).anyMatch(pair -> pair.equals(by + ' ' + institutionOf(who)))
                        && level != Level.COOP_ADMIN
                        && !who.equals("chief");
        boolean stepsDownAsLast = by.equals(who)
                && ((by.equals("chief") && level != Level.COOP_ADMIN)
                        || (List.of("deputy", "olga", "quinn").contains(by) && level == Level.REGULAR));

        Outcome<LibraryRecord> outcome =
                Accounts.grant(DIRECTORY, OperatorId.of(by), OperatorId.of(who), ACADEMIC, level);

        if ((coopAdmin || institutionAdmin) && !stepsDownAsLast) {
            assertThat(outcome.value()).contains(new CoopAccount(ACADEMIC, OperatorId.of(who), level));
        } else {
            assertThat(code(outcome)).contains(RefusalCode.NOT_ALLOWED);
        }
    }

    private static String institutionOf(String operator) {
        return DIRECTORY
                .operator(OperatorId.of(operator))
                .map(found -> found.institution().value())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "chief, ana, done",
        "chief, olga, done",
        "chief, exa, done", // of an ended membership: what is left of it is the co-op's
        "chief, chief, not-allowed", // the last one
        "chief, otto, not-found",
        "chief, sven, not-allowed",
        "chief, nobody, not-allowed",
        "deputy, ana, done",
        "deputy, ben, not-found",
        "deputy, chief, not-allowed", // a level they cannot grant
        "deputy, olga, not-allowed",
        "deputy, deputy, not-allowed",
        "quinn, quinn, not-allowed",
        "ana, ana, not-allowed",
        "ana, ben, not-allowed",
        "carl, ana, not-allowed", // the local switch gives no level
        "maya, ana, not-allowed",
        "exa, ana, not-allowed",
        "nobody, ana, not-allowed"
    })
    void accountsAreTakenByWhoMayGiveThem(String by, String who, String expected) {
        Outcome<LibraryRecord> outcome = Accounts.revoke(DIRECTORY, OperatorId.of(by), OperatorId.of(who), ACADEMIC);

        assertThat(code(outcome).map(RefusalCode::code).orElse("done")).isEqualTo(expected);
        outcome.value().ifPresent(record -> {
            Directory after = DIRECTORY.withRecord(record);
            assertThat(after.account(ACADEMIC, OperatorId.of(who))).isEmpty();
            assertThat(after.hasPlaceIn(OperatorId.of(who), ACADEMIC)).isFalse();
            assertThat(code(Accounts.revoke(after, OperatorId.of(by), OperatorId.of(who), ACADEMIC)))
                    .contains(RefusalCode.NOT_FOUND);
        });
    }

    @Test
    void whoIsNotTheLastOneMayStepDown() {
        Directory two = DIRECTORY
                .withRecord(new CoopAccount(ACADEMIC, OperatorId.of("otto"), Level.COOP_ADMIN))
                .withRecord(new CoopAccount(ACADEMIC, OperatorId.of("ben"), Level.INSTITUTION_ADMIN));

        assertThat(revoke(two, "chief", "chief")).isEqualTo("done");
        assertThat(revoke(two, "deputy", "deputy")).isEqualTo("done");
    }

    @Test
    void anotherLevelOrInstitutionDoesNotCount() {
        // chief is of the same institution as deputy, olga of the same level: neither is an INSTITUTION_ADMIN of
        // springy.
        assertThat(revoke(DIRECTORY, "deputy", "deputy")).isEqualTo("not-allowed");
        // exa's COOP_ADMIN account rests on a membership that has ended.
        assertThat(revoke(DIRECTORY, "chief", "chief")).isEqualTo("not-allowed");
    }

    @Test
    void anotherMayTakeTheLastOne() {
        Directory two = DIRECTORY.withRecord(new CoopAccount(ACADEMIC, OperatorId.of("otto"), Level.COOP_ADMIN));

        assertThat(revoke(DIRECTORY, "chief", "deputy")).isEqualTo("done");
        assertThat(revoke(two, "otto", "chief")).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({
        "chief, chief deputy ana olga quinn exa",
        "deputy, chief deputy ana exa",
        "ana, chief deputy ana exa",
        "olga, chief olga exa",
        "quinn, chief quinn exa",
        "maya, chief exa"
    })
    void everybodyWithAPlaceSeesTheAccountsThatConcernThem(String by, String seen) {
        List<CoopAccount> accounts =
                Accounts.visible(DIRECTORY, OperatorId.of(by), ACADEMIC).orElseThrow();

        assertThat(accounts)
                .extracting(account -> account.operator().value())
                .containsExactlyInAnyOrder(seen.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"ben", "carl", "otto", "exa", "sven", "nobody"})
    void whoHasNoPlaceSeesNone(String by) {
        assertThat(code(Accounts.visible(DIRECTORY, OperatorId.of(by), ACADEMIC)))
                .contains(RefusalCode.NOT_ALLOWED);
        assertThat(code(Accounts.visible(DIRECTORY, OperatorId.of("chief"), CoopId.of("unknown"))))
                .contains(RefusalCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "chief, hill, done",
        "chief, former, done",
        "deputy, springy, done",
        "deputy, hill, not-allowed",
        "quinn, quiet, done",
        "ana, springy, not-allowed",
        "carl, springy, not-allowed",
        "maya, provider, not-allowed",
        "chief, provider, not-allowed",
        "chief, unknown, not-allowed"
    })
    void adminsOfTheCoopSetCoverage(String by, String institution, String expected) {
        Outcome<LibraryRecord> outcome =
                Accounts.cover(DIRECTORY, OperatorId.of(by), InstitutionId.of(institution), ACADEMIC, Coverage.none());

        assertThat(code(outcome).map(RefusalCode::code).orElse("done")).isEqualTo(expected);
        outcome.value()
                .ifPresent(record -> assertThat(record)
                        .isEqualTo(DIRECTORY
                                .membership(ACADEMIC, InstitutionId.of(institution))
                                .orElseThrow()
                                .withCoverage(Coverage.none())));
    }

    @ParameterizedTest
    @CsvSource({
        "carl, springy, new, done",
        "carl, springy, desk, done",
        "carl, hill, new, not-allowed",
        "carl, springy, hills, not-allowed", // another institution's widget
        "chief, springy, new, not-allowed", // no co-op level gives it
        "ana, springy, new, not-allowed",
        "nobody, springy, new, not-allowed"
    })
    void localAdminsSaveWidgetsOfTheirOwn(String by, String institution, String id, String expected) {
        Directory directory = DIRECTORY
                .withRecord(Widget.builder("desk", "springy")
                        .route(Option.coop(ACADEMIC))
                        .build())
                .withRecord(Widget.builder("hills", "hill")
                        .route(Option.coop(ACADEMIC))
                        .build());
        Widget widget =
                Widget.builder(id, institution).route(Option.coop(ACADEMIC)).build();

        Outcome<LibraryRecord> outcome = Accounts.saveWidget(directory, OperatorId.of(by), widget);

        assertThat(code(outcome).map(RefusalCode::code).orElse("done")).isEqualTo(expected);
    }

    private static String revoke(Directory directory, String by, String who) {
        return code(Accounts.revoke(directory, OperatorId.of(by), OperatorId.of(who), ACADEMIC))
                .map(RefusalCode::code)
                .orElse("done");
    }

    private static Optional<RefusalCode> code(Outcome<?> outcome) {
        return outcome.refusal().map(refusal -> refusal.code());
    }
}
