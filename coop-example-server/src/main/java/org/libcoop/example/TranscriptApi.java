package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.TranscriptSession;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.Coop;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.TranscriptFormat;

/** Transcripts over HTTP: found, read, explained, exported along a path; redacted, deleted, mailed by home admins (X1–X3, X5, A4, E1). */
final class TranscriptApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private static final int PAGE = 25;

    /** What can be done to a transcript, by the name the page has for it. */
    private static final Map<String, Operation> CHANGES = Map.of(
            "redact", Operation.REDACT,
            "delete", Operation.DELETE_CONTENT,
            "email", Operation.EMAIL_TRANSCRIPT);

    private final transient Outbox outbox;

    TranscriptApi(CoopEngine engine, Tickets signIns, Outbox outbox) {
        super(engine, signIns);
        this.outbox = outbox;
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        TranscriptSession transcripts = engine.transcripts(me);
        switch (path) {
            case "" ->
                answer(
                        response,
                        transcripts.search(path(request), query(request), asked(request, "cursor"), PAGE),
                        this::page);
            case "/chat" -> {
                TranscriptPath along = path(request);
                ChatId chat = ChatId.of(String.valueOf(asked(request, "chat")));
                answer(response, transcripts.read(along, chat), archived -> chat(me, along, archived));
            }
            case "/explain" -> {
                ChatId chat = ChatId.of(String.valueOf(asked(request, "chat")));
                answer(
                        response,
                        transcripts.explain(path(request), chat),
                        new StaffJson(engine.directory())::explanation);
            }
            case "/export" -> export(transcripts, request, response);
            case "/choices" -> choices(me, response);
            case "/outbox" -> answer(response, outbox.json(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        TranscriptSession transcripts = engine.transcripts(me);
        return switch (path) {
            case "/redact" -> {
                if (!body.path("seq").canConvertToLong()) {
                    throw new IllegalArgumentException("seq is missing");
                }
                yield done(transcripts.redact(named(body), body.path("seq").asLong()))
                        .map(TranscriptApi::changed);
            }
            case "/delete" -> done(transcripts.delete(named(body))).map(TranscriptApi::changed);
            case "/email" -> {
                ChatId chat = named(body);
                String address = required(body, "address");
                yield outbox.sentBy(me, () -> transcripts.email(chat, address)).map(TranscriptApi::changed);
            }
            default -> null;
        };
    }

    private static ChatId named(JsonNode body) {
        return ChatId.of(required(body, "chat"));
    }

    private static ObjectNode changed(ChatId chat) {
        return object().put("chat", chat.value());
    }

    // ---- Finding and reading

    private ObjectNode page(ArchivePage page) {
        StaffJson json = new StaffJson(engine.directory());
        ObjectNode node = object();
        ArrayNode rows = node.putArray("rows");
        page.rows().forEach(row -> rows.add(json.row(row)));
        if (page.next() != null) {
            node.put("next", page.next());
        }
        return node;
    }

    private ObjectNode chat(OperatorId me, TranscriptPath along, ArchivedChat archived) {
        Directory directory = engine.directory();
        ObjectNode node = new StaffJson(directory, engine::device).chat(archived);
        ArrayNode may = node.putArray("may");
        CHANGES.forEach((name, operation) -> {
            if (along instanceof TranscriptPath.Home
                    && mayAtHome(operation, archived.chat().home(), me, directory)) {
                may.add(name);
            }
        });
        return node;
    }

    /** Whether the page offers it; the engine decides again when it is done. A home admin is a local admin of the patron's library. */
    private static boolean mayAtHome(Operation operation, InstitutionId home, OperatorId me, Directory directory) {
        return Access.allows(
                operation,
                relation -> relation == Relation.HOME_ADMIN
                        && Access.to(home, me, directory).test(Relation.LOCAL_ADMIN));
    }

    /** What the page can be asked for: the operator's paths, and what to filter by that they know anyway. */
    private void choices(OperatorId me, HttpServletResponse response) throws IOException {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object();
        node.set("me", json.person(me, null));
        ArrayNode coops = node.putArray("coops");
        ArrayNode operators = node.putArray("operators");
        ArrayNode widgets = node.putArray("widgets");
        ArrayNode institutions = node.putArray("institutions");
        directory.operator(me).ifPresent(operator -> {
            InstitutionId home = operator.institution();
            for (Coop coop : directory.coops()) {
                if (directory.hasPlaceIn(me, coop.id())) {
                    coops.add(json.coop(coop.id()));
                }
            }
            directory.operators(home).forEach(one -> operators.add(json.person(one.id(), null)));
            directory.widgets(home).forEach(widget -> widgets.add(json.widget(widget.id())));
            institutions.add(json.institution(home));
        });
        answer(response, node);
    }

    // ---- Export

    private static void export(TranscriptSession transcripts, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TranscriptPath path = path(request);
        ArchiveQuery query = query(request);
        TranscriptFormat format = constant(TranscriptFormat.class, String.valueOf(asked(request, "format")));
        Outcome<ArchivePage> allowed = transcripts.search(path, query, null, 1);
        if (allowed.refusal().isPresent()) {
            refuse(response, allowed.refusal().get());
            return;
        }
        response.setContentType(
                switch (format) {
                    case JSON_LINES -> "application/x-ndjson";
                    case CSV -> "text/csv; charset=utf-8";
                    case TEXT -> "text/plain; charset=utf-8";
                });
        String ending = switch (format) {
            case JSON_LINES -> "jsonl";
            case CSV -> "csv";
            case TEXT -> "txt";
        };
        response.setHeader("Content-Disposition", "attachment; filename=\"transcripts." + ending + '"');
        response.setHeader("Cache-Control", "no-store");
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        Outcome<Long> written = transcripts.export(path, query, format, out);
        if (written.refusal().isPresent()) {
            // Half an export must not look like a whole one: the connection breaks.
            throw new IOException("an export broke off: " + written.refusal().get());
        }
        out.flush();
    }

    // ---- What is asked for

    /** The path that a question names: a co-op's, or the one at home. */
    static TranscriptPath path(HttpServletRequest request) {
        String coop = asked(request, "coop");
        return coop == null ? TranscriptPath.home() : TranscriptPath.coop(coop);
    }

    private static ArchiveQuery query(HttpServletRequest request) {
        ArchiveQuery query = ArchiveQuery.ALL.started(instant(request, "from"), instant(request, "to"));
        for (String name : List.of("chat", "text", "operator", "institution", "outcome", "widget")) {
            String value = asked(request, name);
            if (value != null) {
                query = narrowed(query, name, value);
            }
        }
        return query;
    }

    private static ArchiveQuery narrowed(ArchiveQuery query, String name, String value) {
        return switch (name) {
            case "chat" -> query.chat(ChatId.of(value));
            case "text" -> query.text(value);
            case "operator" -> query.operator(OperatorId.of(value));
            case "institution" -> query.answeredBy(InstitutionId.of(value));
            case "outcome" -> query.outcome(constant(ChatOutcome.class, value));
            default -> query.widget(WidgetId.of(value));
        };
    }

    private static @Nullable Instant instant(HttpServletRequest request, String name) {
        String value = asked(request, name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (java.time.format.DateTimeParseException malformed) {
            throw new IllegalArgumentException(name + " is no instant", malformed);
        }
    }

    /** The constant that a word of the pages stands for. */
    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
