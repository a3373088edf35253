package org.libcoop.faq;

import java.util.Objects;

/** An entry that staff reads, with the group it is in. <em>Immutable.</em> */
public record FaqReading(FaqEntry entry, FaqGroup group) {

    /** Requires both. */
    public FaqReading {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(group, "group");
    }
}
