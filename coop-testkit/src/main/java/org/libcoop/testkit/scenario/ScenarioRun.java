package org.libcoop.testkit.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.testkit.ChatExplanation;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.scenario.TimelineEntry.Kind;

/** One run of one file. */
final class ScenarioRun {

    private static final String DONE = "done";

    private final ScenarioFile file;
    private final Scene scene;
    private final Timeline timeline;
    private final ScenarioListener listener;
    private final List<ScenarioFailure> failures = new ArrayList<>();

    private ScenarioRun(ScenarioFile file, Scene scene, Timeline timeline, ScenarioListener listener) {
        this.file = file;
        this.scene = scene;
        this.timeline = timeline;
        this.listener = listener;
    }

    static ScenarioResult of(
            ScenarioFile file,
            Function<? super Clock, ? extends Store> stores,
            ScenarioListener listener,
            Consumer<? super Scene> afterwards) {
        listener.begins(file);
        Timeline timeline = new Timeline(listener);
        try (SimulatedCoop kit = SimulatedCoop.builder(file.directory())
                .start(file.start())
                .store(stores)
                .watcher(timeline)
                .build()) {
            Scene scene = new Scene(kit);
            timeline.of(scene);
            ScenarioRun run = new ScenarioRun(file, scene, timeline, listener);
            for (Step step : file.steps()) {
                run.play(step);
            }
            ScenarioResult result = new ScenarioResult(file, file.steps().size(), run.failures);
            listener.ended(result);
            afterwards.accept(scene);
            return result;
        }
    }

    private void play(Step step) {
        Instant at = file.start().plus(step.at());
        try {
            scene.kit().clock().advanceTo(at);
            timeline.catchUp();
            if (step instanceof Step.Do act) {
                act.action().acts().forEach(one -> play(act, one));
            } else {
                look(step, ((Step.Expect) step).expectation());
            }
        } catch (RuntimeException broken) {
            failed(step, words(step), "the step to run", broken.toString());
        }
    }

    // ---- Acts
    // --------------------------------------------------------------------------------------------------------

    private void play(Step.Do step, Action.Act act) {
        String words = act.words();
        Refusal refusal =
                SimulatedCoop.refusal(() -> act.performance().on(scene)).orElse(null);
        RefusalCode code = refusal == null ? null : refusal.code();
        Kind kind = code == step.refused() ? (code == null ? Kind.ACT : Kind.REFUSAL) : Kind.FAILED;
        timeline.happened(step, kind, () -> refusal == null ? words : words + ": refused " + refusal);
        if (kind == Kind.FAILED) {
            failed(step, words, outcome(step.refused()), refusal == null ? DONE : "refused " + refusal);
        }
        timeline.catchUp();
    }

    private static String outcome(@Nullable RefusalCode expected) {
        return expected == null ? DONE : "refused " + expected;
    }

    // ---- Expectations
    // ------------------------------------------------------------------------------------------------

    private void look(Step step, Expectation expectation) {
        StringJoiner expected = new StringJoiner("; ");
        StringJoiner seen = new StringJoiner("; ");
        if (expectation instanceof Expectation.OfWidget widget) {
            String found = scene.kit()
                    .engine()
                    .widget(WidgetId.of(widget.widget()))
                    .value()
                    .map(status -> "online " + status.online())
                    .orElse("no such widget: it was not saved");
            if (!found.equals("online " + widget.online())) {
                expected.add("online " + widget.online());
                seen.add(found);
            }
        } else if (expectation instanceof Expectation.OfStage stage) {
            Set<String> found = new TreeSet<>();
            scene.kit()
                    .engine()
                    .online(stage.stage())
                    .forEach(one -> found.add(one.operator().id().value()));
            if (!found.equals(stage.monitoredBy())) {
                expected.add("monitored by " + stage.monitoredBy());
                seen.add("monitored by " + found);
            }
        } else if (expectation instanceof Expectation.OfTranscript transcript) {
            String wanted = "content " + transcript.content();
            String found = scene.content(transcript.chat())
                    .map(content -> "content " + content)
                    .orElse("no transcript");
            if (!found.equals(wanted)) {
                expected.add(wanted);
                seen.add(found);
            }
        } else if (expectation instanceof Expectation.OfTranscripts transcripts) {
            Set<String> found = scene.transcripts(transcripts.as(), transcripts.home(), transcripts.text());
            if (!found.equals(transcripts.sees())) {
                expected.add("sees " + transcripts.sees());
                seen.add("sees " + found);
            }
        } else {
            look((Expectation.OfChat) expectation, expected, seen);
        }
        boolean holds = expected.length() == 0;
        timeline.happened(step, holds ? Kind.HELD : Kind.FAILED, () -> "expects " + expectation.words());
        if (!holds) {
            failed(step, "expects " + expectation.words(), expected.toString(), seen.toString());
        }
    }

    private void look(Expectation.OfChat expectation, StringJoiner expected, StringJoiner seen) {
        SimulatedChat chat = scene.created(expectation.chat()).orElse(null);
        if (chat == null) {
            expected.add(expectation.words());
            seen.add("no such chat: it was not created");
            return;
        }
        ChatInspection inspection = chat.inspect();
        for (Expectation.Check check : expectation.checks()) {
            String found = check.seen().apply(inspection);
            if (!found.equals(check.expected())) {
                expected.add(check.key() + " " + check.expected());
                seen.add(check.key() + " " + found);
            }
        }
    }

    // ---- Failures
    // ----------------------------------------------------------------------------------------------------

    private void failed(Step step, String words, String expected, String seen) {
        String at = ChatExplanation.offset(file.start(), file.start().plus(step.at()));
        ScenarioFailure failure =
                new ScenarioFailure(file.name(), step.line(), at, words, expected, seen, explanation(step));
        failures.add(failure);
        listener.failed(failure);
    }

    private String explanation(Step step) {
        return step.about()
                .flatMap(name -> scene.created(name).map(chat -> ChatExplanation.of(scene.kit(), chat.inspect(), name)))
                .orElse("");
    }

    private static String words(Step step) {
        return step instanceof Step.Do act
                ? act.action().kind()
                : "expects " + ((Step.Expect) step).expectation().words();
    }
}
