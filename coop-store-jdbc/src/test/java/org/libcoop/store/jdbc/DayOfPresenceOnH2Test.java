package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.MonitoringInterval.Ended;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** Two engines with store and archive on one H2, on simulated time: sign-offs and intervals of a day (P5, P7). */
class DayOfPresenceOnH2Test {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("ben");
    private static final Option DESK = Option.department("reference");

    private final SimulatedClock clock = new SimulatedClock();
    private final Instant start = clock.now();
    private HikariDataSource database;
    private JdbcArchive archive;
    private CoopEngine one;
    private CoopEngine two;

    @BeforeEach
    void start() {
        database = Databases.h2InMemory(Databases.Pooled.USUAL);
        archive = JdbcArchive.open(database);
        one = engine("one");
        two = engine("two");
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
        database.close();
    }

    private CoopEngine engine(String name) {
        Directory directory = Directory.builder()
                .institution("springy", "Springy")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana", "ben")
                .add(SignOffRule.of(DepartmentId.of("reference"), "MON 18:00"))
                .policy("idleLimit", "4h")
                .build();
        return CoopEngine.builder()
                .clock(clock)
                .store(JdbcStore.builder(database)
                        .pollEvery(Duration.ZERO)
                        .clock(clock)
                        .build())
                .archive(archive)
                .ids(new CountingIds(name))
                .executor(clock.executor())
                .sweepEvery(Duration.ofSeconds(10))
                .directory(directory)
                .build();
    }

    private static <T> T done(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture().join().orElseThrow();
    }

    private OperatorSession onDesk(CoopEngine engine, OperatorId operator) {
        OperatorSession session = engine.connectOperator(operator, notice -> {}).orElseThrow();
        done(session.signIn());
        done(session.monitor(DESK, true));
        return session;
    }

    @Test
    void whoIsSignedOutWhenByWhatAndWhoMonitoredIsKeptOnce() {
        onDesk(one, ANA);
        OperatorSession ben = onDesk(two, BEN);
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofHours(1));
            ben.active();
        }

        clock.advance(Duration.ofHours(8));

        Instant idle = start.plus(Duration.ofHours(4));
        Instant closing = start.plus(Duration.ofHours(6));
        assertThat(signedOut(ANA))
                .extracting(OperatorPresence::changedAt, OperatorPresence::signOff)
                .containsExactly(tuple(idle, SignOff.idle()));
        assertThat(signedOut(BEN))
                .extracting(OperatorPresence::changedAt, OperatorPresence::signOff)
                .containsExactly(tuple(closing, SignOff.rule(DepartmentId.of("reference"))));
        assertThat(archive.intervals(
                                IntervalQuery.on(List.of(Stage.of(DESK)), start, start.plus(Duration.ofDays(1))),
                                null,
                                200)
                        .intervals())
                .containsExactlyInAnyOrder(
                        new MonitoringInterval(ANA, Stage.of(DESK), start, idle, Ended.SIGNED_OUT, null),
                        new MonitoringInterval(BEN, Stage.of(DESK), start, closing, Ended.SIGNED_OUT, null));
    }

    private List<OperatorPresence> signedOut(OperatorId operator) {
        try (JdbcStore store = JdbcStore.builder(database)
                .pollEvery(Duration.ZERO)
                .clock(clock)
                .build()) {
            return store.presence(operator, 0).stream()
                    .filter(row -> row.signOff() != null)
                    .toList();
        }
    }
}
