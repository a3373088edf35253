package org.libcoop.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.faq.Highlighted;
import org.libcoop.spi.FaqSource;

/**
 * FAQs in memory, forgotten with the process: for tests, and for hosts with a handful of entries. Finds whole words, of any language,
 * and looks at every entry for each search; a host with more of them has a search library ({@code LuceneFaqSource} of the example
 * server). <em>Safe for use by several threads.</em>
 */
@Beta
public final class InMemoryFaq implements FaqSource {

    /** How many words of a text a word of the title is worth. */
    private static final int TITLE = 5;

    private static final int BEFORE = 80;

    private final Map<InstitutionId, Map<String, FaqGroup>> groups = new HashMap<>();
    private final Map<InstitutionId, Map<String, FaqEntry>> entries = new HashMap<>();
    private final Map<InstitutionId, List<FaqEntry>> staffing = new HashMap<>();
    private final Map<OperatorId, Set<String>> readable = new HashMap<>();

    /** No group and no entry yet. */
    public InMemoryFaq() {}

    /**
     * Adds a group, or puts it in the place of the one with its id.
     *
     * @throws IllegalArgumentException if the institution has another STAFFING group
     */
    public synchronized void save(FaqGroup group) {
        Map<String, FaqGroup> of = groups.computeIfAbsent(group.institution(), key -> new TreeMap<>());
        boolean second = group.visibility() == FaqVisibility.STAFFING
                && of.values().stream()
                        .anyMatch(other -> other.visibility() == FaqVisibility.STAFFING
                                && !other.id().equals(group.id()));
        if (second) {
            throw new IllegalArgumentException(group.institution() + " has a STAFFING group already");
        }
        of.put(group.id(), group);
        staffing.remove(group.institution());
    }

    /**
     * Adds an entry, or puts it in the place of the one with its id.
     *
     * @throws IllegalArgumentException if the institution has no such group, or too many entries for staff
     */
    public synchronized void save(FaqEntry entry) {
        FaqGroup group = groups.getOrDefault(entry.institution(), Map.of()).get(entry.group());
        if (group == null) {
            throw new IllegalArgumentException(entry.institution() + " has no group " + entry.group());
        }
        Map<String, FaqEntry> of = entries.computeIfAbsent(entry.institution(), key -> new TreeMap<>());
        if (group.visibility() == FaqVisibility.STAFFING
                && !of.containsKey(entry.id())
                && staffing(entry.institution()).size() >= MOST_STAFFING) {
            throw new IllegalArgumentException("a STAFFING group has at most " + MOST_STAFFING + " entries");
        }
        FaqEntry before = of.put(entry.id(), entry);
        if (group.visibility() == FaqVisibility.STAFFING || isForStaff(before)) {
            staffing.remove(entry.institution());
        }
    }

    private boolean isForStaff(@Nullable FaqEntry entry) {
        FaqGroup group = entry == null
                ? null
                : groups.getOrDefault(entry.institution(), Map.of()).get(entry.group());
        return group != null && group.visibility() == FaqVisibility.STAFFING;
    }

    /** Takes an entry out; nothing happens if there is none. */
    public synchronized void remove(InstitutionId institution, String id) {
        if (isForStaff(entries.getOrDefault(institution, new TreeMap<>()).remove(id))) {
            staffing.remove(institution);
        }
    }

    /** Says which groups of its institution an operator may read; none until then. */
    public synchronized void readable(OperatorId operator, Collection<String> groupIds) {
        readable.put(operator, Set.copyOf(groupIds));
    }

    @Override
    public synchronized List<FaqGroup> groups(InstitutionId institution) {
        return List.copyOf(groups.getOrDefault(institution, Map.of()).values());
    }

    @Override
    public synchronized Set<String> readableBy(OperatorId operator) {
        return readable.getOrDefault(operator, Set.of());
    }

    @Override
    public synchronized Optional<FaqEntry> entry(InstitutionId institution, String id) {
        return Optional.ofNullable(entries.getOrDefault(institution, Map.of()).get(id));
    }

    @Override
    public synchronized List<FaqEntry> staffing(InstitutionId institution) {
        return staffing.computeIfAbsent(
                institution,
                of -> entries.getOrDefault(of, Map.of()).values().stream()
                        .filter(this::isForStaff)
                        .toList());
    }

    // ---- Search

    private record Scored(FaqEntry entry, int words, int score) {}

    @Override
    public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row, not " + limit);
        }
        Set<String> wanted = new TreeSet<>();
        words(query.words(), (word, from, to) -> wanted.add(word));
        int from = cursor == null ? 0 : position(query, cursor);
        List<FaqEntry> all;
        synchronized (this) {
            all = List.copyOf(
                    entries.getOrDefault(query.institution(), Map.of()).values());
        }
        List<Scored> found = all.stream()
                .filter(entry -> query.groups().contains(entry.group()))
                .map(entry -> scored(entry, wanted))
                .filter(scored -> scored.words() > 0 && scored.words() == wanted.size())
                .sorted(Comparator.comparingInt(Scored::score)
                        .reversed()
                        .thenComparing(scored -> !scored.entry().language().equals(query.language()))
                        .thenComparing(scored -> scored.entry().id()))
                .toList();
        int to = (int) Math.min(found.size(), from + (long) Math.min(limit, PAGE));
        List<FaqHit> hits = found.subList(Math.min(from, to), to).stream()
                .map(scored -> hit(scored.entry(), wanted))
                .toList();
        return new FaqPage(hits, to < found.size() ? to + ":" + query.hashCode() : null);
    }

    private static int position(FaqQuery query, String cursor) {
        String end = ":" + query.hashCode();
        if (!cursor.matches("[0-9]{1,9}:-?[0-9]+") || !cursor.endsWith(end)) {
            throw new IllegalArgumentException("this is no cursor of this query");
        }
        return Integer.parseInt(cursor.substring(0, cursor.length() - end.length()));
    }

    private static Scored scored(FaqEntry entry, Set<String> wanted) {
        Set<String> there = new TreeSet<>();
        int[] score = {0};
        words(entry.title(), (word, from, to) -> count(word, TITLE, wanted, there, score));
        words(entry.text(), (word, from, to) -> count(word, 1, wanted, there, score));
        return new Scored(entry, there.size(), score[0]);
    }

    private static void count(String word, int worth, Set<String> wanted, Set<String> there, int[] score) {
        if (wanted.contains(word)) {
            there.add(word);
            score[0] += worth;
        }
    }

    private static FaqHit hit(FaqEntry entry, Set<String> wanted) {
        List<Highlighted.Mark> marks = marks(entry.text(), wanted);
        int from = marks.isEmpty() ? 0 : Math.max(0, marks.get(0).from() - BEFORE);
        int to = Math.min(entry.text().length(), from + FaqHit.MAX_SNIPPET_LENGTH);
        String snippet = entry.text().substring(from, to);
        return new FaqHit(
                entry.id(),
                entry.group(),
                new Highlighted(entry.title(), marks(entry.title(), wanted)),
                new Highlighted(snippet, marks(snippet, wanted)),
                entry.link(),
                entry.language(),
                entry.reviewed());
    }

    private static List<Highlighted.Mark> marks(String text, Set<String> wanted) {
        List<Highlighted.Mark> marks = new ArrayList<>();
        words(text, (word, from, to) -> {
            if (wanted.contains(word)) {
                marks.add(new Highlighted.Mark(from, to));
            }
        });
        return marks;
    }

    private interface Words {
        void word(String word, int from, int to);
    }

    private static void words(String text, Words each) {
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean within = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (within && from < 0) {
                from = i;
            } else if (!within && from >= 0) {
                each.word(text.substring(from, i).toLowerCase(Locale.ROOT), from, i);
                from = -1;
            }
        }
    }
}
