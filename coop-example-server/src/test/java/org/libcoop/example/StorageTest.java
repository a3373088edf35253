package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Clock;
import org.libcoop.spi.StoreException;

/** Opening the database, and what keeps the server from doing so. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StorageTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Clock clock = Clock.system();

    @Test
    void tablesOfAnotherVersionAreRefusedAndLeftAlone(@TempDir Path folder) throws Exception {
        DatabaseSetting.H2File setting = new DatabaseSetting.H2File(folder);
        Storage.open(setting, clock).close();
        sql(folder, "update coop_schema set version = 2");

        assertThatThrownBy(() -> Storage.open(setting, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), "version 2", "works with version 1", "--data DIR")
                .hasMessageNotContaining("\n");

        sql(folder, "update coop_schema set version = 1");
        Storage.open(setting, clock).close();
    }

    @Test
    void aDatabaseWithTablesOfSomethingElseIsRefused(@TempDir Path folder) throws Exception {
        sql(folder, "create table of_something_else (id integer)");

        assertThatThrownBy(() -> Storage.open(new DatabaseSetting.H2File(folder), clock))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("do not fit", "name an empty database")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("coop.mv.db"), "no database".repeat(2_000));

        assertThatThrownBy(() -> Storage.open(new DatabaseSetting.H2File(folder), clock))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), "cannot be opened")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> Storage.open(new DatabaseSetting.H2File(file), clock))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "--data DIR");
    }

    @Test
    void aPostgreSqlThatIsNotThereIsRefusedWithoutItsPassword() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + free + "/coop?user=me&password=hidden";

        assertThatThrownBy(() -> Storage.open(new DatabaseSetting.PostgreSql(url), clock))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("PostgreSQL at //127.0.0.1:" + free + "/coop", "refused", "see that it runs")
                .hasMessageNotContainingAny("hidden", "\n");
    }

    @Test
    void aPostgreSqlThatNeverAnswersIsNotWaitedForLongerThanTheAddressSays() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/coop?user=me&socketTimeout=1";

            assertThatThrownBy(() -> Storage.open(new DatabaseSetting.PostgreSql(url), clock))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be used");
        }
    }

    @Test
    void aMalformedAddressIsRefusedWithoutItsPassword() {
        DatabaseSetting setting = new DatabaseSetting.PostgreSql("jdbc:postgresql://db:port/coop?password=hidden");

        assertThatThrownBy(() -> Storage.open(setting, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("malformed")
                .hasNoCause()
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aStatementThatPostgreSqlDoesNotEndIsEndedByTheLimit() throws Exception {
        DatabaseSetting setting = new DatabaseSetting.PostgreSql(Postgres.newDatabase());
        try (Storage storage = Storage.open(setting, clock);
                Connection connection = storage.connection();
                Statement statement = connection.createStatement()) {
            try (var limit = statement.executeQuery("show statement_timeout")) {
                limit.next();

                assertThat(limit.getString(1)).isEqualTo("10s");
            }
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheDatabaseForTheOthers(@TempDir Path folder) throws Exception {
        try (Storage storage = Storage.open(new DatabaseSetting.H2File(folder), clock)) {
            CompletableFuture<Void> interrupted = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 50; n++) {
                    Thread.currentThread().interrupt();
                    joinOrNot(storage, "interrupted-" + n);
                }
                interrupted.complete(null);
            });
            thread.start();
            interrupted.get(30, TimeUnit.SECONDS);

            storage.store().join(new NodeId("other"), LEASE);

            assertThat(storage.store().nodes())
                    .extracting(lease -> lease.node().value())
                    .contains("other");
        }
        try (Storage again = Storage.open(new DatabaseSetting.H2File(folder), clock)) {
            assertThat(again.store().nodes())
                    .extracting(lease -> lease.node().value())
                    .contains("other");
        }
    }

    /** Whoever is interrupted may be refused; it is the others who must not be. */
    private static boolean joinOrNot(Storage storage, String node) {
        try {
            return storage.store().join(new NodeId(node), LEASE) != null;
        } catch (StoreException refused) {
            return false;
        }
    }

    private static void sql(Path folder, String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + folder.resolve("coop"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
