package org.libcoop.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
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
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;

/** The sessions of the engine themselves. */
class SessionsDoor implements AccessDoor {

    private final List<AutoCloseable> sessions = new ArrayList<>();

    @Override
    public AccessActor actor(CoopEngine engine, Principal who) {
        if (who instanceof Principal.OfOperator staff) {
            OperatorSession session =
                    engine.connectOperator(staff.operator(), notice -> {}).orElseThrow();
            sessions.add(session);
            return new Staff(session);
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

    private static AccessActor.Answer answer(CompletionStage<? extends Outcome<?>> asked) {
        return AccessActor.Answer.of(asked.toCompletableFuture().join());
    }

    private record Staff(OperatorSession session) implements AccessActor {

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
        public Answer leave(ChatId chat) {
            return answer(session.leave(chat, "leave"));
        }
    }
}
