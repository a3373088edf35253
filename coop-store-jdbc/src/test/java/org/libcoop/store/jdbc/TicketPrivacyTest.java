package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Archive;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** What somebody asked by ticket stands in the database only until the ticket system has it, or they are erased (K1, X6, G19). */
class TicketPrivacyTest {

    private static final List<String> WORDS = List.of("canary-question", "canary-name", "canary-email");

    /** A ticket system that keeps nothing, and may be away. */
    private static final class Desk implements TicketDesk {
        private boolean away = true;
        private int forgotten;

        @Override
        public String create(TicketOrder order) {
            if (away) {
                throw new IllegalStateException("away");
            }
            return "T-1";
        }

        @Override
        public void forget(TicketId ticket) {
            if (away) {
                throw new IllegalStateException("away");
            }
            forgotten++;
        }
    }

    private final SimulatedClock clock = new SimulatedClock();
    private final Desk desk = new Desk();

    @ParameterizedTest
    @EnumSource
    void whatWasAskedIsGoneOnceTheDeskHasItOrThePatronIsErased(Dialect dialect) {
        try (HikariDataSource database = Databases.of(dialect, Databases.Pooled.USUAL);
                TicketOutbox outbox = JdbcTicketOutbox.open(database);
                Archive archive = JdbcArchive.open(database);
                CoopEngine engine = CoopEngine.builder()
                        .clock(clock)
                        .archive(archive)
                        .ticketOutbox(outbox)
                        .ticketDesk(desk)
                        .ids(new CountingIds())
                        .executor(clock.executor())
                        .directory(Directory.builder()
                                .institution("springy", "Springy University")
                                .operators("springy", "ana")
                                .admins("ana")
                                .department("reference", "springy", "Reference", "ana")
                                .widget("home", "springy", w -> w.route(Option.department("reference")))
                                .build())
                        .build()) {
            TicketId first = asked(engine, "first");
            assertThat(CanaryScan.find(database, WORDS)).hasSize(WORDS.size());

            desk.away = false;
            clock.advance(Duration.ofMinutes(1));

            assertThat(outbox.ticket(first).orElseThrow().reference()).isEqualTo("T-1");
            assertThat(CanaryScan.find(database, WORDS)).isEmpty();

            desk.away = true;
            asked(engine, "second");
            clock.advance(Duration.ofMinutes(1));
            assertThat(CanaryScan.find(database, WORDS)).hasSize(WORDS.size());

            done(engine.transcripts(OperatorId.of("ana")).erasePatron("Canary-Email@example.org"));

            assertThat(CanaryScan.find(database, WORDS)).isEmpty();
            assertThat(outbox.backlog().forgetting()).isEqualTo(2);
            desk.away = false;
            clock.advance(Duration.ofMinutes(11));
            assertThat(desk.forgotten).isEqualTo(2);
            assertThat(outbox.ticket(first).orElseThrow().state()).isEqualTo(StoredTicket.State.FORGOTTEN);
        }
    }

    private static TicketId asked(CoopEngine engine, String id) {
        TicketContent content = new TicketContent("Canary-Question", "Canary-Name", "canary-email@example.org", true);
        return engine.leaveQuestion(WidgetId.of("home"), content, "", id).orElseThrow();
    }

    private static <T> T done(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture().join().orElseThrow();
    }
}
