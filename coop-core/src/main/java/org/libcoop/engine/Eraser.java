package org.libcoop.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatEvent.ContentErased;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes all content of chats that are found by what is deleted with it: by their age in the archive, or by the patron's address (X6).
 * So what finds them goes last: first the chat's log says that its content was deleted, then the content leaves the store, then the
 * archive. Whatever dies in between, the chat is found again, and nothing is done twice: the entry has one command id in the store,
 * and is looked for in the archive's log. Safe for use by several threads.
 */
final class Eraser {

    private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);

    private final Store store;
    private final EngineTime time;
    private final Archive archive;
    private final Archivist archivist;
    private final Commands commands;
    private final Executor executor;

    /** @param executor what follows a command runs on, beside the pipeline */
    Eraser(Ground ground, Archive archive, Archivist archivist, Commands commands, Executor executor) {
        this.store = ground.store();
        this.time = ground.time();
        this.archive = archive;
        this.archivist = archivist;
        this.commands = commands;
        this.executor = executor;
    }

    /**
     * Deletes all content of a chat that is over, for {@code by}, or for retention if that is null.
     *
     * @throws StoreException if the store or the archive does not answer: then it is to be repeated
     */
    CompletionStage<Outcome<ChatId>> erase(ChatId chat, @Nullable OperatorId by) {
        archivist.bringNow(chat);
        if (store.chat(chat).isEmpty()) {
            noteInArchive(chat, by);
            return CompletableFuture.completedFuture(takeOut(chat));
        }
        if (isNoted(store.log(chat, 0, Store.PAGE))) {
            return CompletableFuture.completedFuture(takeOut(chat));
        }
        String scope = by == null ? "retention" : Commands.scope(by);
        ChatCommand.Erase command = new ChatCommand.Erase(by, null);
        CompletableFuture<Outcome<ChatId>> answer = new CompletableFuture<>();
        commands.command(chat, command, scope, "erased", command.toString())
                .whenComplete((noted, broken) -> beside(answer, () -> afterwards(chat, by, noted)));
        return answer;
    }

    private void beside(CompletableFuture<Outcome<ChatId>> answer, Supplier<Outcome<ChatId>> step) {
        try {
            executor.execute(() -> {
                try {
                    answer.complete(step.get());
                } catch (RuntimeException failed) {
                    answer.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException down) {
            answer.completeExceptionally(down);
        }
    }

    private Outcome<ChatId> afterwards(ChatId chat, @Nullable OperatorId by, Outcome<Receipt> noted) {
        boolean forgotten = noted.refusal()
                .filter(refusal -> refusal.code() == RefusalCode.NOT_FOUND)
                .isPresent();
        if (forgotten) {
            noteInArchive(chat, by);
        }
        return forgotten || noted.value().isPresent() ? takeOut(chat) : noted.map(Receipt::chat);
    }

    private Outcome<ChatId> takeOut(ChatId chat) {
        archivist.takeOut(chat);
        return Outcome.done(chat);
    }

    /** The store has forgotten the chat: its log goes on in the archive. A log that cannot be read is no reason to keep the content. */
    private void noteInArchive(ChatId chat, @Nullable OperatorId by) {
        try {
            archive.chat(chat)
                    .filter(archived -> !isNoted(archived.log()))
                    .ifPresent(archived -> archive.keep(List.of(goneOn(archived, new ContentErased(by, null), time))));
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
            LOG.warn("The log of chat {} cannot say that its content was deleted", chat, away);
        } catch (RuntimeException unreadable) {
            LOG.warn("The log of chat {} cannot say that its content was deleted", chat, unreadable);
        }
    }

    /** The chat with one entry more. */
    static ArchivedChat goneOn(ArchivedChat archived, ContentErased event, EngineTime time) {
        Chat head = archived.chat();
        Logged entry = new Logged(head.seq() + 1, time.now(), event, null);
        List<Logged> log = new ArrayList<>(archived.log());
        log.add(entry);
        return new ArchivedChat(head.evolve(entry), log);
    }

    /** Whether a log says that all content of its chat was deleted. */
    static boolean isNoted(List<Logged> log) {
        return log.stream().anyMatch(entry -> entry.event() instanceof ContentErased erased && erased.seq() == null);
    }
}
