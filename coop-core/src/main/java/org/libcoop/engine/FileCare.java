package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bytes out of the vault that no chat's log names any more (U1, X2, X3, X6): at once where content was taken out of a chat, and
 * again by looking through the vault, for what a node left that died in between, or a vault that did not answer. A file is named as
 * long as the log, in the store or the archive, has its entry with its content. What is younger than {@link #AGE} is left: its entry
 * may be on its way.
 *
 * <p>Each node looks soon after its start and then every hour, beside the pipeline, at most at {@link #FILES_A_ROUND} files at a time,
 * a minute apart; several at once do no harm. Safe for use by several threads.
 */
final class FileCare {

    /** How old a file is before it is taken for one that was left. */
    static final Duration AGE = Duration.ofHours(1);

    /** At so many files a round looks. */
    static final int FILES_A_ROUND = 1_000;

    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(FileCare.class);

    private final Store store;
    private final Archive archive;
    private final @Nullable FileVault vault;
    private final Rounds rounds;
    private volatile @Nullable Instant next;
    private @Nullable FileId after;

    /** @param executor what rounds run on, beside the pipeline */
    FileCare(NodeOptions options, Executor executor) {
        this.store = options.store();
        this.archive = options.archive();
        this.vault = options.vault();
        this.rounds = new Rounds(executor);
    }

    /** Has a round done if its time has come, unless one is under way. One thread at a time. */
    void tick(Instant now) {
        Instant due = next;
        if (due == null) {
            next = now.plus(Retention.AFTER_START);
            return;
        }
        FileVault held = vault;
        if (held != null && !now.isBefore(due)) {
            rounds.begin(() -> round(held, now));
        }
    }

    /** No further round begins. */
    void close() {
        rounds.close();
    }

    // ---- At once

    /** Content was taken out of a chat that is over: the bytes of what its log names no more go, too. Fails for no reason. */
    void gone(ChatId chat) {
        FileVault held = vault;
        if (held == null || !FileId.fits(chat.value() + ".f")) {
            return;
        }
        try {
            // Sorts before all that are drawn, which have more behind it.
            FileId last = FileId.of(chat, Files.DRAWN);
            List<FileVault.Held> page;
            do {
                page = held.list(last, FileVault.PAGE);
                Set<FileId> named = null;
                for (FileVault.Held one : page) {
                    if (!one.file().chat().equals(chat)) {
                        return;
                    }
                    named = named == null ? named(chat) : named;
                    if (named != null && !named.contains(one.file())) {
                        held.delete(one.file());
                    }
                    last = one.file();
                }
            } while (page.size() == FileVault.PAGE);
        } catch (RuntimeException notNow) {
            LOG.warn("The files of chat {} could not be taken out of the vault; it is looked at again", chat, notNow);
        }
    }

    // ---- What was left

    private void round(FileVault held, Instant now) {
        boolean more = false;
        try {
            more = look(held, now);
        } catch (RuntimeException | Error broken) {
            LOG.warn("Looking for files that were left broke off; it goes on later", broken);
        } finally {
            next = now.plus(more ? PAUSE : EVERY);
        }
    }

    /** Looks at the next files; whether there are more. */
    private boolean look(FileVault held, Instant now) {
        List<FileVault.Held> page = held.list(after, FILES_A_ROUND);
        ChatId of = null;
        Set<FileId> named = null;
        int taken = 0;
        for (FileVault.Held one : page) {
            if (rounds.isClosed()) {
                return true;
            }
            after = one.file();
            if (one.since().isAfter(now.minus(AGE))) {
                continue;
            }
            ChatId chat = one.file().chat();
            if (!chat.equals(of)) {
                of = chat;
                named = namedIfReadable(chat);
            }
            if (named != null && !named.contains(one.file())) {
                held.delete(one.file());
                taken++;
            }
        }
        boolean more = page.size() == FILES_A_ROUND;
        after = more ? after : null;
        if (taken > 0) {
            LOG.info("{} files that no chat names any more were taken out of the vault", taken);
        }
        return more;
    }

    /** What is wrong with one chat does not hold up the others: its files stay. */
    private @Nullable Set<FileId> namedIfReadable(ChatId chat) {
        try {
            return named(chat);
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
            LOG.debug("What files chat {} has cannot be read", chat, away);
        } catch (RuntimeException unreadable) {
            LOG.debug("What files chat {} has cannot be read", chat, unreadable);
        }
        return null;
    }

    /** The files that a chat's log names with content; none where there is no such chat; null where that cannot be known now. */
    private @Nullable Set<FileId> named(ChatId chat) {
        Chat head = store.chat(chat).orElse(null);
        List<Logged> log = head == null ? List.of() : WholeLog.of(store, head, List.of());
        if (head == null || log.size() < head.seq()) {
            // The archive has what the store has forgotten.
            ArchivedChat archived = archive.chat(chat).orElse(null);
            if (archived == null && head != null) {
                return null;
            }
            log = archived == null ? List.of() : archived.log();
        }
        Set<FileId> named = new HashSet<>();
        for (Logged entry : log) {
            if (entry.event() instanceof ChatEvent.FileShared shared
                    && entry.file().isPresent()) {
                named.add(shared.file());
            }
        }
        return named;
    }
}
