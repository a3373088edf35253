package org.libcoop.store.jdbc;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/** Changes of chats in which a patron waits and talks, each with a command of its own. */
final class Talk {

    static final String SCOPE = "patron:hash";
    private static final Topic DESK = Topic.stage(ChatSamples.DESK);

    private Talk() {}

    /** The first change of a chat. */
    static Change.OfChat begins(String id) {
        ChatStarted started =
                new ChatStarted(WidgetId.of("databases"), ChatSamples.PLAN, "hash of " + id, ChatSamples.NODE);
        Logged first = new Logged(1, ChatSamples.T0, started, null);
        Chat chat = Chat.started(ChatId.of(id), first);
        return new Change.OfChat(
                chat, 0, first.at(), List.of(first), null, null, result(chat, "start"), null, Set.of(), Set.of(DESK));
    }

    /** One line more, which is also what its command is called. */
    static Change.OfChat says(Chat on, String text) {
        Logged line = new Logged(
                on.seq() + 1,
                ChatSamples.at(1),
                new MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF),
                new Content.Text(text));
        Chat chat = on.evolve(line);
        return new Change.OfChat(
                chat,
                on.seq(),
                line.at(),
                List.of(line),
                null,
                null,
                result(chat, text),
                null,
                Set.of(DESK),
                Set.of(DESK));
    }

    private static CommandResult result(Chat chat, String command) {
        return new CommandResult(new CommandId(SCOPE, command, "digest"), chat.id(), chat.seq());
    }

    /** What the store keeps of what was said, in order. */
    static List<String> lines(Store store, ChatId chat) {
        return store.log(chat, 0, Store.PAGE).stream()
                .map(Logged::content)
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList();
    }

    /** Why what was asked of an engine was not done; null if it was. */
    static @Nullable RefusalCode refusal(CompletionStage<? extends Outcome<?>> asked) {
        return asked.toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join()
                .refusal()
                .map(refused -> refused.code())
                .orElse(null);
    }
}
