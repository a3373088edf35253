package org.libcoop.testkit.junit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;

/**
 * A peer at the far end of a transport under test, as the {@link TransportContract} drives it. It shows no sign of life but those that
 * it is asked for: a command, or {@link #showLife}. Methods of the other role may refuse in any way. <em>Safe for use by several threads.</em>
 */
public interface FarEnd extends AutoCloseable {

    /** One entry of a chat with a text, as this end was told it; {@code text} is null for entries without one. */
    record Heard(ChatId chat, long seq, @Nullable String text) {}

    /**
     * Says who it is and up to where it has which chats. Completes with whether it was taken; what is missing of the chats is
     * {@linkplain #heard heard} by then.
     */
    CompletionStage<Boolean> authenticate(String role, String token, Map<ChatId, Long> held);

    /** An operator signs in and monitors an option. */
    CompletionStage<Boolean> goOnDuty(Option option);

    /** A patron starts a chat. May be called before {@link #authenticate}: then it must never be done. */
    CompletionStage<Outcome<Receipt>> start(WidgetId widget, String question, String commandId);

    /** An operator claims. */
    CompletionStage<Outcome<Receipt>> claim(ChatId chat, String commandId);

    /** Says something in a chat. */
    CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId);

    /** An operator writes an internal note. */
    CompletionStage<Outcome<Receipt>> note(ChatId chat, String text, String commandId);

    /** A sign of life and nothing else. */
    void showLife();

    /** From now on this end reads nothing any more, and does not say so. */
    void stopReading();

    /** Ends the connection without a word, as a network does. */
    void vanish();

    /** Whether the connection is over, as far as this end can tell. */
    boolean isOver();

    /**
     * The entries this end was told, in the order in which they came, those of its welcome first; an owner's begin with the claim. What
     * a snapshot and a notice both bring counts once, as for every client.
     */
    List<Heard> heard();

    /** The same as {@link #vanish}. */
    @Override
    default void close() {
        vanish();
    }
}
