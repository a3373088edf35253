package org.libcoop.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;

/**
 * Which tickets are asked for. What is null asks for nothing in particular; what is given must hold, all of it. <em>Immutable.</em>
 *
 * @param trace {@link NewTicket#trace}, as long as the ticket has it
 * @param before the first instant of {@link TicketOrigin#at} not asked for any more
 */
@Beta
public record TicketQuery(
        @Nullable InstitutionId home,
        @Nullable ChatId chat,
        @Nullable String trace,
        @Nullable Instant before) {

    /** Every ticket there is. */
    public static final TicketQuery ALL = new TicketQuery(null, null, null, null);

    /** Those of a chat. */
    public static TicketQuery of(ChatId chat) {
        return new TicketQuery(null, Objects.requireNonNull(chat, "chat"), null, null);
    }

    /** Those of an institution. */
    public static TicketQuery of(InstitutionId home) {
        return new TicketQuery(Objects.requireNonNull(home, "home"), null, null, null);
    }

    /** Only those with this trace. */
    public TicketQuery trace(String one) {
        return new TicketQuery(home, chat, Objects.requireNonNull(one, "trace"), before);
    }

    /** Only those from before this instant. */
    public TicketQuery before(Instant instant) {
        return new TicketQuery(home, chat, trace, Objects.requireNonNull(instant, "before"));
    }

    /** Whether a ticket from {@code origin} with the trace {@code known}, null if it has none any more, is asked for. */
    public boolean asksFor(TicketOrigin origin, @Nullable String known) {
        return (home == null || home.equals(origin.home()))
                && (chat == null || chat.equals(origin.chat()))
                && (trace == null || trace.equals(known))
                && (before == null || origin.at().isBefore(before));
    }
}
