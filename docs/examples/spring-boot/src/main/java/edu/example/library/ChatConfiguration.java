package edu.example.library;

import jakarta.websocket.server.ServerEndpointConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.memory.Tickets;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;
import org.libcoop.transport.websocket.WebSocketTransport;
import org.libcoop.web.CoopWeb;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

/** The chat: an engine on the platform's data source, its WebSocket at /coop, the widget's script below /coop-web. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ChatConfiguration {

    private static final CoopId ACADEMIC = CoopId.of("academic");

    /** The chat's tables have a history of their own beside the platform's. */
    @Bean
    FlywayMigrationStrategy migrations(DataSource pool) {
        return platform -> {
            platform.migrate();
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:" + scripts(pool))
                    .table("coop_migrations")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        };
    }

    private static String scripts(DataSource pool) {
        try {
            return Schema.scripts(pool);
        } catch (SQLException away) {
            throw new IllegalStateException(away);
        }
    }

    @Bean
    Tickets tickets() {
        return new Tickets(Duration.ofMinutes(1));
    }

    @Bean(destroyMethod = "") // the engine closes it
    WebSocketTransport transport(Tickets tickets) {
        return WebSocketTransport.builder(tickets.authenticator()).build();
    }

    @Bean
    @DependsOnDatabaseInitialization
    JdbcStore store(DataSource pool) {
        return JdbcStore.open(pool);
    }

    @Bean
    CoopEngine engine(JdbcStore store, DataSource pool, Staff staff, WebSocketTransport transport) {
        return CoopEngine.builder()
                .store(store)
                .archive(JdbcArchive.open(pool))
                .facts(JdbcFacts.open(pool))
                .directorySource(staff.directory())
                .records(List.of(
                        Coop.global(ACADEMIC, "Academic Co-Op", List.of()),
                        Membership.of(ACADEMIC, InstitutionId.of("springy"), Membership.Kind.CONTRIBUTING),
                        Membership.of(ACADEMIC, InstitutionId.of("hill"), Membership.Kind.CONTRIBUTING),
                        new CoopAccount(ACADEMIC, OperatorId.of("olga"), CoopAccount.Level.REGULAR),
                        Widget.builder("databases", "springy")
                                .route(Option.department("reference"), Option.coop("academic"))
                                .timedFallback(Duration.ofSeconds(2))
                                .build()))
                .transport(transport)
                .build();
    }

    @Bean
    ServletRegistrationBean<CoopWeb> widgets(CoopEngine engine) {
        return new ServletRegistrationBean<>(new CoopWeb(engine, "/coop"), "/coop-web/*");
    }

    @Bean
    ServerEndpointConfig socket(WebSocketTransport transport) {
        return transport.endpointConfig("/coop");
    }

    @Bean
    ServerEndpointExporter endpoints() {
        return new ServerEndpointExporter();
    }
}
