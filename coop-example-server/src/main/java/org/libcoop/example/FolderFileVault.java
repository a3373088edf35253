package org.libcoop.example;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.FileId;
import org.libcoop.spi.Clock;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault in a folder. A file's name is its id in the digits of base 32, which every file system keeps apart and in order, in a folder named by
 * the first two of them. A file is written beside, forced to the disk, and then given its name, which only one can take: what has a name is
 * whole. Several servers may share the folder. <em>Safe for use by several threads.</em>
 */
final class FolderFileVault implements FileVault {

    private static final String BESIDE = "incoming";
    private static final Duration LEFT_BESIDE = Duration.ofDays(1);
    private static final int BUFFER = 16 * 1024;
    private static final int SHARD_DIGITS = 2;
    private static final BaseEncoding DIGITS =
            BaseEncoding.base32Hex().lowerCase().omitPadding();
    private static final Logger LOG = LoggerFactory.getLogger(FolderFileVault.class);

    private final Path folder;
    private final Path beside;
    private final Clock clock;
    private final ContentTypes types = new ContentTypes();

    /**
     * @param clock says since when a file is there
     * @throws IOException if there can be no such folder
     */
    FolderFileVault(Path folder, Clock clock) throws IOException {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.beside = folder.resolve(BESIDE);
        this.clock = Objects.requireNonNull(clock, "clock");
        Files.createDirectories(beside);
        sweep();
    }

    /** What a server that died left half-written. */
    private void sweep() throws IOException {
        Instant old = clock.now().minus(LEFT_BESIDE);
        for (Path left : inOrder(beside)) {
            if (Files.getLastModifiedTime(left).toInstant().isBefore(old)) {
                Files.deleteIfExists(left);
            }
        }
    }

    @Override
    public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
        Path written = onDisk(() -> Files.createTempFile(beside, "file", ".part"));
        try {
            long size = write(content, limit, written);
            if (size > limit) {
                return Optional.empty();
            }
            String type = onDisk(() -> types.of(written));
            onDisk(() -> publish(written, file));
            return Optional.of(new Stored(size, type));
        } finally {
            forget(written);
        }
    }

    /** How many bytes there were, at most one buffer more than the limit. Only what the content throws is an IOException. */
    private static long write(InputStream content, long limit, Path written) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (Output out = new Output(written)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > limit) {
                    return size;
                }
                out.write(buffer, read);
            }
            out.force();
        }
        return size;
    }

    /** A file that is written, whose troubles are the disk's. */
    private static final class Output implements AutoCloseable {
        private final FileChannel channel;

        Output(Path file) {
            channel = onDisk(() -> FileChannel.open(file, StandardOpenOption.WRITE));
        }

        void write(byte[] bytes, int count) {
            onDisk(() -> {
                ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                return count;
            });
        }

        void force() {
            onDisk(() -> {
                channel.force(true);
                return channel;
            });
        }

        @Override
        public void close() {
            onDisk(() -> {
                channel.close();
                return channel;
            });
        }
    }

    private Path publish(Path written, FileId file) throws IOException {
        Path target = path(file);
        Path shard = shard(file);
        Files.createDirectories(shard);
        Files.setLastModifiedTime(written, FileTime.from(clock.now()));
        try {
            Files.createLink(target, written);
        } catch (FileAlreadyExistsException there) {
            throw new IllegalStateException("file " + file + " is there already", there);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            move(written, target, file);
        }
        force(shard);
        return target;
    }

    /** Where the disk has no second names: one server at a time. */
    private synchronized void move(Path written, Path target, FileId file) throws IOException {
        if (Files.exists(target)) {
            throw new IllegalStateException("file " + file + " is there already");
        }
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The name, too, outlives a power cut, where the system lets a folder be forced. */
    private static void force(Path directory) {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException notHere) {
            LOG.debug("A folder cannot be forced to the disk here", notHere);
        }
    }

    private static void forget(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException left) {
            LOG.warn(
                    "A file that was not kept is left in {}; a start in a day takes it away",
                    written.getParent(),
                    left);
        }
    }

    @Override
    public Optional<InputStream> open(FileId file) {
        return onDisk(() -> {
            try {
                return Optional.of(Files.newInputStream(path(file)));
            } catch (NoSuchFileException gone) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean delete(FileId file) {
        return onDisk(() -> Files.deleteIfExists(path(file)));
    }

    @Override
    public List<Held> list(@Nullable FileId after, int limit) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + PAGE + ": " + limit);
        }
        String last = after == null ? "" : digits(after);
        List<Held> page = new ArrayList<>();
        return onDisk(() -> {
            for (Path shard : inOrder(folder)) {
                String name = shard.getFileName().toString();
                boolean behind = name.length() == SHARD_DIGITS
                        && (last.isEmpty() || name.compareTo(last.substring(0, SHARD_DIGITS)) >= 0);
                if (behind && page.size() < limit) {
                    list(shard, last, limit, page);
                }
            }
            return page;
        });
    }

    private static void list(Path shard, String last, int limit, List<Held> page) throws IOException {
        for (Path file : inOrder(shard)) {
            String name = file.getFileName().toString();
            if (page.size() < limit && name.compareTo(last) > 0) {
                held(file, name).ifPresent(page::add);
            }
        }
    }

    /** Empty for what is none of ours, and for what was deleted meanwhile. */
    private static Optional<Held> held(Path file, String name) throws IOException {
        try {
            String id = new String(DIGITS.decode(name), StandardCharsets.US_ASCII);
            Instant since = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(new Held(FileId.of(id), Instant.ofEpochMilli(since.toEpochMilli())));
        } catch (IllegalArgumentException | NoSuchFileException notThere) {
            return Optional.empty();
        }
    }

    private static List<Path> inOrder(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private Path path(FileId file) {
        return shard(file).resolve(digits(file));
    }

    private Path shard(FileId file) {
        return folder.resolve(digits(file).substring(0, SHARD_DIGITS));
    }

    private static String digits(FileId file) {
        return DIGITS.encode(file.value().getBytes(StandardCharsets.US_ASCII));
    }

    /** Something done on the disk. */
    private interface Deed<T> {
        T apply() throws IOException;
    }

    private static <T> T onDisk(Deed<T> deed) {
        try {
            return deed.apply();
        } catch (IOException failed) {
            throw new StoreException("the folder of files does not serve", failed, false);
        }
    }
}
