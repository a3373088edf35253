package org.libcoop.testkit.scenario;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.libcoop.testkit.ChatExplanation;

/** A timeline for people: standard output gets what happened, standard error what is malformed. */
final class TextPrinter implements ScenarioMain.Printer {

    private final PrintStream out;
    private final PrintStream err;
    private int files;
    private int failed;
    private int malformed;

    TextPrinter(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void begins(ScenarioFile file) {
        files++;
        out.println(file.name() + ": " + file.title());
        out.println("  offset 0s is " + file.start());
    }

    @Override
    public void happened(TimelineEntry entry) {
        out.println("  %10s  %s %s".formatted(offset(entry.at()), mark(entry.kind()), entry.words()));
    }

    private static String offset(Duration at) {
        return ChatExplanation.offset(Instant.EPOCH, Instant.EPOCH.plus(at));
    }

    private static String mark(TimelineEntry.Kind kind) {
        return switch (kind) {
            case ACT, REFUSAL -> ">";
            case EVENT, NOTICE -> " ";
            case HELD -> "=";
            case FAILED -> "!";
        };
    }

    @Override
    public void failed(ScenarioFailure failure) {
        out.println(failure.toString().indent(4).stripTrailing());
    }

    @Override
    public void ended(ScenarioResult result) {
        if (!result.passed()) {
            failed++;
        }
        String verdict = result.passed() ? "holds" : "does not hold";
        out.println("  %s: %d steps, %d failed"
                .formatted(verdict, result.steps(), result.failures().size()));
        out.println();
    }

    @Override
    public void malformed(String file, int line, String problem) {
        files++;
        malformed++;
        out.flush();
        err.println(file + ":" + (line == 0 ? "" : line + ":") + " " + problem);
    }

    @Override
    public void finish() {
        if (files > 1) {
            out.println("%d files: %d hold, %d do not, %d malformed"
                    .formatted(files, files - failed - malformed, failed, malformed));
        }
        out.flush();
    }
}
