package org.libcoop.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What the figures depend on besides the code: the machine, its load, and its disk. */
final class Machine {

    private static final int WAL_PAGE = 8192;

    private Machine() {}

    static String describe() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d processors, %d MB heap at most, JDK %s, %s %s (%s)",
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
    }

    /** The load average of the last minute; negative where the system has none. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** How often in a second the disk of {@code folder} makes a page of a log durable, one after another. */
    static double syncsPerSecond(Path folder, Duration probe) throws IOException {
        Path file = Files.createTempFile(folder, "fdatasync", ".probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(WAL_PAGE);
            long began = System.nanoTime();
            long took = 0;
            int syncs = 0;
            while (took < probe.toNanos()) {
                page.clear();
                channel.write(page, 0);
                channel.force(false);
                syncs++;
                took = System.nanoTime() - began;
            }
            return syncs * 1e9 / took;
        } finally {
            Files.delete(file);
        }
    }
}
