package org.libcoop.faq;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text in the form in which secrets are compared: NFKC, without case, without characters that nobody sees, one space where there is
 * white space, one kind of dash, of apostrophe and of digit. <em>Immutable.</em>
 */
final class GuardText {

    /** What a window of words weighs at least: six words; of ideographs, which are no words yet, twelve. */
    private static final int WINDOW = 12;

    private static final int WORD = 2;
    private static final int IDEOGRAPH = 1;

    /** The most characters between two digits of one number. */
    private static final int WIDEST_GAP = 3;

    private final String plain;

    /** Where a word is, and what it weighs. */
    private record Word(int from, int to, int weight) {}

    /** Digits with what stands between them, from {@code from} up to, but not at, {@code to}. */
    record DigitRun(String digits, int from, int to) {}

    private GuardText(String plain) {
        this.plain = plain;
    }

    static GuardText of(String text) {
        String visible = text.codePoints()
                .filter(c -> !isInvisible(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String folded = Normalizer.normalize(
                Normalizer.normalize(visible, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT),
                Normalizer.Form.NFKC);
        StringBuilder plain = new StringBuilder(folded.length());
        folded.codePoints().filter(c -> !isInvisible(c)).forEach(c -> append(plain, c));
        return new GuardText(plain.toString().strip());
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || (type == Character.CONTROL && !Character.isWhitespace(c))
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF);
    }

    private static void append(StringBuilder plain, int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        } else if (Character.getType(c) == Character.DASH_PUNCTUATION || c == 0x2212) {
            plain.append('-');
        } else if (c == 0x2018 || c == 0x2019 || c == 0x02BC) {
            plain.append('\'');
        } else if (c == 0x03C2) {
            plain.append('\u03C3'); // the sigma at the end of a word is the one within it
        } else if (Character.isDigit(c)) {
            plain.append(Character.forDigit(Character.digit(c, 10), 10));
        } else {
            plain.appendCodePoint(c);
        }
    }

    String plain() {
        return plain;
    }

    /** Every run of digits, whatever separates them up to a little. */
    List<DigitRun> numbers() {
        List<DigitRun> numbers = new ArrayList<>();
        StringBuilder digits = new StringBuilder();
        int from = 0;
        int last = 0;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (isDigit(c)) {
                if (digits.length() > 0 && i - last > WIDEST_GAP + 1) {
                    numbers.add(new DigitRun(digits.toString(), from, last + 1));
                    digits.setLength(0);
                }
                from = digits.length() == 0 ? i : from;
                digits.append(c);
                last = i;
            } else if (digits.length() > 0 && " -.()/+".indexOf(c) < 0) {
                numbers.add(new DigitRun(digits.toString(), from, last + 1));
                digits.setLength(0);
            }
        }
        if (digits.length() > 0) {
            numbers.add(new DigitRun(digits.toString(), from, last + 1));
        }
        return numbers;
    }

    /** The digits of a text in this form, without what is between them. */
    static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Is told of every window of consecutive words: its hash, and where it is. */
    interface Windows {
        void window(long hash, int from, int to);
    }

    void windows(Windows each) {
        List<Word> words = words();
        for (int first = 0; first < words.size(); first++) {
            long hash = 0;
            int weight = 0;
            for (int i = first; i < words.size() && weight < WINDOW; i++) {
                Word word = words.get(i);
                hash = mixed(hash, word);
                weight += word.weight();
                if (weight >= WINDOW) {
                    each.window(hash, words.get(first).from(), word.to());
                }
            }
        }
    }

    /** Of 64 bits, so that two windows that differ have the same one about never; then a reply asks to be confirmed for nothing. */
    private long mixed(long before, Word word) {
        long hash = before * 0x9E3779B97F4A7C15L + word.to() - word.from();
        for (int i = word.from(); i < word.to(); i++) {
            hash = (hash ^ plain.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private List<Word> words() {
        List<Word> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
            int c = plain.codePointAt(i);
            boolean ideograph = isIdeograph(c);
            boolean within = !ideograph && (Character.isLetterOrDigit(c) || isMark(c));
            if (!within && from >= 0) {
                words.add(new Word(from, i, WORD));
                from = -1;
            }
            if (ideograph) {
                words.add(new Word(i, i + Character.charCount(c), IDEOGRAPH));
            } else if (within && from < 0) {
                from = i;
            }
        }
        if (from >= 0) {
            words.add(new Word(from, plain.length(), WORD));
        }
        return words;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isIdeograph(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(c);
            default -> false;
        };
    }
}
