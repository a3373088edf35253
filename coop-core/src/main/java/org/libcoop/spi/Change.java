package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;

/** One guarded change: applied whole, on the version it was decided on, or not at all (T2). <em>Immutable.</em> */
public sealed interface Change {

    /**
     * New entries of one chat with its new head. Applied only if the stored chat's {@code seq} is {@code expectedSeq} (0: there
     * is none yet), the {@code guard}, if any, holds, and the command has no result yet.
     *
     * @param at when the change was decided
     * @param guard the operator whose row must still be of the given version; gets one chat more (C12)
     * @param lowers the operator who gets one chat less, unguarded, from {@link #releasedAt} on
     * @param result the command's result, kept with the change; null for a command without an id
     * @param dueAt when something is due on the chat by time; null when nothing is
     * @param formerTopics what the chat waited on until now, as of {@code expectedSeq}; empty for a new one
     * @param topics what the chat waits on from now on; empty once it is over
     */
    record OfChat(
            Chat chat,
            long expectedSeq,
            Instant at,
            List<Logged> entries,
            @Nullable Guard guard,
            @Nullable OperatorId lowers,
            @Nullable CommandResult result,
            @Nullable Instant dueAt,
            Set<Topic> formerTopics,
            Set<Topic> topics)
            implements Change {

        public OfChat {
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(at, "at");
            entries = List.copyOf(entries);
            formerTopics = Set.copyOf(formerTopics);
            topics = Set.copyOf(topics);
            if (entries.isEmpty() || entries.get(entries.size() - 1).seq() != chat.seq()) {
                throw new IllegalArgumentException("the entries must lead to the head of chat " + chat.id());
            }
            if (entries.get(0).seq() != expectedSeq + 1) {
                throw new IllegalArgumentException("the entries must follow entry " + expectedSeq);
            }
        }

        /** When the owner named by {@code lowers} was released: the instant of the end or the loss, however late it is handled (R14). */
        public Instant releasedAt() {
            return entries.stream()
                    .filter(entry -> entry.event().kind() == ChatEvent.Kind.OWNER_LOST
                            || entry.event().kind() == ChatEvent.Kind.ENDED)
                    .map(Logged::at)
                    .findFirst()
                    .orElse(at);
        }
    }

    /** An operator's presence row as a claim was decided on. */
    record Guard(OperatorId operator, long expectedVersion) {
        public Guard {
            Objects.requireNonNull(operator, "operator");
        }
    }

    /** A new state of one operator's presence; applied only if the stored version is one less than its own. */
    record OfPresence(OperatorPresence presence) implements Change {
        public OfPresence {
            Objects.requireNonNull(presence, "presence");
        }
    }

    /**
     * A new or changed library record; applied only if its stored version is {@code expectedVersion} (0: there is none yet) and the
     * directory's stored revision, unless null, is {@code expectedRevision}: what was decided on the whole of it is then still so (A6,
     * D10).
     */
    record OfRecord(
            LibraryRecord record,
            long expectedVersion,
            @Nullable Long expectedRevision) implements Change {
        public OfRecord {
            Objects.requireNonNull(record, "record");
        }

        /** A record whose change hangs on no other record. */
        public OfRecord(LibraryRecord record, long expectedVersion) {
            this(record, expectedVersion, null);
        }
    }

    /** A new revision of the host's part; applied only if the directory's stored revision is {@code expectedRevision} (D11). */
    record OfHost(HostDirectory host, long expectedRevision) implements Change {
        public OfHost {
            Objects.requireNonNull(host, "host");
        }
    }
}
