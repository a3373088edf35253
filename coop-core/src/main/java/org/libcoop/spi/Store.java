package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;

/**
 * What is live, shared by all nodes: chats with their logs, presence, leases, and the directory. A port of few questions,
 * each asking a database for nothing that only one kind of database can do.
 *
 * <ol>
 * <li>ST1 A change is applied whole or not at all, exactly when what it expects holds at that instant; of several that
 *     expect the same, one wins. Winning is never decided by what a node remembers.
 * <li>ST2 {@link #commit} answers one outcome per change, in order; each change stands alone, and a batch may be cut anywhere.
 *     A later change of a batch sees the earlier ones that were applied.
 * <li>ST3 What is answered APPLIED is kept, with its entries, content, guard and command result, and seen by every later read
 *     on any node.
 * <li>ST4 A command id that has a result is never applied again: REPEATED with that result.
 * <li>ST5 A node whose lease is over, in the store's time, changes nothing: FENCED. A lease that ended cannot be renewed.
 * <li>ST6 A chat's log is dense: entry n + 1 follows entry n (M3).
 * <li>ST7 {@link #due} finds every live chat whose {@code dueAt} is reached, {@link #waitingOn} every live chat with that
 *     topic, {@link #live} every live chat, as of the last commit.
 * <li>ST8 The feed tells of every applied change at least once, to every cursor taken before it, or says {@code tooOld}.
 * <li>ST9 {@link #now} never runs backwards and is the same for all nodes (T1); instants keep their milliseconds.
 * <li>ST10 Texts keep every character.
 * <li>ST11 {@link #forget} takes chats that are over and archived (ST13), with all that is kept of them but their first result,
 *     and no others: a first command that is sent again is known (ST4), and begins no other chat under the same id.
 * <li>ST12 Every change of the directory has a number, {@link #directory(long)} gives each revision as it was, and
 *     {@link #revisedAt} says since when, as long as
 *     presence of its time is kept, at least a day.
 * <li>ST13 A chat that is over is archived from the instant at which {@link #archived} says so of its last entry, and until an
 *     entry follows. {@link #unarchived} finds every chat that is over and not archived, {@link #forgettable} every one that
 *     is archived and has not changed for so long, as of the last call.
 * <li>ST14 {@link #deleteContent} takes every content of a chat that is over at once and for good (X2): nothing reads it any
 *     more. An entry that follows is kept without its content. Everything else of the chat stays.
 * <li>ST15 {@link #redact} puts another text in place of that of one message of a chat that is over, or of the name and
 *     type of a shared file, for good (X3, U1). Everything else of the entry stays, and so does what was deleted.
 * <li>ST16 {@link #anonymise} takes what says who the patron was out of the first entry of a chat that is over
 *     ({@code Logged.anonymised}), for good (X6). Everything else stays, and so does what was deleted.
 * </ol>
 *
 * Pages have at most 1,000 rows. <em>Safe for use by several threads.</em> Every call may throw {@link StoreException}; it
 * ends within the adapter's deadline. A batch that holds something the store cannot keep may be refused whole
 * ({@link StoreException#refused}): the engine then looks for the change that is to blame, and commits the others (G14).
 */
public interface Store extends AutoCloseable {

    /** The most rows a page may have. */
    int PAGE = 1_000;

    /** The store's time (ST9). */
    Instant now();

    /** Takes a lease for a new node, alive at once; the id must be new (ST5). */
    NodeLease join(NodeId node, Duration length);

    /** Renews a lease from now; empty if it is over (ST5). */
    Optional<NodeLease> renew(NodeId node);

    /** Gives a lease up: the node is dead from now on. */
    void leave(NodeId node);

    /** Every node's last lease, those that ended within the last day included. */
    List<NodeLease> nodes();

    /** Applies what can be applied (ST1–ST5); returns one outcome per change, in order. */
    List<Committed> commit(NodeId node, List<Change> batch);

    /** A chat's head. */
    Optional<Chat> chat(ChatId chat);

    /** The newest chat of the patron with this key. */
    Optional<Chat> chatOfPatron(String patronKeyHash);

    /** Entries of a chat after {@code afterSeq}, in order, at most {@code limit}. */
    List<Logged> log(ChatId chat, long afterSeq, int limit);

    /**
     * The first entries of several chats, at most {@code limit} of each, by chat; a chat that is not there is missing. Of at most
     * {@link #PAGE} chats. An adapter that can ask for all of them at once saves a round trip for each.
     */
    default Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
        Map<ChatId, List<Logged>> beginnings = new LinkedHashMap<>();
        for (ChatId chat : chats) {
            List<Logged> first = log(chat, 0, limit);
            if (!first.isEmpty()) {
                beginnings.put(chat, first);
            }
        }
        return beginnings;
    }

    /** The result of a command on {@code chat}, if it was applied (ST4). */
    Optional<CommandResult> result(ChatId chat, String scope, String id);

    /** Live chats on which something is due by {@code upTo}, the longest due first, at most {@code limit} (ST7). */
    List<Chat> due(Instant upTo, int limit);

    /** Live chats that wait on {@code topic}, by id, after {@code after}, at most {@link #PAGE} (ST7). */
    List<ChatId> waitingOn(Topic topic, @Nullable ChatId after);

    /** Live chats (neither ended, missed nor dismissed), by id, after {@code after}, at most {@link #PAGE}. */
    List<Chat> live(@Nullable ChatId after);

    /** Heads of chats that are over and not archived, by id, after {@code after}, at most {@code limit} (ST13). */
    List<Chat> unarchived(@Nullable ChatId after, int limit);

    /**
     * Takes down that an archive has these chats up to these entries. It counts for a chat whose last entry that is; one that
     * is live, has gone on, or is not there is left as it is (ST13). Of at most {@link #PAGE} chats.
     */
    void archived(Map<ChatId, Long> upTo);

    /**
     * Archived chats of which every change was decided at {@code upTo} or before, the longest unchanged first, at most
     * {@code limit} (ST13).
     */
    List<ChatId> forgettable(Instant upTo, int limit);

    /** Forgets those of {@code chats} that are over and archived (ST11). */
    void forget(List<ChatId> chats);

    /** Deletes every content of a chat; whether there is such a chat that is over, the second time as the first (ST14). */
    boolean deleteContent(ChatId chat);

    /**
     * Puts {@code replacement} in place of what a message says, or of what a shared file is called and is; whether there is such a chat
     * that is over and its entry {@code seq} is one, the second time as the first (ST15).
     */
    boolean redact(ChatId chat, long seq, String replacement);

    /** Takes out what says who the patron was; whether there is such a chat that is over, the second time as the first (ST16). */
    boolean anonymise(ChatId chat);

    /** An operator's presence rows after {@code afterVersion}, in order: at least the newest, older ones as far as kept. */
    List<OperatorPresence> presence(OperatorId operator, long afterVersion);

    /** Presence rows of all operators that hold now or held at some instant from {@code since} on; by operator, in order. */
    List<OperatorPresence> presenceSince(Instant since);

    /** The directory as stored. */
    StoredDirectory directory();

    /** The directory as it was under this number; empty for a number not given yet or no longer kept (ST12). */
    Optional<StoredDirectory> directory(long revision);

    /** When the directory got this number; empty for a number not given yet or no longer kept (ST12). */
    Optional<Instant> revisedAt(long revision);

    /** What changed after {@code cursor}, which {@link #cursor} or an earlier page gave (ST8). */
    Feed changes(String cursor, int limit);

    /** The feed's end now. */
    String cursor();

    /** Asks to have {@code hint} run soon after a change by anybody; a hint may be lost. */
    void onChange(Runnable hint);

    /** Gives back what the store holds. */
    @Override
    void close();
}
