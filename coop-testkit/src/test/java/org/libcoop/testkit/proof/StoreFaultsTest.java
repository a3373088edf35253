package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Health;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** A store that is away, loses every race, or does not say what happened: clear refusals, nothing lost, recovery alone (T2, G6, G12). */
class StoreFaultsTest {

    /** Fails as it is told to. */
    private static final class Unreliable extends StoreProxy {
        private enum Fault {
            NONE,
            AWAY,
            COMMITS_FAIL,
            COMMITS_LOSE,
            COMMITS_ARE_FENCED,
            REPLY_LOST,
            REPLY_LOST_AND_AWAY,
            AWAY_AFTER_THE_COMMIT
        }

        private Fault fault = Fault.NONE;
        private boolean away;
        private int commits;

        Unreliable(Store store) {
            super(store);
        }

        void fails(Fault how) {
            fault = how;
            away = how == Fault.AWAY;
            commits = 0;
        }

        void heals() {
            fails(Fault.NONE);
        }

        @Override
        void before() {
            if (away) {
                throw new StoreException("the store is away", false);
            }
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            before();
            commits++;
            return switch (fault) {
                case NONE, AWAY -> super.commit(node, batch);
                case COMMITS_FAIL -> throw new StoreException("no commit today", false);
                case COMMITS_LOSE ->
                    batch.stream().map(change -> Committed.LOST).toList();
                case COMMITS_ARE_FENCED ->
                    batch.stream().map(change -> Committed.FENCED).toList();
                case REPLY_LOST, REPLY_LOST_AND_AWAY -> {
                    super.commit(node, batch);
                    away = fault == Fault.REPLY_LOST_AND_AWAY;
                    fault = fault == Fault.REPLY_LOST ? Fault.NONE : fault;
                    throw new StoreException("cut after the commit", true);
                }
                case AWAY_AFTER_THE_COMMIT -> {
                    List<Committed> outcomes = super.commit(node, batch);
                    away = true;
                    yield outcomes;
                }
            };
        }
    }

    private final Rig rig = new Rig();
    private final Unreliable store = new Unreliable(rig.store);
    private final Site node = rig.node("a", any -> store);
    private final Seat ana = node.on("ana", DESK);
    private final Seat olga = node.on("olga", Rig.COOP);
    private final Visitor patron = node.visitor("stewart");
    private final ChatId chat = patron.starts();

    @AfterEach
    void close() {
        store.heals();
        rig.close();
    }

    // ---- Away

    @Test
    void whileTheStoreIsAwayEveryCommandIsUnavailable() {
        Visitor other = node.visitor("susan");
        store.fails(Unreliable.Fault.AWAY);

        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().say(chat, "Hello"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().monitor(DESK, false))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().status(Status.AWAY))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(patron.session().say("Hello?"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(other.starting("start"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(node.engine.admin().save(Coop.local(CoopId.of("region"), "Region"))))
                .isEqualTo(RefusalCode.UNAVAILABLE);
    }

    @Test
    void afterwardsEverythingGoesOnAlone() {
        store.fails(Unreliable.Fault.AWAY);
        rig.pass(20);
        store.heals();

        assertThat(refusal(ana.session().claim(chat))).isNull();
        assertThat(refusal(patron.session().say("Hello?"))).isNull();
        assertThat(done(node.visitor("susan").starting("start"))).isInstanceOf(Receipt.class);
    }

    @Test
    void whatFellDueMeanwhileIsHandledWithinASweepOfTheRecovery() {
        rig.pass(25);
        store.fails(Unreliable.Fault.AWAY);
        rig.pass(10);

        store.heals();
        rig.pass(2);

        assertThat(node.inspect(chat).log())
                .filteredOn(entry -> entry.event() instanceof ChatEvent.StageOpened opened
                        && opened.stage().equals(MEMBERS))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at()).isEqualTo(rig.at(30)));
        assertThat(olga.session().waiting()).hasSize(1);
    }

    @Test
    void anAbsenceLongerThanTheLeaseEndsInANewLifeOfTheNode() {
        store.fails(Unreliable.Fault.AWAY);
        rig.pass(40);
        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.FENCED);

        store.heals();
        rig.pass(3);

        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        assertThat(refusal(ana.session().claim(chat))).isNull();
    }

    // ---- Commits that fail

    @ParameterizedTest
    @ValueSource(strings = {"COMMITS_FAIL", "COMMITS_ARE_FENCED"})
    void aCommitThatDoesNotHappenIsUnavailable(String fault) {
        store.fails(Unreliable.Fault.valueOf(fault));

        assertThat(refusal(ana.session().claim(chat, "c1"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().monitor(DESK, false))).isEqualTo(RefusalCode.UNAVAILABLE);

        store.heals();
        assertThat(node.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.WAITING);
        assertThat(refusal(ana.session().claim(chat, "c1"))).isNull();
    }

    @Test
    void aRecordThatIsAlwaysContendedIsBusyAfterABoundedNumberOfTries() {
        store.fails(Unreliable.Fault.COMMITS_LOSE);

        assertThat(refusal(ana.session().claim(chat, "c1"))).isEqualTo(RefusalCode.BUSY);
        assertThat(store.commits).isBetween(2, 100);

        store.heals();
        assertThat(refusal(ana.session().claim(chat, "c1"))).isNull();
    }

    @Test
    void aDeadlineThatLosesItsRacesIsHandledOnceItWins() {
        rig.pass(29);
        store.fails(Unreliable.Fault.COMMITS_LOSE);
        rig.pass(5);
        store.heals();
        rig.pass(2);

        assertThat(olga.session().waiting()).hasSize(1);
        assertThat(node.inspect(chat).log().get(2).at()).isEqualTo(rig.at(30));
    }

    // ---- Not known whether it happened

    @Test
    void anOutcomeThatWasNotSaidIsFoundOutByDecidingAgain() {
        store.fails(Unreliable.Fault.REPLY_LOST);

        assertThat(refusal(ana.session().claim(chat, "c1"))).isNull();
        assertThat(count(ChatEvent.Kind.CLAIMED)).isEqualTo(1);

        store.fails(Unreliable.Fault.REPLY_LOST);
        assertThat(refusal(ana.session().say(chat, "Hello", "c2"))).isNull();
        assertThat(count(ChatEvent.Kind.SAID)).as("greeting and line").isEqualTo(2);
    }

    @Test
    void whereItCannotBeFoundOutTheRefusalSaysSoAndRepeatingResolvesIt() {
        done(ana.session().claim(chat));
        store.fails(Unreliable.Fault.REPLY_LOST_AND_AWAY);

        RefusalCode first = refusal(ana.session().say(chat, "Hello", "c2"));
        store.heals();
        @Nullable RefusalCode second = refusal(ana.session().say(chat, "Hello", "c2"));

        assertThat(first).isEqualTo(RefusalCode.UNKNOWN_OUTCOME);
        assertThat(second).isNull();
        assertThat(count(ChatEvent.Kind.SAID)).as("greeting and line").isEqualTo(2);
    }

    @Test
    void anUnknownClaimIsNamedSoAndRepeatingResolvesIt() {
        store.fails(Unreliable.Fault.REPLY_LOST_AND_AWAY);

        RefusalCode first = refusal(ana.session().claim(chat, "c1"));
        store.heals();

        assertThat(first).isEqualTo(RefusalCode.UNKNOWN_OUTCOME);
        assertThat(refusal(ana.session().claim(chat, "c1"))).isNull();
        assertThat(count(ChatEvent.Kind.CLAIMED)).isEqualTo(1);
        rig.pass(1);
        assertThat(ana.session().presence().openChats()).isEqualTo(1);
    }

    @Test
    void anUnknownPresenceChangeIsNamedSo() {
        store.fails(Unreliable.Fault.REPLY_LOST_AND_AWAY);

        RefusalCode first = refusal(ana.session().monitor(DESK, false));
        store.heals();

        assertThat(first).isEqualTo(RefusalCode.UNKNOWN_OUTCOME);
        assertThat(refusal(ana.session().monitor(DESK, false))).isNull();
        assertThat(ana.session().presence().switches()).isEmpty();
        assertThat(node.engine.online(Stage.of(DESK))).isEmpty();
    }

    @Test
    void whatWasCommittedIsAcknowledgedEvenIfTheStoreGoesAwayRightAfter() {
        store.fails(Unreliable.Fault.AWAY_AFTER_THE_COMMIT);

        assertThat(refusal(ana.session().claim(chat, "c1"))).isNull();

        store.heals();
        rig.pass(2);
        assertThat(node.inspect(chat).chat().ownedBy(ana.session().operator())).isTrue();
        assertThat(refusal(ana.session().say(chat, "Hello"))).isNull();
    }

    @Test
    void aPresenceChangeThatWasCommittedIsNotSaidToBeWithoutEffect() {
        store.fails(Unreliable.Fault.AWAY_AFTER_THE_COMMIT);

        RefusalCode refusal = refusal(ana.session().monitor(DESK, false));

        assertThat(refusal).isIn(null, RefusalCode.UNKNOWN_OUTCOME);
        store.heals();
        rig.pass(2);
        assertThat(ana.session().presence().switches()).isEmpty();
        assertThat(olga.session().waiting())
                .as("R7: nobody is left at the desk")
                .hasSize(1);
    }

    @Test
    void aClaimThatFillsTheLoadAndWasCommittedIsNotSaidToBeWithoutEffect() {
        Unreliable behind = new Unreliable(new InMemoryStore(rig.clock));
        Site limited = rig.node("l", any -> behind, "operatorLimit", "1");
        Seat only = limited.on("ana", DESK);
        Seat next = limited.on("olga", Rig.COOP);
        ChatId first = limited.chatOf("stewart");
        ChatId second = limited.chatOf("susan");
        behind.fails(Unreliable.Fault.AWAY_AFTER_THE_COMMIT);

        RefusalCode refusal = refusal(only.session().claim(first, "c1"));

        assertThat(refusal).isIn(null, RefusalCode.UNKNOWN_OUTCOME);
        behind.heals();
        rig.pass(2);
        assertThat(refusal(only.session().claim(first, "c1"))).isNull();
        assertThat(next.session().waiting())
                .extracting(Notice.ChatSummary::chat)
                .as("R7")
                .containsExactly(second);
    }

    // ---- Closed

    @Test
    void aClosedEngineRefusesEverythingAndHangsNobody() {
        Visitor other = node.visitor("susan");
        node.engine.close();

        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().signOut())).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(patron.session().say("Hello?"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(other.starting("start"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(node.engine.admin().save(Coop.local(CoopId.of("region"), "Region"))))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.CLOSED);
    }

    @Test
    void whatWaitsWhenTheEngineIsClosedIsAnswered() {
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        CompletionStage<Outcome<Receipt>> start = node.visitor("susan").starting("start");

        node.engine.close();

        assertThat(refusal(claim)).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(start)).isEqualTo(RefusalCode.UNAVAILABLE);
    }

    private long count(ChatEvent.Kind kind) {
        return node.inspect(chat).log().stream()
                .filter(entry -> entry.event().kind() == kind)
                .count();
    }

    /** M4, G9: nobody on the node had been told of the chat when a second page of the patron read where it stands. */
    @Test
    void aPatronWhoseStartMayHaveHappenedIsToldOfItThoughASecondPageReadItBefore() {
        boolean[] cut = {true};
        Site deaf = rig.node("deaf", seen -> new StoreProxy(seen) {
            @Override
            public void onChange(Runnable hint) {
                // Follows the feed with its sweeps only.
            }

            @Override
            public List<Committed> commit(NodeId by, List<Change> batch) {
                List<Committed> outcomes = super.commit(by, batch);
                boolean begins =
                        batch.stream().anyMatch(change -> change instanceof Change.OfChat of && of.expectedSeq() == 0);
                if (begins && cut[0]) {
                    cut[0] = false;
                    throw new StoreException("cut after the commit", true);
                }
                return outcomes;
            }
        });
        Visitor first = deaf.visitor("zoe");
        done(first.session().startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, "Where is it?", "start"));
        deaf.visitor("zoe");

        rig.pass(3);

        assertThat(cut[0]).isFalse();
        assertThat(first.told(Notice.Entry.class))
                .extracting(told -> told.entry().content())
                .contains(new Content.Text("Where is it?"));
    }
}
