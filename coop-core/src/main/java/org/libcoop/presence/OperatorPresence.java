package org.libcoop.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;

/**
 * What the store keeps of one operator's presence: the row a claim guards. {@code version} grows by one with every stored
 * change ({@link #successor});
 * {@code switches} survive sign-out (P2); {@code changedAt} is the instant from which this
 * state holds, {@code onlineSince} when the present sign-in began; {@code signOff} is how the last one ended, null before the
 * first sign-out and while signed in (P5). Instants are UTC with millisecond precision.
 * <em>Immutable.</em>
 */
public record OperatorPresence(
        OperatorId operator,
        long version,
        boolean signedIn,
        Status status,
        Set<Option> switches,
        List<Attachment> attachments,
        @Nullable Instant onlineSince,
        Instant changedAt,
        int openChats,
        @Nullable SignOff signOff) {

    public OperatorPresence {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(changedAt, "changedAt");
        switches = Set.copyOf(switches);
        attachments = List.copyOf(attachments);
        if (openChats < 0) {
            throw new IllegalArgumentException("openChats must not be negative: " + openChats);
        }
        if (signedIn && signOff != null) {
            throw new IllegalArgumentException("who is signed in was not signed out: " + signOff);
        }
    }

    /** The same state as the next version: what a store is asked to keep. */
    public OperatorPresence successor() {
        return new OperatorPresence(
                operator,
                version + 1,
                signedIn,
                status,
                switches,
                attachments,
                onlineSince,
                changedAt,
                openChats,
                signOff);
    }

    /** An operator nobody has heard of yet: signed out, every switch off (P2). */
    public static OperatorPresence unknown(OperatorId operator) {
        return new OperatorPresence(
                operator, 0, false, Status.OFFLINE, Set.of(), List.of(), null, Instant.EPOCH, 0, null);
    }

    /** Signed in and ONLINE from {@code at}, with the switches remembered from last time (P2). */
    public OperatorPresence signedIn(Instant at) {
        return new OperatorPresence(
                operator, version, true, Status.ONLINE, switches, attachments, at, at, openChats, null);
    }

    /** Signed out from {@code at}; switches stay remembered, attachments are gone. */
    public OperatorPresence signedOut(Instant at, SignOff how) {
        return new OperatorPresence(
                operator, version, false, Status.OFFLINE, switches, List.of(), null, at, openChats, how);
    }

    /** The same, known to hold at {@code at} too: the operator did something then, which the idle limit counts from (P5). */
    public OperatorPresence active(Instant at) {
        return withOpenChats(openChats, at);
    }

    /** The same with another status from {@code at}. */
    public OperatorPresence withStatus(Status next, Instant at) {
        return new OperatorPresence(
                operator, version, signedIn, next, switches, attachments, onlineSince, at, openChats, signOff);
    }

    /** The same with one switch on or off from {@code at}. */
    public OperatorPresence withSwitch(Option option, boolean on, Instant at) {
        Set<Option> next = new LinkedHashSet<>(switches);
        if (on) {
            next.add(option);
        } else {
            next.remove(option);
        }
        return new OperatorPresence(
                operator, version, signedIn, status, next, attachments, onlineSince, at, openChats, signOff);
    }

    /**
     * The same with {@code attachment} in place of what its node said before, and without the word of {@code dead} nodes or of
     * those that stopped vouching, if this one vouches.
     */
    public OperatorPresence attached(Attachment attachment, Predicate<NodeId> dead, Instant at) {
        List<Attachment> next = new ArrayList<>();
        for (Attachment known : attachments) {
            boolean settled = attachment.vouched() && (!known.vouched() || dead.test(known.node()));
            if (!known.node().equals(attachment.node()) && !settled) {
                next.add(known);
            }
        }
        next.add(attachment);
        return new OperatorPresence(
                operator, version, signedIn, status, switches, next, onlineSince, at, openChats, signOff);
    }

    /** The same with one chat more from {@code at} (C12). */
    public OperatorPresence oneChatMore(Instant at) {
        return withOpenChats(openChats + 1, at);
    }

    /** The same with one chat less from {@code at}, never below none. */
    public OperatorPresence oneChatLess(Instant at) {
        return withOpenChats(Math.max(0, openChats - 1), at);
    }

    private OperatorPresence withOpenChats(int next, Instant at) {
        return new OperatorPresence(
                operator, version, signedIn, status, switches, attachments, onlineSince, at, next, signOff);
    }
}
