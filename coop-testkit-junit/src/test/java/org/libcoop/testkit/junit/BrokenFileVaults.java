package org.libcoop.testkit.junit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.FileId;
import org.libcoop.memory.InMemoryFileVault;
import org.libcoop.spi.FileVault;
import org.libcoop.testkit.SimulatedClock;

/** Vaults that each break one rule, in a way that an adapter easily might. */
final class BrokenFileVaults {

    private BrokenFileVaults() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements FileVault {
        final FileVault right = new InMemoryFileVault(new SimulatedClock());

        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return right.put(file, content, limit);
        }

        @Override
        public Optional<InputStream> open(FileId file) {
            return right.open(file);
        }

        @Override
        public boolean delete(FileId file) {
            return right.delete(file);
        }

        @Override
        public List<Held> list(@Nullable FileId after, int limit) {
            return right.list(after, limit);
        }
    }

    /** Stores what one read gives. */
    static final class StoresTheFirstBuffer extends Proxy {
        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return super.put(file, new ByteArrayInputStream(content.readNBytes(8192)), limit);
        }
    }

    /** Takes the limit for the first size that is too much. */
    static final class RefusesTheLimitItself extends Proxy {
        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return super.put(file, content, limit - 1);
        }
    }

    /** Cuts what is too long. */
    static final class KeepsTheBeginning extends Proxy {
        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return super.put(file, new ByteArrayInputStream(content.readNBytes((int) limit)), limit);
        }
    }

    /** Stores as it reads, and leaves what is there when the content breaks off. */
    static final class LeavesHalves extends Proxy {
        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            int first = content.read();
            try {
                byte[] rest = content.readNBytes((int) limit);
                byte[] all = new byte[first < 0 ? 0 : rest.length + 1];
                if (first >= 0) {
                    all[0] = (byte) first;
                    System.arraycopy(rest, 0, all, 1, rest.length);
                }
                return super.put(file, new ByteArrayInputStream(all), limit);
            } catch (IOException cut) {
                super.put(file, new ByteArrayInputStream(new byte[] {(byte) first}), limit);
                throw cut;
            }
        }
    }

    /** Goes by what the name says. */
    static final class TakesTheTypeOfTheName extends Proxy {
        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return super.put(file, content, limit)
                    .map(stored ->
                            new Stored(stored.size(), file.value().endsWith("png") ? "image/png" : stored.mediaType()));
        }
    }

    /** Replaces what is there. */
    static final class Overwrites extends Proxy {
        @Override
        public synchronized Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            super.delete(file);
            return super.put(file, content, limit);
        }
    }

    /** Is on a disk that does not tell large letters from small ones. */
    static final class FoldsNames extends Proxy {
        private static FileId folded(FileId file) {
            return FileId.of(file.value().toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            super.delete(folded(file));
            return super.put(folded(file), content, limit);
        }

        @Override
        public Optional<InputStream> open(FileId file) {
            return super.open(folded(file));
        }
    }

    /** Says that it did. */
    static final class OnlySaysThatItDeletes extends Proxy {
        @Override
        public boolean delete(FileId file) {
            return right.open(file).isPresent();
        }
    }

    /** Lists in the order of the disk. */
    static final class ListsInAnyOrder extends Proxy {
        @Override
        public List<Held> list(@Nullable FileId after, int limit) {
            Held[] page = super.list(after, limit).toArray(new Held[0]);
            Arrays.sort(
                    page,
                    (one, other) -> Integer.compare(
                            one.file().value().hashCode(), other.file().value().hashCode()));
            return List.of(page);
        }
    }

    /** Begins a page with the last of the one before. */
    static final class ListsTheLastAgain extends Proxy {
        @Override
        public List<Held> list(@Nullable FileId after, int limit) {
            List<Held> all = super.list(null, PAGE);
            return after == null
                    ? super.list(null, limit)
                    : all.stream()
                            .filter(held -> held.file().compareTo(after) >= 0)
                            .limit(all.get(all.size() - 1).file().equals(after) ? 0 : limit)
                            .toList();
        }
    }
}
