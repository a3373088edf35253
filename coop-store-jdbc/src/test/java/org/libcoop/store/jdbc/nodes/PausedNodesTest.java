package org.libcoop.store.jdbc.nodes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node is stopped past its lease in the middle of its work, another takes over, the first goes on: it changes nothing of what is
 * no longer its own (G8). {@code -Dnodes.pauses=N} says how many times.
 */
class PausedNodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(PausedNodesTest.class);
    private static final int PAUSES = Integer.getInteger("nodes.pauses", 2);
    private static final String STOPPED = Site.librarian(1, 1);
    private static final String OTHER = Site.librarian(2, 1);
    private static final int SAID = 40;

    /** An owner without a sign of life for two seconds is lost. */
    private static final List<String> SOON_LOST =
            List.of("lease", "2s", "renewEvery", "500ms", "ownerGrace", "2s", "patronGrace", "1h", "giveUpAfter", "2h");

    @TempDir
    private Path folder;

    private final Random random = new Random(Long.getLong("nodes.seed", 1));

    @Test
    void aNodeStoppedPastItsLeaseAndResumedChangesNothingThatIsNoLongerItsOwn() throws SQLException {
        try (Deployment deployment = Deployment.in(folder, SOON_LOST)) {
            NodeProcess stopped = deployment.start();
            NodeProcess other = deployment.start();
            stopped.awaitReady();
            other.awaitReady().does("seat", "operator", OTHER);
            int late = 0;
            for (int pause = 0; pause < PAUSES; pause++) {
                late += cycle(deployment, stopped, other, pause);
            }

            LOG.info("{} pauses: {} messages were answered after the pause, 0 of them stale", PAUSES, late);
            assertThat(late).as("messages asked of a stopped node").isGreaterThan(PAUSES);
            assertThat(writtenWithoutALease(deployment.pool())).isZero();
        }
    }

    /** Returns how many messages were answered only after the pause. */
    private int cycle(Deployment deployment, NodeProcess stopped, NodeProcess other, int pause) {
        String patron = "the secret key of the patron of pause " + pause;
        stopped.does("seat", "operator", STOPPED);
        String chat = other.does("start", "patron", patron, "widget", Site.ASK.value(), "command", "start")
                .doneOn();
        await("the node that will be stopped knows of its librarian and the chat")
                .atMost(30, SECONDS)
                .until(() -> stopped.does("claim", "operator", STOPPED, "chat", chat, "command", "claim")
                        .done());

        Map<String, CompletableFuture<Answer>> said = new LinkedHashMap<>();
        int stopsAt = random.nextInt(SAID / 2);
        for (int i = 0; i < SAID; i++) {
            String text = "message " + i + " of pause " + pause;
            said.put(text, stopped.ask("reply", "operator", STOPPED, "chat", chat, "text", text, "command", text));
            if (i == stopsAt) {
                stopped.pause();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(3)));
        }
        await("somebody else claims the chat of a librarian who is lost")
                .atMost(60, SECONDS)
                .until(() -> other.does("claim", "operator", OTHER, "chat", chat, "command", "claim")
                        .done());
        other.does("reply", "operator", OTHER, "chat", chat, "text", "taken over", "command", "over");
        long before = said.values().stream().filter(CompletableFuture::isDone).count();
        stopped.goOn();

        List<String> acknowledged = new ArrayList<>();
        said.forEach((text, answer) -> {
            if (answer.orTimeout(1, TimeUnit.MINUTES).join().done()) {
                acknowledged.add(text);
            }
        });
        List<Logged> log = deployment.store().log(ChatId.of(chat), 0, Store.PAGE);
        assertThat(texts(log)).as("what was acknowledged, and nothing else").containsExactlyElementsOf(acknowledged);
        assertThat(afterTheLoss(log)).as("said by an owner who was lost").isEmpty();
        assertThat(deployment.store().chat(ChatId.of(chat)).orElseThrow().ownedBy(OperatorId.of(OTHER)))
                .isTrue();
        other.does("end", "operator", OTHER, "chat", chat, "command", "end");
        return SAID - Math.toIntExact(before);
    }

    private static List<String> texts(List<Logged> log) {
        return log.stream()
                .filter(PausedNodesTest::saidByTheStopped)
                .map(entry -> ((Content.Text) entry.content()).text())
                .toList();
    }

    private static List<Logged> afterTheLoss(List<Logged> log) {
        return log.stream()
                .dropWhile(entry -> !(entry.event() instanceof ChatEvent.OwnerLost))
                .filter(PausedNodesTest::saidByTheStopped)
                .toList();
    }

    private static boolean saidByTheStopped(Logged entry) {
        return entry.event() instanceof ChatEvent.MessageSaid said
                && said.author().equals(Author.operator(OperatorId.of(STOPPED)));
    }

    /** Changes that a life of a node made when its lease was over, by the database's own time. */
    private static int writtenWithoutALease(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from coop_feed f join coop_node n on n.node = f.node"
                                + " where f.at >= n.renewed_at + n.length_millis and n.length_millis > 0")) {
            row.next();
            return row.getInt(1);
        }
    }
}
