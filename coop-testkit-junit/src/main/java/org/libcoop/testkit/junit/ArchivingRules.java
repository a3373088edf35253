package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.testkit.junit.ContentionRules.Contestant;

/** ST13: what is over is brought away up to its last entry, and nothing that has not been. */
abstract class ArchivingRules extends ForgettingRules {

    private List<Chat> unarchived() {
        return store.unarchived(null, Store.PAGE);
    }

    private List<ChatId> forgettable() {
        return store.forgettable(t0.plus(LONG), Store.PAGE);
    }

    @Test
    void st13_aChatThatIsOverIsUnarchivedUntilItIsReported() {
        Change.OfChat first = Draft.start("c", t0).change();
        given(first, Draft.start("live", t0).change());
        assertThat(unarchived()).isEmpty();
        Change.OfChat over = Draft.on(first).says("x").ends(t0.plusMillis(1)).change();
        given(over);

        assertThat(unarchived()).containsExactly(over.chat());
        assertThat(forgettable()).isEmpty();
        givenArchived(over);

        assertThat(unarchived()).isEmpty();
        assertThat(forgettable()).containsExactly(over.chat().id());
        assertThat(store.chat(over.chat().id())).contains(over.chat());
    }

    @Test
    void st13_whicheverWayAChatIsOverItIsUnarchived() {
        List<ChatId> over = new ArrayList<>();
        for (Change.OfChat chat : Specimens.chats(t0)) {
            given(chat);
            over.remove(chat.chat().id());
            if (chat.chat().over()) {
                over.add(chat.chat().id());
            }
        }

        assertThat(over).hasSizeGreaterThan(3);
        assertThat(unarchived()).extracting(Chat::id).containsExactlyInAnyOrderElementsOf(over);
    }

    @Test
    void st13_aChatThatBeginsAndEndsInOneChangeIsUnarchived() {
        Change.OfChat over = Draft.start("c", t0).ends(t0).change();
        given(over);

        assertThat(unarchived()).containsExactly(over.chat());
    }

    @Test
    void st13_aChatThatGoesOnAfterItsEndIsUnarchivedAgain() {
        Change.OfChat over = Draft.start("c", t0).ends(t0.plusMillis(1)).change();
        given(over);
        givenArchived(over);
        Change.OfChat rated = Draft.on(over).says("five stars").change();
        given(rated);

        assertThat(unarchived()).containsExactly(rated.chat());
        assertThat(forgettable()).isEmpty();
        givenArchived(over);
        assertThat(unarchived()).as("after a report of an earlier entry").containsExactly(rated.chat());
        givenArchived(rated);

        assertThat(unarchived()).isEmpty();
        assertThat(forgettable()).containsExactly(rated.chat().id());
    }

    @Test
    void st13_aReportCountsForTheLastEntryOfAChatThatIsOverOnly() {
        Change.OfChat over = Draft.start("over", t0).ends(t0).change();
        Change.OfChat live = Draft.start("live", t0).change();
        given(over, live);

        store.archived(Map.of(
                over.chat().id(),
                over.chat().seq() + 1,
                live.chat().id(),
                live.chat().seq(),
                ChatId.of("nobody"),
                1L));
        assertThat(unarchived()).containsExactly(over.chat());
        assertThat(store.live(null)).containsExactly(live.chat());
        Change.OfChat ended = Draft.on(live).ends(t0.plusMillis(1)).change();
        Change.OfChat rated = Draft.on(over).says("thanks").change();
        given(ended, rated);

        assertThat(unarchived()).containsExactly(ended.chat(), rated.chat());
        assertThat(store.chat(ChatId.of("nobody"))).isEmpty();
    }

    @Test
    void st13_aReportMayComeTwiceAndOfNothing() {
        Change.OfChat over = Draft.start("c", t0).ends(t0).change();
        given(over);

        store.archived(Map.of());
        assertThat(unarchived()).hasSize(1);
        givenArchived(over);
        givenArchived(over);

        assertThat(unarchived()).isEmpty();
        assertThat(forgettable()).hasSize(1);
        store.forget(List.of(over.chat().id()));
        givenArchived(over);
        assertThat(forgettable()).isEmpty();
    }

    @Test
    void st13_everyUnarchivedChatIsFoundPageByPage() {
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < 1_250; i++) {
            chats.add(Draft.start("c-" + i, t0).ends(t0).change());
        }
        given(chats);
        givenArchived(chats.get(7), chats.get(1_000));
        List<String> expected = chats.stream()
                .map(change -> change.chat().id().value())
                .filter(id -> !id.equals("c-7") && !id.equals("c-1000"))
                .sorted()
                .toList();

        List<String> found = new ArrayList<>();
        List<Chat> page = store.unarchived(null, 100);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(100);
            page.forEach(chat -> found.add(chat.id().value()));
            page = store.unarchived(page.get(page.size() - 1).id(), 100);
        }

        assertThat(found).isEqualTo(expected);
        assertThat(store.unarchived(null, 5_000)).hasSize(Store.PAGE);
        assertThat(store.unarchived(ChatId.of("c-7"), 1)).extracting(Chat::id).containsExactly(ChatId.of("c-70"));
    }

    @Test
    void st13_anArchivedChatIsForgettableFromExactlyTheInstantOfItsLastChange() {
        Instant end = t0.plusMillis(5_003);
        Change.OfChat prompt = Draft.start("prompt", t0).ends(end).change();
        Change.OfChat late =
                Draft.start("late", t0).ends(end).decidedAt(end.plusMillis(70)).change();
        given(prompt, late);
        givenArchived(prompt, late);

        assertThat(store.forgettable(end.minusMillis(1), 10)).isEmpty();
        assertThat(store.forgettable(end, 10)).containsExactly(ChatId.of("prompt"));
        assertThat(store.forgettable(end.plusMillis(69), 10)).containsExactly(ChatId.of("prompt"));
        assertThat(store.forgettable(end.plusMillis(70), 10)).containsExactly(ChatId.of("prompt"), ChatId.of("late"));

        Change.OfChat rated =
                Draft.on(prompt).says("x").decidedAt(end.plusMillis(500)).change();
        given(rated);
        givenArchived(rated);
        assertThat(store.forgettable(end.plusMillis(499), 10)).containsExactly(ChatId.of("late"));
        assertThat(store.forgettable(end.plusMillis(500), 10)).containsExactly(ChatId.of("late"), ChatId.of("prompt"));
    }

    @Test
    void st13_theLongestUnchangedComesFirst() {
        List<Change.OfChat> chats = new ArrayList<>();
        int[] order = {3, 1, 5, 2, 4};
        for (int place : order) {
            chats.add(Draft.start("c-" + (9 - place), t0)
                    .ends(t0.plusMillis(place))
                    .change());
        }
        given(chats);
        givenArchived(chats.toArray(Change.OfChat[]::new));

        assertThat(store.forgettable(t0.plusMillis(4), 10))
                .extracting(ChatId::value)
                .containsExactly("c-8", "c-7", "c-6", "c-5");
        assertThat(store.forgettable(t0.plusMillis(4), 2))
                .extracting(ChatId::value)
                .containsExactly("c-8", "c-7");
    }

    @Test
    void st13_whatOneHandleReportsTheOtherSees() {
        needs(StoreCapability.SHARED_BY_PROCESSES);
        Change.OfChat over = Draft.start("c", t0).ends(t0).change();
        given(over);

        assertThat(otherHandle().unarchived(null, 10)).containsExactly(over.chat());
        otherHandle().archived(Map.of(over.chat().id(), over.chat().seq()));

        assertThat(unarchived()).isEmpty();
        assertThat(forgettable()).containsExactly(over.chat().id());
    }

    @Test
    void st13_whatIsArchivedAndWhatIsNotIsKnownAfterReopening() {
        needs(StoreCapability.SURVIVES_REOPEN);
        Change.OfChat one = Draft.start("one", t0).ends(t0).change();
        Change.OfChat two = Draft.start("two", t0).ends(t0).change();
        given(one, two);
        givenArchived(one);

        Store again = subject.reopen();

        assertThat(again.unarchived(null, 10)).containsExactly(two.chat());
        assertThat(again.forgettable(t0, 10)).containsExactly(one.chat().id());
    }

    @Test
    void st13_anEntryThatFollowsWhileAReportComesIsNeverTakenForArchived() {
        List<Contestant> contestants = contestants();
        List<Change.OfChat> chats = new ArrayList<>();
        for (int round = 0; round < Race.ROUNDS; round++) {
            chats.add(Draft.start("c-" + round, t0).ends(t0).change());
        }
        given(chats);

        List<List<Optional<Committed>>> outcomes = Race.run(Race.ROUNDS, (round, thread) -> {
            Change.OfChat over = chats.get(round);
            Contestant contestant = contestants.get(thread);
            Change.OfChat more = Draft.on(over).says("by " + thread).change();
            return () -> {
                if (thread % 3 == 0) {
                    return Optional.of(contestant.commit(more));
                }
                contestant.report(over.chat());
                return Optional.empty();
            };
        });

        assertThat(outcomes)
                .allSatisfy(round -> assertThat(round)
                        .extracting(outcome -> outcome.map(Committed::outcome).orElse(null))
                        .containsOnlyOnce(Committed.Outcome.APPLIED));
        assertThat(unarchived()).hasSize(Race.ROUNDS);
        store.forget(chats.stream().map(change -> change.chat().id()).toList());
        assertThat(unarchived()).as("after forgetting").hasSize(Race.ROUNDS);
    }
}
