package org.libcoop.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Phase;
import org.libcoop.chat.TranscriptRules;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.FeedbackPage;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Post;

/**
 * QA feedback on chats that were answered through a co-op (X4): given by admins of the patron's library, read and answered by who
 * answered and, by level, their admins. It stands beside the chat, never in it: no patron and no rating of a patron's has to do with
 * it. Reads on the caller's thread. Safe for use by several threads.
 */
public final class QaFeedback {

    /** Stands in no id, which has no control characters. */
    private static final String BETWEEN = "\n";

    private static final String OWNER = "owner" + BETWEEN;

    private final EngineTime time;
    private final Presence presence;
    private final Audience audience;
    private final Transcripts transcripts;
    private final Discussions discussions;
    private final AuditLog audit;
    private final PostOffice office;
    private final FactKeeper counted;

    QaFeedback(
            Ground ground,
            Transcripts transcripts,
            Discussions discussions,
            AuditLog audit,
            PostOffice office,
            FactKeeper counted) {
        this.counted = counted;
        this.time = ground.time();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.transcripts = transcripts;
        this.discussions = discussions;
        this.audit = audit;
        this.office = office;
    }

    /** X4: feedback of an admin of the patron's library. */
    public CompletionStage<Outcome<Post>> give(
            OperatorId by, ChatId chat, @Nullable Integer rating, String text, String commandId) {
        if (rating != null && (rating < 1 || rating > Post.BEST)) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(RefusalCode.INVALID, "a rating is 1 to " + Post.BEST));
        }
        return write(by, null, chat, rating, text, commandId);
    }

    /** X4: an answer to it. */
    public CompletionStage<Outcome<Post>> reply(
            OperatorId by, TranscriptPath path, ChatId chat, String text, String commandId) {
        return write(by, path, chat, null, text, commandId);
    }

    /** @param answering on which path it is an answer; null for feedback itself */
    private CompletionStage<Outcome<Post>> write(
            OperatorId by,
            @Nullable TranscriptPath answering,
            ChatId chat,
            @Nullable Integer rating,
            String text,
            String commandId) {
        TranscriptPath path = answering == null ? TranscriptPath.home() : answering;
        Operation operation = discussing(path);
        Outcome<ArchivedChat> found = transcripts
                .found(by, path, chat, operation)
                .flatMap(archived -> Stored.answered(() -> writable(archived, answering != null)));
        ArchivedChat archived = found.value().orElse(null);
        if (archived == null) {
            return CompletableFuture.completedFuture(found.map(never -> null));
        }
        PostOffice.Draft draft = new PostOffice.Draft(Discussion.on(chat), by, rating, text, commandId);
        Deed deed = new Deed(Who.operator(by), operation, Concerned.chat(chat), commandId);
        CompletionStage<Outcome<Post>> written = office.write(draft, subjects(archived.chat()), () -> found)
                .thenApply(post -> rating == null ? post : counted(archived, post));
        return audit.noting(deed, written);
    }

    /** A rating is acknowledged once reports count it: who hears nothing sends it again, and it is still one. */
    private Outcome<Post> counted(ArchivedChat archived, Outcome<Post> written) {
        return written.flatMap(post -> Stored.answered(() -> {
            counted.keep(List.of(archived));
            return written;
        }));
    }

    /** What reading and answering on a path is; giving is done at home. */
    private static Operation discussing(TranscriptPath path) {
        return path instanceof TranscriptPath.OfCoop ? Operation.DISCUSS_FEEDBACK : Operation.GIVE_FEEDBACK;
    }

    private Outcome<ArchivedChat> writable(ArchivedChat archived, boolean answer) {
        if (Eraser.isNoted(archived.log())) {
            return Outcome.refused(RefusalCode.NOT_ALLOWED, "the content of this chat was deleted");
        }
        if (coops(archived.chat()).isEmpty()) {
            return Outcome.refused(RefusalCode.NOT_ALLOWED, "nobody answered this chat through a co-op");
        }
        boolean begun = !answer
                || !discussions
                        .last(List.of(Discussion.on(archived.chat().id())))
                        .isEmpty();
        return begun
                ? Outcome.done(archived)
                : Outcome.refused(RefusalCode.NOT_ALLOWED, "there is no feedback on this chat yet");
    }

    /** X4: what was written about a chat, from a place on. */
    public Outcome<List<Post>> posts(OperatorId reader, TranscriptPath path, ChatId chat, long from, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        return transcripts
                .found(reader, path, chat, discussing(path))
                .flatMap(archived -> revealed(reader, path, archived))
                .flatMap(archived ->
                        Stored.answered(() -> Outcome.done(discussions.read(Discussion.on(chat), from, limit))));
    }

    /** What is said of others is shown once it is on record. */
    private Outcome<ArchivedChat> revealed(OperatorId reader, TranscriptPath path, ArchivedChat archived) {
        Chat chat = archived.chat();
        Deed deed = new Deed(Who.operator(reader), discussing(path), Concerned.chat(chat.id()));
        return chat.everOwnedBy(reader)
                ? Outcome.done(archived)
                : audit.revealed(deed, List.of(chat.home()), Map.of()).map(recorded -> archived);
    }

    /** X4: that a reader has seen the feedback on a chat up to a place. */
    public Outcome<ChatId> seen(OperatorId reader, TranscriptPath path, ChatId chat, long seq) {
        return transcripts
                .found(reader, path, chat, discussing(path))
                .flatMap(archived -> Stored.answered(() -> {
                    discussions.seen(reader, Discussion.on(chat), seq);
                    return Outcome.done(chat);
                }));
    }

    /** X4: the chats with feedback that somebody may read on a path. */
    public Outcome<FeedbackPage> chats(OperatorId reader, TranscriptPath path, @Nullable String cursor, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        Deed deed = new Deed(Who.operator(reader), discussing(path), audit.transcripts(path, reader));
        String subject = subject(reader, path);
        if (subject == null) {
            return audit.denied(deed, Outcome.refused(Access.denied(discussing(path))));
        }
        Outcome<FeedbackPage> page = Stored.answered(() -> page(reader, subject, cursor, limit));
        boolean others = !subject.startsWith(OWNER) && cursor == null;
        return others
                ? page.flatMap(found -> audit.revealed(deed, List.of(), Map.of("listed", (long)
                                found.rows().size()))
                        .map(recorded -> found))
                : page;
    }

    private Outcome<FeedbackPage> page(OperatorId reader, String subject, @Nullable String cursor, int limit) {
        Discussions.Page found;
        try {
            found = discussions.about(subject, cursor, limit);
        } catch (IllegalArgumentException notOfThisQuery) {
            return Outcome.refused(RefusalCode.INVALID, "this is no cursor of this list");
        }
        Map<Discussion, Long> last = discussions.last(found.rows());
        Map<Discussion, Long> seen = discussions.seen(reader, found.rows());
        return Outcome.done(new FeedbackPage(
                found.rows().stream()
                        .map(about -> new FeedbackPage.Row(
                                ChatId.of(about.id()), last.getOrDefault(about, 0L), seen.getOrDefault(about, 0L)))
                        .toList(),
                found.next()));
    }

    /** Under what the list of a reader is found: the same as the rule of {@link TranscriptRules}, for which level and place are asked now. */
    private @Nullable String subject(OperatorId reader, TranscriptPath path) {
        Operator who = presence.directory().operator(reader).orElse(null);
        if (who == null) {
            return null;
        }
        if (path instanceof TranscriptPath.OfCoop of) {
            CoopId coop = of.coop();
            Level level = Access.level(coop, reader, presence.directory()).orElse(null);
            if (level == Level.COOP_ADMIN) {
                return through(coop);
            }
            if (level == Level.INSTITUTION_ADMIN || Access.isProviderAdmin(reader, coop, presence.directory())) {
                return answered(coop, who.institution());
            }
            return presence.directory().hasPlaceIn(reader, coop) ? owned(coop, reader) : null;
        }
        return who.admin() ? home(who.institution()) : null;
    }

    // ---- Under what feedback is found

    private static Set<String> subjects(Chat chat) {
        Set<String> subjects = new HashSet<>();
        subjects.add(home(chat.home()));
        for (Phase.Ownership ownership : chat.ownerships()) {
            if (ownership.claimedOn().option() instanceof Option.OfCoop of) {
                subjects.add(through(of.coop()));
                subjects.add(answered(of.coop(), ownership.institution()));
                subjects.add(owned(of.coop(), ownership.owner()));
            }
        }
        return subjects;
    }

    private static String home(InstitutionId home) {
        return "home" + BETWEEN + home;
    }

    private static String through(CoopId coop) {
        return "coop" + BETWEEN + coop;
    }

    private static String answered(CoopId coop, InstitutionId by) {
        return "answered" + BETWEEN + coop + BETWEEN + by;
    }

    private static String owned(CoopId coop, OperatorId by) {
        return OWNER + coop + BETWEEN + by;
    }

    /** The co-ops through which the chat was answered. */
    private static Set<CoopId> coops(Chat chat) {
        Set<CoopId> coops = new HashSet<>();
        for (Phase.Ownership ownership : chat.ownerships()) {
            if (ownership.claimedOn().option() instanceof Option.OfCoop of) {
                coops.add(of.coop());
            }
        }
        return coops;
    }

    // ---- Telling

    /** Tells who answered the chat or wrote about it, and is connected here, that there is something new; not who wrote it. */
    void tell(Post post) {
        Set<OperatorId> connected = new HashSet<>(audience.connected());
        connected.remove(post.by());
        if (connected.isEmpty()) {
            return;
        }
        ChatId id = ChatId.of(post.discussion().id());
        Chat chat = transcripts.chat(id).map(ArchivedChat::chat).orElse(null);
        if (chat == null) {
            return;
        }
        Set<OperatorId> concerned = new HashSet<>();
        chat.ownerships().forEach(ownership -> concerned.add(ownership.owner()));
        discussions.read(post.discussion(), 1, Discussions.PAGE).forEach(written -> concerned.add(written.by()));
        concerned.retainAll(connected);
        concerned.stream()
                .filter(operator -> mayRead(operator, chat))
                .forEach(operator -> audience.tell(operator, new Notice.Feedback(id, post.seq())));
    }

    private boolean mayRead(OperatorId operator, Chat chat) {
        return mayRead(operator, chat, TranscriptPath.home())
                || coops(chat).stream().anyMatch(coop -> mayRead(operator, chat, TranscriptPath.coop(coop)));
    }

    private boolean mayRead(OperatorId operator, Chat chat, TranscriptPath path) {
        return TranscriptRules.refusal(chat, path, discussing(path), operator, presence, time.now())
                .isEmpty();
    }
}
