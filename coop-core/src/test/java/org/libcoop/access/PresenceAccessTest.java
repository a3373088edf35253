package org.libcoop.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Who may end whose session, and who may see who is online (P5, P6, A9). */
class PresenceAccessTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");

    private static final Directory DIRECTORY = Directory.builder()
            .institution("springy", "Springy")
            .operators("springy", "ana", "local", "mute", "regular", "iadmin", "cadmin")
            .admins("local", "mute")
            .chatDisabled("mute")
            .department("reference", "springy", "Reference", "ana")
            .institution("hill", "Hill")
            .operators("hill", "olga", "former")
            .institution("quarry", "Quarry")
            .operators("quarry", "quinn")
            .institution("provider", "Provider")
            .operators("provider", "maya")
            .globalCoop("academic", "Academic")
            .backup("maya")
            .member("springy")
            .member("hill")
            .member("quarry", Membership.Kind.NON_CONTRIBUTING)
            .account("academic", "regular", Level.REGULAR)
            .account("academic", "iadmin", Level.INSTITUTION_ADMIN)
            .account("academic", "cadmin", Level.COOP_ADMIN)
            .account("academic", "former", Level.COOP_ADMIN)
            .account("academic", "quinn", Level.INSTITUTION_ADMIN)
            .build();

    @ParameterizedTest
    @CsvSource({
        "local, ana, ",
        "iadmin, ana, ",
        "cadmin, ana, ",
        "cadmin, cadmin, ",
        "former, olga, ",
        "quinn, quinn, ",
        "mute, ana, NOT_ALLOWED",
        "regular, ana, NOT_ALLOWED",
        "ana, local, NOT_ALLOWED",
        "cadmin, olga, NOT_FOUND",
        "local, olga, NOT_FOUND",
        "local, nobody, NOT_FOUND",
        "regular, olga, NOT_FOUND",
        "nobody, ana, NOT_FOUND",
    })
    void sessionsAreEndedByAdminsOfTheSameInstitution(String by, String whose, @Nullable RefusalCode expected) {
        assertThat(code(DIRECTORY, by, whose)).isEqualTo(expected);
    }

    @Test
    void anAccountUnderAnEndedMembershipGivesNothing() {
        Membership hill =
                DIRECTORY.membership(ACADEMIC, InstitutionId.of("hill")).orElseThrow();

        assertThat(code(DIRECTORY.withRecord(hill.asEnded()), "former", "olga")).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    private static @Nullable RefusalCode code(Directory directory, String by, String whose) {
        Predicate<Relation> relations = Access.to(OperatorId.of(whose), OperatorId.of(by), directory);
        return Access.refusal(Operation.KNOW_COLLEAGUE, relations)
                .or(() -> Access.refusal(Operation.END_SESSION, relations))
                .map(Refusal::code)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "ana, true, false",
        "regular, false, true",
        "quinn, false, true",
        "maya, false, true",
        "local, false, false",
        "olga, false, false",
        "nobody, false, false",
    })
    void whoIsOnlineIsSeenByThoseOfTheDepartmentOrCoop(String viewer, boolean desk, boolean coop) {
        assertThat(sees(viewer, Option.department("reference"))).isEqualTo(desk);
        assertThat(sees(viewer, Option.coop("academic"))).isEqualTo(coop);
        assertThat(sees(viewer, Option.operator("ana"))).isEqualTo(viewer.equals("ana"));
    }

    private static boolean sees(String viewer, Option option) {
        return Access.allows(Operation.WHO_IS_ONLINE, Access.to(option, OperatorId.of(viewer), DIRECTORY));
    }
}
