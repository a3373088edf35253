package org.libcoop.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.spi.Store;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.junit.StoreContract;
import org.libcoop.testkit.junit.StoreUnderTest;

/** The contract on a database the store knows, however its connections come out of the pool: one class a database. */
@ParameterizedClass(name = "{0}")
@MethodSource("settings")
abstract class JdbcStoreContract extends StoreContract {

    /** The databases. */
    enum Kind {
        H2_IN_MEMORY,
        H2_FILE,
        POSTGRESQL
    }

    /** A database, its pool, and whether the test moves the store's time or the database has its own. */
    record Setting(Kind kind, Databases.Pooled pooled, boolean ownTime) {
        @Override
        public String toString() {
            return kind + ", " + pooled + (ownTime ? ", time of the database" : "");
        }
    }

    private static final Map<Setting, HikariDataSource> DATABASES = new ConcurrentHashMap<>();

    private final Setting setting;

    JdbcStoreContract(Setting setting) {
        this.setting = setting;
    }

    /** Auto-commit on and off, each with another isolation, and, in memory and over a network, once more with the database's own time. */
    static Stream<Setting> on(Kind kind, boolean... autoCommits) {
        List<Setting> settings = new ArrayList<>();
        for (boolean autoCommit : autoCommits) {
            settings.add(new Setting(kind, new Databases.Pooled(autoCommit, isolation(kind, autoCommit), 10), false));
            if (autoCommit && kind != Kind.H2_FILE) {
                settings.add(new Setting(kind, new Databases.Pooled(true, "", 10), true));
            }
        }
        return settings.stream();
    }

    /** So that each database and each way to commit meets both. */
    private static String isolation(Kind kind, boolean autoCommit) {
        boolean strict = autoCommit != (kind == Kind.H2_IN_MEMORY);
        return strict ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED";
    }

    @AfterAll
    static void closeAll() {
        DATABASES.values().forEach(HikariDataSource::close);
        DATABASES.clear();
    }

    @Override
    protected StoreUnderTest open() {
        HikariDataSource database = DATABASES.computeIfAbsent(setting, JdbcStoreContract::database);
        Databases.empty(database);
        SimulatedClock clock = new SimulatedClock();
        StoreUnderTest store = StoreUnderTest.of(store(database, clock))
                .withSecondHandle(() -> store(database, clock))
                .withReopen(() -> store(database, clock))
                .keepingNul()
                .keepingUnpairedSurrogates();
        return setting.ownTime() ? store : store.withTime(clock::advance);
    }

    private Store store(HikariDataSource database, SimulatedClock clock) {
        JdbcStore.Builder builder = JdbcStore.builder(database).pollEvery(Duration.ofMillis(10));
        return setting.ownTime() ? builder.build() : builder.clock(clock).build();
    }

    private static HikariDataSource database(Setting setting) {
        return switch (setting.kind()) {
            case H2_IN_MEMORY -> Databases.h2InMemory(setting.pooled());
            case H2_FILE -> Databases.h2File(folder(), setting.pooled());
            case POSTGRESQL -> Databases.postgres(setting.pooled());
        };
    }

    private static Path folder() {
        try {
            Path target = Files.createDirectories(Path.of("target"));
            return Files.createTempDirectory(target, "contract");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
