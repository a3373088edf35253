package org.libcoop.testkit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions about a scenario on the command line (E1, E2); the widget's library is in New York, where it begins on Monday at 17:00. */
final class InquiryTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String file = "";

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(
                        folder.resolve("evening.yaml"),
                        Scenarios.text(
                                "at: 120s, do: claim, chat: c1, by: olga",
                                "at: 180s, do: end, chat: c1, by: olga",
                                "at: 200s, do: chat, chat: c2, widget: databases, patron: Rosa"))
                .toString();
    }

    private int run(String... args) {
        return ScenarioMain.run(List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String answer(String... args) {
        assertThat(run(args)).as(err.toString(UTF_8)).isZero();
        return out.toString(UTF_8);
    }

    @Test
    void explainsEveryChatOrThoseThatAreNamed() {
        assertThat(answer("explain", file))
                .contains("c1, chat ", "reference opened (initial)", "claimed by olga of hill", "c2, chat ")
                .doesNotContain("download the article");

        out.reset();
        assertThat(answer("explain", file, "c2")).contains("c2, chat ").doesNotContain("c1");
    }

    @Test
    void previewsAChatWithWhoIsThereAtTheEndOfTheFile() {
        assertThat(answer("preview", file, "databases", "--at", "sunday 19:05")).isEqualToIgnoringNewLines("""
                        a chat on databases on Sun 2026-03-08 19:05
                                0s  reference opens (initial)
                               15s  academic opens (time)
                               55s  academic/backup opens (backup)
                        """);
    }

    @Test
    void previewsItWithNobodyThere() {
        assertThat(answer(
                        "preview",
                        file,
                        "databases",
                        "--at",
                        "2026-03-08T19:05:00-04:00",
                        "--unstaffed",
                        "reference,academic,academic/backup"))
                .isEqualToIgnoringNewLines("""
                        a chat on databases on Sun 2026-03-08 19:05
                          the widget is offline
                        """);
        out.reset();
        assertThat(answer("preview", file, "databases", "--unstaffed", "reference, academic"))
                .contains("0s  academic opens (initial)", "40s  academic/backup opens (backup)");
    }

    @Test
    void sweepsAWeek() {
        assertThat(answer("sweep", file, "databases"))
                .isEqualToIgnoringNewLines("Mon 2026-03-02 17:03  to  Mon 2026-03-09 18:03  served\n");
        out.reset();
        assertThat(answer(
                        "sweep",
                        file,
                        "databases",
                        "--from",
                        "tuesday 08:00",
                        "--to",
                        "tuesday 20:00",
                        "--step",
                        "1h",
                        "--unstaffed",
                        "reference,academic"))
                .isEqualToIgnoringNewLines("Tue 2026-03-03 08:00  to  Tue 2026-03-03 20:00  backup only\n");
    }

    @Test
    void replaysTheChatsThatAreOver() {
        assertThat(answer("replay", file, "--timed-fallback", "90s"))
                .contains(
                        "2 chats that are over; of 0 more it is not known who was there",
                        "as it was:    2 came to a co-op behind their first option, 2 to backup staff",
                        "with 90s:     1 came to a co-op behind their first option, 1 to backup staff",
                        "had everybody been there and acted as they did");
        out.reset();
        assertThat(answer("replay", file, "--timed-fallback", "15s", "--widget", "another"))
                .contains("0 chats that are over");
    }

    @Test
    void whatDoesNotHoldIsSaidAndTheAnswerGivenAllTheSame() throws IOException {
        Files.writeString(Path.of(file), Scenarios.text("at: 61s, expect: {chat: c1, state: claimed}"));

        assertThat(run("explain", file)).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("c1, chat ");
        assertThat(err.toString(UTF_8)).contains("seen:     state waiting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain FILE c9 | no chat c9 was begun",
                "explain | about which file?",
                "explain FILE --at noon | what is --at?",
                "explain MISSING | there is no such file",
                "preview FILE | about which widget?",
                "preview FILE none | there is no widget none",
                "preview FILE databases --at | what is --at?",
                "preview FILE databases --at someday | could not be parsed",
                "preview FILE databases --at someday_19:05 | is no weekday",
                "preview FILE databases --unstaffed nobody | is no department, operator or co-op",
                "sweep FILE databases --step soon | is no duration",
                "sweep FILE databases --step 1s | steps of a minute or more",
                "replay FILE | with which timed fallback?",
                "replay FILE --timed-fallback 2h | a timed fallback is 0 to 3600 seconds",
            })
    void whatCannotBeAnsweredIsRefused(String words, String problem) {
        String[] args = words.strip().split(" ");
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].replace("FILE", file).replace('_', ' ');
        }

        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(problem.strip());
    }

    @Test
    void theUsageNamesEveryQuestion() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("explain FILE", "preview FILE", "replay FILE", "sweep FILE");
    }
}
