package org.libcoop.testkit.junit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.spi.FaqSource;

/** What the rules of a FAQ source are tried on: two institutions with a group of each visibility and a few entries. */
abstract class FaqSetting {

    static final InstitutionId SPRINGY = InstitutionId.of("springy");
    static final InstitutionId HILL = InstitutionId.of("hill");

    private FaqsOfHost faqs;

    /**
     * What a host does to its own FAQs, by which the contract fills the source. <em>One thread at a time.</em>
     */
    @Beta
    public interface FaqsOfHost extends AutoCloseable {

        /** The source, empty at first. */
        FaqSource source();

        /** Adds a group, or puts it in the place of the one with its id. */
        void save(FaqGroup group);

        /** Adds an entry, or puts it in the place of the one with its id. */
        void save(FaqEntry entry);

        /** Takes an entry out. */
        void remove(InstitutionId institution, String entry);

        /** Says which groups of its institution an operator may read. */
        void readable(OperatorId operator, Collection<String> groups);

        /** Gives back what the source holds. */
        @Override
        default void close() {}
    }

    FaqSetting() {}

    /** A host with an empty source; the contract closes it. */
    protected abstract FaqsOfHost open();

    @BeforeEach
    void fill() {
        faqs = open();
        for (InstitutionId institution : List.of(SPRINGY, HILL)) {
            for (FaqVisibility visibility : FaqVisibility.values()) {
                faqs.save(new FaqGroup(group(visibility), institution, "Group " + visibility, visibility));
            }
        }
        save(SPRINGY, "hours", FaqVisibility.PUBLIC, "When is the library open?", "From nine to five.");
        save(
                SPRINGY,
                "renew",
                FaqVisibility.PUBLIC,
                "How do I renew a loan?",
                "On your account, while the library is open.");
        save(SPRINGY, "codes", FaqVisibility.STAFFING, "Codes of the library", "The door opens with kx-4711-pq.");
        save(SPRINGY, "memo", FaqVisibility.INTERNAL, "Memo for the library", "Coffee is in the kitchen.");
        save(HILL, "hours", FaqVisibility.PUBLIC, "Opening of the college library", "At ten.");
        save(HILL, "codes", FaqVisibility.STAFFING, "Codes of the college", "The college opens with hill-99-door.");
    }

    @AfterEach
    void closeAll() {
        faqs.close();
    }

    final FaqsOfHost faqs() {
        return faqs;
    }

    final FaqSource source() {
        return faqs.source();
    }

    static String group(FaqVisibility visibility) {
        return "g-" + visibility.name().toLowerCase(Locale.ROOT);
    }

    final FaqEntry save(InstitutionId institution, String id, FaqVisibility in, String title, String text) {
        FaqEntry entry = new FaqEntry(id, institution, group(in), title, text, null, "en", LocalDate.of(2026, 1, 5));
        faqs.save(entry);
        return entry;
    }

    static FaqQuery query(InstitutionId institution, String words, FaqVisibility... groups) {
        return FaqQuery.of(
                institution, List.of(groups).stream().map(FaqSetting::group).toList(), words);
    }

    final FaqPage page(FaqQuery query, @Nullable String cursor, int limit) {
        return source().search(query, cursor, limit);
    }

    final List<String> found(FaqQuery query) {
        return ids(page(query, null, FaqSource.PAGE));
    }

    static List<String> ids(FaqPage page) {
        return page.hits().stream().map(FaqHit::entry).toList();
    }

    /** Everything a query finds, page by page. */
    final List<String> all(FaqQuery query, int limit) {
        List<String> found = new ArrayList<>();
        FaqPage page = page(query, null, limit);
        found.addAll(ids(page));
        while (page.next() != null) {
            page = page(query, page.next(), limit);
            found.addAll(ids(page));
        }
        return found;
    }
}
