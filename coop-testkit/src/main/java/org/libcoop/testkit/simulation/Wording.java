package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.routing.RoutePlan;

/** What happened, in few words that are the same in every run: nothing here depends on the order of a set. */
final class Wording {

    private Wording() {}

    /** An entry with everything in it. */
    static String of(Logged entry, Trace trace) {
        ChatEvent event = entry.event();
        if (event instanceof ChatEvent.StageOpened opened) {
            return happened(entry) + " due " + trace.offset(entry.at()) + " notified " + opened.notified()
                    + (opened.askedBy() == null ? "" : " asked for by " + opened.askedBy());
        }
        if (event instanceof ChatEvent.PatronGone gone) {
            return "patron gone since " + trace.offset(gone.lastRenewal());
        }
        if (event instanceof ChatEvent.PatronBack back) {
            return "patron back on " + back.node();
        }
        return happened(entry) + " at " + trace.offset(entry.at());
    }

    /** An entry without what depends on where and when it was handled. */
    static String happened(Logged entry) {
        ChatEvent event = entry.event();
        return switch (event.kind()) {
            case STARTED -> started((ChatEvent.ChatStarted) event);
            case STAGE_OPENED ->
                "opens " + ((ChatEvent.StageOpened) event).stage() + " by " + ((ChatEvent.StageOpened) event).cause();
            case STILL_LOOKING -> "still looking";
            case CLAIMED ->
                "claimed by " + ((ChatEvent.ChatClaimed) event).owner() + " on "
                        + ((ChatEvent.ChatClaimed) event).claimedOn();
            case SAID ->
                "said by " + author(((ChatEvent.MessageSaid) event).author()) + " to "
                        + ((ChatEvent.MessageSaid) event).audience();
            case PATRON_GONE -> "patron gone";
            case PATRON_BACK -> "patron back";
            case OWNER_LOST ->
                "lost its owner " + ((ChatEvent.OwnerLost) event).owner()
                        + (((ChatEvent.OwnerLost) event).signedOff() ? ", signed off" : ", silent");
            case TRANSFER_OFFERED ->
                "offered to " + ((ChatEvent.TransferOffered) event).to() + ' '
                        + sorted(((ChatEvent.TransferOffered) event).offeredTo());
            case OFFER_WIDENED -> "offered to backup " + sorted(((ChatEvent.OfferWidened) event).offeredTo());
            case OFFER_DECLINED ->
                (((ChatEvent.OfferDeclined) event).absent() ? "offer without " : "declined by ")
                        + ((ChatEvent.OfferDeclined) event).by();
            case TRANSFER_OVER -> "offer over, " + ((ChatEvent.TransferOver) event).why();
            case TRANSFERRED ->
                "accepted by " + ((ChatEvent.Transferred) event).owner() + " through "
                        + ((ChatEvent.Transferred) event).through();
            case ENDED -> ended((ChatEvent.ChatEnded) event);
            case MISSED -> "missed, " + ((ChatEvent.ChatMissed) event).reason();
            case DISMISSED -> "dismissed by " + ((ChatEvent.ChatDismissed) event).by();
            case RATED -> "rated " + ((ChatEvent.PatronRated) event).rating();
            case FILE_SHARED -> "file of " + ((ChatEvent.FileShared) event).size() + " bytes";
            case ERASED -> erased(((ChatEvent.ContentErased) event).by());
        };
    }

    private static String started(ChatEvent.ChatStarted event) {
        StringBuilder route = new StringBuilder("started on ").append(event.widget());
        for (RoutePlan.Leg leg : event.plan().legs()) {
            route.append(' ').append(leg.stage());
            if (leg.backup() != null) {
                route.append('+').append(leg.backupDelay().toSeconds());
            }
        }
        return route.append(" T ")
                .append(event.plan().timedFallback().toSeconds())
                .toString();
    }

    private static String ended(ChatEvent.ChatEnded event) {
        Author by = event.by();
        return "ended by " + (by == null ? "the system" : author(by)) + " as " + event.disposition();
    }

    private static String erased(@Nullable OperatorId by) {
        return "erased by " + (by == null ? "retention" : by.value());
    }

    private static String author(Author author) {
        return author.operator() == null
                ? author.kind().toString()
                : author.operator().toString();
    }

    /** A presence row. */
    static String of(OperatorPresence row, Trace trace) {
        StringBuilder text = new StringBuilder(row.operator().toString())
                .append(" v")
                .append(row.version())
                .append(row.signedIn() ? " in " : " out ")
                .append(row.status())
                .append(sorted(row.switches()))
                .append(" from ")
                .append(trace.offset(row.changedAt()))
                .append(" chats ")
                .append(row.openChats());
        row.attachments().forEach(attachment -> {
            Instant last = attachment.lastRenewal();
            text.append(" @").append(attachment.node()).append(last == null ? "" : " until " + trace.offset(last));
        });
        return text.toString();
    }

    /** Things by their text. */
    static List<String> sorted(Collection<?> things) {
        return things.stream().map(Object::toString).sorted().toList();
    }

    /** Stages by their text. */
    static String stages(Collection<Stage> stages) {
        return sorted(stages).toString();
    }
}
