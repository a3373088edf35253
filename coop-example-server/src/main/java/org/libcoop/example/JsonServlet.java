package org.libcoop.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** What the servlets that speak JSON share: answers, refusals, and what a changing request has to be. */
abstract class JsonServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The longest body that is read of anybody, in bytes; what is longer is cut, and so no JSON any more. */
    private static final int BODY_LIMIT = 1_024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An object to be filled. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Refuses what comes from another site's page or is no JSON; whether it did. */
    static boolean refusedAsForeign(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (refusedAsAnothers(request, response)) {
            return true;
        }
        if (!isJson(request.getContentType())) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    RefusalCode.INVALID,
                    "application/json is expected");
            return true;
        }
        return false;
    }

    /** Refuses what comes from another site's page; whether it did. */
    static boolean refusedAsAnothers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (fromOwnPage(request)) {
            return false;
        }
        refuse(
                response,
                HttpServletResponse.SC_FORBIDDEN,
                RefusalCode.NOT_ALLOWED,
                "this is for the server's own pages");
        return true;
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

    /** The body; a missing node if it is no JSON. */
    static JsonNode body(HttpServletRequest request) throws IOException {
        return body(request, BODY_LIMIT);
    }

    /** The same of a body of at most {@code limit} bytes. */
    static JsonNode body(HttpServletRequest request, int limit) throws IOException {
        byte[] body = request.getInputStream().readNBytes(limit);
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException malformed) {
            return MissingNode.getInstance();
        }
    }

    static void noSuchResource(HttpServletResponse response) throws IOException {
        refuse(response, HttpServletResponse.SC_NOT_FOUND, RefusalCode.NOT_FOUND, "there is no such resource");
    }

    /** Answers with a refusal of the library, and the status that fits its kind. */
    static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        int status = switch (refusal.code().category()) {
            case INVALID -> HttpServletResponse.SC_BAD_REQUEST;
            case DENIED -> HttpServletResponse.SC_FORBIDDEN;
            case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
            case CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case LIMIT ->
                refusal.code() == RefusalCode.TOO_LARGE ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : 429;
            case UNAVAILABLE, UNKNOWN_OUTCOME -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
        refuse(response, status, refusal.code(), refusal.message());
    }

    static void refuse(HttpServletResponse response, int status, RefusalCode code, String message) throws IOException {
        answer(response, status, object().put("code", code.code()).put("message", message));
    }

    static void answer(HttpServletResponse response, ObjectNode body) throws IOException {
        answer(response, HttpServletResponse.SC_OK, body);
    }

    static void answer(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
