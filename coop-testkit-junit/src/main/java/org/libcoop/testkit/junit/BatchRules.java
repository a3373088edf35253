package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;
import static org.libcoop.spi.Committed.Outcome.REPEATED;
import static org.libcoop.testkit.junit.Given.ANA;
import static org.libcoop.testkit.junit.Given.BEN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Coop;
import org.libcoop.directory.HostDirectory;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Topic;

/** ST2: one outcome per change, in order; each stands alone and sees those before it. */
abstract class BatchRules extends ContentionRules {

    private static final HostDirectory NOBODY = HostDirectory.of(List.of(), List.of(), List.of());

    @Test
    void st02_anEmptyBatchHasNoOutcomes() {
        assertThat(store.commit(node, List.of())).isEmpty();
    }

    @Test
    void st02_outcomesStandInTheOrderOfTheChanges() {
        Change.OfChat kept = Draft.start("kept", t0).as("s", "1", "d").change();
        given(kept);
        Change.OfChat fresh = Draft.start("fresh", t0).change();
        Change.OfChat stale = Draft.start("kept", t0).change();
        OperatorPresence ana = Given.signedIn(ANA, t0);
        OperatorPresence tooNew = Given.signedIn(BEN, t0).successor();
        Coop coop = Coop.local(Given.ACADEMIC, "Academic");

        List<Committed> outcomes = store.commit(
                node,
                List.of(
                        stale,
                        fresh,
                        kept,
                        new Change.OfPresence(tooNew),
                        new Change.OfPresence(ana),
                        new Change.OfRecord(coop, 7),
                        new Change.OfRecord(coop, 0),
                        new Change.OfHost(NOBODY, 0),
                        new Change.OfHost(NOBODY, 1)));

        assertThat(outcomes)
                .extracting(Committed::outcome)
                .containsExactly(LOST, APPLIED, REPEATED, LOST, APPLIED, LOST, APPLIED, LOST, APPLIED);
        assertThat(outcomes.get(2).earlier()).isEqualTo(kept.result());
    }

    @Test
    void st02_aLaterChangeSeesAnEarlierOneOfTheSameChat() {
        Change.OfChat first =
                Draft.start("c", t0).waitsOn(Topic.stage(Given.DESK)).change();
        Change.OfChat second = Draft.on(first)
                .says("second")
                .waitsOn(Topic.stage(Given.MEMBERS))
                .due(t0.plusMillis(5))
                .change();
        Change.OfChat third = Draft.on(second).says("third").says("fourth").change();

        assertThat(commitAll(first, second, third)).containsExactly(APPLIED, APPLIED, APPLIED);

        List<Logged> log = new ArrayList<>(first.entries());
        log.addAll(second.entries());
        log.addAll(third.entries());
        assertThat(store.log(first.chat().id(), 0, 10)).isEqualTo(log);
        assertThat(store.chat(first.chat().id())).contains(third.chat());
        assertThat(store.waitingOn(Topic.stage(Given.DESK), null)).isEmpty();
        assertThat(store.waitingOn(Topic.stage(Given.MEMBERS), null))
                .containsExactly(third.chat().id());
        assertThat(store.due(t0.plusMillis(5), 10)).isEmpty();
    }

    @Test
    void st02_ofTwoThatExpectTheSameInOneBatchTheFirstWins() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat one = Draft.on(first).says("one").change();
        Change.OfChat two = Draft.on(first).says("two").change();

        assertThat(commitAll(first, one, two)).containsExactly(APPLIED, APPLIED, LOST);

        assertThat(store.log(first.chat().id(), 1, 10)).isEqualTo(one.entries());
    }

    @Test
    void st02_aChangeThatBuildsOnOneThatLostLosesToo() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second = Draft.on(first).says("second").guard(ANA, 9).change();
        Change.OfChat third = Draft.on(second).says("third").change();
        Change.OfChat other = Draft.start("other", t0).change();

        assertThat(commitAll(first, second, third, other)).containsExactly(APPLIED, LOST, LOST, APPLIED);

        assertThat(store.chat(first.chat().id())).contains(first.chat());
        assertThat(store.chat(other.chat().id())).contains(other.chat());
    }

    @Test
    void st02_severalRowsOfOneOperatorInOneBatch() {
        OperatorPresence one = Given.signedIn(ANA, t0);
        OperatorPresence two = one.withStatus(Status.AWAY, t0.plusMillis(1)).successor();
        OperatorPresence three =
                two.withSwitch(Given.MEMBERS.option(), true, t0.plusMillis(2)).successor();

        assertThat(commitAll(
                        new Change.OfPresence(one),
                        new Change.OfPresence(three),
                        new Change.OfPresence(two),
                        new Change.OfPresence(two),
                        new Change.OfPresence(three)))
                .containsExactly(APPLIED, LOST, APPLIED, LOST, APPLIED);

        assertThat(store.presence(ANA, 0)).containsExactly(one, two, three);
    }

    @Test
    void st02_aGuardSeesTheRowsBeforeIt() {
        OperatorPresence one = Given.signedIn(ANA, t0);
        OperatorPresence two = one.withStatus(Status.AWAY, t0.plusMillis(1)).successor();
        Change.OfChat c = Draft.start("c", t0).guard(ANA, 2).change();
        Change.OfChat d = Draft.start("d", t0).guard(ANA, 2).change();
        Change.OfChat e = Draft.start("e", t0).guard(ANA, 3).change();
        OperatorPresence three = two.signedOut(t0.plusMillis(2), SignOff.idle()).successor();

        assertThat(commitAll(
                        new Change.OfPresence(one), new Change.OfPresence(two), c, d, e, new Change.OfPresence(three)))
                .containsExactly(APPLIED, APPLIED, APPLIED, LOST, APPLIED, LOST);

        assertThat(row(ANA).openChats()).isEqualTo(2);
        assertThat(store.presence(ANA, 0)).extracting(OperatorPresence::version).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void st02_recordsAndHostSeeTheRevisionsBeforeThem() {
        Coop coop = Coop.local(Given.ACADEMIC, "Academic");

        assertThat(commitAll(
                        new Change.OfHost(NOBODY, 0),
                        new Change.OfRecord(coop, 0),
                        new Change.OfRecord(coop, 1),
                        new Change.OfHost(NOBODY, 1),
                        new Change.OfHost(NOBODY, 3)))
                .containsExactly(APPLIED, APPLIED, APPLIED, LOST, APPLIED);

        assertThat(store.directory().revision()).isEqualTo(4);
    }

    @Test
    void st02_aThousandChangesInOneBatch() {
        List<Change> batch = new ArrayList<>();
        List<Change> after = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Change.OfChat first = Draft.start("c-" + i, t0)
                    .as("s", "1", "d")
                    .due(t0.plusMillis(i))
                    .change();
            batch.add(first);
            after.add(i % 10 == 0 ? first : Draft.on(first).says("hello " + i).change());
        }
        batch.addAll(after);

        List<Committed.Outcome> outcomes = commitAll(batch);

        assertThat(outcomes).hasSize(1_000);
        assertThat(Collections.frequency(outcomes, REPEATED)).isEqualTo(50);
        assertThat(Collections.frequency(outcomes, APPLIED)).isEqualTo(950);
        assertThat(store.live(null)).hasSize(500);
        assertThat(store.log(ChatId.of("c-499"), 0, 10)).hasSize(2);
    }
}
