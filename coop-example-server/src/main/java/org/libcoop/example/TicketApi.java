package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;

/**
 * Tickets over HTTP (K1): opened from chats as the engine allows, and answered by the staff of the library in whose queue they are, which
 * is this host's own rule.
 */
final class TicketApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private final transient TicketQueue queue;

    TicketApi(CoopEngine engine, Tickets signIns, TicketQueue queue) {
        super(engine, signIns);
        this.queue = queue;
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> answer(response, list(me));
            case "/ticket" -> answer(response, one(me, asked(request, "ticket")), this::whole);
            case "/of-chat" ->
                answer(
                        response,
                        engine.tickets(me).ticketsOf(ChatId.of(String.valueOf(asked(request, "chat")))),
                        TicketApi::ofChat);
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return switch (path) {
            case "/open" -> open(me, body);
            case "/answered" -> answered(me, required(body, "ticket"));
            default -> null;
        };
    }

    private Outcome<ObjectNode> open(OperatorId me, JsonNode body) {
        TicketContent content = new TicketContent(
                required(body, "question"),
                body.has("name") ? required(body, "name") : null,
                required(body, "email").strip(),
                false);
        String id = body.has("id") ? required(body, "id") : UUID.randomUUID().toString();
        return engine.tickets(me)
                .openTicket(ChatId.of(required(body, "chat")), content, id)
                .map(ticket -> object().put("ticket", ticket.value()));
    }

    private Outcome<ObjectNode> answered(OperatorId me, String ticket) {
        return home(me).flatMap(home -> queue.answered(home, ticket, me, engine.now()))
                .map(found -> Outcome.done(whole(found)))
                .orElseGet(TicketApi::none);
    }

    // ---- The library's own queue

    private Optional<InstitutionId> home(OperatorId me) {
        return engine.directory().operator(me).map(Operator::institution);
    }

    private Outcome<TicketQueue.Ticket> one(OperatorId me, @Nullable String ticket) {
        return home(me).flatMap(home -> queue.ticket(home, String.valueOf(ticket)))
                .map(Outcome::done)
                .orElseGet(TicketApi::none);
    }

    private static <T> Outcome<T> none() {
        return Outcome.refused(RefusalCode.NOT_FOUND, "your library has no such ticket");
    }

    private ObjectNode list(OperatorId me) {
        ObjectNode node = object();
        node.set("me", new StaffJson(engine.directory()).person(me, null));
        ArrayNode rows = node.putArray("tickets");
        home(me).ifPresent(home -> queue.of(home).forEach(ticket -> rows.add(row(ticket))));
        return node;
    }

    private ObjectNode row(TicketQueue.Ticket ticket) {
        StaffJson json = new StaffJson(engine.directory());
        ObjectNode node = object().put("ticket", ticket.id())
                .put("reference", ticket.reference())
                .put("at", ticket.at().toString())
                .put("chat", ticket.chat())
                .put("question", ticket.question())
                .put("name", ticket.name())
                .put("email", ticket.email())
                .put("widget", ticket.widget())
                .put("forgotten", ticket.forgotten());
        if (ticket.answeredAt() != null && ticket.answeredBy() != null) {
            node.put("answeredAt", ticket.answeredAt().toString());
            node.set("answeredBy", json.person(OperatorId.of(ticket.answeredBy()), null));
        }
        return node;
    }

    private ObjectNode whole(TicketQueue.Ticket ticket) {
        return row(ticket).put("conversation", ticket.conversation());
    }

    private static ObjectNode ofChat(List<StoredTicket> found) {
        ObjectNode node = object();
        ArrayNode rows = node.putArray("tickets");
        found.forEach(ticket -> rows.addObject()
                .put("ticket", ticket.id().value())
                .put("at", ticket.origin().at().toString())
                .put("byPatron", ticket.origin().operator() == null)
                .put("state", StaffJson.kebab(ticket.state()))
                .put("reference", ticket.reference()));
        return node;
    }
}
