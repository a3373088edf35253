package org.libcoop.faq;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words of an entry that are more than words: log-ins, codes, passwords, addresses of email and of pages. Pure. */
final class Tokens {

    /** The fewest characters of one. */
    static final int SHORTEST = 6;

    /** A token as it is compared; {@code host}: it is an address of a whole site, which those of its pages are not. */
    record Token(String form, boolean host) {}

    private static final Pattern SCHEME = Pattern.compile("^(?:[a-z][a-z0-9+.-]*://)?(?:www\\.)?");
    private static final Pattern SITE =
            Pattern.compile("(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}(?::[0-9]+)?(?<path>[/?#]\\S*)?");
    private static final Pattern SEPARATORS = Pattern.compile("[:=,;|()\\[\\]{}<>\"/\\\\]+");
    private static final String OPENING = "\"'([{<\u00AB\u201E\u201C*`";
    private static final String CLOSING = "\"')]}>\u00BB\u201D\u201C*`.,;:!?";

    /** What stands between the parts of ordinary words and of abbreviations. */
    private static final String ORDINARY = "'-.&\u00B7";

    private Tokens() {}

    static List<Token> of(GuardText text) {
        List<Token> tokens = new ArrayList<>();
        for (String word : text.plain().split(" ", -1)) {
            add(tokens, stripped(word));
        }
        return tokens;
    }

    private static void add(List<Token> tokens, String word) {
        String address = SCHEME.matcher(word.startsWith("mailto:") ? word.substring("mailto:".length()) : word)
                .replaceFirst("");
        int at = address.indexOf('@');
        boolean email = at > 0 && at < address.length() - 1;
        // A pattern that repeats a group goes deeper with each repetition: what is longer than any address is none.
        var site = SITE.matcher(address.length() <= FaqEntry.MAX_LINK_LENGTH ? address : "");
        if (!email && (site.matches() || word.contains("://"))) {
            String form = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
            boolean host = site.matches()
                    && (site.group("path") == null || site.group("path").equals("/"));
            addLong(tokens, new Token(form, host));
            return;
        }
        if (email) {
            addLong(tokens, new Token(address, false));
        }
        for (String part : SEPARATORS.split(word, -1)) {
            String bare = stripped(part);
            if (isDistinctive(bare)) {
                addLong(tokens, new Token(bare, false));
            }
        }
    }

    private static void addLong(List<Token> tokens, Token token) {
        if (token.form().length() >= SHORTEST) {
            tokens.add(token);
        }
    }

    /** A letter, and a digit or a symbol that ordinary words do not have. */
    private static boolean isDistinctive(String word) {
        boolean letter = word.codePoints().anyMatch(Character::isLetter);
        return letter && word.codePoints().anyMatch(c -> Character.isDigit(c) || isSymbol(c));
    }

    private static boolean isSymbol(int c) {
        int type = Character.getType(c);
        boolean part = Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.OTHER_SYMBOL;
        return !part && ORDINARY.indexOf(c) < 0 && c < 0x2E80;
    }

    private static String stripped(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && OPENING.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (from < to && CLOSING.indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }

    /** Whether the site that stands at {@code from} in {@code plain} ends there, and is no part of another address. */
    static boolean isWholeSite(String plain, int from, int to) {
        boolean apart = from == 0
                || ("@.-".indexOf(plain.charAt(from - 1)) < 0 && !Character.isLetterOrDigit(plain.charAt(from - 1)));
        boolean begins = apart || (from >= 4 && plain.startsWith("www.", from - 4));
        if (!begins || to >= plain.length()) {
            return begins;
        }
        char next = plain.charAt(to);
        boolean more = to + 1 < plain.length() && Character.isLetterOrDigit(plain.charAt(to + 1));
        boolean goesOn = Character.isLetterOrDigit(next) || next == '-' || ("./:?#".indexOf(next) >= 0 && more);
        return !goesOn;
    }
}
