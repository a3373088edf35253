package org.libcoop.store.jdbc.nodes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Stage;
import org.libcoop.store.jdbc.nodes.NodeProcess.Heard;

/** One chat over three nodes, the first of which is killed on the way (T3). */
class HandOverTest {

    private static final String PATRON = "the secret key of stewart the patron";

    @TempDir
    private Path folder;

    @Test
    void aChatStartedOnOneNodeIsClaimedOnAnotherAndAnsweredToAPatronOnAThirdWhileTheFirstIsKilled() {
        try (Deployment deployment = Deployment.in(folder, Site.SHORT_LEASE)) {
            NodeProcess first = deployment.start();
            NodeProcess second = deployment.start();
            NodeProcess third = deployment.start();
            second.awaitReady().does("seat", "operator", "olga");
            // With somebody at the desk all the time, the co-op's turn comes by time alone.
            second.does("seat", "operator", "n2-1");
            first.awaitReady();
            await().atMost(20, SECONDS)
                    .until(() -> first.does(
                                    "start",
                                    "patron",
                                    PATRON,
                                    "widget",
                                    Site.DESK_THEN_COOP.value(),
                                    "command",
                                    "start")
                            .done());
            Answer again =
                    first.does("start", "patron", PATRON, "widget", Site.DESK_THEN_COOP.value(), "command", "start");
            String chat = again.doneOn();

            first.kill();
            third.awaitReady().does("connect", "patron", PATRON);
            await("the co-op's stage opens though the node that had the timer is dead")
                    .atMost(30, SECONDS)
                    .until(() -> second.does("claim", "operator", "olga", "chat", chat, "command", "claim")
                            .done());
            second.does("reply", "operator", "olga", "chat", chat, "text", "Here I am.", "command", "reply");

            await("the patron on the third node hears the librarian on the second")
                    .atMost(20, SECONDS)
                    .until(() -> third.heard().contains(new Heard(PATRON, chat, "Here I am.")));
            assertThat(third.does("ask", "patron", PATRON, "text", "Thank you!", "command", "thanks")
                            .doneOn())
                    .isEqualTo(chat);
            await("and the other way round")
                    .atMost(20, SECONDS)
                    .until(() -> second.heard().contains(new Heard("olga", chat, "Thank you!")));
            theStageOpenedWhenItWasDue(deployment, ChatId.of(chat));
        }
    }

    private static void theStageOpenedWhenItWasDue(Deployment deployment, ChatId id) {
        Chat chat = deployment.store().chat(id).orElseThrow();
        Logged opened = deployment.store().log(id, 0, 200).stream()
                .filter(entry -> entry.event() instanceof ChatEvent.StageOpened stage
                        && stage.stage().equals(Stage.of(Site.COOP)))
                .findFirst()
                .orElseThrow();
        assertThat(opened.at()).isEqualTo(chat.startedAt().plusSeconds(2));
    }
}
