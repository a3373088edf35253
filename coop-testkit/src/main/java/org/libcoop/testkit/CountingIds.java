package org.libcoop.testkit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.libcoop.spi.Ids;

/**
 * Ids that count: {@code t1}, {@code t2} and so on, the same in every run. Several engines on one store take different
 * prefixes. The secrets count as well and are none: for tests only. <em>Safe for use by several threads.</em>
 */
public final class CountingIds implements Ids {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,19}");
    private static final int SECRET_LENGTH = 43;

    private final String prefix;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong secrets = new AtomicLong();

    /** Ids that begin with {@code t}. */
    public CountingIds() {
        this("t");
    }

    /**
     * Ids that begin with {@code prefix}.
     *
     * @throws IllegalArgumentException unless it is 1 to 20 letters, digits, {@code -} and {@code _} after a letter
     */
    public CountingIds(String prefix) {
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix \"" + prefix + "\" does not match " + PREFIX);
        }
    }

    @Override
    public String next() {
        return prefix + ids.incrementAndGet();
    }

    @Override
    public String secret() {
        String counted = Long.toString(secrets.incrementAndGet());
        return prefix + "0".repeat(SECRET_LENGTH - prefix.length() - counted.length()) + counted;
    }
}
