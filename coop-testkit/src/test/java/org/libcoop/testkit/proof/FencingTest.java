package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Health;
import org.libcoop.spi.NodeLease;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** A node that was paused, that lost its lease, or whose view is old decides nothing, and then goes on (T3, T4, G8). */
class FencingTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNodeWhoseLeaseIsOverRefusesAndThenGoesOnUnderANewName() {
        Site node = rig.node("a");
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        List<NodeId> before = names();
        node.executor.pause();
        rig.pass(35);
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);

        node.executor.resume();

        assertThat(claim.toCompletableFuture()).isDone();
        rig.pass(2);
        assertThat(names()).as("a name that was dead once is dead for ever").hasSize(before.size() + 1);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        assertThat(refusal(ana.session().claim(chat))).isNull();
        assertThat(refusal(ana.session().say(chat, "Hello"))).isNull();
    }

    @Test
    void whatWasSentWhileTheLeaseWasOverIsRefusedNotAppliedLate() {
        Site node = rig.node("a");
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        rig.pass(35);

        node.executor.resume();

        assertThat(refusal(claim)).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(node.inspect(chat).log()).noneMatch(entry -> entry.event().kind() == ChatEvent.Kind.CLAIMED);
    }

    @Test
    void aPausedNodeActsOnNothingThatAnotherTookOver() {
        Site paused = rig.node("a");
        Site other = rig.node("b");
        paused.on("ana", DESK);
        Seat ben = other.on("ben", DESK);
        ChatId chat = paused.chatOf("stewart");
        Seat ana = paused.seat("ana");
        paused.executor.pause();
        CompletionStage<Outcome<Receipt>> late = ana.session().claim(chat);
        rig.pass(31);
        done(ben.session().claim(chat));

        paused.executor.resume();

        assertThat(refusal(late)).isIn(RefusalCode.UNAVAILABLE, RefusalCode.ALREADY_CLAIMED);
        assertThat(other.inspect(chat).chat().ownedBy(ben.session().operator())).isTrue();
        assertThat(other.inspect(chat).log())
                .filteredOn(entry -> entry.event().kind() == ChatEvent.Kind.CLAIMED)
                .hasSize(1);
    }

    @Test
    void theStoreItselfRefusesAChangeOfANodeWhoseLeaseIsOver() {
        Site node = rig.node("a");
        node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        NodeId name = names().get(0);
        node.executor.pause();
        rig.pass(29.999);
        assertThat(rig.store.commit(name, List.of())).isEmpty();
        Logged gone = new Logged(
                rig.store.chat(chat).orElseThrow().seq() + 1,
                rig.clock.now(),
                new ChatEvent.PatronGone(rig.clock.now()),
                null);
        Change change = new Change.OfChat(
                rig.store.chat(chat).orElseThrow().evolve(gone),
                gone.seq() - 1,
                rig.clock.now(),
                List.of(gone),
                null,
                null,
                null,
                null,
                Set.of(),
                Set.of());

        rig.pass(0.001);

        assertThat(rig.store.commit(name, List.of(change))).containsExactly(Committed.FENCED);
        assertThat(rig.store.renew(name)).isEmpty();
    }

    @Test
    void itsOperatorsWereAwayExactlyFromTheEndOfTheLeaseToItsReturn() {
        Site node = rig.node("a");
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        Instant renewed = rig.store.nodes().get(0).renewedAt();
        node.executor.pause();
        rig.pass(35);

        node.executor.resume();

        // Nobody was at the desk from the end of the lease on: the co-op opened by absence then, or by time at 30.
        assertThat(Duration.between(renewed, rig.start)).isZero();
        assertThat(node.inspect(chat).log())
                .filteredOn(entry -> entry.event() instanceof ChatEvent.StageOpened opened
                        && opened.stage().equals(MEMBERS))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at()).isEqualTo(rig.at(30)));
        assertThat(ana.session().waiting()).as("back again").hasSize(1);
    }

    @Test
    void aClaimedChatSurvivesAPauseShorterThanTheGraceAndIsReturnedAfterALongerOne() {
        Site node = rig.node("a");
        Seat ana = node.on("ana", DESK);
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));

        pauseFor(node, 45);
        assertThat(node.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.CLAIMED);
        assertThat(refusal(ana.session().say(chat, "Still here"))).isNull();

        pauseFor(node, 75);
        assertThat(node.inspect(chat).log())
                .filteredOn(entry -> entry.event().kind() == ChatEvent.Kind.OWNER_LOST)
                .hasSize(1);
    }

    @Test
    void patronsOfANodeThatReturnsInTimeGoOnWithTheirChats() {
        Site node = rig.node("a");
        node.on("ana", DESK);
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();

        pauseFor(node, 40);
        rig.pass(100);

        assertThat(node.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.WAITING);
        assertThat(node.inspect(chat).chat().patron().goneSince()).isNull();
        assertThat(refusal(patron.session().say("Hello?"))).isNull();
    }

    // ---- T4

    @Test
    void healthIsUpThenLateThenFencedAsTheDispatcherFallsSilent() {
        Site node = rig.node("a");
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        node.executor.pause();

        rig.pass(5);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        rig.pass(1);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.LATE);
        assertThat(node.engine.health().checkedAt()).isEqualTo(rig.start);
        rig.pass(24);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.FENCED);

        node.executor.resume();
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        node.engine.close();
        assertThat(node.engine.health().state()).isEqualTo(Health.State.CLOSED);
    }

    @Test
    void whatIsOverdueIsMeasuredAndMakesTheNodeLate() {
        boolean[] stuck = {false};
        Site node = rig.node("a", store -> new StoreProxy(store) {
            @Override
            public List<Committed> commit(NodeId name, List<Change> batch) {
                return stuck[0] ? batch.stream().map(change -> Committed.LOST).toList() : super.commit(name, batch);
            }
        });
        node.on("ana", DESK);
        node.on("olga", COOP);
        node.chatOf("stewart");
        stuck[0] = true;

        rig.pass(31);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        rig.pass(3);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.LATE);
        assertThat(node.engine.health().worstOverdue()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));

        stuck[0] = false;
        rig.pass(2);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
        assertThat(node.engine.health().worstOverdue()).isZero();
        assertThat(node.engine.health().worstLateness()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(node.engine.health().liveChats()).isEqualTo(1);
    }

    private void pauseFor(Site node, double seconds) {
        node.executor.pause();
        rig.pass(seconds);
        node.executor.resume();
        rig.pass(0.001);
    }

    private List<NodeId> names() {
        return rig.store.nodes().stream().map(NodeLease::node).toList();
    }
}
