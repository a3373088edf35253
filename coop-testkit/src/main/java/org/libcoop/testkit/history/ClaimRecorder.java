package org.libcoop.testkit.history;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;

/**
 * Writes a process's claims to a file, for {@link ClaimHistory} to read together with those of other processes.
 *
 * <p>Each operation has two lines, one before it is invoked and one after it returned, both handed to the operating system at
 * once: of a process that is killed, what it had asked is known, and what it was not told counts as unknown. The stamps enclose
 * the operation, so that a slow recorder can hide an error but never invent one.
 *
 * <p>All processes must read the same clock. {@link #to(Path)} takes {@link System#nanoTime}, which on Linux is the machine's
 * monotonic clock, the same for every process since the machine started; elsewhere give another one. <em>Safe for use by several
 * threads.</em>
 */
public final class ClaimRecorder implements AutoCloseable {

    private final OutputStream out;
    private final LongSupplier clock;

    private ClaimRecorder(OutputStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * Appends to this file, made if it is not there, with the machine's monotonic clock.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static ClaimRecorder to(Path file) {
        return to(file, System::nanoTime);
    }

    /**
     * Appends to this file, made if it is not there, with this clock.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static ClaimRecorder to(Path file, LongSupplier clock) {
        requireNonNull(clock, "clock");
        try {
            return new ClaimRecorder(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /**
     * Records that a claim is about to be invoked; {@code id} must be unique in the history, over all processes.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public Pending invokes(String id, ChatId chat, OperatorId operator) {
        write(ClaimLines.invoked(id, chat, operator, clock.getAsLong()));
        return new Pending(this, id);
    }

    /** Ends the file; operations that have not returned stay unknown. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(byte[] line) {
        synchronized (out) {
            try {
                out.write(line);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** A claim that has been invoked. <em>Safe for use by several threads.</em> */
    public static final class Pending {

        private final ClaimRecorder recorder;
        private final String id;
        private final AtomicBoolean over = new AtomicBoolean();

        private Pending(ClaimRecorder recorder, String id) {
            this.recorder = recorder;
            this.id = id;
        }

        /**
         * Records what the claim returned.
         *
         * @throws IllegalStateException if that is recorded already
         * @throws UncheckedIOException if it cannot be written
         */
        public void returned(ClaimOutcome outcome) {
            long at = recorder.clock.getAsLong();
            if (!over.compareAndSet(false, true)) {
                throw new IllegalStateException("operation " + id + " returned already");
            }
            recorder.write(ClaimLines.returned(id, at, outcome));
        }
    }
}
