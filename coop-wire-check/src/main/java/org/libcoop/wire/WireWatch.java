package org.libcoop.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every frame of one connection, in the order in which its client sends and gets them, and keeps what is not as the
 * description says. A result has to be one that what was asked under its id may have. <em>Safe for use by several threads.</em>
 */
public final class WireWatch {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final WireDescription description = WireDescription.ofThisBuild();
    private final Map<String, Set<Message>> asked = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private @Nullable String role;

    /** The client is about to send this. */
    public synchronized void sent(String text) {
        JsonNode frame = read("sent", text);
        if (frame == null) {
            return;
        }
        takeRole(frame);
        Set<Message> mine = new LinkedHashSet<>();
        roles().forEach(each -> mine.addAll(description.sentBy(each)));
        Message message = judge("sent", frame, mine);
        if (message != null) {
            roles().forEach(each -> expect(frame, description.answers(each, message)));
        }
    }

    /** The client is about to send this, which is wrong on purpose; whatever answers is right that may ever be an answer. */
    public synchronized void sentWrongly(String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            takeRole(frame);
            roles().forEach(each -> expect(frame, description.toldTo(each)));
        } catch (JsonProcessingException onPurpose) {
            // No JSON has no answer, either.
        }
    }

    /** The client was sent this. */
    public synchronized void received(String text) {
        JsonNode frame = read("received", text);
        if (frame == null) {
            return;
        }
        Set<Message> possible = new LinkedHashSet<>();
        if (frame.path("type").asText().equals("result")) {
            possible.addAll(asked.getOrDefault(frame.path("id").asText(), Set.of()));
        } else {
            roles().forEach(each -> possible.addAll(description.toldTo(each)));
        }
        judge("received", frame, possible);
    }

    /** What was not as described so far. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Nothing was wrong so far.
     *
     * @throws AssertionError if something was
     */
    public void assertRight() {
        List<String> found = faults();
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "frames that are not as the wire protocol's description says:\n" + String.join("\n", found));
        }
    }

    private void takeRole(JsonNode frame) {
        String said = frame.path("role").asText();
        if (frame.path("type").asText().equals("auth")
                && role == null
                && description.roles().contains(said)) {
            role = said;
        }
    }

    /** Before it is said any may be meant. */
    private Collection<String> roles() {
        return role == null ? description.roles() : Set.of(role);
    }

    private void expect(JsonNode frame, Collection<Message> answers) {
        asked.computeIfAbsent(frame.path("id").asText(), none -> new LinkedHashSet<>())
                .addAll(answers);
    }

    private @Nullable JsonNode read(String way, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            faults.add(way + ": " + malformed.getOriginalMessage() + "\n    in " + text);
            return null;
        }
    }

    /** The one message that a frame is; null if it is none, which is kept. */
    private @Nullable Message judge(String way, JsonNode frame, Collection<Message> possible) {
        List<String> wrong = new ArrayList<>();
        for (Message message : possible) {
            if (message.isMeantBy(frame)) {
                List<String> found = message.faults(frame);
                if (found.isEmpty()) {
                    return message;
                }
                wrong.addAll(found);
            }
        }
        faults.add(way + ": "
                + (wrong.isEmpty() ? "no such message here" : String.join("\n    ", wrong))
                + "\n    in " + frame);
        return null;
    }
}
