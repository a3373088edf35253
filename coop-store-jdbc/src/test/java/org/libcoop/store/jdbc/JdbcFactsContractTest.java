package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.Source;
import org.libcoop.spi.Facts;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.junit.FactsContract;

/** The contract of facts on both databases, whatever state connections come in. */
class JdbcFactsContractTest {

    private static final CoopId COOP = CoopId.of("academic");

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnDatabase extends FactsContract {

        private final HikariDataSource database;

        OnDatabase(HikariDataSource database) {
            this.database = database;
        }

        @Override
        protected Facts open() {
            Databases.empty(database);
            return JdbcFacts.open(database);
        }

        @Override
        protected Facts another(Facts opened) {
            return JdbcFacts.open(database);
        }

        /** What a fact adds to sums goes with it: a sum of nothing is no row. */
        @Test
        void whatIsNotThroughACoopAnyMoreIsInNoSum() throws SQLException {
            Facts facts = open();
            facts.keep(List.of(answered("c1", 1)));
            assertThat(rows("coop_fact_sum")).isPositive();

            facts.keep(List.of(missed("c1", 2)));

            assertThat(rows("coop_fact_sum")).isZero();
            assertThat(facts.timetable(FactQuery.ALL.coop(COOP), ZoneOffset.UTC)
                            .total()
                            .isEmpty())
                    .isTrue();
        }

        /** FA6: what somebody did to the sums by hand is put right. */
        @Test
        void aRecountPutsRightWhatIsWrong() throws SQLException {
            Facts facts = open();
            facts.keep(List.of(answered("c1", 1)));
            long right = rows("coop_fact_sum");
            changed("delete from coop_fact_sum");
            assertThat(facts.parts(FactQuery.ALL.coop(COOP), Part.OPERATOR, 10).rows())
                    .isEmpty();
            assertThatThrownBy(() -> facts.keep(List.of(missed("c1", 2)))).hasMessageContaining("have it counted anew");

            facts.recount();

            assertThat(rows("coop_fact_sum")).isEqualTo(right);
            assertThat(facts.parts(FactQuery.ALL.coop(COOP), Part.OPERATOR, 10)
                            .total()
                            .counts()
                            .answered())
                    .isEqualTo(1);
            facts.keep(List.of(missed("c1", 2)));
            assertThat(rows("coop_fact_sum")).isZero();
        }

        /** FA4, FA5: others may be in the way of who reads, too. */
        @Test
        void aReportThatIsTriedAgainCountsNothingTwice() {
            open().keep(List.of(answered("c1", 1)));
            AtomicInteger failures = new AtomicInteger();
            Facts disturbed = JdbcFacts.open(new WatchedDataSource(database, new WatchedDataSource.Watch() {
                @Override
                public void before(String statement) throws SQLException {
                    if (statement.equals(WatchedDataSource.COMMIT) && failures.getAndDecrement() > 0) {
                        throw new SQLException("others are in the way", "40001");
                    }
                }
            }));
            for (FactQuery query : List.of(FactQuery.ALL, FactQuery.ALL.coop(COOP))) {
                failures.set(2);
                long counted = disturbed
                        .timetable(query, ZoneOffset.UTC)
                        .total()
                        .counts()
                        .answered();
                assertThat(counted).isEqualTo(1);
                assertThat(failures).hasValueLessThan(1);
                failures.set(2);
                assertThat(disturbed
                                .parts(query, Part.HOME, 10)
                                .total()
                                .counts()
                                .answered())
                        .isEqualTo(1);
            }
        }

        private static ChatFact answered(String id, long entries) {
            ChatFact.Answer answer = new ChatFact.Answer(
                    OperatorId.of("bea"),
                    InstitutionId.of("provider"),
                    Stage.backup(COOP),
                    Duration.ofSeconds(45),
                    Duration.ofMinutes(9));
            return fact(id, ChatOutcome.ANSWERED, answer, entries);
        }

        private static ChatFact missed(String id, long entries) {
            return fact(id, ChatOutcome.MISSED, null, entries);
        }

        private static ChatFact fact(String id, ChatOutcome outcome, ChatFact.@Nullable Answer answer, long entries) {
            return new ChatFact(
                    ChatId.of(id),
                    InstitutionId.of("springy"),
                    WidgetId.of("site"),
                    Instant.parse("2026-03-02T09:00:00Z"),
                    outcome,
                    answer,
                    Source.NONE,
                    null,
                    null,
                    entries,
                    0,
                    false);
        }

        private long rows(String table) throws SQLException {
            try (Connection connection = database.getConnection()) {
                long rows = Rows.all(connection, "select count(*) from " + table, row -> row.getLong(1))
                        .get(0);
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                return rows;
            }
        }

        private void changed(String statement) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement change = connection.createStatement()) {
                change.execute(statement);
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            }
        }

        @AfterAll
        void close() {
            database.close();
        }
    }

    @Nested
    class OnH2 extends OnDatabase {
        OnH2() {
            super(Databases.h2InMemory(Pooled.USUAL));
        }
    }

    @Nested
    class OnH2WithoutAutoCommit extends OnDatabase {
        OnH2WithoutAutoCommit() {
            super(Databases.h2InMemory(new Pooled(false, "", 8)));
        }
    }

    @Nested
    class OnPostgres extends OnDatabase {
        OnPostgres() {
            super(Databases.postgres(Pooled.USUAL));
        }
    }

    @Nested
    class OnPostgresWithoutAutoCommit extends OnDatabase {
        OnPostgresWithoutAutoCommit() {
            super(Databases.postgres(new Pooled(false, "TRANSACTION_SERIALIZABLE", 8)));
        }
    }
}
