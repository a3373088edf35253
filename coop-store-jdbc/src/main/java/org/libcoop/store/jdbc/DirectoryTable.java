package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.RecordKey;
import org.libcoop.spi.Change;
import org.libcoop.spi.StoredDirectory;

/**
 * The directory as a log of changes, one row each under its number: the directory of any number is the newest row of each key up
 * to it (ST12). Changes of it stand in line behind one locked row; they are rare.
 */
final class DirectoryTable {

    private static final String HOST = "HOST";
    private static final String HOST_ID = "host";

    private DirectoryTable() {}

    private record Row(String type, String id, long version, String body) {}

    /** Version and place of the newest row of a key. */
    private record Newest(long version, long place) {}

    static StoredDirectory newest(Connection connection) throws SQLException {
        return asOf(connection, revision(connection));
    }

    /** The directory under a number; empty if it has not been given. */
    static Optional<StoredDirectory> numbered(Connection connection, long revision) throws SQLException {
        boolean given = revision >= 1 && revision <= revision(connection);
        return given ? Optional.of(asOf(connection, revision)) : Optional.empty();
    }

    static Optional<Instant> revisedAt(Connection connection, long revision) throws SQLException {
        return Rows.first(connection, Sql.REVISED_AT, row -> Rows.instant(row, 1), revision);
    }

    private static long revision(Connection connection) throws SQLException {
        return Rows.first(connection, Sql.REVISION, row -> row.getLong(1)).orElse(0L);
    }

    private static StoredDirectory asOf(Connection connection, long revision) throws SQLException {
        List<Row> rows = Rows.all(connection, Sql.DIRECTORY_AS_OF, DirectoryTable::row, revision, revision);
        HostDirectory host = null;
        Map<RecordKey, StoredDirectory.Versioned> records = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.type().equals(HOST)) {
                host = RecordCodec.readHost(row.body());
            } else {
                RecordKey.Type type = RecordKey.Type.valueOf(row.type());
                LibraryRecord record = RecordCodec.read(type, row.body());
                records.put(new RecordKey(type, row.id()), new StoredDirectory.Versioned(record, row.version()));
            }
        }
        return new StoredDirectory(host, revision, records);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
    }

    /** Writes a record, if its newest version is the expected one, and the directory's revision the one asked for, if any. */
    static boolean change(Connection connection, Change.OfRecord change, Instant at) throws SQLException {
        RecordKey key = change.record().key();
        long revision = lock(connection);
        Long expected = change.expectedRevision();
        if (expected != null && expected != revision) {
            return false;
        }
        return put(
                connection,
                new Row(key.type().name(), key.id(), change.expectedVersion(), RecordCodec.write(change.record())),
                revision,
                at);
    }

    /** Writes the host's part, if the directory is still of the expected revision. */
    static boolean change(Connection connection, Change.OfHost change, Instant at) throws SQLException {
        long revision = lock(connection);
        if (revision != change.expectedRevision()) {
            return false;
        }
        long version = newest(connection, HOST, HOST_ID).version();
        return put(connection, new Row(HOST, HOST_ID, version, RecordCodec.writeHost(change.host())), revision, at);
    }

    private static long lock(Connection connection) throws SQLException {
        return Rows.first(connection, Sql.LOCK_REVISION, row -> row.getLong(1)).orElseThrow();
    }

    private static Newest newest(Connection connection, String type, String id) throws SQLException {
        return Rows.first(connection, Sql.NEWEST_OF_KEY, row -> new Newest(row.getLong(1), row.getLong(2)), type, id)
                .orElse(new Newest(0, 0));
    }

    /** Adds a row after the version it says, under the next number. */
    private static boolean put(Connection connection, Row after, long revision, Instant at) throws SQLException {
        Newest newest = newest(connection, after.type(), after.id());
        if (newest.version() != after.version()) {
            return false;
        }
        long next = revision + 1;
        // Keeps the order in which keys came first: whoever reads the directory meets its records in the same one.
        long place = newest.version() == 0 ? next : newest.place();
        Rows.change(connection, Sql.NEXT_REVISION);
        Rows.change(
                connection,
                Sql.ADD_REVISION,
                next,
                at,
                after.type(),
                after.id(),
                after.version() + 1,
                place,
                after.body());
        return true;
    }
}
