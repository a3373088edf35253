package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.testkit.junit.ContentionRules.Contestant;

/** ST14 to ST16: what people wrote goes away for good, and nothing else does. */
abstract class ErasureRules extends ArchivingRules {

    private static final ChatId CHAT = ChatId.of("over");
    private static final Content STEWART = new Content.PatronDetails(
            "Stewart", "stewart@example.org", "https://example.org", "Browser/1.0", "192.0.2.7", true);

    /** Of four entries: the begin with what is known of the patron, two messages, the end. */
    private Change.OfChat givenOver() {
        Change.OfChat over = Draft.start("over", "stewart", t0, STEWART)
                .says("first")
                .says("second")
                .ends(t0.plusMillis(1))
                .as("s", "1", "d")
                .change();
        given(over);
        return over;
    }

    private static List<Logged> withoutContent(List<Logged> entries) {
        return entries.stream().map(Logged::withoutContent).toList();
    }

    // ---- ST14

    @Test
    void st14_deletedContentIsGoneAtOnceAndTheRestStays() {
        Change.OfChat over = givenOver();
        Change.OfChat other = Draft.start("other", t0).says("mine").ends(t0).change();
        given(other);

        boolean deleted = store.deleteContent(CHAT);

        assertThat(deleted).isTrue();
        assertThat(store.log(CHAT, 0, 10)).isEqualTo(withoutContent(over.entries()));
        assertThat(store.beginnings(List.of(CHAT), 10).get(CHAT)).isEqualTo(withoutContent(over.entries()));
        assertThat(otherHandle().log(CHAT, 0, 10)).as("elsewhere").isEqualTo(withoutContent(over.entries()));
        assertThat(store.chat(CHAT)).contains(over.chat());
        assertThat(store.chatOfPatron("stewart")).contains(over.chat());
        assertThat(store.result(CHAT, "s", "1")).isPresent();
        assertThat(store.unarchived(null, 10)).containsExactly(other.chat(), over.chat());
        assertThat(store.log(other.chat().id(), 0, 10)).isEqualTo(other.entries());
    }

    @Test
    void st14_anEntryThatFollowsIsKeptWithoutItsContent() {
        Change.OfChat over = givenOver();
        store.deleteContent(CHAT);
        Change.OfChat alone = Draft.on(over).says("third").change();
        Change.OfChat twice = Draft.on(alone).says("fourth").change();
        Change.OfChat again = Draft.on(twice).says("fifth").change();

        assertThat(commit(alone)).isEqualTo(Committed.Outcome.APPLIED);
        assertThat(commitAll(twice, again)).containsOnly(Committed.Outcome.APPLIED);

        List<Logged> log = store.log(CHAT, 0, 10);
        assertThat(log).hasSize(7).extracting(Logged::content).containsOnlyNulls();
        assertThat(log.get(6)).isEqualTo(again.entries().get(0).withoutContent());
        assertThat(store.chat(CHAT)).contains(again.chat());
    }

    @Test
    void st14_aLiveChatKeepsItsContent() {
        Change.OfChat live = Draft.start("over", t0).says("x").change();
        given(live);

        assertThat(store.deleteContent(CHAT)).isFalse();
        Change.OfChat more = Draft.on(live).says("y").change();
        given(more);

        assertThat(store.log(CHAT, 0, 2)).isEqualTo(live.entries());
        assertThat(store.log(CHAT, 2, 1)).isEqualTo(more.entries());
    }

    @Test
    void st14_theAnswerIsWhetherThereIsSuchAChatThatIsOver() {
        Change.OfChat over = givenOver();

        assertThat(store.deleteContent(ChatId.of("nobody"))).isFalse();
        assertThat(store.deleteContent(ChatId.of("OVER"))).isFalse();
        assertThat(store.deleteContent(CHAT)).isTrue();
        assertThat(otherHandle().deleteContent(CHAT)).isTrue();
        givenArchived(over);
        assertThat(store.deleteContent(CHAT)).isTrue();
        assertThat(store.forgettable(t0.plus(LONG), 10)).as("still archived").containsExactly(CHAT);
        store.forget(List.of(CHAT));
        assertThat(store.deleteContent(CHAT)).isFalse();
    }

    @Test
    void st14_whatWasDeletedIsGoneAfterReopening() {
        needs(StoreCapability.SURVIVES_REOPEN);
        Change.OfChat over = givenOver();
        store.deleteContent(CHAT);

        Store again = subject.reopen();

        assertThat(again.log(CHAT, 0, 10)).isEqualTo(withoutContent(over.entries()));
        Change.OfChat more = Draft.on(over).says("third").change();
        assertThat(again.commit(join(again, "next life"), List.of(more))).containsExactly(Committed.APPLIED);
        assertThat(again.log(CHAT, 4, 10)).isEqualTo(withoutContent(more.entries()));
    }

    @Test
    void st14_noContentSurvivesADeletionWhileOthersWrite() {
        List<Contestant> contestants = contestants();
        List<Change.OfChat> chats = new ArrayList<>();
        for (int round = 0; round < Race.ROUNDS; round++) {
            chats.add(Draft.start("c-" + round, t0).says("x").ends(t0).change());
        }
        given(chats);

        Race.run(Race.ROUNDS, (round, thread) -> {
            Change.OfChat over = chats.get(round);
            Contestant contestant = contestants.get(thread);
            Change.OfChat more = Draft.on(over).says("by " + thread).change();
            return () -> thread < 2
                    ? contestant.deleteContent(over.chat().id())
                    : contestant.commit(more).outcome() == Committed.Outcome.APPLIED;
        });

        for (Change.OfChat chat : chats) {
            assertThat(store.log(chat.chat().id(), 0, 10))
                    .hasSize(4)
                    .extracting(Logged::content)
                    .containsOnlyNulls();
        }
    }

    // ---- ST15

    @Test
    void st15_aRedactedMessageSaysTheOtherTextAndTheRestStays() {
        Change.OfChat over = givenOver();

        boolean redacted = store.redact(CHAT, 2, "[name removed]");

        assertThat(redacted).isTrue();
        List<Logged> expected = new ArrayList<>(over.entries());
        expected.set(1, expected.get(1).redacted("[name removed]"));
        assertThat(expected.get(1).content()).isEqualTo(new Content.Text("[name removed]"));
        assertThat(store.log(CHAT, 0, 10)).isEqualTo(expected);
        assertThat(otherHandle().log(CHAT, 0, 10)).as("elsewhere").isEqualTo(expected);
        assertThat(store.chat(CHAT)).contains(over.chat());
        assertThat(store.redact(CHAT, 2, "again")).isTrue();
        assertThat(store.log(CHAT, 1, 1)).extracting(Logged::content).containsExactly(new Content.Text("again"));
    }

    @Test
    void st15_theAnswerIsWhetherThereIsSuchAMessage() {
        Change.OfChat over = givenOver();
        Change.OfChat live = Draft.start("live", t0).says("x").change();
        given(live);

        for (long none : new long[] {-1, 0, 1, 4, 5}) {
            assertThat(store.redact(CHAT, none, "y")).as("entry %s", none).isFalse();
        }
        assertThat(store.redact(live.chat().id(), 2, "y")).as("live").isFalse();
        assertThat(store.redact(ChatId.of("nobody"), 2, "y")).isFalse();

        assertThat(store.log(CHAT, 0, 10)).isEqualTo(over.entries());
        assertThat(store.log(live.chat().id(), 0, 10)).isEqualTo(live.entries());
    }

    @Test
    void st15_aRedactedFileSaysTheTextInPlaceOfNameAndType() {
        Logged shared = new Logged(
                2,
                t0,
                new ChatEvent.FileShared(Author.patron(), FileId.of("shared.f1"), 7),
                new Content.FileDetails("thesis.pdf", "application/pdf"));
        Change.OfChat over = Draft.start("shared", t0)
                .then(shared.at(), shared.event(), shared.content())
                .then(t0, new ChatEvent.ChatMissed(MissedReason.GAVE_UP))
                .change();
        given(over);
        ChatId chat = over.chat().id();
        assertThat(store.log(chat, 1, 1)).containsExactly(shared);

        assertThat(store.redact(chat, 2, "[gone]")).isTrue();

        Logged gone = new Logged(2, t0, shared.event(), new Content.Text("[gone]"));
        assertThat(store.log(chat, 1, 1)).containsExactly(gone);
        assertThat(otherHandle().log(chat, 1, 1)).as("elsewhere").containsExactly(gone);
        assertThat(store.chat(chat)).contains(over.chat());
    }

    @Test
    void st15_whatWasDeletedDoesNotComeBackRedacted() {
        Change.OfChat over = givenOver();
        store.deleteContent(CHAT);

        assertThat(store.redact(CHAT, 2, "y")).isTrue();

        assertThat(store.log(CHAT, 0, 10)).isEqualTo(withoutContent(over.entries()));
    }

    @Test
    void st15_aRedactedTextIsDeletedToo() {
        Change.OfChat over = givenOver();
        store.redact(CHAT, 3, "y");

        store.deleteContent(CHAT);

        assertThat(store.log(CHAT, 0, 10)).isEqualTo(withoutContent(over.entries()));
    }

    @Test
    void st15_aRedactedTextKeepsEveryCharacter() {
        givenOver();
        for (String text :
                List.of("", " ", "quote ' double \" back \\ {\"json\":[null]} %_", "\ud83d\ude00 e\u0301\r\n\t")) {
            store.redact(CHAT, 2, text);

            assertThat(store.log(CHAT, 1, 1)).extracting(Logged::content).containsExactly(new Content.Text(text));
        }
    }

    // ---- ST16

    @Test
    void st16_nothingSaysWhoThePatronWasAndTheRestStays() {
        Change.OfChat over = givenOver();
        Change.OfChat other =
                Draft.start("other", "olga", t0, STEWART).says("mine").ends(t0).change();
        given(other);

        boolean anonymised = store.anonymise(CHAT);

        assertThat(anonymised).isTrue();
        List<Logged> expected = over.entries().stream().map(Logged::anonymised).toList();
        assertThat(expected.get(0).content())
                .isEqualTo(new Content.PatronDetails(null, null, "https://example.org", null, null, true));
        assertThat(store.log(CHAT, 0, 10)).isEqualTo(expected);
        assertThat(store.beginnings(List.of(CHAT), 10).get(CHAT)).isEqualTo(expected);
        assertThat(otherHandle().log(CHAT, 0, 10)).as("elsewhere").isEqualTo(expected);
        assertThat(store.chat(CHAT)).contains(over.chat());
        assertThat(store.unarchived(null, 10)).containsExactly(other.chat(), over.chat());
        assertThat(store.log(other.chat().id(), 0, 10)).isEqualTo(other.entries());
    }

    @Test
    void st16_theAnswerIsWhetherThereIsSuchAChatThatIsOver() {
        Change.OfChat over = givenOver();
        Change.OfChat live = Draft.start("live", "olga", t0, STEWART).says("x").change();
        given(live);

        assertThat(store.anonymise(ChatId.of("nobody"))).isFalse();
        assertThat(store.anonymise(live.chat().id())).as("live").isFalse();
        assertThat(store.log(live.chat().id(), 0, 10)).isEqualTo(live.entries());
        assertThat(store.anonymise(CHAT)).isTrue();
        assertThat(otherHandle().anonymise(CHAT)).isTrue();
        givenArchived(over);
        assertThat(store.anonymise(CHAT)).isTrue();
        assertThat(store.forgettable(t0.plus(LONG), 10)).as("still archived").containsExactly(CHAT);
        store.forget(List.of(CHAT));
        assertThat(store.anonymise(CHAT)).isFalse();
    }

    @Test
    void st16_whatWasDeletedDoesNotComeBackAndWhatFollowsIsKept() {
        Change.OfChat over = givenOver();
        store.deleteContent(CHAT);
        Change.OfChat other =
                Draft.start("other", "olga", t0, STEWART).says("mine").ends(t0).change();
        given(other);
        store.anonymise(other.chat().id());
        Change.OfChat more = Draft.on(other).says("more").change();
        given(more);

        assertThat(store.anonymise(CHAT)).isTrue();

        assertThat(store.log(CHAT, 0, 10)).isEqualTo(withoutContent(over.entries()));
        assertThat(store.log(other.chat().id(), 3, 1)).isEqualTo(more.entries());
        store.deleteContent(other.chat().id());
        assertThat(store.log(other.chat().id(), 0, 10))
                .extracting(Logged::content)
                .containsOnlyNulls();
    }
}
