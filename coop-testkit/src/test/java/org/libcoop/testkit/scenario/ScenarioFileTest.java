package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/** The format: what is read. */
final class ScenarioFileTest {

    private static String head(String original, String replacement) {
        assertThat(Scenarios.HEAD).contains(original);
        return Scenarios.HEAD.replace(original, replacement);
    }

    @Test
    void everythingOfAWellFormedFileIsRead() {
        ScenarioFile file = ScenarioFile.parse("test.yaml", Scenarios.HEAD);

        assertThat(file.name()).isEqualTo("test.yaml");
        assertThat(file.title()).isEqualTo("A missed chat is answered by the academic co-op");
        assertThat(file.start()).isEqualTo(Instant.parse("2026-03-02T22:00:00Z"));
        assertThat(file.directory().operators()).hasSize(4);
        Widget widget = file.directory().widget(WidgetId.of("databases")).orElseThrow();
        assertThat(widget.route()).containsExactly(Option.department("reference"), Option.coop("academic"));
        assertThat(file.steps()).hasSize(4);
    }

    @Test
    void startAndPoliciesMayBeLeftOut() {
        String text = head("start: 2026-03-02T17:00:00-05:00\npolicies: {ownerGrace: 60s}\n", "");

        assertThat(ScenarioFile.parse("test.yaml", text).start()).isEqualTo(Instant.parse("2026-01-05T12:00:00Z"));
    }

    @Test
    void allScalarsAreStringsAsWritten() {
        String text = head("reference: [ana, ben]", "reference: [yes, on, off, 010, 1_000, 18:00, 2026-12-25, ana, ~]");

        assertThat(ScenarioFile.parse("test.yaml", text).directory().operators().stream()
                        .map(operator -> operator.id().value()))
                .contains("yes", "on", "off", "010", "1_000", "18:00", "2026-12-25", "~");
    }

    @Test
    void blockStyleAnchorsAndAByteOrderMarkAreRead() {
        String text = """
                \uFEFF# written by hand
                scenario: In block style
                directory:
                  institutions:
                    springy:
                      departments:
                        reference: &desk
                          - ana
                          - ben
                  widgets:
                    home:
                      institution: springy
                      route: [reference]
                timeline:
                  - at: 0s
                    do: sign-in
                    who: *desk
                  - at: 0s
                    do: monitor
                    who: *desk
                    on: [reference]
                """;

        assertThat(ScenarioFile.parse("test.yaml", text).steps()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at: 60s, do: sign-out, who: [ana, ben]",
                "at: 60s, do: status, who: [ana], is: finishing",
                "at: 60s, do: unmonitor, who: [ana, olga], on: [reference, academic, ana]",
                "at: 60s, do: disconnect, who: [ana]",
                "at: 60s, do: reconnect, who: [ana]",
                "at: 60s, do: chat, chat: c2, widget: databases",
                "at: 60s, do: chat, chat: c2, widget: databases, patron: P, email: p@example.org, consent: false",
                "at: 60s, do: leave, chat: c1",
                "at: 60s, do: patron-disconnect, chat: c1",
                "at: 60s, do: patron-reconnect, chat: c1",
                "at: 60s, do: claim, chat: c1, by: ana, refused: not-eligible",
                "at: 60s, do: say, chat: c1, by: patron, text: ''",
                "at: 60s, do: say, chat: c1, by: ana, text: Hello",
                "at: 60s, do: note, chat: c1, by: ana, text: Hello",
                "at: 60s, do: transfer, chat: c1, by: ana, to: whoever",
                "at: 60s, do: accept, chat: c1, by: ana",
                "at: 60s, do: decline, chat: c1, by: ana",
                "at: 60s, do: withdraw, chat: c1, by: ana",
                "at: 60s, do: end, chat: c1, by: ana",
                "at: 60s, do: end, chat: c1, by: ana, disposition: handed-to-the-archive",
                "at: 60s, do: dismiss, chat: c1, by: ana, reason: spam",
                "at: 60s, do: hurry, chat: c1, by: ana",
                "at: 60s, do: grant, who: [ben], in: academic, level: coop_admin, by: ana",
                "at: 60s, do: revoke, who: [olga], in: academic, by: ana",
                "at: 60s, do: membership-ends, institution: hill, in: academic",
                "at: 60s, do: save-widget, widget: databases, route: [academic], timedFallback: 0, name: Databases, by: ana",
                "at: 60s, expect: {chat: c1}",
                "at: 60s, expect: {chat: c1, state: waiting, open: [], notified: [], owner: none, offeredTo: [], messages: 0}",
                "at: 60s, expect: {chat: c1, owner: [], answeredThrough: none}",
                "at: 60s, expect: {chat: c1, open: [reference, academic, academic/backup], answeredThrough: academic/backup}",
                "at: 60s, expect: {widget: databases, online: true}",
                "at: 1h, expect: {transcripts: {as: ana, path: home}, sees: [c1]}",
                "at: 60s, expect: {transcripts: {as: ana, path: coop}, sees: []}"
            })
    void everyKindOfStepIsRead(String step) {
        assertThatCode(() -> Scenarios.with(step)).doesNotThrowAnyException();
    }

    @Test
    void aChatWhoseStartIsRefusedMayBeTriedAgainUnderTheSameName() {
        String first = "at: 60s, do: chat, chat: c2, widget: databases, refused: widget-offline";
        String second = "at: 70s, do: chat, chat: c2, widget: databases";

        assertThatCode(() -> Scenarios.with(first, second)).doesNotThrowAnyException();
    }

    @Test
    void aChatMayBeNamedBeforeItStarts() {
        String before = "at: 60s, do: claim, chat: c2, by: ana, refused: not-found";
        String start = "at: 70s, do: chat, chat: c2, widget: databases";

        assertThatCode(() -> Scenarios.with(before, start)).doesNotThrowAnyException();
    }

    @Test
    void filesAreReadFromDisk(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), Scenarios.HEAD);
        Path latin = Files.write(folder.resolve("latin.yaml"), "scenario: é".getBytes(StandardCharsets.ISO_8859_1));
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[(1 << 20) + 1]);

        assertThat(ScenarioFile.read(good).name()).endsWith("good.yaml");
        assertThatExceptionOfType(MalformedScenarioException.class)
                .isThrownBy(() -> ScenarioFile.read(latin))
                .withMessageContaining("UTF-8");
        assertThatExceptionOfType(MalformedScenarioException.class)
                .isThrownBy(() -> ScenarioFile.read(huge))
                .withMessageContaining("expected at most");
    }
}
