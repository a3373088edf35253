package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;
import static org.libcoop.spi.Committed.Outcome.REPEATED;
import static org.libcoop.testkit.junit.Given.ANA;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.RecordKey;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Committed.Outcome;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredDirectory;

/** ST1, ST4, ST6 and ST12 when eight nodes want the same thing at the same moment. */
abstract class ContentionRules extends ChangeRules {

    private static final int BUSY_TRIES = 1_000;

    /** A node, and what it does again while others are in its way. */
    record Contestant(Store store, NodeId node) {

        Committed commit(Change change) {
            return again(() -> store.commit(node, List.of(change)).get(0));
        }

        void report(Chat archived) {
            again(() -> {
                store.archived(Map.of(archived.id(), archived.seq()));
                return true;
            });
        }

        boolean deleteContent(ChatId chat) {
            return again(() -> store.deleteContent(chat));
        }

        private static <T> T again(Supplier<T> call) {
            for (int i = 0; i < BUSY_TRIES; i++) {
                try {
                    return call.get();
                } catch (StoreException e) {
                    if (!e.busy()) {
                        throw e;
                    }
                }
            }
            throw new AssertionError("the store was busy at each of " + BUSY_TRIES + " tries");
        }
    }

    /** As many nodes as the race has threads, on both handles where the store has two. */
    List<Contestant> contestants() {
        List<Contestant> contestants = new ArrayList<>();
        for (int i = 0; i < Race.THREADS; i++) {
            Store handle = i % 2 == 0 ? store : otherHandle();
            contestants.add(new Contestant(handle, join(handle, "contestant-" + i)));
        }
        return contestants;
    }

    /** Lets all contestants commit what they make of the round's head at once; in each round one applies, the others lose. */
    private void raceOn(int rounds, ChatId chat, BiFunction<Chat, Integer, Change.OfChat> change) {
        List<Contestant> contestants = contestants();
        List<List<Committed>> outcomes = Race.run(rounds, (round, thread) -> {
            Contestant contestant = contestants.get(thread);
            Change.OfChat next = change.apply(contestant.store().chat(chat).orElseThrow(), thread);
            return () -> contestant.commit(next);
        });
        assertOneWinnerEach(outcomes);
    }

    private static void assertOneWinnerEach(List<List<Committed>> outcomes) {
        for (int round = 0; round < outcomes.size(); round++) {
            List<Outcome> of =
                    outcomes.get(round).stream().map(Committed::outcome).toList();
            assertThat(Collections.frequency(of, APPLIED))
                    .as("winners of round %s: %s", round, of)
                    .isEqualTo(1);
            assertThat(Collections.frequency(of, LOST))
                    .as("losers of round %s: %s", round, of)
                    .isEqualTo(of.size() - 1);
        }
    }

    @Test
    void st01_ofSeveralThatExpectTheSameExactlyOneWins() {
        Change.OfChat first = Draft.start("c", t0).change();
        given(first);

        raceOn(
                Race.ROUNDS,
                first.chat().id(),
                (head, thread) -> Draft.on(head).says("I am " + thread).change());

        Chat head = store.chat(first.chat().id()).orElseThrow();
        assertThat(head.seq()).isEqualTo(1 + Race.ROUNDS);
    }

    @Test
    void st01_ofSeveralThatBeginOneChatExactlyOneWins() {
        List<Contestant> contestants = contestants();

        List<List<Committed>> outcomes = Race.run(Race.ROUNDS, (round, thread) -> {
            Change.OfChat first =
                    Draft.start("c-" + round, "patron " + thread, t0, null).change();
            return () -> contestants.get(thread).commit(first);
        });

        assertOneWinnerEach(outcomes);
        assertThat(store.live(null)).hasSize(Race.ROUNDS);
    }

    @Test
    void st01_ofSeveralClaimsOnOneRowExactlyOneWins() {
        long version = givenSignedIn(ANA).version();
        List<Contestant> contestants = contestants();
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < Race.THREADS * Race.ROUNDS; i++) {
            chats.add(Draft.start("c-" + i, t0).change());
        }
        for (int from = 0; from < chats.size(); from += 500) {
            given(chats.subList(from, Math.min(chats.size(), from + 500)));
        }

        List<List<Committed>> outcomes = Race.run(Race.ROUNDS, (round, thread) -> {
            Change.OfChat claim = Draft.on(chats.get(round * Race.THREADS + thread))
                    .claimedBy(ANA, t0, version + round)
                    .change();
            return () -> contestants.get(thread).commit(claim);
        });

        assertOneWinnerEach(outcomes);
        assertThat(row(ANA).openChats()).isEqualTo(Race.ROUNDS);
        assertThat(row(ANA).version()).isEqualTo(version + Race.ROUNDS);
        long claimed = chats.stream()
                .filter(chat -> store.log(chat.chat().id(), 1, 1).size() == 1)
                .count();
        assertThat(claimed).isEqualTo(Race.ROUNDS);
    }

    @Test
    void st01_noLoweringIsLostAmongOthers() {
        givenSignedIn(ANA);
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < Race.THREADS * 20; i++) {
            chats.add(Draft.start("c-" + i, t0)
                    .claimedBy(ANA, t0, row(ANA).version() + i)
                    .change());
        }
        given(chats);
        long version = row(ANA).version();
        List<Contestant> contestants = contestants();

        List<List<Committed>> outcomes = Race.run(20, (round, thread) -> {
            Change.OfChat end = Draft.on(chats.get(round * Race.THREADS + thread))
                    .ends(t0.plusMillis(round))
                    .lowers(ANA)
                    .change();
            return () -> contestants.get(thread).commit(end);
        });

        assertThat(outcomes).allSatisfy(round -> assertThat(round).containsOnly(Committed.APPLIED));
        assertThat(row(ANA).openChats()).isZero();
        assertThat(row(ANA).version()).isEqualTo(version + chats.size());
    }

    @Test
    void st04_ofManyThatSendOneCommandAgainOneAppliesAndAllKnowTheResult() {
        Change.OfChat first = Draft.start("c", t0).change();
        given(first);
        ChatId chat = first.chat().id();
        List<Contestant> contestants = contestants();

        List<List<Committed>> outcomes = Race.run(Race.ROUNDS, (round, thread) -> {
            Contestant contestant = contestants.get(thread);
            Change.OfChat next = Draft.on(contestant.store().chat(chat).orElseThrow())
                    .says("round " + round)
                    .as("patron", "command-" + round, "digest")
                    .change();
            return () -> contestant.commit(next);
        });

        for (List<Committed> round : outcomes) {
            List<Outcome> of = round.stream().map(Committed::outcome).toList();
            assertThat(Collections.frequency(of, APPLIED)).as("%s", of).isEqualTo(1);
            assertThat(Collections.frequency(of, REPEATED)).as("%s", of).isEqualTo(of.size() - 1);
        }
        assertThat(store.chat(chat).orElseThrow().seq()).isEqualTo(1 + Race.ROUNDS);
    }

    @Test
    void st06_aLogStaysDenseUnderContention() {
        int rounds = 50;
        Change.OfChat first = Draft.start("c", t0).change();
        given(first);

        raceOn(rounds, first.chat().id(), (head, thread) -> {
            Draft next = Draft.on(head);
            for (int i = 0; i <= thread; i++) {
                next.says(thread + " says " + i);
            }
            return next.change();
        });

        List<Logged> log = store.log(first.chat().id(), 0, Store.PAGE);
        Chat head = Chat.started(first.chat().id(), log.get(0));
        for (Logged entry : log.subList(1, log.size())) {
            head = head.evolve(entry);
        }
        assertThat(store.chat(first.chat().id())).contains(head);
    }

    @Test
    void st12_changesAtTheSameMomentGetNumbersOfTheirOwn() {
        int rounds = 25;
        List<Contestant> contestants = contestants();

        List<List<Committed>> outcomes = Race.run(rounds, (round, thread) -> {
            Coop coop = Coop.local(CoopId.of("coop-" + thread), "round " + round);
            return () -> contestants.get(thread).commit(new Change.OfRecord(coop, round));
        });

        assertThat(outcomes).allSatisfy(round -> assertThat(round).containsOnly(Committed.APPLIED));
        long last = (long) rounds * Race.THREADS;
        assertThat(store.directory().revision()).isEqualTo(last);
        for (long number = 2; number <= last; number++) {
            StoredDirectory before = store.directory(number - 1).orElseThrow();
            StoredDirectory after = store.directory(number).orElseThrow();
            long changed = after.records().entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(before.records().get(entry.getKey())))
                    .count();
            assertThat(changed).as("records changed by revision %s", number).isEqualTo(1);
        }
    }

    @Test
    void st01_ofSeveralVersionsOfOneRecordExactlyOneWins() {
        List<Contestant> contestants = contestants();
        RecordKey key = RecordKey.of(Given.ACADEMIC);

        List<List<Committed>> outcomes = Race.run(50, (round, thread) -> {
            Coop coop = Coop.local(Given.ACADEMIC, "of " + thread);
            return () -> contestants.get(thread).commit(new Change.OfRecord(coop, round));
        });

        assertOneWinnerEach(outcomes);
        assertThat(store.directory().records().get(key)).extracting("version").isEqualTo(50L);
        assertThat(store.directory().revision()).isEqualTo(50);
    }

    @Test
    void st01_ofSeveralRecordsDecidedOnOneRevisionExactlyOneWins() {
        List<Contestant> contestants = contestants();

        List<List<Committed>> outcomes = Race.run(50, (round, thread) -> {
            Contestant contestant = contestants.get(thread);
            Coop own = Coop.local(CoopId.of("of-" + thread), "round " + round);
            StoredDirectory.Versioned known =
                    contestant.store().directory().records().get(own.key());
            long version = known == null ? 0 : known.version();
            return () -> contestant.commit(new Change.OfRecord(own, version, (long) round));
        });

        assertOneWinnerEach(outcomes);
        assertThat(store.directory().revision()).isEqualTo(50);
    }
}
