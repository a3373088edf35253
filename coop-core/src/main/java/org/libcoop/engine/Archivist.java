package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings chats that are over to the archive, where reports count them, and has the store forget them a day after their last change: until then a command
 * that is sent again gets its first result (G5). Whatever dies or fails in between is done again, here or on another node, and
 * does no harm: the archive keeps a chat once (AR2), and the store takes no word for an entry that is not the last (ST13).
 *
 * <p>Works beside the pipeline, one round at a time, a bounded part of what there is in each: neither an archive that is away nor one
 * that is slow holds up a chat that is live. One that is away is asked less and less often, up to once a minute; what it cannot
 * take is left for {@link #ASKED_AGAIN_AFTER} and does not hold up the rest. Where there is none, chats that are over stay in the
 * store.
 */
final class Archivist {

    /** How long the store keeps an archived chat after its last change: results of commands outlive it so long (G5). */
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    /** When the archive is asked again to take what it could not take. */
    static final Duration ASKED_AGAIN_AFTER = Duration.ofHours(1);

    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final int CHATS_A_ROUND = 200;
    private static final int MOST_AT_ONCE = 2_000;
    private static final int ENTRIES_A_ROUND = 10_000;
    private static final int MOST_REFUSED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);

    private final Store store;
    private final Archive archive;
    private final boolean archiving;
    private final EngineTime time;
    private final Listeners listeners;
    private final List<Consumer<ChatId>> besides = new CopyOnWriteArrayList<>();
    private final FileCare files;
    private final FactKeeper counted;
    private final Rounds rounds;
    private final Object atWork = new Object();

    // ---- Of the round that is under way

    private final Set<ChatId> refused = new HashSet<>();
    private Instant refusedSince = Instant.MIN;
    private @Nullable ChatId after;
    private Duration pause = Duration.ZERO;
    private Instant again = Instant.MIN;
    private Instant forgetsAt = Instant.MIN;
    private int brought;
    private int notTaken;
    private int leftInPass;

    // ---- What others may ask

    private volatile @Nullable Instant awaySince;
    private volatile int left;

    /** @param executor what rounds run on, beside the pipeline */
    Archivist(
            NodeOptions options,
            Executor executor,
            EngineTime time,
            Listeners listeners,
            FileCare files,
            FactKeeper counted) {
        this.files = files;
        this.counted = counted;
        this.store = options.store();
        this.archive = options.archive();
        this.archiving = options.archiving();
        this.rounds = new Rounds(executor);
        this.time = time;
        this.listeners = listeners;
        if (!archiving) {
            LOG.warn("There is no archive: chats that are over stay in the store");
        }
    }

    /** Whether chats go to the archive at all. */
    boolean archiving() {
        return archiving;
    }

    /** Has a round done soon, unless one is under way. Fails for no reason of the store's or the archive's. */
    void tick(Instant now) {
        if (archiving) {
            rounds.begin(() -> round(now));
        }
    }

    /** No further round begins; one that is under way ends after its next call. */
    void close() {
        rounds.close();
    }

    /**
     * Brings what is over and not there yet, so that whoever searches finds what ended just now; waits for a round that is under way.
     * <em>Safe for use by several threads.</em>
     */
    void catchUp(Instant now) {
        if (!archiving) {
            return;
        }
        synchronized (atWork) {
            after = null;
            brought = 0;
            notTaken = 0;
            int asked = 0;
            do {
                if (!now.isBefore(again)) {
                    bring(now);
                }
                asked += CHATS_A_ROUND;
            } while (after != null && asked < MOST_AT_ONCE);
            tellOfRound(now, 0);
        }
    }

    private void round(Instant now) {
        synchronized (atWork) {
            work(now);
        }
    }

    private void work(Instant now) {
        brought = 0;
        notTaken = 0;
        int forgotten = 0;
        try {
            if (!now.isBefore(again)) {
                bring(now);
            }
            if (!rounds.isClosed() && !now.isBefore(forgetsAt)) {
                forgotten = forget(now);
            }
        } catch (StoreException away) {
            LOG.debug("The store does not answer; what is over stays where it is", away);
        } catch (RuntimeException | Error broken) {
            LOG.error("A round of archiving broke", broken);
        }
        tellOfRound(now, forgotten);
    }

    private void tellOfRound(Instant began, int forgotten) {
        if (brought + notTaken + forgotten > 0 && !listeners.isEmpty()) {
            Instant end = time.now();
            listeners.tell(new Happening.Archived(end, brought, notTaken, forgotten, Duration.between(began, end)));
        }
    }

    // ---- To the archive

    /** Brings the next page of what is over, from where the last round ended: what stays back does not hide the rest. */
    private void bring(Instant now) {
        boolean newPass = after == null;
        int before = brought;
        List<Chat> page = store.unarchived(after, CHATS_A_ROUND);
        after = page.size() < CHATS_A_ROUND ? null : page.get(page.size() - 1).id();
        if (!now.isBefore(refusedSince.plus(ASKED_AGAIN_AFTER))) {
            refused.clear();
            refusedSince = now;
        }
        List<Chat> chosen = new ArrayList<>();
        long entries = 0;
        for (Chat chat : page) {
            if (refused.contains(chat.id())) {
                continue;
            }
            if (!chosen.isEmpty() && entries + chat.seq() > ENTRIES_A_ROUND) {
                after = chosen.get(chosen.size() - 1).id();
                break;
            }
            chosen.add(chat);
            entries += chat.seq();
        }
        if (!chosen.isEmpty() && !rounds.isClosed()) {
            keep(read(chosen), now);
        }
        count(newPass, page.size() - (brought - before));
    }

    /** How many are over and not there, as far as a pass through all of them has come. */
    private void count(boolean newPass, int stayed) {
        leftInPass = newPass ? stayed : leftInPass + stayed;
        left = after == null ? leftInPass : Math.max(left, leftInPass);
    }

    private List<ArchivedChat> read(List<Chat> chats) {
        List<ArchivedChat> read = new ArrayList<>();
        Map<ChatId, List<Logged>> beginnings = beginnings(chats);
        for (Chat chat : chats) {
            try {
                read.add(whole(chat, beginnings.getOrDefault(chat.id(), List.of())));
            } catch (StoreException away) {
                if (!away.refused()) {
                    throw away;
                }
                refuse(chat.id(), away);
            } catch (RuntimeException unreadable) {
                refuse(chat.id(), unreadable);
            }
        }
        return read;
    }

    /** All at once; if one of them cannot be read, none, and each is read by itself. */
    private Map<ChatId, List<Logged>> beginnings(List<Chat> chats) {
        try {
            return store.beginnings(chats.stream().map(Chat::id).toList(), Store.PAGE);
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
        } catch (RuntimeException unreadable) {
            LOG.debug("Logs are read one by one, for one of them cannot be read", unreadable);
        }
        return Map.of();
    }

    /** The chat with its log as far as its head goes. What follows meanwhile is brought the next time. */
    private ArchivedChat whole(Chat chat, List<Logged> beginning) {
        List<Logged> log = WholeLog.of(store, chat, beginning);
        return new ArchivedChat(chat, log.subList(0, (int) Math.min(log.size(), chat.seq())));
    }

    /** Keeps them, and tells the store. */
    private void keep(List<ArchivedChat> over, Instant now) {
        Map<ChatId, Long> kept = new HashMap<>();
        try {
            keepAll(over, kept);
            pause = Duration.ZERO;
            answers();
        } catch (StoreException away) {
            if (pause.isZero()) {
                awaySince = now;
                listeners.tell(new Happening.TroubleBegan(now, Happening.Part.ARCHIVE));
                LOG.warn("The archive does not answer; what is over stays in the store until it does", away);
            }
            pause = Pauses.after(pause);
            again = now.plus(pause);
        }
        if (!kept.isEmpty()) {
            store.archived(kept);
            brought += kept.size();
        }
    }

    private void answers() {
        Instant began = awaySince;
        if (began != null) {
            awaySince = null;
            Instant now = time.now();
            listeners.tell(new Happening.TroubleOver(now, Happening.Part.ARCHIVE, Duration.between(began, now)));
        }
    }

    /** Since when the archive does not answer; null if it does, as far as is known. From any thread. */
    @Nullable
    Instant awaySince() {
        return awaySince;
    }

    /** How many chats were over and not in the archive after the last round; at least, where there are many. From any thread. */
    int left() {
        return left;
    }

    /** Keeps them all at once; if the archive cannot take one of them, one by one. Puts down those it has. */
    private void keepAll(List<ArchivedChat> over, Map<ChatId, Long> kept) {
        if (takes(over) == null) {
            over.forEach(chat -> kept.put(chat.chat().id(), chat.chat().seq()));
            return;
        }
        for (ArchivedChat chat : over) {
            RuntimeException refusal = takes(List.of(chat));
            if (refusal == null) {
                kept.put(chat.chat().id(), chat.chat().seq());
            } else {
                refuse(chat.chat().id(), refusal);
            }
        }
    }

    /** Why the archive cannot take these; null if it has them now. */
    private @Nullable RuntimeException takes(List<ArchivedChat> chats) {
        try {
            keepAndCount(chats);
            return null;
        } catch (StoreException failed) {
            if (!failed.refused()) {
                throw failed;
            }
            return failed;
        } catch (RuntimeException ofOne) {
            return ofOne;
        }
    }

    private void keepAndCount(List<ArchivedChat> chats) {
        archive.keep(chats);
        counted.keep(chats);
    }

    private void refuse(ChatId chat, RuntimeException why) {
        LOG.error("Chat {} cannot be archived for now; it stays in the store", chat, why);
        notTaken++;
        if (refused.size() < MOST_REFUSED) {
            refused.add(chat);
        }
    }

    // ---- From the store

    /** How many. */
    private int forget(Instant now) {
        List<ChatId> old = store.forgettable(now.minus(FORGOTTEN_AFTER), CHATS_A_ROUND);
        if (!old.isEmpty()) {
            store.forget(old);
        }
        forgetsAt = old.size() < CHATS_A_ROUND ? now.plus(FORGET_EVERY) : now;
        return old.size();
    }

    // ---- Taking content out

    /**
     * Takes every content of a chat that is over out of the store and the archive; whether there is such a chat (X2). Brought to
     * the archive first, it is there to be marked: whatever another node read before, and brings later, adds no content (AR9).
     * If it fails in between, it is to be repeated. <em>Safe for use by several threads.</em>
     */
    boolean deleteContent(ChatId chat) {
        bringNow(chat);
        return takeOut(chat);
    }

    /** The same of a chat that has been brought. <em>Safe for use by several threads.</em> */
    boolean takeOut(ChatId chat) {
        besides.forEach(other -> other.accept(chat));
        boolean inStore = store.deleteContent(chat);
        boolean there = archive.deleteContent(chat) || inStore;
        if (there) {
            files.gone(chat);
        }
        return there;
    }

    /** Has content of a chat that stands elsewhere erased, too, whenever its content is: before, so that it is done again if this fails. */
    void alsoErase(Consumer<ChatId> other) {
        besides.add(other);
    }

    /** The same for what one message says: another text takes its place (X3, AR12). <em>Safe for use by several threads.</em> */
    boolean redact(ChatId chat, long seq, String replacement) {
        bringNow(chat);
        boolean inStore = store.redact(chat, seq, replacement);
        boolean there = archive.redact(chat, seq, replacement) || inStore;
        if (there) {
            files.gone(chat);
        }
        return there;
    }

    /** The same for what says who the patron was (X6, AR13). <em>Safe for use by several threads.</em> */
    boolean anonymise(ChatId chat) {
        bringNow(chat);
        boolean inStore = store.anonymise(chat);
        return archive.anonymise(chat) || inStore;
    }

    /**
     * Brings a chat that is over before anything is taken out of it. What the archive cannot take is not there to be marked, and need
     * not be. <em>Safe for use by several threads.</em>
     */
    void bringNow(ChatId id) {
        Chat over = archiving ? store.chat(id).filter(Chat::over).orElse(null) : null;
        if (over == null) {
            return;
        }
        try {
            keepAndCount(List.of(whole(over, List.of())));
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
            LOG.debug("Chat {} cannot be archived", id, away);
        } catch (RuntimeException unreadable) {
            LOG.debug("Chat {} cannot be archived", id, unreadable);
        }
    }
}
