package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits to be sent, with a container that a test plays itself. */
class OutboxTest {

    private static final int ITEMS = 4;
    private static final long CHARACTERS = 1_000;

    private final List<String> sent = new ArrayList<>();
    private final Deque<SendHandler> inFlight = new ArrayDeque<>();
    private final List<String> happened = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-05T12:00:00Z");
    private boolean atOnce;
    private final Outbox outbox = new Outbox(
            new Outbox.Way(this::send, Runnable::run, () -> now), ITEMS, CHARACTERS, () -> happened.add("broken"));

    private void send(String frame, SendHandler done) {
        assertThat(inFlight).as("one send in flight").isEmpty();
        sent.add(frame);
        if (atOnce) {
            done.onResult(new SendResult());
        } else {
            inFlight.add(done);
        }
    }

    private boolean notice(String json, @Nullable Object about) {
        return outbox.notice(new Outgoing(json, true, about, false, null));
    }

    private boolean fleeting(String json, Object about) {
        return outbox.notice(new Outgoing(json, true, about, true, null));
    }

    private void arrived() {
        inFlight.remove().onResult(new SendResult());
    }

    @Test
    void theNextSendBeginsWhenTheOneBeforeIsOver() {
        outbox.frame("a");
        outbox.frame("b");

        assertThat(sent).containsExactly("a");
        arrived();
        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void callbacksWithinTheCallDoNotNest() {
        atOnce = true;
        outbox.open("welcome");
        Outbox deep = new Outbox(new Outbox.Way(this::send, Runnable::run, () -> now), 100_000, 10_000_000, () -> {});
        atOnce = false;
        deep.frame("first");
        for (int i = 0; i < 50_000; i++) {
            assertThat(deep.frame("x")).isTrue();
        }
        atOnce = true;

        arrived();

        assertThat(sent).hasSize(50_002);
    }

    /** The container's thread is not held up by what others add meanwhile. */
    @Test
    void aReplyIsSentByWhoGivesItAndWhatFollowsByTheSenders() {
        List<Runnable> handedOver = new ArrayList<>();
        Outbox replying = new Outbox(
                new Outbox.Way(this::send, handedOver::add, () -> now),
                ITEMS,
                CHARACTERS,
                () -> happened.add("broken"));

        replying.reply("pong");
        assertThat(sent).as("by this thread").containsExactly("pong");
        replying.reply("in its turn");
        replying.frame("too");
        arrived();
        arrived();
        arrived();
        assertThat(sent).containsExactly("pong", "in its turn", "too");
        assertThat(handedOver).isEmpty();

        replying.frame("by the senders");
        assertThat(sent).hasSize(3);
        replying.reply("behind it");
        assertThat(handedOver).hasSize(1);
        atOnce = true;
        handedOver.remove(0).run();
        assertThat(sent).containsExactly("pong", "in its turn", "too", "by the senders", "behind it");
    }

    @Test
    void aReplyThatIsSentAtOnceLeavesTheRestToTheSenders() {
        List<Runnable> handedOver = new ArrayList<>();
        Outbox[] replying = new Outbox[1];
        replying[0] = new Outbox(
                new Outbox.Way(
                        (frame, done) -> {
                            sent.add(frame);
                            if (frame.equals("pong")) {
                                replying[0].frame("meanwhile");
                            }
                            done.onResult(new SendResult());
                        },
                        handedOver::add,
                        () -> now),
                ITEMS,
                CHARACTERS,
                () -> happened.add("broken"));

        replying[0].reply("pong");

        assertThat(sent).containsExactly("pong");
        handedOver.remove(0).run();
        assertThat(sent).containsExactly("pong", "meanwhile");
        replying[0].reply("pong again");
        assertThat(sent).containsExactly("pong", "meanwhile", "pong again");
    }

    @Test
    void noticesThatWaitTogetherLeaveInOneFrameAndInOrderWithTheRest() {
        outbox.open("welcome");
        notice("1", null);
        notice("2", null);
        outbox.frame("result");
        notice("3", null);

        arrived();
        arrived();
        arrived();

        assertThat(sent)
                .containsExactly(
                        "welcome",
                        "{\"type\":\"notices\",\"notices\":[1,2]}",
                        "result",
                        "{\"type\":\"notices\",\"notices\":[3]}");
    }

    @Test
    void noticesAreKeptBackUntilTheSnapshotIsOnItsWay() {
        outbox.frame("hello");
        notice("1", null);
        arrived();
        assertThat(sent).containsExactly("hello");

        outbox.open("welcome");
        arrived();

        assertThat(sent).containsExactly("hello", "welcome", "{\"type\":\"notices\",\"notices\":[1]}");
    }

    /** M5: what may be lost is lost before anything else is late. */
    @Test
    void whatMayBeLostIsDroppedFirst() {
        outbox.frame("hello");
        assertThat(fleeting("\"before the snapshot\"", "typing c1")).isTrue();
        outbox.open("welcome");
        arrived();
        fleeting("\"on\"", "typing c1");
        fleeting("\"off\"", "typing c1");
        arrived();
        fleeting("\"" + "t".repeat(200) + "\"", "typing c2");
        assertThat(outbox.frame("x".repeat(900))).as("room is made for it").isTrue();
        assertThat(fleeting("\"much waits\"", "typing c3")).isTrue();
        arrived();
        arrived();

        assertThat(sent)
                .containsExactly("hello", "welcome", "{\"type\":\"notices\",\"notices\":[\"off\"]}", "x".repeat(900));
    }

    @Test
    void aNewerNoticeTakesThePlaceOfAWaitingOneAboutTheSame() {
        outbox.open("welcome");
        notice("\"old\"", "state c1");
        notice("\"entry\"", null);
        notice("\"new\"", "state c1");

        arrived();

        assertThat(sent).last().isEqualTo("{\"type\":\"notices\",\"notices\":[\"entry\",\"new\"]}");
    }

    @Test
    void theCountIsBoundedForWhatNothingNewerCanReplace() {
        outbox.open("welcome");
        for (int i = 0; i < ITEMS; i++) {
            assertThat(notice("1", null)).isTrue();
        }
        for (int i = 0; i < 3 * ITEMS; i++) {
            assertThat(notice("2", "list c" + i)).isTrue();
        }

        assertThat(notice("1", null)).isFalse();
    }

    @Test
    void theCharactersAreBoundedForEverything() {
        outbox.open("welcome");
        assertThat(notice("x".repeat(600), "list c1")).isTrue();
        assertThat(notice("x".repeat(400), "list c2")).isTrue();

        assertThat(notice("x", "list c3")).isFalse();
        assertThat(notice("y".repeat(600), "list c1")).as("in place of as much").isTrue();
    }

    @Test
    void oneThingAloneMayBeLargerThanTheBound() {
        outbox.frame("hello");

        assertThat(outbox.frame("x".repeat(5_000))).isTrue();
        assertThat(outbox.frame("y")).isFalse();
    }

    @Test
    void aSendThatTakesLongIsNoticed() {
        outbox.frame("a");
        Duration limit = Duration.ofSeconds(10);

        now = now.plusMillis(9_999);
        assertThat(outbox.stuck(limit, now)).isFalse();
        now = now.plusMillis(1);
        assertThat(outbox.stuck(limit, now)).isTrue();
        arrived();
        assertThat(outbox.stuck(limit, now.plusSeconds(100))).isFalse();
    }

    @Test
    void aFailedSendIsToldAndNothingMoreIsSent() {
        outbox.frame("a");
        outbox.frame("b");

        inFlight.remove().onResult(new SendResult(new IllegalStateException("gone")));

        assertThat(happened).containsExactly("broken");
        assertThat(sent).containsExactly("a");
        assertThat(outbox.frame("c")).isTrue();
        assertThat(sent).containsExactly("a");
    }

    @Test
    void aSenderThatThrowsCountsAsFailed() {
        Outbox broken = new Outbox(
                new Outbox.Way(
                        (frame, done) -> {
                            throw new IllegalStateException("closed");
                        },
                        Runnable::run,
                        () -> now),
                ITEMS,
                CHARACTERS,
                () -> happened.add("broken"));

        broken.frame("a");

        assertThat(happened).containsExactly("broken");
    }

    @Test
    void whatWaitsIsSentBeforeTheEnd() {
        outbox.frame("a");
        outbox.frame("denied");

        outbox.finish(() -> happened.add("end"));
        outbox.frame("too late");
        arrived();
        assertThat(happened).isEmpty();
        arrived();

        assertThat(sent).containsExactly("a", "denied");
        assertThat(happened).containsExactly("end");
    }
}
