package org.libcoop.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.libcoop.ChatInspection;
import org.libcoop.chat.Chat;
import org.libcoop.chat.EventWords;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Absence;
import org.libcoop.presence.Absences;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
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
        return EventWords.of(entry, at -> offset(start, at));
    }

    private void head(String name, Chat chat, Instant at) {
        line("chat %s of %s on %s at %s: %s"
                .formatted(
                        name,
                        chat.home(),
                        chat.widget(),
                        offset(at),
                        EventWords.word(chat.phase().kind())));
    }

    private void now(SimulatedCoop coop, ChatInspection seen) {
        seen.chat()
                .nextStage()
                .ifPresent(next -> line("  next by time: " + next.stage() + " at " + offset(next.due())));
        line("  notified now: " + EventWords.names(seen.notified()));
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

    private String offset(Instant at) {
        return offset(start, at);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
