package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.Content;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Health;
import org.libcoop.spi.Principal;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;

/** What the operating guide shows, done. */
class OperatingGuideTest {

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&connectTimeout=5&socketTimeout=15");
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setConnectionInitSql("set statement_timeout = '10s'; set idle_in_transaction_session_timeout = '10s'");
        return new HikariDataSource(config);
    }

    private static void migrate(DataSource pool) throws SQLException {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:" + Schema.scripts(pool))
                .table("coop_migrations")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static boolean isWell(CoopEngine engine) {
        return engine.health().state() == Health.State.UP;
    }

    private static void signOff(CoopEngine engine) {
        engine.admin().save(SignOffRule.of(DepartmentId.of("reference"), "MON-FRI 18:00", "SAT 13:00"));
    }

    private static CoopEngine node(DataSource pool, DataSource ownConnections, Directory directory) {
        JdbcStore store = JdbcStore.builder(pool).wakeUps(ownConnections).build();
        JdbcArchive archive = JdbcArchive.open(pool);
        return CoopEngine.builder()
                .store(store)
                .archive(archive)
                .facts(JdbcFacts.open(pool))
                .directory(directory)
                .build();
    }

    @Test
    void aNodeStartsOnAPoolWithItsTablesBesideTheHostsOwn() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (HikariDataSource pool = pool(url, "postgres", "")) {
                try (var connection = pool.getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create table the_hosts_own (id integer primary key)");
                }
                migrate(pool);
                try (CoopEngine engine = node(pool, postgres.getPostgresDatabase(), directory())) {
                    OperatorSession ana = engine.connectOperator(OperatorId.of("ana"), notice -> {})
                            .orElseThrow();
                    ana.signIn().toCompletableFuture().join().orElseThrow();
                    ana.monitor(Option.department("reference"), true)
                            .toCompletableFuture()
                            .join()
                            .orElseThrow();
                    var started = engine.connectPatron(
                                    new Principal.OfPatron("a key that the patron's client made and keeps"),
                                    "",
                                    notice -> {})
                            .orElseThrow()
                            .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null)
                            .toCompletableFuture()
                            .join()
                            .orElseThrow();

                    assertThat(ana.claim(started.chat())
                                    .toCompletableFuture()
                                    .join()
                                    .value())
                            .isPresent();
                    assertThat(isWell(engine)).isTrue();
                    signOff(engine);
                    await().until(() -> !engine.directory()
                            .signOffRules(OperatorId.of("ana"))
                            .isEmpty());
                }
            }
        }
    }

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .widget("databases", "springy", widget -> widget.route(Option.department("reference")))
                .build();
    }
}
