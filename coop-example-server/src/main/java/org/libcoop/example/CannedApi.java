package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CannedMessages.Message;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;

/** Canned messages over HTTP: seen by the people of an institution or a co-op, changed by its admins (M6). */
final class CannedApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    CannedApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> {
                BlockScope scope = BlockApi.scope(asked(request, "scope"), asked(request, "of"));
                answer(response, engine.accounts(me).canned(scope), this::canned);
            }
            case "/mine" -> answer(response, mine(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        if (!path.equals("/save")) {
            return null;
        }
        List<Message> messages = new ArrayList<>();
        body.path("messages")
                .forEach(message -> messages.add(new Message(required(message, "title"), required(message, "text"))));
        BlockScope scope = BlockApi.scope(required(body, "scope"), required(body, "of"));
        return done(engine.accounts(me).saveCanned(new CannedMessages(scope, messages)))
                .map(this::canned);
    }

    /** Those of the own institution and of every co-op in which one has a place, and whether one may change them. */
    private ObjectNode mine(OperatorId me) {
        Directory directory = engine.directory();
        List<BlockScope> scopes = new ArrayList<>();
        directory.operator(me).ifPresent(found -> scopes.add(BlockScope.of(found.institution())));
        directory.coops().forEach(coop -> scopes.add(BlockScope.of(coop.id())));
        ObjectNode node = object();
        ArrayNode all = node.putArray("scopes");
        for (BlockScope scope : scopes) {
            if (!Access.allows(Operation.SEE_CANNED, Access.to(scope, me, directory))) {
                continue; // not asked for, so no denial to be recorded
            }
            engine.accounts(me)
                    .canned(scope)
                    .value()
                    .ifPresent(seen -> all.add(canned(seen)
                            .put("may", Access.allows(Operation.SAVE_CANNED, Access.to(scope, me, directory)))));
        }
        return node;
    }

    private ObjectNode canned(CannedMessages canned) {
        ObjectNode node = BlockApi.scope(engine.directory(), canned.scope());
        ArrayNode messages = node.putArray("messages");
        canned.messages()
                .forEach(message ->
                        messages.addObject().put("title", message.title()).put("text", message.text()));
        return node;
    }
}
