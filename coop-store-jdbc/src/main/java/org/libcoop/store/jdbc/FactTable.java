package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Source;
import org.libcoop.report.Tally;

/** Facts of chats, a row each. */
final class FactTable {

    /** So many rows are on their way at a time. */
    static final int FETCHED = 5_000;

    private static final Words<ChatOutcome> OUTCOMES = ArchiveTable.OUTCOMES;

    private FactTable() {}

    // ---- Whole

    static @Nullable ChatFact fact(Connection connection, ChatId chat) throws SQLException {
        return Rows.first(connection, FactSql.FACT, FactTable::fact, chat.value())
                .orElse(null);
    }

    /** The facts that are there of chats. */
    static Map<ChatId, ChatFact> facts(Connection connection, List<ChatId> chats) throws SQLException {
        Map<ChatId, ChatFact> facts = new HashMap<>();
        List<String> ids = chats.stream().map(ChatId::value).toList();
        Rows.ofMany(connection, FactSql::factsOf, FactTable::fact, List.of(), ids)
                .forEach(fact -> facts.put(fact.chat(), fact));
        return facts;
    }

    /** The next of those that sums are of. */
    static List<ChatFact> summed(Connection connection, @Nullable ChatFact after, int limit) throws SQLException {
        return Rows.all(
                connection,
                FactSql.SUMMED,
                FactTable::fact,
                after == null ? Long.MIN_VALUE : after.startedAt().toEpochMilli(),
                after == null ? "" : after.chat().value(),
                limit);
    }

    private static ChatFact fact(ResultSet row) throws SQLException {
        String what = "fact of chat " + row.getString(1);
        Source source = new Source(row.getString(13), row.getString(14), row.getString(15), row.getString(16));
        return new ChatFact(
                ChatId.of(row.getString(1)),
                InstitutionId.of(row.getString(2)),
                WidgetId.of(row.getString(3)),
                Rows.instant(row, 4),
                OUTCOMES.stored(what, row.getString(5)),
                answer(what, row),
                source,
                optionalInt(row, 17),
                optionalInt(row, 18),
                row.getLong(19),
                row.getLong(20),
                row.getInt(21) != 0);
    }

    private static ChatFact.@Nullable Answer answer(String what, ResultSet row) throws SQLException {
        String operator = row.getString(6);
        Duration waited = optionalMillis(row, 11);
        return operator == null || waited == null
                ? null
                : new ChatFact.Answer(
                        OperatorId.of(operator),
                        InstitutionId.of(row.getString(7)),
                        Stages.stored(what, row.getString(9)),
                        waited,
                        optionalMillis(row, 12));
    }

    private static @Nullable Integer optionalInt(ResultSet row, int column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Duration optionalMillis(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }

    /** What is there of a chat goes, and what is known of it now comes. */
    static void write(ChatFact fact, boolean there, Inserts removed, Inserts added) throws SQLException {
        if (there) {
            removed.add(fact.chat().value());
        }
        ChatFact.Answer answer = fact.answer();
        Source source = fact.source();
        added.add(
                fact.chat().value(),
                fact.home().value(),
                fact.widget().value(),
                fact.startedAt(),
                OUTCOMES.word(fact.outcome()),
                answer == null ? null : answer.operator().value(),
                answer == null ? null : answer.institution().value(),
                answer == null ? null : answer.coop().map(CoopId::value).orElse(null),
                answer == null ? null : Stages.text(answer.through()),
                answer == null || answer.coop().isEmpty() || answer.through().backup()
                        ? null
                        : answer.institution().value(),
                answer == null ? null : answer.waited().toMillis(),
                answer == null || answer.lasted() == null
                        ? null
                        : answer.lasted().toMillis(),
                source.host(),
                source.page(),
                source.browser(),
                source.system(),
                fact.rating(),
                fact.qaRating(),
                fact.entries(),
                fact.posts(),
                fact.erased() ? 1 : 0);
    }

    // ---- Counted one by one

    /** Takes a chat that is counted. */
    interface Counter {
        void add(@Nullable String of, Instant startedAt, Tally.One one);
    }

    /** Conditions and what they compare with. */
    record Where(List<String> conditions, List<Object> values) {

        static Where of(FactQuery query) {
            Where where = new Where(new ArrayList<>(), new ArrayList<>());
            where.add(
                    FactSql.OF_HOME, query.home() == null ? null : query.home().value());
            where.add(
                    FactSql.OF_COOP, query.coop() == null ? null : query.coop().value());
            where.add(
                    FactSql.OF_INSTITUTION,
                    query.answeredBy() == null ? null : query.answeredBy().value());
            where.add(
                    FactSql.OF_OPERATOR,
                    query.operator() == null ? null : query.operator().value());
            where.add(
                    FactSql.OF_WIDGET,
                    query.widget() == null ? null : query.widget().value());
            where.add(FactSql.OF_OUTCOME, query.outcome() == null ? null : OUTCOMES.word(query.outcome()));
            where.add(FactSql.OF_RATING, query.rating());
            return where;
        }

        private void add(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        /** The same from a start, included, to another, excluded, each if it is given. */
        Where within(Pieces.Span span) {
            Where narrower = new Where(new ArrayList<>(conditions), new ArrayList<>(values));
            narrower.add(FactSql.FROM, span.from());
            narrower.add(FactSql.TO, span.to());
            return narrower;
        }

        /** The same of what the institution answered as a co-op's backup staff. */
        Where ofBackup() {
            Where narrower = new Where(new ArrayList<>(conditions), values);
            narrower.conditions.add(FactSql.OF_BACKUP);
            return narrower;
        }

        /** The same of what {@code institution} answered for the co-op without being that. */
        Where ofMember(InstitutionId institution) {
            Where narrower = new Where(new ArrayList<>(conditions), new ArrayList<>(values));
            narrower.add(FactSql.OF_MEMBER, institution.value());
            return narrower;
        }
    }

    /** Counts chats, a part of them at a time on their way; stopped by the database after {@code seconds}. */
    static void count(Connection connection, int seconds, String of, Where where, Counter counter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FactSql.ones(of, where.conditions()))) {
            Rows.set(statement, where.values().toArray());
            statement.setFetchSize(FETCHED);
            Rows.eachWithin(seconds, statement, row -> {
                Tally.One one = new Tally.One(
                        OUTCOMES.stored("fact", row.getString(3)),
                        row.getInt(4) != 0,
                        row.getInt(5) != 0,
                        optionalMillis(row, 6),
                        optionalMillis(row, 7),
                        optionalInt(row, 8),
                        optionalInt(row, 9));
                counter.add(row.getString(1), Rows.instant(row, 2), one);
            });
        }
    }
}
