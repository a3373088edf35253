package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

/** What the rules of an archive are tried on: an empty archive for each test, seen from two nodes. */
abstract class ArchiveSetting {

    static final int THREADS = 4;
    static final int ROUNDS = 20;

    private Archive archive;
    private Archive elsewhere;

    /** An empty archive; the contract closes it. */
    protected abstract Archive open();

    /** Another node's way to the archive that {@link #open} gave; the contract closes it. By default the same object. */
    protected Archive another(Archive opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        archive = open();
        elsewhere = another(archive);
    }

    @AfterEach
    void closeBoth() {
        if (elsewhere != archive) {
            elsewhere.close();
        }
        archive.close();
    }

    final Archive archive() {
        return archive;
    }

    final Archive elsewhere() {
        return elsewhere;
    }

    static Instant at(long seconds) {
        return FinishedChat.T0.plus(Duration.ofSeconds(seconds));
    }

    /** An ended chat of one message, by the patron. */
    static ArchivedChat said(String id, String text) {
        return FinishedChat.of(id, at(0)).says(text).missed();
    }

    /** Everything a query finds, page by page. */
    final List<ArchivedSummary> all(ArchiveQuery query, int pageSize) {
        List<ArchivedSummary> found = new ArrayList<>();
        ArchivePage page = archive.search(query, null, pageSize);
        found.addAll(page.rows());
        while (page.next() != null) {
            assertThat(page.rows()).as("a page that is not the last").hasSize(pageSize);
            page = archive.search(query, page.next(), pageSize);
            assertThat(page.rows()).as("a page behind another").isNotEmpty();
            found.addAll(page.rows());
        }
        return found;
    }

    final List<String> found(ArchiveQuery query) {
        return all(query, Archive.PAGE).stream()
                .map(ArchivedSummary::chat)
                .map(ChatId::value)
                .toList();
    }

    /** Something that may be done at once. */
    interface Step {
        void run(int thread);
    }

    /** Has several threads do the same at one instant, and waits for them. */
    static void atOnce(Step step) {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    await(barrier);
                    step.run(thread);
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw new AssertionError("one of several at once failed", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        } catch (BrokenBarrierException broken) {
            throw new AssertionError("the others did not come", broken);
        }
    }
}
