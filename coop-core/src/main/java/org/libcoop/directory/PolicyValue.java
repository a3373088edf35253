package org.libcoop.directory;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One policy's value: milliseconds, a count, bytes, or 1 for true and 0 for false; {@link #ABSENT} for "no such limit".
 * The duration is kept beside it because engines ask for it often.
 */
record PolicyValue(long number, Duration duration, String text) {

    static final long ABSENT = -1;

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12}) ?(b|kb|mb|gb|kib|mib|gib)?");
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** Reads a value and checks the bounds that the policy has by itself. */
    static PolicyValue parse(Policy policy, String label, String text) {
        String trimmed = text.strip();
        String absent = policy.absentWord();
        if (absent != null && (trimmed.equalsIgnoreCase("none") || trimmed.equalsIgnoreCase("never"))) {
            return new PolicyValue(ABSENT, Duration.ZERO, absent);
        }
        long number = number(policy, label, trimmed);
        if (number < number(policy, label, policy.least) || number > number(policy, label, policy.most)) {
            throw new IllegalArgumentException(
                    "policy %s: \"%s\" is out of bounds, expected %s".formatted(label, text, policy.bounds()));
        }
        if (policy == Policy.STAFF_CHAT_RETENTION && number > 0 && number < DAY_MILLIS) {
            throw new IllegalArgumentException(
                    "policy %s: \"%s\" is out of bounds, expected %s".formatted(label, text, policy.bounds()));
        }
        return of(policy, number);
    }

    static PolicyValue of(Policy policy, long number) {
        return switch (policy.kind) {
            case DURATION -> {
                Duration duration = Duration.ofMillis(number);
                yield new PolicyValue(number, duration, Durations.format(duration));
            }
            case COUNT -> new PolicyValue(number, Duration.ZERO, Long.toString(number));
            case BYTES -> new PolicyValue(number, Duration.ZERO, bytesText(number));
            case SWITCH -> new PolicyValue(number, Duration.ZERO, Boolean.toString(number == 1));
        };
    }

    boolean present() {
        return number != ABSENT;
    }

    private static long number(Policy policy, String label, String text) {
        try {
            return switch (policy.kind) {
                case DURATION -> Durations.parse(text).toMillis();
                case COUNT -> count(text);
                case BYTES -> bytes(text);
                case SWITCH -> flag(text);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "policy %s: %s; bounds are %s".formatted(label, e.getMessage(), policy.bounds()), e);
        }
    }

    private static long count(String text) {
        if (!COUNT.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number, expected one such as 100");
        }
        return Long.parseLong(text);
    }

    private static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a size, expected one such as 20 MB or 128 KiB");
        }
        String unit = matcher.group(2) == null ? "b" : matcher.group(2);
        long factor = switch (unit) {
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            default -> 1L;
        };
        // Twelve digits times a gibibyte do not fit a long; every bound is far below.
        long amount = Long.parseLong(matcher.group(1));
        return amount > Long.MAX_VALUE / factor ? Long.MAX_VALUE : amount * factor;
    }

    private static long flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    private static String bytesText(long bytes) {
        String[] units = {"GB", "MB", "KB", "GiB", "MiB", "KiB"};
        long[] factors = {1_000_000_000, 1_000_000, 1_000, 1L << 30, 1L << 20, 1L << 10};
        for (int i = 0; i < units.length; i++) {
            if (bytes > 0 && bytes % factors[i] == 0) {
                return bytes / factors[i] + " " + units[i];
            }
        }
        return Long.toString(bytes);
    }
}
