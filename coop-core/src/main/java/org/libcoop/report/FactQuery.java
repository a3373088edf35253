package org.libcoop.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;

/**
 * Which chats a report is about (S8). What is null asks for nothing in particular; what is given must hold, all of it.
 * {@code answeredBy}, {@code operator} and {@code coop} speak of the last owner, for whom a chat counts once: of that institution, that
 * operator, answered through that co-op. <em>Immutable.</em>
 *
 * @param from the first start asked for
 * @param to the first start not asked for any more
 * @param rating the patron's
 */
@Beta
public record FactQuery(
        @Nullable InstitutionId home,
        @Nullable CoopId coop,
        @Nullable InstitutionId answeredBy,
        @Nullable OperatorId operator,
        @Nullable WidgetId widget,
        @Nullable ChatOutcome outcome,
        @Nullable Integer rating,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Every chat there is. */
    public static final FactQuery ALL = new FactQuery(null, null, null, null, null, null, null, null, null);

    /**
     * Checks the rating.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public FactQuery {
        if (rating != null) {
            Stars.checked(rating);
        }
    }

    /** The same for patrons of this institution. */
    public FactQuery home(InstitutionId wanted) {
        return new FactQuery(wanted, coop, answeredBy, operator, widget, outcome, rating, from, to);
    }

    /** The same for what was answered through this co-op. */
    public FactQuery coop(CoopId wanted) {
        return new FactQuery(home, wanted, answeredBy, operator, widget, outcome, rating, from, to);
    }

    /** The same for what people of this institution answered. */
    public FactQuery answeredBy(InstitutionId wanted) {
        return new FactQuery(home, coop, wanted, operator, widget, outcome, rating, from, to);
    }

    /** The same for what this operator answered. */
    public FactQuery operator(OperatorId wanted) {
        return new FactQuery(home, coop, answeredBy, wanted, widget, outcome, rating, from, to);
    }

    /** The same for this widget. */
    public FactQuery widget(WidgetId wanted) {
        return new FactQuery(home, coop, answeredBy, operator, wanted, outcome, rating, from, to);
    }

    /** The same for this outcome. */
    public FactQuery outcome(ChatOutcome wanted) {
        return new FactQuery(home, coop, answeredBy, operator, widget, wanted, rating, from, to);
    }

    /**
     * The same for what patrons rated so.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public FactQuery rating(int wanted) {
        return new FactQuery(home, coop, answeredBy, operator, widget, outcome, wanted, from, to);
    }

    /** The same for starts from {@code first}, included, to {@code end}, excluded; null leaves a side open. */
    public FactQuery started(@Nullable Instant first, @Nullable Instant end) {
        return new FactQuery(home, coop, answeredBy, operator, widget, outcome, rating, first, end);
    }

    /** Whether {@code fact} is asked for: what an adapter's own counting has to agree with. */
    public boolean asksFor(ChatFact fact) {
        return (home == null || home.equals(fact.home()))
                && (widget == null || widget.equals(fact.widget()))
                && (outcome == null || outcome == fact.outcome())
                && (rating == null || rating.equals(fact.rating()))
                && (from == null || !fact.startedAt().isBefore(from))
                && (to == null || fact.startedAt().isBefore(to))
                && answered(fact.answer());
    }

    private boolean answered(ChatFact.@Nullable Answer answer) {
        if (coop == null && answeredBy == null && operator == null) {
            return true;
        }
        return answer != null
                && (coop == null || coop.equals(answer.coop().orElse(null)))
                && (answeredBy == null || answeredBy.equals(answer.institution()))
                && (operator == null || operator.equals(answer.operator()));
    }
}
