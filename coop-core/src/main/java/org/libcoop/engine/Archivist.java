package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is over from the store to the archive, and only then has the store forget it. Whatever dies or fails in
 * between is done again, here or on another node, and does no harm: the archive keeps a chat once (AR2). An archive that is
 * away delays this and nothing else. Runs on the pipeline only.
 */
final class Archivist {

    /** How long a chat that is over stays in the store, so that those who took part can still read it there. */
    static final Duration ARCHIVE_AFTER = Duration.ofMinutes(10);

    /** The longest pause after failures: an archive that is away may hold the node up for as long as a call takes. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final int CHATS_A_TICK = 200;
    private static final int ENTRIES_A_TICK = 10_000;
    private static final int MOST_REFUSED = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);

    private final Store store;
    private final Archive archive;
    private final Set<ChatId> refused = new HashSet<>();
    private Duration pause = Duration.ZERO;
    private Instant again = Instant.MIN;

    Archivist(Store store, Archive archive) {
        this.store = store;
        this.archive = archive;
    }

    /** Brings away what has been over for long enough, a bounded part of it. Fails for no reason of the archive's. */
    void tick(Instant now) {
        if (now.isBefore(again)) {
            return;
        }
        try {
            archiveChats(now);
            pause = Duration.ZERO;
        } catch (RuntimeException away) {
            if (pause.isZero()) {
                LOG.warn("The archive does not answer; what is over stays in the store until it does", away);
            }
            again = now.plus(pause);
            Duration longer = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
    }

    private void archiveChats(Instant now) {
        List<ArchivedChat> over = new ArrayList<>();
        int entries = 0;
        for (ChatId id : store.over(now.minus(ARCHIVE_AFTER), CHATS_A_TICK)) {
            ArchivedChat chat = entries < ENTRIES_A_TICK ? read(id) : null;
            if (chat != null) {
                over.add(chat);
                entries += chat.log().size();
            }
        }
        if (!over.isEmpty()) {
            store.forget(keep(over));
        }
    }

    /** The chat with its whole log; null if another node was faster, or it was refused before. */
    private @Nullable ArchivedChat read(ChatId id) {
        Chat chat = refused.contains(id) ? null : store.chat(id).orElse(null);
        if (chat == null) {
            return null;
        }
        List<Logged> log = new ArrayList<>();
        List<Logged> page = store.log(id, 0, Store.PAGE);
        while (!page.isEmpty()) {
            log.addAll(page);
            page = log.size() < chat.seq() ? store.log(id, log.size(), Store.PAGE) : List.of();
        }
        return log.size() < chat.seq() ? null : new ArchivedChat(chat, log);
    }

    /** Keeps them all at once; what the archive cannot take does not hold up the others. The ids of those it has. */
    private List<ChatId> keep(List<ArchivedChat> over) {
        List<ChatId> kept = new ArrayList<>();
        try {
            archive.keep(over);
            over.forEach(chat -> kept.add(chat.chat().id()));
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException ofOne) {
            for (ArchivedChat chat : over) {
                keep(chat, kept);
            }
        }
        return kept;
    }

    private void keep(ArchivedChat chat, List<ChatId> kept) {
        ChatId id = chat.chat().id();
        try {
            archive.keep(List.of(chat));
            kept.add(id);
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException refusal) {
            LOG.error("The archive cannot take chat {}; it stays in the store", id, refusal);
            if (refused.size() < MOST_REFUSED) {
                refused.add(id);
            }
        }
    }
}
