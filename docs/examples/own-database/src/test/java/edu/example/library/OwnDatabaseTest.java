package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.refusal.Outcome.await;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Principal;

class OwnDatabaseTest {

    private static final Option DESK = Option.department("information");

    private final Directory directory = Directory.builder()
            .institution("city", "City Library", "Europe/Madrid")
            .operators("city", "ines")
            .department("information", "city", "Information", "ines")
            .widget("ask", "city", widget -> widget.route(DESK))
            .build();
    private final Principal.OfPatron patron = Principal.OfPatron.withNewKey();

    @Test
    void aChatIsThereAgainAfterARestart() throws Exception {
        JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:mem:library;DB_CLOSE_DELAY=-1", "sa", "");
        OwnDatabase.migrate(pool);

        try (CoopEngine engine = OwnDatabase.engine(pool, directory)) {
            OperatorSession ines = engine.connectOperator(OperatorId.of("ines"), notice -> {}).orElseThrow();
            ines.signIn();
            ines.monitor(DESK, true);
            PatronSession session = engine.connectPatron(patron, "127.0.0.1", notice -> {}).orElseThrow();
            await(session.startChat(WidgetId.of("ask"), PatronDetails.NONE, "Are you open?")).orElseThrow();
        }

        OwnDatabase.migrate(pool);
        try (CoopEngine engine = OwnDatabase.engine(pool, directory)) {
            PatronSession session = engine.connectPatron(patron, "127.0.0.1", notice -> {}).orElseThrow();
            assertThat(session.conversation(0)).flatExtracting(entry -> entry.text().stream().toList()).contains("Are you open?");
        }
        pool.dispose();
    }
}
