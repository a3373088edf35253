package org.libcoop.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a search; {@code next} is the cursor of the following one, null when nothing follows. <em>Immutable.</em> */
public record ArchivePage(
        List<ArchivedSummary> rows, @Nullable String next) {

    public ArchivePage {
        rows = List.copyOf(rows);
    }
}
