package org.libcoop.store.jdbc;

import static java.util.Collections.nCopies;

import java.time.Duration;
import java.util.List;

/**
 * Every statement of the store; those of reports are in {@link FactSql}. Only these two classes put SQL together from pieces; all
 * pieces are constants of this package, and whatever comes from outside is a parameter. Immutable.
 */
final class Sql {

    static final String SCHEMA_VERSION = "select version from coop_schema";

    /** PostgreSQL's, for one transaction alone: nobody waits for a lock longer than a moment. */
    static String transactionSettings(Duration lockWait) {
        return "set transaction isolation level read committed;\nset local lock_timeout = " + lockWait.toMillis();
    }

    // ---- Nodes

    static final String JOIN = "insert into coop_node (node, renewed_at, length_millis) values (?, ?, ?)";
    static final String LEASES = "select node, renewed_at, length_millis from coop_node";
    static final String FORGET_NODES = "delete from coop_node where renewed_at + length_millis < ?";
    static final String FORGET_FEEDS =
            "delete from coop_feed where at < ? and node not in (select node from coop_node)";

    // ---- Chats

    private static final String HEAD = "select c.id, c.seq, c.head, e.at, e.event from coop_chat c"
            + " join coop_entry e on e.chat = c.id and e.seq = 1 where ";
    static final String CHAT = HEAD + "c.id = ?";
    static final String CHAT_OF_PATRON = HEAD + "c.patron_key = ? order by c.started_at desc, c.id desc limit ?";
    static final String DUE = HEAD + "c.due_at <= ? order by c.due_at, c.id limit ?";

    /** Both tables are read from where the page begins: a merge that knows it of one only reads the other from its begin, page by page. */
    static final String LIVE = HEAD + "c.over_at is null and c.id > ? and e.chat > ? order by c.id limit ?";

    /** The page is taken from its index before anything else is read. */
    static final String UNARCHIVED = "select c.id, c.seq, c.head, e.at, e.event from"
            + " (select chat from coop_over where archived = 0 and chat > ? order by chat limit ?) o"
            + " join coop_chat c on c.id = o.chat join coop_entry e on e.chat = c.id and e.seq = 1 order by c.id";

    static final String FORGETTABLE =
            "select chat from coop_over where archived = 1 and changed_at <= ? order by changed_at, chat limit ?";
    static final String IS_ARCHIVED_NOW =
            "update coop_over set archived = 1 where chat = ? and seq = ? and archived = 0";
    static final String WAITING_ON = "select chat from coop_topic where topic = ? and chat > ? order by chat limit ?";
    static final String LOG = "select e.seq, e.at, e.event, c.kind, c.body from coop_entry e"
            + " left join coop_content c on c.chat = e.chat and c.seq = e.seq"
            + " where e.chat = ? and e.seq > ? order by e.seq limit ?";

    /** Parameters: the last entry wanted of each, and the chats. */
    static String beginnings(int chats) {
        return "select e.chat, e.seq, e.at, e.event, c.kind, c.body from coop_entry e"
                + " left join coop_content c on c.chat = e.chat and c.seq = e.seq"
                + " where e.seq <= ? and e.chat in (" + marks(chats) + ") order by e.chat, e.seq";
    }

    static final String RESULT = "select digest, seq from coop_result where chat = ? and scope = ? and id = ?";

    static final String LOCK_CHAT = "select seq from coop_chat where id = ? for update";
    static final String LOCK_OVER = "select content_deleted from coop_over where chat = ? for update";
    static final String ADD_OVER = "insert into coop_over (chat, seq, changed_at) values (?, ?, ?)";
    static final String CHANGE_OVER = "update coop_over set seq = ?, changed_at = ?, archived = 0 where chat = ?";
    static final String MARK_CONTENT_DELETED = "update coop_over set content_deleted = true where chat = ?";
    static final String DELETE_CONTENT = "delete from coop_content where chat = ?";
    static final String EVENT_OF_OVER =
            "select e.event from coop_over o join coop_entry e on e.chat = o.chat and e.seq = ?" + " where o.chat = ?";
    static final String PATRON_OF_OVER =
            "select body from coop_content where chat = ? and seq = 1 and kind = ? for update";
    static final String LOCK_OVER_CHAT = "select chat from coop_over where chat = ? for update";
    static final String REDACT = "update coop_content set kind = ?, body = ? where chat = ? and seq = ?";
    static final String ANONYMISE = "update coop_content set body = ? where chat = ? and seq = ? and kind = ?";
    static final String CHANGE_CHAT =
            "update coop_chat set seq = ?, due_at = ?, over_at = ?, head = ? where id = ? and seq = ?";
    static final String ADD_ENTRY = "insert into coop_entry (chat, seq, at, event) values (?, ?, ?, ?)";
    static final String ADD_CONTENT = "insert into coop_content (chat, seq, kind, body) values (?, ?, ?, ?)";
    static final String ADD_RESULT = "insert into coop_result (chat, scope, id, digest, seq) values (?, ?, ?, ?, ?)";
    static final String LEAVE_TOPIC = "delete from coop_topic where topic = ? and chat = ?";

    static final String FORGET_OVER = "delete from coop_over where chat = ? and archived = 1";
    static final String[] FORGET_CHAT = {
        "delete from coop_chat where id = ?",
        "delete from coop_result where chat = ? and exists (select 1 from coop_result f"
                + " where f.chat = coop_result.chat and f.seq < coop_result.seq)",
        "delete from coop_content where chat = ?",
        "delete from coop_entry where chat = ?"
    };

    // ---- Presence

    static final String LOCK_ROW =
            "select version, changed_at, open_chats, body from coop_presence where operator = ? for update";
    static final String CHANGE_ROW = "update coop_presence set version = ?, changed_at = ?, open_chats = ?, body = ?"
            + " where operator = ? and version = ?";
    static final String LOG_ROW =
            "insert into coop_presence_log (operator, version, changed_at, open_chats, body) values (?, ?, ?, ?, ?)";
    static final String ROWS = "select operator, version, changed_at, open_chats, body from coop_presence_log"
            + " where operator = ? and version > ? order by version";
    static final String ROWS_SINCE = "select l.operator, l.version, l.changed_at, l.open_chats, l.body"
            + " from coop_presence_log l left join coop_presence_log n"
            + " on n.operator = l.operator and n.version = l.version + 1"
            + " where n.changed_at is null or n.changed_at >= ? order by l.operator, l.version";
    static final String FORGET_ROWS = "delete from coop_presence_log where changed_at < ? and exists"
            + " (select 1 from coop_presence_log n where n.operator = coop_presence_log.operator"
            + " and n.version = coop_presence_log.version + 1 and n.changed_at < ?)";

    // ---- Directory

    static final String REVISION = "select revision from coop_directory where id = 1";
    static final String LOCK_REVISION = REVISION + " for update";
    static final String NEXT_REVISION = "update coop_directory set revision = revision + 1 where id = 1";
    static final String NEWEST_OF_KEY =
            "select version, place from coop_revision where type = ? and id = ? order by revision desc limit 1";
    static final String ADD_REVISION =
            "insert into coop_revision (revision, at, type, id, version, place, body) values (?, ?, ?, ?, ?, ?, ?)";
    static final String REVISED_AT = "select at from coop_revision where revision = ?";
    static final String DIRECTORY_AS_OF = "select r.type, r.id, r.version, r.body from coop_revision r"
            + " where r.revision <= ? and not exists (select 1 from coop_revision n where n.type = r.type and n.id = r.id"
            + " and n.revision > r.revision and n.revision <= ?) order by r.place";

    // ---- Archive

    static final String ARCHIVED = "select c.chat, c.seq, c.head, e.at, e.event from coop_archive c"
            + " join coop_archive_entry e on e.chat = c.chat and e.seq = 1 where c.chat = ?";
    static final String ARCHIVED_LOG = "select e.seq, e.at, e.event, c.kind, c.body from coop_archive_entry e"
            + " left join coop_archive_content c on c.chat = e.chat and c.seq = e.seq"
            + " where e.chat = ? order by e.seq";
    static final String IS_ARCHIVED = "select 1 from coop_archive where chat = ?";
    static final String ARCHIVE_ENTRY = "insert into coop_archive_entry (chat, seq, at, event) values (?, ?, ?, ?)";
    static final String ARCHIVE_CONTENT =
            "insert into coop_archive_content (chat, seq, kind, body, folded, email) values (?, ?, ?, ?, ?, ?)";
    static final String ARCHIVE_OWNER = "insert into coop_archive_owner"
            + " (chat, n, operator, institution, coop, home, widget, outcome, started_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String MARK_DELETED = "update coop_archive set content_deleted = true, contact_over_at = null,"
            + " content_over_at = null where chat = ?";
    static final String MARK_ANONYMISED = "update coop_archive set contact_over_at = null where chat = ?";
    static final String ARCHIVED_PATRON =
            "select body from coop_archive_content where chat = ? and seq = 1 and kind = ? for update";
    static final String ANONYMISE_ARCHIVED =
            "update coop_archive_content set body = ?, email = null where chat = ? and seq = 1 and kind = ?";

    /** Chats of a home with contact or content, whose column says since when they are over. */
    static String expired(String overAt) {
        return "select " + overAt + ", chat from coop_archive where home = ? and " + overAt + " <= ? and (" + overAt
                + ", chat) > (?, ?) order by " + overAt + ", chat limit ?";
    }

    static final String NEXT_HOME = "select home from coop_archive where home > ? order by home limit 1";
    static final String CHATS_BY_KEY =
            "select chat from coop_archive where patron_key = ? and home = ? and chat > ? order by chat limit ?";
    static final String CHATS_BY_EMAIL =
            "select t.chat from coop_archive_content t join coop_archive c on c.chat = t.chat"
                    + " where t.email = ? and c.home = ? and t.chat > ? order by t.chat limit ?";
    static final String DELETE_ARCHIVED_CONTENT = "delete from coop_archive_content where chat = ?";
    static final String LOCK_ARCHIVED = "select seq, content_deleted from coop_archive where chat = ? for update";
    static final String ARCHIVED_GOES_ON = "update coop_archive set first_claim_at = ?, over_at = ?, last_owner = ?,"
            + " answered_by = ?, through = ?, outcome = ?, messages = ?, seq = ?, head = ? where chat = ?";
    static final String DELETE_ARCHIVED_OWNERS = "delete from coop_archive_owner where chat = ?";
    static final String ARCHIVED_EVENT = "select event from coop_archive_entry where chat = ? and seq = ?";
    static final String REDACT_ARCHIVED =
            "update coop_archive_content set kind = ?, body = ?, folded = ? where chat = ? and seq = ?";
    static final String IS_INTERVAL = "select 1 from coop_interval where from_at = ? and operator = ? and stage = ?";

    /** Conditions on the keys of a search. */
    static final String KEY_CHAT = "k.chat = ?";

    static final String KEY_WIDGET = "k.widget = ?";
    static final String KEY_OUTCOME = "k.outcome = ?";
    static final String KEY_FROM = "k.started_at >= ?";
    static final String KEY_TO = "k.started_at < ?";
    static final String KEY_OPERATOR = "k.operator = ?";
    static final String KEY_INSTITUTION = "k.institution = ?";
    static final String KEY_COOP = "k.coop = ?";
    static final String KEY_ANY_COOP = "k.coop is not null";
    static final String KEY_BEHIND = "(k.started_at, k.chat) < (?, ?)";

    static final char LIKE_ESCAPE = '!';

    static final String KEY_HOME = "k.home = ?";

    /** The offset of nothing keeps PostgreSQL from reading all messages for a join: it looks chat by chat, in order. */
    static final String KEY_SAID = "exists (select 1 from coop_archive_content t"
            + " where t.chat = k.chat and t.folded like ? escape '" + LIKE_ESCAPE + "' offset 0 rows)";

    static String keyHomes(int homes) {
        return "k.home in (" + marks(homes) + ")";
    }

    private static final String NEWEST_FIRST = " order by k.started_at desc, k.chat desc";

    /**
     * A page of a search: the newest keys under the conditions, of as many parts as there are, merged; then the rows of these.
     * Parameters: for each part the conditions' and the most rows; the most rows once more if there are several parts.
     */
    static String search(boolean owned, List<String> conditions, int parts) {
        String keys = "select " + (owned ? "distinct " : "") + "k.started_at, k.chat from "
                + (owned ? "coop_archive_owner" : "coop_archive") + " k"
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + NEWEST_FIRST + " limit ?";
        if (parts > 1) {
            keys = "select k.started_at, k.chat from (" + String.join(" union all ", nCopies(parts, "(" + keys + ")"))
                    + ") k" + NEWEST_FIRST + " limit ?";
        }
        return "select c.chat, c.home, c.widget, c.started_at, c.first_claim_at, c.over_at, c.last_owner, c.answered_by,"
                + " c.through, c.outcome, c.messages, c.content_deleted, c.contact_over_at from (" + keys + ") k"
                + " join coop_archive c on c.chat = k.chat" + NEWEST_FIRST;
    }

    /** What lasts longer than this is looked for apart, over an index of its own. */
    static final long LONG_INTERVAL_MILLIS = 86_400_000L;

    /**
     * A page of intervals. Parameters: the first begin of the usual ones; then twice, for these and for the long ones, what they
     * begin before and end after, the operator, the stages, and the key behind which the page begins; then the most rows.
     */
    static String intervals(boolean operator, int stages, boolean after) {
        String those = " and from_at < ? and from_at + held_millis > ?" + (operator ? " and operator = ?" : "")
                + (stages > 0 ? " and stage in (" + marks(stages) + ")" : "")
                + (after ? " and (from_at, operator, stage) > (?, ?, ?)" : "");
        String select = "select from_at, operator, stage, to_at, why, lease_ended_at from coop_interval where ";
        return "select * from (" + select + "from_at > ? and held_millis <= " + LONG_INTERVAL_MILLIS + those
                + " union all " + select + "held_millis > " + LONG_INTERVAL_MILLIS + those
                + ") i order by from_at, operator, stage limit ?";
    }

    // ---- Discussions

    static final String IS_DISCUSSION = "select 1 from coop_discussion where kind = ? and id = ?";
    static final String HOLD_DISCUSSION =
            "select last_seq, begun_at, erased from coop_discussion where kind = ? and id = ? for update";
    static final String PLACE_IN_DISCUSSION = "update coop_discussion set last_seq = ? where kind = ? and id = ?";
    static final String MARK_ERASED = "update coop_discussion set erased = 1 where kind = ? and id = ?";
    static final String IS_SUBJECT = "select 1 from coop_subject where subject = ? and kind = ? and id = ?";
    static final String ADD_POST =
            "insert into coop_post (kind, id, seq, post, operator, institution, at, rating, body)"
                    + " values (?, ?, ?, ?, ?, ?, ?, cast(? as integer), ?)";
    private static final String POST =
            "select post, kind, id, seq, operator, institution, at, rating, body from coop_post where ";
    static final String POST_OF_ID = POST + "kind = ? and id = ? and post = ?";
    static final String POSTS = POST + "kind = ? and id = ? and seq >= ? order by seq limit ?";
    static final String POSTS_SINCE = POST + "at >= ? order by at, kind, id, seq limit ?";
    static final String ERASE_POSTS = "update coop_post set body = null where kind = ? and id = ? and body is not null";
    static final String FORGET_POSTS = "delete from coop_post where kind = ? and at < ?";
    static final String DISCUSSIONS_ABOUT = "select begun_at, kind, id from coop_subject where subject = ?"
            + " order by begun_at desc, kind desc, id desc limit ?";
    static final String MORE_DISCUSSIONS_ABOUT = "select begun_at, kind, id from coop_subject where subject = ?"
            + " and (begun_at, kind, id) < (?, ?, ?) order by begun_at desc, kind desc, id desc limit ?";
    static final String SEEN = "select seq from coop_seen where operator = ? and kind = ? and id = ?";
    static final String SEE_FURTHER =
            "update coop_seen set seq = ? where operator = ? and kind = ? and id = ? and seq < ?";

    /** Of those in which something was written. Parameters: the kind, and the ids. */
    static String lastInDiscussions(int ids) {
        return "select id, last_seq from coop_discussion where kind = ? and last_seq > 0 and id in (" + marks(ids)
                + ")";
    }

    /** Parameters: the operator, the kind, and the ids. */
    static String seenOfDiscussions(int ids) {
        return "select id, seq from coop_seen where operator = ? and kind = ? and id in (" + marks(ids) + ")";
    }

    // ---- Audit

    static final String IS_AUDIT = "select 1 from coop_audit where id = ?";
    static final String ADD_AUDIT_INSTITUTION =
            "insert into coop_audit_institution (institution, at, id) values (?, ?, ?)";
    static final String FORGET_AUDIT_INSTITUTIONS = "delete from coop_audit_institution where at < ?";
    static final String FORGET_AUDIT = "delete from coop_audit where at < ?";

    static final String AUDIT_ROLE = "a.role = ?";
    static final String AUDIT_OPERATOR = "a.operator = ?";
    static final String AUDIT_OPERATION = "a.operation = ?";
    static final String AUDIT_DONE = "a.refused is null";
    static final String AUDIT_REFUSED = "a.refused is not null";

    /**
     * A page of the audit trail, newest first. Parameters: the institution, if one is asked for; the first instant and the end, where
     * they are; the instant and the id behind which it begins, if any; those of the conditions; then the most rows.
     */
    static String audit(boolean institution, boolean from, boolean to, boolean after, List<String> conditions) {
        String k = institution ? "i" : "a";
        return "select a.id, a.at, a.role, a.operator, a.operation, a.kind, a.thing, a.within, a.refused, a.institutions,"
                + " a.counts, a.command from "
                + (institution ? "coop_audit_institution i join coop_audit a on a.id = i.id" : "coop_audit a")
                + " where " + (institution ? "i.institution = ?" : "1 = 1")
                + (from ? " and " + k + ".at >= ?" : "")
                + (to ? " and " + k + ".at < ?" : "")
                + (after ? " and (" + k + ".at, " + k + ".id) < (?, ?)" : "")
                + and(conditions)
                + " order by " + k + ".at desc, " + k + ".id desc limit ?";
    }

    // ---- Tickets

    static final String IS_TICKET = "select digest from coop_ticket where id = ?";

    private static final String TICKETS =
            "select id, home, widget, chat, operator, at, state, tries, due_at, reference,"
                    + " body from coop_ticket where ";
    static final String TICKET = TICKETS + "id = ?";
    static final String TICKETS_DUE =
            "select id, due_at, tries, state from coop_ticket where due_at <= ? order by due_at, id limit ?";
    static final String TAKE_TICKET = "update coop_ticket set due_at = ?, tries = tries + 1"
            + " where id = ? and due_at = ? and tries = ? and state = ?";
    static final String TICKET_DELIVERED = "update coop_ticket set state = ?, body = null, due_at = null, reference = ?"
            + " where id = ? and state = ?";
    static final String TICKET_TOO_LATE = "update coop_ticket set state = ?, tries = tries + 1, due_at = ?,"
            + " reference = coalesce(reference, ?) where id = ? and state in (?, ?)";
    static final String TICKET_LATER =
            "update coop_ticket set due_at = ? where id = ? and tries = ? and due_at is not null";
    static final String TICKET_FORGOTTEN =
            "update coop_ticket set state = ?, due_at = null where id = ? and state = ? and tries = ?";
    static final String TICKET_BACKLOG =
            "select state, count(*), min(at) from coop_ticket where due_at is not null group by state";
    private static final String NEXT_HOME_IN_STATE =
            "(select home from coop_ticket where state = ? and home > ? order by home limit 1)";

    /** The next home with a ticket in one of two states. Parameters, for each of them: the state, and the home before. */
    static final String NEXT_TICKET_HOME = "select home from (" + NEXT_HOME_IN_STATE + " union all "
            + NEXT_HOME_IN_STATE + ") h order by home limit 1";

    static final String TICKET_HOME = "home = ?";
    static final String TICKET_CHAT = "chat = ?";
    static final String TICKET_TRACE = "trace = ?";
    static final String TICKET_BEFORE = "at < ?";
    static final String TICKET_BEHIND = "(at, id) < (?, ?)";

    /** A page of tickets, newest first. Parameters: those of the conditions; then the most rows. */
    static String tickets(List<String> conditions) {
        return TICKETS + "1 = 1" + and(conditions) + " order by at desc, id desc limit ?";
    }

    /**
     * Erases tickets: due now if they were delivered, not any more if nobody ever took them. Parameters: delivered, now; waiting, the
     * state of those that nobody took, that of the others; waiting and delivered; those of the conditions.
     */
    static String eraseTickets(List<String> conditions) {
        return "update coop_ticket set due_at = case when state = ? then ? when tries = 0 then null else due_at end,"
                + " state = case when state = ? and tries = 0 then ? else ? end, body = null, trace = null"
                + " where state in (?, ?)" + and(conditions);
    }

    private static String and(List<String> conditions) {
        return String.join("", conditions.stream().map(one -> " and " + one).toList());
    }

    static String marks(int parameters) {
        return String.join(", ", nCopies(parameters, "?"));
    }

    // ---- Feed

    static final String ADD_HINTS = "insert into coop_feed (node, n, at, hints) values (?, ?, ?, ?)";
    static final String STREAMS = "select node, feed_begin, feed_end from coop_node";
    static final String STREAM_END = "select feed_end from coop_node where node = ?";
    static final String HINTS = "select n, hints from coop_feed where node = ? and n > ? and n <= ? order by n limit ?";
    static final String KEEP_HINTS_FROM = "select max(n) from coop_feed where node = ? and at < ?";
    static final String FORGET_HINTS = "delete from coop_feed where node = ? and n <= ?";
    static final String BEGIN_STREAM = "update coop_node set feed_begin = ? where node = ?";

    static final String LISTEN = "listen coop_feed";
    static final String UNLISTEN = "unlisten coop_feed";
    static final String NOTIFY = "notify coop_feed";
    static final String STILL_THERE = "select 1";

    static final String H2_WRITE_DELAY =
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";
    static final String H2_NO_WRITE_DELAY = "set write_delay 0";

    // ---- What differs by database

    /** The store's time: as given, or the database's if none is. One parameter. */
    private final String time;

    /** The store's time in milliseconds. */
    final String now;

    final String renew;
    final String leave;
    final String nextOfStream;
    final String addChat;
    final String addRow;
    final String joinTopic;
    final String archiveChat;
    final String addInterval;
    final String addAudit;
    final String addDiscussion;
    final String addSubject;
    final String addSeen;
    final String addTicket;

    /** See {@link PostgresWriter}. */
    final String postgresBatch;

    Sql(Dialect dialect, Duration deadline) {
        time = "coalesce(cast(? as bigint), " + dialect.now() + ")";
        now = "select " + time;
        renew = "update coop_node set renewed_at = " + time + " where node = ? and renewed_at + length_millis > "
                + time;
        leave = "update coop_node set renewed_at = " + time + ", length_millis = 0"
                + " where node = ? and renewed_at + length_millis > " + time;
        nextOfStream =
                "update coop_node set feed_end = feed_end + 1 where node = ? and renewed_at + length_millis > " + time;
        addChat = "insert into coop_chat (id, seq, patron_key, started_at, due_at, over_at, head)"
                + " values (?, ?, ?, ?, ?, ?, ?)" + dialect.unlessThere();
        addRow = "insert into coop_presence (operator, version, changed_at, open_chats, body) values (?, ?, ?, ?, ?)"
                + dialect.unlessThere();
        postgresBatch = transactionSettings(Database.lockWait(deadline)) + NO_SCANS + BATCH.replace("{time}", time)
                + ";\ncommit";
        archiveChat = "insert into coop_archive (chat, home, widget, started_at, first_claim_at, over_at, last_owner,"
                + " answered_by, through, outcome, messages, seq, head, patron_key, contact_over_at, content_over_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + dialect.unlessThere();
        addInterval = "insert into coop_interval (from_at, operator, stage, to_at, why, lease_ended_at, held_millis)"
                + " values (?, ?, ?, ?, ?, ?, ?)" + dialect.unlessThere();
        addAudit =
                "insert into coop_audit (id, at, role, operator, operation, kind, thing, within, refused, institutions,"
                        + " counts, command) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + dialect.unlessThere();
        addDiscussion = "insert into coop_discussion (kind, id, begun_at, last_seq, erased) values (?, ?, ?, 0, 0)"
                + dialect.unlessThere();
        addSubject =
                "insert into coop_subject (subject, kind, id, begun_at) values (?, ?, ?, ?)" + dialect.unlessThere();
        addSeen = "insert into coop_seen (operator, kind, id, seq) values (?, ?, ?, ?)" + dialect.unlessThere();
        addTicket =
                "insert into coop_ticket (id, home, widget, chat, operator, at, digest, trace, state, tries, due_at,"
                        + " body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + dialect.unlessThere();
        joinTopic = "insert into coop_topic (topic, chat) values (?, ?)" + dialect.unlessThere();
    }

    // ---- PostgreSQL: a batch in one statement

    /** For this transaction alone: the plan that is kept may have been made while the tables were small. */
    private static final String NO_SCANS = ";\nset local enable_seqscan = off;\n";

    /**
     * Without a lease nothing is given, and so nothing happens. The rows that are compared are locked first and read as they are
     * then; the writes depend on that comparison.
     *
     * <p>Each table is asked for the batch's own keys, by an array or row by row, and what was locked is found again by its place:
     * of a bare join the plan that is kept may have been made while the table was small, and reads all of it in every batch from
     * then on. A place holds as long as the lock; where somebody else moved the row before, its version is another too.
     */
    private static final String BATCH = """
            with lease as (
                update coop_node set feed_end = feed_end + 1
                where node = ? and renewed_at + length_millis > {time}
                returning node, feed_end
            ),
            given as materialized (
                select g.* from lease, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as g (
                    ord, chat, expected, seq, patron, started_at, due_at, over_at, changed_at, head, scope, command, digest, result_seq,
                    guard, guard_version, guard_at, lowers, released_at)
            ),
            repeated as materialized (
                select g.ord, r.digest, r.seq from given g
                cross join lateral (
                    select digest, seq from coop_result
                    where chat = g.chat and scope = g.scope and id = g.command limit 1
                ) r
            ),
            heads as materialized (
                select c.id, c.seq, c.ctid as place from coop_chat c
                where c.id = any (array(select chat from given where expected > 0))
                order by c.id for update
            ),
            guards as materialized (
                select p.operator, p.version, p.ctid as place from coop_presence p
                where p.operator = any (array(select guard from given where guard is not null))
                order by p.operator for update
            ),
            right_ones as materialized (
                select g.*, h.place as head_place, p.place as guard_place from given g
                left join heads h on h.id = g.chat
                left join guards p on p.operator = g.guard
                where coalesce(h.seq, 0) = g.expected
                and (g.guard is null or p.version = g.guard_version)
                and g.ord not in (select ord from repeated)
            ),
            changed as (
                update coop_chat c set seq = g.seq, due_at = g.due_at, over_at = g.over_at, head = g.head
                from right_ones g where g.expected > 0 and c.ctid = g.head_place
                returning g.*
            ),
            born as (
                insert into coop_chat (id, seq, patron_key, started_at, due_at, over_at, head)
                select chat, seq, patron, started_at, due_at, over_at, head from right_ones where expected = 0
                on conflict (id) do nothing
                returning id
            ),
            applied as materialized (
                select * from changed union all select g.* from right_ones g join born b on b.id = g.chat
            ),
            raised as (
                update coop_presence p set version = p.version + 1, open_chats = p.open_chats + 1, changed_at = g.guard_at
                from applied g where p.ctid = g.guard_place
                returning p.operator, p.version, p.changed_at, p.open_chats, p.body
            ),
            left_topics as (
                delete from coop_topic where ctid = any (array(
                    select t.ctid from unnest(?, ?) as l (ord, topic) join applied g on g.ord = l.ord
                    cross join lateral (
                        select ctid from coop_topic where topic = l.topic and chat = g.chat limit 1
                    ) t
                ))
            ),
            joined_topics as (
                insert into coop_topic (topic, chat)
                select j.topic, g.chat from unnest(?, ?) as j (ord, topic) join applied g on g.ord = j.ord
                on conflict do nothing
            ),
            over_ones as materialized (
                insert into coop_over as o (chat, seq, changed_at)
                select chat, seq, changed_at from applied where over_at is not null order by chat
                on conflict (chat) do update set seq = excluded.seq, changed_at = excluded.changed_at, archived = 0
                returning o.chat, o.content_deleted
            ),
            entries as (
                insert into coop_entry (chat, seq, at, event)
                select g.chat, e.seq, e.at, e.event from unnest(?, ?, ?, ?) as e (ord, seq, at, event)
                join applied g on g.ord = e.ord
            ),
            contents as (
                insert into coop_content (chat, seq, kind, body)
                select g.chat, c.seq, c.kind, c.body from unnest(?, ?, ?, ?) as c (ord, seq, kind, body)
                join applied g on g.ord = c.ord left join over_ones o on o.chat = g.chat
                where o.content_deleted is not true
            ),
            results as (
                insert into coop_result (chat, scope, id, digest, seq)
                select chat, scope, command, digest, result_seq from applied where scope is not null
            ),
            lowered as (
                insert into coop_presence as p (operator, version, changed_at, open_chats, body)
                select lowers, 1, released_at, 0, ? from applied where lowers is not null
                on conflict (operator) do update set version = p.version + 1,
                    open_chats = greatest(0, p.open_chats - 1), changed_at = excluded.changed_at
                returning p.operator, p.version, p.changed_at, p.open_chats, p.body
            ),
            logged as (
                insert into coop_presence_log (operator, version, changed_at, open_chats, body)
                select * from raised union all select * from lowered
            ),
            hints as (
                select 'c ' || expected || ' ' || seq || ' ' || chat as hint from applied
                union all select 'p ' || version || ' ' || operator from raised
                union all select 'p ' || version || ' ' || operator from lowered
            ),
            fed as (
                insert into coop_feed (node, n, at, hints)
                select node, feed_end, {time}, coalesce((select string_agg(hint, E'\\n') from hints), '') from lease
            )
            select g.ord,
                case when r.ord is not null then 'repeated' when a.ord is not null then 'applied' else 'lost' end,
                r.digest, r.seq
            from given g left join repeated r on r.ord = g.ord left join applied a on a.ord = g.ord""";
}
