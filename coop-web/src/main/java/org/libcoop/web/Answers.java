package org.libcoop.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Answers as JSON, and refusals with the status of their kind. */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SC_TOO_MANY_REQUESTS = 429;

    private Answers() {}

    /** Answers with something that may be kept for {@code kept}, and is not sent again to who has it. */
    static void cached(HttpServletRequest request, HttpServletResponse response, ObjectNode body, Duration kept)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        String etag = StaticFiles.etag(bytes);
        long seconds = kept.toSeconds();
        response.setHeader("Cache-Control", seconds == 0 ? "no-store" : "max-age=" + seconds);
        if (!unchanged(request, response, etag)) {
            send(response, HttpServletResponse.SC_OK, bytes);
        }
    }

    /** Whether who asks has this content already, and is told so. */
    static boolean unchanged(HttpServletRequest request, HttpServletResponse response, String etag) {
        response.setHeader("ETag", etag);
        boolean same = etag.equals(request.getHeader("If-None-Match"));
        if (same) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        }
        return same;
    }

    /** Answers with something that nobody keeps. */
    static void answer(HttpServletResponse response, ObjectNode body) throws IOException {
        answer(response, HttpServletResponse.SC_OK, body);
    }

    private static void answer(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        send(response, status, JSON.writeValueAsBytes(body));
    }

    static void refuse(HttpServletResponse response, RefusalCode code, String message) throws IOException {
        refuse(response, Refusal.of(code, message));
    }

    static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        refuse(response, status(refusal.code()), refusal);
    }

    /** Refuses with a status that is not the one of its kind. */
    static void refuse(HttpServletResponse response, int status, Refusal refusal) throws IOException {
        answer(
                response,
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("code", refusal.code().code())
                        .put("message", refusal.message()));
    }

    private static int status(RefusalCode code) {
        if (code == RefusalCode.TOO_LARGE) {
            return HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
        }
        return switch (code.category()) {
            case INVALID -> HttpServletResponse.SC_BAD_REQUEST;
            case DENIED -> HttpServletResponse.SC_FORBIDDEN;
            case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
            case CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case LIMIT -> SC_TOO_MANY_REQUESTS;
            case UNAVAILABLE, UNKNOWN_OUTCOME -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }

    private static void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(body);
    }
}
