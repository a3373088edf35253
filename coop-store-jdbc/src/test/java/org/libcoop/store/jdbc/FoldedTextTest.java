package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.spi.ArchiveQuery;

class FoldedTextTest {

    private static final int ROUNDS = 20_000;

    /** What is alike under the fold, halves of pairs, what stands for them, and what a pattern knows. */
    private static final String UNITS = "aA\u0130\u0131\u03a3\u03c2%_!\\\u0000\ud83d\ude00\udb80\udfff\ue000\uffff";

    private static String anyText(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(longest); length > 0; length--) {
            text.append(UNITS.charAt(random.nextInt(UNITS.length())));
        }
        return text.toString();
    }

    @Test
    void storedTextsContainEachOtherExactlyIfTheFoldedTextsDo() {
        Random random = new Random(1);
        int contained = 0;

        for (int i = 0; i < ROUNDS; i++) {
            String text = anyText(random, 12);
            String part = anyText(random, 2);
            boolean expected = ArchiveQuery.fold(text).contains(ArchiveQuery.fold(part));

            assertThat(FoldedText.of(text).contains(FoldedText.of(part)))
                    .as("%s in %s", codes(part), codes(text))
                    .isEqualTo(expected);
            contained += expected ? 1 : 0;
        }
        assertThat(contained).isBetween(ROUNDS / 20, ROUNDS / 2);
    }

    @Test
    void whatIsStoredHasNeitherAZeroNorHalfAPair() {
        Random random = new Random(2);

        for (int i = 0; i < ROUNDS; i++) {
            String stored = FoldedText.of(anyText(random, 12));

            assertThat(stored.codePoints()).noneMatch(code -> code == 0 || (code >= 0xD800 && code <= 0xDFFF));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "a_b", "wow!", "!%_!", "a\\b"})
    void nothingInAPatternIsAWildcard(String asked) {
        String pattern = FoldedText.containing(asked);

        List<Character> bare = new ArrayList<>();
        for (int i = 1; i < pattern.length() - 1; i++) {
            if (pattern.charAt(i) == Sql.LIKE_ESCAPE) {
                i++;
            } else {
                bare.add(pattern.charAt(i));
            }
        }
        assertThat(pattern).startsWith("%").endsWith("%");
        assertThat(bare).doesNotContain('%', '_', Sql.LIKE_ESCAPE);
    }

    private static List<String> codes(String text) {
        return text.chars().mapToObj(Integer::toHexString).toList();
    }
}
