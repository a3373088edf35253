package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Cause;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Committed;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Health;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.LoopbackTransport;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** Whoever watches an engine is told each thing once, by the node that did it, and breaks nothing (CO1 to CO3). */
class ListenersTest {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("ben");

    private final Rig rig = new Rig();
    private final List<Happening> told = new ArrayList<>();

    @AfterEach
    void close() {
        rig.close();
    }

    private Site watched(String name, CoopListener... listeners) {
        return watchedOn(name, UnaryOperator.identity(), listeners);
    }

    private Site watchedOn(String name, UnaryOperator<Store> through, CoopListener... listeners) {
        CoopEngine.Builder builder =
                CoopEngine.builder().directory(Rig.directory().build());
        for (CoopListener listener : listeners) {
            builder.listener(listener);
        }
        return rig.new Site(name, builder, through.apply(rig.store), rig.clock);
    }

    private <H extends Happening> List<H> all(Class<H> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    // ---- Chats

    @Test
    void aChatIsToldFromItsStartToItsEnd() {
        Site node = watched("a", told::add);
        Seat ana = node.on("ana", DESK);
        node.on("olga", COOP);
        ChatId chat = node.chatOf("stewart");

        rig.pass(45);
        done(ana.session().claim(chat));
        rig.pass(15);
        done(ana.session().end(chat, Disposition.ANSWERED));

        assertThat(all(Happening.OfChat.class))
                .containsExactly(
                        new Happening.ChatStarted(rig.start, chat, SPRINGY, WidgetId.of("databases")),
                        new Happening.StageOpened(
                                rig.start, chat, SPRINGY, Stage.of(DESK), Cause.INITIAL, Duration.ZERO, 1),
                        new Happening.StageOpened(rig.at(30), chat, SPRINGY, MEMBERS, Cause.TIME, Duration.ZERO, 1),
                        new Happening.ChatClaimed(
                                rig.at(45), chat, SPRINGY, ANA, SPRINGY, Stage.of(DESK), Duration.ofSeconds(45), false),
                        new Happening.ChatOver(
                                rig.at(60), chat, SPRINGY, ChatOutcome.ANSWERED, null, Duration.ofSeconds(60)));
    }

    @Test
    void aReturnedChatIsToldAndItsNextClaimCountsFromTheReturn() {
        Site node = watched("a", told::add);
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben", DESK);
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        rig.pass(100);
        done(ana.session().signOut());

        rig.pass(7);
        done(ben.session().claim(chat));

        assertThat(all(Happening.ChatReturned.class))
                .containsExactly(new Happening.ChatReturned(rig.at(100), chat, SPRINGY, ANA, true));
        assertThat(all(Happening.ChatClaimed.class))
                .last()
                .isEqualTo(new Happening.ChatClaimed(
                        rig.at(107), chat, SPRINGY, BEN, SPRINGY, Stage.of(DESK), Duration.ofSeconds(7), true));
    }

    @Test
    void transfersAreToldAsOfferedAcceptedOrOver() {
        Site node = watched("a", told::add);
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben", DESK);
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        Option toBen = Option.operator("ben");

        done(ana.session().transfer(chat, toBen));
        done(ana.session().withdraw(chat));
        done(ana.session().transfer(chat, toBen));
        rig.pass(4);
        done(ben.session().accept(chat));

        assertThat(all(Happening.TransferOffered.class))
                .containsExactly(
                        new Happening.TransferOffered(rig.start, chat, SPRINGY, ANA, toBen, 1),
                        new Happening.TransferOffered(rig.start, chat, SPRINGY, ANA, toBen, 1));
        assertThat(all(Happening.TransferOver.class))
                .containsExactly(
                        new Happening.TransferOver(rig.start, chat, SPRINGY, ChatEvent.TransferOver.Why.WITHDRAWN));
        assertThat(all(Happening.TransferAccepted.class))
                .containsExactly(
                        new Happening.TransferAccepted(rig.at(4), chat, SPRINGY, BEN, SPRINGY, Duration.ofSeconds(4)));
    }

    @Test
    void whatIsMissedOrDismissedIsToldAsThat() {
        Site node = watched("a", told::add);
        Seat ana = node.on("ana", DESK);
        ChatId spam = node.chatOf("susan");
        Visitor leaving = node.visitor("stewart");
        ChatId left = leaving.starts();

        done(ana.session().dismiss(spam, "spam"));
        done(leaving.session().leave());

        assertThat(all(Happening.ChatOver.class))
                .containsExactly(
                        new Happening.ChatOver(rig.start, spam, SPRINGY, ChatOutcome.DISMISSED, null, Duration.ZERO),
                        new Happening.ChatOver(
                                rig.start, left, SPRINGY, ChatOutcome.MISSED, MissedReason.PATRON_LEFT, Duration.ZERO));
    }

    @Test
    void aStageThatOpensLateIsToldWithItsLateness() {
        boolean[] stuck = {false};
        Site node = watchedOn(
                "a",
                store -> new StoreProxy(store) {
                    @Override
                    public List<Committed> commit(NodeId name, List<Change> batch) {
                        return stuck[0]
                                ? batch.stream().map(change -> Committed.LOST).toList()
                                : super.commit(name, batch);
                    }
                },
                told::add);
        node.on("ana", DESK);
        node.on("olga", COOP);
        node.chatOf("stewart");
        stuck[0] = true;
        rig.pass(32.5);

        stuck[0] = false;
        rig.pass(1);

        assertThat(all(Happening.StageOpened.class)).last().satisfies(opened -> {
            assertThat(opened.at()).isEqualTo(rig.at(30));
            assertThat(opened.lateness()).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(3_500));
        });
    }

    // ---- Once

    @Test
    void ofTwoNodesTheOneThatCommittedTells() {
        List<Happening> toldByB = new ArrayList<>();
        Site a = watched("a", told::add);
        Site b = watched("b", toldByB::add);
        Seat ana = b.on("ana", DESK);
        a.on("olga", COOP);
        ChatId chat = a.chatOf("stewart");
        rig.pass(2);

        done(ana.session().claim(chat));
        rig.pass(120);
        done(ana.session().end(chat, Disposition.ANSWERED));
        rig.pass(5);

        assertThat(all(Happening.OfChat.class))
                .extracting(Happening::kind)
                .containsExactly(Happening.Kind.CHAT_STARTED, Happening.Kind.STAGE_OPENED);
        assertThat(toldByB.stream().filter(Happening.OfChat.class::isInstance))
                .extracting(Happening::kind)
                .containsExactly(Happening.Kind.CHAT_CLAIMED, Happening.Kind.CHAT_OVER);
    }

    @Test
    void twoNodesThatBothSeeADeadlineTellOfItOnce() {
        Site a = watched("a", told::add);
        Site b = watched("b", told::add);
        a.on("ana", DESK);
        b.on("olga", COOP);
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            chats.add((i % 2 == 0 ? a : b).chatOf("patron" + i));
        }

        rig.pass(1000);

        for (ChatId chat : chats) {
            List<Instant> stages = a.inspect(chat).log().stream()
                    .filter(entry -> entry.event().kind() == ChatEvent.Kind.STAGE_OPENED)
                    .map(Logged::at)
                    .toList();
            assertThat(stages).as("by the log").hasSize(3);
            assertThat(all(Happening.StageOpened.class).stream()
                            .filter(opened -> opened.chat().equals(chat)))
                    .extracting(Happening::at)
                    .containsExactlyElementsOf(stages);
            assertThat(all(Happening.ChatOver.class).stream()
                            .filter(over -> over.chat().equals(chat)))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ifTheStoreDoesNotSayWhetherItTookAChangeItIsToldOnceThatIsKnown(boolean took) {
        boolean[] cut = {false};
        Site node = watchedOn(
                "a",
                store -> new StoreProxy(store) {
                    @Override
                    public List<Committed> commit(NodeId name, List<Change> batch) {
                        if (!cut[0]) {
                            return super.commit(name, batch);
                        }
                        cut[0] = false;
                        if (took) {
                            super.commit(name, batch);
                        }
                        throw new StoreException("cut", true);
                    }
                },
                told::add);
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        cut[0] = true;

        done(ana.session().claim(chat));
        rig.pass(5);

        assertThat(all(Happening.ChatClaimed.class)).hasSize(1);
    }

    @Test
    void aDeadlineWhoseCommitWasNotConfirmedIsToldOnce() {
        boolean[] cut = {false};
        Site node = watchedOn(
                "a",
                store -> new StoreProxy(store) {
                    @Override
                    public List<Committed> commit(NodeId name, List<Change> batch) {
                        List<Committed> outcomes = super.commit(name, batch);
                        if (cut[0]) {
                            cut[0] = false;
                            throw new StoreException("cut", true);
                        }
                        return outcomes;
                    }
                },
                told::add);
        node.on("ana", DESK);
        node.on("olga", COOP);
        node.chatOf("stewart");
        cut[0] = true;

        rig.pass(40);

        assertThat(all(Happening.StageOpened.class))
                .extracting(Happening.StageOpened::cause)
                .containsExactly(Cause.INITIAL, Cause.TIME);
    }

    // ---- Refusals

    @Test
    void aRefusedCommandIsToldWithItsCodeAndWhatItWasAbout() {
        Site node = watched("a", told::add);
        Seat ana = node.on("ana", DESK);
        Seat sven = node.seat("sven");
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));

        assertThat(refusal(sven.session().say(chat, "Hello"))).isNotNull();
        assertThat(refusal(sven.session().monitor(DESK, true))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(sven.session().grant(ANA, CoopId.of("academic"), Level.REGULAR)))
                .isNotNull();
        assertThat(node.engine
                        .connectOperator(OperatorId.of("nobody"), notice -> {})
                        .refusal())
                .isPresent();

        assertThat(all(Happening.CommandRefused.class))
                .extracting(Happening.CommandRefused::about)
                .containsExactly(
                        Happening.CommandRefused.About.CHAT,
                        Happening.CommandRefused.About.PRESENCE,
                        Happening.CommandRefused.About.DIRECTORY,
                        Happening.CommandRefused.About.CONNECTION);
        assertThat(all(Happening.CommandRefused.class).get(0))
                .isEqualTo(new Happening.CommandRefused(
                        rig.start, Happening.CommandRefused.About.CHAT, chat, RefusalCode.NOT_FOUND));
    }

    @Test
    void aPeerThatIsSilentForALeaseIsToldAsDropped() {
        Site node = watched("a", told::add);
        node.seat("ana", true);

        rig.pass(29);
        assertThat(all(Happening.PeerDropped.class)).isEmpty();
        rig.pass(2);

        assertThat(all(Happening.PeerDropped.class))
                .extracting(Happening.PeerDropped::why)
                .containsExactly(Happening.PeerDropped.Why.SILENT);
    }

    @Test
    void aPeerThatDoesNotTakeWhatItIsToldIsToldAsDropped() {
        LoopbackTransport transport = new LoopbackTransport(
                credentials -> Optional.of(new Principal.OfOperator(OperatorId.of(credentials.token()))), task -> {});
        rig.node(
                "a",
                CoopEngine.builder()
                        .directory(Rig.directory("outboxNotices", "16").build())
                        .listener(told::add)
                        .transport(transport));
        OperatorSession ana = transport.connect(notice -> {}).operator("ana").orElseThrow();
        done(ana.signIn());

        for (int i = 0; i < 20; i++) {
            done(ana.monitor(DESK, i % 2 == 0));
        }

        assertThat(all(Happening.PeerDropped.class))
                .extracting(Happening.PeerDropped::why)
                .containsExactly(Happening.PeerDropped.Why.TOO_SLOW);
    }

    // ---- The node

    @Test
    void aStoreThatGoesAwayAndComesBackIsToldOnceEach() {
        boolean[] away = {false};
        Site node = watchedOn("a", store -> awayIf(store, away), told::add);
        rig.pass(10.5);
        away[0] = true;
        rig.pass(8);
        Instant since = node.engine.health().storeAwaySince();

        away[0] = false;
        rig.pass(3);

        assertThat(since).isEqualTo(rig.at(11));
        assertThat(node.engine.health().storeAwaySince()).isNull();
        assertThat(all(Happening.TroubleBegan.class))
                .containsExactly(new Happening.TroubleBegan(rig.at(11), Happening.Part.STORE));
        assertThat(all(Happening.TroubleOver.class)).singleElement().satisfies(over -> {
            assertThat(over.part()).isEqualTo(Happening.Part.STORE);
            assertThat(over.lasted()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
        });
    }

    @Test
    void aNodeThatLosesItsLeaseIsToldAsFencedAndJoined() {
        boolean[] away = {false};
        watchedOn("a", store -> awayIf(store, away), told::add);
        NodeId first = all(Happening.NodeJoined.class).get(0).node();
        away[0] = true;
        rig.pass(40);

        away[0] = false;
        rig.pass(3);

        assertThat(all(Happening.NodeFenced.class))
                .extracting(Happening.NodeFenced::node)
                .containsExactly(first);
        assertThat(all(Happening.NodeJoined.class))
                .extracting(Happening.NodeJoined::node)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void eachChangeOfHealthIsToldAlsoByASilentDispatcher() {
        Site node = watched("a", told::add);
        node.executor.pause();
        rig.pass(12);
        rig.pass(25);

        node.executor.resume();
        node.engine.close();

        assertThat(all(Happening.HealthChanged.class))
                .extracting(Happening.HealthChanged::to)
                .containsExactly(
                        Health.State.UP, Health.State.LATE, Health.State.FENCED, Health.State.UP, Health.State.CLOSED);
        assertThat(all(Happening.HealthChanged.class).get(1).at()).isBetween(rig.at(5), rig.at(11));
    }

    @Test
    void roundsOfArchivingAndTroubleWithTheArchiveAreTold() {
        boolean[] away = {true};
        InMemoryArchive archive = new InMemoryArchive();
        Site node = rig.node(
                "a",
                CoopEngine.builder()
                        .directory(Rig.directory().build())
                        .listener(told::add)
                        .archive(new ArchiveProxy(archive) {
                            @Override
                            public void keep(List<ArchivedChat> chats) {
                                if (away[0]) {
                                    throw new StoreException("the archive is away", false);
                                }
                                super.keep(chats);
                            }
                        }));
        Seat ana = node.on("ana", DESK);
        for (String patron : List.of("stewart", "susan")) {
            done(ana.session().dismiss(node.chatOf(patron), "spam"));
        }
        rig.pass(5);
        Health during = node.engine.health();

        away[0] = false;
        rig.pass(20);

        assertThat(during.unarchived()).isEqualTo(2);
        assertThat(during.archiveAwaySince()).isEqualTo(rig.at(1));
        assertThat(during.ready()).isTrue();
        assertThat(node.engine.health().unarchived()).isZero();
        assertThat(node.engine.health().archiveAwaySince()).isNull();
        assertThat(all(Happening.TroubleBegan.class))
                .containsExactly(new Happening.TroubleBegan(rig.at(1), Happening.Part.ARCHIVE));
        assertThat(all(Happening.TroubleOver.class)).hasSize(1);
        assertThat(all(Happening.Archived.class)).singleElement().satisfies(round -> {
            assertThat(round.chats()).isEqualTo(2);
            assertThat(round.refused()).isZero();
        });
    }

    // ---- Listeners that misbehave

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatThrowsBreaksNothing(boolean error) {
        CoopListener broken = happening -> {
            if (error) {
                throw new AssertionError("no");
            }
            throw new IllegalStateException("no");
        };
        Site node = watched("a", broken, told::add);
        Seat ana = node.on("ana", DESK);
        node.on("olga", COOP);
        ChatId chat = node.chatOf("stewart");
        rig.pass(35);

        done(ana.session().claim(chat));
        done(ana.session().end(chat, Disposition.ANSWERED));

        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        assertThat(node.inspect(chat).chat().over()).isTrue();
        assertThat(all(Happening.OfChat.class)).as("the other one hears all").hasSize(5);
    }

    @Test
    void aListenerThatTakesItsTimeShowsInHealth() {
        Duration[] passed = {Duration.ZERO};
        Clock clock = new Clock() {
            @Override
            public Instant now() {
                return rig.clock.now().plus(passed[0]);
            }

            @Override
            public void wakeAt(Instant at, Runnable hint) {
                rig.clock.wakeAt(at, hint);
            }
        };
        CoopEngine.Builder builder = CoopEngine.builder()
                .directory(Rig.directory().build())
                .listener(happening -> {
                    if (happening.kind() == Happening.Kind.CHAT_STARTED) {
                        passed[0] = Duration.ofMillis(250);
                    }
                });
        Site node = rig.new Site("a", builder, rig.store, clock);
        assertThat(node.engine.health().slowestListener()).isZero();

        node.on("ana", DESK);
        node.chatOf("stewart");

        assertThat(node.engine.health().slowestListener()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aListenerMustBeOne() {
        assertThatNullPointerException()
                .isThrownBy(() -> CoopEngine.builder().listener(null))
                .withMessage("listener");
    }

    // ---- Health

    @Test
    void aSilentDispatcherIsNotAliveAfterAMinuteAndAStoreThatIsAwayLeavesItAlive() {
        boolean[] away = {false};
        Site node = watchedOn("a", store -> awayIf(store, away));
        away[0] = true;
        rig.pass(90);
        Health storeAway = node.engine.health();
        away[0] = false;
        rig.pass(3);

        node.executor.pause();
        Duration soFar = node.engine.health().silentFor();
        rig.clock.advance(Health.ALIVE_WITHIN.minus(soFar).minusMillis(1));
        Health justBelow = node.engine.health();
        rig.clock.advance(Duration.ofMillis(1));
        Health reached = node.engine.health();
        node.executor.resume();

        assertThat(storeAway.alive()).isTrue();
        assertThat(storeAway.ready()).isFalse();
        assertThat(storeAway.silentFor()).isLessThan(Duration.ofSeconds(2));
        assertThat(justBelow.alive()).isTrue();
        assertThat(reached.alive()).isFalse();
        assertThat(reached.ready()).isFalse();
        assertThat(node.engine.health().alive()).isTrue();
        assertThat(node.engine.health().ready()).isTrue();
    }

    private static Store awayIf(Store store, boolean[] away) {
        return new StoreProxy(store) {
            @Override
            void before() {
                if (away[0]) {
                    throw new StoreException("the store is away", false);
                }
            }
        };
    }
}
