package org.libcoop.directory;

/**
 * What a string needs in order to be an id (D11): at least one character that is not blank, a bounded length in UTF-16 units, no
 * control characters and no unpaired surrogates, which not every store can keep.
 */
public final class IdText {

    private IdText() {}

    /**
     * Returns {@code value} if it may be an id; {@code name} says of what, in the message of the failure.
     *
     * @throws IllegalArgumentException if it may not
     */
    public static String require(String name, String value, int maxLength) {
        return Check.line(name, value, maxLength);
    }

    /** Whether {@code value} may be an id. */
    public static boolean fits(String value, int maxLength) {
        return value.length() <= maxLength
                && !value.isBlank()
                && value.codePoints().noneMatch(c -> Character.isISOControl(c) || Check.isUnpaired(c));
    }
}
