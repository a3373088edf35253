package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Looks for words in every column of every row of every table that the database's catalogue names, so in new tables too (G19). */
final class CanaryScan {

    private CanaryScan() {}

    /** Where the words stand, in whatever case: "table.column has word". */
    static Set<String> find(DataSource database, Collection<String> words) {
        Set<String> found = new TreeSet<>();
        try (Connection connection = database.getConnection()) {
            for (String table : tables(connection)) {
                scan(connection, table, words, found);
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return found;
    }

    /** Every table of the schema in use. */
    static List<String> tables(Connection connection) throws SQLException {
        DatabaseMetaData catalogue = connection.getMetaData();
        List<String> tables = new ArrayList<>();
        try (ResultSet row = catalogue.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (row.next()) {
                tables.add(row.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static void scan(Connection connection, String table, Collection<String> words, Set<String> found)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from \"" + table + '"')) {
            ResultSetMetaData columns = row.getMetaData();
            while (row.next()) {
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String value = String.valueOf(row.getString(i)).toLowerCase(Locale.ROOT);
                    for (String word : words) {
                        if (value.contains(word.toLowerCase(Locale.ROOT))) {
                            found.add(table.toLowerCase(Locale.ROOT) + '.'
                                    + columns.getColumnName(i).toLowerCase(Locale.ROOT) + " has " + word);
                        }
                    }
                }
            }
        }
    }
}
