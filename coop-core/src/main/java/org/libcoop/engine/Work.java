package org.libcoop.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.CommandId;

/** What waits in the pipeline. Each kind ends by answering, exactly once. */
sealed interface Work {

    /** Ends the work with a refusal, if anybody waits for an answer. */
    void refuse(Refusal refusal);

    /** A command on a chat. Not a record: it counts its tries. */
    final class OfChat implements Work {
        final ChatId chat;
        final ChatCommand command;
        final @Nullable CommandId id;
        final CompletableFuture<Outcome<Receipt>> answer;
        /** Whether an earlier try may have been applied although its commit failed (G6). */
        boolean mayHaveHappened;

        int tries;

        OfChat(ChatId chat, ChatCommand command, @Nullable CommandId id) {
            this(chat, command, id, new CompletableFuture<>());
        }

        OfChat(ChatId chat, ChatCommand command, @Nullable CommandId id, CompletableFuture<Outcome<Receipt>> answer) {
            this.chat = chat;
            this.command = command;
            this.id = id;
            this.answer = answer;
        }

        boolean isLook() {
            return command.kind() == ChatCommand.Kind.LOOK;
        }

        void answer(ChatId done, long seq) {
            answer.complete(Outcome.done(new Receipt(done, seq)));
        }

        @Override
        public void refuse(Refusal refusal) {
            boolean unsure = mayHaveHappened
                    && (refusal.code() == RefusalCode.UNAVAILABLE || refusal.code() == RefusalCode.BUSY);
            Refusal honest = unsure
                    ? Refusal.of(RefusalCode.UNKNOWN_OUTCOME, "the store did not say; repeat with the same id")
                    : refusal;
            answer.complete(Outcome.refused(honest));
        }
    }

    /** A change of one operator's presence row, decided on the row as stored. */
    record OfPresence(
            OperatorId operator,
            BiFunction<OperatorPresence, Instant, Outcome<OperatorPresence>> change,
            CompletableFuture<Outcome<OperatorPresence>> answer)
            implements Work {
        @Override
        public void refuse(Refusal refusal) {
            answer.complete(Outcome.refused(refusal));
        }
    }

    /** Anything else that must not run beside the rest; {@code refused} is told if it cannot be done. */
    record OfTask(Runnable task, Consumer<Refusal> refused) implements Work {

        /** A task nobody waits for: what it missed is made up for by the next sweep. */
        OfTask(Runnable task) {
            this(task, refusal -> {});
        }

        @Override
        public void refuse(Refusal refusal) {
            refused.accept(refusal);
        }
    }
}
