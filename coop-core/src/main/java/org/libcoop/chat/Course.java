package org.libcoop.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
import org.libcoop.chat.ChatEvent.OfferWidened;
import org.libcoop.chat.ChatEvent.OwnerLost;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatEvent.StillLooking;
import org.libcoop.chat.ChatEvent.TransferOver;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.routing.Opening;
import org.libcoop.routing.Progress;
import org.libcoop.routing.Routing;

/**
 * One decision in the making: the head so far and the entries that led to it. {@link #toPresent} lets happen what is due, in
 * the order of R14: at one instant first stages, then losses of presence with R7, then notices, then ends.
 *
 * <p>A chat's time never runs backwards: nodes measure the store's time apart by a little (T1), and what one node has judged
 * another's slower clock does not undo.
 */
final class Course {

    private Chat chat;
    private final Presence world;
    private final Instant now;
    private final List<Logged> entries = new ArrayList<>();

    Course(Chat chat, Presence world, Instant now) {
        this.chat = chat;
        this.world = world;
        this.now = now.isBefore(chat.judged()) ? chat.judged() : now;
    }

    /** A course that begins with a chat's first entry. */
    static Course begun(ChatId id, Logged first, Presence world, Instant now) {
        Course course = new Course(Chat.started(id, first), world, now);
        course.entries.add(first);
        return course;
    }

    Chat chat() {
        return chat;
    }

    Presence world() {
        return world;
    }

    Instant now() {
        return now;
    }

    Decision accepted() {
        return new Decision(chat.judgedTo(now), entries, Optional.empty());
    }

    Decision refused(Refusal refusal) {
        return new Decision(chat.judgedTo(now), entries, Optional.of(refusal));
    }

    void happens(Instant at, ChatEvent event, @Nullable Content content) {
        Logged entry = new Logged(chat.seq() + 1, at, event, content);
        chat = chat.evolve(entry);
        entries.add(entry);
    }

    /** Writes down what {@code next} has open and the chat has not. */
    void opens(Progress next, @Nullable OperatorId askedBy) {
        for (Opening opening : next.openings()) {
            if (!chat.progress().isOpen(opening.stage())) {
                int notified =
                        world.available(chat.home(), opening.stage(), now).size();
                long directory = world.directory().revision();
                happens(
                        opening.at(),
                        new StageOpened(opening.stage(), opening.cause(), now, notified, directory, askedBy),
                        null);
            }
        }
    }

    /** @param since where to begin to look at presence, if earlier than what was judged; null for what was judged */
    void toPresent(@Nullable Instant since) {
        Instant from = since != null && since.isBefore(chat.judged()) ? since : chat.judged();
        from = from.isBefore(chat.startedAt()) ? chat.startedAt() : from;
        patronGoneWithNode();
        boolean more = true;
        while (more && !chat.over()) {
            if (chat.phase() instanceof Phase.Waiting waiting) {
                from = from.isBefore(waiting.since()) ? waiting.since() : from;
                Instant next = wait(waiting, from);
                more = next != null;
                from = next == null ? from : next;
            } else {
                more = own(chat.ownership().orElseThrow());
                if (chat.phase() instanceof Phase.Waiting again) {
                    // News of the loss may come late: what follows from it is judged from the loss on (R16).
                    from = again.since();
                }
            }
        }
    }

    /** A patron vouched for by a node that died was last seen when the node was (T3, C7). */
    private void patronGoneWithNode() {
        PatronLink link = chat.patron();
        if (!chat.over() && link.goneSince() == null) {
            world.lastRenewalOfDead(link.node()).ifPresent(last -> happens(now, new PatronGone(last), null));
        }
    }

    /** Waits on from {@code from} to the next notice, end, or now; returns where it got to if there may be more, else null. */
    private @Nullable Instant wait(Phase.Waiting waiting, Instant from) {
        Policies policies = world.directory().policies();
        Instant notice = chat.notice(waiting, policies);
        Instant end = chat.end(waiting, policies);
        Instant to = end.isBefore(now) ? end : now;
        if (notice != null && notice.isBefore(to)) {
            to = notice;
        }
        opens(Routing.advance(chat.progress(), from, to.isBefore(from) ? from : to, world), null);
        if (notice != null && !to.isBefore(notice)) {
            happens(notice, new StillLooking(), null);
            return to;
        }
        if (!to.isBefore(end)) {
            happens(end, over(waiting, policies, end), null);
        }
        return null;
    }

    private ChatEvent over(Phase.Waiting waiting, Policies policies, Instant end) {
        if (chat.lastOwnership() != null) {
            return new ChatEnded(null, Disposition.LOST, true);
        }
        boolean left = end.equals(chat.patronLeft(waiting, policies));
        return new ChatMissed(left ? MissedReason.PATRON_LEFT : MissedReason.GAVE_UP);
    }

    /** Whether something happened that may have more in its wake: a lost owner leaves a waiting chat, an offer goes on. */
    private boolean own(Phase.Ownership ownership) {
        Instant away = chat.away(world.directory().policies());
        Instant from = ownership.since();
        Presence.Loss loss = world.ownerLost(ownership.owner(), from, now).orElse(null);
        Instant ends = away == null || now.isBefore(away) ? null : away;
        Instant last = Chat.earlier(loss == null ? null : loss.at(), ends);
        Offer offer = chat.offer().orElse(null);
        if (offer != null && offered(offer, last)) {
            return true;
        }
        if (loss != null && (ends == null || !loss.at().isAfter(ends))) {
            happens(loss.at(), new OwnerLost(ownership.owner(), loss.signedOff()), null);
            return true;
        }
        if (ends != null) {
            happens(ends.isBefore(from) ? from : ends, new ChatEnded(null, null, true), null);
        }
        return false;
    }

    /**
     * C9: the next thing that happens to an offer up to now, and to {@code last} if that is given; false if nothing does. At one
     * instant the backup staff join before anybody leaves, and it expires after that (R14).
     */
    private boolean offered(Offer offer, @Nullable Instant last) {
        Instant expires = offer.expiresAt(world.directory().policies());
        Instant upTo = last != null && last.isBefore(now) ? last : now;
        Instant before = expires.isBefore(upTo) ? expires : upTo;
        Leaving leaving = firstLeaving(offer, before);
        Instant widens = offer.backupDue();
        if (widens != null && !widens.isAfter(leaving == null ? before : leaving.at())) {
            widen(offer, widens);
        } else if (leaving != null) {
            Transfers.leaves(this, leaving.operator(), leaving.at(), true);
        } else if (!expires.isAfter(upTo)) {
            happens(expires, new TransferOver(TransferOver.Why.EXPIRED), null);
        } else {
            return false;
        }
        return true;
    }

    /** Somebody to whom the chat was offered and who is not there any more from {@code at} on. */
    private record Leaving(OperatorId operator, Instant at) {}

    private @Nullable Leaving firstLeaving(Offer offer, Instant upTo) {
        Leaving first = null;
        for (Map.Entry<OperatorId, Instant> one : new TreeMap<>(offer.offeredTo()).entrySet()) {
            Instant gone = gone(offer, one.getKey(), one.getValue(), upTo);
            if (gone != null && (first == null || gone.isBefore(first.at()))) {
                first = new Leaving(one.getKey(), gone);
            }
        }
        return first;
    }

    private void widen(Offer offer, Instant at) {
        CoopId coop = ((Option.OfCoop) offer.to()).coop();
        Set<OperatorId> onDuty = new HashSet<>(world.available(chat.home(), Stage.backup(coop), at));
        onDuty.remove(chat.ownership().orElseThrow().owner());
        onDuty.removeAll(offer.left());
        happens(at, new OfferWidened(onDuty), null);
    }

    /** From when on, at most up to {@code upTo}, somebody to whom the chat was offered was not there any more; null if all along. */
    private @Nullable Instant gone(Offer offer, OperatorId operator, Instant since, Instant upTo) {
        Instant offline = world.firstOffline(operator, since, upTo).orElse(null);
        // Of switches and accounts only the present is known: what is over by then they do not change afterwards.
        boolean left =
                offline == null && upTo.equals(now) && !Transfers.stillAdmitted(chat, offer, operator, world, now);
        return left ? now : offline;
    }
}
