package org.libcoop.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * Reads browser and system out of what a browser says of itself (M7). It is given whatever a stranger sent, and asked once for each
 * chat that is shown.
 *
 * <ol>
 * <li>DR1 The same text has the same answer at any time, soon: nothing is asked over a network.
 * <li>DR2 Whatever the text, an answer comes back; what is not known is left out.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
@Beta
@FunctionalInterface
public interface DeviceReader {

    /** So many characters of a user agent are read; the rest is not given. */
    int LONGEST = 1_000;

    /** Knows nothing. */
    DeviceReader NONE = userAgent -> Optional.empty();

    /** A browser and a system in words for people, each null where not known, at most {@value #LONGEST_WORDS} characters. */
    record Device(@Nullable String browser, @Nullable String system) {

        /** So many characters a browser's or a system's words have at most. */
        public static final int LONGEST_WORDS = 100;

        public Device {
            browser = cut(browser);
            system = cut(system);
        }

        private static @Nullable String cut(@Nullable String words) {
            return words == null || words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS);
        }
    }

    /** What a user agent of at most {@value #LONGEST} characters says; empty where it says nothing known. */
    Optional<Device> read(String userAgent);

    /** The same as {@code reader} for texts of any length and null, without an exception of its. */
    static Optional<Device> device(DeviceReader reader, @Nullable String userAgent) {
        Objects.requireNonNull(reader, "reader");
        if (userAgent == null || userAgent.isBlank()) {
            return Optional.empty();
        }
        try {
            return reader.read(userAgent.substring(0, Math.min(userAgent.length(), LONGEST)));
        } catch (RuntimeException notRead) {
            return Optional.empty();
        }
    }
}
