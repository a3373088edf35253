package org.libcoop.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, in order. One thread at a time. */
public final class JsonFields {

    private final StringBuilder json = new StringBuilder();

    /** An object without fields so far. */
    public JsonFields() {}

    /** Puts a text; nothing where there is none. */
    public void put(String key, @Nullable String text) {
        if (text != null) {
            raw(key, quoted(text));
        }
    }

    /** Puts what is JSON already. */
    public void raw(String key, String value) {
        json.append(json.isEmpty() ? "" : ",").append(quoted(key)).append(':').append(value);
    }

    /** The object as it is now. */
    public String object() {
        return "{" + json + "}";
    }

    /** A constant as it is called in JSON. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Everything outside printable ASCII but well-formed Unicode is escaped where JSON or a line-wise reader needs it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean escaped = c < ' ' || c == '\u2028' || c == '\u2029' || c == 0x7f;
                    quoted.append(escaped ? "\\u%04x".formatted((int) c) : String.valueOf(c));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
