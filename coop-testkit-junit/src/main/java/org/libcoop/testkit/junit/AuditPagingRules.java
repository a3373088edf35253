package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.access.Operation;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditQuery.Result;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;

/** AT5 to AT8: what a search finds comes in order, page by page. */
abstract class AuditPagingRules extends AuditKeepingRules {

    // ---- AT5

    @Test
    void at05_theNewestComesFirstInWhateverOrderTheyWereRecorded() {
        List<AuditRecord> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            records.add(plain("r" + i, i / 4));
        }
        Collections.shuffle(records, new Random(5));
        trail().record(records);

        List<AuditRecord> found = all();

        assertThat(found)
                .hasSize(60)
                .isSortedAccordingTo(Comparator.comparing(AuditRecord::at).reversed());
        assertThat(all(AuditQuery.ALL, 7)).as("the same order in smaller pages").isEqualTo(found);
        assertThat(elsewhere().search(AuditQuery.ALL, null, AuditTrail.PAGE).rows())
                .as("the same order on another node")
                .isEqualTo(found);
        assertThat(all(AuditQuery.ALL.institution(LIBRARIES.get(0)), 7))
                .as("the same order by institution")
                .isEqualTo(found);
    }

    // ---- AT6

    @Test
    void at06_pagesHaveNeitherGapNorRepetitionWhateverIsRecordedMeanwhile() {
        for (AuditQuery query : List.of(AuditQuery.ALL, AuditQuery.ALL.institution(LIBRARIES.get(0)))) {
            List<AuditRecord> before = new ArrayList<>(all());
            for (int i = 0; i < 20; i++) {
                before.add(plain("r" + before.size() + "-" + i, i / 3));
            }
            trail().record(before);

            List<AuditRecord> seen = new ArrayList<>();
            int pages = 0;
            String cursor = null;
            do {
                // Every other page is asked for on the other node.
                AuditPage page = (pages % 2 == 0 ? trail() : elsewhere()).search(query, cursor, 3);
                seen.addAll(page.rows());
                cursor = page.next();
                pages++;
                trail().record(List.of(plain("new" + before.size() + "-" + pages, 100 + pages)));
                trail().record(List.of(plain("0-among" + before.size() + "-" + pages, 3)));
            } while (cursor != null && pages < 1_000);

            assertThat(seen).doesNotHaveDuplicates().containsAll(before);
        }
    }

    @Test
    void at06_aCursorIsThereExactlyWhenSomethingFollows() {
        for (int i = 0; i < 6; i++) {
            trail().record(List.of(plain("r" + i, i)));
        }

        AuditPage first = trail().search(AuditQuery.ALL, null, 3);

        assertThat(first.rows()).hasSize(3);
        assertThat(trail().search(AuditQuery.ALL, first.next(), 3))
                .isEqualTo(new AuditPage(List.of(plain("r2", 2), plain("r1", 1), plain("r0", 0)), null));
        assertThat(trail().search(AuditQuery.ALL, null, 6).next()).isNull();
        assertThat(trail().search(AuditQuery.ALL, null, 5).next()).isNotNull();
        assertThat(trail().search(AuditQuery.ALL.result(Result.REFUSED), null, 5))
                .isEqualTo(new AuditPage(List.of(), null));
    }

    // ---- AT7

    @Test
    void at07_aPageHasAtMostTwoHundredRows() {
        List<AuditRecord> records = new ArrayList<>();
        for (int i = 0; i <= AuditTrail.PAGE; i++) {
            records.add(plain("r" + i, i));
        }
        trail().record(records);

        AuditPage page = trail().search(AuditQuery.ALL, null, 1_000);

        assertThat(page.rows()).hasSize(AuditTrail.PAGE);
        assertThat(trail().search(AuditQuery.ALL, page.next(), Integer.MAX_VALUE)
                        .rows())
                .hasSize(1);
    }

    @Test
    void at07_aLimitBelowOneIsACallersMistake() {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> trail().search(AuditQuery.ALL, null, limit));
        }
    }

    // ---- AT8

    @Test
    void at08_whatIsNoCursorIsACallersMistake() {
        trail().record(List.of(plain("a", 0), plain("b", 1), plain("c", 2)));
        String cursor =
                Objects.requireNonNull(trail().search(AuditQuery.ALL, null, 1).next());
        String noise = Base64.getUrlEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

        for (String wrong :
                List.of("", "x", "0", "!", "a.b.c", noise, cursor + cursor, cursor.substring(1), "é".repeat(5_000))) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> trail().search(AuditQuery.ALL, wrong, 1));
        }
        assertThat(trail().search(AuditQuery.ALL, cursor, 1).rows()).hasSize(1);
    }

    @Test
    void at08_aCursorOfAnotherQueryIsACallersMistake() {
        trail().record(List.of(plain("a", 0), plain("b", 1), plain("c", 2)));
        String cursor =
                Objects.requireNonNull(trail().search(AuditQuery.ALL, null, 1).next());

        for (AuditQuery other : List.of(
                AuditQuery.ALL.institution(InstitutionId.of("springy")),
                AuditQuery.ALL.operation(Operation.DELETE_CONTENT),
                AuditQuery.ALL.result(Result.DONE),
                AuditQuery.ALL.between(at(-10), null))) {
            assertThatIllegalArgumentException().isThrownBy(() -> trail().search(other, cursor, 1));
        }
    }
}
