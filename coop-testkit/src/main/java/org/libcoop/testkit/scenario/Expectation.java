package org.libcoop.testkit.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** What must be seen at an instant. <em>Immutable.</em> */
sealed interface Expectation {

    /** What is expected, in words. */
    String words();

    /** A chat, looked at once for all checks. */
    record OfChat(String chat, List<Check> checks) implements Expectation {

        public OfChat {
            checks = List.copyOf(checks);
        }

        @Override
        public String words() {
            return "chat " + chat
                    + checks.stream()
                            .map(check -> " " + check.key() + " " + check.expected())
                            .collect(Collectors.joining(",", checks.isEmpty() ? "" : ":", ""));
        }
    }

    /** One thing about a chat: holds when what is seen, in words, is what is expected. */
    record Check(String key, String expected, Function<ChatInspection, String> seen) {}

    /** Whether a widget is online. */
    record OfWidget(String widget, boolean online) implements Expectation {
        @Override
        public String words() {
            return "widget " + widget + ": online " + online;
        }
    }

    /** Exactly who monitors a stage (P6). */
    record OfStage(Stage stage, Set<String> monitoredBy) implements Expectation {

        public OfStage {
            monitoredBy = Collections.unmodifiableSet(new TreeSet<>(monitoredBy));
        }

        @Override
        public String words() {
            return stage + " is monitored by " + monitoredBy;
        }
    }

    /** What is left of what people wrote and are in a transcript (X2, X6). */
    enum Content {
        /** All of it, so far as there was any. */
        KEPT,
        /** What says who the patron was is gone. */
        ANONYMISED,
        /** None of it. */
        DELETED
    }

    /** A chat that is over, as the archive has it. */
    record OfTranscript(String chat, Content content) implements Expectation {
        @Override
        public String words() {
            return "transcript of " + chat + ": content " + content.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Exactly which chats an operator finds among the transcripts: on the home path, or on those of all co-ops together. */
    record OfTranscripts(
            OperatorId as, boolean home, @Nullable String text, Set<String> sees) implements Expectation {

        public OfTranscripts {
            sees = Collections.unmodifiableSet(new TreeSet<>(sees));
        }

        @Override
        public String words() {
            return "transcripts as " + as + " on the " + (home ? "home" : "co-op") + " path"
                    + (text == null ? "" : " with \"" + text + "\"") + ": sees " + sees;
        }
    }
}
