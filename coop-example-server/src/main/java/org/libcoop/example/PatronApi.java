package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.TranscriptSession;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.PatronErasure;

/**
 * What local admins do for their patrons' privacy over HTTP (X6, A10): a patron's data given out and erased, and how long the library
 * keeps what. An address is never part of a URL.
 */
final class PatronApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    PatronApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (path.isEmpty()) {
            answer(response, settings(me));
        } else {
            noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        TranscriptSession transcripts = engine.transcripts(me);
        return switch (path) {
            case "/export" -> export(transcripts, body);
            case "/erase" ->
                done(body.has("chat")
                                ? transcripts.erasePatron(chat(body))
                                : transcripts.erasePatron(required(body, "email")))
                        .map(PatronApi::erased);
            case "/retention" -> {
                InstitutionId mine = engine.directory()
                        .operator(me)
                        .map(Operator::institution)
                        .orElseThrow(() -> new IllegalArgumentException("nobody"));
                yield done(engine.accounts(me).setRetention(mine, days(body, "anonymise"), days(body, "delete")))
                        .map(policies -> settings(me));
            }
            default -> null;
        };
    }

    private static ChatId chat(JsonNode body) {
        return ChatId.of(required(body, "chat"));
    }

    /** As many days; null where the page says null, for never. */
    private static @Nullable Duration days(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(field + " is no number of days");
        }
        return Duration.ofDays(value.asInt());
    }

    /** All of it as one text: what one patron has is not much. */
    private static Outcome<ObjectNode> export(TranscriptSession transcripts, JsonNode body) {
        StringBuilder lines = new StringBuilder();
        try {
            Outcome<Long> written = body.has("chat")
                    ? transcripts.exportPatron(chat(body), lines)
                    : transcripts.exportPatron(required(body, "email"), lines);
            return written.map(chats -> object().put("chats", chats).put("lines", lines.toString()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode erased(PatronErasure erasure) {
        ObjectNode node = object().put("erased", erasure.erased());
        ArrayNode running = node.putArray("running");
        erasure.running().forEach(chat -> running.add(chat.value()));
        return node;
    }

    /** How long the own library keeps what in days, and whether the page offers to change it; the engine decides again. */
    private ObjectNode settings(OperatorId me) {
        ObjectNode node = object();
        Operator operator = engine.directory().operator(me).orElse(null);
        if (operator == null) {
            return node.put("may", false);
        }
        InstitutionId mine = operator.institution();
        Policies policies = engine.directory().policies();
        node.put("may", Access.allows(Operation.SET_RETENTION, Access.to(mine, me, engine.directory())));
        put(node, "anonymise", policies.anonymiseAfter(mine));
        put(node, "delete", policies.deleteAfter(mine));
        return node;
    }

    private static void put(ObjectNode node, String field, Optional<Duration> kept) {
        if (kept.isPresent()) {
            node.put(field, kept.get().toDays());
        } else {
            node.putNull(field);
        }
    }
}
