package org.libcoop.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;

/** What is recorded is what is read, from several files, also of a process that was killed; and real races are judged. */
class ClaimRecorderTest {

    private static final int THREADS = 4;
    private static final int CHATS = 500;

    private static final ChatId CHAT = ChatId.of("chat \"1\", of\u2028two lines");
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("bén");

    private final AtomicLong ticks = new AtomicLong();

    @TempDir
    private Path folder;

    @Test
    void severalFilesMakeOneHistory() {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");

        try (ClaimRecorder first = ClaimRecorder.to(one, ticks::incrementAndGet);
                ClaimRecorder second = ClaimRecorder.to(other, ticks::incrementAndGet)) {
            ClaimRecorder.Pending a = first.invokes("a", CHAT, ANA);
            ClaimRecorder.Pending b = second.invokes("b", CHAT, BEN);
            a.returned(ClaimOutcome.won());
            b.returned(ClaimOutcome.alreadyClaimedBy(ANA));
            first.invokes("c", CHAT, BEN).returned(ClaimOutcome.alreadyClaimed());
            second.invokes("d", CHAT, BEN).returned(ClaimOutcome.refused("at-limit"));
            second.invokes("e", CHAT, BEN).returned(ClaimOutcome.unknown());
        }

        assertThat(ClaimHistory.read(List.of(one, other)).operations())
                .containsExactlyInAnyOrder(
                        new ClaimOperation("a", CHAT, ANA, 1, 3, ClaimOutcome.won()),
                        new ClaimOperation("b", CHAT, BEN, 2, 4, ClaimOutcome.alreadyClaimedBy(ANA)),
                        new ClaimOperation("c", CHAT, BEN, 5, 6, ClaimOutcome.alreadyClaimed()),
                        new ClaimOperation("d", CHAT, BEN, 7, 8, ClaimOutcome.refused("at-limit")),
                        new ClaimOperation("e", CHAT, BEN, 9, Long.MAX_VALUE, ClaimOutcome.unknown()));
    }

    @Test
    void whatAKilledProcessWasNotToldIsUnknown() throws IOException {
        Path file = folder.resolve("killed");
        try (ClaimRecorder recorder = ClaimRecorder.to(file, ticks::incrementAndGet)) {
            recorder.invokes("a", CHAT, ANA);
        }
        Files.writeString(file, "{\"operation\":\"a\",\"retur", StandardOpenOption.APPEND);

        ClaimHistory history = ClaimHistory.read(List.of(file));

        assertThat(history.operations())
                .containsExactly(new ClaimOperation("a", CHAT, ANA, 1, Long.MAX_VALUE, ClaimOutcome.unknown()));
        assertThat(history.check().unresolved()).isEqualTo(1);
    }

    @Test
    void whatIsNoHistoryIsRefused() {
        assertThatThrownBy(() -> read("nonsense\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{\"operation\":\"a\",\"returned\":\"1\",\"outcome\":\"won\"}\n"))
                .hasMessageContaining("never asked");
        String asked = "{\"operation\":\"a\",\"chat\":\"c\",\"operator\":\"o\",\"invoked\":\"1\"}\n";
        assertThatThrownBy(() -> read(asked + asked)).hasMessageContaining("second line");
        assertThatThrownBy(() -> read(asked + "{\"operation\":\"a\",\"returned\":\"2\",\"outcome\":\"lucky\"}\n"))
                .hasMessageContaining("lucky");
        assertThat(read(asked).operations()).hasSize(1);
    }

    @Test
    void anOperationReturnsOnce() {
        try (ClaimRecorder recorder = ClaimRecorder.to(folder.resolve("once"))) {
            ClaimRecorder.Pending pending = recorder.invokes("a", CHAT, ANA);
            pending.returned(ClaimOutcome.won());

            assertThatThrownBy(() -> pending.returned(ClaimOutcome.won())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void twoOperationsWithOneIdAreRefused() {
        ClaimOperation one = new ClaimOperation("a", CHAT, ANA, 1, 2, ClaimOutcome.won());

        assertThatThrownBy(() -> new ClaimHistory(List.of(one, one))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(60)
    void aRaceOnCompareAndSetIsLinearizable() throws Exception {
        AtomicReferenceArray<OperatorId> owners = new AtomicReferenceArray<>(CHATS);

        ClaimReport report = race((chat, operator, everybody) -> {
            everybody.await();
            OperatorId before = owners.compareAndExchange(chat, null, operator);
            return before == null ? ClaimOutcome.won() : ClaimOutcome.alreadyClaimedBy(before);
        });

        assertThat(report.violations()).isEmpty();
        assertThat(report.won()).isEqualTo(CHATS);
        assertThat(report.operations()).isEqualTo(CHATS * THREADS);
    }

    @Test
    @Timeout(60)
    void aRaceOnReadThenWriteIsNot() throws Exception {
        AtomicReferenceArray<OperatorId> owners = new AtomicReferenceArray<>(CHATS);

        ClaimReport report = race((chat, operator, everybody) -> {
            OperatorId before = owners.get(chat);
            everybody.await();
            if (before == null) {
                owners.set(chat, operator);
                return ClaimOutcome.won();
            }
            return ClaimOutcome.alreadyClaimedBy(before);
        });

        assertThat(report.violations())
                .hasSize(CHATS)
                .allMatch(violation -> violation.rule() == ClaimReport.Rule.TWO_WINNERS);
    }

    private ClaimHistory read(String text) {
        try {
            Path file = Files.createTempFile(folder, "history", ".jsonl");
            Files.writeString(file, text);
            return ClaimHistory.read(List.of(file));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Claims one chat. */
    private interface Claiming {
        ClaimOutcome claim(int chat, OperatorId operator, CyclicBarrier everybody) throws Exception;
    }

    /** Everybody claims every chat at the same time, each recorded in a file of their own. */
    private ClaimReport race(Claiming claiming) throws Exception {
        CyclicBarrier everybody = new CyclicBarrier(THREADS);
        List<Path> files = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            OperatorId operator = OperatorId.of("operator-" + i);
            Path file = folder.resolve(operator.value());
            files.add(file);
            Thread thread = new Thread(() -> claimAll(claiming, operator, everybody, file));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return ClaimHistory.read(files).check();
    }

    private static void claimAll(Claiming claiming, OperatorId operator, CyclicBarrier everybody, Path file) {
        try (ClaimRecorder recorder = ClaimRecorder.to(file)) {
            for (int chat = 0; chat < CHATS; chat++) {
                ChatId id = ChatId.of("chat-" + chat);
                ClaimRecorder.Pending pending = recorder.invokes(operator + " on " + id, id, operator);
                pending.returned(claiming.claim(chat, operator, everybody));
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
