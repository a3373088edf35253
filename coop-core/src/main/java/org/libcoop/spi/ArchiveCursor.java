package org.libcoop.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Cursors for archives, as an adapter may write them: the key of the last row of a page, bound to the query it belongs to.
 * No adapter has to; to its callers a cursor is opaque. It says where to go on, never what may be seen, so it is not signed.
 */
public final class ArchiveCursor {

    private static final int MARK_BYTES = 9;
    private static final int LONGEST = 4_096;

    private ArchiveCursor() {}

    /** The cursor behind the row with this key; {@code query} is one whose equals are written alike by {@code toString}. */
    public static String after(Record query, String... key) {
        StringBuilder cursor = new StringBuilder(mark(query));
        for (String part : key) {
            cursor.append('.').append(base64(part.getBytes(StandardCharsets.UTF_8)));
        }
        return cursor.toString();
    }

    /**
     * The key that {@code cursor} holds.
     *
     * @throws IllegalArgumentException if this is no cursor of {@code query} with {@code parts} parts
     */
    public static List<String> read(Record query, String cursor, int parts) {
        String[] found = cursor.length() > LONGEST ? new String[0] : cursor.split("\\.", -1);
        if (found.length != parts + 1 || !found[0].equals(mark(query))) {
            throw new IllegalArgumentException("not a cursor of this query");
        }
        List<String> key = new ArrayList<>(parts);
        for (int i = 1; i < found.length; i++) {
            key.add(new String(Base64.getUrlDecoder().decode(found[i]), StandardCharsets.UTF_8));
        }
        return key;
    }

    private static String mark(Record query) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(query.toString().getBytes(StandardCharsets.UTF_8));
            return base64(Arrays.copyOf(hash, MARK_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
