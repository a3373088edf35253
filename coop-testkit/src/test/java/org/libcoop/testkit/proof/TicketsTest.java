package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.PatronSession;
import org.libcoop.TranscriptSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Happening;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketQuery;

/** Tickets out of chats and without one (K1, W5, R17, C7), brought to a ticket system that is not always there. */
class TicketsTest {

    private static final WidgetId WIDGET = WidgetId.of("databases");
    private static final TicketContent QUESTION =
            new TicketContent("Where is the atlas?", "Stewart", "stewart@example.edu", true);

    private final Rig rig = new Rig();
    private final Archive archive = new InMemoryArchive();
    private final InMemoryTicketOutbox outbox = new InMemoryTicketOutbox();
    private final Desk desk = new Desk();
    private final List<Happening> happenings = new ArrayList<>();
    private int nodes;

    @AfterEach
    void close() {
        rig.close();
    }

    /** A ticket system that may be away, or hang up after it did what it was asked for. */
    private static final class Desk implements TicketDesk {
        final Map<TicketId, TicketOrder> tickets = new LinkedHashMap<>();
        final Set<TicketId> forgotten = new HashSet<>();
        final List<TicketId> asked = new ArrayList<>();
        boolean away;
        boolean hangsUp;
        Set<String> poisoned = Set.of();
        Consumer<TicketOrder> meanwhile = order -> {};

        @Override
        public String create(TicketOrder order) {
            asked.add(order.id());
            if (away || poisoned.contains(order.content().question())) {
                throw new IllegalStateException(
                        "no answer to " + order.content().question());
            }
            meanwhile.accept(order);
            tickets.putIfAbsent(order.id(), order);
            if (hangsUp) {
                throw new IllegalStateException("the reply is lost");
            }
            return "T-" + (new ArrayList<>(tickets.keySet()).indexOf(order.id()) + 1);
        }

        @Override
        public void forget(TicketId ticket) {
            if (away) {
                throw new IllegalStateException("no answer");
            }
            tickets.remove(ticket);
            forgotten.add(ticket);
        }

        TicketOrder only() {
            assertThat(tickets).hasSize(1);
            return tickets.values().iterator().next();
        }
    }

    private Rig.Site node(String... policies) {
        return node(outbox, desk, policies);
    }

    private Rig.Site node(TicketOutbox seen, TicketDesk asked, String... policies) {
        CoopEngine.Builder builder = CoopEngine.builder()
                .directory(Rig.directory(policies).admins("ben").build())
                .archive(archive)
                .ticketOutbox(seen)
                .ticketDesk(asked)
                .listener(happenings::add);
        return rig.node("n" + nodes++, builder);
    }

    private static TicketId left(Rig.Site node, String question, String commandId) {
        return leaving(node, question, commandId).orElseThrow();
    }

    private static Outcome<TicketId> leaving(Rig.Site node, String question, String commandId) {
        TicketContent content = new TicketContent(question, null, commandId + "@example.edu", false);
        return node.engine.leaveQuestion(WIDGET, content, "192.0.2.7", commandId);
    }

    private StoredTicket.State state(TicketId ticket) {
        return outbox.ticket(ticket).orElseThrow().state();
    }

    private static @Nullable RefusalCode code(Outcome<?> outcome) {
        return Rig.code(outcome.refusal());
    }

    // ---- Who may, and when

    @Test
    void theOwnerOpensATicketWithTheConversationButNoNotes() {
        Rig.Site node = node();
        Rig.Seat ana = node.on("ana", Rig.DESK);
        PatronSession patron = node.visitor("stewart").session();
        ChatId chat = Rig.done(patron.startChat(WIDGET, Content.PatronDetails.NONE, "Where is it?", "start"))
                .chat();
        Rig.done(ana.session().claim(chat));
        Rig.done(ana.session().say(chat, "I have to look it up"));
        Rig.done(ana.session().note(chat, "asks this every week"));

        TicketId ticket =
                ana.session().tickets().openTicket(chat, QUESTION, "open").orElseThrow();
        TicketId again =
                ana.session().tickets().openTicket(chat, QUESTION, "open").orElseThrow();

        TicketOrder order = desk.only();
        assertThat(again).isEqualTo(ticket).isEqualTo(order.id());
        assertThat(order.content()).isEqualTo(QUESTION);
        assertThat(order.origin().home()).isEqualTo(InstitutionId.of("springy"));
        assertThat(order.origin().chat()).isEqualTo(chat);
        assertThat(order.origin().operator()).isEqualTo(OperatorId.of("ana"));
        assertThat(order.conversation())
                .contains("Where is it?", "I have to look it up")
                .doesNotContain("every week");
        assertThat(ana.session().tickets().ticketsOf(chat).orElseThrow())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reference()).isEqualTo("T-1");
                    assertThat(row.content()).isNull();
                });
    }

    @Test
    void whoOwnedItLastAndHomeAdminsOpenOneOnceItIsOver() {
        Rig.Site node = node();
        Rig.Seat olga = node.on("olga", Rig.COOP);
        ChatId chat = node.chatOf("stewart");
        Rig.done(olga.session().claim(chat));
        OperatorId ben = OperatorId.of("ben");
        assertThat(code(node.engine.tickets(ben).openTicket(chat, QUESTION, "b")))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        Rig.done(olga.session().end(chat, Disposition.FOLLOW_UP));

        assertThat(code(olga.session().tickets().openTicket(chat, QUESTION, "o")))
                .isNull();
        assertThat(code(node.engine.tickets(ben).openTicket(chat, QUESTION, "b")))
                .isNull();
        assertThat(code(node.engine.tickets(OperatorId.of("ana")).openTicket(chat, QUESTION, "a")))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(node.engine.tickets(OperatorId.of("sven")).openTicket(chat, QUESTION, "s")))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(node.engine.tickets(OperatorId.of("sven")).ticketsOf(chat)))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(desk.tickets).hasSize(2);
    }

    /** R17: offered at exactly {@code unansweredAfter}, whoever has handled that by then. */
    @ParameterizedTest
    @CsvSource({"59.999, not-allowed", "60, ''", "60.001, ''"})
    void aWaitingPatronAsksByTicketFromTheNoticeOn(double seconds, String refused) {
        Rig.Site node = node();
        node.on("ana", Rig.DESK);
        Rig.Visitor stewart = node.visitor("stewart");
        ChatId chat = stewart.starts();
        rig.pass(seconds);

        Outcome<TicketId> asked = stewart.session().askByTicket(chat, QUESTION, "ask");

        assertThat(asked.refusal().map(refusal -> refusal.code().code()).orElse(""))
                .isEqualTo(refused);
        assertThat(desk.tickets).hasSize(refused.isEmpty() ? 1 : 0);
        assertThat(node.inspect(chat).chat().over()).as("waiting goes on").isFalse();
    }

    @Test
    void theResendOfAnAskIsAnsweredWhateverTheChatHasBecome() {
        Rig.Site node = node();
        Rig.Seat ana = node.on("ana", Rig.DESK);
        Rig.Visitor stewart = node.visitor("stewart");
        ChatId chat = stewart.starts();
        rig.pass(60);
        TicketId first = stewart.session().askByTicket(null, QUESTION, "ask").orElseThrow();
        Rig.done(ana.session().claim(chat));

        assertThat(stewart.session().askByTicket(chat, QUESTION, "ask").orElseThrow())
                .isEqualTo(first);
        assertThat(code(stewart.session().askByTicket(chat, QUESTION, "another")))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        TicketContent other = new TicketContent("Something else", null, "stewart@example.edu", false);
        assertThat(code(stewart.session().askByTicket(chat, other, "ask"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(desk.tickets).hasSize(1);
    }

    /** R17: nobody ever had it, or whoever had it was lost; C7: the patron was away too long. */
    @Test
    void thePatronOfAMissedOrLostChatAsksByTicketAndNobodyElse() {
        Rig.Site node = node();
        node.on("ana", Rig.DESK);
        Rig.Visitor stewart = node.visitor("stewart");
        ChatId chat = stewart.starts();
        rig.pass(15 * 60);
        Rig.Visitor paula = node.visitor("paula");

        assertThat(code(paula.session().askByTicket(chat, QUESTION, "ask"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(paula.session().askByTicket(null, QUESTION, "ask"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(stewart.session().askByTicket(chat, QUESTION, "ask"))).isNull();

        assertThat(desk.only().origin().operator()).isNull();
        assertThat(desk.only().origin().chat()).isEqualTo(chat);
    }

    @Test
    void aReturnedChatThatWasGivenUpOffersATicket() {
        Rig.Site node = node();
        Rig.Seat ana = node.on("ana", Rig.DESK);
        Rig.Visitor stewart = node.visitor("stewart");
        ChatId chat = stewart.starts();
        Rig.done(ana.session().claim(chat));
        Rig.done(ana.session().signOut());
        rig.pass(15 * 60);
        assertThat(node.inspect(chat).chat().over()).isTrue();

        assertThat(stewart.session().chat().orElseThrow().ticketOffered()).isTrue();
        assertThat(code(stewart.session().askByTicket(chat, QUESTION, "ask"))).isNull();
    }

    // ---- Without a chat

    @Test
    void anybodyLeavesAQuestionWhereNobodyIsThere() {
        Rig.Site node = node();

        TicketId ticket =
                node.engine.leaveQuestion(WIDGET, QUESTION, "192.0.2.7", "q1").orElseThrow();

        assertThat(desk.only().id()).isEqualTo(ticket);
        assertThat(desk.only().conversation()).isNull();
        assertThat(desk.only().origin().widget()).isEqualTo(WIDGET);
        assertThat(state(ticket)).isEqualTo(StoredTicket.State.DELIVERED);
        assertThat(outbox.ticket(ticket).orElseThrow().content()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stewart", "@example.edu", "stewart@", "a@b@c", "a b@example.edu", "a\n@example.edu"})
    void anAddressThatIsNoneIsRefusedAndNothingIsKept(String email) {
        Rig.Site node = node();

        Outcome<TicketId> asked =
                node.engine.leaveQuestion(WIDGET, new TicketContent("Where?", null, email, false), "", "q1");

        assertThat(code(asked)).isEqualTo(RefusalCode.INVALID);
        assertThat(outbox.backlog()).isEqualTo(TicketBacklog.NONE);
    }

    @Test
    void whatIsMissingOrTooLongIsRefused() {
        Rig.Site node = node("messageLimit", "20");
        String longest = "q".repeat(20);

        for (String question : List.of("", " \n", longest + "q")) {
            assertThat(code(leaving(node, question, "q"))).as(question).isEqualTo(RefusalCode.INVALID);
        }
        assertThat(code(leaving(node, longest, "q"))).isNull();
        assertThat(code(leaving(node, longest, ""))).isEqualTo(RefusalCode.INVALID);
        assertThat(code(leaving(node, longest, "c".repeat(101)))).isEqualTo(RefusalCode.INVALID);
        assertThat(code(node.engine.leaveQuestion(WidgetId.of("none"), QUESTION, "", "q")))
                .isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void questionsCountAsStartsOfChatsOfAnAddress() {
        Rig.Site node = node("addressChatStarts", "3");
        for (int i = 0; i < 3; i++) {
            left(node, "Where?", "q" + i);
        }

        assertThat(code(leaving(node, "Where?", "q3"))).isEqualTo(RefusalCode.RATE_LIMITED);
        assertThat(code(leaving(node, "Where?", "q0"))).as("a resend").isNull();
        rig.pass(20);
        assertThat(code(leaving(node, "Where?", "q3"))).isNull();
        assertThat(desk.tickets).hasSize(4);
    }

    @Test
    void withoutADeskNoTicketIsTaken() {
        Rig.Site node = rig.node("n");

        assertThat(node.engine.takesTickets()).isFalse();
        assertThat(code(node.engine.leaveQuestion(WIDGET, QUESTION, "", "q"))).isEqualTo(RefusalCode.UNSUPPORTED);
    }

    // ---- A desk that is away

    /** K1: what was acknowledged is there once, whatever became of desk, replies and nodes meanwhile. */
    @Test
    void aTicketSystemThatIsDownForAnHourLosesAndDoublesNothing() {
        List<Rig.Site> all = List.of(node(), node(), node());
        Set<TicketId> acknowledged = new HashSet<>();
        desk.away = true;

        for (int minute = 0; minute < 60; minute++) {
            // Twenty minutes each: nothing answers; it answers and hangs up; nothing answers, and a node is gone.
            desk.away = minute < 20 || minute >= 40;
            desk.hangsUp = minute >= 20 && minute < 40;
            if (minute == 45) {
                all.get(0).executor.pause();
            }
            Rig.Site node = all.get(minute < 45 ? minute % 3 : 1 + minute % 2);
            acknowledged.add(left(node, "question " + minute, "q" + minute));
            acknowledged.add(left(all.get(1), "question " + minute, "q" + minute));
            rig.pass(60);
        }
        assertThat(acknowledged).hasSize(60);
        assertThat(all.get(1).engine.health().tickets().waiting()).isEqualTo(60);
        assertThat(all.get(1).engine.health().tickets().since()).isEqualTo(rig.start);
        assertThat(all.get(1).engine.health().ticketDeskAwaySince()).isNotNull();

        desk.away = false;
        rig.pass(10 * 60 + 2);

        assertThat(desk.tickets.keySet()).isEqualTo(acknowledged);
        assertThat(acknowledged)
                .allSatisfy(ticket -> assertThat(state(ticket)).isEqualTo(StoredTicket.State.DELIVERED));
        assertThat(outbox.backlog()).isEqualTo(TicketBacklog.NONE);
        assertThat(all.get(1).engine.health().tickets()).isEqualTo(TicketBacklog.NONE);
    }

    @Test
    void aNodeThatDiesBetweenDeskAndOutboxLosesAndDoublesNothing() {
        Rig.Site dying = node(
                new OutboxProxy(outbox) {
                    @Override
                    public void done(TicketId ticket, String reference, Instant now) {
                        throw new StoreException("the node dies", false);
                    }
                },
                desk);
        TicketId ticket = left(dying, "Where?", "q");
        assertThat(desk.tickets).hasSize(1);
        assertThat(state(ticket)).isEqualTo(StoredTicket.State.WAITING);
        dying.executor.pause();

        Rig.Site other = node();
        rig.pass(119);
        assertThat(state(ticket)).as("the other one still has it").isEqualTo(StoredTicket.State.WAITING);
        rig.pass(2);

        assertThat(state(ticket)).isEqualTo(StoredTicket.State.DELIVERED);
        assertThat(desk.tickets).hasSize(1);
        assertThat(other.engine.ticketOutbox().ticket(ticket).orElseThrow().reference())
                .isEqualTo("T-1");
    }

    @Test
    void whatTheDeskNeverTakesHoldsUpNothingElse() {
        Rig.Site node = node();
        desk.poisoned = Set.of("poison");
        TicketId never = left(node, "poison", "p");

        for (int i = 0; i < 5; i++) {
            TicketId ticket = left(node, "question " + i, "q" + i);
            rig.pass(1);
            assertThat(state(ticket)).isEqualTo(StoredTicket.State.DELIVERED);
        }
        rig.pass(3_600);

        assertThat(state(never)).isEqualTo(StoredTicket.State.WAITING);
        int tries = outbox.ticket(never).orElseThrow().tries();
        assertThat(tries).as("1, 2, 4 s and so on, then at most ten minutes").isBetween(14, 22);
        assertThat(node.engine.health().tickets().waiting()).isEqualTo(1);
        desk.poisoned = Set.of();
        rig.pass(600);
        assertThat(state(never)).isEqualTo(StoredTicket.State.DELIVERED);
    }

    @Test
    void thatTheDeskIsAwayAndBackIsTold() {
        Rig.Site node = node();
        desk.away = true;
        left(node, "Where?", "q");
        rig.pass(10);
        desk.away = false;
        rig.pass(30);

        assertThat(happenings)
                .filteredOn(happening -> happening.kind() == Happening.Kind.TROUBLE_BEGAN
                        || happening.kind() == Happening.Kind.TROUBLE_OVER)
                .extracting(happening -> happening.kind())
                .containsExactly(Happening.Kind.TROUBLE_BEGAN, Happening.Kind.TROUBLE_OVER);
        assertThat(node.engine.health().ticketDeskAwaySince()).isNull();
    }

    @Test
    void anOutboxThatIsAwayRefusesAndNothingIsAcknowledged() {
        Rig.Site node = node(
                new OutboxProxy(outbox) {
                    @Override
                    public Put put(NewTicket ticket) {
                        throw new StoreException("away", false);
                    }
                },
                desk);

        assertThat(code(leaving(node, "Where?", "q"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(desk.tickets).isEmpty();
    }

    // ---- Who is forgotten

    private ChatId missedWithTicket(Rig.Site node, String email) {
        node.on("ana", Rig.DESK);
        PatronSession patron = node.visitor("stewart").session();
        Content.PatronDetails known = new Content.PatronDetails("Stewart", email, null, null, true);
        ChatId chat = Rig.done(patron.startChat(WIDGET, known, "Where is it?", "start"))
                .chat();
        rig.pass(15 * 60);
        patron.askByTicket(chat, new TicketContent("Where?", "Stewart", email, true), "ask")
                .orElseThrow();
        return chat;
    }

    private static TranscriptSession ben(Rig.Site node) {
        return node.engine.transcripts(OperatorId.of("ben"));
    }

    @Test
    void deletingAChatDeletesItsTicketsHereAndAtTheDesk() {
        Rig.Site node = node();
        ChatId chat = missedWithTicket(node, "stewart@example.edu");
        TicketId ticket = desk.only().id();
        desk.away = true;

        Rig.done(ben(node).delete(chat));
        rig.pass(60);
        assertThat(state(ticket)).isEqualTo(StoredTicket.State.FORGETTING);
        assertThat(node.engine.health().tickets().forgetting()).isEqualTo(1);
        desk.away = false;
        rig.pass(60);

        assertThat(state(ticket)).isEqualTo(StoredTicket.State.FORGOTTEN);
        assertThat(desk.tickets).isEmpty();
        assertThat(desk.forgotten).containsExactly(ticket);
    }

    /** X2: what was on its way while it was deleted is forgotten once it has arrived. */
    @Test
    void whatIsDeletedWhileTheDeskIsAskedIsForgottenAfterwards() {
        Rig.Site node = node();
        desk.away = true;
        ChatId chat = missedWithTicket(node, "stewart@example.edu");
        desk.away = false;
        desk.meanwhile = order -> outbox.erase(TicketQuery.of(chat), rig.clock.now());

        rig.pass(60);

        assertThat(desk.asked).isNotEmpty();
        assertThat(desk.tickets).isEmpty();
        assertThat(outbox.find(TicketQuery.of(chat), null, 10).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo(StoredTicket.State.FORGOTTEN));
    }

    @Test
    void aTicketWhoseChatWasDeletedGoesWithoutItsConversation() {
        Rig.Site node = node();
        ChatId chat = missedWithTicket(node, "stewart@example.edu");
        Rig.done(ben(node).delete(chat));
        rig.pass(1);

        node.engine
                .tickets(OperatorId.of("ben"))
                .openTicket(chat, QUESTION, "b")
                .orElseThrow();

        assertThat(desk.only().conversation()).isNull();
        assertThat(desk.only().content()).isEqualTo(QUESTION);
    }

    @Test
    void aPatronsTicketsAreGivenOutAndErasedByTheAddress() throws IOException {
        Rig.Site node = node();
        desk.away = true;
        TicketId question = node.engine.leaveQuestion(WIDGET, QUESTION, "", "q").orElseThrow();
        TicketId others = left(node, "Where?", "other");
        StringBuilder out = new StringBuilder();

        ben(node).exportPatron("STEWART@example.edu", out).orElseThrow();
        assertThat(out.toString())
                .contains(question.value(), "Where is the atlas?", "stewart@example.edu")
                .doesNotContain(others.value());
        Rig.done(ben(node).erasePatron("STEWART@example.edu"));

        StoredTicket erased = outbox.ticket(question).orElseThrow();
        assertThat(erased.content()).isNull();
        assertThat(state(others)).isEqualTo(StoredTicket.State.WAITING);
        desk.away = false;
        rig.pass(60);
        assertThat(desk.forgotten).containsExactly(question);
        assertThat(desk.tickets).containsOnlyKeys(others);
    }

    /** X6: at the very instant. */
    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void aTicketIsForgottenWithItsInstitutionsRetention(long millis, boolean due) {
        Rig.Site node = node("anonymiseAfter@springy", "2d", "deleteAfter@springy", "5d");
        TicketId ticket = left(node, "Where?", "q");
        rig.clock.advance(Duration.ofDays(2).plusMillis(millis).minusSeconds(1));
        StoredTicket.State before = state(ticket);
        rig.clock.advance(Duration.ofSeconds(1));

        Rig.done(node.engine.admin().retain());

        assertThat(before).isEqualTo(StoredTicket.State.DELIVERED);
        assertThat(state(ticket) == StoredTicket.State.DELIVERED).isEqualTo(!due);
    }
}
