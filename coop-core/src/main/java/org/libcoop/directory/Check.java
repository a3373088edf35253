package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * The bounds that values of the directory have in common; every failure names the value's name, the value and the
 * bound.
 */
final class Check {

    static final int MAX_ID_LENGTH = 200;
    static final int MAX_NAME_LENGTH = 200;

    private Check() {}

    static String id(String name, String value) {
        return line(name, value, MAX_ID_LENGTH);
    }

    static String name(String name, String value) {
        return line(name, value, MAX_NAME_LENGTH);
    }

    /** A non-blank text of one line: no control characters, nothing that cannot be stored. */
    static String line(String name, String value, int maxLength) {
        return checked(name, value, maxLength, Character::isISOControl);
    }

    /** A non-blank text that may have several lines. */
    static String text(String name, String value, int maxLength) {
        return checked(name, value, maxLength, c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    private static String checked(String name, String value, int maxLength, IntPredicate control) {
        requireNonNull(value, name);
        if (value.length() > maxLength) {
            throw new IllegalArgumentException("%s \"%s…\" has %d characters, expected 1 to %d"
                    .formatted(name, printable(value.substring(0, 40)), value.length(), maxLength));
        }
        int found = value.codePoints()
                .filter(c -> control.test(c) || isUnpaired(c))
                .findFirst()
                .orElse(-1);
        if (found >= 0) {
            throw new IllegalArgumentException("%s \"%s\" contains U+%04X, expected no %s"
                    .formatted(
                            name,
                            printable(value),
                            found,
                            control.test(found) ? "control characters" : "unpaired surrogates"));
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "%s \"%s\" is blank, expected 1 to %d characters".formatted(name, value, maxLength));
        }
        return value;
    }

    /** An unpaired surrogate has no UTF-8 form: two different ids would be the same question mark in a store. */
    static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static Duration between(String name, Duration value, Duration least, Duration most) {
        requireNonNull(value, name);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s %s is out of bounds, expected %s to %s"
                    .formatted(name, Durations.format(value), Durations.format(least), Durations.format(most)));
        }
        return value;
    }

    private static String printable(String value) {
        StringBuilder printed = new StringBuilder(value.length());
        value.chars()
                .forEach(c -> printed.append(
                        Character.isISOControl(c) || Character.isSurrogate((char) c) ? '\uFFFD' : (char) c));
        return printed.toString();
    }
}
