package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Principal;
import org.libcoop.store.jdbc.JdbcStore;

class ClusterTest {

    private final Directory directory = Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operator("ana", "springy", "Ana")
            .department("reference", "springy", "Reference", "ana")
            .institution("hill", "Hill College", "America/New_York")
            .operator("olga", "hill", "Olga")
            .localCoop("academic", "Academic Co-Op")
            .member("springy")
            .member("hill")
            .account("academic", "olga", Level.REGULAR)
            .widget("databases", "springy", widget -> widget.route(
                            Option.department("reference"), Option.coop("academic"))
                    .timedFallback(Duration.ofSeconds(2)))
            .build();

    @Test
    void aStageThatIsDueOpensThoughItsNodeIsGone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                HikariDataSource pool = pool(postgres)) {
            Cluster.migrate(pool);
            JdbcStore firstStore = Cluster.store(pool, postgres.getPostgresDatabase());
            JdbcStore secondStore = Cluster.store(pool, postgres.getPostgresDatabase());
            CoopEngine first = Cluster.node(firstStore, pool, directory);
            CoopEngine second = Cluster.node(secondStore, pool, directory);
            monitors(first, "ana", Option.department("reference"));
            OperatorSession olga = monitors(second, "olga", Option.coop("academic"));

            PatronSession patron = first.connectPatron(
                            Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                    .orElseThrow();
            ChatId chat = Outcome.await(
                            patron.startChat(WidgetId.of("databases"), PatronDetails.NONE, "Is this thing on?"))
                    .orElseThrow()
                    .chat();
            first.close();
            firstStore.close();

            await().until(() -> !olga.waiting().isEmpty());
            assertThat(olga.waiting().get(0).chat()).isEqualTo(chat);
            Outcome.await(olga.claim(chat)).orElseThrow();
            second.close();
            secondStore.close();
        }
    }

    private static OperatorSession monitors(CoopEngine node, String operator, Option option) {
        OperatorSession session =
                node.connectOperator(OperatorId.of(operator), notice -> {}).orElseThrow();
        session.signIn();
        Outcome.await(session.monitor(option, true)).orElseThrow();
        return session;
    }

    private static HikariDataSource pool(EmbeddedPostgres postgres) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(postgres.getPostgresDatabase());
        pool.setMaximumPoolSize(8);
        return pool;
    }
}
