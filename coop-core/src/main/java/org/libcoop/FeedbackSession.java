package org.libcoop;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.QaFeedback;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.FeedbackPage;
import org.libcoop.spi.Post;

/**
 * What one operator does with QA feedback, as the access table allows at that moment (X4): feedback of the patron's library on how a
 * co-op answered, with answers to it. It is not the patron's rating, is shown to no patron, and is in no transcript; with the chat's
 * content its texts are deleted, too. A stage completes once it is kept; a refusal is an {@link Outcome}, never an exception.
 * <em>Safe for use by several threads.</em>
 */
public final class FeedbackSession {

    private final QaFeedback feedback;
    private final OperatorId operator;
    private final Supplier<String> ids;

    FeedbackSession(QaFeedback feedback, OperatorId operator, Supplier<String> ids) {
        this.feedback = feedback;
        this.operator = operator;
        this.ids = ids;
    }

    /**
     * Gives feedback on a chat of a patron of this operator's library that is over and was answered through a co-op, as its local
     * admin; as often as wanted. Who answered it is told.
     *
     * <p>{@code not-found} and {@code not-allowed} for everybody else; {@code not-allowed} also if nobody answered it through a co-op,
     * or its content was deleted; {@code invalid} without a text or with a rating beyond 1 to 5; {@code too-large} beyond {@code
     * messageLimit}.
     *
     * @param rating 1 to 5, null for none
     */
    public CompletionStage<Outcome<Post>> give(ChatId chat, @Nullable Integer rating, String text, String commandId) {
        return feedback.give(
                operator,
                Objects.requireNonNull(chat, "chat"),
                rating,
                Objects.requireNonNull(text, "text"),
                Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #give(ChatId, Integer, String, String)} with a new id. */
    public CompletionStage<Outcome<Post>> give(ChatId chat, @Nullable Integer rating, String text) {
        return give(chat, rating, text, ids.get());
    }

    /**
     * Answers to feedback: on the home path as local admin of the patron's library; on a co-op's path as who owned the chat through
     * it, and as their admin by level. {@code not-allowed} also as long as there is no feedback; otherwise as {@link #give}.
     */
    public CompletionStage<Outcome<Post>> reply(TranscriptPath path, ChatId chat, String text, String commandId) {
        return feedback.reply(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(chat, "chat"),
                Objects.requireNonNull(text, "text"),
                Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #reply(TranscriptPath, ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Post>> reply(TranscriptPath path, ChatId chat, String text) {
        return reply(path, chat, text, ids.get());
    }

    /**
     * Feedback on a chat with the answers to it, from place {@code from} on, in order, at most {@code limit} and at most {@value
     * org.libcoop.spi.Discussions#PAGE} posts; empty if there is none. For those who may {@link #reply}; {@code not-found} or {@code
     * not-allowed} for everybody else.
     */
    public Outcome<List<Post>> posts(TranscriptPath path, ChatId chat, long from, int limit) {
        return feedback.posts(
                operator, Objects.requireNonNull(path, "path"), Objects.requireNonNull(chat, "chat"), from, limit);
    }

    /** Remembers up to which place this operator has seen the feedback on a chat. Refused as {@link #posts}. */
    public Outcome<ChatId> seen(TranscriptPath path, ChatId chat, long seq) {
        return feedback.seen(operator, Objects.requireNonNull(path, "path"), Objects.requireNonNull(chat, "chat"), seq);
    }

    /**
     * The chats with feedback: on the home path those of the library, for its local admins; on a co-op's path those that this
     * operator's level there lets see, its own as REGULAR. {@code not-allowed} for everybody else; {@code invalid} if {@code cursor} is
     * none of this list.
     */
    public Outcome<FeedbackPage> chats(TranscriptPath path, @Nullable String cursor, int limit) {
        return feedback.chats(operator, Objects.requireNonNull(path, "path"), cursor, limit);
    }
}
