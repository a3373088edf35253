package org.libcoop.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;

/**
 * Which audit records are asked for. What is null asks for nothing in particular; what is given must hold, all of it.
 * <em>Immutable.</em>
 *
 * @param institution one that the record concerns
 * @param who who did it
 * @param from the first instant asked for
 * @param to the first instant not asked for any more
 */
public record AuditQuery(
        @Nullable InstitutionId institution,
        AuditRecord.@Nullable Who who,
        @Nullable Operation operation,
        Result result,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Every record there is. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, Result.ANY, null, null);

    /** What became of it. */
    public enum Result {
        /** Whatever became of it. */
        ANY,
        /** Done. */
        DONE,
        /** Refused. */
        REFUSED
    }

    public AuditQuery {
        Objects.requireNonNull(result, "result");
    }

    /** Only what concerns this institution. */
    public AuditQuery institution(InstitutionId one) {
        return new AuditQuery(Objects.requireNonNull(one, "institution"), who, operation, result, from, to);
    }

    /** Only what this one did. */
    public AuditQuery who(AuditRecord.Who one) {
        return new AuditQuery(institution, Objects.requireNonNull(one, "who"), operation, result, from, to);
    }

    /** Only what this operator did. */
    public AuditQuery operator(OperatorId one) {
        return who(AuditRecord.Who.operator(one));
    }

    /** Only this operation. */
    public AuditQuery operation(Operation one) {
        return new AuditQuery(institution, who, Objects.requireNonNull(one, "operation"), result, from, to);
    }

    /** Only what ended so. */
    public AuditQuery result(Result one) {
        return new AuditQuery(institution, who, operation, one, from, to);
    }

    /** Only from {@code first}, included, to {@code end}, excluded; null for no bound. */
    public AuditQuery between(@Nullable Instant first, @Nullable Instant end) {
        return new AuditQuery(institution, who, operation, result, first, end);
    }

    /** Whether {@code record} is asked for. */
    public boolean asksFor(AuditRecord record) {
        return (institution == null || record.institutions().contains(institution))
                && (who == null || who.equals(record.who()))
                && (operation == null || operation == record.operation())
                && (result == Result.ANY
                        || (result == Result.REFUSED) == record.refused().isPresent())
                && (from == null || !record.at().isBefore(from))
                && (to == null || record.at().isBefore(to));
    }
}
