package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;

/** Blocks of patrons over HTTP: made from a chat, seen and lifted (C15). By key and address; neither leaves the server. */
final class BlockApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    BlockApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> {
                BlockScope scope = scope(asked(request, "scope"), asked(request, "of"));
                answer(response, engine.blocks(me).blocks(scope), this::blocks);
            }
            case "/scopes" -> answer(response, scopes(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return switch (path) {
            case "/block" ->
                done(engine.blocks(me).block(ChatId.of(required(body, "chat")), order(body)))
                        .map(this::blocked);
            case "/lift" ->
                done(engine.blocks(me)
                                .lift(
                                        scope(required(body, "scope"), required(body, "of")),
                                        BlockId.of(required(body, "block"))))
                        .map(this::block);
            default -> null;
        };
    }

    private BlockOrder order(JsonNode body) {
        CoopId coop = body.has("coop") ? CoopId.of(required(body, "coop")) : null;
        if (!body.path("days").canConvertToInt()) {
            throw new IllegalArgumentException("days is missing");
        }
        Duration span = Duration.ofDays(body.path("days").asInt());
        Disposition endAs = body.has("end") ? new Disposition(required(body, "end")) : null;
        return new BlockOrder(
                coop, true, true, required(body, "reason"), engine.now().plus(span), endAs);
    }

    static BlockScope scope(@Nullable String kind, @Nullable String of) {
        return switch (String.valueOf(kind)) {
            case "institution" -> BlockScope.of(InstitutionId.of(String.valueOf(of)));
            case "coop" -> BlockScope.of(CoopId.of(String.valueOf(of)));
            default -> throw new IllegalArgumentException("a scope is an institution or a coop");
        };
    }

    /** Where the operator sees blocks: at the own institution, and in co-ops. */
    private ObjectNode scopes(OperatorId me) {
        Directory directory = engine.directory();
        ObjectNode node = object();
        node.set("me", new StaffJson(directory).person(me, null));
        ArrayNode scopes = node.putArray("scopes");
        directory
                .operator(me)
                .map(found -> BlockScope.of(found.institution()))
                .filter(scope -> sees(directory, me, scope))
                .ifPresent(scope -> scopes.add(scope(directory, scope)));
        directory.coops().stream()
                .map(coop -> BlockScope.of(coop.id()))
                .filter(scope -> sees(directory, me, scope))
                .forEach(scope -> scopes.add(scope(directory, scope)));
        return node;
    }

    private static boolean sees(Directory directory, OperatorId me, BlockScope scope) {
        return Access.allows(Operation.SEE_BLOCKS, Access.to(scope, me, directory));
    }

    static ObjectNode scope(Directory directory, BlockScope scope) {
        Optional<String> name = scope instanceof BlockScope.OfCoop shared
                ? directory.coop(shared.coop()).map(coop -> coop.name())
                : directory.institution(InstitutionId.of(scope.id())).map(Institution::name);
        return object().put("scope", StaffJson.kebab(scope.kind()))
                .put("of", scope.id())
                .put("name", name.orElse(scope.id()));
    }

    private ObjectNode blocks(List<PatronBlock> seen) {
        ObjectNode node = object();
        ArrayNode blocks = node.putArray("blocks");
        seen.forEach(block -> blocks.add(block(block)));
        return node;
    }

    private ObjectNode blocked(Blocked blocked) {
        ObjectNode node = block(blocked.block()).put("ended", blocked.ended());
        blocked.notEnded().ifPresent(why -> node.put("notEnded", why.message()));
        return node;
    }

    private ObjectNode block(PatronBlock block) {
        StaffJson json = new StaffJson(engine.directory());
        ObjectNode node = object().put("block", block.id().value())
                .put("scope", StaffJson.kebab(block.scope().kind()))
                .put("of", block.scope().id())
                .put("reason", block.reason())
                .put("from", block.from().toString())
                .put("until", block.until().toString())
                .put("byKey", block.patronKeyHash() != null)
                .put("byAddress", block.addressDigest() != null)
                .put("over", block.over(engine.now()));
        node.set("by", json.person(block.by(), null));
        PatronBlock.Lift lift = block.lift();
        if (lift != null) {
            node.set("liftedBy", json.person(lift.by(), null));
        }
        return node;
    }
}
