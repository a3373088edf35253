package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Offer;
import org.libcoop.chat.Phase;
import org.libcoop.directory.InstitutionId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Change;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.Happening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who watch this node, told what happens and kept from breaking it. Safe for use by several threads. */
final class Listeners {

    /** Who takes so long is named. */
    static final Duration SLOW = Duration.ofMillis(100);

    private static final Duration NAMED_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Guarded> all;
    private final Supplier<Instant> now;
    private final LongAccumulator slowestMillis = new LongAccumulator(Math::max, 0);

    Listeners(List<CoopListener> listeners, Supplier<Instant> now) {
        this.now = now;
        this.all = listeners.stream().map(Guarded::new).toList();
    }

    /** Whether nobody watches: then nothing need be found out for them. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The longest that any of them ever took. */
    Duration slowest() {
        return Duration.ofMillis(slowestMillis.get());
    }

    void tell(Happening happening) {
        for (Guarded one : all) {
            one.tell(happening);
        }
    }

    /** Tells of an answer that is a refusal, once it comes; returns {@code answer}. */
    <T, A extends CompletionStage<Outcome<T>>> A watched(
            Happening.CommandRefused.About about, @Nullable ChatId chat, A answer) {
        if (!all.isEmpty()) {
            answer.thenAccept(outcome -> refused(about, chat, outcome));
        }
        return answer;
    }

    /** The same for an answer that is there. */
    <T> Outcome<T> refused(Happening.CommandRefused.About about, @Nullable ChatId chat, Outcome<T> answer) {
        if (!all.isEmpty()) {
            answer.refusal()
                    .ifPresent(refusal -> tell(new Happening.CommandRefused(now.get(), about, chat, refusal.code())));
        }
        return answer;
    }

    // ---- Chats

    /** Tells of a committed change. */
    void committed(@Nullable Chat before, Change.OfChat change) {
        if (all.isEmpty()) {
            return;
        }
        try {
            happenings(change.chat().id(), before, change.entries()).forEach(this::tell);
        } catch (RuntimeException broken) {
            LOG.error(
                    "What happened to chat {} could not be told", change.chat().id(), broken);
        }
    }

    private static List<Happening> happenings(ChatId id, @Nullable Chat before, List<Logged> entries) {
        List<Happening> happenings = new ArrayList<>();
        Chat chat = before;
        for (Logged entry : entries) {
            Chat next = chat == null ? Chat.started(id, entry) : chat.evolve(entry);
            Happening happening = happening(chat == null ? next : chat, entry, next);
            if (happening != null) {
                happenings.add(happening);
            }
            chat = next;
        }
        return happenings;
    }

    /** What one entry is to those who watch; null where it is nothing. */
    private static @Nullable Happening happening(Chat before, Logged entry, Chat after) {
        ChatEvent event = entry.event();
        Instant at = entry.at();
        ChatId id = after.id();
        InstitutionId home = after.home();
        return switch (event.kind()) {
            case STARTED -> new Happening.ChatStarted(at, id, home, after.widget());
            case STAGE_OPENED -> {
                ChatEvent.StageOpened opened = (ChatEvent.StageOpened) event;
                Duration lateness = Duration.between(at, opened.handled());
                yield new Happening.StageOpened(
                        at, id, home, opened.stage(), opened.cause(), lateness, opened.notified());
            }
            case CLAIMED -> claimed(before, (ChatEvent.ChatClaimed) event, at);
            case OWNER_LOST -> {
                ChatEvent.OwnerLost lost = (ChatEvent.OwnerLost) event;
                yield new Happening.ChatReturned(at, id, home, lost.owner(), lost.signedOff());
            }
            case TRANSFER_OFFERED -> offered(before, (ChatEvent.TransferOffered) event, at);
            case TRANSFERRED -> accepted(before, (ChatEvent.Transferred) event, at);
            case TRANSFER_OVER -> new Happening.TransferOver(at, id, home, ((ChatEvent.TransferOver) event).why());
            case ENDED, DISMISSED -> over(after, at, null);
            case MISSED -> over(after, at, (ChatEvent.ChatMissed) event);
            case STILL_LOOKING,
                    SAID,
                    PATRON_GONE,
                    PATRON_BACK,
                    OFFER_WIDENED,
                    OFFER_DECLINED,
                    RATED,
                    ERASED,
                    FILE_SHARED -> null;
        };
    }

    private static Happening claimed(Chat before, ChatEvent.ChatClaimed event, Instant at) {
        Instant since = before.phase() instanceof Phase.Waiting waiting ? waiting.since() : at;
        return new Happening.ChatClaimed(
                at,
                before.id(),
                before.home(),
                event.owner(),
                event.institution(),
                event.claimedOn(),
                Duration.between(since, at),
                before.lastOwnership() != null);
    }

    private static @Nullable Happening offered(Chat before, ChatEvent.TransferOffered event, Instant at) {
        return before.ownership()
                .map(had -> new Happening.TransferOffered(
                        at,
                        before.id(),
                        before.home(),
                        had.owner(),
                        event.to(),
                        event.offeredTo().size()))
                .orElse(null);
    }

    private static Happening accepted(Chat before, ChatEvent.Transferred event, Instant at) {
        Instant since = before.offer().map(Offer::at).orElse(at);
        return new Happening.TransferAccepted(
                at, before.id(), before.home(), event.owner(), event.institution(), Duration.between(since, at));
    }

    private static Happening over(Chat after, Instant at, ChatEvent.@Nullable ChatMissed missed) {
        return new Happening.ChatOver(
                at,
                after.id(),
                after.home(),
                ChatOutcome.of(after),
                missed == null ? null : missed.reason(),
                Duration.between(after.startedAt(), at));
    }

    /** One listener, and when it was named last. */
    private final class Guarded {

        private final CoopListener listener;
        private Instant namedAt = Instant.MIN;
        private int unnamed;

        Guarded(CoopListener listener) {
            this.listener = listener;
        }

        void tell(Happening happening) {
            Instant before = now.get();
            try {
                listener.on(happening);
            } catch (RuntimeException | Error broken) {
                int others = toName(before);
                if (others >= 0) {
                    LOG.error(
                            "{} broke on {}; so it did {} times since the last such line",
                            name(),
                            happening,
                            others,
                            broken);
                }
            }
            Duration took = Duration.between(before, now.get());
            slowestMillis.accumulate(took.toMillis());
            if (took.compareTo(SLOW) >= 0) {
                int others = toName(before.plus(took));
                if (others >= 0) {
                    LOG.warn(
                            "{} holds the engine up: it took {} ms for {}; {} others since the last such line",
                            name(),
                            took.toMillis(),
                            happening,
                            others);
                }
            }
        }

        private String name() {
            return "Listener " + listener.getClass().getName();
        }

        /** How often it was not named since it was; negative if it is not to be named now. */
        private synchronized int toName(Instant at) {
            if (at.isBefore(namedAt.equals(Instant.MIN) ? at : namedAt.plus(NAMED_EVERY))) {
                unnamed++;
                return -1;
            }
            int others = unnamed;
            unnamed = 0;
            namedAt = at;
            return others;
        }
    }
}
