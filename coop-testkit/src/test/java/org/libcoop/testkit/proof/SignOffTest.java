package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Notice;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** Forgotten sign-off: by rule, by the idle limit, by an admin (P5, R14, C6). The rig starts on a Monday at 12:00 UTC. */
class SignOffTest {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("ben");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final DepartmentId REFERENCE = DepartmentId.of("reference");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    // ---- Rules

    @Test
    void aRuleSignsOutWhoIsInTheDepartmentAtExactlyItsTime() {
        Site a = ruled("a", "MON 12:01");
        Seat ana = a.on("ana", DESK);
        a.on("olga", COOP);
        ana.told();

        rig.pass(59.999);
        assertThat(row(ANA).signedIn()).isTrue();
        rig.pass(0.001);

        assertThat(row(ANA).signedIn()).isFalse();
        assertThat(row(ANA).status()).isEqualTo(Status.OFFLINE);
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(60));
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.rule(REFERENCE));
        assertThat(row(ANA).switches()).containsExactly(DESK);
        assertThat(row(OLGA).signedIn()).isTrue();
        assertThat(ana.told(Notice.Self.class))
                .extracting(self -> self.presence().signOff())
                .containsExactly(SignOff.rule(REFERENCE));
    }

    @Test
    void whoOwnsAChatIsSparedThatTimeAndNotSignedOutLater() {
        Site a = ruled("a", "MON 12:01");
        Seat ana = a.on("ana", DESK);
        ChatId chat = a.chatOf("stewart");
        done(ana.session().claim(chat));

        rig.pass(61);
        done(ana.session().end(chat, Disposition.ANSWERED));
        rig.pass(3_600);

        assertThat(row(ANA).signedIn()).isTrue();
    }

    @Test
    void whoSignsInAtTheInstantOrLaterIsNotTouchedUntilTheNextTime() {
        Site a = ruled("a", "MON 12:01", "MON 12:03");
        Seat ana = a.seat("ana");
        Seat ben = a.seat("ben");

        rig.pass(60);
        done(ana.session().signIn());
        rig.pass(0.001);
        done(ben.session().signIn());
        rig.pass(119.998);

        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(row(BEN).signedIn()).isTrue();
        rig.pass(0.001);
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(180));
        assertThat(row(BEN).signedIn()).isFalse();
    }

    /** R14: the sign-off comes first, then absence, then the claim of the same instant. */
    @Test
    void aClaimAtTheInstantComesTooLateAndAbsenceOpensTheNext() {
        Site a = ruled("a", "MON 12:01");
        Seat ana = a.on("ana", DESK);
        a.on("olga", COOP);
        rig.pass(50);
        ChatId chat = a.chatOf("stewart");

        a.executor.pause();
        rig.pass(10);
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        rig.pass(3);
        a.executor.resume();

        assertThat(refusal(claim)).isEqualTo(RefusalCode.NOT_ELIGIBLE);
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(60));
        assertThat(opened(a, chat)).containsExactly(rig.at(50), rig.at(60));
    }

    @Test
    void anOwnerAtTheInstantKeepsTheChat() {
        Site a = ruled("a", "MON 12:01");
        Seat ana = a.on("ana", DESK);
        rig.pass(59.999);
        ChatId chat = a.chatOf("stewart");
        done(ana.session().claim(chat));

        rig.pass(100);

        assertThat(a.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.CLAIMED);
        assertThat(row(ANA).signedIn()).isTrue();
    }

    @Test
    void anotherNodeSignsOutWhomADeadOneLeftAsOfTheInstant() {
        Site a = ruled("a", "MON 12:01");
        Site b = ruled("b", "MON 12:01");
        a.on("ana", DESK);
        b.on("olga", COOP);
        rig.pass(50);
        ChatId chat = b.chatOf("stewart");
        a.executor.pause();

        rig.pass(11);

        assertThat(row(ANA).signOff()).isEqualTo(SignOff.rule(REFERENCE));
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(60));
        assertThat(opened(b, chat)).containsExactly(rig.at(50), rig.at(60));
        a.executor.resume();
        rig.pass(60);
        assertThat(signOffs(ANA)).hasSize(1);
    }

    @Test
    void aLateNodeDoesNotSignOutWhoSignedInAfterTheTime() {
        Site a = ruled("a", "MON 12:01");
        Site b = ruled("b", "MON 12:01");
        Seat ana = b.seat("ana");
        rig.pass(59);
        a.executor.pause();
        rig.pass(2);

        done(ana.session().signIn());
        a.executor.resume();
        rig.pass(60);

        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(row(ANA).signedIn()).isTrue();
    }

    /** Nobody was there to do it: it is done late, as of its time, and before what comes then. */
    @Test
    void aTimeThatPassedWhileNoNodeRanIsMadeUpFor() {
        Site a = ruled("a", "MON 12:01");
        a.on("ana", DESK);
        a.executor.pause();
        rig.pass(20);
        a.engine.close();
        rig.pass(100);

        assertThat(row(ANA).signedIn()).isTrue();
        ruled("b", "MON 12:01");
        rig.pass(2);

        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(60));
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.rule(REFERENCE));
    }

    @Test
    void aRuleIsSavedLikeOtherRecordsAndCountsFromThenOn() {
        Site a = rig.node("a");
        Seat ana = a.on("ana", DESK);
        rig.pass(90);

        done(a.engine.admin().save(SignOffRule.of(REFERENCE, "MON 12:01", "MON-TUE 12:02")));
        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(a.engine.directory().signOffRules(ANA))
                .extracting(SignOffRule::since)
                .containsExactly(rig.at(90));
        rig.pass(30);

        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(120));
        assertThat(refusal(a.engine.admin().save(SignOffRule.of(DepartmentId.of("nowhere"), "MON 12:01"))))
                .isEqualTo(RefusalCode.INVALID);
        done(a.engine.admin().save(SignOffRule.of(REFERENCE)));
        done(ana.session().signIn());
        rig.pass(86_400);
        assertThat(row(ANA).signedIn()).isTrue();
    }

    /** What is given to a node with its directory was not there before, either. */
    @Test
    void aRuleThatANodeBringsAlongDoesNotReachBack() {
        Site a = rig.node("a");
        a.on("ana", DESK);
        rig.pass(90);

        ruled("b", "MON 12:01");
        rig.pass(10);

        assertThat(row(ANA).signedIn()).isTrue();
    }

    // ---- Idle

    @Test
    void whoDoesNothingForTheLimitIsSignedOutAtItsEnd() {
        Site a = rig.node("a", "idleLimit", "10m");
        Seat ana = a.on("ana", DESK);
        rig.pass(599.999);
        assertThat(row(ANA).signedIn()).isTrue();

        ana.session().renew();
        rig.pass(0.001);

        assertThat(row(ANA).signedIn()).isFalse();
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.idle());
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(600));
    }

    @Test
    void theLimitCountsFromTheLastActOfAnyKind() {
        Site a = rig.node("a", "idleLimit", "10m");
        Seat ana = a.on("ana", DESK);
        Seat secondTab = a.seat("ana");
        List<Runnable> acts = List.of(
                () -> ana.session().active(),
                () -> done(secondTab.session().monitor(DESK, true)),
                () -> ana.session().preview(ChatId.of("none")),
                () -> done(ana.session().status(Status.ONLINE)),
                () -> done(ana.session().signIn()),
                () -> refusal(ana.session().claim(ChatId.of("none"))));
        Instant last = rig.start;
        for (Runnable act : acts) {
            rig.pass(500);
            act.run();
            last = rig.clock.now();
        }

        rig.pass(599.999);
        assertThat(row(ANA).signedIn()).isTrue();
        rig.pass(0.001);

        assertThat(row(ANA).signedIn()).isFalse();
        assertThat(row(ANA).changedAt()).isEqualTo(last.plus(Duration.ofMinutes(10)));
    }

    @Test
    void readingAndSignsOfLifeAreNoActs() {
        Site a = rig.node("a", "idleLimit", "10m");
        Seat ana = a.on("ana", DESK);

        for (int i = 0; i < 11; i++) {
            rig.pass(59);
            ana.session().renew();
            ana.session().waiting();
            ana.session().owned();
            ana.session().online(Stage.of(DESK));
        }

        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(600));
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.idle());
    }

    @Test
    void whoOwnsAChatIsSparedAndTheLimitCountsFromItsEnd() {
        Site a = rig.node("a", "idleLimit", "1m");
        Seat ana = a.on("ana", DESK);
        Rig.Visitor visitor = a.visitor("stewart");
        ChatId chat = visitor.starts();
        done(ana.session().claim(chat));
        rig.pass(300);

        done(visitor.session().leave());
        rig.pass(59.999);
        assertThat(row(ANA).signedIn()).isTrue();
        rig.pass(0.001);

        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(360));
    }

    @Test
    void actsOnAnotherNodeCountAndCostFewRows() {
        Site a = rig.node("a", "idleLimit", "10m");
        Site b = rig.node("b", "idleLimit", "10m");
        a.on("ana", DESK);
        Seat onB = b.seat("ana");
        long before = row(ANA).version();
        for (int i = 0; i < 3_600; i++) {
            rig.pass(1);
            onB.session().active();
        }
        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(row(ANA).version() - before).isBetween(50L, 60L);

        rig.pass(599);
        assertThat(row(ANA).signedIn()).isTrue();
        rig.pass(1);

        assertThat(row(ANA).signOff()).isEqualTo(SignOff.idle());
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(4_200));
        assertThat(signOffs(ANA)).hasSize(1);
    }

    @Test
    void aLimitThatIsSetCountsFromThenOn() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        a.on("ana", DESK);
        b.on("ben", DESK);
        rig.pass(3_600);

        done(a.engine.admin().save(Policies.defaults().with("idleLimit", "10m")));
        rig.pass(30);
        rig.node("c");
        rig.pass(569.999);

        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(row(BEN).signedIn()).isTrue();
        rig.pass(1.001);
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.idle());
        assertThat(row(BEN).signOff()).isEqualTo(SignOff.idle());
        assertThat(row(ANA).changedAt()).isBetween(rig.at(4_200), rig.at(4_201));
    }

    @Test
    void withoutALimitNobodyIsIdle() {
        Site a = rig.node("a");
        a.on("ana", DESK);

        rig.pass(2 * 3_600);

        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(row(ANA).signOff()).isNull();
    }

    // ---- A colleague

    @Test
    void anAdminEndsTheSessionOfAColleagueWhoseChatsAreLostAtOnce() {
        Site a = rig.node("a", administered());
        Site b = rig.node("b", administered());
        Seat ana = a.on("ana", DESK);
        Seat boss = b.seat("boss");
        ChatId chat = a.chatOf("stewart");
        done(ana.session().claim(chat));
        ana.told();
        rig.pass(5);

        OperatorPresence ended = done(boss.session().endSession(ANA));

        assertThat(ended.signedIn()).isFalse();
        assertThat(row(ANA).signOff()).isEqualTo(SignOff.colleague(OperatorId.of("boss")));
        assertThat(row(ANA).changedAt()).isEqualTo(rig.at(5));
        assertThat(ana.told(Notice.Self.class))
                .extracting(self -> self.presence().signOff())
                .contains(SignOff.colleague(OperatorId.of("boss")));
        ChatEvent.OwnerLost lost = a.inspect(chat).log().stream()
                .map(Logged::event)
                .filter(ChatEvent.OwnerLost.class::isInstance)
                .map(ChatEvent.OwnerLost.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(lost.signedOff()).isTrue();
        assertThat(a.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.WAITING);
    }

    @Test
    void onlyAdminsOfTheSameInstitutionMayAndNothingElseIsRevealed() {
        Site a = rig.node("a", administered());
        Seat ana = a.on("ana", DESK);
        Seat coopAdmin = a.seat("ben");
        Seat boss = a.seat("boss");

        assertThat(refusal(ana.session().endSession(BEN))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(boss.session().endSession(OLGA))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(boss.session().endSession(OperatorId.of("nobody")))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(ana.session().endSession(OLGA))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(row(ANA).signedIn()).isTrue();
        assertThat(done(coopAdmin.session().endSession(ANA)).signedIn()).isFalse();
        OperatorPresence before = row(ANA);
        assertThat(done(boss.session().endSession(ANA))).isEqualTo(before);
    }

    @Test
    void whoSignsOutIsNamedAndSigningInForgetsIt() {
        Site a = rig.node("a");
        Seat ana = a.on("ana", DESK);

        assertThat(done(ana.session().signOut()).signOff()).isEqualTo(SignOff.self(ANA));
        assertThat(done(ana.session().signIn()).signOff()).isNull();
    }

    private static Directory administered() {
        return Rig.directory()
                .operators("springy", "boss")
                .admins("boss")
                .add(new CoopAccount(CoopId.of("academic"), BEN, Level.INSTITUTION_ADMIN))
                .build();
    }

    private Site ruled(String node, String... times) {
        return rig.node(
                node, Rig.directory().add(SignOffRule.of(REFERENCE, times)).build());
    }

    private OperatorPresence row(OperatorId operator) {
        List<OperatorPresence> rows = rig.store.presence(operator, 0);
        return rows.get(rows.size() - 1);
    }

    private List<OperatorPresence> signOffs(OperatorId operator) {
        return rig.store.presence(operator, 0).stream()
                .filter(row -> row.signOff() != null)
                .toList();
    }

    private static List<Instant> opened(Site site, ChatId chat) {
        return site.inspect(chat).log().stream()
                .filter(entry -> entry.event() instanceof ChatEvent.StageOpened)
                .map(Logged::at)
                .toList();
    }
}
