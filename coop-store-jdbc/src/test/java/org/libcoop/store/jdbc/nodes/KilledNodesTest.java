package org.libcoop.store.jdbc.nodes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.nodes.Ledger.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes are killed, at random and at named points, while people talk through them: what was acknowledged is there afterwards, once,
 * and no deadline of a dead node's chats was forgotten (G5, G10, T3). {@code -Dnodes.kills=N} says how many kills.
 */
class KilledNodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledNodesTest.class);
    private static final int KILLS = Integer.getInteger("nodes.kills", 3);
    private static final int CLIENTS = 6;
    private static final long SEED = Long.getLong("nodes.seed", 1);

    /** T3 allows 2 s; ten times that, so that a busy machine does not fail it. */
    private static final Duration LATEST = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicReferenceArray<NodeProcess> nodes = new AtomicReferenceArray<>(Site.NODES);
    private final Ledger ledger = new Ledger();
    private final List<String> unclaimed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<CrashPoints.Point, Integer> crashes = new EnumMap<>(CrashPoints.Point.class);
    private final Random random = new Random(SEED);

    @Test
    void whatWasAcknowledgedOutlivesItsNodeAndWhatIsDueIsDoneByAnother() throws InterruptedException {
        try (Deployment deployment = Deployment.in(folder, Site.SHORT_LEASE)) {
            for (int i = 0; i < Site.NODES; i++) {
                nodes.set(i, deployment.start());
            }
            for (int i = 0; i < Site.NODES; i++) {
                nodes.get(i).awaitReady();
            }
            List<Thread> clients = clients();
            int atRandom = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                atRandom += kills(deployment, random.nextInt(Site.NODES), kill) ? 1 : 0;
            }
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }

            await("nothing is left undone")
                    .atMost(60, SECONDS)
                    .until(() -> deployment
                            .store()
                            .due(deployment.store().now().minus(LATEST), 10)
                            .isEmpty());
            // The last ones to wait may have begun less than their two seconds ago.
            await("the second stage of every waiting chat")
                    .atMost(60, SECONDS)
                    .untilAsserted(
                            () -> assertThat(lateness(deployment.store())).hasSameSizeAs(unclaimed));
            List<String> wrong = ledger.check(chat -> log(deployment.store(), chat));
            List<Duration> lateness = lateness(deployment.store());
            LOG.info(
                    "{} kills ({} at random, {}): {} acknowledged, {} unknown, {} refused, in {} chats; {} wrong;"
                            + " {} deadlines of {} waiting chats, lateness p50 {} ms, worst {} ms",
                    KILLS,
                    atRandom,
                    crashes,
                    ledger.count(Fate.ACKNOWLEDGED),
                    ledger.count(Fate.UNKNOWN),
                    ledger.count(Fate.REFUSED),
                    ledger.chats().size(),
                    wrong.size(),
                    lateness.size(),
                    unclaimed.size(),
                    lateness.get(lateness.size() / 2).toMillis(),
                    lateness.get(lateness.size() - 1).toMillis());
            assertThat(wrong).isEmpty();
            assertThat(ledger.count(Fate.ACKNOWLEDGED)).isGreaterThan(KILLS);
            assertThat(lateness).allMatch(late -> late.compareTo(LATEST) < 0);
        }
    }

    private List<Thread> clients() {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String librarian = Site.librarian(i % Site.NODES + 1, i / Site.NODES + 1);
            Random its = new Random(SEED * 1_000 + i);
            Thread thread = new Thread(new Client(nodes, ledger, () -> !over.get(), librarian, its), librarian);
            clients.add(thread);
            thread.start();
        }
        return clients;
    }

    /** Kills a node and starts another in its place; true if it was killed at no particular point. */
    private boolean kills(Deployment deployment, int which, int kill) {
        NodeProcess node = nodes.get(which);
        waits(200 + random.nextInt(600));
        for (int i = 0; i < 3; i++) {
            // Nobody claims these: their co-op's stage is due when the node may be dead.
            String patron = "the secret key of waiting patron " + i + " of kill " + kill;
            String widget = Site.DESK_THEN_COOP.value();
            await("the node knows of somebody at the desk").atMost(60, SECONDS).until(() -> {
                Answer started = node.does("start", "patron", patron, "widget", widget, "command", "start");
                return started.done() && unclaimed.add(started.doneOn());
            });
        }
        boolean atRandom = kill % 2 == 0;
        if (atRandom) {
            waits(random.nextInt(300));
            node.kill();
        } else {
            CrashPoints.Point[] points = CrashPoints.Point.values();
            CrashPoints.Point point = points[kill / 2 % points.length];
            node.ask(
                            "crash",
                            "at",
                            point.name(),
                            "after",
                            1 + random.nextInt(point == CrashPoints.Point.BEFORE_COMMIT ? 3 : 10))
                    .join();
            if (point == CrashPoints.Point.BEFORE_COMMIT) {
                // Conversations are single statements; who signs in is a transaction.
                for (int i = Site.LIBRARIANS; i > Site.LIBRARIANS - 4; i--) {
                    CompletableFuture<Answer> unused = node.ask("seat", "operator", Site.librarian(which + 1, i));
                }
            }
            if (node.endsWithin(Duration.ofSeconds(10))) {
                crashes.merge(point, 1, Integer::sum);
            } else {
                atRandom = true;
                node.kill();
            }
        }
        nodes.set(which, deployment.start().awaitReady());
        return atRandom;
    }

    /** How late each waiting chat's second stage opened, in order. */
    private List<Duration> lateness(Store store) {
        List<Duration> lateness = new ArrayList<>();
        for (String chat : unclaimed) {
            for (Logged entry : store.log(ChatId.of(chat), 0, Store.PAGE)) {
                if (entry.event() instanceof ChatEvent.StageOpened opened
                        && opened.stage().option().equals(Site.COOP)) {
                    lateness.add(Duration.between(entry.at(), opened.handled()));
                }
            }
        }
        Collections.sort(lateness);
        return lateness;
    }

    private static @Nullable List<Logged> log(JdbcStore store, String chat) {
        ChatId id = ChatId.of(chat);
        return store.chat(id).isEmpty() ? null : store.log(id, 0, Store.PAGE);
    }

    private static void waits(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
