package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.outcome;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** Acknowledged after the commit and not before (M3), and once only however often it is sent (G5, T2). */
class AcknowledgementTest {

    /** Writes down when a change of a chat was committed, and what each batch held. */
    private static final class Notary extends StoreProxy {
        private final List<String> order;
        private final List<List<Change>> batches = new ArrayList<>();

        Notary(Store store, List<String> order) {
            super(store);
            this.order = order;
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Committed> outcomes = super.commit(node, batch);
            if (batch.stream().anyMatch(Change.OfChat.class::isInstance)) {
                batches.add(batch);
                order.add("committed");
            }
            return outcomes;
        }
    }

    private final List<String> order = new ArrayList<>();
    private final Rig rig = new Rig();
    private final Notary notary = new Notary(rig.store, order);
    private final Site node = rig.node("a", store -> notary);
    private final Seat ana = node.on("ana", DESK);
    private final Seat ben = node.on("ben", DESK);
    private final Visitor patron = node.visitor("stewart");
    private final ChatId chat = patron.starts();

    @AfterEach
    void close() {
        rig.close();
    }

    // ---- After the commit

    @Test
    void aSenderIsAnsweredAfterTheCommit() {
        order.clear();
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        claim.thenRun(() -> order.add("answered"));

        assertThat(claim.toCompletableFuture()).isNotDone();
        node.executor.resume();

        assertThat(order).startsWith("committed").contains("answered");
        assertThat(order.indexOf("committed")).isLessThan(order.indexOf("answered"));
    }

    @Test
    void nobodyIsToldBeforeTheCommit() {
        List<String> seen = new ArrayList<>();
        Site other = rig.node("b", store -> new StoreProxy(store) {
            @Override
            public List<Committed> commit(NodeId name, List<Change> batch) {
                boolean says = batch.stream()
                        .anyMatch(change -> change instanceof Change.OfChat of
                                && of.entries().stream()
                                        .anyMatch(entry -> entry.event().kind() == ChatEvent.Kind.SAID));
                if (says) {
                    seen.add("told before the commit: " + patron.notices().size());
                }
                return super.commit(name, batch);
            }
        });
        Seat there = other.seat("ana");
        done(there.session().claim(chat));
        patron.notices().clear();
        seen.clear();

        done(there.session().say(chat, "Hello"));

        assertThat(seen).containsExactly("told before the commit: 0");
        assertThat(patron.notices()).isNotEmpty();
    }

    @Test
    void theReceiptNamesTheLastEntry() {
        Receipt claimed = done(ana.session().claim(chat));

        assertThat(claimed.chat()).isEqualTo(chat);
        assertThat(claimed.seq()).isEqualTo(node.inspect(chat).log().size());
    }

    // ---- Again with the same id

    @Test
    void aResendGetsTheFirstResultAndChangesNothing() {
        Receipt claimed = done(ana.session().claim(chat, "c1"));
        Receipt said = done(ana.session().say(chat, "Hello", "c2"));
        Receipt asked = done(patron.session().say("Where is it?", "p1"));
        Receipt ended = done(ana.session().end(chat, Disposition.ANSWERED, "c3"));
        int entries = node.inspect(chat).log().size();

        assertThat(done(ana.session().claim(chat, "c1"))).isEqualTo(claimed);
        assertThat(done(ana.session().say(chat, "Hello", "c2"))).isEqualTo(said);
        assertThat(done(patron.session().say("Where is it?", "p1"))).isEqualTo(asked);
        assertThat(done(ana.session().end(chat, Disposition.ANSWERED, "c3"))).isEqualTo(ended);

        assertThat(node.inspect(chat).log()).hasSize(entries);
    }

    @Test
    void aResendReachesTheSameResultOnAnotherNodeAndAfterARestart() {
        Receipt said = done(patron.session().say("Where is it?", "p1"));
        node.engine.close();
        Site other = rig.node("b");

        assertThat(done(other.visitor("stewart").session().say("Where is it?", "p1")))
                .isEqualTo(said);
        assertThat(texts(other)).hasSize(1);
    }

    /** What is sent again late means the chat it was sent for, not the one the patron has begun since. */
    @Test
    void aResendThatNamesItsChatReachesNoLaterOne() {
        PatronSession stewart = patron.session();
        Receipt said = done(stewart.say(chat, "Where is it?", "p1"));
        Receipt left = done(stewart.leave(chat, "p2"));
        ChatId next = done(patron.starting("again")).chat();

        assertThat(done(stewart.say(chat, "Where is it?", "p1"))).isEqualTo(said);
        assertThat(done(stewart.leave(chat, "p2"))).isEqualTo(left);
        assertThat(refusal(stewart.say(chat, "Still there?", "p3"))).isEqualTo(RefusalCode.CHAT_OVER);

        assertThat(next).isNotEqualTo(chat);
        assertThat(node.inspect(next).chat().over()).isFalse();
        assertThat(done(stewart.say("Hello again", "p4")).chat()).isEqualTo(next);
    }

    @Test
    void nobodySpeaksInAnotherPatronsChat() {
        Visitor sybil = node.visitor("sybil");
        int entries = node.inspect(chat).log().size();

        assertThat(refusal(sybil.session().say(chat, "Let me in", "s0"))).isEqualTo(RefusalCode.NOT_FOUND);
        sybil.starts();
        assertThat(refusal(sybil.session().say(chat, "Let me in", "s1"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(sybil.session().leave(chat, "s2"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(sybil.session().leave(ChatId.of("nobodys"), "s3"))).isEqualTo(RefusalCode.NOT_FOUND);

        assertThat(node.inspect(chat).log()).hasSize(entries);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        done(ana.session().claim(chat, "c1"));
        done(ana.session().say(chat, "Hello", "c2"));
        int entries = node.inspect(chat).log().size();

        assertThat(refusal(ana.session().say(chat, "Good bye", "c2"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(ana.session().note(chat, "Hello", "c2"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(ana.session().say(chat, "Hello", "c1"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(ana.session().end(chat, Disposition.ANSWERED, "c2")))
                .isEqualTo(RefusalCode.COMMAND_ID_REUSED);

        assertThat(node.inspect(chat).log()).hasSize(entries);
    }

    @Test
    void contentsThatReadAlikeAreNotTheSame() {
        PatronSession sybil = node.visitor("sybil").session();
        WidgetId widget = WidgetId.of("databases");
        Content.PatronDetails known = new Content.PatronDetails("Sybil, email=s@example.org", null, null, null, true);
        Content.PatronDetails alike = new Content.PatronDetails("Sybil", "s@example.org, email=null", null, null, true);
        done(sybil.startChat(widget, known, null, "s1"));
        done(sybil.say("?", "s2"));

        assertThat(refusal(sybil.startChat(widget, known, "null", "s1"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(sybil.startChat(widget, alike, null, "s1"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(sybil.say("\ud800", "s2"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
    }

    @Test
    void aStartSentAgainIsAnsweredForItsOwnChatThoughAnotherOneRuns() {
        PatronSession sybil = node.visitor("sybil").session();
        WidgetId widget = WidgetId.of("databases");
        Receipt first = done(sybil.startChat(widget, Content.PatronDetails.NONE, null, "s1"));
        done(sybil.leave("s2"));
        Receipt second = done(sybil.startChat(widget, Content.PatronDetails.NONE, null, "s3"));

        assertThat(done(sybil.startChat(widget, Content.PatronDetails.NONE, null, "s1")))
                .isEqualTo(first);
        assertThat(sybil.chatId()).contains(second.chat()).isNotEqualTo(Optional.of(first.chat()));
        assertThat(refusal(sybil.startChat(widget, Content.PatronDetails.NONE, "?", "s1")))
                .isEqualTo(RefusalCode.COMMAND_ID_REUSED);
    }

    @Test
    void theSameIdOfSomebodyElseIsAnotherId() {
        done(ana.session().claim(chat, "1"));

        assertThat(refusal(patron.session().say("Hello", "1"))).isNull();
        assertThat(refusal(ben.session().claim(chat, "1"))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
    }

    @Test
    void aRefusedCommandMayBeSentAgainUnderItsId() {
        assertThat(refusal(ana.session().say(chat, "Hello", "c1"))).isEqualTo(RefusalCode.NOT_OWNER);
        done(ana.session().claim(chat));

        assertThat(refusal(ana.session().say(chat, "Hello", "c1"))).isNull();
    }

    @Test
    void aStartSentAgainFindsTheChatItStarted() {
        assertThat(done(patron.starting("start")).chat()).isEqualTo(chat);
        assertThat(done(patron.starting("other")).chat())
                .as("one chat at a time")
                .isEqualTo(chat);

        done(patron.session().leave());

        assertThat(done(patron.starting("start")).chat()).isEqualTo(chat);
        assertThat(done(patron.starting("next")).chat()).isNotEqualTo(chat);
    }

    // ---- Within one batch

    @Test
    void ofTwoClaimsInOneBatchTheFirstWinsAndOneChangeIsCommitted() {
        notary.batches.clear();
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> first = ana.session().claim(chat);
        CompletionStage<Outcome<Receipt>> second = ben.session().claim(chat);
        CompletionStage<Outcome<Receipt>> again = ana.session().claim(chat);

        node.executor.resume();

        assertThat(refusal(first)).isNull();
        assertThat(refusal(second)).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(outcome(again)).isEqualTo(outcome(first));
        assertThat(notary.batches).hasSize(1);
        assertThat(notary.batches.get(0)).hasSize(1);
    }

    @Test
    void commandsOfOneBatchAreDecidedOneAfterTheOther() {
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        CompletionStage<Outcome<Receipt>> hello = ana.session().say(chat, "Hello");
        CompletionStage<Outcome<Receipt>> end = ana.session().end(chat, Disposition.ANSWERED);
        CompletionStage<Outcome<Receipt>> tooLate = ana.session().say(chat, "One more thing");

        node.executor.resume();

        assertThat(refusal(claim)).isNull();
        assertThat(refusal(hello)).isNull();
        assertThat(refusal(end)).isNull();
        assertThat(refusal(tooLate)).isEqualTo(RefusalCode.CHAT_OVER);
        assertThat(node.inspect(chat).log()).extracting(Logged::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aResendInTheSameBatchIsAppliedOnce() {
        done(ana.session().claim(chat));
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> first = ana.session().say(chat, "Hello", "c1");
        CompletionStage<Outcome<Receipt>> resend = ana.session().say(chat, "Hello", "c1");
        CompletionStage<Outcome<Receipt>> reused = ana.session().say(chat, "Good bye", "c1");
        CompletionStage<Outcome<Receipt>> next = ana.session().say(chat, "And now?", "c2");

        node.executor.resume();

        assertThat(outcome(resend)).isEqualTo(outcome(first));
        assertThat(refusal(reused)).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(refusal(next)).isNull();
        assertThat(texts(node)).filteredOn("Hello"::equals).hasSize(1);
        assertThat(texts(node)).contains("And now?").doesNotContain("Good bye");
    }

    @Test
    void anEndSentAgainInTheSameBatchGetsTheFirstResult() {
        done(ana.session().claim(chat));
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> first = ana.session().end(chat, Disposition.ANSWERED, "c1");
        CompletionStage<Outcome<Receipt>> resend = ana.session().end(chat, Disposition.ANSWERED, "c1");
        CompletionStage<Outcome<Receipt>> another = ana.session().end(chat, Disposition.ANSWERED, "c2");

        node.executor.resume();

        assertThat(refusal(first)).isNull();
        assertThat(outcome(resend)).isEqualTo(outcome(first));
        assertThat(refusal(another)).isEqualTo(RefusalCode.CHAT_OVER);
    }

    @Test
    void aChatThatBeginsAfterItsPatronIsGoneKnowsSo() {
        Visitor other = node.visitor("lou");
        node.executor.pause();
        CompletionStage<Outcome<Receipt>> start = other.starting("start");
        other.session().close();

        node.executor.resume();

        assertThat(node.inspect(done(start).chat()).log())
                .extracting(entry -> entry.event().kind())
                .contains(ChatEvent.Kind.PATRON_GONE);
        rig.pass(60);
        assertThat(node.inspect(done(start).chat()).chat().phase()).isInstanceOf(Phase.Missed.class);
    }

    private List<String> texts(Site on) {
        return on.inspect(chat).log().stream()
                .filter(entry -> entry.content() instanceof Content.Text)
                .map(entry -> ((Content.Text) entry.content()).text())
                .toList();
    }
}
