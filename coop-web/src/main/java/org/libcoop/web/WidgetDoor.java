package org.libcoop.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.WidgetStatus;
import org.libcoop.directory.WidgetId;
import org.libcoop.faq.FaqPage;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.TicketId;

/**
 * What a page asks of one widget, and the question that is left at it (W1, W3–W7). Every answer is for pages of the host itself and of
 * the origins that the widget names. <em>Safe for use by several threads.</em>
 */
final class WidgetDoor {

    /** Below this path of the servlet. */
    static final String PATH = "widgets/";

    private static final String STATUS = "/status";
    private static final String QUESTIONS = "/questions";
    private static final String FAQ = "/faq";
    private static final int FAQ_PAGE = 10;

    private final CoopEngine engine;
    private final String socketPath;

    WidgetDoor(CoopEngine engine, String socketPath) {
        this.engine = engine;
        this.socketPath = socketPath;
    }

    /** {@code ID}, {@code ID/status} and {@code ID/faq}. */
    void get(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (path.endsWith(FAQ)) {
            faq(path.substring(0, path.length() - FAQ.length()), request, response);
            return;
        }
        boolean statusOnly = path.endsWith(STATUS);
        String id = statusOnly ? path.substring(0, path.length() - STATUS.length()) : path;
        WidgetStatus found = admitted(id, request, response);
        if (found != null) {
            ObjectNode body = statusOnly
                    ? JsonNodeFactory.instance.objectNode().put("online", found.online())
                    : WidgetJson.of(engine.directory(), found, socketPath).put("questions", engine.takesTickets());
            Duration kept = engine.directory().policies().statusCache();
            Answers.cached(request, response, body, kept);
        }
    }

    /** What patrons find in the public groups of the library's FAQ (W5, F1). */
    private void faq(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        WidgetStatus found = admitted(id, request, response);
        if (found == null) {
            return;
        }
        String words = request.getParameter("q");
        Outcome<FaqPage> page = engine.searchFaq(
                found.widget().id(),
                words == null ? "" : words,
                request.getParameter("language"),
                request.getParameter("cursor"),
                FAQ_PAGE);
        Refusal refusal = page.refusal().orElse(null);
        if (refusal == null) {
            Duration kept = engine.directory().policies().widgetCache();
            Answers.cached(request, response, FaqJson.of(page.orElseThrow()), kept);
        } else {
            Answers.refuse(response, refusal);
        }
    }

    /** {@code ID/questions}: a question left where nobody is there (W5). */
    void post(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!path.endsWith(QUESTIONS)) {
            Answers.refuse(response, RefusalCode.NOT_FOUND, "there is no such resource");
            return;
        }
        WidgetStatus found = admitted(path.substring(0, path.length() - QUESTIONS.length()), request, response);
        if (found == null) {
            return;
        }
        Outcome<Question> read = Question.read(request);
        Question question = read.value().orElse(null);
        if (question == null) {
            Answers.refuse(response, read.refusal().orElseThrow());
            return;
        }
        Outcome<TicketId> left =
                engine.leaveQuestion(found.widget().id(), question.content(), request.getRemoteAddr(), question.id());
        Refusal refusal = left.refusal().orElse(null);
        if (refusal == null) {
            Answers.answer(
                    response,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("ticket", left.orElseThrow().value()));
        } else {
            Answers.refuse(response, refusal);
        }
    }

    /** What a browser asks before a page of another origin leaves a question. */
    void options(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        int end = path.indexOf('/');
        if (admitted(end < 0 ? path : path.substring(0, end), request, response) != null) {
            Origins.preflight(response, "content-type");
        }
    }

    /** The widget, if this page may use it (W1); else it is answered so, and null. */
    private @Nullable WidgetStatus admitted(String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Vary", "Origin");
        WidgetStatus found = find(id).orElse(null);
        if (found == null) {
            Answers.refuse(response, RefusalCode.NOT_FOUND, "there is no such widget");
            return null;
        }
        if (!Origins.admits(request, response, found.widget().origins()::contains)) {
            Answers.refuse(response, RefusalCode.NOT_ALLOWED, "this page may not use that widget");
            return null;
        }
        return found;
    }

    private Optional<WidgetStatus> find(String id) {
        try {
            return engine.widget(WidgetId.of(id)).value();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
