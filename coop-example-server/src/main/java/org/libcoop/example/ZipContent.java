package org.libcoop.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What a zip archive is: an office document, if it has the parts of one and nothing that runs, or an archive. Its list of entries is read, within
 * bounds, and of its content only the part that says what kind of document it is: nothing that was packed is unpacked. Anything odd, such as
 * bytes before, between or behind, makes it an archive.
 */
final class ZipContent {

    static final String ARCHIVE = "application/zip";

    private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
    private static final Pattern ODF = Pattern.compile("application/vnd\\.oasis\\.opendocument\\.[a-z-]{1,40}");

    private static final int END = 22;
    private static final int END_MARK = 0x06054b50;
    private static final int ENTRY = 46;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int LOCAL = 30;
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int DEFLATED = 8;

    /** An office document has some hundred entries; a large one some thousand pictures. */
    private static final int MOST_ENTRIES = 20_000;

    private static final int LONGEST_LIST = 4 << 20;
    private static final int LONGEST_PART = 256 << 10;

    private record Entry(int method, int packed, int size, int at) {}

    private final FileChannel file;
    private final Map<String, Entry> entries = new HashMap<>();
    private boolean first = true;
    private boolean odd;

    private ZipContent(FileChannel file) {
        this.file = file;
    }

    /** The document's type, or {@value #ARCHIVE}. */
    static String typeOf(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new ZipContent(file).type();
        }
    }

    private String type() throws IOException {
        if (!list() || odd || runs()) {
            return ARCHIVE;
        }
        if (entries.containsKey("mimetype")) {
            String named = part("mimetype");
            return named != null && ODF.matcher(named).matches() && entries.containsKey("META-INF/manifest.xml")
                    ? named
                    : ARCHIVE;
        }
        String kinds = part("[Content_Types].xml");
        if (kinds == null || kinds.toLowerCase(Locale.ROOT).contains("macroenabled") || kinds.contains("vbaProject")) {
            return ARCHIVE;
        }
        return ooxml(kinds);
    }

    private String ooxml(String kinds) {
        Map<String, String> documents = Map.of(
                "word/document.xml", "wordprocessingml.document",
                "xl/workbook.xml", "spreadsheetml.sheet",
                "ppt/presentation.xml", "presentationml.presentation");
        String found = null;
        for (Map.Entry<String, String> one : documents.entrySet()) {
            boolean is = entries.containsKey(one.getKey()) && kinds.contains(OOXML + one.getValue() + ".main+xml");
            if (is && found != null) {
                return ARCHIVE;
            }
            found = is ? OOXML + one.getValue() : found;
        }
        return found == null ? ARCHIVE : found;
    }

    /** Whether something in it is a program, or holds macros. */
    private boolean runs() {
        return entries.keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals("meta-inf/manifest.mf")
                        || name.endsWith(".class")
                        || name.endsWith(".dex")
                        || name.endsWith(".exe")
                        || name.contains("vbaproject")
                        || name.contains("/activex/")
                        || name.startsWith("basic/")
                        || name.startsWith("scripts/"));
    }

    // ---- The list

    /** Reads the list of entries, which ends the file; whether it could be read. */
    private boolean list() throws IOException {
        long size = file.size();
        ByteBuffer end = size < END ? null : FilePart.read(file, size - END, END);
        if (end == null || end.getInt(0) != END_MARK) {
            return false;
        }
        int count = end.getShort(10) & 0xffff;
        long length = end.getInt(12) & 0xffffffffL;
        long from = end.getInt(16) & 0xffffffffL;
        boolean whole = (end.getShort(8) & 0xffff) == count && from + length + END == size;
        if (!whole || count == 0 || count > MOST_ENTRIES || length > LONGEST_LIST) {
            return false;
        }
        ByteBuffer list = FilePart.read(file, from, (int) length);
        for (int i = 0; list != null && i < count; i++) {
            if (!entry(list)) {
                return false;
            }
        }
        return list != null && !list.hasRemaining();
    }

    private boolean entry(ByteBuffer list) {
        int at = list.position();
        if (list.remaining() < ENTRY || list.getInt(at) != ENTRY_MARK) {
            return false;
        }
        int name = list.getShort(at + 28) & 0xffff;
        int rest = (list.getShort(at + 30) & 0xffff) + (list.getShort(at + 32) & 0xffff);
        if (list.remaining() < ENTRY + name + rest) {
            return false;
        }
        byte[] bytes = new byte[name];
        list.get(at + ENTRY, bytes);
        Entry entry = new Entry(
                list.getShort(at + 10) & 0xffff, list.getInt(at + 20), list.getInt(at + 24), list.getInt(at + 42));
        boolean begins = first && entry.at() != 0;
        boolean encrypted = (list.getShort(at + 8) & 1) != 0;
        odd |= begins || encrypted;
        first = false;
        odd |= entries.put(new String(bytes, StandardCharsets.UTF_8), entry) != null;
        list.position(at + ENTRY + name + rest);
        return true;
    }

    // ---- One part

    private @Nullable String part(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null || entry.packed() < 0 || entry.packed() > LONGEST_PART || entry.at() < 0) {
            return null;
        }
        ByteBuffer local = FilePart.read(file, entry.at(), LOCAL);
        if (local == null || local.getInt(0) != LOCAL_MARK) {
            return null;
        }
        long from = entry.at() + (long) LOCAL + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
        ByteBuffer packed = FilePart.read(file, from, entry.packed());
        if (packed == null) {
            return null;
        }
        byte[] bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return text(bytes, entry);
    }

    private static @Nullable String text(byte[] packed, Entry entry) {
        if (entry.method() == 0) {
            return new String(packed, StandardCharsets.UTF_8);
        }
        if (entry.method() != DEFLATED || entry.size() < 0 || entry.size() > LONGEST_PART) {
            return null;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] text = new byte[entry.size()];
            int count = inflater.inflate(text);
            return count == text.length ? new String(text, StandardCharsets.UTF_8) : null;
        } catch (DataFormatException garbled) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
