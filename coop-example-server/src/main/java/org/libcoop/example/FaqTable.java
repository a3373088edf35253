package org.libcoop.example;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.libcoop.directory.InstitutionId;
import org.libcoop.faq.FaqEntry;

/** The entries of the host's FAQs in its database, beside the library's tables and apart from them. <em>Safe for use by several threads.</em> */
final class FaqTable {

    private final DataSource pool;

    FaqTable(DataSource pool) {
        this.pool = pool;
    }

    /** Makes the host's own tables, with a history of their own: the library's is not touched. */
    static void migrate(DataSource pool) {
        Flyway.configure(FaqTable.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:host-schema")
                .table("host_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    List<FaqEntry> all() throws SQLException {
        String sql = "select institution, id, entry_group, title, body, link, language, reviewed from host_faq_entry";
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<FaqEntry> all = new ArrayList<>();
            while (rows.next()) {
                Date reviewed = rows.getDate(8);
                all.add(new FaqEntry(
                        rows.getString(2),
                        InstitutionId.of(rows.getString(1)),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        reviewed == null ? null : reviewed.toLocalDate()));
            }
            return all;
        }
    }

    /** Puts an entry in the place of the one with its id, if there is one. */
    void save(FaqEntry entry) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            delete(connection, entry.institution(), entry.id());
            String sql =
                    "insert into host_faq_entry (institution, id, entry_group, title, body, link, language, reviewed)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                LocalDate reviewed = entry.reviewed();
                insert.setString(1, entry.institution().value());
                insert.setString(2, entry.id());
                insert.setString(3, entry.group());
                insert.setString(4, entry.title());
                insert.setString(5, entry.text());
                insert.setString(6, entry.link());
                insert.setString(7, entry.language());
                insert.setDate(8, reviewed == null ? null : Date.valueOf(reviewed));
                insert.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    void remove(InstitutionId institution, String id) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            delete(connection, institution, id);
        }
    }

    private static void delete(Connection connection, InstitutionId institution, String id) throws SQLException {
        String sql = "delete from host_faq_entry where institution = ? and id = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, institution.value());
            delete.setString(2, id);
            delete.executeUpdate();
        }
    }
}
