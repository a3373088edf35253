package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.Given.ANA;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.Store;

/** ST8: the feed tells of every applied change, to every cursor taken before it. */
abstract class FeedRules extends IndexRules {

    private static final int HINT_TRIES = 50;
    private static final Feed.Hint DIRECTORY = new Feed.Hint.OfDirectory();

    @Test
    void st08_aFeedAtItsEndIsEmptyAndStaysThere() {
        given(Draft.start("c", t0).change());
        String cursor = settledCursor();

        Feed end = store.changes(cursor, 10);

        assertThat(end.hints()).isEmpty();
        assertThat(end.tooOld()).isFalse();
        assertThat(store.changes(end.next(), 10).hints()).isEmpty();
    }

    @Test
    void st08_aChangeIsToldWithTheEntriesItAdded() {
        Change.OfChat first = Draft.start("c", t0).says("x").change();
        Change.OfChat second = Draft.on(first).says("y").says("z").change();
        given(first);
        String cursor = settledCursor();

        given(second);

        List<Feed.Hint> hints =
                hints(store, cursor, 10, read -> told(read, first.chat().id(), 2) == 4);
        assertThat(hints).containsOnly(new Feed.Hint.OfChat(first.chat().id(), 2, 4));
    }

    @Test
    void st08_everyKindOfChangeIsTold() {
        String cursor = store.cursor();
        OperatorPresence ana = Given.signedIn(ANA, t0);

        given(new Change.OfPresence(ana));
        hints(store, cursor, 10, read -> read.contains(new Feed.Hint.OfPresence(ANA, 1)));
        cursor = settledCursor();
        given(Draft.start("c", t0).guard(ANA, 1).change());
        hints(
                store,
                cursor,
                10,
                read -> read.contains(new Feed.Hint.OfPresence(ANA, 2)) && told(read, ChatId.of("c"), 0) == 1);
        cursor = settledCursor();
        given(Draft.start("d", t0).lowers(ANA).change());
        hints(store, cursor, 10, read -> read.contains(new Feed.Hint.OfPresence(ANA, 3)));
        cursor = settledCursor();
        given(new Change.OfRecord(Specimens.policies(), 0));
        hints(store, cursor, 10, read -> read.contains(DIRECTORY));
        cursor = settledCursor();
        given(new Change.OfHost(Specimens.host(), 1));
        assertThat(hints(store, cursor, 10, read -> read.contains(DIRECTORY))).containsOnly(DIRECTORY);
    }

    @Test
    void st08_whatIsToldIsThereToRead() {
        String cursor = store.cursor();
        Change.OfChat last = Draft.start("c", t0).change();
        given(last);
        for (int i = 0; i < 10; i++) {
            last = Draft.on(last).says("x").change();
            given(last);
            for (Feed.Hint hint : store.changes(cursor, 100).hints()) {
                long seq = ((Feed.Hint.OfChat) hint).seq();
                assertThat(store.log(last.chat().id(), seq - 1, 1)).hasSize(1);
            }
        }
    }

    @Test
    void st08_hintsOfAChatStandInTheOrderOfItsEntries() {
        String cursor = store.cursor();
        List<Change.OfChat> lasts = givenTalks(5, 20);

        List<Feed.Hint> hints = hints(store, cursor, 7, read -> allTold(read, lasts));

        for (Change.OfChat last : lasts) {
            assertThat(told(hints, last.chat().id(), 0)).isEqualTo(last.chat().seq());
        }
    }

    @Test
    void st08_aPageHasAtMostSoManyHintsAndTheNextGoesOnFromThere() {
        for (int limit : new int[] {1, 2, 3, 7, 1_000}) {
            String cursor = settledCursor();
            List<Change.OfChat> lasts = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                Change.OfChat chat =
                        Draft.start("limit " + limit + " chat " + i, t0).change();
                lasts.add(chat);
                given(chat);
            }

            hints(store, cursor, limit, read -> allTold(read, lasts));
        }
    }

    @Test
    void st08_cursorsAreIndependentAndLast() {
        String before = store.cursor();
        List<Change.OfChat> first = givenTalks(3, 2);
        String between = settledCursor();
        Change.OfChat last = Draft.start("last", t0).change();
        given(last);

        hints(store, between, 2, read -> told(read, last.chat().id(), 0) == 1);
        List<Feed.Hint> all =
                hints(store, before, 2, read -> told(read, last.chat().id(), 0) == 1);
        assertThat(allTold(all, first)).isTrue();
        List<Feed.Hint> again =
                hints(store, before, 1_000, read -> told(read, last.chat().id(), 0) == 1);
        assertThat(allTold(again, first)).isTrue();
        assertThat(hints(store, between, 10, read -> told(read, last.chat().id(), 0) == 1))
                .doesNotContain(new Feed.Hint.OfChat(first.get(0).chat().id(), 0, 1));
    }

    @Test
    void st08_aLostChangeIsNotTold() {
        Change.OfChat first = Draft.start("c", t0).change();
        given(first);
        String cursor = settledCursor();

        commit(first);
        commit(Draft.start("d", t0).guard(ANA, 5).change());
        Change.OfChat marker = Draft.start("marker", t0).change();
        given(marker);

        assertThat(hints(store, cursor, 10, read -> told(read, marker.chat().id(), 0) == 1))
                .containsOnly(new Feed.Hint.OfChat(marker.chat().id(), 0, 1));
    }

    @Test
    void st08_everyCursorIsToldWhatManyNodesAppliedAfterIt() {
        List<Store> handles = List.of(store, otherHandle());
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < Race.THREADS; i++) {
            nodes.add(join(handles.get(i % 2), "writer-" + i));
        }
        List<String> cursors = List.of(store.cursor(), otherHandle().cursor());

        List<List<String>> taken = Race.run(25, (round, thread) -> () -> {
            Store handle = handles.get(thread % 2);
            String cursor = handle.cursor();
            Change.OfChat chat =
                    Draft.start(thread + " in " + round, t0).says("x").change();
            assertThat(handle.commit(nodes.get(thread), List.of(chat))).containsExactly(Committed.APPLIED);
            return cursor;
        });

        List<ChatId> all = new ArrayList<>();
        for (int round = 0; round < taken.size(); round++) {
            for (int thread = 0; thread < Race.THREADS; thread++) {
                ChatId chat = ChatId.of(thread + " in " + round);
                all.add(chat);
                hints(store, taken.get(round).get(thread), 50, read -> told(read, chat, 0) == 2);
            }
        }
        for (String cursor : cursors) {
            for (Store handle : handles) {
                hints(handle, cursor, 50, read -> tells(read, all));
            }
        }
    }

    /** A reader that keeps up while others write misses nothing, whatever order their commits became visible in. */
    @Test
    void st08_aReaderAmongWritersMissesNothing() {
        List<Store> handles = List.of(store, otherHandle());
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < Race.THREADS; i++) {
            nodes.add(join(handles.get(i % 2), "writer-" + i));
        }
        String[] cursor = {store.cursor()};
        List<Feed.Hint> read = new ArrayList<>();

        Race.run(50, (round, thread) -> () -> {
            if (thread == 0) {
                Feed page = store.changes(cursor[0], 5);
                read.addAll(page.hints());
                cursor[0] = page.next();
                return true;
            }
            Change.OfChat chat = Draft.start(thread + " in " + round, t0).change();
            return handles.get(thread % 2)
                    .commit(nodes.get(thread), List.of(chat))
                    .equals(List.of(Committed.APPLIED));
        });

        List<ChatId> all = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int thread = 1; thread < Race.THREADS; thread++) {
                all.add(ChatId.of(thread + " in " + round));
            }
        }
        hints(store, cursor[0], 50, more -> {
            List<Feed.Hint> together = new ArrayList<>(read);
            together.addAll(more);
            return tells(together, all);
        });
    }

    @Test
    void st08_aHintComesAfterAChangeOfAnotherNode() {
        AtomicInteger woken = new AtomicInteger();
        store.onChange(woken::incrementAndGet);
        Store other = otherHandle();
        NodeId far = join(other, "far");
        OperatorPresence row = Given.signedIn(ANA, t0);

        Duration atOnce = subject.patience().dividedBy(HINT_TRIES);
        boolean came = false;
        for (int i = 0; i < HINT_TRIES && !came; i++) { // a hint may be lost, all of them may not
            assertThat(other.commit(far, List.of(new Change.OfPresence(row)))).containsExactly(Committed.APPLIED);
            row = row.withStatus(i % 2 == 0 ? Status.AWAY : Status.ONLINE, t0).successor();
            came = happens(atOnce, () -> woken.get() > 0);
        }

        assertThat(came).as("a hint came after one of %s changes", HINT_TRIES).isTrue();
    }

    private List<Change.OfChat> givenTalks(int chats, int lines) {
        Map<Integer, Change.OfChat> last = new HashMap<>();
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < chats; i++) {
                Change.OfChat before = last.get(i);
                Change.OfChat next = before == null
                        ? Draft.start("talk " + i, t0).change()
                        : Draft.on(before).says("line " + line).change();
                given(next);
                last.put(i, next);
            }
        }
        return List.copyOf(last.values());
    }

    private static boolean allTold(List<Feed.Hint> hints, List<Change.OfChat> lasts) {
        for (Change.OfChat last : lasts) {
            Chat head = last.chat();
            if (told(hints, head.id(), 0) < head.seq()) {
                return false;
            }
        }
        return true;
    }

    private static boolean tells(List<Feed.Hint> hints, List<ChatId> chats) {
        List<ChatId> told = new ArrayList<>();
        for (Feed.Hint hint : hints) {
            if (hint instanceof Feed.Hint.OfChat ofChat) {
                told.add(ofChat.chat());
            }
        }
        return new HashSet<>(told).containsAll(chats);
    }

    /** The feed's end once nothing more comes: a store may take a moment to get there. */
    private String settledCursor() {
        String[] cursor = {store.cursor()};
        await("the feed comes to its end", () -> {
            Feed page = store.changes(cursor[0], 1_000);
            cursor[0] = page.next();
            return page.hints().isEmpty();
        });
        return cursor[0];
    }
}
