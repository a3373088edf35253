package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.store.jdbc.Databases.Pooled;

/** How PostgreSQL searches an archive of some size: along an index, in the order of the page, never through a whole table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivePlanTest {

    private static final int CHATS = 20_000;
    private static final long BEGIN = 1_767_000_000_000L;
    private static final int MINUTE = 60_000;

    /** A plan that sorts what it read; the key of a merge is no sort. */
    private static final Pattern SORTS = Pattern.compile("(?m)^[ >-]*(Incremental )?Sort +\\(");

    private static final String FILL = """
            insert into coop_archive (chat, home, widget, started_at, over_at, outcome, messages, seq, head,
                patron_key, contact_over_at, content_over_at)
            select 'c' || n, 'home' || n %% 50, 'widget' || n %% 150, %1$d + n * %2$d::bigint, %1$d + n * %2$d::bigint,
                case when n %% 100 = 0 then 'dismissed' when n %% 10 = 0 then 'missed' else 'answered' end, 2, 5, repeat('h', 400),
                'key' || n %% 10000, %1$d + n * %2$d::bigint, %1$d + n * %2$d::bigint
            from generate_series(1, %3$d) n;
            insert into coop_archive_owner (chat, n, operator, institution, coop, home, widget, outcome, started_at)
            select a.chat, o.n, 'operator' || (a.seq + a.started_at / %2$d + o.n) %% 40,
                'home' || (a.started_at / %2$d + o.n) %% 50, case when (a.started_at / %2$d) %% 3 > 0
                    then 'coop' || (a.started_at / %2$d) %% 7 end,
                a.home, a.widget, a.outcome, a.started_at
            from coop_archive a, generate_series(1, 2) as o (n) where a.outcome = 'answered';
            insert into coop_archive_content (chat, seq, kind, body, folded, email)
            select chat, s, 'text', repeat('b', 100), case when s > 1 then 'the printer is ' || chat end,
                case when s = 1 then patron_key || '@example.org' end
            from coop_archive, generate_series(1, 3) s;
            insert into coop_interval (from_at, operator, stage, to_at, why, held_millis)
            select %1$d + n * %2$d::bigint, 'operator' || n %% 400, 'coop:coop' || n %% 7, %1$d + (n + 60) * %2$d::bigint,
                'signed-out', 60 * %2$d
            from generate_series(1, %3$d) n;
            """;

    private final HikariDataSource database = Databases.postgres(Pooled.USUAL);
    private final JdbcArchive archive = JdbcArchive.open(database);

    ArchivePlanTest() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(FILL.formatted(BEGIN, MINUTE, CHATS));
            statement.execute("vacuum analyze");
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static List<InstitutionId> homes(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> InstitutionId.of("home" + i))
                .toList();
    }

    static List<Arguments> searches() {
        ArchiveQuery all = ArchiveQuery.ALL;
        Instant middle = Instant.ofEpochMilli(BEGIN + CHATS / 2L * MINUTE);
        ArchiveQuery operator = all.operator(OperatorId.of("operator7"));
        ArchiveQuery coop = all.coop(CoopId.of("coop3"));
        return List.of(
                Arguments.of(all, "coop_archive_started"),
                Arguments.of(all.started(null, middle), "coop_archive_started"),
                Arguments.of(all.home(InstitutionId.of("home7")), "coop_archive_home"),
                Arguments.of(all.home(InstitutionId.of("home7")).started(null, middle), "coop_archive_home"),
                Arguments.of(all.homes(homes(5)), "coop_archive_home"),
                Arguments.of(all.homes(homes(40)).started(null, middle), "coop_archive_home"),
                Arguments.of(all.widget(WidgetId.of("widget7")), "coop_archive_widget"),
                Arguments.of(all.outcome(ChatOutcome.DISMISSED), "coop_archive_outcome"),
                Arguments.of(operator, "coop_archive_owner_operator"),
                Arguments.of(operator.homes(homes(40)), "coop_archive_owner_operator"),
                Arguments.of(operator.started(null, middle), "coop_archive_owner_operator"),
                Arguments.of(all.answeredBy(InstitutionId.of("home7")), "coop_archive_owner_institution"),
                Arguments.of(coop, "coop_archive_owner_coop"),
                Arguments.of(coop.started(null, middle), "coop_archive_owner_coop"),
                Arguments.of(coop.home(InstitutionId.of("home7")), "coop_archive_owner_home"),
                Arguments.of(coop.homes(homes(5)), "coop_archive_owner_home"),
                Arguments.of(all.throughAnyCoop(), "coop_archive_owner_any"),
                Arguments.of(all.throughAnyCoop().started(middle, null), "coop_archive_owner_any"),
                Arguments.of(all.home(InstitutionId.of("home7")).throughAnyCoop(), "coop_archive_owner_home_any"),
                Arguments.of(
                        all.home(InstitutionId.of("home7")).throughAnyCoop().started(middle, null),
                        "coop_archive_owner_home_any"),
                Arguments.of(all.homes(homes(5)).throughAnyCoop(), "coop_archive_owner_home_any"),
                Arguments.of(operator.throughAnyCoop(), "coop_archive_owner_operator"),
                Arguments.of(coop.answeredBy(InstitutionId.of("home7")), "coop_archive_owner_coop_institution"),
                Arguments.of(all.text("printer"), "coop_archive_started"),
                Arguments.of(all.home(InstitutionId.of("home7")).text("no such text"), "coop_archive_home"),
                Arguments.of(all.homes(homes(5)).text("printer"), "coop_archive_started"),
                Arguments.of(operator.text("no such text"), "coop_archive_owner_operator"));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void aSearchReadsAlongAnIndexInTheOrderOfThePage(ArchiveQuery query, String index) throws SQLException {
        String first = plan(query, null);
        assertThat(first).contains(index + " ").doesNotContain("Seq Scan").doesNotContainPattern(SORTS);
        if (!archive.search(query, null, 20).rows().isEmpty()) {
            String cursor =
                    Objects.requireNonNull(archive.search(query, null, 20).next());

            String behind = plan(query, cursor);

            assertThat(behind)
                    .contains(index + " ")
                    .contains("ROW(")
                    .doesNotContain("Seq Scan")
                    .doesNotContainPattern(SORTS);
        }
    }

    /** X6: what retention and a patron's request look for is found by an index of its own, however much there is. */
    @Test
    void whatIsDueAndWhatIsAPatronsIsReadAlongAnIndex() throws SQLException {
        long middle = BEGIN + CHATS / 2L * MINUTE;

        String contact = explain(Sql.expired("contact_over_at"), "home7", middle, Long.MIN_VALUE, "", 200);
        String content = explain(Sql.expired("content_over_at"), "home7", middle, middle - MINUTE, "c1", 200);
        String home = explain(Sql.NEXT_HOME, "home7");
        String key = explain(Sql.CHATS_BY_KEY, "key7", "home7", "", 200);
        String email = explain(Sql.CHATS_BY_EMAIL, "key7@example.org", "home7", "", 200);

        // Of few chats that are due the database may sort the page.
        assertThat(contact).contains("coop_archive_contact ").doesNotContain("Seq Scan");
        assertThat(content).contains("coop_archive_content_over ").doesNotContain("Seq Scan");
        assertThat(home)
                .contains("coop_archive_home ")
                .doesNotContain("Seq Scan")
                .doesNotContainPattern(SORTS);
        assertThat(key).contains("coop_archive_patron").doesNotContain("Seq Scan");
        assertThat(email).contains("coop_archive_content_email").doesNotContain("Seq Scan");
    }

    @Test
    void aPlanThatReadsAWholeTableOrSortsItWouldBeFound() throws SQLException {
        String plan = explain("select * from coop_archive order by over_at limit ?", 20);

        assertThat(plan).contains("Seq Scan on coop_archive").containsPattern(SORTS);
    }

    @Test
    void intervalsAreReadAlongTheIndexOfTheOperatorOrTheStageWithinTheTimeAsked() throws SQLException {
        Instant from = Instant.ofEpochMilli(BEGIN + 10_000L * MINUTE);
        Instant to = from.plusSeconds(3_600);
        IntervalQuery operator = IntervalQuery.of(OperatorId.of("operator7"), from, to);
        IntervalQuery stage = IntervalQuery.on(List.of(Stage.of(Option.coop("coop3"))), from, to);

        for (IntervalQuery query : List.of(operator, stage)) {
            String plan = explain(IntervalTable.statement(query, null), IntervalTable.parameters(query, null, 21));

            assertThat(plan)
                    .containsPattern("coop_interval_(operator|stage|pkey) ")
                    .contains("coop_interval_long ")
                    .containsPattern("Index Cond: .*from_at > ")
                    .doesNotContain("Seq Scan");
        }
    }

    private String plan(ArchiveQuery query, @Nullable String cursor) throws SQLException {
        ArchiveSearch search = new ArchiveSearch(query, cursor);
        return explain(search.statement(), search.parameters(21));
    }

    private String explain(String statement, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return String.join("\n", Rows.all(connection, "explain " + statement, row -> row.getString(1), parameters));
        }
    }
}
