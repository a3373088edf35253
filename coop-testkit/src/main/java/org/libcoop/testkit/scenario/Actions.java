package org.libcoop.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Status;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedOperator;
import org.libcoop.testkit.scenario.Action.Act;

/** The table of what a step can {@code do}: which keys each kind has, and what it means on the kit. */
final class Actions {

    private static final String CHAT = "a chat of this file";
    private static final String OPERATOR = "an operator of this file";
    private static final Map<String, Status> STATUSES = Map.of(
            "online", Status.ONLINE,
            "away", Status.AWAY,
            "internal", Status.INTERNAL,
            "finishing", Status.FINISHING,
            "offline", Status.OFFLINE);

    /** How the rest of a step of one kind is read. */
    @FunctionalInterface
    private interface Reading {
        List<Act> of(Actions step);
    }

    private static final Map<String, Reading> KINDS = Map.ofEntries(
            Map.entry("sign-in", step -> step.each("signs in", SimulatedOperator::signsIn)),
            Map.entry("sign-out", step -> step.each("signs out", SimulatedOperator::signsOut)),
            Map.entry("status", Actions::status),
            Map.entry("monitor", step -> step.monitoring("monitors", true)),
            Map.entry("unmonitor", step -> step.monitoring("stops monitoring", false)),
            Map.entry("disconnect", step -> step.each("loses the connection", SimulatedOperator::disconnects)),
            Map.entry("reconnect", step -> step.each("connects again", SimulatedOperator::reconnects)),
            Map.entry("chat", Actions::startChat),
            Map.entry(
                    "leave",
                    step -> step.patron(
                            "leaves", (scene, chat) -> scene.patron(chat).leaves())),
            Map.entry(
                    "patron-disconnect",
                    step -> step.patron(
                            "loses the connection",
                            (scene, chat) -> scene.patron(chat).disconnects())),
            Map.entry(
                    "patron-reconnect",
                    step -> step.patron(
                            "connects again",
                            (scene, chat) -> scene.patron(chat).reconnects())),
            Map.entry("claim", step -> step.operator("claims", "", SimulatedOperator::claims)),
            Map.entry("say", Actions::say),
            Map.entry("note", Actions::note),
            Map.entry("end", Actions::end),
            Map.entry("dismiss", Actions::dismiss),
            Map.entry("hurry", step -> step.operator("brings in the next for", "", SimulatedOperator::hurries)),
            Map.entry("membership-ends", Actions::membershipEnds),
            Map.entry("transfer", Actions::transfer),
            Map.entry("accept", step -> step.operator("accepts", "", SimulatedOperator::accepts)),
            Map.entry("decline", step -> step.operator("declines", "", SimulatedOperator::declines)),
            Map.entry("withdraw", step -> step.operator("withdraws the offer of", "", SimulatedOperator::withdraws)),
            Map.entry("block", step -> BlockActions.block(step.fields, step.names)),
            Map.entry("lift", step -> BlockActions.lift(step.fields, step.names)),
            Map.entry("rate", step -> AfterwardsActions.rate(step.fields, step.names)),
            Map.entry("delete", step -> AfterwardsActions.delete(step.fields, step.names)),
            Map.entry("redact", step -> AfterwardsActions.redact(step.fields, step.names)),
            Map.entry("end-session", step -> AfterwardsActions.endSession(step.fields, step.names)),
            Map.entry("grant", Actions::grant),
            Map.entry("revoke", Actions::revoke),
            Map.entry("save-widget", Actions::saveWidget));

    private final Fields fields;
    private final Names names;

    private Actions(Fields fields, Names names) {
        this.fields = fields;
        this.names = names;
    }

    /** Reads what a step does; the keys that all steps have are read elsewhere. */
    static Action read(Fields fields, Names names) {
        Reading reading = fields.choice("do", KINDS);
        String kind = fields.text("do", "what is done");
        return new Action(kind, reading.of(new Actions(fields, names)));
    }

    /** What can stand behind {@code do}. */
    static Set<String> kinds() {
        return KINDS.keySet();
    }

    // ---- Operators' presence
    // -----------------------------------------------------------------------------------------

    private List<Act> each(String verb, Consumer<SimulatedOperator> act) {
        List<Act> acts = new ArrayList<>();
        for (OperatorId who : who()) {
            acts.add(new Act(who + " " + verb, scene -> act.accept(scene.operator(who))));
        }
        return acts;
    }

    private List<Act> status() {
        Status status = fields.choice("is", STATUSES);
        return each("is " + status.name().toLowerCase(Locale.ROOT), operator -> operator.goes(status));
    }

    private List<Act> monitoring(String verb, boolean on) {
        List<Option> options = fields.list("on", "a list of departments, operators and co-ops", true).stream()
                .map(names::option)
                .toList();
        List<Act> acts = new ArrayList<>();
        for (OperatorId who : who()) {
            for (Option option : options) {
                acts.add(new Act(
                        who + " " + verb + " " + option,
                        scene -> scene.operator(who).monitors(option, on)));
            }
        }
        return acts;
    }

    // ---- Patrons
    // -----------------------------------------------------------------------------------------------------

    private List<Act> startChat() {
        String chat = chat();
        String widget = names.widget(WidgetYaml.scalar(fields, "widget", "a widget of this file"))
                .value();
        String patron = fields.optionalText("patron", "a name");
        Content.PatronDetails details = new Content.PatronDetails(
                patron,
                fields.optionalText("email", "an email address"),
                fields.optionalWords("referrer", "a URL"),
                fields.optionalWords("userAgent", "a user agent"),
                !fields.has("consent") || fields.flag("consent"));
        String question = fields.optionalWords("question", "a text");
        String again = BlockActions.again(fields, names);
        String address = fields.optionalText("address", "an address");
        String who = again != null ? "the patron of " + again : patron == null ? "a patron" : patron;
        String words = who + " starts " + chat + " on " + widget + (question == null ? "" : ": \"" + question + "\"");
        return List.of(new Act(words, scene -> {
            scene.comes(chat, again, address);
            scene.start(chat, widget, details, question);
        }));
    }

    private List<Act> patron(String verb, BiConsumer<Scene, String> act) {
        String chat = chat();
        return List.of(new Act("the patron of " + chat + " " + verb, scene -> act.accept(scene, chat)));
    }

    // ---- Chats
    // -------------------------------------------------------------------------------------------------------

    /** What an operator does with a chat. */
    @FunctionalInterface
    private interface OnChat {
        void does(SimulatedOperator operator, SimulatedChat chat);
    }

    private List<Act> operator(String verb, String rest, OnChat act) {
        String chat = chat();
        OperatorId by = by();
        return List.of(
                new Act(by + " " + verb + " " + chat + rest, scene -> act.does(scene.operator(by), scene.chat(chat))));
    }

    private List<Act> say() {
        String text = fields.words("text", "what is said");
        String rest = ": \"" + text + "\"";
        if (!fields.text("by", "patron or " + OPERATOR).equals(Names.PATRON)) {
            return operator("says in", rest, (operator, chat) -> operator.says(chat, text));
        }
        String chat = chat();
        return List.of(new Act(
                "the patron of " + chat + " says" + rest,
                scene -> scene.patron(chat).says(text)));
    }

    private List<Act> note() {
        String text = fields.words("text", "what is noted");
        return operator("notes in", ": \"" + text + "\"", (operator, chat) -> operator.notes(chat, text));
    }

    private List<Act> end() {
        Disposition disposition = fields.has("disposition")
                ? fields.checked("disposition", () -> new Disposition(fields.text("disposition", "what became of it")))
                : Disposition.ANSWERED;
        return operator("ends", ": " + disposition, (operator, chat) -> operator.ends(chat, disposition));
    }

    private List<Act> dismiss() {
        String reason = fields.words("reason", "why it is dismissed");
        return operator("dismisses", ": " + reason, (operator, chat) -> operator.dismisses(chat, reason));
    }

    private List<Act> transfer() {
        Option to = names.target(WidgetYaml.scalar(fields, "to", "an operator, department or co-op"));
        return operator("offers", " to " + to, (operator, chat) -> operator.transfers(chat, to));
    }

    // ---- Access and widgets
    // ------------------------------------------------------------------------------------------

    private List<Act> membershipEnds() {
        YamlNode.Scalar institution = WidgetYaml.scalar(fields, "institution", "an institution of this file");
        String who = names.institution(institution).value();
        String in = coop().value();
        return List.of(new Act(
                "the membership of " + who + " in " + in + " ends",
                scene -> scene.kit().endMembership(who, in)));
    }

    private List<Act> grant() {
        CoopAccount.Level level = fields.choice("level", DirectoryYaml.LEVELS);
        return accounts("makes", level + " in", (admin, who, coop) -> admin.grants(who, coop, level));
    }

    private List<Act> revoke() {
        return accounts("takes from", "the account in", SimulatedOperator::revokes);
    }

    /** What an admin does with an operator's account in a co-op. */
    @FunctionalInterface
    private interface OnAccount {
        void does(SimulatedOperator admin, OperatorId who, CoopId coop);
    }

    private List<Act> accounts(String verb, String rest, OnAccount act) {
        OperatorId by = by();
        CoopId coop = coop();
        List<Act> acts = new ArrayList<>();
        for (OperatorId who : who()) {
            acts.add(new Act(
                    by + " " + verb + " " + who + " " + rest + " " + coop,
                    scene -> act.does(scene.operator(by), who, coop)));
        }
        return acts;
    }

    private List<Act> saveWidget() {
        WidgetChange change = WidgetYaml.change(fields, names);
        OperatorId by = fields.has("by") ? by() : null;
        return List.of(new Act(
                (by == null ? "the host" : by) + " saves the widget " + change.widget(),
                scene -> scene.saveWidget(change, by)));
    }

    // ---- Keys
    // --------------------------------------------------------------------------------------------------------

    private List<OperatorId> who() {
        return names.operators(fields.list("who", "a list of operators", true));
    }

    private OperatorId by() {
        return names.operator(WidgetYaml.scalar(fields, "by", OPERATOR));
    }

    private String chat() {
        return names.chat(WidgetYaml.scalar(fields, "chat", CHAT));
    }

    private CoopId coop() {
        return names.coop(WidgetYaml.scalar(fields, "in", "a co-op of this file"));
    }

    /** Defines what a step brings into being, a chat or a widget, which may be named before. */
    static void define(YamlNode step, Names names) {
        String chat = made(step, "chat", "chat");
        if (chat != null) {
            names.defineChat(chat);
        }
        String widget = made(step, "save-widget", "widget");
        if (widget != null) {
            names.defineSavedWidget(widget, step.line());
        }
    }

    private static @Nullable String made(YamlNode step, String kind, String key) {
        return step instanceof YamlNode.Mapping mapping
                        && mapping.entries().get("do") != null
                        && mapping.entries().get("do").value() instanceof YamlNode.Scalar found
                        && found.text().equals(kind)
                        && mapping.entries().get(key) != null
                        && mapping.entries().get(key).value() instanceof YamlNode.Scalar name
                ? name.text()
                : null;
    }
}
