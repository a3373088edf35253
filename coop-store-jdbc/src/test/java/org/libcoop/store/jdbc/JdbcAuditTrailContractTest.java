package org.libcoop.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.libcoop.spi.AuditTrail;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.junit.AuditTrailContract;

/** The contract of audit trails on both databases, whatever state connections come in. */
class JdbcAuditTrailContractTest {

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnDatabase extends AuditTrailContract {

        private final HikariDataSource database;

        OnDatabase(HikariDataSource database) {
            this.database = database;
        }

        @Override
        protected AuditTrail open() {
            Databases.empty(database);
            return JdbcAuditTrail.open(database);
        }

        @Override
        protected AuditTrail another(AuditTrail opened) {
            return JdbcAuditTrail.open(database);
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
