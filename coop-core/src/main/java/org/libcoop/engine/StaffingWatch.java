package org.libcoop.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.faq.Secret;
import org.libcoop.faq.StaffingGuard;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;

/**
 * Looks at what is about to be said to a patron for what the patron's library keeps for staff (F2, G17). What the library shows to
 * everybody is no secret: hours, telephone and links of its card, and its PUBLIC entries, which are searched for what was found: there
 * may be more of them than fit in memory, and what is found is little, and seldom.
 *
 * <p>A guard is compiled once for each list that the host answers with; the last one holds while the host does not answer.
 * Safe for use by several threads.
 */
final class StaffingWatch {

    /** The most institutions whose guards are kept; of others one is made again when it is needed. */
    private static final int KEPT = 1_000;

    /** How often the public entries are searched for one text: what is not found public by then counts as secret. */
    private static final int SEARCHES = 5;

    private static final int HITS = 5;

    private record Compiled(List<FaqEntry> of, StaffingGuard guard) {}

    private final FaqShelf shelf;
    private final Presence presence;
    private final Map<InstitutionId, Compiled> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InstitutionId, Compiled> eldest) {
            return size() > KEPT;
        }
    };

    StaffingWatch(FaqShelf shelf, Presence presence) {
        this.shelf = shelf;
        this.presence = presence;
    }

    /**
     * The ids of the entries that {@code text} gives away, by id; empty if it gives none away. {@code unavailable} where the library is
     * in a co-op and its list never was there to look at.
     *
     * @param shown an entry that the patron may read, as is known without asking
     */
    Outcome<List<String>> givenAway(InstitutionId home, String text, @Nullable FaqEntry shown) {
        if (!shelf.there()) {
            return Outcome.done(List.of());
        }
        Outcome<List<FaqEntry>> staffing = shelf.staffing(home);
        StaffingGuard guard = staffing.value().map(list -> guard(home, list)).orElseGet(() -> last(home));
        if (guard == null) {
            return presence.directory().memberships(home).isEmpty()
                    ? Outcome.done(List.of())
                    : staffing.map(never -> List.of());
        }
        List<Secret> found = guard.found(text);
        if (shown != null) {
            found = StaffingGuard.notIn(all(shown), found);
        }
        found = StaffingGuard.notIn(shown(presence.directory().card(home)), found);
        return Outcome.done(guard.entriesOf(withoutPublic(home, found)));
    }

    private StaffingGuard guard(InstitutionId home, List<FaqEntry> list) {
        synchronized (kept) {
            Compiled compiled = kept.get(home);
            if (compiled != null && isSame(compiled.of(), list)) {
                return compiled.guard();
            }
        }
        Compiled compiled = new Compiled(list, StaffingGuard.of(list));
        synchronized (kept) {
            kept.put(home, compiled);
        }
        return compiled.guard();
    }

    /** FQ9: an unchanged list is the very same one. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(List<FaqEntry> one, List<FaqEntry> other) {
        return one == other;
    }

    private @Nullable StaffingGuard last(InstitutionId home) {
        synchronized (kept) {
            Compiled compiled = kept.get(home);
            return compiled == null ? null : compiled.guard();
        }
    }

    private List<Secret> withoutPublic(InstitutionId home, List<Secret> secrets) {
        List<Secret> left = secrets;
        for (int i = 0; i < SEARCHES && !left.isEmpty(); i++) {
            Secret first = left.get(0);
            for (FaqEntry entry : publicOnes(home, first.words())) {
                left = StaffingGuard.notIn(all(entry), left);
            }
            if (left.contains(first)) {
                return left;
            }
        }
        return left;
    }

    private List<FaqEntry> publicOnes(InstitutionId home, String words) {
        List<String> groups = shelf.groups(home).value().orElse(Map.of()).values().stream()
                .filter(group -> group.visibility() == FaqVisibility.PUBLIC)
                .map(FaqGroup::id)
                .sorted()
                .limit(FaqQuery.MOST_GROUPS)
                .toList();
        String looked = words.substring(0, Math.min(words.length(), FaqQuery.MAX_WORDS_LENGTH));
        return shelf.search(FaqQuery.of(home, groups, looked), null, HITS).value().stream()
                .flatMap(page -> page.hits().stream())
                .map(FaqHit::entry)
                .flatMap(id -> shelf.entry(home, id).value().stream())
                .filter(found -> found.group().visibility() == FaqVisibility.PUBLIC)
                .map(found -> found.entry())
                .toList();
    }

    private static String all(FaqEntry entry) {
        return entry.title() + '\n' + entry.text() + '\n' + (entry.link() == null ? "" : entry.link());
    }

    /** What of a card is for everybody: alerts are for staff. */
    private static String shown(InstitutionCard card) {
        StringBuilder text = new StringBuilder(card.hours()).append('\n').append(card.phone());
        card.links()
                .forEach(link ->
                        text.append('\n').append(link.name()).append('\n').append(link.url()));
        return text.toString();
    }
}
