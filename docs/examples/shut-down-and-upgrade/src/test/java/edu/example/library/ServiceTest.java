package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libcoop.refusal.Outcome.await;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Principal;
import org.libcoop.store.jdbc.Schema;

class ServiceTest {

    private static final Option DESK = Option.department("information");

    private final Directory directory = Directory.builder()
            .institution("city", "City Library", "Europe/Madrid")
            .operators("city", "ines")
            .department("information", "city", "Information", "ines")
            .widget("ask", "city", widget -> widget.route(DESK))
            .build();

    @Test
    void aWaitingChatIsClaimedAfterTheUpgrade() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:upgrade;DB_CLOSE_DELAY=-1", "sa", "");
        assertThatThrownBy(() -> Service.start(pool, directory))
                .isInstanceOf(Schema.SchemaException.class)
                .hasMessageContaining("run the scripts under coop-schema");
        Service.migrate(pool);

        ChatId chat;
        try (Service old = Service.start(pool, directory)) {
            OperatorSession ines = monitors(old);
            PatronSession patron = old.engine()
                    .connectPatron(Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                    .orElseThrow();
            chat = await(patron.startChat(WidgetId.of("ask"), PatronDetails.NONE, "Are you open?"))
                    .orElseThrow()
                    .chat();
            assertThat(ines.waiting()).hasSize(1);
        }

        Service.migrate(pool);
        try (Service next = Service.start(pool, directory)) {
            await(monitors(next).claim(chat)).orElseThrow();
        }
        pool.dispose();
    }

    private static OperatorSession monitors(Service service) {
        OperatorSession ines =
                service.engine().connectOperator(OperatorId.of("ines"), notice -> {}).orElseThrow();
        ines.signIn();
        await(ines.monitor(DESK, true)).orElseThrow();
        return ines;
    }
}
