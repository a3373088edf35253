package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.libcoop.testkit.proof.Rig.BACKUP;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Remaining;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** Who is online, and who is left if somebody leaves (P6). */
class WhoIsOnlineTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** Springy's ben is in the co-op too; quarry is a non-contributing member, whose quinn has an account. */
    private static Directory directory(String... policies) {
        return Rig.directory(policies)
                .account("academic", "ben", Level.REGULAR)
                .institution("quarry", "Quarry College")
                .operators("quarry", "quinn")
                .member("quarry", Membership.Kind.NON_CONTRIBUTING)
                .account("academic", "quinn", Level.REGULAR)
                .build();
    }

    @Test
    void whoIsThereSinceWhenWithHowManyChatsAndWhatElseIsMonitored() {
        Site a = rig.node("a", directory());
        Site b = rig.node("b", directory());
        Seat ana = a.on("ana", DESK);
        rig.pass(5);
        Seat ben = b.on("ben", DESK, COOP, Option.operator("ben"));
        done(ana.session().claim(a.chatOf("stewart")));

        List<OnlineOperator> there = ben.session().online(Stage.of(DESK)).orElseThrow();

        assertThat(there)
                .extracting(
                        one -> one.operator().id().value(),
                        OnlineOperator::since,
                        OnlineOperator::openChats,
                        OnlineOperator::monitors)
                .containsExactly(
                        tuple("ana", rig.at(0), 1, List.of(Stage.of(DESK))),
                        tuple("ben", rig.at(5), 0, List.of(Stage.of(DESK), Stage.of(Option.operator("ben")), MEMBERS)));
        assertThat(a.engine.online(Stage.of(DESK))).isEqualTo(there);
    }

    /** What somebody monitors at a desk that the asker has no access to is not the asker's. */
    @Test
    void onlyWhatTheAskerMaySeeIsShown() {
        Site a = rig.node("a", directory());
        a.on("ben", DESK, COOP);
        Seat olga = a.on("olga", COOP);
        Seat maya = a.on("maya", COOP);
        Seat quinn = a.seat("quinn");
        Seat sven = a.seat("sven");

        for (Seat seat : List.of(olga, maya, quinn)) {
            assertThat(seat.session().online(MEMBERS).orElseThrow())
                    .extracting(one -> one.operator().id().value(), OnlineOperator::monitors)
                    .containsExactly(tuple("ben", List.of(MEMBERS)), tuple("olga", List.of(MEMBERS)));
            assertThat(seat.session().online(BACKUP).orElseThrow())
                    .extracting(one -> one.operator().id().value())
                    .containsExactly("maya");
            assertThat(Rig.code(seat.session().online(Stage.of(DESK)).refusal()))
                    .isEqualTo(RefusalCode.NOT_ALLOWED);
        }
        for (Stage stage : List.of(MEMBERS, BACKUP, Stage.of(DESK), Stage.of(Option.department("nowhere")))) {
            assertThat(Rig.code(sven.session().online(stage).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
        }
    }

    /** Monitors, not available: who has no room for a chat is there all the same (P3). */
    @Test
    void howManyOthersAreLeftForEachSwitchThatIsOn() {
        Site a = rig.node("a", directory("operatorLimit", "1"));
        Site b = rig.node("b", directory("operatorLimit", "1"));
        Seat ana = a.on("ana", DESK);
        Seat ben = b.on("ben", DESK, COOP);
        Seat maya = b.on("maya", COOP);
        done(ana.session().claim(a.chatOf("stewart")));

        assertThat(ben.session().remaining())
                .containsExactly(new Remaining(Stage.of(DESK), 1), new Remaining(MEMBERS, 0));
        assertThat(maya.session().remaining()).containsExactly(new Remaining(BACKUP, 0));
        a.on("olga", COOP);
        done(ana.session().status(Status.FINISHING));

        assertThat(ben.session().remaining())
                .containsExactly(new Remaining(Stage.of(DESK), 0), new Remaining(MEMBERS, 1));
        done(ben.session().monitor(COOP, false));
        assertThat(ben.session().remaining()).containsExactly(new Remaining(Stage.of(DESK), 0));
        assertThat(a.seat("sven").session().remaining()).isEmpty();
    }

    @Test
    void whoShowsNoSignOfLifeIsNotThere() {
        Site a = rig.node("a", directory());
        Seat ana = a.on("ana", DESK);
        Seat ben = a.on("ben", DESK);
        ana.session().disconnect();
        rig.pass(29.999);
        assertThat(ben.session().remaining()).containsExactly(new Remaining(Stage.of(DESK), 1));

        rig.pass(0.001);

        assertThat(ben.session().remaining()).containsExactly(new Remaining(Stage.of(DESK), 0));
        assertThat(ben.session().online(Stage.of(DESK)).orElseThrow()).hasSize(1);
    }
}
