package org.libcoop.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of audit records; {@code next} is the cursor of the following one, null when nothing follows. <em>Immutable.</em> */
public record AuditPage(List<AuditRecord> rows, @Nullable String next) {

    public AuditPage {
        rows = List.copyOf(rows);
    }
}
