package org.libcoop.testkit.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** One JSON object a line, for tools; {@code type} says what each is about. */
final class JsonPrinter implements ScenarioMain.Printer {

    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private String file = "";

    JsonPrinter(PrintStream out) {
        this.out = out;
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    private interface Body {
        void into(JsonGenerator json) throws IOException;
    }

    @Override
    public void begins(ScenarioFile scenario) {
        file = scenario.name();
        line("scenario", json -> {
            json.writeStringField("scenario", scenario.title());
            json.writeStringField("start", scenario.start().toString());
        });
    }

    @Override
    public void happened(TimelineEntry entry) {
        line(entry.kind().name().toLowerCase(Locale.ROOT), json -> {
            json.writeNumberField("atMillis", entry.at().toMillis());
            if (entry.line() > 0) {
                json.writeNumberField("line", entry.line());
            }
            json.writeStringField("words", entry.words());
        });
    }

    @Override
    public void failed(ScenarioFailure failure) {
        line("failure", json -> {
            json.writeNumberField("line", failure.line());
            json.writeStringField("at", failure.at());
            json.writeStringField("step", failure.step());
            json.writeStringField("expected", failure.expected());
            json.writeStringField("seen", failure.seen());
            json.writeStringField("explanation", failure.explanation());
        });
    }

    @Override
    public void ended(ScenarioResult result) {
        line("result", json -> {
            json.writeBooleanField("passed", result.passed());
            json.writeNumberField("steps", result.steps());
            json.writeNumberField("failures", result.failures().size());
        });
    }

    @Override
    public void malformed(String malformed, int line, String problem) {
        file = malformed;
        line("malformed", json -> {
            json.writeNumberField("line", line);
            json.writeStringField("problem", problem);
        });
    }

    @Override
    public void finish() {
        out.flush();
    }

    private void line(String type, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("file", file);
            body.into(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        out.println(text);
    }
}
