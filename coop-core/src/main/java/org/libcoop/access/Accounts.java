package org.libcoop.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/**
 * What operators change of the directory by their levels and switches (A2, A3, A6, A10, D6): the record that comes of it, or the
 * refusal. Decided on one snapshot; whoever stores the record has to make sure that the directory is still that one (T2). Pure, so
 * <em>safe for use by several threads</em>.
 */
public final class Accounts {

    private Accounts() {}

    /** {@code who} gets an account of {@code level} in {@code coop}, or another level than before. */
    public static Outcome<LibraryRecord> grant(
            Directory directory, OperatorId by, OperatorId who, CoopId coop, Level level) {
        return managed(directory, by, who, coop, level)
                .map(Outcome::<LibraryRecord>refused)
                .orElseGet(() -> Outcome.done(new CoopAccount(coop, who, level)));
    }

    /** {@code who} loses the account in {@code coop} (A7); {@code not-found} where there is none. */
    public static Outcome<LibraryRecord> revoke(Directory directory, OperatorId by, OperatorId who, CoopId coop) {
        Refusal refusal = managed(directory, by, who, coop, null).orElse(null);
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        return directory
                .account(coop, who)
                .map(account -> Outcome.<LibraryRecord>done(account.asRemoved()))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such account"));
    }

    /** Why {@code by} may not leave {@code who} with {@code next}, which is null for no account; existence is not revealed (A9). */
    private static Optional<Refusal> managed(
            Directory directory, OperatorId by, OperatorId who, CoopId coop, @Nullable Level next) {
        Operator operator = directory.operator(who).orElse(null);
        Level held = directory.account(coop, who).map(CoopAccount::level).orElse(null);
        boolean highest = held == Level.COOP_ADMIN || next == Level.COOP_ADMIN;
        if (operator == null
                || !Access.allows(
                        Operation.MANAGE_ACCOUNT,
                        Access.to(
                                coop,
                                operator.institution(),
                                highest ? Level.COOP_ADMIN : Level.REGULAR,
                                by,
                                directory))) {
            return Optional.of(Access.denied(Operation.MANAGE_ACCOUNT));
        }
        return held != null
                        && (next == null || next.compareTo(held) < 0)
                        && by.equals(who)
                        && isLast(directory, coop, operator, held)
                ? Optional.of(Refusal.of(
                        RefusalCode.NOT_ALLOWED, "you are the last one of this level: name another one first"))
                : Optional.empty();
    }

    /** A6: nobody else acts at exactly this level: in the co-op, for an INSTITUTION_ADMIN in the institution. */
    private static boolean isLast(Directory directory, CoopId coop, Operator operator, Level level) {
        return level != Level.REGULAR
                && directory.accounts(coop).stream()
                        .map(CoopAccount::operator)
                        .filter(other -> !other.equals(operator.id()))
                        .filter(other ->
                                level == Level.COOP_ADMIN || Access.colleagues(operator.id(), other, directory))
                        .noneMatch(other -> Access.level(coop, other, directory)
                                .filter(level::equals)
                                .isPresent());
    }

    /**
     * The accounts in {@code coop} that {@code by} may see: those that it manages, its own, and those of its admins (S4). {@code
     * not-allowed} without a place there.
     */
    public static Outcome<List<CoopAccount>> visible(Directory directory, OperatorId by, CoopId coop) {
        return Access.refusal(Operation.SEE_ACCOUNTS, Access.to(coop, by, directory))
                .map(Outcome::<List<CoopAccount>>refused)
                .orElseGet(() -> Outcome.done(directory.accounts(coop).stream()
                        .filter(account -> sees(directory, by, account))
                        .toList()));
    }

    private static boolean sees(Directory directory, OperatorId by, CoopAccount account) {
        Level level = Access.level(account.coop(), by, directory).orElse(Level.REGULAR);
        boolean colleague = Access.colleagues(by, account.operator(), directory);
        return switch (level) {
            case COOP_ADMIN -> true;
            case INSTITUTION_ADMIN -> colleague || account.level() == Level.COOP_ADMIN;
            case REGULAR ->
                account.operator().equals(by)
                        || account.level() == Level.COOP_ADMIN
                        || (colleague && account.level() == Level.INSTITUTION_ADMIN);
        };
    }

    /** D6: the hours at which {@code coop} serves the patrons of {@code institution}. */
    public static Outcome<LibraryRecord> cover(
            Directory directory, OperatorId by, InstitutionId institution, CoopId coop, Coverage coverage) {
        Refusal refusal = Access.refusal(
                        Operation.SET_COVERAGE, Access.to(coop, institution, Level.REGULAR, by, directory))
                .orElse(null);
        Membership membership = directory.membership(coop, institution).orElse(null);
        return refusal != null || membership == null
                ? Outcome.refused(Access.denied(Operation.SET_COVERAGE))
                : Outcome.done(membership.withCoverage(coverage));
    }

    /** A10: a widget of the own institution, which must not take over one of another's. */
    public static Outcome<LibraryRecord> saveWidget(Directory directory, OperatorId by, Widget widget) {
        boolean another = directory
                .widget(widget.id())
                .filter(known -> !known.institution().equals(widget.institution()))
                .isPresent();
        boolean allowed = Access.allows(Operation.SAVE_WIDGET, Access.to(widget.institution(), by, directory));
        return another || !allowed ? Outcome.refused(Access.denied(Operation.SAVE_WIDGET)) : Outcome.done(widget);
    }

    /** F4, A10: what is on the card of the own institution. */
    public static Outcome<LibraryRecord> saveCard(Directory directory, OperatorId by, InstitutionCard card) {
        return Access.refusal(Operation.SAVE_CARD, Access.to(card.institution(), by, directory))
                .map(Outcome::<LibraryRecord>refused)
                .orElseGet(() -> Outcome.done(card));
    }

    /** M6: the canned messages of the own institution, or of a co-op. */
    public static Outcome<LibraryRecord> saveCanned(Directory directory, OperatorId by, CannedMessages messages) {
        return Access.refusal(Operation.SAVE_CANNED, Access.to(messages.scope(), by, directory))
                .map(Outcome::<LibraryRecord>refused)
                .orElseGet(() -> Outcome.done(messages));
    }

    /** M6: the canned messages of an institution or a co-op, for its people. */
    public static Outcome<CannedMessages> canned(Directory directory, OperatorId by, BlockScope scope) {
        return Access.refusal(Operation.SEE_CANNED, Access.to(scope, by, directory))
                .map(Outcome::<CannedMessages>refused)
                .orElseGet(() -> Outcome.done(directory.canned(scope)));
    }

    /**
     * A10, X6: after how long {@code institution} anonymises transcripts and deletes their content, null for never. {@code invalid}
     * beyond the bounds, which are named.
     */
    public static Outcome<LibraryRecord> retain(
            Directory directory,
            OperatorId by,
            InstitutionId institution,
            @Nullable Duration anonymiseAfter,
            @Nullable Duration deleteAfter) {
        Refusal refusal = Access.refusal(Operation.SET_RETENTION, Access.to(institution, by, directory))
                .orElse(null);
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        try {
            return Outcome.done(directory.policies().withRetention(institution, anonymiseAfter, deleteAfter));
        } catch (IllegalArgumentException outOfBounds) {
            return Outcome.refused(RefusalCode.INVALID, String.valueOf(outOfBounds.getMessage()));
        }
    }
}
