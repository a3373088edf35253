package org.libcoop.engine;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Blocks;
import org.libcoop.access.Operation;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.BlockRules;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;

/**
 * Blocks of patrons, made from a chat that runs or that is over, be it in the archive only (C15). Reads the chat on the caller's
 * thread. Safe for use by several threads.
 */
public final class PatronBlocks {

    /** A chat's head with the digest of the address it came from, null where that is not known. */
    private record Subject(Chat chat, @Nullable String addressDigest) {}

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Archive archive;
    private final Archivist archivist;
    private final Commands commands;
    private final AuditLog audit;

    PatronBlocks(Ground ground, Archive archive, Archivist archivist, Commands commands, AuditLog audit) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.archive = archive;
        this.archivist = archivist;
        this.commands = commands;
        this.audit = audit;
    }

    /** C15: the block first, then the chat's end, if it is asked for. */
    public CompletionStage<Outcome<Blocked>> block(OperatorId by, ChatId chat, BlockOrder order) {
        Who who = Who.operator(by);
        Operation blocking = order.coop() == null ? Operation.BLOCK : Operation.BLOCK_IN_COOP;
        Deed done = new Deed(who, blocking, Concerned.chat(chat));
        Deed asked = new Deed(who, order.endAs() == null ? blocking : Operation.EXPEL, Concerned.chat(chat));
        return blocked(by, chat, order)
                .thenApply(outcome ->
                        outcome.refusal().isEmpty() ? audit.noted(done, outcome) : audit.denied(asked, outcome));
    }

    private CompletionStage<Outcome<Blocked>> blocked(OperatorId by, ChatId chat, BlockOrder order) {
        Outcome<Subject> found = find(chat);
        Subject subject = found.value().orElse(null);
        if (subject == null) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(found.refusal().orElseThrow()));
        }
        BlockId id = BlockId.of(commands.newId());
        AtomicReference<PatronBlock> made = new AtomicReference<>();
        return commands.change(directory -> decided(directory, by, subject, order, id, made))
                .thenCompose(changed -> {
                    Refusal refusal = changed.refusal().orElse(null);
                    return refusal != null
                            ? CompletableFuture.completedFuture(Outcome.refused(refusal))
                            : ended(by, subject.chat(), order, Objects.requireNonNull(made.get()));
                });
    }

    private Outcome<LibraryRecord> decided(
            Directory directory,
            OperatorId by,
            Subject subject,
            BlockOrder order,
            BlockId id,
            AtomicReference<PatronBlock> made) {
        Outcome<LibraryRecord> record = BlockRules.block(
                subject.chat(), order, subject.addressDigest(), by, id, directory, presence, time.now());
        record.value().ifPresent(block -> made.set((PatronBlock) block));
        return record;
    }

    private CompletionStage<Outcome<Blocked>> ended(OperatorId by, Chat chat, BlockOrder order, PatronBlock block) {
        Disposition disposition = order.endAs();
        if (disposition == null || ChatRules.present(chat, presence, time.now()).over()) {
            return CompletableFuture.completedFuture(Outcome.done(new Blocked(block, false, null)));
        }
        ChatCommand command = new ChatCommand.Expel(by, disposition);
        return commands.command(chat.id(), command, Commands.scope(by), commands.newId(), command.toString())
                .thenApply(outcome -> {
                    Refusal refusal = outcome.refusal()
                            .filter(why -> why.code() != RefusalCode.CHAT_OVER)
                            .orElse(null);
                    return Outcome.done(new Blocked(block, outcome.refusal().isEmpty(), refusal));
                });
    }

    /** C15. */
    public Outcome<List<PatronBlock>> blocks(OperatorId by, BlockScope scope) {
        Deed deed = new Deed(Who.operator(by), Operation.SEE_BLOCKS, Concerned.scope(scope));
        return audit.noted(deed, Blocks.visible(presence.directory(), by, scope));
    }

    /** C15. */
    public CompletionStage<Outcome<PatronBlock>> lift(OperatorId by, BlockScope scope, BlockId id) {
        AtomicReference<PatronBlock> lifted = new AtomicReference<>();
        Deed deed = new Deed(Who.operator(by), Operation.LIFT_BLOCK, Concerned.block(scope, id));
        CompletionStage<Outcome<Directory>> change = commands.change(directory -> {
            Outcome<LibraryRecord> record = Blocks.lift(directory, by, scope, id, time.now());
            record.value().ifPresent(block -> lifted.set((PatronBlock) block));
            return record;
        });
        return audit.noting(deed, change)
                .thenApply(outcome -> outcome.map(directory -> Objects.requireNonNull(lifted.get())));
    }

    private Outcome<Subject> find(ChatId id) {
        try {
            Chat live = store.chat(id).orElse(null);
            if (live != null) {
                return Outcome.done(new Subject(live, digest(store.log(id, 0, 1))));
            }
            ArchivedChat kept = archivist.archiving() ? archive.chat(id).orElse(null) : null;
            return kept == null
                    ? Outcome.refused(Access.denied(Operation.KNOW_CHAT))
                    : Outcome.done(new Subject(kept.chat(), digest(kept.log())));
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        }
    }

    private static @Nullable String digest(List<Logged> log) {
        return !log.isEmpty() && log.get(0).content() instanceof Content.PatronDetails patron
                ? Secrets.addressDigest(patron.address())
                : null;
    }
}
