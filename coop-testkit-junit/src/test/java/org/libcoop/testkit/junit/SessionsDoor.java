package org.libcoop.testkit.junit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.AccountSession;
import org.libcoop.CoopEngine;
import org.libcoop.FileSession;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.FeedbackPage;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.talk.OpenRoom;
import org.libcoop.talk.Room;

/** The sessions of the engine themselves. */
class SessionsDoor implements AccessDoor {

    private static final TicketContent QUESTION = new TicketContent("Where?", null, "a@example.edu", false);

    private final List<AutoCloseable> sessions = new ArrayList<>();

    @Override
    public AccessActor actor(CoopEngine engine, Principal who) {
        if (who instanceof Principal.OfOperator staff) {
            OperatorSession session =
                    engine.connectOperator(staff.operator(), notice -> {}).orElseThrow();
            sessions.add(session);
            return new Staff(
                    session,
                    engine.accounts(staff.operator()),
                    chat -> newestMessage(engine, chat),
                    chat -> newestFile(engine, chat),
                    engine::now);
        }
        PatronSession session =
                engine.connectPatron((Principal.OfPatron) who, "", notice -> {}).orElseThrow();
        sessions.add(session);
        return new Patron(session, chat -> newestFile(engine, chat));
    }

    @Override
    public void close() {
        try {
            for (AutoCloseable session : sessions) {
                session.close();
            }
        } catch (Exception failed) {
            throw new IllegalStateException("a session cannot be closed", failed);
        }
    }

    private static long newestMessage(CoopEngine engine, ChatId chat) {
        return engine.inspect(chat).stream()
                .flatMap(seen -> seen.log().stream())
                .filter(entry -> entry.event() instanceof ChatEvent.MessageSaid)
                .mapToLong(Logged::seq)
                .max()
                .orElse(1);
    }

    private static FileId newestFile(CoopEngine engine, ChatId chat) {
        return engine.inspect(chat).stream()
                .flatMap(seen -> seen.log().stream())
                .map(Logged::event)
                .filter(ChatEvent.FileShared.class::isInstance)
                .map(event -> ((ChatEvent.FileShared) event).file())
                .reduce((older, newer) -> newer)
                .orElse(FileId.of(chat, "f1"));
    }

    private static AccessActor.Answer shared(FileSession files, ChatId chat) {
        byte[] text = "a file".getBytes(StandardCharsets.UTF_8);
        try {
            return answer(files.share(chat, "file.txt", new ByteArrayInputStream(text)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static AccessActor.Answer answer(CompletionStage<? extends Outcome<?>> asked) {
        return AccessActor.Answer.of(asked.toCompletableFuture().join());
    }

    private record Staff(
            OperatorSession session,
            AccountSession accounts,
            ToLongFunction<ChatId> message,
            Function<ChatId, FileId> file,
            Supplier<Instant> clock)
            implements AccessActor {

        @Override
        public Answer chat(ChatId chat) {
            return Answer.of(session.chat(chat));
        }

        @Override
        public Answer conversation(ChatId chat) {
            return Answer.of(session.conversation(chat, 0));
        }

        @Override
        public Answer preview(ChatId chat) {
            return Answer.of(session.preview(chat));
        }

        @Override
        public Answer claim(ChatId chat) {
            return answer(session.claim(chat));
        }

        @Override
        public Answer dismiss(ChatId chat, String reason) {
            return answer(session.dismiss(chat, reason));
        }

        @Override
        public Answer hurry(ChatId chat, Stage seen) {
            return answer(session.hurry(chat, seen));
        }

        @Override
        public Answer say(ChatId chat, String text) {
            return answer(session.say(chat, text));
        }

        @Override
        public Answer note(ChatId chat, String text) {
            return answer(session.note(chat, text));
        }

        @Override
        public Answer typing(ChatId chat) {
            session.typing(chat, true);
            return Answer.done();
        }

        @Override
        public Answer seen(ChatId chat, long seq) {
            session.seen(chat, seq);
            return Answer.done();
        }

        @Override
        public Answer end(ChatId chat) {
            return answer(session.end(chat, Disposition.ANSWERED));
        }

        @Override
        public Answer transfer(ChatId chat, Option to) {
            return answer(session.transfer(chat, to));
        }

        @Override
        public Answer withdraw(ChatId chat) {
            return answer(session.withdraw(chat));
        }

        @Override
        public Answer transferTargets(ChatId chat) {
            return Answer.of(session.transferTargets(chat));
        }

        @Override
        public Answer accept(ChatId chat) {
            return answer(session.accept(chat));
        }

        @Override
        public Answer decline(ChatId chat) {
            return answer(session.decline(chat));
        }

        @Override
        public Answer share(ChatId chat) {
            return shared(session.files(), chat);
        }

        @Override
        public Answer file(ChatId chat) {
            return Answer.of(session.files().file(chat, file.apply(chat)));
        }

        @Override
        public Answer file(TranscriptPath path, ChatId chat) {
            return Answer.of(session.transcripts().file(path, chat, file.apply(chat)));
        }

        @Override
        public Answer read(TranscriptPath path, ChatId chat) {
            return Answer.of(session.transcripts().read(path, chat));
        }

        @Override
        public Answer explain(TranscriptPath path, ChatId chat) {
            return Answer.of(session.transcripts().explain(path, chat));
        }

        @Override
        public Answer redact(ChatId chat) {
            return answer(session.transcripts().redact(chat, message.applyAsLong(chat)));
        }

        @Override
        public Answer delete(ChatId chat) {
            return answer(session.transcripts().delete(chat));
        }

        @Override
        public Answer email(ChatId chat) {
            Answer answer = Answer.of(session.transcripts().email(chat, "a@example.edu"));
            // The engine of the contract has no mailer: that is found out last.
            return answer.why()
                            .filter(why -> why.code() == RefusalCode.UNSUPPORTED)
                            .isPresent()
                    ? Answer.done()
                    : answer;
        }

        @Override
        public Set<ChatId> search(TranscriptPath path) {
            return session.transcripts()
                    .search(path, ArchiveQuery.ALL, null, Archive.PAGE)
                    .value()
                    .map(page -> page.rows().stream().map(ArchivedSummary::chat).collect(Collectors.toSet()))
                    .orElse(Set.of());
        }

        @Override
        public Set<ChatId> export(TranscriptPath path) {
            StringBuilder out = new StringBuilder();
            try {
                session.transcripts().export(path, ArchiveQuery.ALL, TranscriptFormat.CSV, out);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
            return out.toString()
                    .lines()
                    .skip(1)
                    .map(line -> ChatId.of(line.substring(0, line.indexOf(','))))
                    .collect(Collectors.toSet());
        }

        @Override
        public Answer give(ChatId chat) {
            return answer(session.feedback().give(chat, 3, "rather slow"));
        }

        @Override
        public Answer reply(TranscriptPath path, ChatId chat) {
            return answer(session.feedback().reply(path, chat, "it was busy"));
        }

        @Override
        public Answer posts(TranscriptPath path, ChatId chat) {
            return Answer.of(session.feedback().posts(path, chat, 1, 10));
        }

        @Override
        public Answer seen(TranscriptPath path, ChatId chat) {
            return Answer.of(session.feedback().seen(path, chat, 1));
        }

        @Override
        public Set<ChatId> chats(TranscriptPath path) {
            return session.feedback()
                    .chats(path, null, Archive.PAGE)
                    .value()
                    .map(page ->
                            page.rows().stream().map(FeedbackPage.Row::chat).collect(Collectors.toSet()))
                    .orElse(Set.of());
        }

        @Override
        public Answer posts(Room room) {
            return Answer.of(session.posts(room, 1, 10));
        }

        @Override
        public Answer post(Room room) {
            return answer(session.post(room, "hello"));
        }

        @Override
        public Answer seenRoom(Room room) {
            return Answer.of(session.seenRoom(room, 1));
        }

        @Override
        public Set<Room> rooms() {
            return session.rooms().orElseThrow().stream().map(OpenRoom::room).collect(Collectors.toSet());
        }

        @Override
        public Answer active() {
            session.active();
            return Answer.done();
        }

        @Override
        public Answer remaining() {
            session.remaining();
            return Answer.done();
        }

        @Override
        public Answer endSession(OperatorId colleague) {
            return answer(session.endSession(colleague));
        }

        @Override
        public Set<ChatId> waiting() {
            return session.waiting().stream().map(Notice.ChatSummary::chat).collect(Collectors.toSet());
        }

        @Override
        public Set<ChatId> owned() {
            return session.owned().stream().map(Notice.ChatState::chat).collect(Collectors.toSet());
        }

        @Override
        public Answer signIn() {
            return answer(session.signIn());
        }

        @Override
        public Answer signOut() {
            return answer(session.signOut());
        }

        @Override
        public Answer status() {
            return answer(session.status(Status.AWAY));
        }

        @Override
        public Answer monitor(Option option, boolean on) {
            return answer(session.monitor(option, on));
        }

        @Override
        public Answer online(Stage stage) {
            return Answer.of(session.online(stage));
        }

        @Override
        public Answer accounts(CoopId coop) {
            return Answer.of(session.accounts(coop));
        }

        @Override
        public Answer grant(OperatorId who, CoopId coop, Level level) {
            return answer(session.grant(who, coop, level));
        }

        @Override
        public Answer revoke(CoopAccount account) {
            return answer(session.revoke(account.operator(), account.coop()));
        }

        @Override
        public Answer setCoverage(Membership membership, Coverage coverage) {
            return answer(session.setCoverage(membership.institution(), membership.coop(), coverage));
        }

        @Override
        public Answer block(ChatId chat, @Nullable CoopId coop, boolean end) {
            Instant until = clock.get().plus(Duration.ofDays(1));
            Disposition endAs = end ? Disposition.LOST : null;
            BlockOrder order = new BlockOrder(coop, true, false, "spam", until, endAs);
            Outcome<Blocked> outcome =
                    session.blocks().block(chat, order).toCompletableFuture().join();
            return outcome.value()
                    .flatMap(Blocked::notEnded)
                    .map(Answer::refused)
                    .orElse(Answer.of(outcome));
        }

        @Override
        public Answer openTicket(ChatId chat) {
            return Answer.of(session.tickets().openTicket(chat, QUESTION));
        }

        @Override
        public Answer ticketsOf(ChatId chat) {
            return Answer.of(session.tickets().ticketsOf(chat));
        }

        @Override
        public Answer blocks(BlockScope scope) {
            return Answer.of(session.blocks().blocks(scope));
        }

        @Override
        public Answer lift(PatronBlock block) {
            return answer(session.blocks().lift(block.scope(), block.id()));
        }

        @Override
        public Answer groups() {
            return Answer.of(session.faq().groups());
        }

        @Override
        public Answer searchFaq() {
            return Answer.of(session.faq().search("open", null, null, 10));
        }

        @Override
        public Answer entry() {
            return Answer.of(session.faq().entry("public"));
        }

        @Override
        public Answer searchFaq(ChatId chat) {
            return Answer.of(session.faq().search(chat, "open", null, null, 10));
        }

        @Override
        public Answer entry(ChatId chat) {
            return Answer.of(session.faq().entry(chat, "public"));
        }

        @Override
        public Answer staffing(ChatId chat) {
            return Answer.of(session.faq().staffing(chat, "staff"));
        }

        @Override
        public Answer send(ChatId chat) {
            return answer(session.faq().send(chat, "public"));
        }

        @Override
        public Answer release(ChatId chat, String text) {
            return answer(session.release(chat, text));
        }

        @Override
        public Answer card(ChatId chat) {
            return Answer.of(session.faq().card(chat));
        }

        @Override
        public Answer saveCard(InstitutionId institution) {
            return answer(session.faq().saveCard(InstitutionCard.empty(institution)));
        }

        @Override
        public Answer canned(BlockScope scope) {
            return Answer.of(accounts.canned(scope));
        }

        @Override
        public Answer saveCanned(BlockScope scope) {
            return answer(accounts.saveCanned(CannedMessages.none(scope)));
        }

        @Override
        public Answer saveWidget(Widget widget) {
            return answer(session.saveWidget(widget));
        }

        @Override
        public Answer audit(InstitutionId institution) {
            return Answer.of(accounts.audit(institution, AuditQuery.ALL, null, 10));
        }

        @Override
        public Answer exportPatron(String email) {
            try {
                return Answer.of(session.transcripts().exportPatron(email, new StringBuilder()));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public Answer erasePatron(String email) {
            return answer(session.transcripts().erasePatron(email));
        }

        @Override
        public Answer setRetention(InstitutionId institution) {
            Duration month = Duration.ofDays(30);
            return answer(accounts.setRetention(institution, month, month.multipliedBy(2)));
        }
    }

    private record Patron(PatronSession session, Function<ChatId, FileId> file) implements AccessActor {

        @Override
        public Answer share(ChatId chat) {
            return shared(session.files(), chat);
        }

        @Override
        public Answer file(ChatId chat) {
            return Answer.of(session.files().file(chat, file.apply(chat)));
        }

        @Override
        public Answer chat(ChatId chat) {
            return session.chatId()
                    .filter(chat::equals)
                    .map(mine -> Answer.done())
                    .orElseGet(Answer::none);
        }

        @Override
        public Answer conversation(ChatId chat) {
            return chat(chat);
        }

        @Override
        public Answer say(ChatId chat, String text) {
            return answer(session.say(chat, text, "say"));
        }

        @Override
        public Answer rate(ChatId chat) {
            return answer(session.rate(chat, 4, null));
        }

        @Override
        public Answer askByTicket(ChatId chat) {
            return Answer.of(session.askByTicket(chat, QUESTION, "ask"));
        }

        @Override
        public Answer leave(ChatId chat) {
            return answer(session.leave(chat, "leave"));
        }
    }
}
