package org.libcoop.example;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.tika.Tika;
import org.libcoop.spi.FileVault;

/**
 * What a file is by its content (U1): as Apache Tika says by how it begins, and looked at closer where that does not tell enough. Archives and
 * compound files are what stands in them, text is text to its end, and of what begins somewhere within a file nothing is known.
 * <em>Safe for use by several threads.</em>
 */
final class ContentTypes {

    /** So many bytes are looked at where a file begins. */
    private static final int HEAD = 64 * 1024;

    private static final String TEXT = "text/plain";
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] COMPOUND = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

    /** How files of these types begin, at their first byte: what begins later may be something else as well. */
    private static final Map<String, Set<String>> BEGINNINGS = Map.of(
            "image/png", Set.of("\u0089PNG\r\n\u001a\n"),
            "image/jpeg", Set.of("\u00ff\u00d8\u00ff"),
            "image/gif", Set.of("GIF87a", "GIF89a"),
            "image/webp", Set.of("RIFF"),
            "application/pdf", Set.of("%PDF-"));

    /** Of the first box of an MP4 file; Apple's QuickTime and still images have others. */
    private static final Set<String> MP4_BRANDS = Set.of(
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "MSNV", "M4V ", "M4VH",
            "M4VP");

    private final Tika tika = new Tika();

    /** The type of the content of {@code file}. */
    String of(Path file) throws IOException {
        byte[] head;
        try (InputStream content = Files.newInputStream(file)) {
            head = content.readNBytes(HEAD);
        }
        if (head.length == 0) {
            return FileVault.UNKNOWN_TYPE;
        }
        if (begins(head, ZIP)) {
            return ZipContent.typeOf(file);
        }
        if (begins(head, COMPOUND)) {
            return CompoundContent.typeOf(file);
        }
        if (begins(head, EBML)) {
            return isWebM(head) ? "video/webm" : "video/x-matroska";
        }
        if (latin(head, 4, 4).equals("ftyp")) {
            return MP4_BRANDS.contains(latin(head, 8, 4)) ? "video/mp4" : FileVault.UNKNOWN_TYPE;
        }
        return closer(tika.detect(head), head, file);
    }

    private static String closer(String found, byte[] head, Path file) throws IOException {
        int parameters = found.indexOf(';');
        String type = parameters < 0 ? found : found.substring(0, parameters).strip();
        Set<String> beginnings = BEGINNINGS.get(type);
        if (beginnings != null
                && beginnings.stream().noneMatch(one -> begins(head, one.getBytes(StandardCharsets.ISO_8859_1)))) {
            return FileVault.UNKNOWN_TYPE;
        }
        return type.equals(TEXT) && !isTextToTheEnd(file) ? FileVault.UNKNOWN_TYPE : type;
    }

    /** No text has a byte of value 0, in any encoding that is sent as it is. */
    private static boolean isTextToTheEnd(Path file) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = content.read(); next >= 0; next = content.read()) {
                if (next == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The document's type stands among the first fields of the head. */
    private static boolean isWebM(byte[] head) {
        String fields = latin(head, 0, 64);
        int type = fields.indexOf("B\u0082");
        return type >= 0 && fields.startsWith("webm", type + 3);
    }

    private static boolean begins(byte[] head, byte[] with) {
        return head.length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    private static String latin(byte[] head, int from, int count) {
        int begin = Math.min(from, head.length);
        return new String(head, begin, Math.min(count, head.length - begin), StandardCharsets.ISO_8859_1);
    }
}
