package org.libcoop.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.junit.TicketOutboxContract;

/** The contract of ticket outboxes on both databases, whatever state connections come in. */
class JdbcTicketOutboxContractTest {

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnDatabase extends TicketOutboxContract {

        private final HikariDataSource database;

        OnDatabase(HikariDataSource database) {
            this.database = database;
        }

        @Override
        protected TicketOutbox open() {
            Databases.empty(database);
            return JdbcTicketOutbox.open(database);
        }

        @Override
        protected TicketOutbox another(TicketOutbox opened) {
            return JdbcTicketOutbox.open(database);
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
