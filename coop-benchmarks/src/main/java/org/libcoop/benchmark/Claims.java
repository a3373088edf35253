package org.libcoop.benchmark;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ways to claim chats in plain SQL, each on the version the claimer knows. <em>One thread at a time.</em> */
interface Claims {

    /** Claims these chats, all of this version, durably; returns how many it won. */
    int claim(String[] chats, long version) throws SQLException;

    /** A way to claim. */
    interface Way {
        Claims on(Connection connection) throws SQLException;
    }

    /** One conditional update, without an event: a floor. */
    static Claims update(Connection connection) throws SQLException {
        PreparedStatement update = connection.prepareStatement(
                "UPDATE chat SET version = version + 1, owner = 'olga' WHERE id = ? AND version = ?");
        return (chats, version) -> {
            update.setString(1, chats[0]);
            update.setLong(2, version);
            return update.executeUpdate();
        };
    }

    /** Update and event as two statements of a transaction, as one writes it by hand. */
    static Claims transaction(Connection connection) throws SQLException {
        Claims update = update(connection);
        PreparedStatement event = connection.prepareStatement(
                "INSERT INTO event (chat, seq, at, body) VALUES (?, ?, now(), '{\"kind\":\"claimed\",\"by\":\"olga\"}')");
        connection.setAutoCommit(false);
        return (chats, version) -> {
            int won = update.claim(chats, version);
            if (won == 1) {
                event.setString(1, chats[0]);
                event.setLong(2, version + 1);
                event.executeUpdate();
            }
            connection.commit();
            return won;
        };
    }

    /** Update and event in one statement. */
    static Claims statement(Connection connection) throws SQLException {
        PreparedStatement both = connection.prepareStatement("""
                WITH won AS (
                  UPDATE chat SET version = version + 1, owner = 'olga' WHERE id = ? AND version = ?
                  RETURNING id, version)
                INSERT INTO event (chat, seq, at, body)
                SELECT id, version, now(), '{"kind":"claimed","by":"olga"}' FROM won
                """);
        return (chats, version) -> {
            both.setString(1, chats[0]);
            both.setLong(2, version);
            return both.executeUpdate();
        };
    }

    /**
     * Any number of updates and events in one statement, which tells the winners. Without the setting the planner, who knows
     * nothing of the arrays, may read the whole table.
     */
    static Claims batch(Connection connection) throws SQLException {
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET enable_seqscan = off");
        }
        PreparedStatement all = connection.prepareStatement("""
                WITH won AS (
                  UPDATE chat SET version = chat.version + 1, owner = 'olga'
                  FROM unnest(?::text[]) AS wanted (id)
                  WHERE chat.id = wanted.id AND chat.version = ?
                  RETURNING chat.id, chat.version),
                told AS (
                  INSERT INTO event (chat, seq, at, body)
                  SELECT id, version, now(), '{"kind":"claimed","by":"olga"}' FROM won)
                SELECT id FROM won
                """);
        return (chats, version) -> {
            Array ids = connection.createArrayOf("text", chats);
            all.setArray(1, ids);
            all.setLong(2, version);
            int won = 0;
            try (ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    won++;
                }
            }
            ids.free();
            return won;
        };
    }
}
