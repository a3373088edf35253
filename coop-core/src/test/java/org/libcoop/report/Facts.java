package org.libcoop.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;

/** Facts for tests. */
final class Facts {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Facts() {}

    /** A chat of springy's that nobody answered. */
    static ChatFact missed(String id, Instant at) {
        return fact(id, "springy", at, ChatOutcome.MISSED, null, null, null);
    }

    /** A chat that {@code institution} answered through the co-op academic, after a wait, for a while. */
    static ChatFact through(String id, String home, String institution, int waited, int lasted) {
        Stage stage = Stage.of(Option.coop("academic"));
        return fact(id, home, NOON, ChatOutcome.ANSWERED, answer(institution, stage, waited, lasted), null, null);
    }

    /** A chat that the home's own desk answered. */
    static ChatFact own(String id, String home, int waited, @Nullable Integer lasted) {
        Stage stage = Stage.of(Option.department("desk"));
        return fact(id, home, NOON, ChatOutcome.ANSWERED, answer(home, stage, waited, lasted), null, null);
    }

    static ChatFact.Answer answer(String institution, Stage stage, int waited, @Nullable Integer lasted) {
        return new ChatFact.Answer(
                OperatorId.of("of-" + institution),
                InstitutionId.of(institution),
                stage,
                Duration.ofSeconds(waited),
                lasted == null ? null : Duration.ofSeconds(lasted));
    }

    static ChatFact fact(
            String id,
            String home,
            Instant at,
            ChatOutcome outcome,
            ChatFact.@Nullable Answer answer,
            @Nullable Integer rating,
            @Nullable Integer qaRating) {
        return new ChatFact(
                ChatId.of(id),
                InstitutionId.of(home),
                WidgetId.of(home + "-site"),
                at,
                outcome,
                answer,
                Source.of("https://" + home + ".example/ask", "Firefox", "Linux"),
                rating,
                qaRating,
                5,
                qaRating == null ? 0 : 1,
                false);
    }

    static CoopId academic() {
        return CoopId.of("academic");
    }
}
