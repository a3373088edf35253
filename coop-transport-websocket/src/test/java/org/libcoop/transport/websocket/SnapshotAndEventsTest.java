package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.testkit.SimulatedClock;

/**
 * A snapshot and the notices since are what a fresh snapshot is (M4, G9): for patrons and operators, after every command there
 * is, after time has passed, and after every cut and return. What is done is drawn: {@code -Dwire.courses} says how many courses, {@code -Dwire.seed} repeats one.
 */
class SnapshotAndEventsTest {

    private static final int COURSES = Integer.getInteger("wire.courses", 3);
    private static final int STEPS = 120;
    private static final Set<String> EVERY_COMMAND = Set.of(
            "sign-in",
            "sign-out",
            "status",
            "monitor",
            "claim",
            "say",
            "note",
            "end",
            "dismiss",
            "hurry",
            "transfer",
            "accept",
            "decline",
            "withdraw",
            "start",
            "leave");
    private static final List<Map<String, String>> OPTIONS =
            List.of(Map.of("kind", "department", "id", "reference"), Map.of("kind", "coop", "id", "academic"));
    private static final List<String> STATUSES = List.of("online", "away", "internal", "finishing", "offline");
    /** A renewal is due each ten seconds. */
    private static final Duration STRIDE = Duration.ofSeconds(5);

    private final Set<String> done = new TreeSet<>();

    /** One drawn course of events. */
    private final class Course implements AutoCloseable {
        private final long seed;
        private final Duration patience;
        private final Random random;
        private final SimulatedClock clock = new SimulatedClock();
        private final Rig rig;
        private final List<Mirror> operators = new ArrayList<>();
        private final List<Mirror> patrons = new ArrayList<>();
        private final List<String> past = new ArrayList<>();

        Course(long seed, String defect, Duration patience) throws Exception {
            this.seed = seed;
            this.patience = patience;
            this.random = new Random(seed);
            this.rig = new Rig.Setup().clock(clock).policies(Rig.NO_LIMITS).start();
            for (String operator : List.of("ana", "ben", "olga", "maya")) {
                operators.add(new Mirror(rig, "operator", Rig.TICKET + operator, defect));
            }
            for (int i = 0; i < 3; i++) {
                patrons.add(new Mirror(rig, "patron", "secret-of-patron-number-" + i + "-".repeat(20), defect));
            }
        }

        void run() {
            operators.forEach(operator -> {
                command(operator, "sign-in", Map.of());
                OPTIONS.forEach(option -> monitor(operator, option, true));
            });
            for (int step = 0; step < STEPS; step++) {
                step();
                agree(any(all()));
                if (step % 10 == 9) {
                    all().forEach(this::agree);
                }
            }
        }

        private void step() {
            int what = random.nextInt(20);
            if (what < 2) {
                pass(Duration.ofSeconds(List.of(1, 5, 40, 70, 200, 900).get(random.nextInt(6))));
            } else if (what < 4) {
                Mirror one = any(all());
                past.add((one.isConnected() ? "cut " : "back ") + one);
                if (one.isConnected()) {
                    one.cut();
                } else {
                    one.reconnect();
                }
            } else if (what < 9) {
                patronActs(any(patrons));
            } else {
                operatorActs(any(operators));
            }
        }

        private void patronActs(Mirror patron) {
            switch (random.nextInt(5)) {
                case 0, 1, 2 ->
                    command(
                            patron,
                            patron.own().isEmpty() ? "start" : "say",
                            patron.own().isEmpty()
                                    ? Map.of(
                                            "widget",
                                            random.nextBoolean() ? "databases" : "hillchat",
                                            "question",
                                            "Why?")
                                    : Map.of("text", "I ask"));
                case 3 -> command(patron, "say", Map.of("text", "and more"));
                default -> command(patron, "leave", Map.of());
            }
        }

        private void operatorActs(Mirror operator) {
            List<String> waiting = operator.waiting();
            List<String> own = operator.own();
            List<String> offered = waiting.stream()
                    .filter(chat -> operator.waiting(chat).has("offer"))
                    .toList();
            int what = random.nextInt(12);
            if (what < 8 && !offered.isEmpty()) {
                command(operator, random.nextBoolean() ? "decline" : "accept", Map.of("chat", any(offered)));
            } else if (what < 4 && !waiting.isEmpty()) {
                command(operator, "claim", Map.of("chat", any(waiting)));
            } else if (what < 6 && !waiting.isEmpty()) {
                String chat = any(waiting);
                JsonNode next = operator.waiting(chat).path("next");
                if (next.isMissingNode()) {
                    command(operator, "dismiss", Map.of("chat", chat, "reason", "spam"));
                } else {
                    Map<String, Object> seen = new HashMap<>(Map.of(
                            "kind",
                            next.path("kind").asText(),
                            "id",
                            next.path("id").asText()));
                    if (next.path("backup").asBoolean()) {
                        seen.put("backup", true);
                    }
                    command(operator, "hurry", Map.of("chat", chat, "seen", seen));
                }
            } else if (what < 9 && !own.isEmpty()) {
                String chat = any(own);
                switch (random.nextInt(8)) {
                    case 2, 3, 4 -> handOver(operator, chat);
                    case 5, 6 -> command(operator, "withdraw", Map.of("chat", chat));
                    case 0 -> command(operator, "end", Map.of("chat", chat, "disposition", "answered"));
                    case 1 -> command(operator, "note", Map.of("chat", chat, "text", "among us"));
                    default -> command(operator, "say", Map.of("chat", chat, "text", "I answer"));
                }
            } else if (what == 9) {
                monitor(operator, any(OPTIONS), random.nextInt(3) > 0);
            } else if (what == 10) {
                command(operator, "status", Map.of("is", any(STATUSES)));
            } else {
                command(operator, random.nextInt(4) == 0 ? "sign-out" : "sign-in", Map.of());
            }
        }

        private void handOver(Mirror operator, String chat) {
            if (operator.isConnected()) {
                List<JsonNode> targets = new ArrayList<>();
                operator.client()
                        .ask("targets", Map.of("chat", chat))
                        .path("value")
                        .forEach(targets::add);
                if (!targets.isEmpty()) {
                    JsonNode to = any(targets);
                    Map<String, String> option = Map.of(
                            "kind",
                            to.path("kind").asText(),
                            "id",
                            to.path("id").asText());
                    command(operator, "transfer", Map.of("chat", chat, "to", option));
                }
            }
        }

        private void monitor(Mirror operator, Map<String, String> option, boolean on) {
            command(operator, "monitor", Map.of("option", option, "on", on));
        }

        /** Whoever is cut off does nothing; what is refused is none of this test's business. */
        private void command(Mirror who, String what, Map<String, ?> fields) {
            if (who.isConnected()) {
                boolean ok = who.client()
                        .result(who.client().command(what, new LinkedHashMap<>(fields)))
                        .path("ok")
                        .asBoolean();
                past.add(who + ": " + what + " " + fields + (ok ? "" : " (refused)"));
                if (ok) {
                    done.add(what);
                }
                all().forEach(Mirror::follow);
            }
        }

        private void pass(Duration span) {
            past.add("pass " + span);
            for (Duration gone = Duration.ZERO; gone.compareTo(span) < 0; gone = gone.plus(STRIDE)) {
                all().forEach(Mirror::follow);
                // The engine may still be at it on a container's thread: then the clock refuses, and nothing has moved.
                soon().ignoreException(IllegalStateException.class).until(() -> {
                    clock.advance(STRIDE);
                    return true;
                });
            }
            all().forEach(Mirror::follow);
        }

        private void agree(Mirror one) {
            if (one.isConnected()) {
                soon().untilAsserted(() -> {
                    one.follow();
                    Map<String, Object> fresh = one.fresh();
                    one.follow();
                    assertThat(one.knowledge())
                            .as("%s, -Dwire.seed=%s, after %s", one, seed, past)
                            .isEqualTo(fresh);
                });
            }
        }

        /** On this thread: the last look's word is what counts, and none is interrupted. */
        private ConditionFactory soon() {
            return await().atMost(patience)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5));
        }

        private List<Mirror> all() {
            List<Mirror> all = new ArrayList<>(operators);
            all.addAll(patrons);
            return all;
        }

        private <T> T any(List<T> some) {
            return some.get(random.nextInt(some.size()));
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    @Test
    @Timeout(600)
    void whatAClientKnowsIsWhatAFreshSnapshotSays() throws Exception {
        Long one = Long.getLong("wire.seed");
        for (long seed = one == null ? 1 : one; seed <= (one == null ? COURSES : one); seed++) {
            try (Course course = new Course(seed, "", Duration.ofSeconds(10))) {
                course.run();
            }
        }
        if (one == null) {
            assertThat(done).containsAll(EVERY_COMMAND);
        }
    }

    /** Planted defects: a client that misses something is not in agreement for long. */
    @ParameterizedTest
    @ValueSource(strings = {"listed", "unlisted", "entry", "state", "released", "self", "resumed"})
    @Timeout(300)
    void aClientThatMissesSomethingIsFoundOut(String defect) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 30; seed++) {
                        try (Course course = new Course(seed, defect, Duration.ofSeconds(1))) {
                            course.run();
                        }
                    }
                })
                .isInstanceOf(ConditionTimeoutException.class)
                .hasMessageContaining("-Dwire.seed=");
    }
}
