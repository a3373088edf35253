package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ACADEMIC;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BACKUP;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CIRCULATION;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.DESK;
import static org.libcoop.presence.World.HILL;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.QUINN;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SPRINGY;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Stage;

/** Who is available on which stage (P3), and what makes that change: acts, access, limits, memberships. */
class PresenceTest {

    private final World world = World.with();
    private final Presence presence = world.presence();

    // ---- P3, one condition after the other

    @Test
    void whoIsSignedInWithTheSwitchOnIsAvailable() {
        world.there(10, ANA, REFERENCE);

        assertThat(world.touched()).containsExactly(DESK);
        assertThat(presence.available(SPRINGY, DESK, ANA, at(9.999))).isFalse();
        assertThat(presence.available(SPRINGY, DESK, ANA, at(10))).isTrue();
        assertThat(presence.available(SPRINGY, DESK, at(10.001))).containsExactly(ANA);
        assertThat(presence.served(SPRINGY, DESK, at(10))).isTrue();
        assertThat(presence.monitors(ANA, DESK, at(10))).isTrue();
        assertThat(presence.stagesOf(ANA)).containsExactly(DESK);
    }

    @Test
    void nobodyIsAvailableWithoutSigningIn() {
        world.change(ANA, row -> row.withSwitch(REFERENCE, true, at(0)));

        assertNobody(ANA, DESK);
    }

    @Test
    void nobodyIsAvailableWithoutTheSwitch() {
        world.there(0, ANA, CIRCULATION, Option.operator(ANA));

        assertNobody(ANA, DESK);
        assertThat(presence.available(SPRINGY, Stage.of(Option.operator(ANA)), ANA, at(0)))
                .isTrue();
    }

    @Test
    void aSwitchWithoutAccessDoesNothing() {
        world.there(0, ANA, CIRCULATION).there(0, SVEN, COOP).there(0, QUINN, COOP);

        assertNobody(ANA, Stage.of(CIRCULATION));
        assertNobody(SVEN, MEMBERS);
        assertNobody(QUINN, MEMBERS);
    }

    @Test
    void nobodyIsAvailableWithoutChatEnabled() {
        World off = World.of(World.directory().chatDisabled("ana").build());
        off.there(0, ANA, REFERENCE);

        assertThat(off.presence().served(SPRINGY, DESK, at(0))).isFalse();
        assertThat(off.presence().monitors(ANA, DESK, at(0))).isFalse();
    }

    @Test
    void nobodyIsAvailableForWhomNoNodeEverVouched() {
        world.change(ANA, row -> row.signedIn(at(0)).withSwitch(REFERENCE, true, at(0)));

        assertNobody(ANA, DESK);
        assertThat(presence.live(ANA, at(0))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void onlyOnlineAndAwayMonitor(Status status) {
        world.there(0, ANA, REFERENCE).goes(10, ANA, status);

        boolean monitors = status == Status.ONLINE || status == Status.AWAY;
        assertThat(presence.available(SPRINGY, DESK, ANA, at(9.999))).isTrue();
        assertThat(presence.available(SPRINGY, DESK, ANA, at(10))).isEqualTo(monitors);
        assertThat(presence.monitors(ANA, DESK, at(10))).isEqualTo(monitors);
    }

    @Test
    void awayDoesNotMonitorWhereThePolicySaysSo() {
        World strict = World.with("awayMonitors", "false");
        strict.there(0, ANA, REFERENCE).goes(10, ANA, Status.AWAY);

        assertThat(strict.presence().served(SPRINGY, DESK, at(9.999))).isTrue();
        assertThat(strict.presence().served(SPRINGY, DESK, at(10))).isFalse();
    }

    @Test
    void backupStaffAreOnTheBackupStageOnly() {
        world.there(0, MAYA, COOP);

        assertThat(presence.available(SPRINGY, BACKUP, at(0))).containsExactly(MAYA);
        assertNobody(MAYA, MEMBERS);
    }

    @Test
    void aBackupLibrarianWithAnAccountOfAMemberIsOnBothStages() {
        World both = World.of(World.directory().backup("olga").build());
        both.there(0, OLGA, COOP);

        assertThat(both.presence().available(SPRINGY, MEMBERS, at(0))).containsExactly(OLGA);
        assertThat(both.presence().available(SPRINGY, BACKUP, at(0))).containsExactly(OLGA);
    }

    @Test
    void switchesAreRememberedOverASignOut() {
        world.there(0, ANA, REFERENCE).leaves(10, ANA);

        assertThat(presence.served(SPRINGY, DESK, at(9.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(10))).isFalse();

        world.there(20, ANA);

        assertThat(presence.served(SPRINGY, DESK, at(19.999))).isFalse();
        assertThat(presence.served(SPRINGY, DESK, at(20))).isTrue();
    }

    // ---- C12

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "3, false"})
    void atTheLimitNobodyIsAvailableYetMonitorsAllTheSame(int chats, boolean available) {
        World limited = World.with("operatorLimit", "2");
        limited.there(0, ANA, REFERENCE);
        for (int i = 0; i < chats; i++) {
            limited.change(ANA, row -> row.oneChatMore(at(10)));
        }

        assertThat(limited.presence().available(SPRINGY, DESK, ANA, at(10))).isEqualTo(available);
        assertThat(limited.presence().served(SPRINGY, DESK, at(10))).isEqualTo(available);
        assertThat(limited.presence().atLimit(ANA)).isEqualTo(!available);
        assertThat(limited.presence().monitors(ANA, DESK, at(10))).isTrue();
    }

    @Test
    void roomComesBackWithTheChatThatEnds() {
        World limited = World.with("operatorLimit", "1");
        limited.there(0, ANA, REFERENCE);
        limited.change(ANA, row -> row.oneChatMore(at(10)));
        limited.change(ANA, row -> row.oneChatLess(at(20)));

        assertThat(limited.touched()).containsExactly(DESK);
        assertThat(limited.presence().firstLapse(SPRINGY, List.of(DESK), at(0), at(100)))
                .contains(at(10));
        assertThat(limited.presence().served(SPRINGY, DESK, at(19.999))).isFalse();
        assertThat(limited.presence().served(SPRINGY, DESK, at(20))).isTrue();
    }

    @Test
    void aNewLimitHoldsFromTheInstantOfTheDirectoryOn() {
        world.there(0, ANA, REFERENCE).change(ANA, row -> row.oneChatMore(at(5)));

        world.revised(10, with(Policies.of(Map.of("operatorLimit", "1"))));

        assertThat(world.touched()).containsExactly(DESK);
        assertThat(presence.served(SPRINGY, DESK, at(9.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(10))).isFalse();
        assertThat(presence.atLimit(ANA)).isTrue();
    }

    // ---- R15, D9, D11: what is live

    @Test
    void whoLosesTheAccountIsGoneFromThatInstantOn() {
        world.there(0, OLGA, COOP);

        world.revised(10, presence.directory().without(RecordKey.of(ACADEMIC, OLGA)));

        assertThat(world.touched()).containsExactly(MEMBERS);
        assertThat(presence.served(SPRINGY, MEMBERS, at(9.999))).isTrue();
        assertThat(presence.served(SPRINGY, MEMBERS, at(10))).isFalse();
        assertThat(presence.stagesOf(OLGA)).isEmpty();
    }

    @Test
    void whoGetsAnAccountIsThereFromThatInstantOnWithTheSwitchSetBefore() {
        world.there(0, ANA, COOP);

        world.revised(10, with(new CoopAccount(ACADEMIC, ANA, Level.REGULAR)));

        assertThat(presence.available(SPRINGY, MEMBERS, ANA, at(9.999))).isFalse();
        assertThat(presence.available(SPRINGY, MEMBERS, ANA, at(10))).isTrue();
    }

    @Test
    void whoDisappearsFromTheHostsDirectoryIsGoneFromThatInstantOn() {
        world.there(0, ANA, REFERENCE);

        world.revised(10, presence.directory().withHost(withoutAna().host()));

        assertThat(presence.served(SPRINGY, DESK, at(9.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(10))).isFalse();
        assertThat(presence.monitors(ANA, DESK, at(10))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"9.999, true", "10, false", "10.001, false"})
    void anEndedMembershipIsServedToOthersOnly(double when, boolean served) {
        world.there(0, OLGA, COOP).there(0, MAYA, COOP);

        world.revised(10, ended());

        assertThat(world.touched()).contains(MEMBERS);
        for (Stage stage : List.of(MEMBERS, BACKUP)) {
            OperatorId who = stage.backup() ? MAYA : OLGA;
            assertThat(presence.served(SPRINGY, stage, at(when))).isEqualTo(served);
            assertThat(presence.available(SPRINGY, stage, who, at(when))).isEqualTo(served);
            assertThat(presence.available(SPRINGY, stage, at(when)).contains(who))
                    .isEqualTo(served);
            assertThat(presence.served(HILL, stage, at(when))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 9.999, ", "0, 10, 10", "9.999, 10.001, 10", "10, 100, "})
    void theEndOfAMembershipIsALapse(double after, double upTo, Double lapse) {
        world.there(0, OLGA, COOP);

        world.revised(10, ended());

        assertThat(presence.firstLapse(SPRINGY, List.of(DESK, MEMBERS), at(after), at(upTo))
                        .orElse(null))
                .isEqualTo(lapse == null ? null : at(lapse));
        assertThat(presence.firstLapse(HILL, List.of(MEMBERS), at(0), at(100))).isEmpty();
    }

    @Test
    void aMembershipThatEndsTouchesItsBackupStageToo() {
        world.there(0, OLGA, COOP).there(0, MAYA, COOP);

        world.revised(10, ended());

        assertThat(world.touched()).contains(MEMBERS, BACKUP);
    }

    @Test
    void aMembershipThatComesBackTouchesItsStages() {
        Directory before = presence.directory();
        world.there(0, OLGA, COOP).there(0, MAYA, COOP).revised(10, ended());

        world.revised(20, before);

        assertThat(world.touched()).contains(MEMBERS, BACKUP);
    }

    @Test
    void aMembershipThatComesBackReachesAgain() {
        Directory before = presence.directory();
        world.there(0, OLGA, COOP).revised(10, ended());

        world.revised(20, before);

        assertThat(presence.served(SPRINGY, MEMBERS, at(20))).isTrue();
    }

    @Test
    void whoIsReachedIsAskedForAStretchOfTime() {
        world.there(10, OLGA, COOP).leaves(20, OLGA);

        assertThat(presence.reached(SPRINGY, MEMBERS, OLGA, at(0), at(9.999))).isFalse();
        assertThat(presence.reached(SPRINGY, MEMBERS, OLGA, at(0), at(10))).isTrue();
        assertThat(presence.reached(SPRINGY, MEMBERS, OLGA, at(19.999), at(50))).isTrue();
        assertThat(presence.reached(SPRINGY, MEMBERS, OLGA, at(20), at(50))).isFalse();
        assertThat(presence.reached(SPRINGY, DESK, OLGA, at(0), at(50))).isFalse();
    }

    // ---- How news is taken

    @Test
    void aVersionThatIsNotNewerChangesNothing() {
        world.there(0, ANA, REFERENCE);
        OperatorPresence old = world.row(ANA);
        world.leaves(10, ANA);

        assertThat(presence.learn(old)).isEmpty();
        assertThat(presence.learn(world.row(ANA))).isEmpty();
        assertThat(presence.served(SPRINGY, DESK, at(20))).isFalse();
    }

    @Test
    void newsToldLateHoldsFromWhenItHappened() {
        world.there(0, ANA, REFERENCE).there(50, BEN, REFERENCE);

        world.leaves(20, ANA);

        assertThat(presence.firstLapse(SPRINGY, List.of(DESK), at(0), at(100))).contains(at(20));
        assertThat(presence.served(SPRINGY, DESK, at(49.999))).isFalse();
        assertThat(presence.served(SPRINGY, DESK, at(50))).isTrue();
    }

    @Test
    void aRowOfWhichNobodyHeardIsSignedOut() {
        assertThat(presence.row(ANA)).isEqualTo(OperatorPresence.unknown(ANA));
        assertThat(presence.rows()).isEmpty();
        assertThat(presence.stagesOf(ANA)).isEmpty();
        assertThat(presence.live(ANA, at(0))).isFalse();
        assertThat(presence.atLimit(ANA)).isFalse();

        world.there(0, ANA, REFERENCE);

        assertThat(presence.rows()).containsExactly(world.row(ANA));
    }

    @Test
    void whatEndedBeforeTheHorizonIsForgotten() {
        world.there(0, ANA, REFERENCE).leaves(10, ANA).there(20, BEN, REFERENCE);

        presence.forgetBefore(at(15));

        assertThat(presence.served(SPRINGY, DESK, at(5))).isFalse();
        assertThat(presence.ownerLost(ANA, at(0), at(100))).isEmpty();
        assertThat(presence.served(SPRINGY, DESK, at(20))).isTrue();
    }

    private void assertNobody(OperatorId operator, Stage stage) {
        assertThat(presence.served(SPRINGY, stage, at(1))).isFalse();
        assertThat(presence.available(SPRINGY, stage, operator, at(1))).isFalse();
        assertThat(presence.available(SPRINGY, stage, at(1))).isEqualTo(Set.of());
        assertThat(presence.monitors(operator, stage, at(1))).isFalse();
    }

    private Directory with(LibraryRecord record) {
        return presence.directory().withRecord(record);
    }

    private Directory ended() {
        return with(
                Membership.of(ACADEMIC, SPRINGY, Membership.Kind.CONTRIBUTING).asEnded());
    }

    private static Directory withoutAna() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ben", "carl")
                .department("reference", "springy", "Reference", "ben")
                .build();
    }
}
