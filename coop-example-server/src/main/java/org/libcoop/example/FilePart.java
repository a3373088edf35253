package org.libcoop.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A part of a file, as archives and compound files have them. */
final class FilePart {

    private FilePart() {}

    /** So many bytes from there, the low byte of a number first; null where there are not so many. */
    static @Nullable ByteBuffer read(FileChannel file, long from, int count) throws IOException {
        if (from < 0 || count < 0 || from + count > file.size()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                return null;
            }
        }
        return bytes.flip();
    }
}
