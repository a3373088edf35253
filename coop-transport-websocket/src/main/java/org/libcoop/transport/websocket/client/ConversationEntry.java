package org.libcoop.transport.websocket.client;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a chat's conversation as its reader may see it (M1, M3). What an event does not have is null or false; events
 * that a later server knows come with their name all the same. <em>Immutable.</em>
 *
 * @param seq the entry's number: an operator's are without gaps, a patron's have gaps where an entry is not for patrons
 * @param event such as {@code said}, {@code claimed}, {@code ended}
 * @param author {@code patron}, {@code operator} or {@code system}, of what was said or shared
 * @param name of the operator that it is about
 * @param institution of that operator
 * @param mine whether the reader did it
 * @param note whether it is internal and reached no patron
 * @param text what was said; null where it was redacted or erased, too
 * @param reason why a chat was missed or dismissed, the disposition of one that ended
 * @param file what was shared
 */
public record ConversationEntry(
        long seq,
        Instant at,
        String event,
        @Nullable String author,
        @Nullable String name,
        @Nullable String institution,
        boolean mine,
        boolean note,
        @Nullable String text,
        @Nullable String reason,
        @Nullable File file) {

    /**
     * A shared file (U1): the id by which it is got, size in bytes; name and type are null where it was redacted or erased. <em>Immutable.</em>
     */
    public record File(
            String id, @Nullable String name, @Nullable String mediaType, long size) {
        public File {
            Objects.requireNonNull(id, "id");
        }
    }

    public ConversationEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
    }
}
