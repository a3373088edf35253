package org.libcoop.store.jdbc.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
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

    /** Librarians at each node; together more than the eight contenders that are asked for. */
    private static final int EACH = 3;

    /** An owner who is lost would be followed by another, rightly. */
    private static final List<String> NOBODY_IS_LOST = List.of("ownerGrace", "1h", "giveUpAfter", "2h");

    @TempDir
    private Path folder;

    private int claims;

    @Test
    void everyContestedChatHasExactlyOneWinnerWhateverNodesTheContendersSitAt() throws IOException {
        try (Deployment deployment = Deployment.in(folder, NOBODY_IS_LOST)) {
            List<NodeProcess> nodes = nodes(deployment);

            long began = System.nanoTime();
            int chats = 0;
            for (int wave = 0; chats < CHATS; wave++) {
                List<String> started = starts(nodes, wave, Math.min(AT_ONCE, CHATS - chats));
                check(deployment.store(), started.size(), contest(nodes, started, wave));
                chats += started.size();
            }

            LOG.info(
                    "{} chats, {} claims from {} nodes in {} s: one winner each, and one order explains what everybody was told",
                    chats,
                    claims,
                    Site.NODES,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds());
        }
    }

    private static List<NodeProcess> nodes(Deployment deployment) {
        List<NodeProcess> nodes = new ArrayList<>();
        for (int i = 0; i < Site.NODES; i++) {
            nodes.add(deployment.start());
        }
        for (int node = 0; node < nodes.size(); node++) {
            nodes.get(node).awaitReady();
            for (int librarian = 1; librarian <= EACH; librarian++) {
                Answer seated = nodes.get(node).does("seat", "operator", Site.librarian(node + 1, librarian));
                assertThat(seated.done()).isTrue();
            }
        }
        return nodes;
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

    /** Everybody claims every chat; the history of all nodes. */
    private ClaimHistory contest(List<NodeProcess> nodes, List<String> chats, int wave) throws IOException {
        List<Path> files = new ArrayList<>();
        List<CompletableFuture<Answer>> contests = new ArrayList<>();
        for (NodeProcess node : nodes) {
            Path file = folder.resolve("claims-" + files.size() + ".jsonl");
            files.add(file);
            contests.add(node.ask("contest", "chats", chats, "seed", wave, "claims", file.toString()));
        }
        contests.forEach(contest -> assertThat(contest.join().done()).isTrue());
        ClaimHistory history = ClaimHistory.read(files);
        for (Path file : files) {
            Files.delete(file);
        }
        return history;
    }

    private void check(Store store, int chats, ClaimHistory history) {
        ClaimReport report = history.check();
        assertThat(report.violations()).isEmpty();
        assertThat(report.chats()).isEqualTo(chats);
        assertThat(report.won()).isEqualTo(chats);
        assertThat(report.operations()).isGreaterThanOrEqualTo(chats * Site.NODES * EACH);
        claims += report.operations();
        for (ClaimOperation claim : history.operations()) {
            if (claim.outcome() instanceof ClaimOutcome.Won) {
                List<Logged> log = store.log(claim.chat(), 0, Store.PAGE);
                assertThat(owners(log)).as("owners of %s", claim.chat()).containsExactly(claim.operator());
            }
        }
    }

    private static List<OperatorId> owners(List<Logged> log) {
        return log.stream()
                .filter(entry -> entry.event() instanceof ChatEvent.ChatClaimed)
                .map(entry -> ((ChatEvent.ChatClaimed) entry.event()).owner())
                .toList();
    }
}
