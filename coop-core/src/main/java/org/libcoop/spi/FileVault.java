package org.libcoop.spi;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.FileId;

/**
 * Where the bytes of shared files are (U1). The engine says who may have them; what they are called is said by the chat's log alone.
 * Nodes of one deployment share one vault, and no two deployments do.
 *
 * <ol>
 * <li>FV1 What {@link #put} said is stored is there whole: {@link #open} gives the same bytes on any node until it is deleted.
 * <li>FV2 Of a content longer than {@code limit} nothing is stored, and the answer is empty; one of exactly {@code limit} bytes is
 *     stored. No more than the limit and 64 KiB are read.
 * <li>FV3 Where the content breaks off with an exception, nothing is there under its id.
 * <li>FV4 The size is the number of bytes; the type is found by content alone, never by any name, as {@code type/subtype} in
 *     small letters without parameters. What is not known is {@code application/octet-stream}, as is a content without bytes.
 * <li>FV5 What is stored never changes: another {@link #put} under an id that is there is an {@link IllegalStateException}.
 * <li>FV6 Ids are told apart letter by letter, large from small.
 * <li>FV7 {@link #delete} takes the bytes for good and says whether there were any; doing it again does no harm.
 * <li>FV8 {@link #list} names what is there, each once, in the order of the ids, after a given one, at most so many; with the
 *     instant since when it is there.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every call may throw {@link StoreException} where the vault does not answer.
 */
@Beta
public interface FileVault {

    /** The most rows a list may have. */
    int PAGE = 1_000;

    /** The type of what is not known. */
    String UNKNOWN_TYPE = "application/octet-stream";

    /** What was stored: {@code size} in bytes, and what it is by its content. */
    record Stored(long size, String mediaType) {
        public Stored {
            Objects.requireNonNull(mediaType, "mediaType");
            if (size < 0) {
                throw new IllegalArgumentException("size must not be negative: " + size);
            }
        }
    }

    /** One file that is there, and since when. */
    record Held(FileId file, Instant since) {
        public Held {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * Stores what {@code content} gives, at most {@code limit} bytes; empty if there are more (FV1–FV5). Does not close {@code content}.
     *
     * @throws IOException if {@code content} does, and for no other reason
     */
    Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException;

    /** The bytes, for the caller to close; empty where there are none (FV1, FV6). */
    Optional<InputStream> open(FileId file);

    /** Takes the bytes away; whether there were any (FV7). */
    boolean delete(FileId file);

    /** What is there after {@code after}, null for the beginning, at most {@code limit} of 1 to {@link #PAGE} (FV8). */
    List<Held> list(@Nullable FileId after, int limit);
}
