package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fifty thousand chats, or as many as {@code -Dwaiting.chats} says, wait at once on one engine in real time, and every one's next
 * stage opens. How late the co-op's librarian is told, and what a waiting chat weighs, is printed and written to {@code
 * target/many-waiting-chats.txt}: people judge it, the test asserts only that nothing is lost and nothing comes early.
 */
class ManyWaitingChatsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyWaitingChatsTest.class);
    private static final int CHATS = Integer.getInteger("waiting.chats", 50_000);
    /** Longer than the loading takes on a slow machine, so that the stages come due while nothing else happens. */
    private static final int FALLBACK_SECONDS = 20;

    /** Milliseconds after the due instant at which the librarian was told, by order of telling. */
    private final int[] lateness = new int[CHATS];

    private final Set<ChatId> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(CHATS);

    @Test
    @Timeout(840)
    void everyStageOfManyWaitingChatsOpens() throws Exception {
        try (Clock clock = Clock.system();
                InMemoryStore store = new InMemoryStore(clock);
                CoopEngine engine = CoopEngine.builder()
                        .clock(clock)
                        .store(store)
                        .directory(directory())
                        .build()) {
            signIn(engine, "ana", Option.department("desk"), notice -> {});
            signIn(engine, "olga", Option.coop("academic"), notice -> listed(notice, clock));
            long emptyBytes = heap();

            Instant begun = clock.now();
            load(engine);
            Duration loading = Duration.between(begun, clock.now());
            long fullBytes = heap();
            int toldWhileLoading = told.get();
            assertThat(all.await(400, TimeUnit.SECONDS))
                    .as(() -> "every stage opened; " + untold(engine, store))
                    .isTrue();

            assertThat(told.get()).isEqualTo(CHATS);
            Arrays.sort(lateness);
            report(loading, toldWhileLoading, (fullBytes - emptyBytes) / CHATS, storeAlone(store), engine);
            assertThat(lateness[0]).as("nobody is told before the instant").isNotNegative();
            assertThat(engine.health().liveChats()).isEqualTo(CHATS);
        }
    }

    /** What has become of the chats of which the librarian was not told. */
    private String untold(CoopEngine engine, InMemoryStore store) {
        List<String> some = new ArrayList<>();
        int untold = 0;
        for (List<Chat> page = store.live(null);
                !page.isEmpty();
                page = store.live(page.get(page.size() - 1).id())) {
            for (Chat chat : page) {
                if (!seen.contains(chat.id())) {
                    untold++;
                    if (some.size() < 5) {
                        some.add(chat + ": "
                                + engine.explain(chat.id()).orElseThrow().text(Instant::toString));
                    }
                }
            }
        }
        return "%d told, %d live and untold, %s; %s".formatted(told.get(), untold, some, engine.health());
    }

    private void listed(Notice notice, Clock clock) {
        if (notice instanceof Notice.Listed listed
                && listed.chat().open().contains(Stage.of(Option.coop("academic")))
                // A chat may be told again with what is true then; the first time counts.
                && seen.add(listed.chat().chat())) {
            int order = told.getAndIncrement();
            Instant due = listed.chat().startedAt().plusSeconds(FALLBACK_SECONDS);
            lateness[order] = (int) Duration.between(due, clock.now()).toMillis();
            all.countDown();
        }
    }

    private static void load(CoopEngine engine) throws Exception {
        CountDownLatch started = new CountDownLatch(CHATS);
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < CHATS; i++) {
            CompletionStage<Void> unused = engine.connectPatron(Rig.key("patron " + i), "", notice -> {})
                    .orElseThrow()
                    .startChat(WidgetId.of("ask"), Content.PatronDetails.NONE, null)
                    .thenAccept(outcome -> {
                        refused.addAndGet(outcome.refusal().isPresent() ? 1 : 0);
                        started.countDown();
                    });
        }
        assertThat(started.await(400, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.get()).isZero();
    }

    /** What the store alone needs for a chat: the same heads and logs in a store of their own. */
    private static long storeAlone(Store full) {
        try (InMemoryStore copy = new InMemoryStore(Clock.system())) {
            copy.join(new NodeId("copy"), Duration.ofMinutes(5));
            long before = heap();
            int copied = 0;
            for (List<Chat> page = full.live(null);
                    !page.isEmpty();
                    page = full.live(page.get(page.size() - 1).id())) {
                for (Chat chat : page) {
                    copy.commit(
                            new NodeId("copy"),
                            List.of(new Change.OfChat(
                                    chat,
                                    0,
                                    full.now(),
                                    full.log(chat.id(), 0, 100),
                                    null,
                                    null,
                                    null,
                                    null,
                                    Set.of(),
                                    Set.of())));
                    copied++;
                }
            }
            return (heap() - before) / Math.max(1, copied);
        }
    }

    private void report(Duration loading, int early, long bytesPerChat, long storeBytesPerChat, CoopEngine engine)
            throws IOException {
        String text = "%d waiting chats loaded in %d ms (%d stages opened meanwhile)%n"
                        .formatted(CHATS, loading.toMillis(), early)
                + "told after the due instant: p50 %d ms, p99 %d ms, max %d ms; the engine's own worst lateness %d ms%n"
                        .formatted(
                                lateness[CHATS / 2],
                                lateness[CHATS * 99 / 100],
                                lateness[CHATS - 1],
                                engine.health().worstLateness().toMillis())
                + "heap for a waiting chat: %d bytes in all (engine, store, one connection of its patron)%n"
                        .formatted(bytesPerChat)
                + "of which a store of its own needs at least %d bytes beside the head and log it shares%n"
                        .formatted(storeBytesPerChat);
        LOG.info("{}", text);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "many-waiting-chats.txt"), text);
    }

    private static void signIn(CoopEngine engine, String operator, Option option, Peer peer) throws Exception {
        OperatorSession session =
                engine.connectOperator(OperatorId.of(operator), peer).orElseThrow();
        session.signIn().toCompletableFuture().get().orElseThrow();
        session.monitor(option, true).toCompletableFuture().get().orElseThrow();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("desk", "springy", "Desk", "ana")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .localCoop("academic", "Academic Co-Op")
                .member("springy")
                .member("hill")
                .account("academic", "olga", Level.REGULAR)
                .widget(
                        "ask",
                        "springy",
                        w -> w.route(Option.department("desk"), Option.coop("academic"))
                                .timedFallback(Duration.ofSeconds(FALLBACK_SECONDS)))
                .policy("unansweredAfter", "1h")
                .policy("giveUpAfter", "2h")
                .build();
    }
}
