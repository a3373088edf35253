package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.Given.ANA;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;

/** ST3 for chats: what is answered APPLIED is kept, whole and equal, for every reader, for good. */
abstract class KeepingRules extends BatchRules {

    @Test
    void st03_everyKindOfEventAndContentIsKept() {
        List<Change.OfChat> changes = Specimens.chats(t0);
        Set<ChatEvent.Kind> kinds = EnumSet.noneOf(ChatEvent.Kind.class);
        changes.forEach(change ->
                change.entries().forEach(entry -> kinds.add(entry.event().kind())));
        assertThat(kinds).as("kinds of event among the specimens").containsExactly(ChatEvent.Kind.values());

        given(changes);

        for (Change.OfChat change : changes) {
            List<Logged> log = store.log(
                    change.chat().id(), change.expectedSeq(), change.entries().size());
            assertThat(log).isEqualTo(change.entries());
        }
    }

    @Test
    void st03_everyPhaseIsKeptAndEachLogAddsUpToItsHead() {
        List<Change.OfChat> changes = Specimens.chats(t0);
        Set<Phase.Kind> phases = EnumSet.noneOf(Phase.Kind.class);

        for (Change.OfChat change : changes) {
            given(change);
            Chat head = store.chat(change.chat().id()).orElseThrow();
            assertThat(head).isEqualTo(change.chat());
            assertThat(added(head.id())).isEqualTo(head);
            phases.add(head.phase().kind());
        }

        assertThat(phases).as("phases of the specimens").containsExactly(Phase.Kind.values());
    }

    private Chat added(ChatId chat) {
        List<Logged> log = store.log(chat, 0, Store.PAGE);
        Chat head = Chat.started(chat, log.get(0));
        for (Logged entry : log.subList(1, log.size())) {
            head = head.evolve(entry);
        }
        return head;
    }

    @Test
    void st03_everyPartOfThePatronsDetailsIsKeptOrStaysUnknown() {
        List<Content.PatronDetails> patrons = List.of(
                Content.PatronDetails.NONE,
                new Content.PatronDetails("N", null, null, null, false),
                new Content.PatronDetails(null, "E", null, null, true),
                new Content.PatronDetails(null, null, "R", null, false),
                new Content.PatronDetails(null, null, null, "U", true),
                new Content.PatronDetails(null, null, null, null, "A", false),
                new Content.PatronDetails("", "", "", "", "", false),
                new Content.PatronDetails("null", " ", "\t", "\"\"", "\\", true));

        for (int i = 0; i < patrons.size(); i++) {
            given(Draft.start("c-" + i, "p-" + i, t0, patrons.get(i)).change());
        }

        for (int i = 0; i < patrons.size(); i++) {
            assertThat(store.log(ChatId.of("c-" + i), 0, 1).get(0).content()).isEqualTo(patrons.get(i));
        }
    }

    @Test
    void st03_anEntryWithoutContentHasNone() {
        Change.OfChat first = Draft.start("c", "p", t0, null).change();
        Change.OfChat second = Draft.on(first).says("").change();
        given(first, second);

        assertThat(store.log(first.chat().id(), 0, 2))
                .extracting(Logged::content)
                .containsExactly(null, new Content.Text(""));
    }

    @Test
    void st03_aHeadKeepsUpToWhenItWasJudged() {
        Change.OfChat first = Draft.start("c", t0).judged(t0.plusMillis(4_321)).change();
        Change.OfChat second =
                Draft.on(first).says("x").judged(t0.plusMillis(9_999)).change();

        given(first);
        assertThat(store.chat(first.chat().id())).contains(first.chat());
        given(second);
        assertThat(store.chat(first.chat().id())).contains(second.chat());
    }

    @Test
    void st03_whatIsNotThereIsEmpty() {
        ChatId nobody = ChatId.of("nobody");

        assertThat(store.chat(nobody)).isEmpty();
        assertThat(store.chatOfPatron("nobody")).isEmpty();
        assertThat(store.log(nobody, 0, 10)).isEmpty();
        assertThat(store.result(nobody, "s", "1")).isEmpty();
        assertThat(store.presence(ANA, 0)).isEmpty();
        assertThat(store.presenceSince(t0)).isEmpty();
        assertThat(store.due(t0.plus(LONG), 10)).isEmpty();
        assertThat(store.live(null)).isEmpty();
        assertThat(store.unarchived(null, 10)).isEmpty();
        assertThat(store.forgettable(t0.plus(LONG), 10)).isEmpty();
        assertThat(store.waitingOn(Topic.owner(ANA), null)).isEmpty();
        assertThat(store.directory().host()).isNull();
        assertThat(store.directory().revision()).isZero();
        assertThat(store.directory().records()).isEmpty();
    }

    @Test
    void st03_theChatOfAPatronIsTheNewest() {
        Change.OfChat first = Draft.start("z-first", "stewart", t0, null).change();
        Change.OfChat over = Draft.on(first).ends(t0.plusMillis(1)).change();
        Change.OfChat second =
                Draft.start("a-second", "stewart", t0.plusMillis(2), null).change();
        Change.OfChat stranger =
                Draft.start("b", "Stewart", t0.plusMillis(3), null).change();

        given(first);
        assertThat(store.chatOfPatron("stewart")).contains(first.chat());
        given(over);
        assertThat(store.chatOfPatron("stewart")).contains(over.chat());
        given(second, stranger);
        assertThat(store.chatOfPatron("stewart")).contains(second.chat());
        assertThat(store.chatOfPatron("stewar")).isEmpty();
    }

    @Test
    void st03_whatOneHandleAppliedTheOtherSeesAtOnce() {
        needs(StoreCapability.SHARED_BY_PROCESSES);
        Store other = otherHandle();
        NodeId far = join(other, "far");
        Change.OfChat first = Draft.start("c", t0)
                .waitsOn(Topic.owner(ANA))
                .due(t0)
                .as("s", "1", "d")
                .change();
        Change.OfChat second = Draft.on(first).says("from afar").change();

        assertThat(other.chat(first.chat().id())).isEmpty();
        given(first);
        assertThat(other.chat(first.chat().id())).contains(first.chat());
        assertThat(other.due(t0, 10)).containsExactly(first.chat());
        assertThat(other.waitingOn(Topic.owner(ANA), null))
                .containsExactly(first.chat().id());
        assertThat(other.result(first.chat().id(), "s", "1")).contains(first.result());

        assertThat(other.commit(far, List.of(second))).containsExactly(Committed.APPLIED);
        assertThat(store.chat(first.chat().id())).contains(second.chat());
        assertThat(store.log(first.chat().id(), 1, 10)).isEqualTo(second.entries());
        assertThat(commit(Draft.on(first).says("too late").change())).isEqualTo(Committed.Outcome.LOST);
    }

    @Test
    void st03_presenceAndDirectoryOfOneHandleAreSeenByTheOtherAtOnce() {
        needs(StoreCapability.SHARED_BY_PROCESSES);
        Store other = otherHandle();

        assertThat(other.directory().revision()).isZero();
        given(new Change.OfHost(Specimens.host(), 0), new Change.OfRecord(Specimens.policies(), 0));
        given(new Change.OfPresence(Given.signedIn(ANA, t0)));

        assertThat(other.directory()).isEqualTo(store.directory());
        assertThat(other.directory().host()).isEqualTo(Specimens.host());
        assertThat(other.directory(1)).isEqualTo(store.directory(1));
        assertThat(other.presence(ANA, 0)).containsExactly(Given.signedIn(ANA, t0));
    }

    @Test
    void st03_everythingIsThereAgainAfterReopening() {
        needs(StoreCapability.SURVIVES_REOPEN);
        List<Change.OfChat> changes = Specimens.chats(t0);
        given(changes);
        given(new Change.OfHost(Specimens.host(), 0), new Change.OfRecord(Specimens.policies(), 0));
        given(new Change.OfPresence(Given.signedIn(ANA, t0)));
        String cursor = store.cursor();
        Change.OfChat last = Draft.start("last", t0)
                .guard(ANA, 1)
                .as("s", "1", "d")
                .due(t0.plusMillis(1))
                .waitsOn(Topic.owner(ANA))
                .change();
        given(last);
        List<Object> before = picture(store, changes);

        Store again = subject.reopen();

        assertThat(picture(again, changes)).isEqualTo(before);
        assertThat(again.chat(last.chat().id())).contains(last.chat());
        assertThat(again.log(last.chat().id(), 0, 10)).isEqualTo(last.entries());
        assertThat(again.result(last.chat().id(), "s", "1")).contains(last.result());
        assertThat(again.presence(ANA, 0)).hasSize(2);
        List<Feed.Hint> hints =
                hints(again, cursor, 10, read -> told(read, last.chat().id(), 0) == 1);
        assertThat(hints).contains(new Feed.Hint.OfPresence(ANA, 2));
    }

    @Test
    void st03_aStoreThatWasReopenedGoesOn() {
        needs(StoreCapability.SURVIVES_REOPEN);
        Change.OfChat first = Draft.start("c", t0).as("s", "1", "d").change();
        given(first);

        Store again = subject.reopen();

        NodeId next = join(again, "next life");
        Change.OfChat second = Draft.on(first).says("and on").change();
        assertThat(again.commit(next, List.of(first, second)))
                .containsExactly(
                        Committed.repeated(Optional.ofNullable(first.result()).orElseThrow()), Committed.APPLIED);
        assertThat(again.chat(first.chat().id())).contains(second.chat());
    }

    private List<Object> picture(Store of, List<Change.OfChat> changes) {
        StoredDirectory directory = of.directory();
        List<ChatId> ids =
                changes.stream().map(change -> change.chat().id()).distinct().toList();
        return List.of(
                ids.stream().map(of::chat).toList(),
                ids.stream().map(id -> of.log(id, 0, Store.PAGE)).toList(),
                of.live(null),
                of.unarchived(null, Store.PAGE),
                of.forgettable(t0.plus(LONG), Store.PAGE),
                of.due(t0.plus(LONG), Store.PAGE),
                of.waitingOn(Topic.owner(ANA), null),
                of.presence(ANA, 0),
                of.presenceSince(t0),
                directory,
                List.copyOf(directory.records().keySet()),
                of.directory(1));
    }
}
