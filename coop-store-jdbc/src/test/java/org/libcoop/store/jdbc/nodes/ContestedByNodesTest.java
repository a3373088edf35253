package org.libcoop.store.jdbc.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Store;
import org.libcoop.testkit.history.ClaimHistory;
import org.libcoop.testkit.history.ClaimOperation;
import org.libcoop.testkit.history.ClaimOutcome;
import org.libcoop.testkit.history.ClaimReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Librarians at three nodes on one PostgreSQL all claim the same chats; {@code -Dnodes.contested=N} says how many chats (G1, C2). */
class ContestedByNodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContestedByNodesTest.class);
    private static final int CHATS = Integer.getInteger("nodes.contested", 1_200);
    private static final int AT_ONCE = 400;
    private static final int EACH = Integer.getInteger("nodes.contenders", 3);

    /** An owner who is lost would be followed by another, rightly. */
    private static final List<String> NOBODY_IS_LOST = List.of("ownerGrace", "1h", "giveUpAfter", "2h");

    @TempDir
    private Path folder;

    @Test
    void everyContestedChatHasExactlyOneWinnerWhateverNodesTheContendersSitAt() throws Exception {
        try (Deployment deployment = Deployment.in(folder, NOBODY_IS_LOST)) {
            List<NodeProcess> nodes = new ArrayList<>();
            for (int i = 0; i < Site.NODES; i++) {
                nodes.add(deployment.start());
            }
            for (int node = 0; node < nodes.size(); node++) {
                nodes.get(node).awaitReady();
                for (int librarian = 1; librarian <= EACH; librarian++) {
                    assertThat(nodes.get(node)
                                    .does("seat", "operator", Site.librarian(node + 1, librarian))
                                    .done())
                            .isTrue();
                }
            }

            long began = System.nanoTime();
            List<String> chats = new ArrayList<>();
            for (int wave = 0; chats.size() < CHATS; wave++) {
                List<String> started = starts(nodes, wave, Math.min(AT_ONCE, CHATS - chats.size()));
                contest(nodes, started, wave);
                chats.addAll(started);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            ClaimHistory history = ClaimHistory.read(deployment.claims());
            ClaimReport report = history.check();
            LOG.warn(
                    "{} chats, {} claims from {} nodes in {} s: {} won, {} chats without a winner, {} not explained",
                    report.chats(),
                    report.operations(),
                    Site.NODES,
                    took.toSeconds(),
                    report.won(),
                    report.unclaimed(),
                    report.violations().size());
            assertThat(report.violations()).isEmpty();
            assertThat(report.chats()).isEqualTo(CHATS);
            assertThat(report.won()).isEqualTo(CHATS);
            assertThat(report.operations()).isEqualTo(CHATS * Site.NODES * EACH);
            theStoreSaysTheSame(deployment.store(), history);
        }
    }

    private static List<String> starts(List<NodeProcess> nodes, int wave, int count) {
        List<CompletableFuture<Answer>> starting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String patron = "the secret key of patron " + i + " of wave " + wave;
            starting.add(nodes.get(i % nodes.size())
                    .askPatiently("start", "patron", patron, "widget", Site.ASK.value(), "command", "start"));
        }
        return starting.stream().map(start -> start.join().doneOn()).toList();
    }

    private static void contest(List<NodeProcess> nodes, List<String> chats, int wave) {
        List<CompletableFuture<Answer>> contests = new ArrayList<>();
        nodes.forEach(node -> contests.add(node.ask("contest", "chats", chats, "seed", wave)));
        contests.forEach(contest -> assertThat(contest.join().done()).isTrue());
    }

    /** Whoever was told to have won is the owner, by the one claim in the chat's log. */
    private static void theStoreSaysTheSame(Store store, ClaimHistory history) {
        for (ClaimOperation claim : history.operations()) {
            if (claim.outcome() instanceof ClaimOutcome.Won) {
                ChatId id = claim.chat();
                Chat chat = store.chat(id).orElseThrow();
                assertThat(chat.ownedBy(claim.operator())).as("owner of %s", id).isTrue();
                assertThat(store.log(id, 0, Store.PAGE))
                        .as("log of %s", id)
                        .filteredOn(entry -> entry.event() instanceof ChatEvent.ChatClaimed)
                        .hasSize(1);
            }
        }
    }
}
