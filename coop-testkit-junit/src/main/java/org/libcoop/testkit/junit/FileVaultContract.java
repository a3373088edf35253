package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.FileId;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.FileVault.Held;
import org.libcoop.spi.FileVault.Stored;

/**
 * What every {@link FileVault} has to do, rule by rule: the tests' names begin with the number of the rule they hold. An adapter's test
 * extends it and gives it an empty vault, which it closes itself where there is anything to close:
 *
 * <pre>{@code
 * class MyFileVaultContractTest extends FileVaultContract {
 *     @Override
 *     protected FileVault open() {
 *         return new MyFileVault(emptyFolder());
 *     }
 * }
 * }</pre>
 *
 * A vault that several processes share also overrides {@link #another}, so that what one stores is looked for by the other.
 */
public abstract class FileVaultContract {

    private static final FileId FILE = FileId.of("chat.f1");
    private static final int LARGE = 300_000;

    /** What is read beyond the limit to know that there is more. */
    private static final int BEYOND = 64 * 1024;

    private FileVault vault;
    private FileVault elsewhere;

    /** For the adapter's own test. */
    protected FileVaultContract() {}

    /** An empty vault. */
    protected abstract FileVault open();

    /** Another node's way to the vault that {@link #open} gave. By default the same object. */
    protected FileVault another(FileVault opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        vault = open();
        elsewhere = another(vault);
    }

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Stored> put(FileVault into, FileId file, byte[] content, long limit) {
        try {
            return into.put(file, new ByteArrayInputStream(content), limit);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] read(FileVault from, FileId file) {
        try (InputStream content = from.open(file).orElseThrow()) {
            return content.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<FileId> names(FileVault of) {
        return of.list(null, FileVault.PAGE).stream().map(Held::file).toList();
    }

    // ---- FV1

    @Test
    void fv01_whatIsStoredIsReadWholeOnEveryNode() {
        for (int size : new int[] {1, 8191, 8192, 8193, LARGE}) {
            FileId file = FileId.of("chat.f" + size);

            put(vault, file, bytes(size, size), LARGE);

            assertThat(read(elsewhere, file)).isEqualTo(bytes(size, size));
            assertThat(read(vault, file)).isEqualTo(bytes(size, size));
        }
    }

    @Test
    void fv01_whatWasNeverStoredIsNotThere() {
        put(vault, FileId.of("chat.f10"), bytes(3, 1), 3);

        assertThat(vault.open(FILE)).isEmpty();
    }

    @Test
    void fv01_severalReadAtOnce() throws IOException {
        put(vault, FILE, bytes(LARGE, 1), LARGE);

        try (InputStream one = vault.open(FILE).orElseThrow();
                InputStream other = elsewhere.open(FILE).orElseThrow()) {
            byte[] half = one.readNBytes(LARGE / 2);
            byte[] whole = other.readAllBytes();
            byte[] rest = one.readAllBytes();

            assertThat(whole).isEqualTo(bytes(LARGE, 1));
            assertThat(half).isEqualTo(Arrays.copyOf(whole, LARGE / 2));
            assertThat(half.length + rest.length).isEqualTo(LARGE);
        }
    }

    // ---- FV2

    @Test
    void fv02_theLimitItselfIsStoredAndAByteMoreIsNot() {
        for (int size : new int[] {LARGE - 1, LARGE, LARGE + 1}) {
            FileId file = FileId.of("chat.f" + size);

            Optional<Stored> stored = put(vault, file, bytes(size, 1), LARGE);

            assertThat(stored.isPresent()).as("%s bytes", size).isEqualTo(size <= LARGE);
            assertThat(vault.open(file).isPresent()).as("%s bytes", size).isEqualTo(size <= LARGE);
        }
        assertThat(names(elsewhere)).hasSize(2);
    }

    @Test
    void fv02_aContentWithoutEndIsNotReadToIt() throws IOException {
        AtomicLong given = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                given.incrementAndGet();
                return 'a';
            }

            @Override
            public int read(byte[] into, int from, int count) {
                Arrays.fill(into, from, from + count, (byte) 'a');
                given.addAndGet(count);
                return count;
            }
        };

        assertThat(vault.put(FILE, endless, LARGE)).isEmpty();

        assertThat(given.get()).isBetween(LARGE + 1L, (long) LARGE + BEYOND);
        assertThat(names(vault)).isEmpty();
    }

    @Test
    void fv02_whatWasTooLongCanBeSentAgainUnderTheSameId() {
        put(vault, FILE, bytes(11, 1), 10);

        assertThat(put(vault, FILE, bytes(10, 2), 10)).isPresent();
        assertThat(read(vault, FILE)).isEqualTo(bytes(10, 2));
    }

    // ---- FV3

    @Test
    void fv03_whatBreaksOffIsNotThere() {
        for (int whole : new int[] {0, 1, LARGE}) {
            InputStream breaks = new InputStream() {
                private int left = whole;

                @Override
                public int read() throws IOException {
                    if (left == 0) {
                        throw new IOException("the line is cut");
                    }
                    left--;
                    return 'a';
                }

                @Override
                public int read(byte[] into, int from, int count) throws IOException {
                    if (count > 0) {
                        into[from] = (byte) read();
                    }
                    return Math.min(count, 1);
                }
            };

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> vault.put(FILE, breaks, LARGE + 1))
                    .withMessage("the line is cut");
            assertThat(vault.open(FILE)).isEmpty();
            assertThat(names(elsewhere)).isEmpty();
        }
        assertThat(put(vault, FILE, bytes(3, 1), 3)).isPresent();
    }

    // ---- FV4

    @Test
    void fv04_theTypeIsFoundByContentAlone() {
        assertThat(typeOf("chat.fpdf", latin("\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR")))
                .isEqualTo("image/png");
        assertThat(typeOf("chat.fpng", latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n")))
                .isEqualTo("application/pdf");
        assertThat(typeOf("chat.fexe", latin("The library is open from 9 to 5.\n")))
                .isEqualTo("text/plain");
        assertThat(typeOf("chat.ftxt", bytes(600, 7))).isEqualTo(FileVault.UNKNOWN_TYPE);
        assertThat(typeOf("chat.fnone", new byte[0])).isEqualTo(FileVault.UNKNOWN_TYPE);
    }

    private String typeOf(String file, byte[] content) {
        return put(vault, FileId.of(file), content, LARGE).orElseThrow().mediaType();
    }

    @Test
    void fv04_theSizeIsTheNumberOfBytes() {
        for (int size : new int[] {0, 1, 8192, LARGE}) {
            assertThat(put(vault, FileId.of("chat.f" + size), bytes(size, 1), LARGE)
                            .orElseThrow()
                            .size())
                    .isEqualTo(size);
        }
    }

    // ---- FV5

    @Test
    void fv05_whatIsStoredNeverChanges() {
        put(vault, FILE, bytes(20, 1), 100);

        assertThatIllegalStateException().isThrownBy(() -> put(elsewhere, FILE, bytes(30, 2), 100));

        assertThat(read(vault, FILE)).isEqualTo(bytes(20, 1));
        assertThat(names(vault)).containsExactly(FILE);
    }

    @Test
    void fv05_ofSeveralThatStoreUnderOneIdAtOnceOneDoes() {
        for (int round = 0; round < 20; round++) {
            FileId file = FileId.of("chat.f" + round);
            AtomicInteger stored = new AtomicInteger();

            ArchiveSetting.atOnce(thread -> {
                try {
                    put(thread % 2 == 0 ? vault : elsewhere, file, bytes(9000 + thread, thread), LARGE);
                    stored.incrementAndGet();
                } catch (IllegalStateException another) {
                    assertThat(another).isNotNull();
                }
            });

            assertThat(stored).hasValue(1);
            int size = read(vault, file).length;
            assertThat(read(elsewhere, file)).isEqualTo(bytes(size, size - 9000));
        }
    }

    // ---- FV6

    @Test
    void fv06_idsAreToldApartLetterByLetter() {
        List<FileId> alike = List.of(
                FileId.of("chat.fa"),
                FileId.of("chat.fA"),
                FileId.of("Chat.fa"),
                FileId.of("CHAT.FA"),
                FileId.of("cha.fta"),
                FileId.of("chat.fa-"),
                FileId.of("chat-f.a"));
        for (int i = 0; i < alike.size(); i++) {
            put(vault, alike.get(i), bytes(10, i), 10);
        }

        for (int i = 0; i < alike.size(); i++) {
            assertThat(read(elsewhere, alike.get(i))).isEqualTo(bytes(10, i));
        }
        assertThat(vault.delete(alike.get(0))).isTrue();
        assertThat(names(vault)).hasSize(alike.size() - 1).doesNotContain(alike.get(0));
    }

    @Test
    void fv06_theLongestIdIsTaken() {
        FileId longest = FileId.of("c".repeat(100) + "." + "f".repeat(51));

        put(vault, longest, bytes(10, 1), 10);

        assertThat(read(elsewhere, longest)).isEqualTo(bytes(10, 1));
        assertThat(names(vault)).containsExactly(longest);
    }

    // ---- FV7

    @Test
    void fv07_whatIsDeletedIsGoneForGoodAndDoingItAgainDoesNoHarm() {
        FileId other = FileId.of("chat.f2");
        put(vault, FILE, bytes(20, 1), 100);
        put(vault, other, bytes(20, 2), 100);

        assertThat(elsewhere.delete(FILE)).isTrue();
        assertThat(vault.delete(FILE)).isFalse();

        assertThat(vault.open(FILE)).isEmpty();
        assertThat(names(elsewhere)).containsExactly(other);
        assertThat(read(vault, other)).isEqualTo(bytes(20, 2));
        assertThat(vault.delete(FileId.of("nobody.f1"))).isFalse();
    }

    // ---- FV8

    @Test
    void fv08_aListNamesWhatIsThereInTheOrderOfTheIds() {
        List<FileId> all = new ArrayList<>();
        Random random = new Random(8);
        String letters = "-09AZ_az";
        for (int i = 0; i < 60; i++) {
            StringBuilder chat = new StringBuilder();
            for (int c = 0; c <= random.nextInt(4); c++) {
                chat.append(letters.charAt(random.nextInt(letters.length())));
            }
            FileId file = FileId.of(chat + ".f" + i);
            all.add(file);
            put(i % 2 == 0 ? vault : elsewhere, file, bytes(1, i), 1);
        }
        all.sort(null);

        assertThat(names(vault)).isEqualTo(all);
        assertThat(names(elsewhere)).isEqualTo(all);
        List<FileId> paged = new ArrayList<>();
        List<Held> page = vault.list(null, 7);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            page.forEach(held -> paged.add(held.file()));
            page = elsewhere.list(paged.get(paged.size() - 1), 7);
        }
        assertThat(paged).isEqualTo(all);
        assertThat(vault.list(FileId.of("0.nothing-of-that-name"), 1000)).hasSizeLessThan(all.size());
    }

    @Test
    void fv08_aListSaysSinceWhenAFileIsThere() {
        put(vault, FILE, bytes(1, 1), 1);
        put(vault, FileId.of("chat.f2"), bytes(1, 1), 1);

        List<Held> held = vault.list(null, 2);

        assertThat(held.get(1).since()).isAfterOrEqualTo(held.get(0).since());
        assertThat(elsewhere.list(null, 2)).isEqualTo(held);
    }

    @Test
    void fv08_aListHasBounds() {
        for (int limit : new int[] {-1, 0, FileVault.PAGE + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> vault.list(null, limit));
        }
        assertThat(vault.list(null, 1)).isEmpty();
        assertThat(vault.list(FILE, FileVault.PAGE)).isEmpty();
    }
}
