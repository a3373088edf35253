package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.libcoop.chat.Content;
import org.libcoop.chat.Content.FileDetails;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.chat.Content.Text;

/** What people wrote or are, as stored in rows beside the log (X2, ST10). */
final class ContentCodec {

    private static final String TEXT = "text";
    private static final String PATRON = "patron";
    private static final String FILE = "file";

    private ContentCodec() {}

    /** The word for what is known of a patron. */
    static String patronKind() {
        return PATRON;
    }

    /** The word for the content's kind, which its reader has to know. */
    static String kind(Content content) {
        if (content instanceof FileDetails) {
            return FILE;
        }
        return content instanceof Text ? TEXT : PATRON;
    }

    static String write(Content content) {
        return Json.object(out -> {
            if (content instanceof Text text) {
                out.writeStringField("text", text.text());
            } else if (content instanceof FileDetails file) {
                out.writeStringField("name", file.name());
                out.writeStringField("media-type", file.mediaType());
            } else {
                write(out, (PatronDetails) content);
            }
        });
    }

    /**
     * Reads what {@link #write} wrote, here or in an earlier version.
     *
     * @throws UnreadableException if that is not possible
     */
    static Content read(String kind, String json) {
        return switch (kind) {
            case TEXT -> new Text(StoredObject.parse("content text", json).text("text"));
            case FILE -> file(StoredObject.parse("content file", json));
            case PATRON -> patron(StoredObject.parse("content patron", json));
            default -> throw new UnreadableException("content", "its kind is none of the words known");
        };
    }

    /** What is known of a patron without what says who it was (X6); nothing of what cannot be read. */
    static String anonymised(String json) {
        try {
            return write(patron(StoredObject.parse("content patron", json)).anonymised());
        } catch (UnreadableException garbled) {
            return write(PatronDetails.NONE);
        }
    }

    private static void write(JsonGenerator out, PatronDetails patron) throws IOException {
        Json.text(out, "name", patron.name());
        Json.text(out, "email", patron.email());
        Json.text(out, "referrer", patron.referrer());
        Json.text(out, "user-agent", patron.userAgent());
        Json.text(out, "address", patron.address());
        out.writeBooleanField("consented", patron.consented());
    }

    private static FileDetails file(StoredObject file) {
        return new FileDetails(file.text("name"), file.text("media-type"));
    }

    private static PatronDetails patron(StoredObject patron) {
        return new PatronDetails(
                patron.optionalText("name"),
                patron.optionalText("email"),
                patron.optionalText("referrer"),
                patron.optionalText("user-agent"),
                patron.optionalText("address"),
                patron.flag("consented"));
    }
}
