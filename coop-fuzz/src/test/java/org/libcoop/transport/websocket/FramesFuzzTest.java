package org.libcoop.transport.websocket;

import static org.libcoop.fuzz.Laws.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.chat.ChatId;
import org.libcoop.fuzz.ErrorLog;
import org.libcoop.fuzz.Inputs;
import org.libcoop.fuzz.Laws;
import org.libcoop.transport.websocket.FuzzOracle.Answer;
import org.libcoop.transport.websocket.FuzzOracle.Due;
import org.libcoop.transport.websocket.FuzzWorld.Who;
import org.libcoop.wire.Message;
import org.libcoop.wire.WireDescription;
import org.libcoop.wire.WireWatch;

/**
 * G18: one message of anybody's, before and after authentication, through the real endpoint, transport, engine and store. It gets
 * the one answer that the protocol's page gives it; what was not accepted has changed nothing and told nobody anything; the
 * connection goes on unless it was ended with a documented code; nothing is logged.
 *
 * <p>An input is: through whose connection, in how many parts (255: as bytes), how much is put behind it, and the message in
 * UTF-8.
 */
class FramesFuzzTest {

    private static final List<Who> EVERYBODY = List.of(Who.values());
    private static final int HEADER = 3;
    private static final int AS_BYTES = 255;
    /** Of these the header's third byte puts so many blanks behind the message. */
    private static final int PADDING = 160;

    private static final int MOST_USES = 60;
    private static final int LONGEST_REFUSAL = 2_048;
    private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A store in memory that nobody else uses gives no occasion for these. */
    private static final Set<String> DEFECTS = Set.of("internal", "unknown-outcome", "unavailable", "busy");

    private static final ErrorLog LOG = ErrorLog.install();
    private static final Inputs INPUTS = new Inputs("frames");
    private static @Nullable FuzzWorld world;

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void everyMessageHasItsOneAnswerAndARefusedOneChangesNothing(byte[] input) {
        try {
            // What is too short for its header is padded with the header of a stranger.
            INPUTS.run(PATIENCE, () -> judge(Arrays.copyOf(input, Math.max(HEADER, input.length))));
        } catch (RuntimeException | Error found) {
            forget(); // whatever comes next shall not suffer from it
            throw found;
        }
    }

    @AfterAll
    static void report() {
        forget();
        INPUTS.report();
    }

    private static void forget() {
        FuzzWorld known = world;
        world = null;
        if (known != null) {
            known.close();
        }
    }

    private static void judge(byte[] input) {
        if (world == null || world.uses() > MOST_USES) {
            forget();
            world = new FuzzWorld();
        }
        Who who = EVERYBODY.get((input[0] & 0xff) % EVERYBODY.size());
        int parts = input[1] & 0xff;
        String text = new String(input, HEADER, input.length - HEADER, StandardCharsets.UTF_8)
                + " ".repeat(Math.max(0, input[2]) * PADDING);
        FuzzPeer peer = world.peer(who);
        peer.take(); // somebody else's typing
        FuzzWorld.Look before = world.look();
        WireWatch watch = watch(who, text);

        Due due;
        if (parts == AS_BYTES) {
            due = new Due(Answer.NOT_TEXT);
            peer.send(text.getBytes(StandardCharsets.UTF_8));
        } else {
            due = FuzzOracle.due(who, text);
            peer.send(text, parts % 4 + 1);
        }
        List<String> heard = peer.take();
        heard.forEach(watch::received);
        boolean changed = answered(due, heard, peer.closeCode());
        if (changed || heard.stream().anyMatch(frame -> frame.startsWith("{\"type\":\"result\"") && isOk(frame))) {
            List<String> faults = FuzzOracle.undescribed(who, text);
            require(faults.isEmpty(), "%s was accepted: %s", text, faults);
        }
        List<String> overheard = world.overheard();
        if (!changed) {
            require(world.look().equals(before), "%s changed something", due);
        }
        if (!changed && due.answer() != Answer.SILENCE) {
            require(overheard.isEmpty(), "%s was told to others: %s", due, overheard);
        }
        if (peer.closeCode() == 0 && who != Who.STRANGER) {
            stillAnswers(peer, watch);
            if (changed) {
                repeats(peer, text, resultIn(heard), watch);
            }
        }
        require(
                world.transport().connections() == world.connections(),
                "%d connections are kept of %d",
                world.transport().connections(),
                world.connections());
        watch.assertRight();
        LOG.assertEmpty();
        if (changed) {
            for (ChatId chat : world.everyChat()) {
                Laws.hold(world.store(), chat);
            }
            forget();
        } else if (who == Who.STRANGER) {
            peer.hangUp();
        }
    }

    /** Whoever says what is described gets what is described as its answer; whoever does not, anything that is described. */
    private static WireWatch watch(Who who, String text) {
        WireWatch strict = authenticated(who);
        strict.sent(text);
        if (strict.faults().isEmpty()) {
            return strict;
        }
        WireWatch lenient = authenticated(who);
        lenient.sentWrongly(text);
        return lenient;
    }

    /** One that has seen what this one's connection has seen before. */
    private static WireWatch authenticated(Who who) {
        WireWatch watch = new WireWatch();
        if (who != Who.STRANGER) {
            watch.sent(who.auth());
        }
        return watch;
    }

    /** Exactly the answer that is due; returns whether it may have changed something. */
    private static boolean answered(Due due, List<String> heard, int closeCode) {
        List<JsonNode> answers = new ArrayList<>();
        int notices = 0;
        for (String frame : heard) {
            require(frame.length() <= LONGEST_MESSAGE, "%s has an answer of %d", due, frame.length());
            JsonNode json = FuzzPeer.json(frame);
            if (json.path("type").asText().equals("notices")) {
                notices++;
            } else {
                answers.add(json);
            }
        }
        boolean changed = switch (due.answer()) {
            case NOT_TEXT, TOO_LARGE, MALFORMED -> {
                ended(due, answers, closeCode, 0, due.answer().closeCode);
                yield false;
            }
            case DENIED -> {
                ended(due, answers, closeCode, 1, due.answer().closeCode);
                require(answers.get(0).path("code").asText().equals("not-allowed"), "%s: %s", due, answers);
                yield false;
            }
            case LET_IN_OR_NOT -> {
                boolean denied = !answers.isEmpty()
                        && answers.get(0).path("type").asText().equals("denied");
                boolean many = denied && answers.get(0).path("code").asText().equals("rate-limited");
                ended(due, answers, closeCode, 1, denied ? many ? 4429 : 4401 : 0);
                require(denied || answers.get(0).path("type").asText().equals("welcome"), "%s: %s", due, answers);
                yield !denied;
            }
            case PONG, ERROR -> {
                ended(due, answers, closeCode, 1, 0);
                String type = due.answer() == Answer.PONG ? "pong" : "error";
                require(answers.get(0).path("type").asText().equals(type), "%s: %s", due, answers);
                yield false;
            }
            case RESULT -> {
                ended(due, answers, closeCode, 1, 0);
                yield result(due, answers.get(0));
            }
            case SILENCE -> {
                ended(due, answers, closeCode, 0, 0);
                yield false;
            }
        };
        require(changed || notices == 0, "%s came with %s", due, heard);
        return changed;
    }

    private static void ended(Due due, List<JsonNode> answers, int closeCode, int count, int code) {
        require(closeCode == code, "%s was ended with %d instead of %d, and %s", due, closeCode, code, answers);
        require(answers.size() == count, "%s was answered by %s", due, answers);
    }

    private static boolean result(Due due, JsonNode result) {
        require(
                result.path("type").asText().equals("result")
                        && result.path("id").asText().equals(due.id()),
                "%s: %s",
                due,
                result);
        boolean ok = result.path("ok").booleanValue();
        if (!ok) {
            String code = result.path("code").asText();
            require(!DEFECTS.contains(code), "%s met a defect: %s", due, result);
            require(due.code().isEmpty() || due.code().equals(code), "%s: %s", due, result);
            require(result.toString().length() <= LONGEST_REFUSAL, "%s: %s", due, result);
        }
        require(!ok || due.code().isEmpty(), "%s was accepted", due);
        return ok && due.command();
    }

    private static void stillAnswers(FuzzPeer peer, WireWatch watch) {
        String ping = "{\"type\":\"ping\"}";
        watch.sent(ping);
        peer.send(ping);
        List<String> heard = peer.take();
        require(heard.size() == 1 && heard.get(0).startsWith("{\"type\":\"pong\""), "a ping was answered by %s", heard);
    }

    /** G5: the same again is done once, and answered the same; what a presence command answers is how things are then. */
    private static void repeats(FuzzPeer peer, String text, JsonNode result, WireWatch watch) {
        FuzzWorld.Look before = world.look();
        peer.send(text);
        List<String> again = peer.take();
        again.forEach(watch::received);
        require(again.size() == 1, "%s was answered again by %s", text, again);
        JsonNode second = FuzzPeer.json(again.get(0));
        require(
                second.equals(result) || (second.path("ok").booleanValue() && result.has("self")),
                "%s was answered by %s, and again by %s",
                text,
                result,
                second);
        require(world.look().equals(before), "%s did something a second time", text);
        require(world.overheard().isEmpty(), "%s was told a second time", text);
    }

    private static boolean isOk(String frame) {
        return FuzzPeer.json(frame).path("ok").booleanValue();
    }

    private static JsonNode resultIn(List<String> heard) {
        return heard.stream()
                .map(FuzzPeer::json)
                .filter(frame -> frame.path("type").asText().equals("result"))
                .findFirst()
                .orElseThrow();
    }

    // ---- Seeds
    // -------------------------------------------------------------------------------------------------------

    /** Every example of the description through every connection, and what is wrong in a way of its own. */
    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        try (FuzzWorld example = new FuzzWorld()) {
            for (Who who : Who.values()) {
                Set<String> roles = who == Who.STRANGER ? Set.of("patron", "operator") : Set.of(who.role);
                for (String role : roles) {
                    for (Message message : WireDescription.ofThisBuild().sentBy(role)) {
                        for (JsonNode frame : message.examples()) {
                            seeds.add(seed(who, 0, 0, named(frame.toString(), example)));
                        }
                    }
                }
            }
        }
        for (Who who : Who.values()) {
            if (who != Who.STRANGER) {
                seeds.add(seed(Who.STRANGER, 1, 0, who.auth()));
            }
        }
        for (String wrong : WRONG) {
            seeds.add(seed(Who.STRANGER, 0, 0, wrong));
            seeds.add(seed(Who.OWNER, 2, 0, wrong));
            seeds.add(seed(Who.SERVED_PATRON, 3, 0, wrong));
        }
        seeds.add(seed(Who.PARTNER, AS_BYTES, 0, "{\"type\":\"ping\"}"));
        seeds.add(seed(Who.NEW_PATRON, 0, 102, "{\"type\":\"ping\"}"));
        seeds.add(seed(Who.NEW_PATRON, 3, 103, "{\"type\":\"ping\"}"));
        return seeds.stream();
    }

    private static final List<String> WRONG = List.of(
            "",
            "[]",
            "{}",
            "{\"type\":\"ping\"} {}",
            "{\"type\":\"ping\",\"type\":\"ping\"}",
            "{\"type\":\"dance\"}",
            "{\"type\":\"ping\",\"x\":" + "[".repeat(16) + "]".repeat(16) + "}",
            "{\"type\":\"ping\",\"x\":" + "1".repeat(31) + "}",
            "{\"type\":\"auth\",\"role\":\"patron\",\"token\":\"t\",\"resume\":[{\"chat\":\"c\",\"after\":-1}]}",
            "{\"type\":\"command\",\"id\":\"\\ud800\",\"do\":\"leave\"}",
            "{\"type\":\"command\",\"id\":\"1\",\"do\":\"say\",\"text\":\"\\ud83d\\ude42\"}",
            "{\"type\":\"command\",\"id\":\"1\",\"do\":\"say\",\"text\":\"\\ude42\"}",
            "{\"type\":\"command\",\"id\":\"1\",\"do\":\"say\",\"chat\":null,\"text\":\"a\"}",
            "{\"type\":\"query\",\"id\":\"1\",\"ask\":\"conversation\",\"chat\":\"c\",\"after\":1e99}",
            "{\"type\":\"command\",\"id\":\"\\u0000\",\"do\":\"sign-in\"}",
            "{\"type\":\"seen\",\"chat\":\"c\",\"seq\":\"1\"}");

    /** The examples' chats are none of this world: the one that is claimed for the owner, the one that waits for others. */
    private static String named(String example, FuzzWorld world) {
        boolean own =
                Stream.of("claim", "preview", "dismiss", "hurry").noneMatch(verb -> example.contains('"' + verb + '"'));
        return example.replace("\"c1\"", '"' + world.chat(own ? 1 : 2) + '"')
                .replace("\"c2\"", '"' + world.chat(2) + '"');
    }

    private static byte[] seed(Who who, int parts, int padding, String text) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(EVERYBODY.indexOf(who));
        seed.write(parts);
        seed.write(padding);
        seed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return seed.toByteArray();
    }
}
