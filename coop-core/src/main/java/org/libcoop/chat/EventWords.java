package org.libcoop.chat;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.OperatorId;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;

/**
 * Says in words what the entries of a chat's log tell (E1), without what people wrote. For people: the wording may change. Pure.
 */
@Beta
public final class EventWords {

    private EventWords() {}

    /** One entry of a chat's log, without its own instant; other instants as {@code clock} has them. */
    public static String of(Logged entry, Function<? super Instant, String> clock) {
        ChatEvent event = entry.event();
        return switch (event.kind()) {
            case STARTED -> started((ChatEvent.ChatStarted) event);
            case STAGE_OPENED -> opened((ChatEvent.StageOpened) event, entry.at(), clock);
            case STILL_LOOKING -> "the patron is told that we are still looking";
            case CLAIMED -> claimed((ChatEvent.ChatClaimed) event);
            case SAID -> said((ChatEvent.MessageSaid) event);
            case PATRON_GONE ->
                "no sign of life from the patron since " + clock.apply(((ChatEvent.PatronGone) event).lastRenewal());
            case PATRON_BACK -> "the patron is back";
            case OWNER_LOST -> ownerLost((ChatEvent.OwnerLost) event);
            case TRANSFER_OFFERED -> offered((ChatEvent.TransferOffered) event);
            case OFFER_WIDENED ->
                "offered to the backup staff, too: " + names(((ChatEvent.OfferWidened) event).offeredTo());
            case OFFER_DECLINED ->
                ((ChatEvent.OfferDeclined) event).by()
                        + (((ChatEvent.OfferDeclined) event).absent() ? " is not there any more" : " declines");
            case TRANSFER_OVER -> "the offer is over: " + word(((ChatEvent.TransferOver) event).why());
            case TRANSFERRED -> transferred((ChatEvent.Transferred) event);
            case ENDED -> ended((ChatEvent.ChatEnded) event);
            case MISSED -> "missed: " + word(((ChatEvent.ChatMissed) event).reason());
            case DISMISSED -> dismissed((ChatEvent.ChatDismissed) event);
            case RATED -> "the patron rates it " + ((ChatEvent.PatronRated) event).rating();
            case ERASED -> erased((ChatEvent.ContentErased) event);
            case FILE_SHARED -> shared((ChatEvent.FileShared) event);
        };
    }

    private static String shared(ChatEvent.FileShared event) {
        return event.author() + " shares a file of " + event.size() + " bytes";
    }

    private static String erased(ChatEvent.ContentErased event) {
        String by = event.by() == null ? "retention" : event.by().value();
        return by + (event.seq() == null ? " deletes all content" : " redacts entry " + event.seq());
    }

    private static String started(ChatEvent.ChatStarted event) {
        RoutePlan plan = event.plan();
        String route = plan.legs().stream().map(leg -> leg.stage().toString()).collect(Collectors.joining(", "));
        String outside = plan.outsideCoverage().isEmpty()
                ? ""
                : ", outside coverage: "
                        + plan.outsideCoverage().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
        String blocked = plan.blockedIn().isEmpty()
                ? ""
                : ", patron blocked in: "
                        + plan.blockedIn().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
        return "a patron of %s started on %s: route %s, timed fallback %ds%s%s"
                .formatted(
                        plan.home(), event.widget(), route, plan.timedFallback().toSeconds(), outside, blocked);
    }

    private static String opened(ChatEvent.StageOpened event, Instant due, Function<? super Instant, String> clock) {
        String asked = event.askedBy() == null ? "" : " by " + event.askedBy();
        return "%s opened (%s%s): due %s, handled %s, %d available"
                .formatted(
                        event.stage(),
                        cause(event.cause()),
                        asked,
                        clock.apply(due),
                        clock.apply(event.handled()),
                        event.notified());
    }

    private static String cause(Cause cause) {
        return switch (cause) {
            case INITIAL -> "initial";
            case ABSENCE -> "absence";
            case TIME -> "timed fallback";
            case BACKUP -> "backup delay";
            case ASKED -> "asked for";
        };
    }

    private static String claimed(ChatEvent.ChatClaimed event) {
        return "claimed by " + event.owner() + " of " + event.institution() + " through " + event.claimedOn();
    }

    private static String offered(ChatEvent.TransferOffered event) {
        return "offered to " + event.to() + ": " + names(event.offeredTo());
    }

    private static String transferred(ChatEvent.Transferred event) {
        return "accepted by " + event.owner() + " of " + event.institution() + ", through " + event.through();
    }

    private static String said(ChatEvent.MessageSaid event) {
        String by = event.author().operator() == null
                ? event.author().isPerson() ? "the patron" : "the system"
                : Objects.requireNonNull(event.author().operator()).value();
        return event.audience() == Audience.STAFF_ONLY ? "internal note of " + by : by + " says something";
    }

    private static String ownerLost(ChatEvent.OwnerLost event) {
        return "owner " + event.owner() + " lost: " + (event.signedOff() ? "signed off" : "no sign of life");
    }

    private static String ended(ChatEvent.ChatEnded event) {
        String by = event.by() == null
                ? "by itself"
                : event.by().operator() == null
                        ? "by the patron"
                        : "by " + event.by().operator();
        return "ended " + by + (event.disposition() == null ? "" : ": " + event.disposition());
    }

    private static String dismissed(ChatEvent.ChatDismissed event) {
        return "dismissed by " + event.by() + ": " + event.reason();
    }

    /** People by id, with commas between them. */
    public static String names(Collection<OperatorId> people) {
        return people.isEmpty()
                ? "nobody"
                : new TreeSet<>(people).stream().map(OperatorId::value).collect(Collectors.joining(", "));
    }

    /** A constant as people write it. */
    public static String word(Enum<?> constant) {
        return constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
