package org.libcoop.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.report.ChatFact;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.testkit.traffic.CoopTraffic;

/**
 * How long reports take when there are years of chats (P19): facts of a co-op's traffic are copied into the table, their sums made by
 * {@link JdbcFacts#recount}, and each report is asked for beside a plain {@code GROUP BY} over the same rows, in turn. Then facts are
 * kept one batch after another, in the full table and in an empty one.
 */
public final class ReportsMain {

    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
    private static final int DAYS = 3 * 365 + 1;
    private static final LocalDate LAST = FIRST.plusDays(DAYS);
    private static final int WEEKS = 53;
    private static final Stage MONITORED = Stage.of(Option.coop(CoopTraffic.COOP));
    private static final int BATCH = 64;
    private static final int BATCHES = 40;
    private static final String COLUMNS =
            "chat, home, widget, started_at, outcome, operator, institution, coop, through, member,"
                    + " waited, lasted, host, page, browser, os, rating, qa_rating, entries, posts, erased";

    private final PrintStream out;
    private final Path folder;
    private final long chats;
    private final int libraries;
    private final int rounds;

    private ReportsMain(PrintStream out, Path folder, long chats, int libraries, int rounds) {
        this.out = out;
        this.folder = folder;
        this.chats = chats;
        this.libraries = libraries;
        this.rounds = rounds;
    }

    /** Runs it with {@code CHATS LIBRARIES ROUNDS}, by default of 10,000,000 chats of 2,000 libraries, in 5 rounds. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        long chats = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int libraries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        try (Database database = Database.start(true)) {
            run(out, database, chats, libraries, rounds);
        }
        System.exit(0);
    }

    /** Measures and prints. */
    static void run(PrintStream out, Database database, long chats, int libraries, int rounds) throws Exception {
        out.println("machine   " + Machine.describe());
        out.println("database  " + database.describe());
        out.printf(Locale.ROOT, "facts     %,d of %,d libraries, %d days, %d rounds%n", chats, libraries, DAYS, rounds);
        HikariDataSource room = database.room();
        HikariDataSource empty = database.room();
        try {
            new ReportsMain(out, database.folder(), chats, libraries, rounds).measure(room, empty);
        } finally {
            database.leave(room);
            database.leave(empty);
        }
    }

    private void measure(HikariDataSource room, HikariDataSource empty) throws Exception {
        WaitingChats.createTables(room);
        WaitingChats.createTables(empty);
        InstitutionId largest = timed("copying the facts", () -> load(room));
        JdbcFacts facts = JdbcFacts.open(room, Duration.ofMinutes(5));
        timed("making their sums", () -> {
            facts.recount();
            return true;
        });
        timed("keeping when libraries were there", () -> staff(facts));
        execute(room, "vacuum analyze");
        sizes(room);
        reports(room, facts, largest);
        staffed(facts);
        keeping(facts, JdbcFacts.open(empty));
        plans(room);
    }

    private interface Step<T> {
        T take() throws Exception;
    }

    private <T> T timed(String what, Step<T> step) throws Exception {
        long began = System.nanoTime();
        T taken = step.take();
        out.printf(Locale.ROOT, "%s: %.1f s%n", what, (System.nanoTime() - began) / 1e9);
        return taken;
    }

    // ---- Loading

    /** Copies all facts, with indexes made afterwards; the library with most chats. */
    private InstitutionId load(HikariDataSource room) throws SQLException, IOException {
        List<String> indexes = new ArrayList<>();
        Map<InstitutionId, Integer> ofLibraries = new HashMap<>();
        try (Connection connection = room.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select indexname, indexdef from pg_indexes"
                    + " where tablename = 'coop_fact' and indexname <> 'coop_fact_pkey'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                    indexes.add(rows.getString(2));
                }
            }
            for (String name : names) {
                statement.execute("drop index " + name);
            }
            Path file = Files.createTempFile(folder, "facts", ".tsv");
            try {
                write(file, ofLibraries);
                statement.execute("copy coop_fact (" + COLUMNS + ") from '" + file.toAbsolutePath() + "'");
            } finally {
                Files.delete(file);
            }
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute("analyze");
        }
        return ofLibraries.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** For the server to read, which may run as somebody else. */
    private void write(Path file, Map<InstitutionId, Integer> ofLibraries) throws IOException {
        file.toFile().setReadable(true, false);
        CoopTraffic traffic = new CoopTraffic(1, libraries, chats, FIRST, DAYS);
        try (BufferedWriter rows = Files.newBufferedWriter(file)) {
            while (traffic.hasNext()) {
                ChatFact fact = traffic.next();
                ofLibraries.merge(fact.home(), 1, Integer::sum);
                rows.write(row(fact));
            }
        }
    }

    private static String row(ChatFact fact) {
        StringBuilder row = new StringBuilder();
        ChatFact.Answer answer = fact.answer();
        cell(row, fact.chat());
        cell(row, fact.home());
        cell(row, fact.widget());
        cell(row, fact.startedAt().toEpochMilli());
        cell(row, fact.outcome().name().toLowerCase(Locale.ROOT));
        cell(row, answer == null ? null : answer.operator());
        cell(row, answer == null ? null : answer.institution());
        cell(row, answer == null ? null : answer.coop().orElse(null));
        cell(row, answer == null ? null : through(answer));
        cell(row, answer == null || answer.coop().isEmpty() || answer.through().backup() ? null : answer.institution());
        cell(row, answer == null ? null : answer.waited().toMillis());
        cell(
                row,
                answer == null ? null : Objects.requireNonNull(answer.lasted()).toMillis());
        cell(row, fact.source().host());
        cell(row, fact.source().page());
        cell(row, fact.source().browser());
        cell(row, fact.source().system());
        cell(row, fact.rating());
        cell(row, fact.qaRating());
        cell(row, fact.entries());
        cell(row, fact.posts());
        row.append('0').append('\n');
        return row.toString();
    }

    private static String through(ChatFact.Answer answer) {
        String kind = answer.through().backup()
                ? "backup"
                : answer.through().option().kind().name().toLowerCase(Locale.ROOT);
        return kind + ":" + answer.through().option().id();
    }

    private static void cell(StringBuilder row, @Nullable Object value) {
        row.append(value == null ? "\\N" : value).append('\t');
    }

    /** Two shifts a day of every library in its co-op for 53 weeks, each library's at hours of its own; how many shifts. */
    private int staff(JdbcFacts facts) {
        int shifts = 0;
        for (int library = 0; library < libraries; library++) {
            List<StaffedTime> times = new ArrayList<>();
            for (int day = 0; day < WEEKS * 7; day++) {
                Instant morning = LAST.minusDays(day)
                        .atTime(8, 0)
                        .toInstant(ZoneOffset.UTC)
                        .plusSeconds(library * 7L);
                for (int shift = 0; shift < 2; shift++) {
                    Instant from = morning.plus(Duration.ofHours(6L * shift)).plusMillis((day * 7_919L) % 600_000);
                    times.add(new StaffedTime(
                            MONITORED, InstitutionId.of("lib" + library), from, from.plus(Duration.ofHours(4))));
                }
            }
            facts.keepStaffed(times);
            shifts += times.size();
        }
        return shifts;
    }

    // ---- What it takes

    private void sizes(HikariDataSource room) throws SQLException {
        out.println();
        for (String table : List.of("coop_fact", "coop_fact_sum", "coop_staffed")) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %,12d rows, %,7d MB, with indexes %,7d MB%n",
                    table,
                    number(room, "select count(*) from " + table),
                    number(room, "select pg_table_size('" + table + "') >> 20"),
                    number(room, "select pg_total_relation_size('" + table + "') >> 20"));
        }
    }

    private void reports(HikariDataSource room, JdbcFacts facts, InstitutionId largest) throws SQLException {
        Instant first = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = FIRST.plusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
        out.printf(Locale.ROOT, "%n%-46s %12s %12s %8s%n", "medians", "report ms", "plain ms", "ratio");
        double slowest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (Report report : Report.all(largest, first, end)) {
            double[] ours = new double[rounds];
            double[] plain = new double[rounds];
            // The first time both read what is not in memory yet.
            report.asked().of(facts);
            rows(room, report.plain());
            for (int round = 0; round < rounds; round++) {
                long began = System.nanoTime();
                report.asked().of(facts);
                long between = System.nanoTime();
                rows(room, report.plain());
                ours[round] = (between - began) / 1e6;
                plain[round] = (System.nanoTime() - between) / 1e6;
            }
            double median = median(ours);
            double ratio = median(plain) / median;
            slowest = Math.max(slowest, median);
            least = Math.min(least, ratio);
            out.printf(Locale.ROOT, "%-46s %,12.0f %,12.0f %8.1f%n", report.name(), median, median(plain), ratio);
        }
        out.printf(Locale.ROOT, "P19: the slowest report %,.0f ms (goal 1,000, gate 3,000)%n", slowest);
        out.printf(Locale.ROOT, "P19: the least ratio to a plain GROUP BY %.1f (goal 20)%n", least);
    }

    /** When the libraries of the co-op were there, all of them, and one. */
    private void staffed(JdbcFacts facts) {
        Instant end = LAST.atStartOfDay(ZoneOffset.UTC).toInstant();
        StaffedQuery year = StaffedQuery.of(List.of(MONITORED), end.minus(Duration.ofDays(WEEKS * 7)), end);
        StaffedQuery month = StaffedQuery.of(List.of(MONITORED), end.minus(Duration.ofDays(30)), end);
        out.println();
        for (StaffedQuery query : List.of(year, month, year.institution(InstitutionId.of("lib0")))) {
            double[] took = new double[rounds];
            int institutions = facts.staffed(query, Report.ZONE).institutions().size();
            for (int round = 0; round < rounds; round++) {
                long began = System.nanoTime();
                facts.staffed(query, Report.ZONE);
                took[round] = (System.nanoTime() - began) / 1e6;
            }
            out.printf(
                    Locale.ROOT,
                    "staffed hours of %,d libraries over %d days: %,.0f ms%n",
                    institutions,
                    Duration.between(query.from(), query.to()).toDays(),
                    median(took));
        }
    }

    /** Keeping a batch of new chats of now, with the table full, and with nothing in it. */
    private void keeping(JdbcFacts full, JdbcFacts empty) {
        CoopTraffic traffic = new CoopTraffic(2, libraries, BATCH * BATCHES, FIRST.plusDays(DAYS - 1), 1);
        double[] inFull = new double[BATCHES];
        double[] inEmpty = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            List<ChatFact> some = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                some.add(renamed(traffic.next(), batch * BATCH + i));
            }
            long began = System.nanoTime();
            full.keep(some);
            long between = System.nanoTime();
            empty.keep(some);
            inFull[batch] = (between - began) / 1e6 / BATCH;
            inEmpty[batch] = (System.nanoTime() - between) / 1e6 / BATCH;
        }
        out.printf(
                Locale.ROOT,
                "%nkeeping a chat, of %d at a time: %.3f ms in the full table, %.3f ms in an empty one%n",
                BATCH,
                median(inFull),
                median(inEmpty));
    }

    private static ChatFact renamed(ChatFact fact, int number) {
        return new ChatFact(
                ChatId.of("later" + number),
                fact.home(),
                fact.widget(),
                fact.startedAt(),
                fact.outcome(),
                fact.answer(),
                fact.source(),
                fact.rating(),
                fact.qaRating(),
                fact.entries(),
                fact.posts(),
                false);
    }

    private void plans(HikariDataSource room) throws SQLException {
        for (String query : List.of(
                "select id, body from coop_fact_sum where id >= E'academic\\n\\n\\noperator\\ny' and id < E'academic\\n\\n\\noperator\\nz'",
                "select operator, count(*) from coop_fact where coop = 'academic' group by 1")) {
            out.println();
            out.println(query);
            rows(room, "explain (analyze, buffers, costs off) " + query).forEach(line -> out.println("    " + line));
        }
    }

    // ---- SQL

    private static long number(HikariDataSource room, String query) throws SQLException {
        return Long.parseLong(rows(room, query).get(0));
    }

    /** Runs a query; returns the first column of its rows. */
    private static List<String> rows(HikariDataSource room, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = room.getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(String.valueOf(row.getString(1)));
            }
        }
        return rows;
    }

    private static void execute(HikariDataSource room, String text) throws SQLException {
        try (Connection connection = room.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
