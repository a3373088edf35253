package org.libcoop.store.jdbc;

import java.util.List;
import org.libcoop.report.Part;

/** Every statement of the facts, put together from constants of this class as in {@link Sql}. Immutable. */
final class FactSql {

    /** Who changes facts holds it, one after the other: a sum is read, changed and written. */
    static final String LOCK = "select id from coop_fact_lock where id = 1 for update";

    private static final String COLUMNS =
            "chat, home, widget, started_at, outcome, operator, institution, coop, through, member,"
                    + " waited, lasted, host, page, browser, os, rating, qa_rating, entries, posts, erased";

    static final String FACT = "select " + COLUMNS + " from coop_fact where chat = ?";

    /** Those of chats, as many as there are marks. */
    static String factsOf(int chats) {
        return "select " + COLUMNS + " from coop_fact where chat in (" + Sql.marks(chats) + ")";
    }

    /** Those that sums are of, from one on. */
    static final String SUMMED =
            "select " + COLUMNS + " from coop_fact where coop is not null and (started_at, chat) > (?, ?)"
                    + " order by started_at, chat limit ?";

    static final String ADD = "insert into coop_fact (" + COLUMNS + ") values (" + Sql.marks(21) + ")";
    static final String REMOVE = "delete from coop_fact where chat = ?";

    // ---- Sums

    static final String SUMS_BETWEEN = "select id, body from coop_fact_sum where id >= ? and id < ?";
    static final String ADD_SUM = "insert into coop_fact_sum (body, id) values (?, ?)";
    static final String CHANGE_SUM = "update coop_fact_sum set body = ? where id = ?";
    static final String REMOVE_SUM = "delete from coop_fact_sum where id = ?";
    static final String REMOVE_SUMS = "delete from coop_fact_sum";

    static String sumsOf(int ids) {
        return "select id, body from coop_fact_sum where id in (" + Sql.marks(ids) + ")";
    }

    // ---- Staffed times

    static final String STAFFED_OF =
            "select body from coop_staffed where stage = ? and of_month = ? and institution = ?";
    static final String ADD_STAFFED =
            "insert into coop_staffed (body, stage, of_month, institution) values (?, ?, ?, ?)";
    static final String CHANGE_STAFFED =
            "update coop_staffed set body = ? where stage = ? and of_month = ? and institution = ?";
    static final String STAFFED =
            "select institution, of_month, body from coop_staffed where stage = ? and of_month between ? and ?";
    static final String STAFFED_BY = STAFFED + " and institution = ?";

    // ---- One by one

    static final String OF_HOME = "home = ?";
    static final String OF_COOP = "coop = ?";
    static final String OF_INSTITUTION = "institution = ?";
    static final String OF_OPERATOR = "operator = ?";
    static final String OF_WIDGET = "widget = ?";
    static final String OF_OUTCOME = "outcome = ?";
    static final String OF_RATING = "rating = ?";
    static final String FROM = "started_at >= ?";
    static final String TO = "started_at < ?";

    /** Of what an institution answered through a co-op, what its people did as backup staff. */
    static final String OF_BACKUP = "member is null";

    /** Answered by an institution's people for its own sake: of a column of its own, so that the database knows how few these may be. */
    static final String OF_MEMBER = "member = ?";

    /** What is counted of the chats under these conditions, each with what it is of. */
    static String ones(String of, List<String> conditions) {
        return "select " + of + ", started_at, outcome, case when home = institution then 1 else 0 end,"
                + " case when coop is null then 0 else 1 end, waited, lasted, rating, qa_rating from coop_fact"
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
    }

    /** Of nothing in particular. */
    static final String OF_NOTHING = "null";

    /** The column of a part. */
    static String column(Part part) {
        return switch (part) {
            case HOME -> "home";
            case ANSWERED_BY -> "institution";
            case OPERATOR -> "operator";
            case COOP -> "coop";
            case WIDGET -> "widget";
            case HOST -> "host";
            case PAGE -> "page";
            case BROWSER -> "browser";
            case SYSTEM -> "os";
        };
    }

    private FactSql() {}
}
