package org.libcoop.testkit.junit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TranscriptFormat;

/** The sessions of the engine themselves. */
class SessionsDoor implements AccessDoor {

    private final List<AutoCloseable> sessions = new ArrayList<>();

    @Override
    public AccessActor actor(CoopEngine engine, Principal who) {
        if (who instanceof Principal.OfOperator staff) {
            OperatorSession session =
                    engine.connectOperator(staff.operator(), notice -> {}).orElseThrow();
            sessions.add(session);
            return new Staff(session, chat -> newestMessage(engine, chat));
        }
        PatronSession session =
                engine.connectPatron((Principal.OfPatron) who, "", notice -> {}).orElseThrow();
        sessions.add(session);
        return new Patron(session);
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

    private static AccessActor.Answer answer(CompletionStage<? extends Outcome<?>> asked) {
        return AccessActor.Answer.of(asked.toCompletableFuture().join());
    }

    private record Staff(OperatorSession session, ToLongFunction<ChatId> message) implements AccessActor {

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
        public Answer read(TranscriptPath path, ChatId chat) {
            return Answer.of(session.transcripts().read(path, chat));
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
        public Answer saveWidget(Widget widget) {
            return answer(session.saveWidget(widget));
        }
    }

    private record Patron(PatronSession session) implements AccessActor {

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
        public Answer leave(ChatId chat) {
            return answer(session.leave(chat, "leave"));
        }
    }
}
