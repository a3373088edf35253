package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.Content.FileDetails;

/** What is shown of the names that strangers give their files (U1). */
class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "map.png, map.png",
        "../../etc/passwd, passwd",
        "C:\\Users\\pat\\thesis.docx, thesis.docx",
        "a/b\\c.txt, c.txt",
        "Übersicht 図.pdf, Übersicht 図.pdf",
        "' map.png ', map.png",
        "map.png..., map.png",
        "'map.png. . ', map.png",
        ".htaccess, .htaccess",
        "note.txt:evil.exe, note.txt_evil.exe",
        "a<b>c\"d|e?f*.txt, a_b_c_d_e_f_.txt",
        "con, _con",
        "NUL.txt, _NUL.txt",
        "com1 .tar.gz, _com1 .tar.gz",
        "console.txt, console.txt",
    })
    void theLastPartIsShownWithoutWhatSystemsTakeForMore(String given, String shown) {
        assertThat(FileDetails.cleaned(given)).isEqualTo(shown);
        assertThat(FileDetails.cleaned(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "...", "/", "a/", "a\\", "\u0000", "\u202E", "\uD800", "\u2028\u2029"})
    void whereNothingIsLeftItIsAFile(String given) {
        assertThat(FileDetails.cleaned(given)).isEqualTo("file");
    }

    @Test
    void whatIsNotSeenIsTakenOut() {
        assertThat(FileDetails.cleaned("inv\u202Egnp.exe")).isEqualTo("invgnp.exe");
        assertThat(FileDetails.cleaned("a\u0000b\r\nc\u0085\u200B\uFEFF\u2066.txt"))
                .isEqualTo("abc.txt");
        assertThat(FileDetails.cleaned("half \uD83D.txt")).isEqualTo("half .txt");
        assertThat(FileDetails.cleaned("whole \uD83D\uDE00.txt")).isEqualTo("whole \uD83D\uDE00.txt");
        assertThat(FileDetails.cleaned("\u0645\u06CC\u200C\u062E.txt")).isEqualTo("\u0645\u06CC\u200C\u062E.txt");
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(FileDetails.cleaned("x".repeat(254))).hasSize(254);
        assertThat(FileDetails.cleaned("x".repeat(255))).hasSize(255);
        assertThat(FileDetails.cleaned("x".repeat(256))).hasSize(255);
        assertThat(FileDetails.cleaned("x".repeat(254) + "\uD83D\uDE00")).isEqualTo("x".repeat(254));
        assertThat(FileDetails.cleaned("nul." + "x".repeat(251))).hasSize(255).startsWith("_nul.");
    }
}
