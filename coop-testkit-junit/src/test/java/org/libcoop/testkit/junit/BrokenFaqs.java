package org.libcoop.testkit.junit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.faq.Highlighted;
import org.libcoop.memory.InMemoryFaq;
import org.libcoop.spi.FaqSource;

/** FAQ sources that each break one rule, in a way that a host easily might. */
final class BrokenFaqs {

    private BrokenFaqs() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements FaqSource, FaqSetting.FaqsOfHost {
        final InMemoryFaq right = new InMemoryFaq();

        @Override
        public FaqSource source() {
            return this;
        }

        @Override
        public void save(FaqGroup group) {
            right.save(group);
        }

        @Override
        public void save(FaqEntry entry) {
            right.save(entry);
        }

        @Override
        public void remove(InstitutionId institution, String entry) {
            right.remove(institution, entry);
        }

        @Override
        public void readable(OperatorId operator, Collection<String> groups) {
            right.readable(operator, groups);
        }

        @Override
        public List<FaqGroup> groups(InstitutionId institution) {
            return right.groups(institution);
        }

        @Override
        public Set<String> readableBy(OperatorId operator) {
            return right.readableBy(operator);
        }

        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            return right.search(query, cursor, limit);
        }

        @Override
        public Optional<FaqEntry> entry(InstitutionId institution, String id) {
            return right.entry(institution, id);
        }

        @Override
        public List<FaqEntry> staffing(InstitutionId institution) {
            return right.staffing(institution);
        }
    }

    /** Shows every institution's groups. */
    static final class ShowsGroupsOfOthers extends Proxy {
        @Override
        public List<FaqGroup> groups(InstitutionId institution) {
            List<FaqGroup> all = new ArrayList<>(super.groups(FaqSetting.SPRINGY));
            all.addAll(super.groups(FaqSetting.HILL));
            return all;
        }
    }

    /** Looks for the best first and takes out what is of other groups afterwards. */
    static final class FiltersAfterwards extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            List<String> every =
                    groups(query.institution()).stream().map(FaqGroup::id).toList();
            FaqPage page = super.search(FaqQuery.of(query.institution(), every, query.words()), cursor, limit);
            return new FaqPage(
                    page.hits().stream()
                            .filter(hit -> query.groups().contains(hit.group()))
                            .toList(),
                    page.next());
        }
    }

    /** Forgets to ask for the group. */
    static final class SearchesEveryGroup extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            List<String> every =
                    groups(query.institution()).stream().map(FaqGroup::id).toList();
            return super.search(FaqQuery.of(query.institution(), every, query.words()), cursor, limit);
        }
    }

    /** Finds words with regard to case. */
    static final class MindsCase extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            return query.words().equals(query.words().toLowerCase(Locale.ROOT))
                    ? super.search(query, cursor, limit)
                    : new FaqPage(List.of(), null);
        }
    }

    /** Orders by id. */
    static final class DoesNotRank extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            FaqPage page = super.search(query, cursor, limit);
            List<FaqHit> hits = new ArrayList<>(page.hits());
            hits.sort(Comparator.comparing(FaqHit::entry).reversed());
            hits.sort(Comparator.comparing(hit -> !hit.entry().equals("in-text")));
            return new FaqPage(hits, page.next());
        }
    }

    /** Takes what is typed for a pattern. */
    static final class ReadsPatterns extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            return Pattern.compile(query.words()).pattern().isEmpty()
                    ? new FaqPage(List.of(), null)
                    : super.search(query, cursor, limit);
        }
    }

    /** Escapes titles for a page. */
    static final class Escapes extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            FaqPage page = super.search(query, cursor, limit);
            return new FaqPage(
                    page.hits().stream()
                            .map(hit -> new FaqHit(
                                    hit.entry(),
                                    hit.group(),
                                    Highlighted.plain(hit.title().text().replace("<", "&lt;")),
                                    hit.snippet(),
                                    hit.link(),
                                    hit.language(),
                                    hit.reviewed()))
                            .toList(),
                    page.next());
        }
    }

    /** Knows no end. */
    static final class AlwaysHasANextPage extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            FaqPage page = super.search(query, cursor, limit);
            return cursor == null && page.next() == null ? new FaqPage(page.hits(), "0:" + query.hashCode()) : page;
        }
    }

    /** Finds an entry by its id alone. */
    static final class FindsEntriesOfOthers extends Proxy {
        @Override
        public Optional<FaqEntry> entry(InstitutionId institution, String id) {
            return super.entry(institution, id).or(() -> super.entry(FaqSetting.SPRINGY, id));
        }
    }

    /** Makes the list anew each time. */
    static final class MakesListsAnew extends Proxy {
        @Override
        public List<FaqEntry> staffing(InstitutionId institution) {
            return new ArrayList<>(super.staffing(institution));
        }
    }

    /** Keeps what it answered first. */
    static final class NeverLooksAgain extends Proxy {
        private @Nullable List<FaqEntry> first;

        @Override
        public void save(FaqEntry entry) {
            super.save(entry);
            if (first == null && entry.institution().equals(FaqSetting.SPRINGY) && isForStaff(entry)) {
                first = super.staffing(FaqSetting.SPRINGY);
            }
        }

        private static boolean isForStaff(FaqEntry entry) {
            return entry.group().equals(FaqSetting.group(FaqVisibility.STAFFING));
        }

        @Override
        public List<FaqEntry> staffing(InstitutionId institution) {
            return first != null && institution.equals(FaqSetting.SPRINGY) ? first : super.staffing(institution);
        }
    }

    /** Says in an exception what was looked for. */
    static final class QuotesTheQuery extends Proxy {
        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            try {
                return super.search(query, cursor, limit);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("cannot look for " + query.words(), wrong);
            }
        }
    }
}
