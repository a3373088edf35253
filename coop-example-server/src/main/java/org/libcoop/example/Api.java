package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.RefusalCode;

/** The pages' JSON: what there is to choose from, and the demo's sign-in. */
final class Api extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient CoopEngine engine;
    private final transient Tickets tickets;
    private final transient Tickets signIns;

    Api(CoopEngine engine, Tickets tickets, Tickets signIns) {
        this.engine = engine;
        this.tickets = tickets;
        this.signIns = signIns;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/demo".equals(request.getPathInfo())) {
            answer(response, Demo.json(engine));
        } else {
            noSuchResource(response);
        }
    }

    /** The demo's sign-in: anybody may be anybody. A real host asks for its own log-in here. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = String.valueOf(request.getPathInfo());
        if (!path.equals("/ticket") && !path.equals("/sign-in")) {
            noSuchResource(response);
        } else if (!refusedAsForeign(request, response)) {
            Operator operator = operator(body(request)).orElse(null);
            if (operator == null) {
                refuse(response, HttpServletResponse.SC_NOT_FOUND, RefusalCode.NOT_FOUND, "there is no such operator");
            } else if (path.equals("/ticket")) {
                answer(response, object().put("ticket", tickets.issue(operator.id())));
            } else {
                answer(response, object().put("token", signIns.issue(operator.id())));
            }
        }
    }

    private Optional<Operator> operator(JsonNode body) {
        try {
            return engine.directory()
                    .operator(OperatorId.of(body.path("operator").asText()));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
