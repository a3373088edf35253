package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.chat.Offer;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;

/** One chat as its log tells it, entry by entry, and what may follow what. Says what must not be; changes nothing. */
final class ChatRecord {

    /** A claim: who, and with which entry. */
    record Claim(long seq, OperatorId owner) {}

    private final ChatId id;
    private final String name;
    private final ChatEvent.ChatStarted start;
    private final Timetable timetable;
    private final Openings openings;
    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, Long> said = new HashMap<>();
    private Chat fold;
    private Instant waitingSince;
    private Instant claimedAt = Instant.MIN;
    private Instant ownedSince = Instant.MIN;
    private boolean noticed;
    private @Nullable OperatorId owner;
    private @Nullable Instant patronGoneSince;
    private ChatEvent.@Nullable Kind end;
    private long closedWith = Long.MAX_VALUE;

    ChatRecord(String name, ChatId id, Logged first) {
        this.name = name;
        this.id = id;
        if (!(first.event() instanceof ChatEvent.ChatStarted started)) {
            throw new Wrong(name + " begins with " + first.event());
        }
        this.start = started;
        this.timetable = new Timetable(started.plan(), first.at());
        this.openings = new Openings(timetable, first.at());
        this.waitingSince = first.at();
        this.fold = Chat.started(id, first);
    }

    ChatId id() {
        return id;
    }

    long seq() {
        return fold.seq();
    }

    ChatEvent.ChatStarted start() {
        return start;
    }

    Timetable timetable() {
        return timetable;
    }

    boolean waiting() {
        return owner == null && end == null;
    }

    boolean over() {
        return end != null;
    }

    @Nullable
    OperatorId owner() {
        return owner;
    }

    List<Claim> claims() {
        return claims;
    }

    @Nullable
    Long saidAs(String text) {
        return said.get(text);
    }

    @Nullable
    Instant patronGoneSince() {
        return patronGoneSince;
    }

    ChatEvent.@Nullable Kind end() {
        return end;
    }

    /** The number of the change since which nobody waits here; the greatest number while somebody does. */
    long closedWith() {
        return closedWith;
    }

    @Override
    public String toString() {
        return name;
    }

    /** The log went on. */
    void add(Logged entry, Deed deed) {
        require(entry.seq() == fold.seq() + 1, () -> "entry " + entry.seq() + " follows entry " + fold.seq());
        boolean afterwards =
                entry.event() instanceof ChatEvent.PatronRated || entry.event() instanceof ChatEvent.ContentErased;
        require(end == null || afterwards, () -> "goes on after its end with " + entry.event());
        require(!entry.at().isBefore(fold.startedAt()), () -> entry.event() + " is dated before the start");
        require(!entry.at().isAfter(deed.at()), () -> entry.event() + " is dated after it was decided");
        ChatEvent event = entry.event();
        switch (event.kind()) {
            case STARTED -> throw wrong("starts twice");
            case STAGE_OPENED -> {
                require(waiting(), "opens a stage while nobody waits");
                require(!entry.at().isBefore(waitingSince), "opened before this round");
                openings.opened(entry, (ChatEvent.StageOpened) event, deed, this);
            }
            case STILL_LOOKING -> stillLooking(entry.at(), deed.policies());
            case CLAIMED -> claimed(entry, (ChatEvent.ChatClaimed) event, deed);
            case SAID -> said(entry, (ChatEvent.MessageSaid) event);
            case PATRON_GONE -> {
                require(patronGoneSince == null, "loses its patron twice");
                patronGoneSince = ((ChatEvent.PatronGone) event).lastRenewal();
                require(!patronGoneSince.isAfter(entry.at()), "the patron was last seen in the future");
            }
            case PATRON_BACK -> patronGoneSince = null;
            case OWNER_LOST -> ownerLost(entry.at(), (ChatEvent.OwnerLost) event, deed);
            case TRANSFER_OFFERED -> offered((ChatEvent.TransferOffered) event);
            case OFFER_WIDENED -> widened(entry.at(), (ChatEvent.OfferWidened) event, deed.policies());
            case OFFER_DECLINED -> declined((ChatEvent.OfferDeclined) event);
            case TRANSFER_OVER -> offerOver(entry.at(), (ChatEvent.TransferOver) event, deed.policies());
            case TRANSFERRED -> transferred(entry.at(), (ChatEvent.Transferred) event, deed.policies());
            case ENDED -> ended(entry.at(), (ChatEvent.ChatEnded) event, deed.policies());
            case MISSED -> missed(entry.at(), (ChatEvent.ChatMissed) event, deed.policies());
            case DISMISSED -> dismissed(entry.at(), (ChatEvent.ChatDismissed) event, deed);
            case FILE_SHARED -> {
                // Nothing may follow the end, which was asked above.
            }
            case RATED, ERASED -> require(end != null, () -> event + " before the end");
        }
        if (waiting()) {
            closedWith = Long.MAX_VALUE;
        } else if (closedWith == Long.MAX_VALUE) {
            closedWith = deed.change();
        }
        fold = fold.evolve(entry);
    }

    /** The change is complete: nothing that was due may be left, and the head must be what the log adds up to. */
    void complete(Chat head, Deed deed) {
        Chat same = new Chat(
                fold.id(),
                fold.seq(),
                fold.widget(),
                fold.patronKeyHash(),
                fold.startedAt(),
                fold.progress(),
                fold.phase(),
                fold.ownerships(),
                fold.offeredTo(),
                fold.patron(),
                head.judged(),
                fold.uploads());
        require(head.equals(same), () -> "the head is " + head + ", but the log adds up to " + same);
        require(
                (head.phase() instanceof Phase.Claimed) == head.ownership().isPresent()
                        && Objects.equals(
                                head.ownership().map(Phase.Ownership::owner).orElse(null), owner),
                () -> "owned by " + owner + " in phase " + head.phase());
        if (waiting()) {
            openings.complete(deed, this);
            nothingDue(deed.at(), deed.policies());
        }
        if (owner != null && patronGoneSince != null) {
            Instant away = patronGoneSince.plus(deed.policies().patronAway());
            // A claim ends nothing itself: what it is too late for is a change of its own, at the same instant.
            require(
                    away.isAfter(deed.at()) || deed.at().equals(ownedSince),
                    "goes on although the patron has been away too long");
        }
    }

    /** In the calm: waits for somebody, and for nothing that was due {@code slack} ago. */
    void waitsRightly(Deed deed, java.time.Duration slack) {
        nothingDue(deed.at().minus(slack), deed.policies());
        if (deed.sureOfDirectory()) {
            openings.notStranded(deed, this);
        }
    }

    private void nothingDue(Instant now, Policies policies) {
        Instant next = timetable.next();
        require(next == null || next.isAfter(now), () -> "left " + timetable.due() + " undone");
        require(noticed || waitingSince.plus(policies.unansweredAfter()).isAfter(now), "left the notice undone");
        require(unclaimedEnd(policies).isAfter(now), "waits on after its time");
    }

    /** R17, C7: when a waiting chat ends by time. */
    private Instant unclaimedEnd(Policies policies) {
        Instant giveUp = waitingSince.plus(policies.giveUpAfter());
        Instant left = patronLeft(policies);
        return left != null && left.isBefore(giveUp) ? left : giveUp;
    }

    private @Nullable Instant patronLeft(Policies policies) {
        if (patronGoneSince == null) {
            return null;
        }
        Instant left = patronGoneSince.plus(policies.patronGrace());
        return left.isBefore(waitingSince) ? waitingSince : left;
    }

    private void stillLooking(Instant at, Policies policies) {
        require(waiting() && !noticed, "tells the patron twice or for nothing that we are still looking");
        require(at.equals(waitingSince.plus(policies.unansweredAfter())), "tells so at the wrong instant");
        noticed = true;
    }

    private void claimed(Logged entry, ChatEvent.ChatClaimed event, Deed deed) {
        require(waiting(), () -> "is claimed by " + event.owner() + " while " + owner + " owns it");
        Instant next = timetable.next();
        require(next == null || next.isAfter(entry.at()), "is claimed before what was due opened");
        openings.complete(deed, this);
        eligible(event.owner(), event.claimedOn(), entry.at(), deed);
        require(
                !deed.sureOfDirectory() || deed.willingNow(event.owner(), event.claimedOn()),
                () -> "is claimed by " + event.owner() + ", whose row as stored does not allow it");
        owner = event.owner();
        claimedAt = entry.at();
        ownedSince = entry.at();
        claims.add(new Claim(entry.seq(), event.owner()));
    }

    /** C2, R6: available on the stage named, and on no open one before it. */
    private void eligible(OperatorId operator, Stage stage, Instant at, Deed deed) {
        require(timetable.isOpen(stage), () -> operator + " acts on " + stage + ", which is not open");
        if (!deed.sureOfDirectory()) {
            return;
        }
        boolean there = deed.maybeAvailable(operator, start.plan().home(), stage, at);
        require(there, () -> operator + " acts on " + stage + " without being available there");
        for (Stage before : openings.inOrder()) {
            if (before.equals(stage)) {
                return;
            }
            require(
                    !deed.surelyAvailable(operator, start.plan().home(), before, at),
                    () -> operator + " claims on " + stage + " although available on " + before);
        }
    }

    private void said(Logged entry, ChatEvent.MessageSaid event) {
        if (!event.author().isPerson()) {
            require(owner != null, "greets without an owner");
            return;
        }
        OperatorId operator = event.author().operator();
        require(operator == null || operator.equals(owner), () -> operator + " speaks while " + owner + " owns it");
        require(operator != null || event.audience() == Audience.PATRON_AND_STAFF, "the patron writes notes");
        if (!(entry.content() instanceof Content.Text text)) {
            throw wrong("a message without text");
        }
        Long before = said.putIfAbsent(text.text(), entry.seq());
        require(before == null, () -> "says \"" + text.text() + "\" twice: entries " + before + " and " + entry.seq());
    }

    private Offer pendingOffer() {
        Offer offer = fold.offer().orElse(null);
        if (offer == null) {
            throw wrong("has no offer to which anything could happen");
        }
        return offer;
    }

    private void offered(ChatEvent.TransferOffered event) {
        require(owner != null && fold.offer().isEmpty(), "is offered without an owner, or twice");
        require(
                !event.offeredTo().isEmpty() && !event.offeredTo().contains(owner),
                "is offered to nobody, or its owner");
    }

    private void widened(Instant at, ChatEvent.OfferWidened event, Policies policies) {
        Offer offer = pendingOffer();
        require(at.equals(offer.backupDue()), "is offered to the backup staff at the wrong instant");
        require(!offer.at().plus(policies.transferExpiry()).isBefore(at), "is offered to the backup staff when over");
        require(!event.offeredTo().contains(owner), "is offered to its owner");
    }

    private void declined(ChatEvent.OfferDeclined event) {
        require(pendingOffer().isTo(event.by()), () -> event.by() + " declines what was not offered");
    }

    private void offerOver(Instant at, ChatEvent.TransferOver event, Policies policies) {
        Offer offer = pendingOffer();
        boolean expires = at.equals(offer.at().plus(policies.transferExpiry()));
        require(expires || event.why() != ChatEvent.TransferOver.Why.EXPIRED, "its offer expires at the wrong instant");
        boolean empty = offer.offeredTo().isEmpty();
        require(empty == (event.why() == ChatEvent.TransferOver.Why.VOID), "its offer is void with somebody left");
    }

    private void transferred(Instant at, ChatEvent.Transferred event, Policies policies) {
        Offer offer = pendingOffer();
        require(offer.isTo(event.owner()), () -> event.owner() + " accepts what was not offered");
        require(at.isBefore(offer.at().plus(policies.transferExpiry())), "is accepted after the offer expired");
        owner = event.owner();
        ownedSince = at;
        claims.add(new Claim(fold.seq() + 1, event.owner()));
    }

    /** Whether the chat is offered to {@code operator} now. */
    boolean isOfferedTo(OperatorId operator) {
        return fold.offer().filter(offer -> offer.isTo(operator)).isPresent();
    }

    /** Whether the chat was offered to {@code operator} at any time (A9). */
    boolean wasOfferedTo(OperatorId operator) {
        return fold.offeredTo().contains(operator);
    }

    private void ownerLost(Instant at, ChatEvent.OwnerLost event, Deed deed) {
        require(event.owner().equals(owner), () -> "loses " + event.owner() + " while " + owner + " owns it");
        require(!at.isBefore(ownedSince), "loses its owner before the claim");
        if (deed.sureOfDirectory()) {
            String why = OwnerLoss.missing(event.owner(), at, event.signedOff(), deed);
            require(why.isEmpty(), () -> "loses " + event.owner() + ": " + why);
        }
        timetable.owned(claimedAt, at);
        owner = null;
        waitingSince = at;
        noticed = false;
    }

    private void ended(Instant at, ChatEvent.ChatEnded event, Policies policies) {
        require(!claims.isEmpty(), "is ended, not missed, though nobody ever owned it");
        Author by = event.by();
        if (by != null) {
            require(by.operator() == null || by.operator().equals(owner), () -> by + " ends it without owning it");
        } else if (owner == null) {
            require(Disposition.LOST.equals(event.disposition()), "is lost without saying so");
            require(at.equals(unclaimedEnd(policies)), "is lost at the wrong instant");
        } else {
            Instant away = patronGoneSince == null ? null : patronGoneSince.plus(policies.patronAway());
            require(
                    away != null && at.equals(away.isBefore(ownedSince) ? ownedSince : away),
                    "ends at the wrong instant");
        }
        over(at, ChatEvent.Kind.ENDED);
    }

    private void missed(Instant at, ChatEvent.ChatMissed event, Policies policies) {
        require(claims.isEmpty(), "is missed, though it was owned");
        Instant left = patronLeft(policies);
        boolean due = at.equals(unclaimedEnd(policies));
        boolean byPatron = event.reason() == MissedReason.PATRON_LEFT;
        require(due || byPatron, "is given up at the wrong instant");
        require(byPatron || !at.equals(left), "the patron left, and it is called given up");
        over(at, ChatEvent.Kind.MISSED);
    }

    private void dismissed(Instant at, ChatEvent.ChatDismissed event, Deed deed) {
        require(claims.isEmpty() && waiting(), "is dismissed, though it was owned");
        boolean eligible = openings.inOrder().stream()
                .anyMatch(stage -> deed.maybeAvailable(event.by(), start.plan().home(), stage, at));
        require(eligible || !deed.sureOfDirectory(), () -> event.by() + " dismisses it without being eligible");
        over(at, ChatEvent.Kind.DISMISSED);
    }

    private void over(Instant at, ChatEvent.Kind kind) {
        Instant next = owner == null ? timetable.next() : null;
        require(next == null || next.isAfter(at), "ends before what was due opened");
        end = kind;
        owner = null;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    /** The same for what takes long to say. */
    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw wrong(otherwise.get());
        }
    }

    private Wrong wrong(String what) {
        return new Wrong(name + ' ' + what);
    }

    /** What must not be. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }
    }
}
