package org.libcoop.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;

/** The pages' JSON: what there is to choose from, and the demo's sign-in. */
final class Api extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BODY_LIMIT = 1_024;

    private final transient CoopEngine engine;
    private final transient Tickets tickets;

    Api(CoopEngine engine, Tickets tickets) {
        this.engine = engine;
        this.tickets = tickets;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = String.valueOf(request.getPathInfo());
        if (path.equals("/demo")) {
            answer(response, HttpServletResponse.SC_OK, Demo.json(engine));
        } else {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "not-found", "there is no such resource");
        }
    }

    /** The demo's sign-in: anybody may be anybody. A real host asks for its own log-in here. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"/ticket".equals(request.getPathInfo())) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "not-found", "there is no such resource");
        } else if (!fromOwnPage(request)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "not-allowed", "this is for the server's own pages");
        } else if (!isJson(request.getContentType())) {
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "invalid", "application/json is expected");
        } else {
            Operator operator = operator(request).orElse(null);
            if (operator == null) {
                refuse(response, HttpServletResponse.SC_NOT_FOUND, "not-found", "there is no such operator");
            } else {
                answer(
                        response,
                        HttpServletResponse.SC_OK,
                        JSON.createObjectNode().put("ticket", tickets.issue(operator.id())));
            }
        }
    }

    /**
     * Whether the request comes from a page of this server. Browsers say so in headers that no page can set; what sends
     * neither is no browser, and carries nobody's cookies.
     */
    private static boolean fromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean sameSite = site == null || site.equals("same-origin");
        return sameSite && (origin == null || origin.equals("http://" + request.getHeader("Host")));
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/json(?: *;.*)?");
    }

    private Optional<Operator> operator(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(BODY_LIMIT);
        try {
            JsonNode tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            String id = tree.path("operator").asText();
            return id.isEmpty() ? Optional.empty() : engine.directory().operator(OperatorId.of(id));
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void refuse(HttpServletResponse response, int status, String code, String message)
            throws IOException {
        answer(response, status, JSON.createObjectNode().put("code", code).put("message", message));
    }

    private static void answer(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
