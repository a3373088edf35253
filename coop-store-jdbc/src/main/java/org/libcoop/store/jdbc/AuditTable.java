package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditQuery.Result;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Role;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;

/** Who did what (A8). */
final class AuditTable {

    private static final Words<Role> ROLES = Words.of(Role.values(), role -> switch (role) {
        case OPERATOR -> "operator";
        case PATRON -> "patron";
        case HOST -> "host";
        case SYSTEM -> "system";
    });

    private static final Words<Kind> KINDS = Words.of(Kind.values(), kind -> switch (kind) {
        case CHAT -> "chat";
        case TRANSCRIPTS -> "transcripts";
        case OPERATOR -> "operator";
        case DEPARTMENT -> "department";
        case COOP -> "coop";
        case ACCOUNT -> "account";
        case MEMBERSHIP -> "membership";
        case WIDGET -> "widget";
        case BLOCK -> "block";
        case INSTITUTION -> "institution";
        case FAQ_ENTRY -> "faq-entry";
        case DEPLOYMENT -> "deployment";
    });

    /** Stands in no id, which has no control characters. */
    private static final String BETWEEN = "\n";

    private AuditTable() {}

    /** Where a record stands. */
    record Key(long at, String id) {

        static Key read(AuditQuery query, String cursor) {
            List<String> key = ArchiveCursor.read(query, cursor, 2);
            return new Key(Long.parseLong(key.get(0)), key.get(1));
        }

        String cursor(AuditQuery query) {
            return ArchiveCursor.after(query, Long.toString(at), id);
        }
    }

    /** A row and what it says; nothing if it cannot be read, as what a later version wrote. */
    private record Row(Key key, Optional<AuditRecord> record) {}

    /** Writes the record, unless there is one of its id. */
    static void keep(Connection connection, Sql sql, AuditRecord record) throws SQLException {
        OperatorId operator = record.who().operator();
        boolean added = Rows.addUnlessThere(
                connection,
                sql.addAudit,
                new Rows.Key(Sql.IS_AUDIT, List.of(record.id())),
                record.id(),
                record.at(),
                ROLES.word(record.who().role()),
                operator == null ? null : operator.value(),
                record.operation().word(),
                KINDS.word(record.thing().kind()),
                record.thing().id(),
                record.thing().within(),
                record.refused().map(RefusalCode::code).orElse(null),
                record.institutions().stream().map(InstitutionId::value).collect(Collectors.joining(BETWEEN)),
                record.counts().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(BETWEEN)),
                record.command());
        if (added) {
            for (InstitutionId institution : record.institutions()) {
                Rows.change(connection, Sql.ADD_AUDIT_INSTITUTION, institution.value(), record.at(), record.id());
            }
        }
    }

    /** The page after {@code after} of at most {@code wanted}; one more is asked for, to know whether something follows. */
    static AuditPage page(Connection connection, int seconds, AuditQuery query, @Nullable Key after, int wanted)
            throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        place(query, after, parameters);
        narrow(query, conditions, parameters);
        parameters.add(wanted + 1);
        String statement = Sql.audit(
                query.institution() != null, query.from() != null, query.to() != null, after != null, conditions);
        List<Row> rows = Rows.allWithin(seconds, connection, statement, AuditTable::row, parameters.toArray());
        OnePage<Row> page = OnePage.of(rows, wanted, last -> last.key().cursor(query));
        return new AuditPage(
                page.rows().stream().flatMap(row -> row.record().stream()).toList(), page.next());
    }

    private static void place(AuditQuery query, @Nullable Key after, List<Object> parameters) {
        if (query.institution() != null) {
            parameters.add(query.institution().value());
        }
        if (query.from() != null) {
            parameters.add(Millis.ceiling(query.from()));
        }
        if (query.to() != null) {
            parameters.add(Millis.ceiling(query.to()));
        }
        if (after != null) {
            parameters.addAll(List.of(after.at(), after.id()));
        }
    }

    private static void narrow(AuditQuery query, List<String> conditions, List<Object> parameters) {
        Who who = query.who();
        if (who != null) {
            OperatorId operator = who.operator();
            conditions.add(operator == null ? Sql.AUDIT_ROLE : Sql.AUDIT_OPERATOR);
            parameters.add(operator == null ? ROLES.word(who.role()) : operator.value());
        }
        if (query.operation() != null) {
            conditions.add(Sql.AUDIT_OPERATION);
            parameters.add(query.operation().word());
        }
        if (query.result() != Result.ANY) {
            conditions.add(query.result() == Result.DONE ? Sql.AUDIT_DONE : Sql.AUDIT_REFUSED);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        Key key = new Key(row.getLong(2), row.getString(1));
        return new Row(key, Rows.readable("audit record", row, AuditTable::record));
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        String what = "audit record " + row.getString(1);
        String operator = row.getString(4);
        String operation = row.getString(5);
        String refused = row.getString(9);
        return new AuditRecord(
                row.getString(1),
                Rows.instant(row, 2),
                new Who(ROLES.stored(what, row.getString(3)), operator == null ? null : OperatorId.of(operator)),
                Operation.ofWord(operation).orElseThrow(() -> unknown(what)),
                new Thing(KINDS.stored(what, row.getString(6)), row.getString(7), row.getString(8)),
                institutions(row.getString(10)),
                refused == null ? null : RefusalCode.of(refused).orElseThrow(() -> unknown(what)),
                counts(row.getString(11)),
                row.getString(12));
    }

    private static UnreadableException unknown(String what) {
        return new UnreadableException(what, "a word is none of those known");
    }

    private static SortedSet<InstitutionId> institutions(String written) {
        return parts(written).stream().map(InstitutionId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedMap<String, Long> counts(String written) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (String part : parts(written)) {
            int sign = part.indexOf('=');
            counts.put(part.substring(0, sign), Long.valueOf(part.substring(sign + 1)));
        }
        return counts;
    }

    private static List<String> parts(String written) {
        return written.isEmpty() ? List.of() : List.of(written.split(BETWEEN));
    }
}
