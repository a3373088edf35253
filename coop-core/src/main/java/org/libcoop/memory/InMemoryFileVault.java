package org.libcoop.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.FileId;
import org.libcoop.spi.Clock;
import org.libcoop.spi.FileVault;

/**
 * A vault in memory, forgotten with the process: for tests and trials. Of types it knows PNG, JPEG, GIF and WebP images, PDF and plain text
 * in UTF-8, by how they begin. <em>Safe for use by several threads.</em>
 */
@Beta
public final class InMemoryFileVault implements FileVault {

    private static final class Kept {
        private final byte[] bytes;
        private final Instant since;

        Kept(byte[] bytes, Instant since) {
            this.bytes = bytes;
            this.since = since;
        }
    }

    private final Clock clock;
    private final NavigableMap<FileId, Kept> files = new TreeMap<>();

    /** An empty one; {@code clock} says since when something is there. */
    public InMemoryFileVault(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
        byte[] bytes = content.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
        if (bytes.length > limit) {
            return Optional.empty();
        }
        synchronized (this) {
            if (files.containsKey(file)) {
                throw new IllegalStateException("file " + file + " is there already");
            }
            files.put(file, new Kept(bytes, clock.now()));
        }
        return Optional.of(new Stored(bytes.length, typeOf(bytes)));
    }

    @Override
    public synchronized Optional<InputStream> open(FileId file) {
        return Optional.ofNullable(files.get(file)).map(kept -> new ByteArrayInputStream(kept.bytes));
    }

    @Override
    public synchronized boolean delete(FileId file) {
        return files.remove(file) != null;
    }

    @Override
    public synchronized List<Held> list(@Nullable FileId after, int limit) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + PAGE + ": " + limit);
        }
        NavigableMap<FileId, Kept> rest = after == null ? files : files.tailMap(after, false);
        return rest.entrySet().stream()
                .limit(limit)
                .map(entry -> new Held(entry.getKey(), entry.getValue().since))
                .toList();
    }

    private static String typeOf(byte[] bytes) {
        if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
            return "image/gif";
        }
        if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
            return "image/webp";
        }
        if (begins(bytes, 0, "%PDF-")) {
            return "application/pdf";
        }
        return isText(bytes) ? "text/plain" : UNKNOWN_TYPE;
    }

    private static boolean begins(byte[] bytes, int at, String with) {
        byte[] expected = with.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    private static boolean isText(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty()
                    && !text.stripLeading().startsWith("<")
                    && text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\r\n\f".indexOf(c) < 0);
        } catch (CharacterCodingException binary) {
            return false;
        }
    }
}
