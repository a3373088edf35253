package org.libcoop.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.libcoop.ChatInspection;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Absence;
import org.libcoop.presence.Absences;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;
import org.libcoop.spi.NodeLease;

/**
 * Says in words what a chat's record tells (E1): what opened when and why, with due and handled instants and how many were
 * there, who claimed it, who is notified now, and who of the route's people is left out and why. Instants are offsets from
 * the start of the clock. For people: the wording may change.
 */
public final class ChatExplanation {

    private final Instant start;
    private final StringBuilder text = new StringBuilder();

    private ChatExplanation(Instant start) {
        this.start = start;
    }

    /** The explanation of a chat as it was seen, several lines without an end of line behind the last. */
    public static String of(SimulatedCoop coop, ChatInspection seen) {
        return of(coop, seen, seen.chat().id().value());
    }

    /** The same for a chat that goes by a name of its own. */
    public static String of(SimulatedCoop coop, ChatInspection seen, String name) {
        ChatExplanation explanation = new ChatExplanation(coop.start());
        explanation.head(name, seen.chat(), seen.at());
        for (Logged entry : seen.log()) {
            explanation.line("  %10s  %s".formatted(explanation.offset(entry.at()), describe(entry, coop.start())));
        }
        if (seen.chat().phase().kind() == Phase.Kind.WAITING) {
            explanation.now(coop, seen);
        }
        return explanation.text.toString().stripTrailing();
    }

    /** An instant as an offset such as {@code 75s} or {@code 74.999s}. */
    public static String offset(Instant start, Instant at) {
        Duration span = Duration.between(start, at);
        long millis = span.toMillis();
        return millis % 1000 == 0
                ? millis / 1000 + "s"
                : (millis < 0 ? "-" : "") + "%d.%03ds".formatted(Math.abs(millis) / 1000, Math.abs(millis) % 1000);
    }

    /** One entry of a chat's log in words, without its own instant and without what people wrote. */
    public static String describe(Logged entry, Instant start) {
        ChatEvent event = entry.event();
        return switch (event.kind()) {
            case STARTED -> started((ChatEvent.ChatStarted) event);
            case STAGE_OPENED -> opened((ChatEvent.StageOpened) event, entry.at(), start);
            case STILL_LOOKING -> "the patron is told that we are still looking";
            case CLAIMED -> claimed((ChatEvent.ChatClaimed) event);
            case SAID -> said((ChatEvent.MessageSaid) event);
            case PATRON_GONE ->
                "no sign of life from the patron since " + offset(start, ((ChatEvent.PatronGone) event).lastRenewal());
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

    private static String opened(ChatEvent.StageOpened event, Instant due, Instant start) {
        String asked = event.askedBy() == null ? "" : " by " + event.askedBy();
        return "%s opened (%s%s): due %s, handled %s, %d available"
                .formatted(
                        event.stage(),
                        cause(event.cause()),
                        asked,
                        offset(start, due),
                        offset(start, event.handled()),
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

    private void head(String name, Chat chat, Instant at) {
        line("chat %s of %s on %s at %s: %s"
                .formatted(
                        name,
                        chat.home(),
                        chat.widget(),
                        offset(at),
                        word(chat.phase().kind())));
    }

    private void now(SimulatedCoop coop, ChatInspection seen) {
        seen.chat()
                .nextStage()
                .ifPresent(next -> line("  next by time: " + next.stage() + " at " + offset(next.due())));
        line("  notified now: " + names(seen.notified()));
        Absences absences = new Absences(coop.engine().directory(), seen.chat().home(), deadNodes(coop));
        for (RoutePlan.Leg leg : seen.chat().progress().plan().legs()) {
            leftOut(coop, absences, seen, leg.stage());
            if (leg.backup() != null) {
                leftOut(coop, absences, seen, leg.backup());
            }
        }
    }

    private static Map<NodeId, Instant> deadNodes(SimulatedCoop coop) {
        return coop.store().nodes().stream()
                .filter(lease -> !coop.clock().now().isBefore(lease.endsAt()))
                .collect(Collectors.toMap(NodeLease::node, NodeLease::renewedAt));
    }

    private void leftOut(SimulatedCoop coop, Absences absences, ChatInspection seen, Stage stage) {
        boolean open = seen.chat().progress().isOpen(stage);
        StringJoiner people = new StringJoiner("; ");
        people.setEmptyValue("nobody");
        for (OperatorId person : absences.peopleOf(stage)) {
            if (!seen.notified().contains(person)) {
                people.add(person + " "
                        + absences.reason(row(coop, person), stage, seen.at())
                                .map(Absence::words)
                                .orElse("available, but the stage is not open"));
            }
        }
        line("  left out on " + stage + (open ? "" : " (not open)") + ": " + people);
    }

    private static OperatorPresence row(SimulatedCoop coop, OperatorId operator) {
        List<OperatorPresence> rows = coop.store().presence(operator, 0);
        return rows.isEmpty() ? OperatorPresence.unknown(operator) : rows.get(rows.size() - 1);
    }

    private static String names(Collection<OperatorId> people) {
        return people.isEmpty()
                ? "nobody"
                : new TreeSet<>(people).stream().map(OperatorId::value).collect(Collectors.joining(", "));
    }

    private String offset(Instant at) {
        return offset(start, at);
    }

    private static String word(Enum<?> constant) {
        return constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
