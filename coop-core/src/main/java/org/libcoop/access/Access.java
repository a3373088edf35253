package org.libcoop.access;

import java.util.Optional;
import java.util.function.Predicate;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/**
 * Who may do what: the table of {@link Operation} is asked here and nowhere else (A8). Deny is the default. Pure, so <em>safe for
 * use by several threads</em>.
 */
public final class Access {

    private Access() {}

    /** Whether somebody may, who has to the thing in question those relations of which {@code holds} says so. */
    public static boolean allows(Operation operation, Predicate<Relation> holds) {
        return operation.allowed().stream().anyMatch(holds);
    }

    /** Why somebody may not; empty if they may. */
    public static Optional<Refusal> refusal(Operation operation, Predicate<Relation> holds) {
        return allows(operation, holds) ? Optional.empty() : Optional.of(denied(operation));
    }

    /** The refusal of whoever has none of an operation's relations. */
    public static Refusal denied(Operation operation) {
        RefusalCode code = operation.denied();
        return Refusal.of(
                code,
                switch (code) {
                    case NOT_FOUND ->
                        operation.subject() == Operation.Subject.COLLEAGUE
                                ? "your institution has no such operator"
                                : "there is no such chat for you";
                    case NOT_ELIGIBLE -> "the chat is not open to you now";
                    case NOT_OWNER -> "only the owner may do that";
                    default -> "you may not do that";
                });
    }

    /**
     * Whether {@code refusal} is the table's answer to somebody who tried {@code operation}: that they may not, or may not even know of
     * the thing (A9). Refusals for other reasons, such as a chat that is over, are not.
     */
    public static boolean denies(Operation operation, Refusal refusal) {
        return refusal.equals(denied(operation))
                || refusal.equals(denied(Operation.KNOW_CHAT))
                || refusal.equals(denied(Operation.KNOW_COLLEAGUE));
    }

    // ---- Relations to what stands in the directory

    /** What {@code operator} is to a department, personal line or co-op. */
    public static Predicate<Relation> to(Option option, OperatorId operator, Directory directory) {
        return relation -> switch (relation) {
            case ANSWERS_FOR -> directory.hasAccess(operator, Stage.of(option));
            case BACKUP ->
                option instanceof Option.OfCoop shared && directory.hasAccess(operator, Stage.backup(shared.coop()));
            case MEMBER -> option instanceof Option.OfCoop shared && directory.hasPlaceIn(operator, shared.coop());
            default -> toHimself(relation, operator, directory);
        };
    }

    /** What {@code operator} is to its own presence. */
    public static Predicate<Relation> toOwnPresence(OperatorId operator, Directory directory) {
        return relation -> toHimself(relation, operator, directory);
    }

    private static boolean toHimself(Relation relation, OperatorId operator, Directory directory) {
        return switch (relation) {
            case OPERATOR -> directory.operator(operator).isPresent();
            case CHAT_ENABLED ->
                directory.operator(operator).filter(Operator::chatEnabled).isPresent();
            default -> false;
        };
    }

    /** What {@code operator} is to another one. */
    public static Predicate<Relation> to(OperatorId other, OperatorId operator, Directory directory) {
        return relation -> switch (relation) {
            case COLLEAGUE -> colleagues(operator, other, directory);
            case ADMIN_COLLEAGUE ->
                colleagues(operator, other, directory)
                        && toHimself(Relation.CHAT_ENABLED, operator, directory)
                        && administers(operator, directory);
            default -> toHimself(relation, operator, directory);
        };
    }

    static boolean colleagues(OperatorId one, OperatorId other, Directory directory) {
        return directory
                .operator(one)
                .filter(found -> isOf(other, found.institution(), directory))
                .isPresent();
    }

    private static boolean administers(OperatorId operator, Directory directory) {
        return directory.operator(operator).filter(Operator::admin).isPresent()
                || directory.accounts(operator).stream()
                        .anyMatch(account -> atLeast(Level.INSTITUTION_ADMIN, account.coop(), operator, directory));
    }

    /** What {@code operator} is to a co-op, where nothing of any institution in particular is touched. */
    public static Predicate<Relation> to(CoopId coop, OperatorId operator, Directory directory) {
        return relation -> switch (relation) {
            case MEMBER -> directory.hasPlaceIn(operator, coop);
            default -> toHimself(relation, operator, directory);
        };
    }

    /**
     * What {@code operator} is to what belongs to {@code institution} in {@code coop}: its membership, an account of its staff.
     *
     * @param highest the highest level that is touched; REGULAR where none is
     */
    public static Predicate<Relation> to(
            CoopId coop, InstitutionId institution, Level highest, OperatorId operator, Directory directory) {
        return relation -> switch (relation) {
            case INSTITUTION_ADMIN ->
                atLeast(Level.INSTITUTION_ADMIN, coop, operator, directory)
                        && isOf(operator, institution, directory)
                        && highest != Level.COOP_ADMIN;
            case COOP_ADMIN ->
                atLeast(Level.COOP_ADMIN, coop, operator, directory)
                        && directory.membership(coop, institution).isPresent();
            default -> to(coop, operator, directory).test(relation);
        };
    }

    /** What {@code operator} is to what belongs to {@code institution} alone: its widgets, its people. */
    public static Predicate<Relation> to(InstitutionId institution, OperatorId operator, Directory directory) {
        return relation -> switch (relation) {
            case LOCAL_ADMIN ->
                directory
                        .operator(operator)
                        .filter(found -> found.admin() && found.institution().equals(institution))
                        .isPresent();
            case STAFF -> isOf(operator, institution, directory);
            default -> toHimself(relation, operator, directory);
        };
    }

    /** What {@code operator} is to the blocks of patrons, and the canned messages, of an institution or a co-op (C15, M6). */
    public static Predicate<Relation> to(BlockScope scope, OperatorId operator, Directory directory) {
        if (scope instanceof BlockScope.OfInstitution one) {
            return to(one.institution(), operator, directory);
        }
        CoopId coop = ((BlockScope.OfCoop) scope).coop();
        return relation -> relation == Relation.COOP_ADMIN
                ? atLeast(Level.COOP_ADMIN, coop, operator, directory)
                : to(coop, operator, directory).test(relation);
    }

    /** The level at which {@code operator} acts in {@code coop}: empty without an account, or once the membership it rests on has ended (D9). */
    public static Optional<Level> level(CoopId coop, OperatorId operator, Directory directory) {
        boolean live = directory
                .operator(operator)
                .flatMap(found -> directory.membership(coop, found.institution()))
                .filter(membership -> !membership.ended())
                .isPresent();
        return live ? directory.account(coop, operator).map(CoopAccount::level) : Optional.empty();
    }

    private static boolean atLeast(Level level, CoopId coop, OperatorId operator, Directory directory) {
        return level(coop, operator, directory)
                .filter(held -> held.compareTo(level) >= 0)
                .isPresent();
    }

    /** Whether {@code operator} is a local admin of an institution that employs backup staff of {@code coop} (D8). */
    public static boolean isProviderAdmin(OperatorId operator, CoopId coop, Directory directory) {
        return directory
                .operator(operator)
                .filter(Operator::admin)
                .filter(admin -> directory.operatorsOf(Stage.backup(coop)).stream()
                        .anyMatch(backup -> isOf(backup, admin.institution(), directory)))
                .isPresent();
    }

    private static boolean isOf(OperatorId operator, InstitutionId institution, Directory directory) {
        return directory
                .operator(operator)
                .filter(found -> found.institution().equals(institution))
                .isPresent();
    }
}
