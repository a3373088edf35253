package org.libcoop.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.ProjectTree;

/** The page of refusals has every code as the code has it; and every code is named by a test. */
class RefusalsPageTest {

    private static final String COMMAND = "mvn -q -pl coop-core test -Dtest=RefusalsPageTest -Dcoop.docs.write=true";
    private static final Path PAGE = ProjectTree.root().resolve("docs/reference/refusals.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| code \\|.*\\n(?:\\|.*\\n)*");

    @Test
    void theTableOfRefusalsIsTheCodes() throws IOException {
        String made = markdown();
        if (Boolean.getBoolean("coop.docs.write")) {
            String page = ProjectTree.text(PAGE);
            Files.writeString(PAGE, TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(made)));
        }

        assertThat(ProjectTree.text(PAGE))
                .as("docs/reference/refusals.md has other codes; write them anew with\n%s\n", COMMAND)
                .contains(made);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsNamedByATestOfWhatRefuses(RefusalCode code) {
        Pattern named = Pattern.compile("RefusalCode\\." + code.name() + "\\b|\"" + Pattern.quote(code.code()) + "\"");
        List<Path> naming = ProjectTree.modules().stream()
                .flatMap(module -> ProjectTree.javaFiles(module.resolve("src/test/java")).stream())
                .filter(file -> !file.getFileName().toString().startsWith("Refusal"))
                .filter(file -> named.matcher(ProjectTree.text(file)).find())
                .toList();

        assertThat(naming).as("tests that name %s", code).isNotEmpty();
    }

    /** The table in Markdown: in order of precedence, a number where the code has a place in it. */
    static String markdown() {
        StringBuilder table = new StringBuilder("| code | order | kind | repeating | applied? | when | rules |\n")
                .append("|---|---|---|---|---|---|---|\n");
        int place = 0;
        for (RefusalCode code : RefusalCode.values()) {
            place++;
            boolean ordered = code.compareTo(RefusalCode.BUSY) < 0;
            table.append("| `%s` | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            code,
                            ordered ? place : "",
                            code.category().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            repeat(code),
                            code.applied() == RefusalCode.Applied.NO ? "no" : "not known",
                            when(code),
                            rules(code)));
        }
        return table.toString();
    }

    private static String repeat(RefusalCode code) {
        return switch (code.repeat()) {
            case NEVER -> "does not help";
            case LATER -> "later";
            case SAME_ID -> "under the same id";
        };
    }

    private static String when(RefusalCode code) {
        return switch (code) {
            case INVALID -> "a value is malformed or out of bounds, or the directory would not be valid with it";
            case NOT_FOUND -> "there is no such thing, or the caller may not learn that there is";
            case WIDGET_OFFLINE -> "a start on a widget with nobody left on its route; no chat was made";
            case CHAT_OVER -> "the chat is over, and what was asked is done only before that";
            case ALREADY_CLAIMED -> "a claim or acceptance, and another was faster; told to those who were reached";
            case AT_LIMIT -> "a claim or acceptance by somebody with as many open chats as the policy allows";
            case NOT_ELIGIBLE -> "the chat is not open to this operator, or not offered to them, at this instant";
            case NOT_OWNER -> "only the owner says, ends and hands over";
            case NOTHING_PENDING -> "no timed stage is left to bring forward";
            case NOT_ALLOWED -> "the access table denies it; nobody is there to transfer to; the last admin stays";
            case UPLOAD_QUOTA -> "a file more, or bytes more, than may be shared in one chat";
            case FILE_TYPE -> "a file that by its content is of no type that may be shared";
            case STAFFING_SECRET ->
                "a reply gives away what the patron's library keeps for staff, and does not say that it is meant to";
            case BUSY -> "others changed the same too often, or too much waits";
            case COMMAND_ID_REUSED -> "the id was used for another command";
            case RATE_LIMITED -> "more messages, chats or connections than a stranger may";
            case TOO_LARGE ->
                "a frame above the limit, of which the Java client says so before it sends one; a file above its limit";
            case UNAVAILABLE -> "the store does not answer, the node has no lease, or it is closed";
            case UNKNOWN_OUTCOME -> "the commit was cut off; the same id finds out";
            case UNSUPPORTED -> "there is no such operation, no archive, no mailer or no file vault here";
            case INTERNAL -> "a defect, or a row that the store cannot keep or read; the log has it";
        };
    }

    private static String rules(RefusalCode code) {
        return switch (code) {
            case INVALID -> "D10 M2 W2 C11";
            case NOT_FOUND -> "A9";
            case WIDGET_OFFLINE -> "W5";
            case CHAT_OVER -> "C1";
            case ALREADY_CLAIMED -> "C2 C9";
            case AT_LIMIT -> "C12";
            case NOT_ELIGIBLE -> "R6 C9 C11 C13";
            case NOT_OWNER -> "C5";
            case NOTHING_PENDING -> "C13";
            case NOT_ALLOWED -> "A6 A8 C8";
            case UPLOAD_QUOTA, FILE_TYPE -> "U1";
            case STAFFING_SECRET -> "F2 G17";
            case BUSY -> "T2";
            case COMMAND_ID_REUSED -> "G5";
            case RATE_LIMITED -> "T5";
            case TOO_LARGE -> "T5 U1";
            case UNAVAILABLE -> "T3 G12";
            case UNKNOWN_OUTCOME -> "G6";
            case UNSUPPORTED -> "A4 X1 U1";
            case INTERNAL -> "G14";
        };
    }
}
