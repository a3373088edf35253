package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.Given.ANA;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;

/** ST9: one time for all nodes that never runs back, and instants to the millisecond. */
abstract class TimeRules extends FeedRules {

    private static final int LOOKS = 200;

    @Test
    void st09_nowNeverRunsBack() {
        Store other = otherHandle();
        Instant last = store.now();
        for (int i = 0; i < LOOKS; i++) {
            if (can(StoreCapability.CONTROLLED_TIME) && i % 10 == 0) {
                subject.advance(Duration.ofMillis(1));
            }
            Instant next = i % 2 == 0 ? other.now() : store.now();
            assertThat(next).isAfterOrEqualTo(last);
            last = next;
        }
    }

    @Test
    void st09_nowNeverRunsBackForThreadsThatPassItOn() {
        List<Store> handles = List.of(store, otherHandle());
        Instant[] latest = {store.now()};
        Object turn = new Object();

        List<List<Boolean>> forward = Race.run(50, (round, thread) -> () -> {
            synchronized (turn) {
                Instant next = handles.get(thread % 2).now();
                boolean onward = !next.isBefore(latest[0]);
                latest[0] = next;
                return onward;
            }
        });

        assertThat(forward).allSatisfy(round -> assertThat(round).containsOnly(true));
    }

    @Test
    void st09_nowIsWholeMilliseconds() {
        for (int i = 0; i < LOOKS; i++) {
            Instant now = store.now();
            assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    @Test
    void st09_nowGoesOn() {
        Instant before = store.now();

        awaitTime(before.plusMillis(20));

        assertThat(store.now()).isAfterOrEqualTo(before.plusMillis(20));
        if (can(StoreCapability.CONTROLLED_TIME)) {
            assertThat(store.now()).isEqualTo(before.plusMillis(20));
        }
    }

    @Test
    void st09_leasesCountInTheSameTime() {
        Instant before = store.now();
        Instant renewed = shortLease("n").renewedAt();
        Instant after = otherHandle().now();

        assertThat(renewed).isBetween(before, after).isEqualTo(renewed.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Odd milliseconds, ends of days and years, hours that some zone skips or has twice, long ago and far away. */
    static List<Instant> instants() {
        List<Instant> instants = new ArrayList<>();
        for (String text : List.of(
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.001Z",
                "1999-12-31T23:59:59.999Z",
                "2016-12-31T23:59:59.999Z",
                "2024-02-29T12:34:56.789Z",
                "2026-03-29T00:59:59.999Z",
                "2026-03-29T01:30:00.501Z",
                "2026-03-08T07:15:00.007Z",
                "2026-10-25T00:30:00.499Z",
                "2026-10-25T01:30:00.500Z",
                "2026-11-01T05:30:00.123Z",
                "2026-11-01T06:30:00.123Z",
                "2038-01-19T03:14:08.001Z",
                "2099-12-31T23:59:59.999Z")) {
            instants.add(Instant.parse(text));
        }
        for (int millis = 0; millis < 1_000; millis += 37) {
            instants.add(Instant.parse("2026-06-15T10:20:30Z").plusMillis(millis));
        }
        return instants;
    }

    @Test
    void st09_instantsOfChatsKeepTheirMilliseconds() {
        List<Instant> instants = instants();
        for (int i = 0; i < instants.size(); i++) {
            Instant at = instants.get(i);
            Change.OfChat chat = Draft.start("c-" + i, at)
                    .then(at.plusMillis(3), new PatronGone(at.plusMillis(1)))
                    .judged(at.plusMillis(7))
                    .due(at)
                    .change();
            given(chat);

            assertThat(store.chat(chat.chat().id())).contains(chat.chat());
            assertThat(store.log(chat.chat().id(), 0, 10)).isEqualTo(chat.entries());
        }
    }

    @Test
    void st09_indexesCountInMilliseconds() {
        for (Instant at : instants()) {
            ChatId id = ChatId.of("at " + at);
            Change.OfChat live = Draft.start(id.value(), at).due(at).change();
            given(live);
            assertThat(store.due(at.minusMillis(1), Store.PAGE))
                    .as("due before %s", at)
                    .doesNotContain(live.chat());
            assertThat(store.due(at, Store.PAGE)).as("due at %s", at).contains(live.chat());

            Change.OfChat over = Draft.on(live).ends(at).change();
            given(over);
            givenArchived(over);
            assertThat(store.forgettable(at.minusMillis(1), Store.PAGE))
                    .as("forgettable before %s", at)
                    .doesNotContain(id);
            assertThat(store.forgettable(at, Store.PAGE))
                    .as("forgettable at %s", at)
                    .contains(id);
        }
    }

    @Test
    void st09_instantsOfPresenceKeepTheirMilliseconds() {
        List<OperatorPresence> rows = new ArrayList<>();
        for (int millis = 1; millis < 1_000; millis += 83) {
            Instant at = t0.plusMillis(millis);
            rows.add(new OperatorPresence(
                    ANA,
                    rows.size() + 1L,
                    true,
                    Status.ONLINE,
                    Set.of(),
                    List.of(new Attachment(Given.FRONT, at.minusMillis(2))),
                    at.minusMillis(1),
                    at,
                    0,
                    null));
        }
        given(rows.stream().map(Change.OfPresence::new).toList());

        assertThat(store.presence(ANA, 0)).isEqualTo(rows);
        assertThat(store.presenceSince(t0)).isEqualTo(rows);
    }
}
