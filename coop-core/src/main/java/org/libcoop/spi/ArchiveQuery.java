package org.libcoop.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;

/**
 * Which chats are asked for (X5). What is null asks for nothing in particular; what is given must hold, all of it.
 *
 * <p>{@code operator}, {@code answeredBy} (an institution), {@code coop} and {@code anyCoop} speak of one and the same
 * ownership, at any time of the chat: that operator, of that institution, who claimed on that co-op or any, on its members' or
 * its backup stage, or accepted an offer to it (A1, A2). So can be asked
 *
 * <ul>
 * <li>on the home path: what patrons of these libraries asked, all of it or what this operator owned of it (A4);
 * <li>on the path of a co-op: what this operator, operators of this institution, or anybody answered through it (A1–A3);
 * <li>what a co-op answered since a library signed off: {@code home(library).throughAnyCoop().started(signedOff, null)} (X5).
 * </ul>
 *
 * <em>Immutable.</em>
 *
 * @param homes home institutions of patrons, at least one; null for all
 * @param anyCoop whether some co-op is asked for, whichever it is; adds nothing where {@code coop} names one
 * @param startedFrom the first start asked for
 * @param startedTo the first start not asked for any more
 * @param text what some message, visible to the patron or for staff only, contains (see {@link #fold})
 */
public record ArchiveQuery(
        @Nullable List<InstitutionId> homes,
        @Nullable InstitutionId answeredBy,
        @Nullable OperatorId operator,
        @Nullable CoopId coop,
        boolean anyCoop,
        @Nullable WidgetId widget,
        @Nullable ChatOutcome outcome,
        @Nullable Instant startedFrom,
        @Nullable Instant startedTo,
        @Nullable String text,
        @Nullable ChatId chat) {

    /** Every chat there is. */
    public static final ArchiveQuery ALL =
            new ArchiveQuery(null, null, null, null, false, null, null, null, null, null, null);

    /** The most home institutions a query may name. */
    public static final int MOST_HOMES = 200;

    /** The longest text a query may ask for. */
    public static final int LONGEST_TEXT = 200;

    /**
     * Checks the bounds; homes are put in one order and named once each, so that equal queries are written alike.
     *
     * @throws IllegalArgumentException if {@code homes} is empty or too long, or {@code text} is empty or too long
     */
    public ArchiveQuery {
        if (homes != null) {
            homes = homes.stream().distinct().sorted().toList();
            if (homes.isEmpty() || homes.size() > MOST_HOMES) {
                throw new IllegalArgumentException("homes must be 1 to " + MOST_HOMES + ", not " + homes.size());
            }
        }
        if (text != null && (text.isEmpty() || text.length() > LONGEST_TEXT)) {
            throw new IllegalArgumentException(
                    "text must have 1 to " + LONGEST_TEXT + " characters, not " + text.length());
        }
    }

    /** The same for patrons of these home institutions. */
    public ArchiveQuery homes(Collection<InstitutionId> wanted) {
        return new ArchiveQuery(
                List.copyOf(wanted),
                answeredBy,
                operator,
                coop,
                anyCoop,
                widget,
                outcome,
                startedFrom,
                startedTo,
                text,
                chat);
    }

    /** The same for patrons of this home institution. */
    public ArchiveQuery home(InstitutionId wanted) {
        return homes(List.of(wanted));
    }

    /** The same with an owner of this institution. */
    public ArchiveQuery answeredBy(InstitutionId wanted) {
        return new ArchiveQuery(
                homes, wanted, operator, coop, anyCoop, widget, outcome, startedFrom, startedTo, text, chat);
    }

    /** The same with this owner. */
    public ArchiveQuery operator(OperatorId wanted) {
        return new ArchiveQuery(
                homes, answeredBy, wanted, coop, anyCoop, widget, outcome, startedFrom, startedTo, text, chat);
    }

    /** The same with an owner who claimed through this co-op. */
    public ArchiveQuery coop(CoopId wanted) {
        return new ArchiveQuery(
                homes, answeredBy, operator, wanted, anyCoop, widget, outcome, startedFrom, startedTo, text, chat);
    }

    /** The same with an owner who claimed through a co-op, whichever it is. */
    public ArchiveQuery throughAnyCoop() {
        return new ArchiveQuery(
                homes, answeredBy, operator, coop, true, widget, outcome, startedFrom, startedTo, text, chat);
    }

    /** Whether some ownership is asked for. */
    public boolean asksForOwner() {
        return operator != null || answeredBy != null || coop != null || anyCoop;
    }

    /** The same for this widget. */
    public ArchiveQuery widget(WidgetId wanted) {
        return new ArchiveQuery(
                homes, answeredBy, operator, coop, anyCoop, wanted, outcome, startedFrom, startedTo, text, chat);
    }

    /** The same for this outcome. */
    public ArchiveQuery outcome(ChatOutcome wanted) {
        return new ArchiveQuery(
                homes, answeredBy, operator, coop, anyCoop, widget, wanted, startedFrom, startedTo, text, chat);
    }

    /** The same for starts from {@code from}, included, to {@code to}, excluded; null leaves a side open. */
    public ArchiveQuery started(@Nullable Instant from, @Nullable Instant to) {
        return new ArchiveQuery(homes, answeredBy, operator, coop, anyCoop, widget, outcome, from, to, text, chat);
    }

    /** The same with a message that contains {@code wanted}. */
    public ArchiveQuery text(String wanted) {
        return new ArchiveQuery(
                homes, answeredBy, operator, coop, anyCoop, widget, outcome, startedFrom, startedTo, wanted, chat);
    }

    /** The same for this very chat. */
    public ArchiveQuery chat(ChatId wanted) {
        return new ArchiveQuery(
                homes, answeredBy, operator, coop, anyCoop, widget, outcome, startedFrom, startedTo, text, wanted);
    }

    /**
     * How texts are compared: one contains another if it does after both went through this, which is
     * {@link String#toLowerCase(Locale)} for {@link Locale#ROOT} and nothing else. Accents and white space count; nothing is
     * a wildcard.
     */
    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether {@code archived} is asked for: what an adapter's own search has to agree with. */
    public boolean asksFor(ArchivedChat archived) {
        Instant startedAt = archived.chat().startedAt();
        return (chat == null || chat.equals(archived.chat().id()))
                && (homes == null || homes.contains(archived.chat().home()))
                && (widget == null || widget.equals(archived.chat().widget()))
                && (outcome == null || outcome == ChatOutcome.of(archived.chat()))
                && (startedFrom == null || !startedAt.isBefore(startedFrom))
                && (startedTo == null || startedAt.isBefore(startedTo))
                && owned(archived)
                && said(archived);
    }

    private boolean owned(ArchivedChat archived) {
        return !asksForOwner() || archived.chat().ownerships().stream().anyMatch(this::asksForOwnership);
    }

    private boolean asksForOwnership(Ownership ownership) {
        return (operator == null || operator.equals(ownership.owner()))
                && (answeredBy == null || answeredBy.equals(ownership.institution()))
                && (!anyCoop || ownership.claimedOn().option().kind() == Option.Kind.COOP)
                && (coop == null
                        || Option.coop(coop).equals(ownership.claimedOn().option()));
    }

    private boolean said(ArchivedChat archived) {
        if (text == null) {
            return true;
        }
        String folded = fold(text);
        for (Logged entry : archived.log()) {
            if (entry.event() instanceof ChatEvent.MessageSaid
                    && entry.content() instanceof Content.Text said
                    && fold(said.text()).contains(folded)) {
                return true;
            }
        }
        return false;
    }
}
