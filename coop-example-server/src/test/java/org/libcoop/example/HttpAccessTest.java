package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.libcoop.testkit.junit.AccessContract;
import org.libcoop.testkit.junit.AccessDoor;

/** Who may do what over HTTP is what the access table says (A8, A9). */
class HttpAccessTest extends AccessContract {

    /** What everybody may ask who has signed in: of oneself, and what the page offers; statistics and trying out widgets have tests of their own. */
    private static final Set<String> OF_NOBODY_ELSE = Set.of(
            "/api/transcripts/choices",
            "/api/transcripts/outbox",
            "/api/accounts/coops",
            "/api/audit/choices",
            "/api/blocks/scopes",
            "/api/tickets",
            "/api/tickets/ticket",
            "/api/tickets/answered",
            "/api/patrons",
            "/api/patrons/retention",
            "/api/faq/kept",
            "/api/faq/save",
            "/api/faq/remove",
            "/api/canned/mine",
            "/api/statistics/choices",
            "/api/statistics/summary",
            "/api/statistics/table",
            "/api/widgets",
            "/api/widgets/choices",
            "/api/widgets/check");

    @Override
    protected AccessDoor open() {
        return new HttpDoor();
    }

    @Test
    void everyRequestOfTheStaffIsTried() throws Exception {
        Set<String> tried = paths(Path.of("src/test/java/org/libcoop/example/HttpDoor.java"), "\"(/api/[a-z/-]+)\"");
        tried.addAll(OF_NOBODY_ELSE);

        // That the page lists what there is, is tested beside the transcripts.
        Set<String> known =
                paths(Path.of("../docs/reference/example-server.md"), "\\| `(?:GET|POST) (/api/[a-z/-]+)` \\|");

        assertThat(known).hasSizeGreaterThan(10);
        assertThat(tried).isEqualTo(known);
    }

    private static Set<String> paths(Path file, String pattern) throws Exception {
        Set<String> paths = new TreeSet<>();
        Pattern.compile(pattern).matcher(Files.readString(file)).results().forEach(found -> paths.add(found.group(1)));
        return paths;
    }
}
