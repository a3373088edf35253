package org.libcoop.chat;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** Where a chat stands. <em>Immutable.</em> */
public sealed interface Phase {

    /** The kinds of phase. */
    enum Kind {
        WAITING,
        CLAIMED,
        ENDED,
        MISSED,
        DISMISSED;

        /** Whether the chat is over in any way. */
        public boolean over() {
            return this != WAITING && this != CLAIMED;
        }
    }

    /** Which kind this is. */
    Kind kind();

    /** Since when the chat is over, if it is. */
    default Optional<Instant> overSince() {
        return Optional.empty();
    }

    /**
     * Nobody owns the chat. {@code since}: its start, or the instant its owner was lost (R16, R17). {@code noticed}: the
     * patron has been told that we are still looking.
     */
    record Waiting(Instant since, boolean noticed) implements Phase {
        public Waiting {
            Objects.requireNonNull(since, "since");
        }

        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /**
     * Somebody owns the chat. {@code waitedSince} is when the round began that the claim ended at {@code claimedAt} (C2, R16),
     * which is before {@code ownership} where a transfer was accepted since; {@code offer} is the pending one (C9).
     */
    record Claimed(
            Ownership ownership,
            Instant waitedSince,
            Instant claimedAt,
            @Nullable Offer offer) implements Phase {
        public Claimed {
            Objects.requireNonNull(ownership, "ownership");
            Objects.requireNonNull(waitedSince, "waitedSince");
            Objects.requireNonNull(claimedAt, "claimedAt");
        }

        /** The same with another offer, or none. */
        Claimed with(@Nullable Offer next) {
            return new Claimed(ownership, waitedSince, claimedAt, next);
        }

        @Override
        public Kind kind() {
            return Kind.CLAIMED;
        }
    }

    /** Over after it was owned; {@code disposition} is null where nobody said (the patron left). */
    record Ended(Instant at, @Nullable Disposition disposition) implements Phase {
        public Ended {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Kind kind() {
            return Kind.ENDED;
        }

        @Override
        public Optional<Instant> overSince() {
            return Optional.of(at);
        }
    }

    /** Over and never owned. */
    record Missed(Instant at, MissedReason reason) implements Phase {
        public Missed {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.MISSED;
        }

        @Override
        public Optional<Instant> overSince() {
            return Optional.of(at);
        }
    }

    /** Put away unanswered by an operator, as spam or practice (C11). */
    record Dismissed(Instant at, OperatorId by, String reason) implements Phase {
        public Dismissed {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.DISMISSED;
        }

        @Override
        public Optional<Instant> overSince() {
            return Optional.of(at);
        }
    }

    /**
     * Who owns a chat, of which institution, from when, and the stage it was claimed on (C2): after a transfer still that one,
     * unless it was accepted from an offer to another co-op, whose stage it is then (A2).
     */
    record Ownership(OperatorId owner, InstitutionId institution, Stage claimedOn, Instant since) {
        public Ownership {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(institution, "institution");
            Objects.requireNonNull(claimedOn, "claimedOn");
            Objects.requireNonNull(since, "since");
        }
    }
}
