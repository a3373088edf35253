package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Cause;
import org.libcoop.spi.Notice;
import org.libcoop.wire.Message;
import org.libcoop.wire.WireDescription;

/**
 * The code, the page {@code wire-protocol.md} and the description {@code coop.v1.asyncapi.yaml} name the same things: what one of
 * the three has and another has not is found here.
 */
class WireDescriptionTest {

    private static final Path SOURCES = Path.of("src/main/java/org/libcoop/transport/websocket");
    private static final String PAGE = text(Path.of("../docs/reference/wire-protocol.md"));
    private static final WireDescription DESCRIPTION = WireDescription.ofThisBuild();
    private static final Pattern CASE = Pattern.compile("case ((?:\"[a-z-]+\"(?:, )?)+) ->");
    private static final Pattern QUOTED = Pattern.compile("\"([a-z-]+)\"");
    private static final Pattern CODED = Pattern.compile("`([a-z-]+)`");
    private static final Pattern NAMED = Pattern.compile("`([a-zA-Z]+)`");
    private static final Pattern ROW_OF_A_ROLE =
            Pattern.compile("(?m)^\\| (operator|patron)? *\\| `([a-z-]+)` \\|(.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|([^|]*)\\|([^|]*)\\|");
    private static final int COMPLETE_EXAMPLES = 15;

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String source(String type) {
        return text(SOURCES.resolve(type + ".java"));
    }

    /** A part of the page, from its heading to the next one. */
    private static String section(String heading) {
        int begin = PAGE.indexOf("\n" + heading + "\n");
        assertThat(begin).as("the page has a section %s", heading).isNotNegative();
        String after = PAGE.substring(begin + heading.length() + 2);
        int end = after.indexOf("\n#");
        return end < 0 ? after : after.substring(0, end);
    }

    /** The body of a method, by the first words of its declaration. */
    private static String body(String source, String declaration) {
        int begin = source.indexOf(declaration);
        assertThat(begin).as(declaration).isNotNegative();
        return source.substring(begin, source.indexOf("\n    }\n", begin));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> cases(String body) {
        return CASE.matcher(body)
                .results()
                .flatMap(found -> all(QUOTED, found.group(1)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> kebab(Enum<?>... constants) {
        return Arrays.stream(constants).map(Json::kebab).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> told(List<Message> messages, String field) {
        return messages.stream()
                .map(message -> message.told(field))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows of a table of commands or queries, by role and name. */
    private static Map<String, Map<String, String>> rowsByRole(String section) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        String role = "";
        for (MatchResult row : ROW_OF_A_ROLE.matcher(section).results().toList()) {
            role = row.group(1) == null ? role : row.group(1);
            rows.computeIfAbsent(role, none -> new TreeMap<>()).put(row.group(2), row.group(3));
        }
        return rows;
    }

    /** The rows of a section's table by their first column, without its head. */
    private static Map<String, MatchResult> rows(String section) {
        return ROW.matcher(section.substring(section.indexOf("\n|---")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), Function.identity()));
    }

    // ---- What a client may ask for

    @ParameterizedTest
    @CsvSource({
        "operator, OperatorParty, perform(, do, ## Commands",
        "patron, PatronParty, perform(, do, ## Commands",
        "operator, OperatorParty, answer(, ask, ## Queries",
        "patron, PatronParty, answer(, ask, ## Queries"
    })
    void commandsAndQueriesAreTheSameInCodeDescriptionAndPage(
            String role, String party, String method, String field, String heading) {
        Set<String> known = cases(body(source(party), method));

        assertThat(known).hasSizeGreaterThan(1);
        assertThat(told(DESCRIPTION.sentBy(role), field)).isEqualTo(known);
        assertThat(rowsByRole(section(heading)).get(role).keySet()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"do, ## Commands", "ask, ## Queries"})
    void thePageNamesEveryFieldOfACommandOrQuery(String field, String heading) {
        int named = 0;
        for (String role : DESCRIPTION.roles()) {
            Map<String, String> rows = rowsByRole(section(heading)).get(role);
            for (Message message : DESCRIPTION.sentBy(role)) {
                if (!message.told(field).isEmpty()) {
                    Set<String> fields = names(message.payload().path("properties"));
                    fields.removeAll(Set.of("type", "id", field));
                    assertThat(all(NAMED, rows.get(message.told(field)))).containsAll(fields);
                    named += fields.size();
                }
            }
        }
        assertThat(named).isPositive();
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Who asks for what is the other role's is told that it is not allowed; a list of those is easily forgotten. */
    @Test
    void whatIsDescribedForOneRoleIsRefusedToTheOtherAndWhatIsNotDescribedIsUnsupported() throws Exception {
        try (Rig rig = Rig.start()) {
            Map<String, TestClient> clients = Map.of("operator", rig.operator("ana"), "patron", rig.patron());
            for (String field : List.of("do", "ask")) {
                Set<String> every = new TreeSet<>();
                DESCRIPTION.roles().forEach(role -> every.addAll(told(DESCRIPTION.sentBy(role), field)));
                for (String role : DESCRIPTION.roles()) {
                    Set<String> own = told(DESCRIPTION.sentBy(role), field);
                    TestClient client = clients.get(role).wrongly();
                    assertThat(code(client, field, "dance")).isEqualTo("unsupported");
                    for (String what : every) {
                        String code = code(clients.get(role).wrongly(), field, what);
                        if (own.contains(what)) {
                            assertThat(code).as(what).isNotIn("unsupported", "not-allowed");
                        } else {
                            assertThat(code).as(what).isEqualTo("not-allowed");
                        }
                    }
                }
            }
        }
    }

    private static String code(TestClient client, String field, String what) {
        JsonNode result =
                field.equals("do") ? client.result(client.command(what, Map.of())) : client.ask(what, Map.of());
        return result.path("code").asText();
    }

    // ---- Frames, notices, entries

    @Test
    void theTypesOfFramesAreTheSameInCodeDescriptionAndPage() {
        Set<String> read = cases(source("FrameReader"));
        Set<String> written = new TreeSet<>();
        for (String type : List.of("ServerFrames", "PatronParty", "OperatorParty", "Outgoing")) {
            written.addAll(all(Pattern.compile("\\\\?\"type\\\\?\"[,:] ?\\\\?\"([a-z-]+)"), source(type)));
        }
        Set<String> onThePage = all(Pattern.compile("\\{\"type\":\"([a-z-]+)\""), PAGE);

        for (String role : DESCRIPTION.roles()) {
            assertThat(told(DESCRIPTION.sentBy(role), "type")).isEqualTo(read);
            assertThat(told(List.copyOf(DESCRIPTION.toldTo(role)), "type")).isEqualTo(written);
        }
        assertThat(onThePage)
                .isEqualTo(Stream.concat(read.stream(), written.stream()).collect(Collectors.toSet()));
    }

    @Test
    void noticesAreTheSameInCodeDescriptionAndPage() {
        Set<String> kinds = Arrays.stream(Notice.class.getPermittedSubclasses())
                .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<String, MatchResult> rows = rows(section("## Notices"));

        assertThat(DESCRIPTION.values("operatorNotice", "is")).isEqualTo(kinds);
        assertThat(rows.keySet()).isEqualTo(kinds);
        assertThat(DESCRIPTION.values("patronNotice", "is"))
                .isEqualTo(kinds.stream()
                        .filter(kind -> rows.get(kind).group(2).strip().equals("both"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void thePageNamesEveryFieldOfANotice() {
        Map<String, MatchResult> rows = rows(section("## Notices"));
        JsonNode branches = DESCRIPTION.document().at("/components/schemas/operatorNotice/schema/oneOf");

        assertThat(branches).hasSizeGreaterThanOrEqualTo(rows.size());
        for (JsonNode branch : branches) {
            JsonNode properties = branch.path("properties");
            MatchResult row = rows.get(properties.path("is").path("const").asText());
            Set<String> fields = names(properties);
            fields.remove("is");
            assertThat(all(NAMED, row.group(3))).containsAll(fields);
        }
    }

    @Test
    void eventsAreTheSameInCodeDescriptionAndPage() {
        Set<String> kinds = kebab(ChatEvent.Kind.values());
        Map<String, MatchResult> rows = rows(section("### Entries"));

        assertThat(DESCRIPTION.values("ownerEntry", "event")).isEqualTo(kinds);
        assertThat(rows.keySet()).isEqualTo(kinds);
        assertThat(DESCRIPTION.values("patronEntry", "event"))
                .isEqualTo(kinds.stream()
                        .filter(kind -> !rows.get(kind).group(2).contains("*not sent*"))
                        .collect(Collectors.toSet()));
    }

    /** Whether or not a test over a socket has seen it. */
    @Test
    void everyKindOfEntryIsAsDescribedAndItsFieldsAreOnThePage() {
        Map<String, MatchResult> rows = rows(section("### Entries"));
        ViewsTest views = new ViewsTest();
        for (Logged entry : ViewsTest.everyKind()) {
            ObjectNode ofOwner = views.owner.entry(entry);
            ObjectNode ofPatron = views.patron.entry(entry);
            MatchResult row = rows.get(ofOwner.path("event").asText());

            assertThat(DESCRIPTION.faults("ownerEntry", ofOwner)).isEmpty();
            assertThat(beyond(ofOwner, row.group(2) + row.group(3))).isEmpty();
            if (ofPatron != null) {
                assertThat(DESCRIPTION.faults("patronEntry", ofPatron)).isEmpty();
                assertThat(beyond(ofPatron, row.group(2))).isEmpty();
            }
        }
    }

    /** The same of people whose accounts and institutions are gone. */
    @Test
    void entriesOfPeopleWhoAreGoneAreAsDescribed() {
        Names nobody = new Names(() -> Directory.builder().build());
        for (Logged entry : ViewsTest.everyKind()) {
            ObjectNode ofOwner = new OperatorView(nobody, OperatorId.of("somebody")).entry(entry);
            ObjectNode ofPatron = new PatronView(nobody).entry(entry);

            assertThat(DESCRIPTION.faults("ownerEntry", ofOwner)).isEmpty();
            assertThat(ofPatron == null ? List.of() : DESCRIPTION.faults("patronEntry", ofPatron))
                    .isEmpty();
        }
    }

    private static Set<String> beyond(ObjectNode entry, String row) {
        Set<String> fields = names(entry);
        fields.removeAll(Set.of("seq", "at", "event"));
        fields.removeIf(field -> row.contains("`" + field + "`"));
        return fields;
    }

    // ---- Codes

    @Test
    void closeCodesAreTheSameInCodeDescriptionAndPage() {
        Set<String> codes = Arrays.stream(Ending.values())
                .map(ending -> Integer.toString(ending.code()))
                .collect(Collectors.toSet());

        assertThat(names(DESCRIPTION.document().path("x-close-codes"))).isEqualTo(codes);
        assertThat(all(Pattern.compile("(?m)^\\| (\\d{4}) \\|"), section("## Errors, limits and ends")))
                .isEqualTo(codes);
    }

    @Test
    void refusalCodesAreTheSameInCodeDescriptionAndPage() {
        Set<String> codes =
                Arrays.stream(RefusalCode.values()).map(RefusalCode::code).collect(Collectors.toSet());
        String list = PAGE.substring(PAGE.indexOf("\nCodes: "), PAGE.indexOf(". The list\nonly grows"));

        assertThat(DESCRIPTION.values("refusalCode")).isEqualTo(codes);
        assertThat(all(CODED, list)).isEqualTo(codes);
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void everyRefusalIsAsDescribed(RefusalCode code) {
        ObjectNode refused = ServerFrames.result("id", Outcome.refused(code, "why"));
        Message message = message("refused");

        assertThat(message.faults(refused)).isEmpty();
        refused.put("repeat", refused.path("repeat").asText().equals("never") ? "later" : "never");
        assertThat(message.faults(refused)).isNotEmpty();
    }

    private static Message message(String name) {
        return DESCRIPTION.messages().stream()
                .filter(message -> message.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // ---- Values

    @Test
    void enumerationsAreTheSameInCodeAndDescription() {
        assertThat(DESCRIPTION.values("status")).isEqualTo(kebab(Status.values()));
        assertThat(DESCRIPTION.values("kind")).isEqualTo(kebab(Option.Kind.values()));
        assertThat(DESCRIPTION.values("level")).isEqualTo(kebab(CoopAccount.Level.values()));
        assertThat(DESCRIPTION.values("ownOption", "coop")).isEqualTo(kebab(Coop.Kind.values()));
        assertThat(DESCRIPTION.values("ownerState", "phase")).isEqualTo(kebab(Phase.Kind.values()));
        assertThat(inBranch("ownerEntry", "event", "stage-opened", "cause")).isEqualTo(kebab(Cause.values()));
        assertThat(inBranch("ownerEntry", "event", "missed", "reason")).isEqualTo(kebab(MissedReason.values()));
        assertThat(inBranch("patronEntry", "event", "missed", "reason")).isEqualTo(kebab(MissedReason.values()));
        assertThat(inBranch("ownerEntry", "event", "ended", "by")).isEqualTo(kebab(Author.Kind.values()));
        assertThat(inBranch("patronEntry", "event", "ended", "by")).isEqualTo(kebab(Author.Kind.values()));
        assertThat(inBranch("ownerEntry", "event", "said", "author")).isEqualTo(kebab(Author.Kind.values()));
        assertThat(inBranch("operatorNotice", "is", "unlisted", "reason"))
                .isEqualTo(kebab(Notice.Unlisted.Reason.values()));
    }

    /** What a field may be in those variants of a part that a value tells. */
    private static Set<String> inBranch(String part, String telling, String value, String field) {
        Set<String> values = new TreeSet<>();
        for (JsonNode branch : DESCRIPTION.document().at("/components/schemas/" + part + "/schema/oneOf")) {
            JsonNode properties = branch.path("properties");
            if (properties.path(telling).path("const").asText().equals(value)) {
                properties.path(field).path("enum").forEach(one -> values.add(one.asText()));
                if (properties.path(field).has("const")) {
                    values.add(properties.path(field).path("const").asText());
                }
            }
        }
        return values;
    }

    // ---- The page's examples

    @Test
    void theExamplesOfThePageThatAreCompleteAreAsDescribed() {
        List<String> examples = new ArrayList<>();
        Pattern.compile("(?s)```json\n(.*?)```").matcher(PAGE).results().forEach(block -> {
            // One value begins with each line that is not indented.
            examples.addAll(List.of(block.group(1).strip().split("\n(?=\\{)")));
        });
        all(Pattern.compile("`(\\{\"type\":[^`]*)`"), PAGE).forEach(examples::add);
        List<String> complete =
                examples.stream().filter(example -> !example.contains("…")).toList();

        assertThat(complete).hasSizeGreaterThanOrEqualTo(COMPLETE_EXAMPLES);
        for (String example : complete) {
            assertThat(faults(example)).as(example).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"denied\",\"code\":\"not-allowed\",\"why\":\"because\"}",
                "{\"type\":\"command\",\"id\":\"1\",\"do\":\"dance\"}",
                "{\"chat\":\"c1\",\"seq\":3,\"phase\":\"waiting\"}",
                "{\"seq\":5,\"at\":\"2026-03-02T22:01:15.000Z\",\"event\":\"said\"}"
            })
    void anExampleThatIsWrongWouldBeFound(String example) {
        assertThat(faults(example)).isNotEmpty();
    }

    /** Nothing if the example is one of the messages, or one of the parts that the page shows by themselves. */
    private static List<String> faults(String example) {
        JsonNode value;
        try {
            value = JsonMapper.builder().build().readTree(example);
        } catch (IOException malformed) {
            return List.of(malformed.toString());
        }
        List<List<String>> verdicts = new ArrayList<>();
        if (value.has("type")) {
            DESCRIPTION.messages().forEach(message -> verdicts.add(message.faults(value)));
        } else {
            for (String part : List.of("summary", "ownerState", "patronEntry", "ownerEntry")) {
                verdicts.add(DESCRIPTION.faults(part, value));
            }
        }
        return verdicts.stream().anyMatch(List::isEmpty)
                ? List.of()
                : verdicts.stream().flatMap(List::stream).toList();
    }
}
