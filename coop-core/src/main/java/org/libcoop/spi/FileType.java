package org.libcoop.spi;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.libcoop.annotation.Beta;

/**
 * A type of file that may be shared, as {@link FileVault} names it, and how names of such files end (U1). A name that ends otherwise
 * gets the first ending: who opens a file that was saved opens it as what it is. Without endings names stay as they are.
 * <em>Immutable.</em>
 */
@Beta
public record FileType(String mediaType, List<String> endings) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if {@code mediaType} is no media type in small letters
     */
    public FileType {
        Objects.requireNonNull(mediaType, "mediaType");
        endings = List.copyOf(endings);
        if (!FORM.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("a media type is type/subtype in small letters, not " + mediaType);
        }
    }

    /** The type with these endings, without their dots. */
    public static FileType of(String mediaType, String... endings) {
        return new FileType(mediaType, List.of(endings));
    }

    /** What may be shared unless the host says otherwise: images without SVG, PDF, office documents without macros, text, MP4 and WebM. */
    public static List<FileType> defaults() {
        String ooxml = "application/vnd.openxmlformats-officedocument.";
        String odf = "application/vnd.oasis.opendocument.";
        return List.of(
                of("image/png", "png"),
                of("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
                of("image/gif", "gif"),
                of("image/webp", "webp"),
                of("application/pdf", "pdf"),
                of(ooxml + "wordprocessingml.document", "docx"),
                of(ooxml + "spreadsheetml.sheet", "xlsx"),
                of(ooxml + "presentationml.presentation", "pptx"),
                of(odf + "text", "odt"),
                of(odf + "spreadsheet", "ods"),
                of(odf + "presentation", "odp"),
                of("application/msword", "doc"),
                of("application/vnd.ms-excel", "xls"),
                of("application/vnd.ms-powerpoint", "ppt"),
                of("text/plain", "txt", "csv", "tsv", "md", "log"),
                of("text/csv", "csv"),
                of("video/mp4", "mp4", "m4v"),
                of("video/webm", "webm"));
    }

    /** A name of at most {@code limit} characters that ends as such files do: the same, or with the first ending behind it. */
    public String named(String name, int limit) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean ends = name.indexOf('.') > 0 && endings.contains(ending);
        if (ends || endings.isEmpty()) {
            return name;
        }
        String added = "." + endings.get(0);
        int kept = Math.min(name.length(), limit - added.length());
        return name.substring(0, Character.isHighSurrogate(name.charAt(kept - 1)) ? kept - 1 : kept) + added;
    }
}
