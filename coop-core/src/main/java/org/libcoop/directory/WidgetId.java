package org.libcoop.directory;

/**
 * The id of a widget, unique among all institutions of a deployment (W1).
 *
 * <p>An opaque string (D11) of 1 to 200 characters (UTF-16 units), not blank, without control characters and unpaired
 * surrogates; upper and lower case differ. Ordered by its characters. Immutable.
 */
public record WidgetId(String value) implements Comparable<WidgetId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public WidgetId {
        Check.id("widget id", value);
    }

    /** Returns the id with this value. */
    public static WidgetId of(String value) {
        return new WidgetId(value);
    }

    @Override
    public int compareTo(WidgetId other) {
        return value.compareTo(other.value);
    }

    /** Returns the bare value. */
    @Override
    public String toString() {
        return value;
    }
}
