package org.libcoop.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;

/**
 * Where a ticket comes from (K1, W5): ids and an instant, no content. <em>Immutable.</em>
 *
 * @param home the institution in whose queue it belongs: that of the patron
 * @param chat the chat it is about; null for a question left where nobody was there
 * @param operator the operator who opened it; null if the patron asked
 * @param at when it was asked for, in whole milliseconds
 */
@Beta
public record TicketOrigin(
        InstitutionId home,
        WidgetId widget,
        @Nullable ChatId chat,
        @Nullable OperatorId operator,
        Instant at) {

    /**
     * Checks the instant.
     *
     * @throws IllegalArgumentException if it is finer than a millisecond
     */
    public TicketOrigin {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(widget, "widget");
        if (!at.equals(at.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("at must be in whole milliseconds: " + at);
        }
    }
}
