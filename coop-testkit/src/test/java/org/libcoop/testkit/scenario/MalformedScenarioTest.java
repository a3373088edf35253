package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format: what is refused, with file, line, what was found and what was expected there. */
final class MalformedScenarioTest {

    private static MalformedScenarioException refused(String text) {
        return catchThrowableOfType(MalformedScenarioException.class, () -> ScenarioFile.parse("test.yaml", text));
    }

    private static String head(String original, String replacement) {
        assertThat(Scenarios.HEAD).contains(original);
        return Scenarios.HEAD.replace(original, replacement);
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part)).lines().count()
                + (text.startsWith(part) || text.charAt(text.indexOf(part) - 1) == '\n' ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "at: 60s, do: dance, who: [ana]                     | \"do\" is \"dance\", expected one of accept, block, chat, claim",
                "at: 60s                                            | neither do nor expect",
                "at: 60s, do: sign-in, expect: {chat: c1}           | both do and expect",
                "do: sign-in, who: [ana]                            | a step lacks \"at\"",
                "at: soon, do: sign-in, who: [ana]                  | \"soon\" is not a duration, expected one such as",
                "at: 60, do: sign-in, who: [ana]                    | \"60\" is not a duration",
                "at: -5s, do: sign-in, who: [ana]                   | \"-5s\" is not a duration",
                "at: 59s, do: sign-in, who: [ana]                   | the offset goes back, expected at least that of the step before, 60s",
                "at: 400d, do: sign-in, who: [ana]                  | expected at most",
                "at: 60s, do: sign-in                               | lacks \"who\", expected a list of operators",
                "at: 60s, do: sign-in, who: ana                     | \"who\" is \"ana\", expected a list of operators",
                "at: 60s, do: sign-in, who: []                      | \"who\" is an empty list",
                "at: 60s, do: sign-in, who: [anna]                  | \"anna\" is no operator of this file",
                "at: 60s, do: sign-in, who: [academic]              | but the co-op defined in line 10",
                "at: 60s, do: sign-in, who: [ana], whom: [ben]      | unknown key \"whom\" in this step, expected at, do, who, refused",
                "at: 60s, do: sign-in, who: [ana], refused: sorry   | \"refused\" is \"sorry\", expected one of already-claimed, at-limit",
                "at: 60s, do: monitor, who: [ana], on: reference    | \"on\" is \"reference\", expected a list",
                "at: 60s, do: monitor, who: [ana], on: [nowhere]    | \"nowhere\" is no department, operator or co-op of this file",
                "at: 60s, do: monitor, who: [ana], on: [databases]  | but the widget defined in line 17",
                "at: 60s, do: status, who: [ana], is: busy          | \"is\" is \"busy\", expected one of away, finishing",
                "at: 60s, do: chat, chat: c1, widget: databases     | chat \"c1\" is started in line 22",
                "at: 60s, do: chat, chat: c2, widget: nowhere       | \"nowhere\" is no widget of this file",
                "at: 60s, do: chat, widget: databases               | lacks \"chat\"",
                "at: 60s, do: claim, chat: c9, by: ana              | \"c9\" is no chat of this file",
                "at: 60s, do: claim, chat: c1                       | lacks \"by\"",
                "at: 60s, do: claim, chat: c1, by: [ana]            | \"by\" is a list, expected an operator",
                "at: 60s, do: claim, chat: c1, by: patron           | \"patron\" is no operator of this file",
                "at: 60s, do: say, chat: c1, by: ana                | lacks \"text\"",
                "at: 60s, do: say, chat: c1, by: ana, text: [a]     | \"text\" is a list, expected what is said",
                "at: 60s, do: dismiss, chat: c1, by: ana            | lacks \"reason\"",
                "at: 60s, do: hurry, chat: c1                       | lacks \"by\"",
                "at: 60s, do: transfer, chat: c1, by: ana           | lacks \"to\"",
                "at: 60s, do: transfer, chat: c1, by: ana, to: \"a\\tb\" | contains U+0009, expected no control characters",
                "at: 60s, do: end, chat: c1, by: ana, disposition: Done! | disposition must be kebab-case",
                "at: 60s, do: block, chat: c1, by: ana              | lacks \"for\"",
                "at: 60s, do: block, chat: c1, by: ana, for: soon   | \"soon\" is not a duration",
                "at: 60s, do: block, chat: c1, by: ana, for: 1d, counts: [name] | \"counts\" is \"name\", expected one of address, key",
                "at: 60s, do: block, chat: c1, by: ana, for: 1d, in: hill | \"hill\" is no co-op of this file",
                "at: 60s, do: lift, chat: c1, by: ana               | lacks \"in\"",
                "at: 60s, do: grant, who: [ben], in: academic, level: boss, by: ana | \"level\" is \"boss\"",
                "at: 60s, do: grant, who: [ben], in: hill, level: regular, by: ana | \"hill\" is no co-op of this file",
                "at: 60s, do: revoke, who: [ben], in: academic      | lacks \"by\"",
                "at: 60s, do: membership-ends, institution: hill    | lacks \"in\"",
                "at: 60s, do: membership-ends, institution: x, in: academic | \"x\" is no institution of this file",
                "at: 60s, do: grant, who: [nils], in: academic, level: regular, by: ana | \"nils\" is no operator of this file",
                "at: 60s, do: save-widget, timedFallback: 5         | lacks \"widget\"",
                "at: 60s, do: save-widget, widget: w, route: [reference] | lacks \"institution\"",
                "at: 60s, do: save-widget, widget: w, institution: springy | lacks \"route\"",
                "at: 60s, do: save-widget, widget: academic, name: x | \"academic\" is the id of the co-op defined in line 10",
                "at: 60s, do: save-widget, widget: databases, timedFallback: soon | \"timedFallback\" is \"soon\", expected a number of seconds",
                "at: 60s, do: save-widget, widget: databases, timedFallback: 15s | expected a number of seconds",
                "at: 60s, do: save-widget, widget: databases, timedFallback: [15] | \"timedFallback\" is a list",
                "at: 60s, do: save-widget, widget: databases, route: reference | \"route\" is \"reference\", expected a list",
                "at: 60s, do: save-widget, widget: databases, route: [nowhere] | \"nowhere\" is no department, operator or co-op",
                "at: 60s, do: save-widget, widget: databases, owner: nils | \"nils\" is no operator of this file",
                "at: 60s, do: save-widget, widget: databases, institution: lake | \"lake\" is no institution of this file",
                "at: 60s, do: save-widget, widget: databases, by: nils | \"nils\" is no operator of this file",
                "at: 60s, do: save-widget, widget: databases, name: [x] | \"name\" is a list, expected a name",
                "at: 60s, do: save-widget, widget: databases, nameField: maybe | \"nameField\" is \"maybe\"",
                "at: 60s, do: save-widget, widget: databases, texts: {hello: Hi} | unknown key \"hello\" in the texts of a widget",
                "at: 60s, do: save-widget, widget: databases, timedFallbacks: 5 | unknown key \"timedFallbacks\" in this step",
                "at: 60s, expect: {state: waiting}                  | an expectation about nothing, expected exactly one of",
                "at: 60s, expect: {chat: c1, widget: databases}     | about chat and widget, expected exactly one of",
                "at: 60s, expect: c1                                | \"expect\" is \"c1\", expected an expectation",
                "at: 60s, expect: {chat: c1}, refused: invalid      | unknown key \"refused\" in a step that expects",
                "at: 60s, expect: {chat: c1, stages: waiting}        | unknown key \"stages\" in an expectation about a chat, expected chat, state, open",
                "at: 60s, expect: {chat: c1, state: open}           | \"state\" is \"open\", expected one of claimed, dismissed",
                "at: 60s, expect: {chat: c1, open: reference}       | \"open\" is \"reference\", expected a list of stages",
                "at: 60s, expect: {chat: c1, open: [hill]}          | \"hill\" is no department, operator or co-op",
                "at: 60s, expect: {chat: c1, open: [hilldesk/backup]} | no co-op's backup stage such as academic/backup",
                "at: 60s, expect: {chat: c1, notified: [anna]}      | \"anna\" is no operator of this file",
                "at: 60s, expect: {chat: c1, owner: anna}           | \"anna\" is no operator of this file",
                "at: 60s, expect: {chat: c1, messages: many}        | \"messages\" is \"many\", expected a whole number",
                "at: 60s, expect: {widget: databases}               | lacks \"online\"",
                "at: 60s, expect: {widget: databases, online: yes}  | \"online\" is \"yes\", expected one of false, true",
                "at: 60s, expect: {widget: databases, online: true, state: waiting} | unknown key \"state\"",
                "at: 60s, expect: {transcripts: {as: ana, path: away}, sees: []} | \"path\" is \"away\", expected one of coop, home",
                "at: 60s, expect: {transcripts: {as: ana, path: home}} | lacks \"sees\"",
                "at: 60s, expect: {transcript: c1} | lacks \"content\"",
                "at: 60s, expect: {stage: reference} | lacks \"monitoredBy\"",
                "at: 60s, do: rate, chat: c1 | lacks \"rating\"",
                "at: 60s, do: rate, chat: c1, rating: good | \"rating\" is \"good\"",
                "at: 60s, do: redact, chat: c1, by: ana | lacks \"text\"",
                "at: 60s, do: delete, chat: c1 | lacks \"by\"",
                "at: 60s, do: end-session, by: ana | lacks \"who\"",
                "at: 60s, expect: {transcript: c1, content: gone} | \"content\" is \"gone\", expected one of anonymised, deleted, kept"
            })
    void aMalformedStepIsRefusedWithItsLineAndWhatWasExpected(String step, String problem) {
        MalformedScenarioException refused = refused(Scenarios.text(step.strip()));

        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.line()).isEqualTo(Scenarios.FIRST_LINE);
        assertThat(refused.getMessage()).startsWith("test.yaml:" + Scenarios.FIRST_LINE + ": ");
        assertThat(refused.file()).isEqualTo("test.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scenario: A missed          | scenarios: A missed             | lacks \"scenario\"",
                "2026-03-02T17:00:00-05:00   | yesterday                       | \"start\" is \"yesterday\", expected an instant with its offset",
                "2026-03-02T17:00:00-05:00   | 2026-03-02T17:00:00             | expected an instant with its offset",
                "{ownerGrace: 60s}           | {ownerGrace: 10s}               | policy ownerGrace",
                "{ownerGrace: 60s}           | {ownersGrace: 60s}              | unknown policy \"ownersGrace\", expected one of backupDelay",
                "{ownerGrace: 60s}           | {operatorLimit: 0}              | policy operatorLimit",
                "{ownerGrace: 60s}           | [ownerGrace]                    | \"policies\" is a list",
                "America/New_York            | America/Springfield             | America/Springfield",
                "admins: [ana]}              | admins: [ana], owner: ana}      | unknown key \"owner\" in an institution, expected name, zone",
                "hilldesk: [olga]            | hilldesk: [ana]                 | operator \"ana\" is of springy, expected one of hill",
                "hilldesk: [olga]            | reference: [olga]               | \"reference\" is the id of the department defined in line 6",
                "operators: [maya]           | operators: [hill]               | \"hill\" is the id of the institution defined in line 7",
                "operators: [maya]           | operators: [patron]             | \"patron\" is a reserved name",
                "operators: [maya]           | operators: maya                 | \"operators\" is \"maya\", expected a list",
                "kind: global                | kind: worldwide                 | \"kind\" is \"worldwide\", expected one of global, local",
                "backup: [maya]              | backup: [nils]                  | \"nils\" is no operator of this file",
                "backupDelay: 40s            | backupDelay: 1h                 | backupDelay 1h is out of bounds",
                "backupDelay: 40s            | backupDelays: 40s               | unknown key \"backupDelays\" in a co-op",
                "hill: contributing          | lake: contributing              | \"lake\" is no institution of this file",
                "hill: contributing          | hill: sometimes                 | \"hill\" is \"sometimes\", expected one of contributing, non_contributing",
                "hill: contributing          | hill: {coverage: always}        | a membership lacks \"as\"",
                "hill: contributing          | hill: {as: contributing, coverage: often} | \"coverage\" is \"often\", expected one of always, none",
                "hill: contributing          | hill: {as: contributing, coverage: {hours: []}} | \"hours\" is an empty list",
                "hill: contributing          | hill: {as: contributing, coverage: {hours: [8-12]}} | coverage \"8-12\"",
                "hill: contributing          | hill: {as: contributing, coverage: {hours: [MON 08:00-12:00], except: [Xmas]}} | Xmas",
                "olga: regular               | olga: boss                      | \"olga\" is \"boss\", expected one of coop_admin",
                "olga: regular               | anna: regular                   | \"anna\" is no operator of this file",
                "olga: regular               | maya: regular                   | account of maya in academic: is of an operator of provider, which never was a member",
                "institution: springy, route | institution: lake, route        | \"lake\" is no institution of this file",
                "route: [reference, academic] | route: []                      | \"route\" is an empty list",
                "route: [reference, academic] | route: [reference, hill]       | \"hill\" is no department, operator or co-op",
                "route: [reference, academic] | route: [reference, reference]  | widget databases: has the department reference in its route twice",
                "route: [reference, academic] | route: [hilldesk]              | widget databases: routes to the department hilldesk of hill",
                "timedFallback: 15           | timedFallback: -1               | \"timedFallback\" is \"-1\", expected a whole number from 0 to 3600",
                "timedFallback: 15           | timedFallback: 3601             | expected a whole number from 0 to 3600",
                "timedFallback: 15           | timedFallback: 15s              | expected a whole number",
                "timedFallback: 15           | timedFallbacks: 15              | unknown key \"timedFallbacks\" in a widget",
                "timedFallback: 15           | nameField: maybe                | \"nameField\" is \"maybe\", expected one of off, optional, required",
                "timedFallback: 15           | texts: {hello: Hi}              | unknown key \"hello\" in the texts of a widget",
                "timedFallback: 15           | texts: {waiting: '{operator}'}  | has the placeholder {operator}",
                "timedFallback: 15           | consentRequired: true           | without a privacyNotice",
                "timedFallback: 15           | timedFallback: 15, timedFallback: 30 | timedFallback",
                "timeline:                   | timetable:                      | lacks \"timeline\""
            })
    void aMalformedHeadIsRefusedWithItsLine(String original, String replacement, String problem) {
        String text = head(original.strip(), replacement.strip());

        MalformedScenarioException refused = refused(text);

        assertThat(refused).hasMessageContaining(problem);
        boolean missing = problem.startsWith("lacks");
        assertThat(refused.line()).isEqualTo(missing ? 1 : lineOf(text, replacement.strip()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | 1 | the file is empty",
                "`just a text`                             | 1 | expected keys and values",
                "`- a list`                                | 1 | found a list, expected keys and values",
                "`scenario: a\nscenario: b\n`              | 2 | scenario",
                "`scenario: a\nstart: {a: 1\n\n`           | 2 | expected well-formed YAML",
                "`scenario: a\nstart:\n\t- x\n`           | 3 | expected well-formed YAML",
                "`scenario: a\nstart: {a: b?}\n`           | 2 | expected ',' or '}', but got ?",
                "`scenario: a: b\n`                       | 1 | mapping values are not allowed here",
                "`scenario: *unknown\n`                    | 1 | refers to nothing written before",
                "`scenario: a\n---\nscenario: b\n`         | 3 | second document",
                "`scenario: a\ntimeline: []\ndirectory: {institutions: {a: {}}}\n` | 2 | \"timeline\" is an empty list",
                "`scenario: a\ntimeline:\ndirectory: {institutions: {a: {}}}\n`    | 2 | \"timeline\" is nothing",
                "`scenario: a\ntimeline: [x]\ndirectory: {institutions: {a: {}}}\n` | 2 | an item of \"timeline\" is \"x\"",
                "`scenario: a\ntimeline: [x]\ndirectory: {institutions: {}}\n`     | 3 | there is no institution",
                "`scenario: a\ntimeline: [x]\ndirectory: []\n`                     | 3 | \"directory\" is an empty list",
                "`scenario: a\nextra: b\ntimeline: [x]\ndirectory: {institutions: {a: {}}}\n` | 2 | unknown key \"extra\" in a scenario file"
            })
    void aFileThatIsNoScenarioIsRefused(String text, int line, String problem) {
        MalformedScenarioException refused = refused(text);

        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.line()).isEqualTo(line);
    }

    @Test
    void whatIsWrongElsewhereIsRefusedThere() {
        MalformedScenarioException backup = refused(head("kind: global", "kind: local"));
        MalformedScenarioException twice = refused(head("backup: [maya]", "backup: [maya, maya]"));

        assertThat(backup).hasMessage("test.yaml:12: \"backup\" on a local co-op, expected it on a global one only");
        assertThat(twice).hasMessage("test.yaml:10: co-op academic: has maya on its backup list twice");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String text = "scenario: " + "[".repeat(10_000);

        assertThat(refused(text)).isNotNull();
    }
}
