package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.chat.Phase;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;
import org.libcoop.spi.Notice;

/** Every kind of entry as its patron and its owner see it (M1): the patron's view holds whatever it is handed. */
class ViewsTest {

    private static final Instant AT = Instant.parse("2026-03-02T22:01:15.250Z");
    private static final OperatorId OLGA = OperatorId.of("olga-id");
    private static final Stage DESK = Stage.of(Option.department("reference-id"));
    private static final Directory DIRECTORY = Directory.builder()
            .institution("springy-id", "Springy University")
            .operator("olga-id", "springy-id", "Olga Olsen")
            .department("reference-id", "springy-id", "Reference", "olga-id")
            .widget(
                    "databases-id",
                    "springy-id",
                    widget -> widget.name("Databases").route(Option.department("reference-id")))
            .build();

    final PatronView patron = new PatronView(new Names(() -> DIRECTORY));
    final OperatorView owner = new OperatorView(new Names(() -> DIRECTORY), OLGA);

    static List<Logged> everyKind() {
        RoutePlan plan = new RoutePlan(
                InstitutionId.of("springy-id"),
                List.of(new RoutePlan.Leg(DESK, null, Duration.ZERO)),
                Duration.ZERO,
                Set.of());
        List<ChatEvent> events = List.of(
                new ChatEvent.ChatStarted(WidgetId.of("databases-id"), plan, "KEY-HASH", new NodeId("NODE")),
                new ChatEvent.StageOpened(DESK, Cause.ASKED, AT, 3, 1, OLGA),
                new ChatEvent.StillLooking(),
                new ChatEvent.ChatClaimed(OLGA, InstitutionId.of("springy-id"), DESK),
                new ChatEvent.MessageSaid(Author.operator(OLGA), Audience.PATRON_AND_STAFF),
                new ChatEvent.MessageSaid(Author.operator(OLGA), Audience.STAFF_ONLY),
                new ChatEvent.PatronGone(AT),
                new ChatEvent.PatronBack(new NodeId("NODE")),
                new ChatEvent.OwnerLost(OLGA, true),
                new ChatEvent.TransferOffered(Option.coop("ACADEMIC-ID"), Set.of(OLGA), AT),
                new ChatEvent.OfferWidened(Set.of(OLGA)),
                new ChatEvent.OfferDeclined(OLGA, true),
                new ChatEvent.TransferOver(ChatEvent.TransferOver.Why.VOID),
                new ChatEvent.Transferred(OLGA, InstitutionId.of("springy-id"), DESK),
                new ChatEvent.ChatEnded(Author.operator(OLGA), Disposition.LOST, true),
                new ChatEvent.ChatMissed(MissedReason.GAVE_UP),
                new ChatEvent.ChatDismissed(OLGA, "SPAM-REASON"),
                new ChatEvent.PatronRated(4),
                new ChatEvent.ContentErased(OLGA, 5L),
                new ChatEvent.FileShared(Author.operator(OLGA), FileId.of("c1.fX"), 7));
        List<Logged> log = new ArrayList<>();
        for (ChatEvent event : events) {
            Content content = null;
            if (event instanceof ChatEvent.MessageSaid said) {
                content = new Content.Text(said.audience() == Audience.STAFF_ONLY ? "NOTE" : "words");
            } else if (event instanceof ChatEvent.FileShared) {
                content = new Content.FileDetails("map.png", "image/png");
            } else if (event instanceof ChatEvent.ChatStarted) {
                content = new Content.PatronDetails("Stewart", null, null, "Browser", "192.0.2.7", true);
            }
            log.add(new Logged(log.size() + 1, AT, event, content));
        }
        return log;
    }

    @Test
    void aPatronSeesNothingOfTheStaffs() {
        List<ObjectNode> seen = new ArrayList<>();
        for (Logged entry : everyKind()) {
            ObjectNode json = patron.entry(entry);
            if (json != null) {
                seen.add(json);
            }
        }

        assertThat(seen.toString())
                .doesNotContain("NOTE", "KEY-HASH", "NODE", "SPAM-REASON", "-id", "disposition", "\"lost\"", "notified")
                .contains("Olga Olsen", "Springy University", "words");
        assertThat(seen)
                .extracting(json -> json.path("event").asText())
                .containsExactly(
                        "still-looking",
                        "claimed",
                        "said",
                        "owner-lost",
                        "transferred",
                        "ended",
                        "missed",
                        "rated",
                        "erased",
                        "file-shared");
    }

    @Test
    void whoWasSignedOutIsToldWhyAndByWhomByName() {
        OperatorPresence there = OperatorPresence.unknown(OLGA).signedIn(AT);
        DepartmentId desk = DepartmentId.of("reference-id");

        assertThat(owner.self(there).has("signOff")).isFalse();
        assertThat(owner.self(there.signedOut(AT, SignOff.idle())).path("signOff"))
                .hasToString("{\"why\":\"idle\"}");
        assertThat(owner.self(there.signedOut(AT, SignOff.rule(desk))).path("signOff"))
                .hasToString("{\"why\":\"rule\",\"rule\":{\"kind\":\"department\",\"id\":\"reference-id\","
                        + "\"name\":\"Reference\"}}");
        assertThat(owner.self(there.signedOut(AT, SignOff.colleague(OLGA))).path("signOff"))
                .hasToString("{\"why\":\"colleague\",\"name\":\"Olga Olsen\",\"institution\":\"Springy University\"}");
        assertThat(owner.self(there.signedOut(AT, SignOff.colleague(OperatorId.of("gone"))))
                        .path("signOff"))
                .hasToString("{\"why\":\"colleague\"}");
    }

    @Test
    void anOwnerSeesEveryEntryWithoutSecretsAndIdsOfPeople() {
        List<ObjectNode> seen = everyKind().stream().map(owner::entry).toList();

        assertThat(seen.toString())
                .doesNotContain("KEY-HASH", "NODE", "olga-id", "springy-id")
                .contains("SPAM-REASON");
        assertThat(seen)
                .extracting(json -> json.path("event").asText())
                .containsExactly(
                        "started",
                        "stage-opened",
                        "still-looking",
                        "claimed",
                        "said",
                        "said",
                        "patron-gone",
                        "patron-back",
                        "owner-lost",
                        "transfer-offered",
                        "offer-widened",
                        "offer-declined",
                        "transfer-over",
                        "transferred",
                        "ended",
                        "missed",
                        "dismissed",
                        "rated",
                        "erased",
                        "file-shared");
        assertThat(seen)
                .extracting(json -> json.path("seq").asLong())
                .isSorted()
                .startsWith(1L)
                .endsWith(20L);
        assertThat(seen.get(5).path("note").asBoolean()).isTrue();
        assertThat(seen.get(0).path("patron").toString())
                .isEqualTo("{\"name\":\"Stewart\",\"userAgent\":\"Browser\",\"consented\":true}");
    }

    @Test
    void everyKindOfEventIsThere() {
        Set<ChatEvent.Kind> kinds = EnumSet.noneOf(ChatEvent.Kind.class);
        everyKind().forEach(entry -> kinds.add(entry.event().kind()));

        assertThat(kinds).isEqualTo(EnumSet.allOf(ChatEvent.Kind.class));
    }

    @Test
    void aPatronIsToldThatADismissedChatHasEnded() {
        Notice.ChatState dismissed = new Notice.ChatState(
                ChatId.of("c1"),
                7,
                "Springy University",
                "Databases",
                AT,
                Phase.Kind.DISMISSED,
                "Thank you.",
                null,
                null,
                true,
                false,
                false);

        assertThat(patron.state(dismissed).path("phase").asText()).isEqualTo("ended");
        assertThat(patron.state(dismissed).path("startedAt").asText()).isEqualTo("2026-03-02T22:01:15.250Z");
        assertThat(ChatJson.state(dismissed, dismissed.phase()).path("phase").asText())
                .isEqualTo("dismissed");
    }

    @Test
    void noticesForOperatorsAreNoneOfAPatrons() {
        assertThat(patron.notice(
                        new Notice.Unlisted(ChatId.of("c1"), Notice.Unlisted.Reason.CLAIMED, "Olga", "Springy", AT)))
                .isNull();
        assertThat(patron.notice(new Notice.Entry(ChatId.of("c1"), everyKind().get(5))))
                .isNull();
    }

    @Test
    void aLongConversationComesInPages() {
        Content longText = new Content.Text("x".repeat(10_000));
        List<Logged> log = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            log.add(new Logged(i, AT, new ChatEvent.MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF), longText));
        }

        ObjectNode page = ChatJson.conversation(ChatId.of("c1"), log, patron::entry);
        ObjectNode rest = ChatJson.conversation(
                ChatId.of("c1"),
                log.subList(page.path("entries").size(), log.size()).subList(0, 10),
                patron::entry);

        assertThat(page.path("more").asBoolean()).isTrue();
        assertThat(page.toString().length()).isBetween(ChatJson.PAGE_CHARACTERS, ChatJson.PAGE_CHARACTERS + 11_000);
        assertThat(rest.path("more").asBoolean()).isFalse();
    }
}
