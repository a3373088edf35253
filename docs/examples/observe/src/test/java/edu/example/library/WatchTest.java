package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.refusal.Outcome.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Happening.Kind;
import org.libcoop.spi.Principal;

class WatchTest {

    private static final Option DESK = Option.department("information");

    private final Directory directory = Directory.builder()
            .institution("city", "City Library", "Europe/Madrid")
            .operators("city", "ines")
            .department("information", "city", "Information", "ines")
            .widget("ask", "city", widget -> widget.route(DESK))
            .build();

    @Test
    void aChatIsCountedAndTheStateKnown() {
        List<String> alarms = new CopyOnWriteArrayList<>();
        Watch watch = new Watch(alarms::add);
        try (CoopEngine engine =
                CoopEngine.builder().directory(directory).listener(watch).build()) {
            OperatorSession ines = engine.connectOperator(OperatorId.of("ines"), notice -> {}).orElseThrow();
            ines.signIn();
            ines.monitor(DESK, true);
            PatronSession patron = engine.connectPatron(
                            Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                    .orElseThrow();
            ChatId chat = await(patron.startChat(WidgetId.of("ask"), PatronDetails.NONE, null))
                    .orElseThrow()
                    .chat();
            ines.claim(chat);
            await(ines.end(chat, Disposition.ANSWERED)).orElseThrow();

            assertThat(Watch.isReady(engine)).isTrue();
            assertThat(watch.count(Kind.CHAT_STARTED)).isOne();
            assertThat(watch.count(Kind.CHAT_CLAIMED)).isOne();
            assertThat(watch.count(Kind.CHAT_OVER)).isOne();
            assertThat(alarms).containsExactly("FENCED -> UP");
        }
    }
}
