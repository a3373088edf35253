package org.libcoop.engine;

import java.io.IOException;
import org.libcoop.directory.Directory;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.TranscriptFormat;

/** Writes transcripts one after the other in one format (X5). One thread at a time. */
abstract class TranscriptExport {

    /** An export that begins now; what heads it is written at once. */
    static TranscriptExport of(TranscriptFormat format, Directory directory, Appendable out) throws IOException {
        TranscriptNames names = new TranscriptNames(directory);
        return switch (format) {
            case JSON_LINES -> new TranscriptJson(names, out);
            case CSV -> new TranscriptCsv(names, out);
            case TEXT -> new TranscriptText(names, out, true);
        };
    }

    /** Adds a chat, whole. */
    abstract void write(ArchivedChat archived) throws IOException;
}
