package org.libcoop.testkit.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Policies;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.testkit.SimulatedClock;

/**
 * A scenario file that has been read and found well-formed: a directory, a timeline of what people do, and what must be seen
 * (E3). <em>Immutable.</em>
 */
public final class ScenarioFile {

    /** A year: simulated time is cheap, not free. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Map<String, RefusalCode> CODES = codes();

    private final String name;
    private final String title;
    private final Instant start;
    private final Directory directory;
    private final List<Step> steps;

    private ScenarioFile(String name, String title, Instant start, Directory directory, List<Step> steps) {
        this.name = name;
        this.title = title;
        this.start = start;
        this.directory = directory;
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a file of at most 1 MB.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedScenarioException naming the line, what was found there and what was expected
     */
    public static ScenarioFile read(Path file) throws IOException {
        return parse(file.toString(), YamlReader.text(file));
    }

    /**
     * Reads a text; {@code name} is what it is called in messages.
     *
     * @throws MalformedScenarioException naming the line, what was found there and what was expected
     */
    public static ScenarioFile parse(String name, String text) {
        Fields top = new Fields(name, "a scenario file", YamlReader.read(name, text));
        String title = top.text("scenario", "what the scenario is about");
        Instant start = top.has("start") ? start(top) : SimulatedClock.DEFAULT_START;
        Policies policies = DirectoryYaml.policies(top);
        Names names = new Names(name);
        Directory directory = DirectoryYaml.directory(top, policies, names);
        YamlNode timeline = top.required("timeline", "a list of steps");
        top.done();
        if (!(timeline instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
            throw top.unexpected(timeline, "\"timeline\"", "a list of at least one step");
        }
        return new ScenarioFile(name, title, start, directory, steps(top, list.items(), names));
    }

    /** What the file is called. */
    public String name() {
        return name;
    }

    /** What the scenario is about, in its own words. */
    public String title() {
        return title;
    }

    /** The instant of offset 0. */
    public Instant start() {
        return start;
    }

    /** Who exists, the policies included. */
    public Directory directory() {
        return directory;
    }

    /** The timeline. */
    List<Step> steps() {
        return steps;
    }

    /** Returns name and title. */
    @Override
    public String toString() {
        return name + ": " + title;
    }

    private static Instant start(Fields top) {
        String text = top.text("start", "an instant");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw top.unexpected(
                    top.required("start", "an instant"),
                    "\"start\"",
                    "an instant with its offset such as 2026-03-02T17:00:00-05:00");
        }
    }

    private static List<Step> steps(Fields top, List<YamlNode> items, Names names) {
        for (YamlNode item : items) {
            Actions.define(item, names);
        }
        List<Step> steps = new ArrayList<>();
        Map<String, Integer> started = new HashMap<>();
        Duration before = Duration.ZERO;
        for (YamlNode item : items) {
            Step step = step(top.fields(item, "an item of \"timeline\"", "a step"), names);
            startedOnce(top, step, started);
            if (step.at().compareTo(LONGEST) > 0) {
                throw top.malformed(
                        step.line(), "the offset is " + seconds(step.at()) + ", expected at most " + seconds(LONGEST));
            }
            if (step.at().compareTo(before) < 0) {
                throw top.malformed(
                        step.line(),
                        "the offset goes back, expected at least that of the step before, " + seconds(before));
            }
            before = step.at();
            steps.add(step);
        }
        return steps;
    }

    /** A name stands for one chat; one whose start is refused may be tried again. */
    private static void startedOnce(Fields top, Step step, Map<String, Integer> started) {
        if (step instanceof Step.Do act && act.action().kind().equals("chat") && act.refused() == null) {
            Integer line = started.put(String.valueOf(act.chat()), step.line());
            if (line != null) {
                throw top.malformed(
                        step.line(),
                        "chat \"" + act.chat() + "\" is started in line " + line
                                + ", expected another name for this one");
            }
        }
    }

    private static String seconds(Duration offset) {
        return offset.toMillis() % 1000 == 0 ? offset.toSeconds() + "s" : offset.toMillis() + "ms";
    }

    private static Step step(Fields fields, Names names) {
        Duration at = fields.duration("at");
        boolean acts = fields.has("do");
        if (acts == fields.has("expect")) {
            throw fields.malformed(
                    fields.line(),
                    "a step with " + (acts ? "both do and expect" : "neither do nor expect")
                            + ", expected exactly one of them");
        }
        if (!acts) {
            Fields expect = fields.afresh("a step that expects");
            expect.duration("at");
            YamlNode node = expect.required("expect", "what is expected");
            expect.done();
            return new Step.Expect(
                    fields.line(), at, Expectations.read(expect.fields(node, "\"expect\"", "an expectation"), names));
        }
        Fields action = fields.afresh("this step");
        action.duration("at");
        Action read = Actions.read(action, names);
        RefusalCode refused = action.has("refused") ? action.choice("refused", CODES) : null;
        action.done();
        String chat = action.optional("chat") instanceof YamlNode.Scalar scalar ? scalar.text() : null;
        return new Step.Do(fields.line(), at, chat, read, refused);
    }

    private static Map<String, RefusalCode> codes() {
        Map<String, RefusalCode> codes = new TreeMap<>();
        for (RefusalCode code : RefusalCode.values()) {
            codes.put(code.code(), Objects.requireNonNull(code));
        }
        return codes;
    }
}
