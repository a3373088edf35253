package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Eight librarians on threads of their own want the same ten thousand chats at once, in real time (G1, C2). */
class ContestedClaimsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContestedClaimsTest.class);
    private static final int THREADS = 8;
    private static final int CHATS = 10_000;

    private final AtomicIntegerArray wins = new AtomicIntegerArray(CHATS);
    private final AtomicIntegerArray losses = new AtomicIntegerArray(CHATS);
    private final CountDownLatch answered = new CountDownLatch(THREADS * CHATS);

    @Test
    @Timeout(120)
    void everyContestedChatHasExactlyOneWinnerAndTheOthersAreTold() throws Exception {
        try (Clock clock = Clock.system();
                InMemoryStore store = new InMemoryStore(clock);
                CoopEngine engine = CoopEngine.builder()
                        .clock(clock)
                        .store(store)
                        .directory(directory())
                        .build()) {
            List<OperatorSession> librarians = librarians(engine);
            List<ChatId> chats = chats(engine);

            long began = System.nanoTime();
            contest(librarians, chats);
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            LOG.info("{} claims on {} chats by {} threads in {} ms", THREADS * CHATS, CHATS, THREADS, took.toMillis());
            for (int i = 0; i < CHATS; i++) {
                assertThat(wins.get(i)).as("winners of chat %s", i).isEqualTo(1);
                assertThat(losses.get(i)).as("losers of chat %s", i).isEqualTo(THREADS - 1);
                Chat chat = store.chat(chats.get(i)).orElseThrow();
                assertThat(chat.ownership()).isPresent();
                assertThat(store.log(chat.id(), 0, 10))
                        .filteredOn(entry -> entry.event().kind() == ChatEvent.Kind.CLAIMED)
                        .hasSize(1);
            }
            int load = 0;
            for (OperatorSession librarian : librarians) {
                load += librarian.presence().openChats();
            }
            assertThat(load).as("counters are what the logs add up to").isEqualTo(CHATS);
        }
    }

    private void contest(List<OperatorSession> librarians, List<ChatId> chats) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (OperatorSession librarian : librarians) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (Exception interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                for (int i = 0; i < CHATS; i++) {
                    claim(librarian, chats.get(i), i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answered.await(60, TimeUnit.SECONDS))
                .as("everybody is answered")
                .isTrue();
    }

    private void claim(OperatorSession librarian, ChatId chat, int number) {
        CompletionStage<Void> unused = librarian.claim(chat).thenAccept(outcome -> {
            if (outcome.value().isPresent()) {
                wins.incrementAndGet(number);
            } else if (outcome.refusal().orElseThrow().code() == RefusalCode.ALREADY_CLAIMED) {
                losses.incrementAndGet(number);
            }
            answered.countDown();
        });
    }

    private static List<OperatorSession> librarians(CoopEngine engine) throws Exception {
        List<OperatorSession> librarians = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            OperatorSession librarian = engine.connectOperator(OperatorId.of("librarian-" + i), notice -> {})
                    .orElseThrow();
            librarian.signIn().toCompletableFuture().get().orElseThrow();
            librarian
                    .monitor(Option.department("desk"), true)
                    .toCompletableFuture()
                    .get()
                    .orElseThrow();
            librarians.add(librarian);
        }
        return librarians;
    }

    private static List<ChatId> chats(CoopEngine engine) throws Exception {
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            chats.add(engine.connectPatron(Rig.key("patron " + i), "", notice -> {})
                    .orElseThrow()
                    .startChat(WidgetId.of("ask"), Content.PatronDetails.NONE, null)
                    .toCompletableFuture()
                    .get()
                    .orElseThrow()
                    .chat());
        }
        return chats;
    }

    private static Directory directory() {
        String[] librarians = new String[THREADS];
        for (int i = 0; i < THREADS; i++) {
            librarians[i] = "librarian-" + i;
        }
        DirectoryBuilder builder = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", librarians)
                .department("desk", "springy", "Desk", librarians)
                .widget("ask", "springy", w -> w.route(Option.department("desk")));
        return builder.policy("giveUpAfter", "1h").build();
    }
}
