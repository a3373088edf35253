package org.libcoop.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Absence;

/** Writes an explanation as a timeline. One thread at a time. */
final class ExplanationText {

    private final Explanation explanation;
    private final Function<? super Instant, String> clock;
    private final List<String> lines = new ArrayList<>();

    ExplanationText(Explanation explanation, Function<? super Instant, String> clock) {
        this.explanation = explanation;
        this.clock = clock;
    }

    String text() {
        Chat chat = explanation.chat();
        lines.add("chat %s of %s on %s: %s"
                .formatted(
                        chat.id(),
                        chat.home(),
                        chat.widget(),
                        EventWords.word(chat.phase().kind())));
        Iterator<Explanation.Asked> asked = explanation.asked().iterator();
        List<LostClaim> lost = new ArrayList<>(explanation.lost());
        for (Logged entry : explanation.log()) {
            lost.removeIf(claim -> {
                boolean before = claim.at().isBefore(entry.at());
                if (before) {
                    late(claim);
                }
                return before;
            });
            line(entry.at(), EventWords.of(entry, clock));
            if (entry.event() instanceof ChatEvent.StageOpened && asked.hasNext()) {
                people(asked.next());
            }
        }
        lost.forEach(this::late);
        if (explanation.othersLost() > 0) {
            lines.add("  claims of others that came too late: " + explanation.othersLost());
        }
        return String.join("\n", lines);
    }

    private void late(LostClaim claim) {
        line(claim.at(), "%s claims it too late, by %s".formatted(claim.operator(), seconds(claim.behind())));
    }

    private void people(Explanation.Asked asked) {
        Explanation.People people = asked.people();
        if (people == null) {
            lines.add("      who that was is no longer known");
            return;
        }
        List<String> told = new ArrayList<>();
        if (!people.available().isEmpty()) {
            told.add(EventWords.names(people.available()));
        }
        others(told, people.othersAvailable(), "");
        lines.add("      told: " + (told.isEmpty() ? "nobody" : String.join(", ", told)));
        List<String> left = new ArrayList<>();
        for (Map.Entry<OperatorId, Absence> one : new TreeMap<>(people.leftOut()).entrySet()) {
            left.add(one.getKey() + " " + one.getValue().words());
        }
        new TreeMap<>(people.othersLeftOut()).forEach((why, count) -> others(left, count, " " + why.words()));
        if (!left.isEmpty()) {
            lines.add("      left out: " + String.join("; ", left));
        }
    }

    private static void others(List<String> list, int count, String words) {
        if (count > 0) {
            list.add(count + (count == 1 ? " other" : " others") + words);
        }
    }

    private void line(Instant at, String words) {
        lines.add("  " + clock.apply(at) + "  " + words);
    }

    private static String seconds(Duration duration) {
        return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
    }
}
