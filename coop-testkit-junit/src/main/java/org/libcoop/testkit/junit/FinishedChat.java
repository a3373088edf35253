package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;
import org.libcoop.spi.ArchivedChat;

/** Writes the log of a chat, entry by entry, one every 1.001 seconds, as an engine would. One thread at a time. */
final class FinishedChat {

    static final Instant T0 = Instant.parse("2026-03-02T22:01:15.037Z");
    static final Stage DESK = Stage.of(Option.department("reference"));
    static final CoopId ACADEMIC = CoopId.of("academic");
    static final Stage COOP = Stage.of(Option.coop(ACADEMIC));
    static final Stage BACKUP = Stage.backup(ACADEMIC);
    private static final Duration STEP = Duration.ofMillis(1001);
    private static final NodeId NODE = new NodeId("node-1");

    private final List<Logged> log = new ArrayList<>();
    private Chat chat;
    private Instant at;

    private FinishedChat(
            ChatId id, InstitutionId home, WidgetId widget, String key, Content.PatronDetails patron, Instant start) {
        List<RoutePlan.Leg> legs = List.of(
                new RoutePlan.Leg(DESK, null, Duration.ZERO), new RoutePlan.Leg(COOP, BACKUP, Duration.ofSeconds(40)));
        RoutePlan plan = new RoutePlan(home, legs, Duration.ofSeconds(30), Set.of(Option.coop("elsewhere")));
        Logged first = new Logged(1, start, new ChatEvent.ChatStarted(widget, plan, key, NODE), patron);
        this.at = start;
        this.chat = Chat.started(id, first);
        log.add(first);
    }

    /** A chat of Springy's, on the widget {@code databases}. */
    static FinishedChat of(String id, Instant start) {
        return of(id, "springy", "databases", start);
    }

    static FinishedChat of(String id, String home, String widget, Instant start) {
        Content.PatronDetails stewart =
                new Content.PatronDetails("Stewart", "stewart@example.org", null, "Browser/1.0", "192.0.2.7", true);
        return new FinishedChat(
                ChatId.of(id), InstitutionId.of(home), WidgetId.of(widget), "hash-of-" + id, stewart, start);
    }

    /** A chat of a patron with this key and of whom this is known. */
    static FinishedChat by(String key, Content.PatronDetails patron, String id, String home) {
        return new FinishedChat(ChatId.of(id), InstitutionId.of(home), WidgetId.of("databases"), key, patron, T0);
    }

    private FinishedChat happens(ChatEvent event, @Nullable Content content) {
        at = at.plus(STEP);
        Logged entry = new Logged(chat.seq() + 1, at, event, content);
        chat = chat.evolve(entry);
        log.add(entry);
        return this;
    }

    private FinishedChat happens(ChatEvent event) {
        return happens(event, null);
    }

    FinishedChat opened(Stage stage, Cause cause) {
        return happens(new ChatEvent.StageOpened(stage, cause, at.plusMillis(1017), 3, 42, null));
    }

    FinishedChat claimed(String operator, String institution, Stage stage) {
        return happens(new ChatEvent.ChatClaimed(OperatorId.of(operator), InstitutionId.of(institution), stage));
    }

    FinishedChat lost(String operator) {
        return happens(new ChatEvent.OwnerLost(OperatorId.of(operator), false));
    }

    FinishedChat says(String text) {
        return happens(new ChatEvent.MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF), new Content.Text(text));
    }

    FinishedChat notes(String operator, String text) {
        Author author = Author.operator(OperatorId.of(operator));
        return happens(new ChatEvent.MessageSaid(author, Audience.STAFF_ONLY), new Content.Text(text));
    }

    FinishedChat shares(String name) {
        FileId file = FileId.of(chat.id(), "f1");
        return happens(
                new ChatEvent.FileShared(Author.patron(), file, 1234), new Content.FileDetails(name, "image/png"));
    }

    FinishedChat patronGoneAndBack() {
        Instant last = at.minusMillis(3);
        happens(new ChatEvent.PatronGone(last));
        return happens(new ChatEvent.PatronBack(new NodeId("node-2")));
    }

    FinishedChat stillLooking() {
        return happens(new ChatEvent.StillLooking());
    }

    ArchivedChat missed() {
        return finished(happens(new ChatEvent.ChatMissed(MissedReason.GAVE_UP)));
    }

    ArchivedChat dismissed(String operator) {
        return finished(happens(new ChatEvent.ChatDismissed(OperatorId.of(operator), "spam")));
    }

    ArchivedChat ended() {
        return finished(happens(new ChatEvent.ChatEnded(Author.patron(), Disposition.FOLLOW_UP, true)));
    }

    /** The chat with one message more, after its end. */
    static ArchivedChat goesOn(ArchivedChat over, String text) {
        List<Logged> log = new ArrayList<>(over.log());
        Logged last = log.get(log.size() - 1);
        ChatEvent said = new ChatEvent.MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF);
        Logged entry = new Logged(last.seq() + 1, last.at().plus(STEP), said, new Content.Text(text));
        log.add(entry);
        return new ArchivedChat(over.chat().evolve(entry), log);
    }

    private static ArchivedChat finished(FinishedChat written) {
        return new ArchivedChat(written.chat, written.log);
    }
}
