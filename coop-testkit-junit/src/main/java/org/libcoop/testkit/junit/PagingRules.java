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
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

/** AR5 to AR8: what a search finds comes in order, page by page. */
abstract class PagingRules extends FindingRules {

    private static final int CHATS = 80;

    // ---- AR5

    @Test
    void ar05_theNewestStartComesFirstInWhateverOrderTheyWereKept() {
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            chats.add(FinishedChat.of("c" + i, at(i / 4).plusMillis(i % 2)).missed());
        }
        Collections.shuffle(chats, new Random(5));
        archive().keep(chats);

        List<ArchivedSummary> rows = all(ArchiveQuery.ALL, Archive.PAGE);

        assertThat(rows)
                .hasSize(CHATS)
                .isSortedAccordingTo(
                        Comparator.comparing(ArchivedSummary::startedAt).reversed());
        assertThat(all(ArchiveQuery.ALL, 7))
                .as("the same order in smaller pages")
                .isEqualTo(rows);
        assertThat(elsewhere().search(ArchiveQuery.ALL, null, Archive.PAGE).rows())
                .as("the same order on another node")
                .isEqualTo(rows);
    }

    // ---- AR6

    @Test
    void ar06_pagesHaveNeitherGapNorRepetitionWhateverIsKeptMeanwhile() {
        for (int pageSize : new int[] {1, 2, 7, 10}) {
            String round = "p" + pageSize + "-";
            ArchiveQuery query = ArchiveQuery.ALL.widget(WidgetId.of(round));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add(round + i);
                archive().keep(List.of(ofRound(round, Integer.toString(i), i / 3)));
            }

            List<String> seen = new ArrayList<>();
            int pages = 0;
            String cursor = null;
            do {
                // Every other page is asked for on the other node.
                ArchivePage page = (pages % 2 == 0 ? archive() : elsewhere()).search(query, cursor, pageSize);
                page.rows().forEach(row -> seen.add(row.chat().value()));
                cursor = page.next();
                pages++;
                archive()
                        .keep(List.of(
                                ofRound(round, "newest" + pages, 100 + pages),
                                ofRound(round, "among" + pages, 3),
                                ofRound(round, "0-among" + pages, 3)));
            } while (cursor != null && pages < 1_000);

            assertThat(seen).doesNotHaveDuplicates().containsAll(expected);
        }
    }

    private static ArchivedChat ofRound(String round, String name, long start) {
        return FinishedChat.of(round + name, "springy", round, at(start)).missed();
    }

    @Test
    void ar06_aCursorIsThereExactlyWhenSomethingFollows() {
        for (int i = 0; i < 6; i++) {
            archive().keep(List.of(FinishedChat.of("c" + i, at(i)).missed()));
        }

        ArchivePage first = archive().search(ArchiveQuery.ALL, null, 3);

        assertThat(first.rows()).hasSize(3);
        assertThat(first.next()).isNotNull();
        ArchivePage second = archive().search(ArchiveQuery.ALL, first.next(), 3);
        assertThat(second.rows()).extracting(row -> row.chat().value()).containsExactly("c2", "c1", "c0");
        assertThat(second.next()).isNull();
        assertThat(archive().search(ArchiveQuery.ALL, null, 6).next()).isNull();
        assertThat(archive().search(ArchiveQuery.ALL, null, 5).next()).isNotNull();
        assertThat(archive().search(ArchiveQuery.ALL.chat(ChatId.of("none")), null, 5))
                .isEqualTo(new ArchivePage(List.of(), null));
    }

    // ---- AR7

    @Test
    void ar07_aPageHasAtMostTwoHundredRows() {
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i <= Archive.PAGE; i++) {
            chats.add(FinishedChat.of("c" + i, at(i)).missed());
        }
        archive().keep(chats);

        ArchivePage page = archive().search(ArchiveQuery.ALL, null, 1_000);

        assertThat(page.rows()).hasSize(Archive.PAGE);
        assertThat(archive()
                        .search(ArchiveQuery.ALL, page.next(), Integer.MAX_VALUE)
                        .rows())
                .hasSize(1);
    }

    @Test
    void ar07_aLimitBelowOneIsACallersMistake() {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> archive().search(ArchiveQuery.ALL, null, limit));
        }
    }

    // ---- AR8

    @Test
    void ar08_whatIsNoCursorIsACallersMistake() {
        for (int i = 0; i < 3; i++) {
            archive().keep(List.of(FinishedChat.of("c" + i, at(i)).missed()));
        }
        String cursor = Objects.requireNonNull(
                archive().search(ArchiveQuery.ALL, null, 1).next());
        String noise = Base64.getUrlEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

        for (String wrong :
                List.of("", "x", "0", "!", "a.b.c", noise, cursor + cursor, cursor.substring(1), "é".repeat(5_000))) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> archive().search(ArchiveQuery.ALL, wrong, 1));
        }
        assertThat(archive().search(ArchiveQuery.ALL, cursor, 1).rows()).hasSize(1);
    }

    @Test
    void ar08_aCursorOfAnotherQueryIsACallersMistake() {
        for (int i = 0; i < 3; i++) {
            archive().keep(List.of(FinishedChat.of("c" + i, at(i)).missed()));
        }
        String cursor = Objects.requireNonNull(
                archive().search(ArchiveQuery.ALL, null, 1).next());

        for (ArchiveQuery other : List.of(
                ArchiveQuery.ALL.home(InstitutionId.of("springy")),
                ArchiveQuery.ALL.outcome(ChatOutcome.MISSED),
                ArchiveQuery.ALL.started(at(-10), null))) {
            assertThatIllegalArgumentException().isThrownBy(() -> archive().search(other, cursor, 1));
        }
    }
}
