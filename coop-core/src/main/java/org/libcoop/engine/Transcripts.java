package org.libcoop.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Receipt;
import org.libcoop.chat.TranscriptRules;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.SignedIn;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.SharedFile;
import org.libcoop.spi.Store;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TranscriptFormat;

/**
 * Transcripts (X1–X3, X5, A4): read from the archive, which has each chat once. What is over but not there yet is brought there
 * first, so that whoever ends a chat finds it. Safe for use by several threads.
 */
public final class Transcripts {

    /** What stands where a message was redacted. */
    static final String REDACTED = "[redacted]";

    private static final int EXPORT_PAGE = 50;

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Archive archive;
    private final Archivist archivist;
    private final Commands commands;
    private final AuditLog audit;
    private final @Nullable Mailer mailer;
    private final Files files;
    private final Explainer explainer;

    Transcripts(
            Ground ground,
            Archive archive,
            Archivist archivist,
            Commands commands,
            AuditLog audit,
            @Nullable Mailer mailer,
            Files files,
            Explainer explainer) {
        this.files = files;
        this.explainer = explainer;
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.archive = archive;
        this.archivist = archivist;
        this.commands = commands;
        this.audit = audit;
        this.mailer = mailer;
    }

    /** X5: what {@code by} may read on {@code path} of what {@code filter} asks for. */
    public Outcome<ArchivePage> search(
            OperatorId by, TranscriptPath path, ArchiveQuery filter, @Nullable String cursor, int limit) {
        Deed deed = reading(by, path);
        return answered(() -> {
            Outcome<Optional<ArchiveQuery>> scoped = audit.denied(deed, scoped(by, path, filter));
            ArchiveQuery scope = scoped.value().orElse(Optional.empty()).orElse(null);
            Outcome<ArchivePage> page = scoped.flatMap(query -> page(query, cursor, limit));
            // What somebody owned is no secret from them, and a page behind another is the same search.
            boolean others = scope != null && !by.equals(scope.operator()) && cursor == null;
            return others
                    ? page.flatMap(found -> audit.revealed(deed, List.of(), Map.of("listed", (long)
                                    found.rows().size()))
                            .map(recorded -> found))
                    : page;
        });
    }

    private Deed reading(OperatorId by, TranscriptPath path) {
        return new Deed(Who.operator(by), TranscriptRules.reading(path), audit.transcripts(path, by));
    }

    private Outcome<ArchivePage> page(Optional<ArchiveQuery> scope, @Nullable String cursor, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        if (scope.isEmpty()) {
            return Outcome.done(new ArchivePage(List.of(), null));
        }
        try {
            return Outcome.done(archive.search(scope.get(), cursor, limit));
        } catch (IllegalArgumentException notOfThisQuery) {
            return Outcome.refused(RefusalCode.INVALID, "this is no cursor of this search, or no longer");
        }
    }

    /** X5: since when the library of {@code by} is, or last was, without anybody signed in. */
    public Outcome<Optional<Instant>> signedOffSince(OperatorId by) {
        return answered(() -> {
            Operator who = directory().operator(by).orElse(null);
            if (who == null) {
                return audit.denied(
                        reading(by, TranscriptPath.home()), Outcome.refused(Access.denied(Operation.READ_AT_HOME)));
            }
            List<List<OperatorPresence>> rows = directory().operators(who.institution()).stream()
                    .map(colleague -> store.presence(colleague.id(), 0))
                    .toList();
            return Outcome.done(SignedIn.signedOffSince(
                    rows, node -> presence.lastRenewalOfDead(node).orElse(null), time.now()));
        });
    }

    /** A4: one transcript whole. */
    public Outcome<ArchivedChat> read(OperatorId by, TranscriptPath path, ChatId chat) {
        return answered(() -> {
            Operation operation = TranscriptRules.reading(path);
            return find(by, path, chat, operation)
                    .flatMap(archived -> archived.chat().everOwnedBy(by)
                            ? Outcome.done(archived)
                            : revealed(by, operation, archived))
                    .map(ArchivedChat::withoutAddress);
        });
    }

    /** E1: why the chat of a transcript was offered to whom. */
    public Outcome<Explanation> explain(OperatorId by, TranscriptPath path, ChatId chat) {
        return read(by, path, chat)
                .flatMap(archived -> answered(() -> {
                    Explanation whole = explainer.explain(archived);
                    return Outcome.done(
                            path instanceof TranscriptPath.OfCoop ? Explainer.toldTo(by, directory(), whole) : whole);
                }));
    }

    /** U1: one file of a transcript. */
    public Outcome<SharedFile> file(OperatorId by, TranscriptPath path, ChatId chat, FileId file) {
        return read(by, path, chat).flatMap(archived -> files.open(chat, file, archived.log()));
    }

    /** What others owned is shown once it is on record. */
    private Outcome<ArchivedChat> revealed(OperatorId by, Operation operation, ArchivedChat archived) {
        Chat chat = archived.chat();
        return audit.revealed(
                        new Deed(Who.operator(by), operation, Concerned.chat(chat.id())),
                        List.of(chat.home()),
                        Map.of())
                .map(recorded -> archived);
    }

    /** X3. */
    public CompletionStage<Outcome<ChatId>> redact(OperatorId by, ChatId chat, long seq) {
        return erase(by, chat, seq);
    }

    /** X2. */
    public CompletionStage<Outcome<ChatId>> delete(OperatorId by, ChatId chat) {
        return erase(by, chat, null);
    }

    /** First it is gone everywhere, then the log says so: whatever fails in between is done by doing it again. */
    private CompletionStage<Outcome<ChatId>> erase(OperatorId by, ChatId chat, @Nullable Long seq) {
        Operation operation = seq == null ? Operation.DELETE_CONTENT : Operation.REDACT;
        Outcome<ArchivedChat> found = answered(() -> {
            return find(by, TranscriptPath.home(), chat, operation).flatMap(archived -> takeOut(archived, seq));
        });
        ArchivedChat archived = found.value().orElse(null);
        if (archived == null) {
            return CompletableFuture.completedFuture(found.map(never -> chat));
        }
        ChatCommand.Erase command = new ChatCommand.Erase(by, seq);
        return commands.command(chat, command, Commands.scope(by), commands.newId(), command.toString())
                .thenApply(noted -> noted.refusal()
                                .filter(refusal -> refusal.code() == RefusalCode.NOT_FOUND)
                                .isPresent()
                        ? noteInArchive(archived, command)
                        : noted.map(Receipt::chat))
                .thenApply(erased -> {
                    Deed deed = new Deed(Who.operator(by), operation, Concerned.chat(chat));
                    erased.value()
                            .ifPresent(done -> audit.done(
                                    deed,
                                    List.of(archived.chat().home()),
                                    seq == null ? Map.of() : Map.of("entry", seq)));
                    return erased;
                });
    }

    private Outcome<ArchivedChat> takeOut(ArchivedChat archived, @Nullable Long seq) {
        ChatId chat = archived.chat().id();
        boolean done = seq == null ? archivist.deleteContent(chat) : archivist.redact(chat, seq, REDACTED);
        return done ? Outcome.done(archived) : Outcome.refused(RefusalCode.NOT_FOUND, "the chat has no such message");
    }

    /** The store has forgotten the chat: its log goes on in the archive. */
    private Outcome<ChatId> noteInArchive(ArchivedChat archived, ChatCommand.Erase command) {
        return answered(() -> {
            ArchivedChat newest = archive.chat(archived.chat().id()).orElse(archived);
            ChatEvent.ContentErased erased = new ChatEvent.ContentErased(command.by(), command.seq());
            archive.keep(List.of(Eraser.goneOn(newest, erased, time)));
            return Outcome.done(newest.chat().id());
        });
    }

    /** A4: home only; what was for the staff only stays at home (M1). */
    public Outcome<ChatId> email(OperatorId by, ChatId chat, String address) {
        return answered(() -> {
            return find(by, TranscriptPath.home(), chat, Operation.EMAIL_TRANSCRIPT)
                    .flatMap(archived -> {
                        if (!TicketContent.isEmail(address)) {
                            return Outcome.refused(RefusalCode.INVALID, "this is no email address");
                        }
                        if (mailer == null) {
                            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment sends no email");
                        }
                        return revealed(by, Operation.EMAIL_TRANSCRIPT, archived)
                                .flatMap(recorded -> send(mailer, recorded, address));
                    });
        });
    }

    private Outcome<ChatId> send(Mailer to, ArchivedChat archived, String address) {
        StringBuilder text = new StringBuilder();
        try {
            new TranscriptText(new TranscriptNames(directory()), text, false).write(archived);
            to.send(new Mailer.Mail(address, "Your chat with " + nameOfHome(archived), text.toString()));
        } catch (RuntimeException | IOException notTaken) {
            return Outcome.refused(RefusalCode.UNAVAILABLE, "the mail could not be sent now");
        }
        return Outcome.done(archived.chat().id());
    }

    private String nameOfHome(ArchivedChat archived) {
        return directory()
                .institution(archived.chat().home())
                .map(institution -> institution.name())
                .orElse(archived.chat().home().value());
    }

    /** X5: everything that a search would find, chat by chat, each asked for again when its turn comes; how many were written. */
    public Outcome<Long> export(
            OperatorId by, TranscriptPath path, ArchiveQuery filter, TranscriptFormat format, Appendable out)
            throws IOException {
        Outcome<AuditRecord> allowed = answered(() -> audit.denied(reading(by, path), scoped(by, path, filter))
                .flatMap(scope -> audit.revealed(reading(by, path), List.of(), Map.of())));
        if (allowed.refusal().isPresent()) {
            return allowed.map(never -> 0L);
        }
        TranscriptExport export = TranscriptExport.of(format, directory(), out);
        String cursor = null;
        long written = 0;
        do {
            String behind = cursor;
            Outcome<ArchivePage> found =
                    answered(() -> scoped(by, path, filter).flatMap(scope -> page(scope, behind, EXPORT_PAGE)));
            ArchivePage page = found.value().orElse(null);
            if (page == null) {
                return found.map(never -> 0L);
            }
            for (ArchivedSummary row : page.rows()) {
                ArchivedChat archived = answered(() ->
                                allowed(by, path, archive.chat(row.chat()).orElse(null), TranscriptRules.reading(path)))
                        .value()
                        .orElse(null);
                if (archived != null) {
                    export.write(archived);
                    written++;
                }
            }
            cursor = page.next();
        } while (cursor != null);
        audit.done(reading(by, path), List.of(), Map.of("exported", written));
        return Outcome.done(written);
    }

    /** A chat that is over, if {@code by} may do {@code operation} with its transcript; a denial is noted. */
    Outcome<ArchivedChat> found(OperatorId by, TranscriptPath path, ChatId chat, Operation operation) {
        return answered(() -> find(by, path, chat, operation));
    }

    /** A chat that is over, for nobody in particular. */
    Optional<ArchivedChat> chat(ChatId chat) {
        return archive.chat(chat);
    }

    private Outcome<ArchivedChat> find(OperatorId by, TranscriptPath path, ChatId chat, Operation operation) {
        Deed deed = new Deed(Who.operator(by), operation, Concerned.chat(chat));
        ArchivedChat archived = archive.chat(chat).orElse(null);
        return audit.denied(
                deed, archived == null ? null : archived.chat().home(), allowed(by, path, archived, operation));
    }

    private Outcome<ArchivedChat> allowed(
            OperatorId by, TranscriptPath path, @Nullable ArchivedChat archived, Operation operation) {
        return archived == null
                ? Outcome.refused(Access.denied(Operation.KNOW_CHAT))
                : TranscriptRules.refusal(archived.chat(), path, operation, by, presence, time.now())
                        .map(Outcome::<ArchivedChat>refused)
                        .orElseGet(() -> Outcome.done(archived));
    }

    /**
     * The rule of {@link TranscriptRules} as a query, narrowed by {@code filter}; empty where the two exclude each other.
     * Operator, answering institution and co-op speak of one ownership, the scope's and the filter's alike.
     */
    private Outcome<Optional<ArchiveQuery>> scoped(OperatorId by, TranscriptPath path, ArchiveQuery filter) {
        return ReadingScope.of(by, path, directory()).map(scope -> scope.narrow(filter));
    }

    private <T> Outcome<T> answered(Supplier<Outcome<T>> question) {
        if (!archivist.archiving()) {
            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment keeps no transcripts");
        }
        return Stored.answered(() -> {
            archivist.catchUp(time.now());
            return question.get();
        });
    }

    private Directory directory() {
        return presence.directory();
    }
}
