package org.libcoop.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.Highlighted;
import org.libcoop.faq.Highlighted.Mark;

/** Marks the words that were looked for in what was found: as ranges, never as markup. */
record Marker(Languages languages, String language, Set<String> wanted) {

    /** So much of a text is shown before the first mark. */
    private static final int BEFORE = 60;

    /** The whole text. */
    Highlighted whole(String text) {
        return new Highlighted(text, marks(text));
    }

    /** The part of a text in which most marks are. */
    Highlighted snippet(String text) {
        List<Mark> marks = marks(text);
        int best = 0;
        int most = 0;
        for (int first = 0; first < marks.size(); first++) {
            int end = marks.get(first).from() - BEFORE + FaqHit.MAX_SNIPPET_LENGTH;
            int there = (int) marks.stream()
                    .skip(first)
                    .takeWhile(mark -> mark.to() <= end)
                    .count();
            if (there > most) {
                most = there;
                best = first;
            }
        }
        int from = marks.isEmpty() ? 0 : whole(text, Math.max(0, marks.get(best).from() - BEFORE));
        int to = whole(text, Math.min(text.length(), from + FaqHit.MAX_SNIPPET_LENGTH));
        List<Mark> shown = marks.stream()
                .filter(mark -> mark.from() >= from && mark.to() <= to)
                .map(mark -> new Mark(mark.from() - from, mark.to() - from))
                .toList();
        return new Highlighted(text.substring(from, to), shown);
    }

    /** Not between the two halves of one character. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private List<Mark> marks(String text) {
        List<Mark> marks = new ArrayList<>();
        languages.tokens(Languages.text(language), text, (word, from, to) -> {
            boolean behind = marks.isEmpty() || marks.get(marks.size() - 1).to() <= from;
            if (behind && to > from && to <= text.length() && wanted.contains(word)) {
                marks.add(new Mark(from, to));
            }
        });
        return marks;
    }
}
