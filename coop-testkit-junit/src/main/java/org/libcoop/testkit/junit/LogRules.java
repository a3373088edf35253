package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;

/** ST6: a chat's log is dense. */
abstract class LogRules extends LeaseRules {

    private static final ChatId C = ChatId.of("c");

    @Test
    void st06_entriesFollowEachOtherWithoutAGap() {
        Change.OfChat last = Draft.start("c", t0).change();
        given(last);
        for (int i = 0; i < 20; i++) {
            Change.OfChat stale = last;
            last = Draft.on(last).says("a " + i).says("b " + i).change();
            given(last);
            commit(Draft.on(stale).says("too late").change());
        }

        assertDense(store.log(C, 0, Store.PAGE), 1, 41);
    }

    @Test
    void st06_anAnswerBeginsAfterTheEntryAskedForAndEndsAtTheLimit() {
        givenLog(10);

        assertDense(store.log(C, 0, 3), 1, 3);
        assertDense(store.log(C, 3, 3), 4, 6);
        assertDense(store.log(C, 9, 3), 10, 10);
        assertDense(store.log(C, 0, 10), 1, 10);
        assertDense(store.log(C, 4, 1), 5, 5);
        assertThat(store.log(C, 10, 3)).isEmpty();
        assertThat(store.log(C, 11, 3)).isEmpty();
        assertThat(store.log(C, Long.MAX_VALUE, 3)).isEmpty();
    }

    @Test
    void st06_aPageHasAtMostAThousandEntries() {
        givenLog(2 * Store.PAGE + 7);

        assertDense(store.log(C, 0, Store.PAGE), 1, Store.PAGE);
        assertDense(store.log(C, 0, Integer.MAX_VALUE), 1, Store.PAGE);
        assertDense(store.log(C, Store.PAGE, 5_000), Store.PAGE + 1, 2 * Store.PAGE);
        assertDense(store.log(C, 2 * Store.PAGE, 5_000), 2 * Store.PAGE + 1, 2 * Store.PAGE + 7);
    }

    @Test
    void st06_logsOfChatsAreApart() {
        Change.OfChat c = Draft.start("c", t0).says("of c").change();
        Change.OfChat upper = Draft.start("C", t0).says("of C").change();
        Change.OfChat blank = Draft.start("c ", t0).says("of c and a blank").change();
        given(c, upper, blank);

        assertThat(store.log(C, 0, 10)).isEqualTo(c.entries());
        assertThat(store.log(ChatId.of("C"), 0, 10)).isEqualTo(upper.entries());
        assertThat(store.log(ChatId.of("c "), 0, 10)).isEqualTo(blank.entries());
    }

    @Test
    void st06_theBeginningsOfSeveralLogsAreThoseOfEach() {
        Map<ChatId, List<Logged>> expected = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            Change.OfChat begun = Draft.start("chat " + i, t0)
                    .says("one of " + i)
                    .says("another of " + i)
                    .change();
            given(begun);
            expected.put(begun.chat().id(), begun.entries().subList(0, 2));
        }
        Change.OfChat lone = Draft.start("c", t0).change();
        given(lone);
        expected.put(C, lone.entries());
        List<ChatId> asked = new ArrayList<>(expected.keySet());
        asked.add(ChatId.of("nobody's"));

        assertThat(store.beginnings(asked, 2)).isEqualTo(expected);
        assertThat(store.beginnings(List.of(C), 2)).isEqualTo(Map.of(C, lone.entries()));
        assertThat(store.beginnings(List.of(), 2)).isEmpty();
    }

    private void givenLog(int entries) {
        List<Change.OfChat> changes = new ArrayList<>();
        Change.OfChat last = Draft.start("c", t0).change();
        changes.add(last);
        while (last.chat().seq() < entries) {
            Draft next = Draft.on(last);
            long many = Math.min(100, entries - last.chat().seq());
            for (int i = 0; i < many; i++) {
                next.says("line " + i);
            }
            last = next.change();
            changes.add(last);
        }
        given(changes);
    }

    private static void assertDense(List<Logged> entries, long first, long last) {
        List<Long> expected = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            expected.add(seq);
        }
        assertThat(entries).extracting(Logged::seq).isEqualTo(expected);
    }
}
