package org.libcoop.transport.websocket.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;

/**
 * A patron's client. The token of its options is the patron's secret: 32 to 200 characters drawn at random, a new one for each
 * chat. <em>Safe for use by several threads.</em>
 */
public final class PatronClient extends ChatClient {

    /** A client that is not connected yet. */
    public PatronClient(ClientOptions options, ClientListener listener) {
        super("patron", options, listener, false);
    }

    /** Starts a chat (W5, W6); {@code widget-offline} with the widget's offline text when nobody is there. */
    public CompletionStage<Outcome<Receipt>> start(
            WidgetId widget, Content.PatronDetails details, @Nullable String question) {
        ObjectNode fields = fields().put("widget", widget.value()).put("consent", details.consented());
        put(fields, "name", details.name());
        put(fields, "email", details.email());
        put(fields, "referrer", details.referrer());
        put(fields, "userAgent", details.userAgent());
        put(fields, "question", question);
        return command(newId(), "start", fields);
    }

    /** Says something in the patron's newest chat. */
    public CompletionStage<Outcome<Receipt>> say(String text) {
        return say(text, newId());
    }

    /** The same under an id of the caller's, which must be new: resent by whomever, it is said once (G5). */
    public CompletionStage<Outcome<Receipt>> say(String text, String id) {
        return command(id, "say", fields().put("text", Objects.requireNonNull(text, "text")));
    }

    /** The same in one of the patron's chats, whichever is the newest by then; {@code not-found} if it is not this patron's. */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String id) {
        return command(id, "say", fields().put("chat", chat.value()).put("text", Objects.requireNonNull(text, "text")));
    }

    /** Leaves the newest chat on purpose: it is over (C7). */
    public CompletionStage<Outcome<Receipt>> leave() {
        return command(newId(), "leave", fields());
    }

    /** Leaves one of the patron's chats, whichever is the newest by then; {@code not-found} if it is not this patron's. */
    public CompletionStage<Outcome<Receipt>> leave(ChatId chat) {
        return command(newId(), "leave", fields().put("chat", chat.value()));
    }

    /** Lets the owner know that the patron is typing, or stopped; may be lost (M5). */
    public void typing(boolean on) {
        wire.whisper("typing", fields().put("on", on));
    }

    /** Lets the owner know up to where the patron has seen the chat; may be lost (M5). */
    public void seen(long seq) {
        wire.whisper("seen", fields().put("seq", seq));
    }

    private static void put(ObjectNode fields, String name, @Nullable String text) {
        if (text != null) {
            fields.put(name, text);
        }
    }
}
