package org.libcoop.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/** A page of tickets; {@code next} is the cursor of the following one, null when nothing follows. <em>Immutable.</em> */
@Beta
public record TicketPage(List<StoredTicket> rows, @Nullable String next) {

    public TicketPage {
        rows = List.copyOf(rows);
    }
}
