package org.libcoop.engine;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content.FileDetails;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.FileType;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Ids;
import org.libcoop.spi.SharedFile;
import org.libcoop.spi.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are shared in chats (U1). The bytes go to the vault first, then the command; what was not committed is taken out again.
 * Safe for use by several threads.
 */
public final class Files {

    /** Every drawn part begins so: a file with nothing behind it sorts before all others of its chat. */
    static final String DRAWN = "f";

    private static final Logger LOG = LoggerFactory.getLogger(Files.class);

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Questions questions;
    private final Commands commands;
    private final StrangerLimits limits;
    private final Ids ids;
    private final @Nullable FileVault vault;
    private final Map<String, FileType> types = new HashMap<>();
    private final Executor executor;

    /** @param executor what takes refused files out of the vault, beside the pipeline */
    Files(
            Ground ground,
            NodeOptions options,
            Questions questions,
            Commands commands,
            StrangerLimits limits,
            Executor executor) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.questions = questions;
        this.commands = commands;
        this.limits = limits;
        this.ids = options.ids();
        this.vault = options.vault();
        this.executor = executor;
        options.fileTypes().forEach(type -> types.put(type.mediaType(), type));
    }

    /** A file in the vault that no log names yet. */
    private record Taken(FileId file, FileVault.Stored stored, FileType type, String digest) {}

    // ---- Sharing

    /** U1. */
    public CompletionStage<Outcome<Receipt>> share(
            FileUser user, ChatId chat, String name, InputStream content, String commandId) throws IOException {
        FileVault held = vault;
        Policies policies = presence.directory().policies();
        if (!CommandId.fits(commandId)) {
            return commands.unfit();
        }
        Outcome<Chat> turn = Stored.answered(() -> turn(user, chat, commandId));
        if (turn.refusal().isPresent()) {
            return CompletableFuture.completedFuture(turn.map(never -> new Receipt(chat, 0)));
        }
        if (held == null || policies.uploadLimitBytes() == 0) {
            return refused(RefusalCode.UNSUPPORTED, "no files are shared here");
        }
        Outcome<Taken> taken = take(held, chat, content, policies);
        Taken file = taken.value().orElse(null);
        return file == null
                ? CompletableFuture.completedFuture(taken.map(never -> new Receipt(chat, 0)))
                : send(held, user, file, name, commandId);
    }

    private static CompletionStage<Outcome<Receipt>> refused(RefusalCode code, String message) {
        return CompletableFuture.completedFuture(Outcome.refused(code, message));
    }

    /** Why a file would be refused, whatever it is, before a byte of it is read. What was sent before is asked about later (G5). */
    private Outcome<Chat> turn(FileUser user, ChatId id, String commandId) {
        if (store.result(id, scope(user), commandId).isPresent()) {
            Optional<Chat> known = store.chat(id);
            if (known.isPresent()) {
                return Outcome.done(known.get());
            }
        }
        return shares(user, id)
                .flatMap(chat -> ChatRules.noRoom(chat, 1, presence.directory().policies())
                        .map(Outcome::<Chat>refused)
                        .orElseGet(() -> Outcome.done(chat)));
    }

    private Outcome<Chat> shares(FileUser user, ChatId id) {
        if (user instanceof FileUser.OfStaff staff) {
            return questions.find(staff.operator(), id, Operation.SHARE_FILE);
        }
        PatronConnection patron = ((FileUser.OfPatron) user).patron();
        if (patron.isDropped()) {
            return Outcome.refused(RefusalCode.UNAVAILABLE, "this connection was given up; connect again");
        }
        if (!limits.mayWrite(patron, presence.directory().policies(), time.now())) {
            return Outcome.refused(RefusalCode.RATE_LIMITED, "too many messages; wait a little");
        }
        return questions
                .ofPatron(patron, id, Operation.SHARE_FILE)
                .flatMap(chat -> ChatRules.present(chat, presence, time.now()).over()
                        ? Outcome.refused(RefusalCode.CHAT_OVER, "the chat is over")
                        : Outcome.done(chat));
    }

    private Outcome<Taken> take(FileVault held, ChatId chat, InputStream content, Policies policies)
            throws IOException {
        FileId file = FileId.of(chat, DRAWN + ids.next());
        DigestInputStream read = new DigestInputStream(content, Secrets.sha256());
        FileVault.Stored stored;
        try {
            stored = held.put(file, read, policies.uploadLimitBytes()).orElse(null);
        } catch (RuntimeException failed) {
            LOG.error("The vault did not take file {}", file, failed);
            return Outcome.refused(RefusalCode.UNAVAILABLE, "files cannot be kept now");
        }
        if (stored == null) {
            return Outcome.refused(
                    RefusalCode.TOO_LARGE, "the file is larger than " + policies.uploadLimitBytes() + " bytes");
        }
        FileType type = types.get(stored.mediaType());
        if (type == null || stored.size() == 0) {
            takeOut(held, file);
            return Outcome.refused(RefusalCode.FILE_TYPE, "files of this type are not shared here");
        }
        String digest = HexFormat.of().formatHex(read.getMessageDigest().digest());
        return Outcome.done(new Taken(file, stored, type, digest));
    }

    private CompletionStage<Outcome<Receipt>> send(
            FileVault held, FileUser user, Taken taken, String given, String commandId) {
        Author by = user instanceof FileUser.OfStaff staff ? Author.operator(staff.operator()) : Author.patron();
        String name = taken.type().named(FileDetails.cleaned(given), FileDetails.NAME_LIMIT);
        FileId file = taken.file();
        ChatCommand command = new ChatCommand.ShareFile(
                by, file, name, taken.stored().mediaType(), taken.stored().size());
        String same = "file " + file.chat() + ' ' + taken.digest() + ' ' + name;
        return commands.command(file.chat(), command, scope(user), commandId, same)
                .thenCompose(outcome -> settled(held, file, outcome));
    }

    private static String scope(FileUser user) {
        return user instanceof FileUser.OfStaff staff
                ? Commands.scope(staff.operator())
                : Commands.scope(((FileUser.OfPatron) user).patron());
    }

    /** What is refused is gone when it is said so; of a resend the second bytes go soon. What is not known is looked for later. */
    private CompletionStage<Outcome<Receipt>> settled(FileVault held, FileId file, Outcome<Receipt> outcome) {
        Refusal refusal = outcome.refusal().orElse(null);
        if (refusal == null) {
            beside(() -> takeOutIfSecond(held, file, outcome.value().orElseThrow()));
            return CompletableFuture.completedFuture(outcome);
        }
        if (refusal.code().applied() != RefusalCode.Applied.NO) {
            return CompletableFuture.completedFuture(outcome);
        }
        CompletableFuture<Outcome<Receipt>> answer = new CompletableFuture<>();
        boolean taken = beside(() -> {
            takeOut(held, file);
            answer.complete(outcome);
        });
        return taken ? answer : CompletableFuture.completedFuture(outcome);
    }

    private boolean beside(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException down) {
            LOG.debug("The executor takes nothing any more", down);
            return false;
        }
    }

    private void takeOutIfSecond(FileVault held, FileId file, Receipt receipt) {
        try {
            long from = Math.max(0, receipt.seq() - Store.PAGE);
            boolean named = store.log(file.chat(), from, Store.PAGE).stream()
                    .anyMatch(entry -> entry.event() instanceof FileShared shared
                            && shared.file().equals(file));
            if (!named) {
                takeOut(held, file);
            }
        } catch (RuntimeException notNow) {
            LOG.debug("Whether file {} came twice is looked at later", file, notNow);
        }
    }

    private static void takeOut(FileVault held, FileId file) {
        try {
            held.delete(file);
        } catch (RuntimeException failed) {
            LOG.warn("File {} could not be taken out of the vault; it is looked for again", file, failed);
        }
    }

    // ---- Getting

    /** U1, M4: for who may follow the chat. */
    public Outcome<SharedFile> open(FileUser user, ChatId chat, FileId file) {
        return Stored.answered(() -> {
            Outcome<Chat> found = user instanceof FileUser.OfStaff staff
                    ? questions.find(staff.operator(), chat, Operation.READ_FILE)
                    : questions.ofPatron(((FileUser.OfPatron) user).patron(), chat, Operation.READ_FILE);
            return found.flatMap(followed -> open(chat, file, WholeLog.of(store, followed, List.of())));
        });
    }

    /** The file, if this log of that chat has it. Who may read the log may have it. */
    Outcome<SharedFile> open(ChatId chat, FileId file, List<Logged> log) {
        FileVault held = vault;
        for (Logged entry : log) {
            FileDetails details = entry.file().orElse(null);
            if (held != null
                    && details != null
                    && entry.event() instanceof FileShared shared
                    && shared.file().equals(file)
                    && file.chat().equals(chat)) {
                return open(held, shared, details);
            }
        }
        return gone();
    }

    private static Outcome<SharedFile> open(FileVault held, FileShared shared, FileDetails details) {
        try {
            return held.open(shared.file())
                    .map(content ->
                            Outcome.done(new SharedFile(details.name(), details.mediaType(), shared.size(), content)))
                    .orElseGet(Files::gone);
        } catch (RuntimeException failed) {
            LOG.error("The vault did not give file {}", shared.file(), failed);
            return Outcome.refused(RefusalCode.UNAVAILABLE, "files cannot be read now");
        }
    }

    private static Outcome<SharedFile> gone() {
        return Outcome.refused(Access.denied(Operation.KNOW_CHAT));
    }
}
