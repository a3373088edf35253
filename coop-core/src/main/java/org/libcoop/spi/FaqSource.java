package org.libcoop.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;

/**
 * The FAQs that the host keeps (F1–F3). It finds and shows; who may see what is asked by the engine, which names the groups of each
 * search and looks at the group of each entry before it is shown.
 *
 * <ol>
 * <li>FQ1 {@link #groups} are all groups of an institution, in an order of the host's; exactly one of them is STAFFING (F2). An
 *     institution that the source does not know has none.
 * <li>FQ2 {@link #search} finds entries of the query's institution and groups, and no others.
 * <li>FQ3 It finds the entries in whose title or text all of the words stand, in their language's forms where the source knows the
 *     language, without regard to case; without a word in the query, none. It may find others that have some of the words, behind these.
 * <li>FQ4 The best comes first: an entry with the words in its title comes before one that has them once in a text of the same kind.
 * <li>FQ5 Whatever is typed is words: no character or combination of them is an operator, an error or slow.
 * <li>FQ6 Title and snippet are plain text, with ranges where a word stands; a title is whole, and nothing is escaped in it.
 * <li>FQ7 A page has at most {@link #PAGE} rows, and at most as many as are asked for; a limit below 1 is an {@link
 *     IllegalArgumentException}. Pages follow each other by cursor without a repetition while nothing is changed; the cursor is null
 *     exactly when nothing follows. What is no cursor of the query is an {@link IllegalArgumentException}.
 * <li>FQ8 {@link #entry} is an entry of that institution, whatever its group; of another institution's entries it finds none.
 * <li>FQ9 {@link #staffing} is every entry of the institution's STAFFING group, at most {@link #MOST_STAFFING}, of which there can be
 *     no more. It is answered from memory, and is the very same list as long as nothing in it has changed.
 * <li>FQ10 What the host has saved, changed or removed is found so by every method from then on.
 * <li>FQ11 Nothing of what entries say, or of what is looked for, is written to a log or stands in an exception.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every method may be called on a thread that a person waits for, and fails with any
 * exception where it cannot answer.
 */
@Beta
public interface FaqSource {

    /** The most rows a page may have. */
    int PAGE = 50;

    /** The most entries of a STAFFING group. */
    int MOST_STAFFING = 1_000;

    /** The groups of an institution (FQ1). */
    List<FaqGroup> groups(InstitutionId institution);

    /** The ids of the groups of the operator's own institution that the operator may read there (F1); empty for an unknown one. */
    Set<String> readableBy(OperatorId operator);

    /** What {@code query} asks for, after {@code cursor}, at most {@code limit} (FQ2–FQ7). */
    FaqPage search(FaqQuery query, @Nullable String cursor, int limit);

    /** An entry; empty if the institution has none of this id (FQ8). */
    Optional<FaqEntry> entry(InstitutionId institution, String id);

    /** The entries of the STAFFING group, by id (FQ9). */
    List<FaqEntry> staffing(InstitutionId institution);
}
