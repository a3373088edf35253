package org.libcoop.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.OfferDeclined;
import org.libcoop.chat.ChatEvent.OfferWidened;
import org.libcoop.chat.ChatEvent.OwnerLost;
import org.libcoop.chat.ChatEvent.PatronBack;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatEvent.StillLooking;
import org.libcoop.chat.ChatEvent.TransferOffered;
import org.libcoop.chat.ChatEvent.Transferred;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.WidgetId;
import org.libcoop.routing.Opening;
import org.libcoop.routing.Pending;
import org.libcoop.routing.Progress;
import org.libcoop.routing.Routing;

/**
 * The head of a chat: what its log adds up to. {@code seq} is the number of its last entry and serves as its version: every
 * change appends at least one entry, so the head a change was decided on is known by it (T2).
 *
 * <p>{@code judged} is the instant up to which presence was taken into account (R7, R14); {@code ownerships} are all there have
 * been, in order, the lost ones included (A1, C10); {@code offeredTo} is to whom it was ever offered (A9); {@code uploads} counts all files
 * that were ever shared in it (U1). <em>Immutable.</em>
 */
public record Chat(
        ChatId id,
        long seq,
        WidgetId widget,
        String patronKeyHash,
        Instant startedAt,
        Progress progress,
        Phase phase,
        List<Ownership> ownerships,
        Set<OperatorId> offeredTo,
        PatronLink patron,
        Instant judged,
        Uploads uploads) {

    public Chat {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(widget, "widget");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(patron, "patron");
        Objects.requireNonNull(judged, "judged");
        Objects.requireNonNull(uploads, "uploads");
        ownerships = List.copyOf(ownerships);
        offeredTo = Set.copyOf(offeredTo);
    }

    /** The patron's home institution, to which the transcript belongs (X1). */
    public InstitutionId home() {
        return progress.plan().home();
    }

    /** Whether the chat is over in any way. */
    public boolean over() {
        return phase.kind().over();
    }

    /** The owner, while the chat is claimed. */
    public Optional<Ownership> ownership() {
        return phase instanceof Phase.Claimed claimed ? Optional.of(claimed.ownership()) : Optional.empty();
    }

    /** Whether {@code operator} owns the chat now. */
    public boolean ownedBy(OperatorId operator) {
        return ownership().filter(o -> o.owner().equals(operator)).isPresent();
    }

    /** The newest ownership, which stays when the owner is lost or the chat is over; null exactly while the chat was never owned. */
    public @Nullable Ownership lastOwnership() {
        return ownerships.isEmpty() ? null : ownerships.get(ownerships.size() - 1);
    }

    /** Whether {@code operator} owned the chat at any time, claimed or accepted (A1). */
    public boolean everOwnedBy(OperatorId operator) {
        return ownerships.stream().anyMatch(ownership -> ownership.owner().equals(operator));
    }

    /** The transfer under way, if there is one (C9). */
    public Optional<Offer> offer() {
        return phase instanceof Phase.Claimed claimed ? Optional.ofNullable(claimed.offer()) : Optional.empty();
    }

    /** The next stage by time, while the chat waits (C1). */
    public Optional<Pending> nextStage() {
        return phase instanceof Phase.Waiting ? Routing.next(progress) : Optional.empty();
    }

    /** The instant at which something is due on this chat by time alone, or null when nothing is: its place in the due index. */
    public @Nullable Instant dueAt(Policies policies) {
        if (phase instanceof Phase.Waiting waiting) {
            Instant due = earlier(end(waiting, policies), notice(waiting, policies));
            Pending next = Routing.next(progress).orElse(null);
            return next == null ? due : earlier(due, next.due());
        }
        Offer offer = offer().orElse(null);
        Instant due = phase instanceof Phase.Claimed ? away(policies) : null;
        return offer == null ? due : earlier(due, earlier(offer.expiresAt(policies), offer.backupDue()));
    }

    /** R17: when the patron is to be told that we are still looking; null once told. */
    @Nullable
    Instant notice(Phase.Waiting waiting, Policies policies) {
        return waiting.noticed() ? null : waiting.since().plus(policies.unansweredAfter());
    }

    /** R17, C7: when an unclaimed chat ends by time. */
    Instant end(Phase.Waiting waiting, Policies policies) {
        Instant giveUp = waiting.since().plus(policies.giveUpAfter());
        Instant left = patronLeft(waiting, policies);
        return left != null && left.isBefore(giveUp) ? left : giveUp;
    }

    /** C7: when an unclaimed chat ends because its patron is gone; never before the chat waits. */
    @Nullable
    Instant patronLeft(Phase.Waiting waiting, Policies policies) {
        Instant left = gone(policies.patronGrace());
        return left != null && left.isBefore(waiting.since()) ? waiting.since() : left;
    }

    /** C7: when a claimed chat ends because its patron is gone. */
    @Nullable
    Instant away(Policies policies) {
        return gone(policies.patronAway());
    }

    private @Nullable Instant gone(Duration grace) {
        Instant since = patron.goneSince();
        return since == null ? null : since.plus(grace);
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** The chat that a log's first entry makes. */
    public static Chat started(ChatId id, Logged entry) {
        if (!(entry.event() instanceof ChatStarted started) || entry.seq() != 1) {
            throw new IllegalArgumentException("a chat's log begins with ChatStarted as entry 1: " + entry);
        }
        return new Chat(
                id,
                1,
                started.widget(),
                started.patronKeyHash(),
                entry.at(),
                Progress.start(started.plan(), entry.at()),
                new Phase.Waiting(entry.at(), false),
                List.of(),
                Set.of(),
                new PatronLink(started.node(), null),
                entry.at(),
                Uploads.NONE);
    }

    /**
     * The chat with one entry more. A log always adds up to its head, whoever adds it up.
     *
     * @throws IllegalArgumentException if {@code entry} is not the next one, or cannot follow
     */
    public Chat evolve(Logged entry) {
        if (entry.seq() != seq + 1) {
            throw new IllegalArgumentException("entry " + entry.seq() + " cannot follow entry " + seq + " of " + id);
        }
        ChatEvent event = entry.event();
        return switch (event.kind()) {
            case STARTED -> throw new IllegalArgumentException("chat " + id + " started before");
            case STAGE_OPENED -> opened((StageOpened) event, entry.at());
            case STILL_LOOKING -> stillLooking((StillLooking) event);
            case CLAIMED -> claimed((ChatClaimed) event, entry.at());
            case SAID -> said((MessageSaid) event);
            case PATRON_GONE -> with(new PatronLink(patron.node(), ((PatronGone) event).lastRenewal()));
            case PATRON_BACK -> with(new PatronLink(((PatronBack) event).node(), null));
            case OWNER_LOST -> ownerLost((OwnerLost) event, entry.at());
            case TRANSFER_OFFERED -> offered((TransferOffered) event, entry.at());
            case OFFER_WIDENED -> widened((OfferWidened) event, entry.at());
            case OFFER_DECLINED -> declined((OfferDeclined) event);
            case TRANSFER_OVER -> with(claimed(event).with(null));
            case TRANSFERRED -> transferred((Transferred) event, entry.at());
            case ENDED -> with(new Phase.Ended(entry.at(), ((ChatEnded) event).disposition()));
            case MISSED -> with(new Phase.Missed(entry.at(), ((ChatMissed) event).reason()));
            case DISMISSED -> dismissed((ChatDismissed) event, entry.at());
            case RATED, ERASED -> with(phase);
            case FILE_SHARED -> shared((FileShared) event);
        };
    }

    /** The same with presence taken into account up to {@code instant}; never moves back. */
    Chat judgedTo(Instant instant) {
        Instant next = instant.isAfter(judged) ? instant : judged;
        return new Chat(
                id,
                seq,
                widget,
                patronKeyHash,
                startedAt,
                progress,
                phase,
                ownerships,
                offeredTo,
                patron,
                next,
                uploads);
    }

    private Chat opened(StageOpened event, Instant at) {
        Progress next = progress.open(Opening.of(event.stage(), at, event.cause()));
        return next(next, phase, patron);
    }

    private Chat stillLooking(StillLooking event) {
        Objects.requireNonNull(event, "event");
        return phase instanceof Phase.Waiting waiting ? with(new Phase.Waiting(waiting.since(), true)) : with(phase);
    }

    private Chat claimed(ChatClaimed event, Instant at) {
        Ownership ownership = new Ownership(event.owner(), event.institution(), event.claimedOn(), at);
        Instant waitedSince = phase instanceof Phase.Waiting waiting ? waiting.since() : at;
        return owned(new Phase.Claimed(ownership, waitedSince, at, null));
    }

    private Chat transferred(Transferred event, Instant at) {
        Phase.Claimed before = claimed(event);
        Ownership ownership = new Ownership(event.owner(), event.institution(), event.through(), at);
        return owned(new Phase.Claimed(ownership, before.waitedSince(), before.claimedAt(), null));
    }

    private Chat owned(Phase.Claimed next) {
        List<Ownership> all = new ArrayList<>(ownerships);
        all.add(next.ownership());
        return next(progress, next, all, offeredTo, patron);
    }

    private Chat offered(TransferOffered event, Instant at) {
        Map<OperatorId, Instant> to = new HashMap<>();
        event.offeredTo().forEach(operator -> to.put(operator, at));
        return offering(claimed(event), new Offer(event.to(), at, to, Set.of(), event.backupDue()));
    }

    private Chat widened(OfferWidened event, Instant at) {
        Phase.Claimed claimed = claimed(event);
        Offer offer = pending(claimed, event);
        Map<OperatorId, Instant> to = new HashMap<>(offer.offeredTo());
        event.offeredTo().forEach(operator -> to.putIfAbsent(operator, at));
        return offering(claimed, new Offer(offer.to(), offer.at(), to, offer.left(), null));
    }

    private Chat offering(Phase.Claimed claimed, Offer offer) {
        Set<OperatorId> ever = new HashSet<>(offeredTo);
        ever.addAll(offer.offeredTo().keySet());
        return next(progress, claimed.with(offer), ownerships, ever, patron);
    }

    private Chat declined(OfferDeclined event) {
        Phase.Claimed claimed = claimed(event);
        Offer offer = pending(claimed, event);
        Map<OperatorId, Instant> to = new HashMap<>(offer.offeredTo());
        to.remove(event.by());
        Set<OperatorId> left = new HashSet<>(offer.left());
        left.add(event.by());
        return with(claimed.with(new Offer(offer.to(), offer.at(), to, left, offer.backupDue())));
    }

    private Phase.Claimed claimed(ChatEvent event) {
        if (phase instanceof Phase.Claimed claimed) {
            return claimed;
        }
        throw new IllegalArgumentException(event + " cannot happen to chat " + id + ", which nobody owns");
    }

    private Offer pending(Phase.Claimed claimed, ChatEvent event) {
        if (claimed.offer() == null) {
            throw new IllegalArgumentException(event + " cannot happen to chat " + id + ", which is not offered");
        }
        return claimed.offer();
    }

    private Chat said(MessageSaid event) {
        Objects.requireNonNull(event, "event");
        return with(phase);
    }

    private Chat shared(FileShared event) {
        return next(progress, phase, ownerships, offeredTo, patron, uploads.plus(event.size()));
    }

    private Chat ownerLost(OwnerLost event, Instant at) {
        if (!ownedBy(event.owner())) {
            throw new IllegalArgumentException(event.owner() + " does not own chat " + id);
        }
        // R16: the clocks stood still from the claim on, not from a later acceptance.
        Instant claimedAt = claimed(event).claimedAt();
        Progress waitingAgain = progress.paused(Duration.between(claimedAt, at));
        return next(waitingAgain, new Phase.Waiting(at, false), patron);
    }

    private Chat dismissed(ChatDismissed event, Instant at) {
        return with(new Phase.Dismissed(at, event.by(), event.reason()));
    }

    private Chat with(Phase next) {
        return next(progress, next, patron);
    }

    private Chat with(PatronLink next) {
        return next(progress, phase, next);
    }

    private Chat next(Progress progress, Phase phase, PatronLink patron) {
        return next(progress, phase, ownerships, offeredTo, patron);
    }

    private Chat next(
            Progress progress, Phase phase, List<Ownership> owned, Set<OperatorId> offered, PatronLink patron) {
        return next(progress, phase, owned, offered, patron, uploads);
    }

    private Chat next(
            Progress progress,
            Phase phase,
            List<Ownership> owned,
            Set<OperatorId> offered,
            PatronLink patron,
            Uploads uploads) {
        return new Chat(
                id,
                seq + 1,
                widget,
                patronKeyHash,
                startedAt,
                progress,
                phase,
                owned,
                offered,
                patron,
                judged,
                uploads);
    }
}
