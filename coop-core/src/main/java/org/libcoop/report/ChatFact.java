package org.libcoop.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;

/**
 * The one record of a chat that reports count (section 11): whose it was, when it began, what it came to; nothing that anybody said, and
 * nothing of who the patron was. It is derived from the chat's log and from what was said of the chat in QA feedback, at any time anew.
 *
 * <p>{@code entries} says how much of the log it was derived from, {@code posts} how much of the feedback: of two facts of one chat
 * {@link #merge} takes from each what is newer. {@code erased}: the chat's content was deleted, and where it came from is forgotten (X2).
 * <em>Immutable.</em>
 *
 * @param answer who had the chat last; null exactly where the outcome is not {@link ChatOutcome#ANSWERED}
 * @param rating the patron's last, 1 to 5; null if none was given
 * @param qaRating the last one of the patron's library, 1 to 5; null if none was given (X4)
 */
@Beta
public record ChatFact(
        ChatId chat,
        InstitutionId home,
        WidgetId widget,
        Instant startedAt,
        ChatOutcome outcome,
        @Nullable Answer answer,
        Source source,
        @Nullable Integer rating,
        @Nullable Integer qaRating,
        long entries,
        long posts,
        boolean erased) {

    /**
     * Who had a chat last, of which institution, and through which stage: the one it was claimed on, or the co-op whose offer was
     * accepted. {@code waited} is from the chat's start to its first claim, {@code lasted} from there to its end; null while it goes on.
     * <em>Immutable.</em>
     */
    public record Answer(
            OperatorId operator,
            InstitutionId institution,
            Stage through,
            Duration waited,
            @Nullable Duration lasted) {

        /**
         * Checks the durations.
         *
         * @throws IllegalArgumentException if one is negative
         */
        public Answer {
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(institution, "institution");
            Objects.requireNonNull(through, "through");
            if (waited.isNegative() || (lasted != null && lasted.isNegative())) {
                throw new IllegalArgumentException("nobody waits " + waited + ", and nothing lasts " + lasted);
            }
        }

        /** The co-op it was answered through, by its members or its backup staff; empty for a department or a personal line. */
        public Optional<CoopId> coop() {
            return through.option() instanceof Option.OfCoop of ? Optional.of(of.coop()) : Optional.empty();
        }
    }

    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if there is an answer but for an answered chat, a rating is not 1 to 5, {@code entries} is below
     *     1 or {@code posts} below 0, or something is known of the source of what was erased
     */
    public ChatFact {
        Objects.requireNonNull(chat, "chat");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(widget, "widget");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(source, "source");
        if ((outcome == ChatOutcome.ANSWERED) != (answer != null)) {
            throw new IllegalArgumentException("a chat that is " + outcome + " with answer " + answer);
        }
        if (rating != null) {
            Stars.checked(rating);
        }
        if (qaRating != null) {
            Stars.checked(qaRating);
        }
        if (entries < 1 || posts < 0) {
            throw new IllegalArgumentException("derived from " + entries + " entries and " + posts + " posts");
        }
        if (erased && !source.equals(Source.NONE)) {
            throw new IllegalArgumentException("chat " + chat + " was erased and comes from " + source);
        }
    }

    /**
     * The fact of a chat as it is now, over or not, without feedback.
     *
     * @param log its entries so far; of a chat that is not over the first are enough
     * @param source forgotten if the log says that the chat's content was deleted
     */
    public static ChatFact of(Chat chat, List<Logged> log, Source source) {
        boolean erased = log.stream()
                .anyMatch(entry -> entry.event() instanceof ChatEvent.ContentErased content && content.seq() == null);
        return new ChatFact(
                chat.id(),
                chat.home(),
                chat.widget(),
                chat.startedAt(),
                ChatOutcome.of(chat),
                answer(chat),
                erased ? Source.NONE : source,
                rating(log),
                null,
                chat.seq(),
                0,
                erased);
    }

    private static @Nullable Answer answer(Chat chat) {
        Ownership last = chat.lastOwnership();
        if (last == null) {
            return null;
        }
        Instant claimedAt = chat.ownerships().get(0).since();
        return new Answer(
                last.owner(),
                last.institution(),
                last.claimedOn(),
                Duration.between(chat.startedAt(), claimedAt),
                chat.phase()
                        .overSince()
                        .map(end -> Duration.between(claimedAt, end))
                        .orElse(null));
    }

    private static @Nullable Integer rating(List<Logged> log) {
        Integer last = null;
        for (Logged entry : log) {
            if (entry.event() instanceof ChatEvent.PatronRated rated) {
                last = rated.rating();
            }
        }
        return last;
    }

    /** The same with the last rating of the patron's library, null for none, as of {@code upTo} posts. */
    public ChatFact rated(@Nullable Integer last, long upTo) {
        return new ChatFact(
                chat, home, widget, startedAt, outcome, answer, source, rating, last, entries, upTo, erased);
    }

    /** The same without where it came from, for good (X2). */
    public ChatFact forgotten() {
        return new ChatFact(
                chat, home, widget, startedAt, outcome, answer, Source.NONE, rating, qaRating, entries, posts, true);
    }

    /**
     * What both know of one chat, whichever came first: log and feedback as the one that saw more of it has them; where the chat came
     * from as long as one of them knows (a user agent is forgotten with time, X6), and nothing of it once it was erased.
     *
     * @throws IllegalArgumentException if they are of two chats
     */
    public ChatFact merge(ChatFact other) {
        if (!chat.equals(other.chat)) {
            throw new IllegalArgumentException("chat " + chat + " is not chat " + other.chat);
        }
        ChatFact log = other.entries > entries ? other : this;
        ChatFact feedback = other.posts > posts ? other : this;
        ChatFact elder = other.entries > entries ? this : other;
        boolean gone = erased || other.erased;
        return new ChatFact(
                chat,
                log.home,
                log.widget,
                log.startedAt,
                log.outcome,
                log.answer,
                gone ? Source.NONE : log.source.or(elder.source),
                log.rating,
                feedback.qaRating,
                log.entries,
                feedback.posts,
                gone);
    }
}
