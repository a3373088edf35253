package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.libcoop.faq.FaqVisibility.HIDDEN;
import static org.libcoop.faq.FaqVisibility.INTERNAL;
import static org.libcoop.faq.FaqVisibility.PUBLIC;
import static org.libcoop.faq.FaqVisibility.RESTRICTED;
import static org.libcoop.faq.FaqVisibility.STAFFING;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.Highlighted;
import org.libcoop.spi.FaqSource;

/**
 * What every {@link FaqSource} has to do, rule by rule (F1–F3): the tests' names begin with the number of the rule they hold. A host's
 * test extends it, and says how entries come into the source:
 *
 * <pre>{@code
 * class MyFaqContractTest extends FaqSourceContract {
 *     @Override
 *     protected FaqsOfHost open() {
 *         return new MyFaqs(emptyDatabase());
 *     }
 * }
 * }</pre>
 */
@Beta
public abstract class FaqSourceContract extends FaqSetting {

    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final InstitutionId NOBODY = InstitutionId.of("nobody");

    /** For the host's own test. */
    protected FaqSourceContract() {}

    @Test
    void fq01_groupsAreThoseOfTheInstitutionOneOfThemForStaff() {
        List<FaqGroup> groups = source().groups(SPRINGY);

        assertThat(groups).hasSize(5).allMatch(group -> group.institution().equals(SPRINGY));
        assertThat(groups).filteredOn(group -> group.visibility() == STAFFING).hasSize(1);
        assertThat(source().groups(NOBODY)).isEmpty();
    }

    @Test
    void fq01_whatAnOperatorMayReadIsWhatTheHostSays() {
        OperatorId ana = OperatorId.of("ana");
        faqs().readable(ana, List.of(group(PUBLIC), group(INTERNAL)));

        assertThat(source().readableBy(ana)).containsExactlyInAnyOrder(group(PUBLIC), group(INTERNAL));
        assertThat(source().readableBy(OperatorId.of("nobody"))).isEmpty();
    }

    @Test
    void fq02_aSearchFindsWhatIsInItsGroupsAndInstitutionAlone() {
        assertThat(found(query(SPRINGY, "library", PUBLIC))).containsExactlyInAnyOrder("hours", "renew");
        assertThat(found(query(SPRINGY, "library", STAFFING))).containsExactly("codes");
        assertThat(found(query(SPRINGY, "library", PUBLIC, STAFFING, INTERNAL)))
                .containsExactlyInAnyOrder("hours", "renew", "codes", "memo");
        assertThat(found(query(SPRINGY, "library", HIDDEN, RESTRICTED))).isEmpty();
        assertThat(found(query(SPRINGY, "library"))).isEmpty();
        assertThat(found(query(NOBODY, "library", PUBLIC))).isEmpty();
    }

    @Test
    void fq02_ofManyInOtherGroupsNoneTakesThePlaceOfOne() {
        for (int i = 0; i < 200; i++) {
            save(SPRINGY, "internal-" + i, INTERNAL, "Library library library", "library");
        }

        assertThat(ids(page(query(SPRINGY, "library", PUBLIC), null, 2))).containsExactlyInAnyOrder("hours", "renew");
    }

    @Test
    void fq03_anEntryIsFoundByItsWordsWithoutRegardToCase() {
        assertThat(found(query(SPRINGY, "RENEW loan", PUBLIC))).first().isEqualTo("renew");
        assertThat(found(query(SPRINGY, "nine", PUBLIC))).containsExactly("hours");
        assertThat(found(query(SPRINGY, "zebra", PUBLIC))).isEmpty();
        assertThat(found(query(SPRINGY, "", PUBLIC))).isEmpty();
        assertThat(found(query(SPRINGY, " \t", PUBLIC))).isEmpty();
    }

    @Test
    void fq03_aPartOfAWordIsNoWord() {
        save(SPRINGY, "cat", PUBLIC, "The cat", "It is here.");
        save(SPRINGY, "catalogue", PUBLIC, "The catalogue", "It is there.");

        assertThat(found(query(SPRINGY, "cat", PUBLIC))).containsExactly("cat");
    }

    @Test
    void fq03_whatHasAllWordsComesBeforeWhatHasSome() {
        save(SPRINGY, "printing", PUBLIC, "Printing", "Printing and more printing in the basement.");
        save(SPRINGY, "poster", PUBLIC, "Large sheets", "A poster is for printing in the basement.");

        assertThat(found(query(SPRINGY, "printing poster", PUBLIC))).first().isEqualTo("poster");
    }

    @Test
    void fq04_aTitleCountsMoreThanAText() {
        save(SPRINGY, "in-text", PUBLIC, "Something else", "You borrow a laptop at the desk, it is easy.");
        save(SPRINGY, "in-title", PUBLIC, "Borrow a laptop", "At the desk, it is easy for you, go there.");

        assertThat(found(query(SPRINGY, "laptop", PUBLIC))).containsExactly("in-title", "in-text");
    }

    @Test
    void fq05_whateverIsTypedIsWords() {
        for (String typed : List.of(
                "library AND",
                "(library",
                "library*",
                "*",
                "\"library",
                "library~9",
                "title:library",
                "library^",
                "[a TO",
                "/(a+)+/",
                "-library",
                "+",
                "!",
                "\\",
                "??????",
                "\uD83D\uDE00",
                "\uD800",
                "a".repeat(200))) {
            long begun = System.nanoTime();

            assertThat(catchThrowable(() -> found(query(SPRINGY, typed, PUBLIC))))
                    .as(typed)
                    .isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(typed).isLessThan(QUICK);
        }
        assertThat(found(query(SPRINGY, "(library", PUBLIC))).contains("hours");
        assertThat(found(query(SPRINGY, "librar*", PUBLIC))).doesNotContain("memo");
        assertThat(found(query(SPRINGY, "-library", PUBLIC))).contains("hours");
    }

    @Test
    void fq06_whatIsFoundIsPlainTextWithRanges() {
        save(SPRINGY, "markup", PUBLIC, "<b>Zebra</b> & \"co\"", "A <i>zebra</i> & so on.");

        FaqHit hit = page(query(SPRINGY, "zebra", PUBLIC), null, 1).hits().get(0);

        assertThat(hit.title().text()).isEqualTo("<b>Zebra</b> & \"co\"");
        assertThat(marked(hit.title())).containsExactly("Zebra");
        assertThat(hit.snippet().text()).contains("<i>zebra</i> & so on");
        assertThat(marked(hit.snippet())).containsExactly("zebra");
        assertThat(hit.group()).isEqualTo(group(PUBLIC));
        assertThat(hit.reviewed()).isEqualTo("2026-01-05");
    }

    private static List<String> marked(Highlighted text) {
        return text.marks().stream()
                .map(mark -> text.text().substring(mark.from(), mark.to()))
                .toList();
    }

    @Test
    void fq06_aSnippetOfALongTextIsWhereTheWordsAre() {
        save(
                SPRINGY,
                "long",
                PUBLIC,
                "Long",
                "much to say. ".repeat(400) + "Then a zebra comes. " + "and more. ".repeat(400));

        FaqHit hit = page(query(SPRINGY, "zebra", PUBLIC), null, 1).hits().get(0);

        assertThat(hit.snippet().text().length()).isBetween(10, FaqHit.MAX_SNIPPET_LENGTH);
        assertThat(marked(hit.snippet())).containsExactly("zebra");
    }

    @Test
    void fq07_pagesFollowEachOtherWithoutARepetition() {
        for (int i = 0; i < 7; i++) {
            save(SPRINGY, "zebra-" + i, PUBLIC, "Zebra number " + i, "A zebra.");
        }
        FaqQuery query = query(SPRINGY, "zebra", PUBLIC);

        assertThat(page(query, null, 3).hits()).hasSize(3);
        assertThat(all(query, 3)).hasSize(7).doesNotHaveDuplicates();
        assertThat(all(query, 7)).hasSize(7);
        assertThat(page(query, null, 7).next()).isNull();
        assertThat(page(query, null, 6).next()).isNotNull();
    }

    @Test
    void fq07_aPageHasItsBounds() {
        for (int i = 0; i < FaqSource.PAGE + 1; i++) {
            save(SPRINGY, "zebra-" + i, PUBLIC, "Zebra", "A zebra.");
        }
        FaqQuery query = query(SPRINGY, "zebra", PUBLIC);

        assertThat(page(query, null, FaqSource.PAGE + 1).hits()).hasSize(FaqSource.PAGE);
        assertThat(all(query, Integer.MAX_VALUE)).hasSize(FaqSource.PAGE + 1);
        assertThatThrownBy(() -> page(query, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fq07_whatIsNoCursorOfTheQueryIsRefused() {
        save(SPRINGY, "z1", PUBLIC, "Zebra", "");
        save(SPRINGY, "z2", PUBLIC, "Zebra", "");
        String next = page(query(SPRINGY, "zebra", PUBLIC), null, 1).next();

        assertThat(next).isNotNull();
        for (String cursor : List.of("", "no cursor", "-1", "99999999999999999999:1")) {
            assertThatThrownBy(() -> page(query(SPRINGY, "zebra", PUBLIC), cursor, 1))
                    .as(cursor)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> page(query(SPRINGY, "zebra", STAFFING), next, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fq08_anEntryIsFoundAtItsInstitutionOnly() {
        assertThat(source().entry(SPRINGY, "memo"))
                .get()
                .extracting(FaqEntry::text, FaqEntry::group)
                .containsExactly("Coffee is in the kitchen.", group(INTERNAL));
        assertThat(source().entry(HILL, "hours"))
                .get()
                .extracting(FaqEntry::institution)
                .isEqualTo(HILL);
        assertThat(source().entry(HILL, "memo")).isEmpty();
        assertThat(source().entry(NOBODY, "hours")).isEmpty();
    }

    @Test
    void fq08_anEntryIsAsItWasSaved() {
        FaqEntry full = new FaqEntry(
                "full",
                SPRINGY,
                group(PUBLIC),
                "\u00DCber \"alles\" '%_\\",
                "a\r\nb\t\uD83D\uDE00",
                "https://example.edu/?q=1",
                "pt-BR",
                null);
        faqs().save(full);

        assertThat(source().entry(SPRINGY, "full")).contains(full);
    }

    @Test
    void fq09_whatIsForStaffIsAllOfTheGroupAndTheSameListUntilItChanges() {
        List<FaqEntry> before = source().staffing(SPRINGY);
        save(SPRINGY, "other", PUBLIC, "Something else", "");

        assertThat(before).extracting(FaqEntry::id).containsExactly("codes");
        assertThat(source().staffing(SPRINGY)).isSameAs(before);
        assertThat(source().staffing(NOBODY)).isEmpty();

        save(SPRINGY, "alert", STAFFING, "Alert", "The lift is broken.");
        List<FaqEntry> after = source().staffing(SPRINGY);

        assertThat(after).extracting(FaqEntry::id).containsExactlyInAnyOrder("alert", "codes");
        assertThat(source().staffing(SPRINGY)).isSameAs(after);
    }

    @Test
    void fq10_whatIsChangedIsFoundSo() {
        save(SPRINGY, "hours", PUBLIC, "When are you there?", "From ten, with a zebra.");
        save(SPRINGY, "codes", STAFFING, "Codes", "The door opens with zz-0815-aa.");

        assertThat(found(query(SPRINGY, "zebra", PUBLIC))).containsExactly("hours");
        assertThat(found(query(SPRINGY, "nine", PUBLIC))).isEmpty();
        assertThat(source().staffing(SPRINGY))
                .extracting(FaqEntry::text)
                .containsExactly("The door opens with zz-0815-aa.");
    }

    @Test
    void fq10_whatIsMovedToAnotherGroupIsFoundThere() {
        save(SPRINGY, "codes", PUBLIC, "Codes of the library", "No secret any more.");

        assertThat(source().staffing(SPRINGY)).isEmpty();
        assertThat(found(query(SPRINGY, "codes", PUBLIC))).containsExactly("codes");
        assertThat(found(query(SPRINGY, "codes", STAFFING))).isEmpty();
    }

    @Test
    void fq10_whatIsRemovedIsGone() {
        faqs().remove(SPRINGY, "codes");
        faqs().remove(SPRINGY, "no-such-entry");

        assertThat(source().entry(SPRINGY, "codes")).isEmpty();
        assertThat(source().staffing(SPRINGY)).isEmpty();
        assertThat(found(query(SPRINGY, "codes", STAFFING))).isEmpty();
        assertThat(source().entry(HILL, "codes")).isPresent();
    }

    @Test
    void fq11_noExceptionSaysWhatIsLookedForOrFound() {
        for (Throwable thrown : List.of(
                catchThrowable(() -> page(query(SPRINGY, "kx-4711-pq", STAFFING), null, 0)),
                catchThrowable(() -> page(query(SPRINGY, "kx-4711-pq", STAFFING), "wrong", 1)))) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("4711");
            }
        }
    }
}
