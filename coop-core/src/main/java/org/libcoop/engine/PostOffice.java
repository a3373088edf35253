package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the staff say to each other, and tells those connected here of it: at once of what is written on this node, with the
 * next sweep of what is written on another. The sweep looks back {@link #LOOKS_BACK}, for what is committed late, and remembers what was
 * told. Everything is done on one executor, one task after another. Safe for use by several threads.
 */
final class PostOffice {

    /** What takes longer to be committed is not told to who is connected elsewhere; it stands in the room all the same. */
    static final Duration LOOKS_BACK = Duration.ofSeconds(10);

    private static final Duration FORGETS_EVERY = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(PostOffice.class);

    /** A post by its place. */
    private record Place(Discussion discussion, long seq) {}

    private final EngineTime time;
    private final Presence presence;
    private final Audience audience;
    private final Discussions discussions;
    private final Executor executor;
    private final Consumer<Post> teller;
    private final Rounds rounds;

    // ---- Of the executor's tasks

    private final Map<Place, Boolean> told = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private Instant from;
    private Instant forgetsAt = Instant.MIN;
    private Duration pause = Duration.ZERO;
    private Instant again = Instant.MIN;

    /** @param teller tells those connected here who may know of a post */
    PostOffice(Ground ground, Discussions discussions, Executor executor, Consumer<Post> teller) {
        this.time = ground.time();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.discussions = discussions;
        this.executor = executor;
        this.rounds = new Rounds(executor);
        this.teller = teller;
        this.from = time.now();
    }

    /** No further round begins. */
    void close() {
        rounds.close();
    }

    // ---- Writing

    /** Writes a post if {@code allowed} says so when its turn comes; refused without a text, without an id that fits, or beyond the limit. */
    CompletionStage<Outcome<Post>> write(Draft draft, Collection<String> subjects, Supplier<Outcome<?>> allowed) {
        int most = presence.directory().policies().messageLimit();
        if (!CommandId.fits(draft.commandId()) || draft.text().isBlank()) {
            return refused(
                    RefusalCode.INVALID,
                    "a post has a text, and an id of 1 to " + CommandId.MAX_LENGTH
                            + " characters, no control characters among them");
        }
        if (draft.text().length() > most) {
            return refused(RefusalCode.TOO_LARGE, "a post has at most " + most + " characters");
        }
        CompletableFuture<Outcome<Post>> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> answer.complete(written(draft, subjects, allowed)));
        } catch (RejectedExecutionException down) {
            return refused(RefusalCode.UNAVAILABLE, "this node has been closed");
        }
        return answer;
    }

    private static CompletionStage<Outcome<Post>> refused(RefusalCode code, String message) {
        return CompletableFuture.completedFuture(Outcome.refused(code, message));
    }

    private Outcome<Post> written(Draft draft, Collection<String> subjects, Supplier<Outcome<?>> allowed) {
        try {
            Outcome<?> permission = allowed.get();
            if (permission.refusal().isPresent()) {
                return Outcome.refused(permission.refusal().get());
            }
            Post post = draft.at(time.now(), presence);
            Post kept = discussions.add(post, subjects);
            boolean same = kept.by().equals(post.by())
                    && Objects.equals(kept.rating(), post.rating())
                    && (kept.text() == null || kept.text().equals(post.text()));
            if (!same) {
                return Outcome.refused(RefusalCode.COMMAND_ID_REUSED, "this id was used for another post");
            }
            tell(kept);
            return Outcome.done(kept);
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        } catch (RuntimeException broken) {
            LOG.error("A post of {} could not be written", draft.by(), broken);
            return Outcome.refused(RefusalCode.INTERNAL, "the post could not be written");
        }
    }

    /** Something to be written. */
    record Draft(
            Discussion discussion, OperatorId by, @Nullable Integer rating, String text, String commandId) {

        private Post at(Instant now, Presence presence) {
            return new Post(
                    discussion,
                    0,
                    Commands.scope(by) + '/' + commandId,
                    by,
                    presence.directory().operator(by).orElseThrow().institution(),
                    now,
                    rating,
                    text);
        }
    }

    // ---- Telling

    private void tell(Post post) {
        if (told.put(new Place(post.discussion(), post.seq()), true) == null) {
            teller.accept(post);
        }
    }

    /** Tells of what was written elsewhere, and forgets what is too old, unless a round is under way. */
    void tick(Instant now) {
        if (!now.isBefore(again)) {
            rounds.begin(() -> round(now));
        }
    }

    private void round(Instant now) {
        try {
            if (audience.connected().isEmpty()) {
                from = now;
            } else {
                catchUp(now);
            }
            if (!now.isBefore(forgetsAt)) {
                forgetsAt = now.plus(FORGETS_EVERY);
                presence.directory()
                        .policies()
                        .staffChatRetention()
                        .ifPresent(kept -> discussions.forget(Discussion.Kind.ROOM, now.minus(kept)));
            }
            pause = Duration.ZERO;
        } catch (StoreException away) {
            pause = Pauses.after(pause);
            again = now.plus(pause);
            LOG.debug("What the staff wrote elsewhere cannot be read now", away);
        } catch (RuntimeException | Error broken) {
            LOG.error("A round of telling what the staff wrote broke", broken);
        }
    }

    private void catchUp(Instant now) {
        Instant at = from.minus(LOOKS_BACK);
        List<Post> page;
        boolean further;
        do {
            page = discussions.since(at, Discussions.PAGE);
            page.forEach(this::tell);
            Instant last = page.isEmpty() ? at : page.get(page.size() - 1).at();
            further = page.size() == Discussions.PAGE && last.isAfter(at);
            at = last;
        } while (further);
        from = now;
    }
}
