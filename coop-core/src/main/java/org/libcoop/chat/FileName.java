package org.libcoop.chat;

import java.util.Locale;
import java.util.Set;

/** What is shown of a file's name as somebody gave it (U1). Nothing is ever stored under it. Pure. */
final class FileName {

    static final int LIMIT = 255;

    private static final String NOTHING_LEFT = "file";

    /** Allowed in no name on Windows; a colon names a hidden stream there. */
    private static final String FORBIDDEN = "<>:\"|?*";

    /** Names that Windows takes for devices, whatever follows a dot. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "conin$", "conout$");

    private FileName() {}

    static String cleaned(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        StringBuilder shown = new StringBuilder();
        last.codePoints()
                .filter(FileName::isShown)
                .map(c -> FORBIDDEN.indexOf(c) < 0 ? c : '_')
                .forEach(shown::appendCodePoint);
        String name = trimmed(shown.toString());
        if (name.length() > LIMIT) {
            boolean halved = Character.isHighSurrogate(name.charAt(LIMIT - 1));
            name = trimmed(name.substring(0, halved ? LIMIT - 1 : LIMIT));
        }
        if (name.isBlank()) {
            return NOTHING_LEFT;
        }
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return DEVICES.contains(stem) ? "_" + name.substring(0, Math.min(name.length(), LIMIT - 1)) : name;
    }

    /** Windows drops dots and spaces at the end, and with them an ending that somebody looked at. */
    private static String trimmed(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || Character.isWhitespace(name.charAt(end - 1)))) {
            end--;
        }
        return name.substring(0, end).strip();
    }

    private static boolean isShown(int c) {
        boolean joins = c == 0x200C || c == 0x200D;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            // What turns the direction of writing, and other marks that are not seen; two are letters' companions.
            case Character.FORMAT -> joins;
            default -> true;
        };
    }
}
