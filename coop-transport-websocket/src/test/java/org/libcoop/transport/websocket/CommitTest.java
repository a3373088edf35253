package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;

/** Acknowledged means committed, once, for one winner (TR2, C2, G5, G6). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CommitTest {

    private static final Map<String, Object> OPENING = Map.of("widget", "databases", "question", "hello");
    private static final int ROUNDS = 30;

    @Test
    void aCommandIsAcknowledgedAfterItsCommitAndNotBefore() throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Rig.Setup slow = new Rig.Setup()
                .store(store -> beforeCommit(store, batch -> {
                    if (says(batch, "HOLD")) {
                        committing.countDown();
                        awaitQuietly(release);
                    }
                }));
        try (Rig rig = slow.start()) {
            TestClient ana = rig.onDuty("ana", "department", "reference");
            TestClient patron = rig.patron();
            patron.done("start", OPENING);
            ana.frame("listed");

            String id = patron.command("say", Map.of("text", "HOLD this"));
            awaitQuietly(committing);
            List<JsonNode> before = patron.rest();
            release.countDown();
            JsonNode after = patron.result(id);

            assertThat(before).noneMatch(frame -> frame.path("id").asText().equals(id));
            assertThat(before).noneMatch(frame -> frame.toString().contains("HOLD"));
            assertThat(after.path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void aFailedCommitOfUnknownOutcomeIsNamedAndResolvedByRepeating() throws Exception {
        boolean[] failed = new boolean[1];
        Rig.Setup failing = new Rig.Setup()
                .store(store -> afterCommit(store, batch -> {
                    if (says(batch, "UNKNOWN") && !failed[0]) {
                        failed[0] = true;
                        throw new StoreException("the connection broke", true);
                    }
                }));
        try (Rig rig = failing.start()) {
            rig.onDuty("ana", "department", "reference");
            TestClient patron = rig.patron();
            patron.done("start", OPENING);

            String id = UUID.randomUUID().toString();
            patron.command(id, "say", Map.of("text", "UNKNOWN fate"));
            JsonNode result = patron.result(id);
            while (result.path("repeat").asText().equals("same-id")) {
                patron.command(id, "say", Map.of("text", "UNKNOWN fate"));
                result = patron.result(id);
            }
            JsonNode conversation = patron.ask("conversation", Map.of()).path("value");

            assertThat(result.path("ok").asBoolean()).isTrue();
            assertThat(conversation.findValuesAsText("text")).containsExactly("hello", "UNKNOWN fate");
        }
    }

    @Test
    void aResentCommandIsDoneOnceOnWhateverConnection() throws Exception {
        try (Rig rig = Rig.start()) {
            rig.onDuty("ana", "department", "reference");
            String key = Rig.newKey();
            TestClient patron = rig.patron(key);
            patron.command("s1", "start", OPENING);
            patron.command("s1", "start", OPENING);
            JsonNode started = patron.result("s1");
            JsonNode startedAgain = patron.result("s1");

            patron.command("m1", "say", Map.of("text", "once"));
            JsonNode first = patron.result("m1");
            TestClient other = rig.patron(key);
            other.command("m1", "say", Map.of("text", "once"));
            JsonNode again = other.result("m1");
            other.command("m1", "say", Map.of("text", "something else"));
            JsonNode reused = other.result("m1");

            assertThat(startedAgain.path("chat")).isEqualTo(started.path("chat"));
            assertThat(again).isEqualTo(first);
            assertThat(reused.path("code").asText()).isEqualTo("command-id-reused");
            assertThat(other.ask("conversation", Map.of()).path("value").findValuesAsText("text"))
                    .containsExactly("hello", "once");
        }
    }

    @Test
    void aPatronsCommandMayNameItsChatAndReachesNoOther() throws Exception {
        try (Rig rig = Rig.start()) {
            rig.onDuty("ana", "department", "reference");
            TestClient patron = rig.patron();
            String first = patron.done("start", OPENING).path("chat").asText();
            patron.command("l1", "leave", Map.of("chat", first));
            JsonNode left = patron.result("l1");
            String second = patron.done("start", OPENING).path("chat").asText();
            patron.command("l1", "leave", Map.of("chat", first));
            JsonNode leftAgain = patron.result("l1");
            JsonNode said = patron.done("say", Map.of("chat", second, "text", "still here"));
            JsonNode tooLate = patron.result(patron.command("say", Map.of("chat", first, "text", "once more")));
            TestClient other = rig.patron();
            JsonNode foreign = other.result(other.command("say", Map.of("chat", second, "text", "let me in")));

            assertThat(left.path("ok").asBoolean()).isTrue();
            assertThat(leftAgain).isEqualTo(left);
            assertThat(said.path("chat").asText()).isEqualTo(second).isNotEqualTo(first);
            assertThat(tooLate.path("code").asText()).isEqualTo("chat-over");
            assertThat(foreign.path("code").asText()).isEqualTo("not-found");
        }
    }

    @Test
    void ofTwoWhoClaimAtOnceOneWins() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (Rig rig = new Rig.Setup()
                .policies(Map.of("addressChatStarts", "1000", "addressChats", "1000", "addressConnections", "1000"))
                .start()) {
            TestClient ana = rig.onDuty("ana", "department", "reference");
            TestClient ben = rig.onDuty("ben", "department", "reference");
            for (int round = 0; round < ROUNDS; round++) {
                String chat = rig.patron().done("start", OPENING).path("chat").asText();
                ana.frame("listed", notice -> isOf(notice, chat));
                ben.frame("listed", notice -> isOf(notice, chat));
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<JsonNode>> claims = new ArrayList<>();
                for (TestClient contender : List.of(ana, ben)) {
                    claims.add(two.submit(() -> {
                        start.await();
                        return contender.result(contender.command("claim", Map.of("chat", chat)));
                    }));
                }

                List<JsonNode> results =
                        List.of(claims.get(0).get(), claims.get(1).get());

                assertThat(results)
                        .filteredOn(result -> result.path("ok").asBoolean())
                        .hasSize(1);
                assertThat(results)
                        .filteredOn(result -> !result.path("ok").asBoolean())
                        .allMatch(result -> result.path("code").asText().equals("already-claimed"));
            }
        } finally {
            two.shutdownNow();
        }
    }

    private static boolean isOf(JsonNode notice, String chat) {
        return notice.path("waiting").path("chat").asText().equals(chat);
    }

    private static boolean says(List<Change> batch, String text) {
        return batch.stream()
                .anyMatch(change -> change instanceof Change.OfChat chat
                        && chat.entries().toString().contains(text));
    }

    private static Store beforeCommit(Store store, Consumer<List<Change>> before) {
        return around(store, before, batch -> {});
    }

    private static Store afterCommit(Store store, Consumer<List<Change>> after) {
        return around(store, batch -> {}, after);
    }

    /** The same store, with something done before or after each commit. */
    @SuppressWarnings("unchecked")
    private static Store around(Store store, Consumer<List<Change>> before, Consumer<List<Change>> after) {
        return (Store) Proxy.newProxyInstance(
                CommitTest.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    boolean commit = method.getName().equals("commit");
                    if (commit) {
                        before.accept((List<Change>) arguments[1]);
                    }
                    try {
                        Object result = method.invoke(store, arguments);
                        if (commit) {
                            after.accept((List<Change>) arguments[1]);
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
