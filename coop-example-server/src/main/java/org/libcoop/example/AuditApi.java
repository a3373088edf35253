package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Thing;

/** Who did what of the own institution's people and things, over HTTP, for its local admins (A8, A10). */
final class AuditApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private static final int PAGE = 100;

    AuditApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> {
                String named = asked(request, "institution");
                InstitutionId institution = named == null ? home(me) : InstitutionId.of(named);
                answer(
                        response,
                        engine.accounts(me).audit(institution, query(request), asked(request, "cursor"), PAGE),
                        page -> page(institution, page));
            }
            case "/choices" -> answer(response, choices(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return null;
    }

    /** Somebody who is gone from the directory has no institution, and is refused by the engine for any. */
    private InstitutionId home(OperatorId me) {
        return engine.directory().operator(me).map(Operator::institution).orElseGet(() -> InstitutionId.of("none"));
    }

    private static AuditQuery query(HttpServletRequest request) {
        AuditQuery query = AuditQuery.ALL;
        String operator = asked(request, "operator");
        String operation = asked(request, "operation");
        String result = asked(request, "result");
        if (operator != null) {
            query = query.operator(OperatorId.of(operator));
        }
        if (operation != null) {
            query = query.operation(
                    Operation.ofWord(operation).orElseThrow(() -> new IllegalArgumentException("no such operation")));
        }
        return result == null ? query : query.result(TranscriptApi.constant(AuditQuery.Result.class, result));
    }

    /** Whether there is something to read for {@code me}, and by what it can be narrowed down. */
    private ObjectNode choices(OperatorId me) {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object();
        boolean may = Access.allows(Operation.READ_AUDIT, Access.to(home(me), me, directory));
        node.put("may", may);
        if (may) {
            ArrayNode operators = node.putArray("operators");
            directory.operators(home(me)).forEach(one -> operators.add(json.person(one.id(), null)));
            ArrayNode operations = node.putArray("operations");
            Arrays.stream(Operation.values()).map(Operation::word).forEach(operations::add);
        }
        return node;
    }

    private ObjectNode page(InstitutionId institution, AuditPage page) {
        Directory directory = engine.directory();
        ObjectNode node = object();
        ArrayNode rows = node.putArray("rows");
        page.rows().forEach(record -> rows.add(row(directory, institution, record)));
        if (page.next() != null) {
            node.put("next", page.next());
        }
        return node;
    }

    private static ObjectNode row(Directory directory, InstitutionId institution, AuditRecord record) {
        OperatorId operator = record.who().operator();
        ObjectNode who = operator == null ? object() : new StaffJson(directory).person(operator, null);
        ObjectNode node = object().put("at", record.at().toString())
                .put("operation", record.operation().word());
        node.set("who", who.put("role", StaffJson.kebab(record.who().role())));
        node.set("thing", thing(directory, institution, record.thing()));
        record.refused().ifPresent(code -> node.put("refused", code.code()));
        ObjectNode counts = node.putObject("counts");
        record.counts().forEach(counts::put);
        return node;
    }

    /** What is the own institution's is called by its name, and what is not by its id: it may not be there, or be none of theirs (A9). */
    private static ObjectNode thing(Directory directory, InstitutionId institution, Thing thing) {
        ObjectNode node = object().put("kind", StaffJson.kebab(thing.kind())).put("id", thing.id());
        String name = switch (thing.kind()) {
            case OPERATOR, ACCOUNT ->
                directory
                        .operator(OperatorId.of(thing.id()))
                        .filter(one -> one.institution().equals(institution))
                        .map(Operator::displayName)
                        .orElse(null);
            case WIDGET ->
                directory
                        .widget(WidgetId.of(thing.id()))
                        .filter(one -> one.institution().equals(institution))
                        .map(one -> one.name())
                        .orElse(null);
            case INSTITUTION, MEMBERSHIP ->
                thing.id().equals(institution.value())
                        ? directory
                                .institution(institution)
                                .map(one -> one.name())
                                .orElse(null)
                        : null;
            case COOP -> coop(directory, institution, thing.id());
            case CHAT, TRANSCRIPTS, DEPARTMENT, BLOCK, FAQ_ENTRY, DEPLOYMENT -> null;
        };
        if (name != null) {
            node.put("name", name);
        }
        if (thing.within() != null) {
            String within = coop(directory, institution, thing.within());
            node.put("within", within == null ? thing.within() : within);
        }
        return node;
    }

    private static @Nullable String coop(Directory directory, InstitutionId institution, String id) {
        CoopId coop = CoopId.of(id);
        return directory
                .membership(coop, institution)
                .flatMap(member -> directory.coop(coop))
                .map(found -> found.name())
                .orElse(null);
    }
}
