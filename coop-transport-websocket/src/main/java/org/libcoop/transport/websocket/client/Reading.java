package org.libcoop.transport.websocket.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Remaining;
import org.libcoop.spi.TransferTarget;

/** What the server's frames say, as the library's own types. */
final class Reading {

    private Reading() {}

    static Receipt receipt(JsonNode result) {
        return new Receipt(
                ChatId.of(result.path("chat").asText()), result.path("seq").asLong());
    }

    static Notice.ChatState state(JsonNode state) {
        JsonNode owner = state.path("owner");
        return new Notice.ChatState(
                chat(state),
                state.path("seq").asLong(),
                state.path("institution").asText(),
                state.path("widget").asText(),
                instant(state, "startedAt"),
                Phase.Kind.valueOf(constant(state.path("phase").asText())),
                state.path("text").asText(),
                text(owner, "name"),
                text(owner, "institution"),
                state.path("patronThere").asBoolean(),
                state.path("partnersAsked").asBoolean(),
                state.path("ticketOffered").asBoolean());
    }

    static Notice.ChatSummary summary(JsonNode summary) {
        List<Stage> open = new ArrayList<>();
        summary.path("open").forEach(stage -> open.add(stage(stage)));
        return new Notice.ChatSummary(
                chat(summary),
                summary.path("seq").asLong(),
                summary.path("institution").asText(),
                summary.path("ofMyInstitution").asBoolean(),
                summary.path("widget").asText(),
                summary.has("through") ? stage(summary.path("through")) : null,
                text(summary, "patronName"),
                text(summary, "referrer"),
                text(summary, "userAgent"),
                text(summary, "browser"),
                text(summary, "system"),
                text(summary, "question"),
                instant(summary, "startedAt"),
                summary.path("returned").asBoolean(),
                summary.path("patronThere").asBoolean(),
                open,
                summary.has("next") ? stage(summary.path("next")) : null,
                summary.has("nextAt") ? instant(summary, "nextAt") : null,
                summary.has("offer") ? terms(summary.path("offer")) : null);
    }

    private static Notice.OfferTerms terms(JsonNode offer) {
        return new Notice.OfferTerms(
                offer.path("by").asText(),
                offer.path("institution").asText(),
                option(offer.path("to")),
                instant(offer, "expiresAt"));
    }

    static List<TransferTarget> targets(JsonNode value) {
        List<TransferTarget> targets = new ArrayList<>();
        value.forEach(target -> targets.add(
                new TransferTarget(option(target), target.path("there").asInt())));
        return targets;
    }

    static ListedAccount account(JsonNode account) {
        JsonNode operator = account.path("operator");
        return new ListedAccount(
                OperatorId.of(operator.path("id").asText()),
                text(operator, "name"),
                text(operator, "institution"),
                CoopAccount.Level.valueOf(constant(account.path("level").asText())),
                account.path("mine").asBoolean());
    }

    static List<ListedAccount> accounts(JsonNode value) {
        List<ListedAccount> accounts = new ArrayList<>();
        value.forEach(account -> accounts.add(account(account)));
        return accounts;
    }

    static ConversationEntry entry(JsonNode entry) {
        String reason = text(entry, "reason");
        return new ConversationEntry(
                entry.path("seq").asLong(),
                instant(entry, "at"),
                entry.path("event").asText(),
                text(entry, "author"),
                text(entry, "name"),
                text(entry, "institution"),
                entry.path("mine").asBoolean(),
                entry.path("note").asBoolean(),
                text(entry, "text"),
                reason == null ? text(entry, "disposition") : reason,
                entry.has("file") ? file(entry) : null);
    }

    private static ConversationEntry.File file(JsonNode entry) {
        return new ConversationEntry.File(
                entry.path("file").asText(),
                text(entry, "fileName"),
                text(entry, "mediaType"),
                entry.path("size").asLong());
    }

    static List<ConversationEntry> entries(JsonNode page) {
        List<ConversationEntry> entries = new ArrayList<>();
        page.path("entries").forEach(entry -> entries.add(entry(entry)));
        return entries;
    }

    static OwnPresence self(JsonNode self) {
        List<OwnPresence.Switch> switches = new ArrayList<>();
        self.path("options")
                .forEach(option -> switches.add(new OwnPresence.Switch(
                        option(option),
                        option.path("name").asText(),
                        option.path("on").asBoolean(),
                        option.path("backup").asBoolean())));
        return new OwnPresence(
                self.path("signedIn").asBoolean(),
                Status.valueOf(constant(self.path("status").asText())),
                self.path("openChats").asInt(),
                switches,
                self.has("signOff") ? signedOut(self.path("signOff")) : null);
    }

    private static OwnPresence.SignedOut signedOut(JsonNode how) {
        return new OwnPresence.SignedOut(
                SignOff.Why.valueOf(constant(how.path("why").asText())),
                text(how, "name"),
                text(how.path("rule"), "name"));
    }

    static List<Colleague> online(JsonNode value) {
        List<Colleague> there = new ArrayList<>();
        for (JsonNode one : value) {
            String id = text(one, "id");
            List<Stage> monitors = new ArrayList<>();
            one.path("monitors").forEach(stage -> monitors.add(stage(stage)));
            there.add(new Colleague(
                    id == null ? null : OperatorId.of(id),
                    one.path("name").asText(),
                    one.path("institution").asText(),
                    one.path("mine").asBoolean(),
                    Status.valueOf(constant(one.path("status").asText())),
                    one.path("openChats").asInt(),
                    one.has("since") ? instant(one, "since") : null,
                    monitors));
        }
        return there;
    }

    static List<Remaining> remaining(JsonNode value) {
        List<Remaining> remaining = new ArrayList<>();
        value.forEach(stage ->
                remaining.add(new Remaining(stage(stage), stage.path("others").asInt())));
        return remaining;
    }

    static ChatId chat(JsonNode node) {
        return ChatId.of(node.path("chat").asText());
    }

    private static Stage stage(JsonNode stage) {
        return new Stage(option(stage), stage.path("backup").asBoolean());
    }

    private static Option option(JsonNode option) {
        String id = option.path("id").asText();
        return switch (option.path("kind").asText()) {
            case "department" -> Option.department(DepartmentId.of(id));
            case "operator" -> Option.operator(OperatorId.of(id));
            default -> Option.coop(CoopId.of(id));
        };
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).asText());
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asText() : null;
    }

    /** {@code patron-left} as {@code PATRON_LEFT}. */
    private static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
