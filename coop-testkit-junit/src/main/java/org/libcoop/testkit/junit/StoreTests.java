package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/** What the contract's tests have in common: a fresh store, a node that lives, and how to wait. */
abstract class StoreTests {

    static final Duration LONG = Duration.ofHours(1);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    StoreUnderTest subject;
    Store store;

    /** A node that lives as long as the test. */
    NodeId node;

    /** An instant of the store's time, from which tests count. */
    Instant t0;

    private @Nullable Store second;

    /** A fresh and empty store. */
    protected abstract StoreUnderTest open();

    @BeforeEach
    void openTheStore() {
        subject = open();
        store = subject.store();
        node = new NodeId("contract");
        store.join(node, LONG);
        t0 = store.now();
        second = null;
    }

    @AfterEach
    void closeTheStore() {
        if (subject != null) {
            subject.close();
        }
    }

    /** Aborts the test, visibly, if the store lacks {@code capability}. */
    void needs(StoreCapability capability) {
        boolean there = subject.capabilities().contains(capability);
        String reason = "not tested for this store: " + capability.absence() + " (" + capability + ")";
        if (!there) {
            System.out.println(getClass().getSimpleName() + ": " + reason);
        }
        Assumptions.assumeTrue(there, reason);
    }

    boolean can(StoreCapability capability) {
        return subject.capabilities().contains(capability);
    }

    /** Another handle on the same data, where the store has one; else the same. */
    Store otherHandle() {
        Store handle = second;
        if (handle == null) {
            handle = can(StoreCapability.SHARED_BY_PROCESSES) ? subject.secondHandle() : store;
            second = handle;
        }
        return handle;
    }

    static NodeId join(Store handle, String name) {
        NodeId joined = new NodeId(name);
        handle.join(joined, LONG);
        return joined;
    }

    Committed.Outcome commit(Change change) {
        return committed(change).outcome();
    }

    Committed committed(Change change) {
        return store.commit(node, List.of(change)).get(0);
    }

    List<Committed.Outcome> commitAll(Change... batch) {
        return commitAll(Arrays.asList(batch));
    }

    List<Committed.Outcome> commitAll(List<? extends Change> batch) {
        return store.commit(node, List.copyOf(batch)).stream()
                .map(Committed::outcome)
                .toList();
    }

    /** Commits what the test stands on; none of it may lose. */
    void given(Change... batch) {
        given(Arrays.asList(batch));
    }

    void given(List<? extends Change> batch) {
        Assertions.assertThat(commitAll(batch)).as("what the test stands on").containsOnly(Committed.Outcome.APPLIED);
    }

    /** Reports that an archive has what these changes lead to. */
    void givenArchived(Change.OfChat... over) {
        Map<ChatId, Long> upTo = new HashMap<>();
        for (Change.OfChat change : over) {
            upTo.put(change.chat().id(), change.chat().seq());
        }
        store.archived(upTo);
    }

    /** The first row of an operator who is signed in, committed. */
    OperatorPresence givenSignedIn(OperatorId operator) {
        OperatorPresence row = Given.signedIn(operator, t0);
        given(new Change.OfPresence(row));
        return row;
    }

    /** The operator's newest row. */
    OperatorPresence row(OperatorId operator) {
        List<OperatorPresence> rows = store.presence(operator, 0);
        return rows.isEmpty() ? OperatorPresence.unknown(operator) : rows.get(rows.size() - 1);
    }

    /** Lets the store's time reach {@code instant}. */
    void awaitTime(Instant instant) {
        if (can(StoreCapability.CONTROLLED_TIME)) {
            Duration left = Duration.between(store.now(), instant);
            if (!left.isNegative()) {
                subject.advance(left);
            }
        }
        await("the store's time reaches " + instant, () -> !store.now().isBefore(instant));
    }

    /** A lease so short that a test can wait for its end. */
    NodeLease shortLease(String name) {
        return store.join(new NodeId(name), Duration.ofMillis(300));
    }

    void await(String what, BooleanSupplier condition) {
        Assertions.assertThat(happens(subject.patience(), condition)).as(what).isTrue();
    }

    /** Whether the condition holds within this time; looked at every few milliseconds. */
    static boolean happens(Duration within, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > within.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }

    /** Reads the feed from {@code cursor} on until what was read is enough, and on to an empty page. */
    List<Feed.Hint> hints(Store handle, String cursor, int limit, Predicate<List<Feed.Hint>> enough) {
        List<Feed.Hint> read = new ArrayList<>();
        String[] next = {cursor};
        await("the feed tells what changed", () -> {
            Feed page = handle.changes(next[0], limit);
            while (!page.hints().isEmpty()) {
                Assertions.assertThat(page.tooOld())
                        .as("a cursor of this minute is too old")
                        .isFalse();
                Assertions.assertThat(page.hints()).as("hints of a page").hasSizeLessThanOrEqualTo(limit);
                read.addAll(page.hints());
                next[0] = page.next();
                page = handle.changes(next[0], limit);
            }
            next[0] = page.next();
            Assertions.assertThat(page.tooOld())
                    .as("a cursor of this minute is too old")
                    .isFalse();
            return enough.test(read);
        });
        return read;
    }

    /** Up to which entry hints tell of a chat, without a gap, if they begin after {@code afterSeq}. */
    static long told(List<Feed.Hint> hints, ChatId chat, long afterSeq) {
        long told = afterSeq;
        for (Feed.Hint hint : hints) {
            if (hint instanceof Feed.Hint.OfChat ofChat && ofChat.chat().equals(chat)) {
                Assertions.assertThat(ofChat.afterSeq())
                        .as("hints of chat %s leave no gap after %s", chat, told)
                        .isLessThanOrEqualTo(told);
                told = Math.max(told, ofChat.seq());
            }
        }
        return told;
    }
}
