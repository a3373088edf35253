package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.chat.Logged;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Expired;
import org.libcoop.spi.RetentionRun;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out of chats what institutions keep no longer (X6): what says who the patron was once the chat has been over for
 * {@code anonymiseAfter}, all content once it has been for {@code deleteAfter}; at the very instant it is due. The archive says
 * what is due and forgets that only with the content, so what dies or fails half-way is done by the next round, here or on another
 * node, and several at once do no harm. What never got to the archive is looked for in the store.
 *
 * <p>Each node does a round soon after its start and then every hour, beside the pipeline, of at most {@link #CHATS_A_ROUND} chats
 * of an institution. Chats of institutions that are gone from the directory count
 * by the policies of all.
 */
final class Retention {

    /** How often a node looks for what is due. */
    static final Duration EVERY = Duration.ofHours(1);

    /** A node that starts looks this much later: it has other things to do first. */
    static final Duration AFTER_START = Duration.ofMinutes(1);

    /** So many chats of an institution are anonymised in a round, and so many have their content deleted. */
    static final int CHATS_A_ROUND = 1_000;

    private static final int MOST_STORED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Archive archive;
    private final Archivist archivist;
    private final Eraser eraser;
    private final Executor executor;
    private final Consumer<RetentionRun> recorder;
    private final Consumer<Instant> tickets;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean closed;
    private @Nullable Instant next;
    private @Nullable ChatId storedAfter;

    /**
     * @param executor what rounds run on, beside the pipeline
     * @param recorder what every round that found something is given, an institution at a time
     * @param tickets erases who asked by ticket
     */
    Retention(
            Ground ground,
            Archive archive,
            Archivist archivist,
            Eraser eraser,
            Executor executor,
            Consumer<RetentionRun> recorder,
            Consumer<Instant> tickets) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.archive = archive;
        this.archivist = archivist;
        this.eraser = eraser;
        this.executor = executor;
        this.recorder = recorder;
        this.tickets = tickets;
    }

    /** Has a round done if its time has come, unless one is under way. One thread at a time. */
    void tick(Instant now) {
        if (next == null) {
            next = now.plus(AFTER_START);
        }
        if (!closed && !now.isBefore(next) && atWork.compareAndSet(false, true)) {
            next = now.plus(EVERY);
            run().whenComplete((runs, broken) -> {
                atWork.set(false);
                if (broken != null) {
                    LOG.warn("A round of retention broke off; the next one goes on", broken);
                }
            });
        }
    }

    /** No further round begins; one that is under way ends after its next chat. */
    void close() {
        closed = true;
    }

    /**
     * Does a round now: what it did, for each institution of which something was due. Fails with a {@link StoreException} if store or
     * archive did not answer; what was done until then stays done and is recorded. Safe for use by several threads.
     */
    CompletionStage<List<RetentionRun>> run() {
        CompletableFuture<List<RetentionRun>> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> round(new Round(time.now()), answer));
        } catch (RejectedExecutionException down) {
            answer.completeExceptionally(down);
        }
        return answer;
    }

    private void round(Round round, CompletableFuture<List<RetentionRun>> answer) {
        Throwable away = null;
        try {
            inArchive(round);
            inStore(round);
            tickets.accept(round.now);
        } catch (RuntimeException | Error broken) {
            away = broken;
        }
        Throwable failure = away;
        CompletionStage<Void> all = CompletableFuture.allOf(round.deletions.toArray(new CompletableFuture<?>[0]));
        all.whenComplete((done, never) -> {
            List<RetentionRun> runs = round.runs();
            runs.forEach(this::record);
            if (failure == null) {
                answer.complete(runs);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private void record(RetentionRun run) {
        LOG.info(
                "Retention of {}: {} anonymised, {} deleted, {} failed",
                run.institution(),
                run.anonymised(),
                run.deleted(),
                run.failed());
        try {
            recorder.accept(run);
        } catch (RuntimeException notTaken) {
            LOG.error("A round of retention could not be recorded", notTaken);
        }
    }

    // ---- What the archive has

    private void inArchive(Round round) {
        List<InstitutionId> page;
        InstitutionId after = null;
        do {
            page = archive.homes(after, Archive.PAGE);
            for (InstitutionId home : page) {
                ofHome(home, round);
                after = home;
            }
        } while (page.size() == Archive.PAGE && !closed);
    }

    private void ofHome(InstitutionId home, Round round) {
        Instant deleted = round.until(home, Expired.Part.CONTENT);
        if (deleted != null) {
            walk(home, Expired.Part.CONTENT, deleted, expired -> round.delete(home, expired.chat()));
        }
        Instant anonymised = round.until(home, Expired.Part.CONTACT);
        if (anonymised != null) {
            // What is due for deletion, too, and could not be deleted loses at least this.
            walk(home, Expired.Part.CONTACT, anonymised, expired -> round.anonymise(home, expired.chat()));
        }
    }

    private void walk(InstitutionId home, Expired.Part part, Instant upTo, Consumer<Expired> deed) {
        Expired after = null;
        List<Expired> page;
        int done = 0;
        do {
            page = archive.expired(part, home, upTo, after, Archive.PAGE);
            for (Expired expired : page) {
                if (closed) {
                    return;
                }
                deed.accept(expired);
                after = expired;
            }
            done += page.size();
        } while (page.size() == Archive.PAGE && done < CHATS_A_ROUND);
    }

    // ---- What only the store has

    /** Chats that are over and not archived: usually of the last seconds, and those that the archive cannot take, or all without one. */
    private void inStore(Round round) {
        int looked = 0;
        do {
            List<Chat> page = store.unarchived(storedAfter, Archive.PAGE);
            storedAfter = page.size() < Archive.PAGE
                    ? null
                    : page.get(page.size() - 1).id();
            looked += page.size();
            List<Chat> old = page.stream().filter(round::isOld).toList();
            if (!old.isEmpty()) {
                Map<ChatId, List<Logged>> first =
                        store.beginnings(old.stream().map(Chat::id).toList(), 1);
                old.forEach(chat -> round.ofStore(chat, first.getOrDefault(chat.id(), List.of())));
            }
        } while (storedAfter != null && looked < MOST_STORED && !closed);
    }

    /** One round: from when what is due, and what was done about it. */
    private final class Round {
        private final Instant now;
        private final Policies policies = presence.directory().policies();
        private final Map<InstitutionId, Tally> tallies = new LinkedHashMap<>();
        private final List<CompletableFuture<?>> deletions = new ArrayList<>();

        Round(Instant now) {
            this.now = now;
        }

        /** Chats over at this instant or before are due; null where none ever is. */
        @Nullable
        Instant until(InstitutionId home, Expired.Part part) {
            Duration kept = switch (part) {
                case CONTACT -> policies.anonymiseAfter(home).orElse(null);
                case CONTENT -> policies.deleteAfter(home).orElse(null);
            };
            return kept == null ? null : now.minus(kept);
        }

        private boolean isDue(Chat chat, Expired.Part part) {
            Instant until = until(chat.home(), part);
            return until != null
                    && chat.phase()
                            .overSince()
                            .filter(over -> !over.isAfter(until))
                            .isPresent();
        }

        boolean isOld(Chat chat) {
            return isDue(chat, Expired.Part.CONTACT) || isDue(chat, Expired.Part.CONTENT);
        }

        /** The first entry says what is still there: it has content from the start until the deletion. */
        void ofStore(Chat chat, List<Logged> first) {
            if (first.isEmpty() || !(first.get(0).content() instanceof PatronDetails patron)) {
                return;
            }
            if (isDue(chat, Expired.Part.CONTENT)) {
                delete(chat.home(), chat.id());
            } else if (!patron.isAnonymous()) {
                anonymise(chat.home(), chat.id());
            }
        }

        void anonymise(InstitutionId home, ChatId chat) {
            Tally tally = tally(home);
            try {
                archivist.anonymise(chat);
                tally.anonymised();
            } catch (RuntimeException failed) {
                tally.failed();
                goOnIfOfOne(chat, failed);
            }
        }

        void delete(InstitutionId home, ChatId chat) {
            Tally tally = tally(home);
            try {
                deletions.add(eraser.erase(chat, null)
                        .handle((outcome, broken) -> {
                            if (broken == null && outcome.refusal().isEmpty()) {
                                tally.deleted();
                            } else {
                                tally.failed();
                            }
                            return tally;
                        })
                        .toCompletableFuture());
            } catch (RuntimeException failed) {
                tally.failed();
                goOnIfOfOne(chat, failed);
            }
        }

        /** A store or archive that is away ends the round; what is wrong with one chat does not hold up the others. */
        private void goOnIfOfOne(ChatId chat, RuntimeException failed) {
            if (failed instanceof StoreException away && !away.refused()) {
                throw away;
            }
            LOG.error("Chat {} could not be brought to what its library keeps", chat, failed);
        }

        private Tally tally(InstitutionId home) {
            return tallies.computeIfAbsent(home, h -> new Tally());
        }

        List<RetentionRun> runs() {
            return tallies.entrySet().stream()
                    .map(entry -> entry.getValue()
                            .run(
                                    entry.getKey(),
                                    now,
                                    until(entry.getKey(), Expired.Part.CONTACT),
                                    until(entry.getKey(), Expired.Part.CONTENT)))
                    .toList();
        }
    }

    /** What a round did for one institution. Safe for use by several threads. */
    private static final class Tally {
        private int anonymised;
        private int deleted;
        private int failed;

        synchronized void anonymised() {
            anonymised++;
        }

        synchronized void deleted() {
            deleted++;
        }

        synchronized void failed() {
            failed++;
        }

        synchronized RetentionRun run(
                InstitutionId home, Instant at, @Nullable Instant anonymisedUpTo, @Nullable Instant deletedUpTo) {
            return new RetentionRun(home, at, anonymisedUpTo, deletedUpTo, anonymised, deleted, failed);
        }
    }
}
