package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.AccountSession;
import org.libcoop.CoopEngine;
import org.libcoop.access.Accounts;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;

/** Accounts in co-ops over HTTP: seen, given, changed and taken away (A2, A3, A6, A7). */
final class AccountApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    AccountApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> {
                CoopId coop = CoopId.of(String.valueOf(asked(request, "coop")));
                answer(response, engine.accounts(me).accounts(coop), seen -> accounts(me, coop, seen));
            }
            case "/coops" -> answer(response, coops(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        AccountSession accounts = engine.accounts(me);
        return switch (path) {
            case "/grant" ->
                done(accounts.grant(who(body), coop(body), level(body))).map(this::account);
            case "/revoke" -> done(accounts.revoke(who(body), coop(body))).map(this::account);
            default -> null;
        };
    }

    private static OperatorId who(JsonNode body) {
        return OperatorId.of(required(body, "operator"));
    }

    private static CoopId coop(JsonNode body) {
        return CoopId.of(required(body, "coop"));
    }

    private static Level level(JsonNode body) {
        return Level.valueOf(required(body, "level").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private ObjectNode account(CoopAccount account) {
        return object().put("operator", account.operator().value())
                .put("coop", account.coop().value())
                .put("level", StaffJson.kebab(account.level()));
    }

    /** The co-ops in which the operator has a place. */
    private ObjectNode coops(OperatorId me) {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object();
        node.set("me", json.person(me, null));
        ArrayNode coops = node.putArray("coops");
        for (Coop coop : directory.coops()) {
            if (directory.hasPlaceIn(me, coop.id())) {
                coops.add(json.coop(coop.id()));
            }
        }
        return node;
    }

    /**
     * The accounts that may be seen, and whom one could give one; each with the levels that could be given, as the directory is now.
     * The engine decides again when it is done.
     */
    private ObjectNode accounts(OperatorId me, CoopId coop, Collection<CoopAccount> seen) {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object();
        node.set("coop", json.coop(coop));
        ArrayNode accounts = node.putArray("accounts");
        for (CoopAccount account : seen) {
            ObjectNode line = accounts.addObject()
                    .put("level", StaffJson.kebab(account.level()))
                    .put("mine", account.operator().equals(me))
                    .put(
                            "removable",
                            Accounts.revoke(directory, me, account.operator(), coop)
                                    .value()
                                    .isPresent());
            line.set("operator", json.person(account.operator(), null));
            grantable(directory, me, account.operator(), coop)
                    .forEach(level -> line.withArray("levels").add(StaffJson.kebab(level)));
        }
        ArrayNode candidates = node.putArray("candidates");
        directory.operators().stream()
                .map(operator -> operator.id())
                .filter(who -> directory.account(coop, who).isEmpty())
                .forEach(who -> {
                    List<Level> levels = grantable(directory, me, who, coop);
                    if (!levels.isEmpty()) {
                        ObjectNode line = candidates.addObject();
                        line.set("operator", json.person(who, null));
                        levels.forEach(level -> line.withArray("levels").add(StaffJson.kebab(level)));
                    }
                });
        return node;
    }

    private static List<Level> grantable(Directory directory, OperatorId me, OperatorId who, CoopId coop) {
        return Arrays.stream(Level.values())
                .filter(level ->
                        Accounts.grant(directory, me, who, coop, level).value().isPresent())
                .toList();
    }
}
