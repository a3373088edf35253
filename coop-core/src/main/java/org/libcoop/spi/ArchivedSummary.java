package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;

/**
 * A row of a search: what a list of transcripts shows, free of content. {@code firstClaimAt}, {@code lastOwner},
 * {@code answeredBy} (the last owner's institution) and {@code through} (the stage the last owner claimed on) are null for a
 * chat that was never owned; {@code messages} counts those that were for the patron and the staff.
 * {@code anonymised} where what says who the patron was is gone, alone or with all content (X6). <em>Immutable.</em>
 */
public record ArchivedSummary(
        ChatId chat,
        InstitutionId home,
        WidgetId widget,
        Instant startedAt,
        @Nullable Instant firstClaimAt,
        Instant overAt,
        @Nullable OperatorId lastOwner,
        @Nullable InstitutionId answeredBy,
        @Nullable Stage through,
        ChatOutcome outcome,
        int messages,
        boolean contentDeleted,
        boolean anonymised) {

    public ArchivedSummary {
        Objects.requireNonNull(chat, "chat");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(widget, "widget");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(overAt, "overAt");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** The row of {@code archived}, of which nothing was taken out, or all content. */
    public static ArchivedSummary of(ArchivedChat archived, boolean contentDeleted) {
        return of(archived, contentDeleted, contentDeleted);
    }

    /** The row of {@code archived}. */
    public static ArchivedSummary of(ArchivedChat archived, boolean contentDeleted, boolean anonymised) {
        Chat chat = archived.chat();
        List<Ownership> ownerships = chat.ownerships();
        Ownership last = chat.lastOwnership();
        int messages = (int) archived.log().stream()
                .filter(entry -> entry.event() instanceof ChatEvent.MessageSaid said
                        && said.audience() == Audience.PATRON_AND_STAFF)
                .count();
        return new ArchivedSummary(
                chat.id(),
                chat.home(),
                chat.widget(),
                chat.startedAt(),
                ownerships.isEmpty() ? null : ownerships.get(0).since(),
                chat.phase().overSince().orElseThrow(),
                last == null ? null : last.owner(),
                last == null ? null : last.institution(),
                last == null ? null : last.claimedOn(),
                ChatOutcome.of(chat),
                messages,
                contentDeleted,
                anonymised);
    }
}
