package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;
import static org.libcoop.testkit.junit.Given.ANA;
import static org.libcoop.testkit.junit.Given.BEN;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent.StillLooking;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.spi.Change;
import org.libcoop.spi.Feed;
import org.libcoop.spi.Topic;

/** ST1 for chats: whole or not at all, exactly on the version it was decided on. */
abstract class ChangeRules extends StoreTests {

    private static final Topic DESK = Topic.stage(Given.DESK);
    private static final Topic BACKUP = Topic.stage(Given.BACKUP);

    @Test
    void st01_aChatIsBegunOnce() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second =
                Draft.start("c", "another patron", t0, null).says("me too").change();

        assertThat(commit(first)).isEqualTo(APPLIED);
        assertThat(commit(first)).isEqualTo(LOST);
        assertThat(commit(second)).isEqualTo(LOST);

        assertThat(store.chat(first.chat().id())).contains(first.chat());
        assertThat(store.log(first.chat().id(), 0, 10)).isEqualTo(first.entries());
        assertThat(store.chatOfPatron("another patron")).isEmpty();
    }

    @Test
    void st01_aChangeDecidedOnAnEarlierEntryLoses() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second = Draft.on(first).says("second").change();
        Change.OfChat late = Draft.on(first).says("late").says("later").change();
        given(first, second);

        assertThat(commit(late)).isEqualTo(LOST);

        assertThat(store.chat(late.chat().id())).contains(second.chat());
        assertThat(store.log(late.chat().id(), 1, 10)).isEqualTo(second.entries());
    }

    @Test
    void st01_aChangeDecidedOnAnEntryThatIsNotThereLoses() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat never = Draft.on(first).says("never committed").change();
        Change.OfChat early = Draft.on(never).says("early").change();
        given(first);

        assertThat(commit(early)).isEqualTo(LOST);

        assertThat(store.chat(early.chat().id())).contains(first.chat());
        assertThat(store.log(early.chat().id(), 0, 10)).isEqualTo(first.entries());
    }

    @Test
    void st01_aChangeOfAChatThatIsNotThereLoses() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second = Draft.on(first).says("second").as("s", "1", "d").change();

        assertThat(commit(second)).isEqualTo(LOST);

        assertThat(store.chat(ChatId.of("c"))).isEmpty();
        assertThat(store.log(ChatId.of("c"), 0, 10)).isEmpty();
        assertThat(store.result(ChatId.of("c"), "s", "1")).isEmpty();
        assertThat(store.live(null)).isEmpty();
    }

    @Test
    void st01_aGuardOfAnotherVersionKeepsNothingOfTheChange() {
        OperatorPresence ana = givenSignedIn(ANA);
        OperatorPresence ben = givenSignedIn(BEN);
        Change.OfChat first =
                Draft.start("c", t0).waitsOn(DESK).due(t0.plusMillis(30_000)).change();
        given(first);
        String cursor = store.cursor();
        for (long wrong : new long[] {0, ana.version() - 1, ana.version() + 1, Long.MAX_VALUE}) {
            Change.OfChat change = Draft.on(first)
                    .claimedBy(ANA, t0.plusMillis(1), wrong)
                    .says("mine")
                    .lowers(BEN)
                    .as("ana", "claim", "d")
                    .waitsOn(BACKUP)
                    .due(t0.plusMillis(5))
                    .change();

            assertThat(commit(change)).as("guard of version %s", wrong).isEqualTo(LOST);
        }

        assertNothingOf(first, cursor);
        assertThat(store.presence(ANA, 0)).containsExactly(ana);
        assertThat(store.presence(BEN, 0)).containsExactly(ben);
    }

    @Test
    void st01_aGuardOnARowThatIsNotThereKeepsNothingOfTheChange() {
        Change.OfChat begun = Draft.start("c", t0)
                .guard(ANA, 1)
                .waitsOn(DESK)
                .as("s", "1", "d")
                .change();

        assertThat(commit(begun)).isEqualTo(LOST);

        assertThat(store.chat(begun.chat().id())).isEmpty();
        assertThat(store.log(begun.chat().id(), 0, 10)).isEmpty();
        assertThat(store.chatOfPatron(begun.chat().patronKeyHash())).isEmpty();
        assertThat(store.result(begun.chat().id(), "s", "1")).isEmpty();
        assertThat(store.waitingOn(DESK, null)).isEmpty();
        assertThat(store.live(null)).isEmpty();
        assertThat(store.presence(ANA, 0)).isEmpty();
    }

    @Test
    void st01_aLostChangeRaisesAndLowersNothing() {
        OperatorPresence ana = givenSignedIn(ANA);
        OperatorPresence ben = givenSignedIn(BEN);
        Change.OfChat first =
                Draft.start("c", t0).waitsOn(DESK).due(t0.plusMillis(30_000)).change();
        given(first);
        String cursor = store.cursor();
        Change.OfChat never = Draft.on(first).says("never committed").change();
        Change.OfChat claim = Draft.on(never)
                .claimedBy(ANA, t0.plusMillis(1), ana.version())
                .lowers(BEN)
                .as("ana", "claim", "d")
                .waitsOn(BACKUP)
                .due(t0.plusMillis(5))
                .change();

        assertThat(commit(claim)).isEqualTo(LOST);

        assertNothingOf(first, cursor);
        assertThat(store.presence(ANA, 0)).containsExactly(ana);
        assertThat(store.presence(BEN, 0)).containsExactly(ben);
    }

    /** Nothing of a change of chat "c" by command "ana"/"claim" is there, only {@code before}. */
    private void assertNothingOf(Change.OfChat before, String cursor) {
        ChatId chat = before.chat().id();
        assertThat(store.chat(chat)).contains(before.chat());
        assertThat(store.log(chat, 0, 10)).isEqualTo(before.entries());
        assertThat(store.result(chat, "ana", "claim")).isEmpty();
        assertThat(store.waitingOn(DESK, null)).containsExactly(chat);
        assertThat(store.waitingOn(BACKUP, null)).isEmpty();
        assertThat(store.due(t0.plusMillis(29_999), 10)).isEmpty();
        assertThat(store.due(t0.plusMillis(30_000), 10)).containsExactly(before.chat());
        assertThat(store.changes(cursor, 10).hints()).doesNotHaveAnyElementsOfTypes(Feed.Hint.OfPresence.class);
    }

    @Test
    void st01_aGuardThatHoldsGivesItsOperatorOneChatMore() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat first = Draft.start("c", t0).change();
        given(first);
        Instant claimedAt = t0.plusMillis(1_001);
        Instant decidedAt = t0.plusMillis(1_003);

        assertThat(commit(Draft.on(first)
                        .claimedBy(ANA, claimedAt, ana.version())
                        .decidedAt(decidedAt)
                        .change()))
                .isEqualTo(APPLIED);

        OperatorPresence more = ana.oneChatMore(decidedAt).successor();
        assertThat(store.presence(ANA, 0)).containsExactly(ana, more);
    }

    @Test
    void st01_aGuardOfVersionNoneHoldsForAnOperatorNobodyHasHeardOf() {
        Change.OfChat first = Draft.start("c", t0).guard(ANA, 0).change();
        Change.OfChat again = Draft.start("d", t0).guard(ANA, 0).change();

        assertThat(commit(first)).isEqualTo(APPLIED);
        assertThat(commit(again)).isEqualTo(LOST);

        assertThat(store.presence(ANA, 0))
                .containsExactly(OperatorPresence.unknown(ANA).oneChatMore(t0).successor());
        assertThat(store.chat(again.chat().id())).isEmpty();
    }

    @Test
    void st01_oneClaimTakesTheGroundFromTheNext() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat one = Draft.start("c", t0).change();
        Change.OfChat two = Draft.start("d", t0).change();
        given(one, two);

        assertThat(commit(Draft.on(one).claimedBy(ANA, t0, ana.version()).change()))
                .isEqualTo(APPLIED);
        assertThat(commit(Draft.on(two).claimedBy(ANA, t0, ana.version()).change()))
                .isEqualTo(LOST);
        assertThat(commit(Draft.on(two).claimedBy(ANA, t0, ana.version() + 1).change()))
                .isEqualTo(APPLIED);

        assertThat(row(ANA).openChats()).isEqualTo(2);
    }

    @Test
    void st01_lowersTakesAChatAwayFromTheReleaseOn() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat claimed = claimedByAna(ana);
        Instant lostAt = t0.plusMillis(60_007);

        given(Draft.on(claimed)
                .loses(ANA, lostAt)
                .then(t0.plusMillis(90_000), new StillLooking())
                .change());

        OperatorPresence more = ana.oneChatMore(t0.plusMillis(10)).successor();
        assertThat(store.presence(ANA, 0))
                .containsExactly(ana, more, more.oneChatLess(lostAt).successor());
    }

    @Test
    void st01_lowersHoldsWhateverTheVersionOfTheRow() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat claimed = claimedByAna(ana);
        OperatorPresence left =
                row(ANA).signedOut(t0.plusMillis(20), SignOff.self(ANA)).successor();
        given(new Change.OfPresence(left));

        assertThat(commit(Draft.on(claimed).ends(t0.plusMillis(30)).lowers(ANA).change()))
                .isEqualTo(APPLIED);

        assertThat(row(ANA)).isEqualTo(left.oneChatLess(t0.plusMillis(30)).successor());
    }

    @Test
    void st01_lowersNeverGoesBelowNone() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat first = Draft.start("c", t0).lowers(ANA).change();

        assertThat(commit(first)).isEqualTo(APPLIED);

        assertThat(row(ANA).openChats()).isZero();
        assertThat(row(ANA).signedIn()).isEqualTo(ana.signedIn());
    }

    @Test
    void st01_lowersOfAnUnknownOperatorIsNoFault() {
        Change.OfChat first = Draft.start("c", t0).lowers(ANA).change();

        assertThat(commit(first)).isEqualTo(APPLIED);

        assertThat(store.chat(first.chat().id())).contains(first.chat());
        assertThat(row(ANA).openChats()).isZero();
        assertThat(row(ANA).signedIn()).isFalse();
    }

    @Test
    void st01_aTransferRaisesOneOperatorAndLowersTheOther() {
        OperatorPresence ana = givenSignedIn(ANA);
        OperatorPresence ben = givenSignedIn(BEN);
        Change.OfChat claimed = claimedByAna(ana);
        Instant at = t0.plusMillis(50);

        given(Draft.on(claimed).loses(ANA, at).claimedBy(BEN, at, ben.version()).change());

        assertThat(row(ANA).openChats()).isZero();
        assertThat(row(BEN)).isEqualTo(ben.oneChatMore(at).successor());
    }

    @Test
    void st01_whoIsRaisedAndLoweredAtOnceHasAsManyAsBefore() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat claimed = claimedByAna(ana);
        long version = row(ANA).version();
        Instant at = t0.plusMillis(50);

        given(Draft.on(claimed).loses(ANA, at).claimedBy(ANA, at, version).change());

        assertThat(row(ANA).openChats()).isEqualTo(1);
        assertThat(row(ANA).version()).isEqualTo(version + 2);
        assertThat(store.presence(ANA, version))
                .extracting(OperatorPresence::version)
                .isEqualTo(List.of(version + 1, version + 2));
    }

    private Change.OfChat claimedByAna(OperatorPresence ana) {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat claimed =
                Draft.on(first).claimedBy(ANA, t0.plusMillis(10), ana.version()).change();
        given(first, claimed);
        return claimed;
    }
}
