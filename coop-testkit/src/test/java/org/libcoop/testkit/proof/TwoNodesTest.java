package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.BACKUP;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Opening;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Health;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** Two engines on one store: any node can do any chat, and none depends on another's life (T3, C2, R7). */
class TwoNodesTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    // ---- Both alive

    @Test
    void aChatStartedOnOneNodeIsToldToAndClaimedByAnOperatorOnTheOther() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = b.on("ana", DESK);
        Visitor patron = a.visitor("stewart");
        ChatId chat = patron.starts();

        assertThat(ana.told(Notice.Listed.class))
                .extracting(listed -> listed.chat().chat())
                .contains(chat);
        done(ana.session().claim(chat));
        done(ana.session().say(chat, "Hello"));
        done(patron.session().say("Where is it?"));

        assertThat(a.inspect(chat).chat()).isEqualTo(b.inspect(chat).chat());
        assertThat(texts(patron.notices())).contains("Hello", "Where is it?");
        assertThat(texts(ana.notices())).contains("Hello", "Where is it?");
        assertThat(seqs(patron.notices())).isSorted().doesNotHaveDuplicates();
        assertThat(seqs(ana.notices())).isSorted().doesNotHaveDuplicates();
    }

    /** M4: also where this node hears of the chat by the patron's own words, before the feed tells of it. */
    @Test
    void aPageOnAnotherNodeIsToldTheChatFromItsBeginning() {
        Site a = rig.node("a");
        Site b = rig.node("b", store -> new StoreProxy(store) {
            @Override
            public void onChange(Runnable listener) {
                // The other nodes' wake-ups are lost.
            }
        });
        a.on("ana", DESK);
        Visitor here = a.visitor("stewart");
        Visitor there = b.visitor("stewart");
        ChatId chat = done(here.session()
                        .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, "Where is it?", "start"))
                .chat();

        done(there.session().say(chat, "Hello?", "said"));

        assertThat(texts(there.notices())).containsExactly("Where is it?", "Hello?");
        assertThat(b.inspect(chat).chat().seq())
                .isEqualTo(a.inspect(chat).chat().seq());
    }

    @Test
    void everyoneReachedOnAnyNodeIsToldWhoClaimed() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = a.on("ana", DESK);
        Seat ben = b.on("ben", DESK);
        ChatId chat = a.chatOf("stewart");
        ben.told();

        done(ana.session().claim(chat));

        assertThat(ben.told(Notice.Unlisted.class))
                .containsExactly(new Notice.Unlisted(
                        chat, Notice.Unlisted.Reason.CLAIMED, "ana", "Springy University", rig.clock.now()));
        assertThat(refusal(ben.session().claim(chat))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
    }

    @Test
    void whoComesOnOneNodeSeesTheChatsOfTheOtherAtOnce() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        a.on("ana", DESK);
        ChatId chat = a.chatOf("stewart");
        rig.pass(5);

        Seat ben = b.on("ben", DESK);

        assertThat(ben.told(Notice.Listed.class))
                .extracting(listed -> listed.chat().chat())
                .contains(chat);
        assertThat(a.inspect(chat).notified()).contains(ben.session().operator());
    }

    @Test
    void whoLeavesOnOneNodeOpensTheNextStageOfTheOthersChats() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = b.on("ana", DESK);
        Seat olga = a.on("olga", COOP);
        ChatId chat = a.chatOf("stewart");
        rig.pass(12);

        done(ana.session().signOut());

        assertThat(opened(a, chat, MEMBERS)).isEqualTo(rig.at(12));
        assertThat(olga.session().waiting()).hasSize(1);
    }

    @Test
    void ofTwoClaimsOnTwoNodesOneWins() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = a.on("ana", DESK);
        Seat ben = b.on("ben", DESK);
        ChatId chat = a.chatOf("stewart");
        b.executor.pause();
        CompletionStage<Outcome<Receipt>> late = ben.session().claim(chat);
        done(ana.session().claim(chat));

        b.executor.resume();

        assertThat(refusal(late)).isEqualTo(RefusalCode.ALREADY_CLAIMED);
    }

    @Test
    void oneOperatorOnTwoNodesIsOnePerson() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat here = a.on("ana", DESK);
        Seat there = b.seat("ana");
        ChatId chat = a.chatOf("stewart");

        here.session().disconnect();
        rig.pass(100);

        assertThat(there.session().waiting())
                .extracting(Notice.ChatSummary::chat)
                .containsExactly(chat);
        done(there.session().status(Status.OFFLINE));
        assertThat(a.engine.online(Stage.of(DESK))).isEmpty();
    }

    @Test
    void stagesAreOpenedOnceThoughBothNodesWatch() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        a.on("ana", DESK);
        b.on("olga", COOP);
        ChatId chat = a.chatOf("stewart");
        assertThat(b.inspect(chat).chat().id()).isEqualTo(chat);

        rig.pass(100);

        assertThat(a.inspect(chat).log()).extracting(Logged::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(opened(b, chat, BACKUP)).isEqualTo(rig.at(70));
    }

    // ---- One dies

    @Test
    void dueStagesOfADeadNodesChatsOpenOnTheOtherWithoutWaitingForItsLease() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        b.on("ana", DESK);
        Seat olga = b.on("olga", COOP);
        ChatId chat = a.chatOf("stewart");
        rig.pass(28);
        dies(a);

        rig.pass(4);

        assertThat(rig.store.log(chat, 0, 10))
                .filteredOn(entry -> entry.event() instanceof ChatEvent.StageOpened opened
                        && opened.stage().equals(MEMBERS))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.at()).isEqualTo(rig.at(30));
                    assertThat(((ChatEvent.StageOpened) entry.event()).handled())
                            .isBeforeOrEqualTo(rig.at(32));
                });
        assertThat(olga.told(Notice.Listed.class)).isNotEmpty();
        assertThat(refusal(olga.session().claim(chat))).isNull();
    }

    @Test
    void howOverdueAFullPageOfADeadNodesChatsWasIsNotForgottenWithThePageBehindIt() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        b.on("ana", DESK);
        b.on("olga", COOP);
        rig.pass(0.3);
        for (int i = 0; i < Store.PAGE; i++) {
            a.chatOf("patron " + i);
        }
        rig.pass(27.7);
        dies(a);

        rig.pass(3);

        assertThat(rig.store.due(rig.at(30.3), Store.PAGE)).isEmpty();
        assertThat(b.engine.health().worstOverdue()).isPositive();
    }

    @Test
    void theOperatorsOfADeadNodeAreGoneWithItsLeaseAndItsWaitingChatsAreLookedAt() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        a.on("ana", DESK);
        Seat olga = b.on("olga", COOP);
        Visitor patron = b.visitor("stewart");
        rig.pass(5);
        ChatId chat = patron.starts();
        dies(a);
        Instant end = leaseEnd();

        rig.clock.advanceTo(end.minusMillis(1));
        assertThat(b.engine.online(Stage.of(DESK))).hasSize(1);
        rig.pass(1.001);

        assertThat(b.engine.online(Stage.of(DESK))).isEmpty();
        assertThat(opened(b, chat, MEMBERS))
                .as("R7, or by time if that is earlier")
                .isBeforeOrEqualTo(end);
        assertThat(olga.session().waiting()).hasSize(1);
    }

    @Test
    void anOwnerOnADeadNodeIsLostAtExactlyTheGraceAfterItsLastSignOfLife() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = a.on("ana", DESK);
        Seat ben = b.on("ben", DESK);
        Visitor patron = b.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));
        rig.pass(7);
        dies(a);
        Instant lost = leaseEnd().plus(Duration.ofSeconds(30));

        rig.clock.advanceTo(lost.minusMillis(1));
        assertThat(b.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.CLAIMED);
        rig.pass(0.001);

        assertThat(b.inspect(chat).chat().phase()).isEqualTo(new Phase.Waiting(lost, false));
        assertThat(ben.session().waiting())
                .extracting(Notice.ChatSummary::returned)
                .containsExactly(true);
        assertThat(refusal(ben.session().claim(chat))).isNull();
    }

    @Test
    void thePatronsOfADeadNodeWereLastSeenWithItAndMayComeBackOnTheOther() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        b.on("ana", DESK);
        ChatId stays = a.chatOf("stewart");
        ChatId returns = a.chatOf("susan");
        rig.pass(3);
        dies(a);

        rig.pass(40);
        Visitor susan = b.visitor("susan");
        rig.pass(60);

        assertThat(b.inspect(stays).chat().phase().kind()).isEqualTo(Phase.Kind.MISSED);
        assertThat(b.inspect(returns).chat().phase().kind()).isEqualTo(Phase.Kind.WAITING);
        assertThat(susan.session().chatId()).contains(returns);
    }

    @Test
    void aNodeThatIsClosedInOrderHandsOverAtOnce() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        b.on("ben", DESK);
        Seat olga = b.on("olga", COOP);
        a.on("ana", DESK);
        ChatId chat = b.chatOf("stewart");
        rig.pass(5);

        a.engine.close();
        rig.pass(30);

        assertThat(opened(b, chat, MEMBERS)).isEqualTo(rig.at(30));
        assertThat(olga.session().waiting()).hasSize(1);
        assertThat(b.engine.health().state()).isEqualTo(Health.State.UP);
    }

    @ParameterizedTest
    @CsvSource({"10, 30", "45, 30", "100, 30"})
    void afterARestartOfEverythingDeadlinesGoOn(double down, double members) {
        Site a = rig.node("a");
        a.on("ana", DESK);
        ChatId chat = a.chatOf("stewart");
        a.on("olga", COOP);
        dies(a);

        rig.pass(down);
        Site b = rig.node("b");
        rig.pass(70);

        assertThat(opened(b, chat, MEMBERS)).isEqualTo(rig.at(members));
        assertThat(b.inspect(chat).chat().phase().kind())
                .as("the patron was last seen with the node")
                .isEqualTo(Phase.Kind.MISSED);
    }

    // ---- Late joiners

    @Test
    void aNodeThatJoinsLaterJudgesNothingBySomethingItDidNotSee() {
        // V8: without a timed fallback the co-op never opens while the desk is served. It always was: by ana, from one
        // hour
        // on by ben as well, and by ben alone when she left after two. A node that joins after three hours must see
        // that.
        Rig night = new Rig();
        Site a = night.node("a", "giveUpAfter", "24h");
        done(a.engine.admin().save(withoutFallback(a)));
        Seat ana = a.on("ana", DESK);
        a.on("olga", COOP);
        ChatId chat = a.chatOf("stewart");
        night.pass(3600);
        a.on("ben", DESK);
        night.pass(3600);
        done(ana.session().signOut());
        night.pass(3600);

        Site b = night.node("b", "giveUpAfter", "24h");
        night.pass(10);

        assertThat(b.inspect(chat).chat().progress().isOpen(MEMBERS)).isFalse();
        assertThat(a.inspect(chat).chat().progress().isOpen(MEMBERS)).isFalse();
        night.close();
    }

    @Test
    void aNodeThatJoinsSeesWhatIsThereAlready() {
        Site a = rig.node("a");
        a.on("ana", DESK);
        ChatId chat = a.chatOf("stewart");
        rig.pass(100);

        Site b = rig.node("b");
        Seat ben = b.on("ben", DESK);

        assertThat(b.engine.online(Stage.of(DESK))).hasSize(2);
        assertThat(ben.session().waiting()).extracting(Notice.ChatSummary::chat).containsExactly(chat);
        assertThat(refusal(ben.session().claim(chat))).isNull();
    }

    // ---- Clocks

    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "PT-24H", "PT0.5S", "PT-0.123S"})
    void theClockOfANodeDoesNotMatter(Duration skew) {
        Site b = rig.nodeOn(skewed(skew), "b");
        Seat olga = b.on("olga", COOP);
        b.on("ana", DESK);

        ChatId chat = b.chatOf("stewart");
        rig.pass(29.999);
        assertThat(olga.session().waiting()).isEmpty();
        rig.pass(0.001);

        assertThat(b.engine.now()).isEqualTo(rig.clock.now());
        assertThat(opened(b, chat, MEMBERS)).isEqualTo(rig.at(30));
        assertThat(olga.session().waiting()).hasSize(1);
        assertThat(b.inspect(chat).chat().startedAt()).isEqualTo(rig.start);
    }

    @Test
    void nodesWithDifferentClocksAgree() {
        Site a = rig.node("a");
        Site b = rig.nodeOn(skewed(Duration.ofHours(-7)), "b");
        Seat ana = a.on("ana", DESK);
        Seat olga = b.on("olga", COOP);
        ChatId chat = b.chatOf("stewart");
        rig.pass(30);

        done(olga.session().claim(chat));

        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(a.inspect(chat).at()).isEqualTo(b.inspect(chat).at());
        assertThat(a.inspect(chat).chat().ownership().orElseThrow().since()).isEqualTo(rig.at(30));
    }

    private Clock skewed(Duration skew) {
        return new Clock() {
            @Override
            public Instant now() {
                return rig.clock.now().plus(skew);
            }

            @Override
            public void wakeAt(Instant at, Runnable hint) {
                rig.clock.wakeAt(at.minus(skew), hint);
            }
        };
    }

    private static Widget withoutFallback(Site site) {
        return site.engine.directory().widget(WidgetId.of("databases")).orElseThrow().toBuilder()
                .timedFallback(Duration.ZERO)
                .build();
    }

    /** The machine is gone: nothing of it runs any more. */
    private static void dies(Site site) {
        site.executor.pause();
    }

    private Instant leaseEnd() {
        return rig.store.nodes().stream()
                .filter(lease -> lease.node().value().startsWith("a"))
                .findFirst()
                .orElseThrow()
                .endsAt();
    }

    private static Instant opened(Site site, ChatId chat, Stage stage) {
        Opening opening = site.inspect(chat).chat().progress().opening(stage);
        assertThat(opening).as("the opening of %s", stage).isNotNull();
        return opening.at();
    }

    private static List<Long> seqs(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry().seq())
                .toList();
    }

    private static List<String> texts(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry())
                .filter(entry -> entry.event() instanceof ChatEvent.MessageSaid said
                        && said.author().kind() != Author.Kind.SYSTEM)
                .map(entry -> ((Content.Text) entry.content()).text())
                .toList();
    }

    /** M4: between the snapshot that a patron reads and the node's first look at the chat nothing may slip through. */
    @Test
    void whatAnotherNodeBringsWhileAPatronComesBackIsToldToThePatron() {
        Site a = rig.node("a");
        Site b = rig.node("b");
        Seat ana = a.on("ana", DESK);
        ChatId chat = a.chatOf("stewart");
        done(ana.session().claim(chat));

        b.executor.pause();
        Visitor back = b.visitor("stewart");
        List<Logged> snapshot = back.session().conversation(0);
        done(ana.session().say(chat, "meanwhile"));
        b.executor.resume();
        done(back.session().say("after"));

        List<String> known = new ArrayList<>(texts(snapshot.stream()));
        known.addAll(texts(back.notices().stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry())
                .filter(entry -> entry.seq() > snapshot.get(snapshot.size() - 1).seq())));
        assertThat(known).containsSubsequence("meanwhile", "after").doesNotHaveDuplicates();
    }

    private static List<String> texts(Stream<Logged> entries) {
        return entries.map(Logged::content)
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList();
    }
}
