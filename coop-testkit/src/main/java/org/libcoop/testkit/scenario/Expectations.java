package org.libcoop.testkit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.libcoop.ChatInspection;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.testkit.SimulatedChat;

/** The table of what a step can expect: which keys each kind has, and where on the kit they are seen. */
final class Expectations {

    private static final String NOBODY = "none";
    private static final Set<String> WORDS_FOR_NOBODY = Set.of("", "none", "null", "~");
    private static final Map<String, String> STATES = states();
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);
    private static final Map<String, Expectation.Content> CONTENTS = Map.of(
            "kept", Expectation.Content.KEPT,
            "anonymised", Expectation.Content.ANONYMISED,
            "deleted", Expectation.Content.DELETED);
    private static final Map<String, String> PATHS = Map.of("home", "home", "coop", "coop");

    private final Fields fields;
    private final Names names;
    private final List<Expectation.Check> checks = new ArrayList<>();

    private Expectations(Fields fields, Names names) {
        this.fields = fields;
        this.names = names;
    }

    /** Reads what is expected. */
    static Expectation read(Fields fields, Names names) {
        List<String> kinds = List.of("chat", "widget", "stage", "transcript", "transcripts").stream()
                .filter(fields::has)
                .toList();
        if (kinds.size() != 1) {
            throw fields.malformed(
                    fields.line(),
                    "an expectation about " + (kinds.isEmpty() ? "nothing" : String.join(" and ", kinds))
                            + ", expected exactly one of chat, widget, stage, transcript, transcripts");
        }
        Expectations reading = new Expectations(fields, names);
        return switch (kinds.get(0)) {
            case "chat" -> reading.chat();
            case "widget" -> reading.widget();
            case "stage" -> reading.stage();
            case "transcript" -> reading.transcript();
            default -> reading.transcripts();
        };
    }

    // Each kind of expectation has keys of its own, so that an unknown key is told what this kind has.

    private Expectation widget() {
        Fields widget = fields.afresh("an expectation about a widget");
        String id = names.widget(WidgetYaml.scalar(widget, "widget", "a widget of this file"))
                .value();
        boolean online = widget.choice("online", FLAGS);
        widget.done();
        return new Expectation.OfWidget(id, online);
    }

    private Expectation stage() {
        Fields stage = fields.afresh("an expectation about a stage");
        Stage of = names.stage(WidgetYaml.scalar(stage, "stage", "a department, operator or co-op"));
        stage.required("monitoredBy", "a list of operators");
        Set<String> who = new TreeSet<>();
        names.operators(stage.list("monitoredBy", "a list of operators", false)).forEach(one -> who.add(one.value()));
        stage.done();
        return new Expectation.OfStage(of, who);
    }

    private Expectation transcript() {
        Fields transcript = fields.afresh("an expectation about a transcript");
        String chat = names.chat(WidgetYaml.scalar(transcript, "transcript", "a chat of this file"));
        Expectation.Content content = transcript.choice("content", CONTENTS);
        transcript.done();
        return new Expectation.OfTranscript(chat, content);
    }

    private Expectation transcripts() {
        Fields view = fields.afresh("an expectation about transcripts");
        Fields of =
                view.fields(view.required("transcripts", "as and path"), "\"transcripts\"", "a view of transcripts");
        OperatorId as = names.operator(WidgetYaml.scalar(of, "as", "an operator of this file"));
        String path = of.choice("path", PATHS);
        String text = of.optionalWords("text", "what is looked for");
        of.done();
        view.required("sees", "a list of chats");
        Set<String> sees = view.list("sees", "a list of chats", false).stream()
                .map(names::chat)
                .collect(Collectors.toCollection(TreeSet::new));
        view.done();
        return new Expectation.OfTranscripts(as, path.equals("home"), text, sees);
    }

    private Expectation chat() {
        Fields chat = fields.afresh("an expectation about a chat");
        Expectations reading = new Expectations(chat, names);
        String name = names.chat(WidgetYaml.scalar(chat, "chat", "a chat of this file"));
        reading.state();
        reading.open();
        reading.people();
        reading.answeredThrough();
        if (chat.has("messages")) {
            int messages = chat.count("messages", 999_999);
            reading.check(
                    "messages", Integer.toString(messages), seen -> Integer.toString(SimulatedChat.messagesOf(seen)));
        }
        chat.done();
        return new Expectation.OfChat(name, reading.checks);
    }

    private void state() {
        if (fields.has("state")) {
            check(
                    "state",
                    fields.choice("state", STATES),
                    seen -> word(seen.chat().phase().kind()));
        }
    }

    private void open() {
        if (fields.has("open")) {
            List<Stage> open = fields.list("open", "a list of stages", false).stream()
                    .map(names::stage)
                    .toList();
            check(
                    "open",
                    open.toString(),
                    seen -> seen.chat().progress().openStages().toString());
        }
    }

    private void people() {
        if (fields.has("notified")) {
            Collection<?> notified = names.operators(fields.list("notified", "a list of operators", false));
            check("notified", sorted(notified), seen -> sorted(seen.notified()));
        }
        if (fields.has("offeredTo")) {
            Collection<?> offered = names.operators(fields.list("offeredTo", "a list of operators", false));
            check("offeredTo", sorted(offered), seen -> sorted(SimulatedChat.offeredToOf(seen)));
        }
        if (fields.has("owner")) {
            check(
                    "owner",
                    nameOrNobody("owner"),
                    seen -> SimulatedChat.ownerOf(seen)
                            .map(owner -> owner.value())
                            .orElse(NOBODY));
        }
    }

    private String nameOrNobody(String key) {
        if (isNobody(key)) {
            return NOBODY;
        }
        return names.operator(WidgetYaml.scalar(fields, key, "an operator of this file, or none"))
                .value();
    }

    private boolean isNobody(String key) {
        YamlNode node = fields.required(key, "a name");
        return (node instanceof YamlNode.Sequence list && list.items().isEmpty())
                || (node instanceof YamlNode.Scalar scalar
                        && WORDS_FOR_NOBODY.contains(scalar.text())
                        && !names.is(Names.Kind.OPERATOR, scalar.text()));
    }

    private void answeredThrough() {
        if (!fields.has("answeredThrough")) {
            return;
        }
        if (isNobody("answeredThrough")) {
            check("answeredThrough", NOBODY, seen -> claimedOn(seen, NOBODY));
            return;
        }
        Stage stage = names.stage(WidgetYaml.scalar(fields, "answeredThrough", "a department, operator or co-op"));
        check("answeredThrough", stage.toString(), seen -> claimedOn(seen, stage.toString()));
    }

    /** The stage claimed on; as the option alone where only that is expected. */
    private static String claimedOn(ChatInspection seen, String expected) {
        Phase.Ownership last = seen.chat().lastOwnership();
        if (last == null) {
            return NOBODY;
        }
        String option = last.claimedOn().option().toString();
        return expected.equals(option) ? option : last.claimedOn().toString();
    }

    private void check(String key, String expected, java.util.function.Function<ChatInspection, String> seen) {
        checks.add(new Expectation.Check(key, expected, seen));
    }

    private static String sorted(Collection<?> people) {
        TreeSet<String> names = new TreeSet<>();
        people.forEach(person -> names.add(person.toString()));
        return names.toString();
    }

    private static String word(Phase.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (Phase.Kind kind : Phase.Kind.values()) {
            states.put(word(kind), word(kind));
        }
        return states;
    }
}
