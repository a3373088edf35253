package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/**
 * What a signed-in operator asks for and changes. The token of {@code /api/sign-in} comes in the header {@code Authorization},
 * which no browser adds by itself: a page of another site has none to send. Whether somebody may do a thing is the engine's to say,
 * here are only its answers.
 */
abstract class StaffServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private static final String BEARER = "Bearer ";
    private static final long PATIENCE_SECONDS = 20;

    /**
     * The longest body that is read, in bytes. The longest that is meant is a full list of canned messages; every other text that is allowed
     * fits, whatever it is written in.
     */
    private static final int LONGEST_BODY = 2_097_152;

    final transient CoopEngine engine;
    private final transient Tickets signIns;

    StaffServlet(CoopEngine engine, Tickets signIns) {
        this.engine = engine;
        this.signIns = signIns;
    }

    /** Answers what {@code me} asks for at {@code path}, which is empty or begins with a slash. */
    abstract void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    /** Does what {@code body} says at {@code path}; null if there is nothing to do there. */
    abstract @Nullable Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body);

    /** Whether what is sent here is no JSON. */
    boolean takesBytes() {
        return false;
    }

    /** Takes what {@code request} brings to {@code path}; null if there is nothing to bring there. */
    @Nullable
    Outcome<ObjectNode> take(OperatorId me, String path, HttpServletRequest request) throws IOException {
        return act(me, path, body(request, LONGEST_BODY));
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OperatorId me = signedIn(request, response);
        if (me != null) {
            try {
                ask(me, path(request), request, response);
            } catch (IllegalArgumentException malformed) {
                refuse(
                        response,
                        HttpServletResponse.SC_BAD_REQUEST,
                        RefusalCode.INVALID,
                        "something in the question is malformed");
            }
        }
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean foreign = takesBytes() ? refusedAsAnothers(request, response) : refusedAsForeign(request, response);
        OperatorId me = foreign ? null : signedIn(request, response);
        if (me == null) {
            return;
        }
        Outcome<ObjectNode> outcome;
        try {
            outcome = take(me, path(request), request);
        } catch (IllegalArgumentException malformed) {
            outcome = Outcome.refused(RefusalCode.INVALID, "something in the request is malformed");
        }
        if (outcome == null) {
            noSuchResource(response);
        } else {
            answer(response, outcome, Function.identity());
        }
    }

    private @Nullable OperatorId signedIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String header = request.getHeader("Authorization");
        OperatorId me = header != null && header.startsWith(BEARER)
                ? signIns.whose(header.substring(BEARER.length()).strip()).orElse(null)
                : null;
        if (me == null) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, RefusalCode.NOT_ALLOWED, "sign in first");
        }
        return me;
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    /** Answers with the value as JSON, or with the refusal. */
    static <T> void answer(HttpServletResponse response, Outcome<T> outcome, Function<? super T, ObjectNode> json)
            throws IOException {
        if (outcome instanceof Outcome.Refused<T> refused) {
            refuse(response, refused.reason());
        } else {
            answer(response, outcome.map(json).orElseThrow());
        }
    }

    /** The outcome of a command, which the engine's threads bring. */
    static <T> Outcome<T> done(CompletionStage<Outcome<T>> command) {
        Outcome<T> late = Outcome.refused(RefusalCode.UNKNOWN_OUTCOME, "the store has not answered yet");
        try {
            return command.toCompletableFuture()
                    .copy()
                    .completeOnTimeout(late, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            return Outcome.refused(RefusalCode.INTERNAL, "that failed here");
        }
    }

    /** A text that has to be there. */
    static String required(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value.asText();
    }

    /** What a question says of a thing; null if it says nothing. */
    static @Nullable String asked(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
