package org.libcoop.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a compound file is ([MS-CFB]): a document of the older office programs, by the streams in its directory, unless it has macros; else one
 * of the many other things that such files are, installers among them. Of the directory a bounded part is read, and of the streams nothing.
 */
final class CompoundContent {

    static final String OTHER = "application/x-tika-msoffice";

    private static final int HEADER = 512;
    private static final int NAME = 64;
    private static final int DIRECTORY_ENTRY = 128;
    private static final int MOST_SECTORS = 256;
    private static final int LAST_REGULAR = 0xFFFFFFFA;

    private final FileChannel file;
    private final int sector;
    private final ByteBuffer header;

    private CompoundContent(FileChannel file, ByteBuffer header) {
        this.file = file;
        this.header = header;
        this.sector = 1 << header.getShort(30);
    }

    /** The document's type, or {@value #OTHER}. */
    static String typeOf(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = FilePart.read(file, 0, HEADER);
            if (header == null || (header.getShort(30) != 9 && header.getShort(30) != 12)) {
                return OTHER;
            }
            return new CompoundContent(file, header).type();
        }
    }

    private String type() throws IOException {
        Set<String> names = names();
        if (names == null || names.stream().anyMatch(CompoundContent::isMacros)) {
            return OTHER;
        }
        boolean word = names.contains("worddocument");
        boolean excel = names.contains("workbook") || names.contains("book");
        boolean slides = names.contains("powerpoint document");
        if ((word ? 1 : 0) + (excel ? 1 : 0) + (slides ? 1 : 0) != 1) {
            return OTHER;
        }
        if (word) {
            return "application/msword";
        }
        return excel ? "application/vnd.ms-excel" : "application/vnd.ms-powerpoint";
    }

    private static boolean isMacros(String name) {
        return name.contains("vba") || name.equals("macros") || name.equals("_vba_project_cur");
    }

    /** The names in the directory, in small letters; null where it cannot be read whole. */
    private @Nullable Set<String> names() throws IOException {
        Set<String> names = new HashSet<>();
        int at = header.getInt(48);
        for (int i = 0; Integer.compareUnsigned(at, LAST_REGULAR) <= 0; i++) {
            ByteBuffer page = i == MOST_SECTORS ? null : sector(at);
            if (page == null) {
                return null;
            }
            for (int from = 0; from < sector; from += DIRECTORY_ENTRY) {
                int length = page.getShort(from + NAME) - 2;
                if (length > 0 && length < NAME) {
                    byte[] name = new byte[length];
                    page.get(from, name);
                    names.add(new String(name, StandardCharsets.UTF_16LE).toLowerCase(Locale.ROOT));
                }
            }
            Integer next = after(at);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return names;
    }

    /** The sector that follows in a chain: the table of them is found by the header, which names the first 109 of its own sectors. */
    private @Nullable Integer after(int at) throws IOException {
        int perSector = sector / Integer.BYTES;
        int table = at / perSector;
        if (at < 0 || table >= 109) {
            return null;
        }
        ByteBuffer page = sector(header.getInt(76 + table * Integer.BYTES));
        return page == null ? null : page.getInt(at % perSector * Integer.BYTES);
    }

    private @Nullable ByteBuffer sector(int number) throws IOException {
        return number < 0 ? null : FilePart.read(file, (number + 1L) * sector, sector);
    }
}
