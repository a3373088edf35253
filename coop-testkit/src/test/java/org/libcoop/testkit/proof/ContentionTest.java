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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** Two nodes want the same at the same moment: between decision and commit of one, the other commits (C2, C12, T2). */
class ContentionTest {

    /** Lets something happen just before the next commit of a chat's change: after it was decided. */
    private static final class Interrupted extends StoreProxy {
        private Runnable meanwhile = () -> {};

        Interrupted(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            if (batch.stream().anyMatch(Change.OfChat.class::isInstance)) {
                Runnable now = meanwhile;
                meanwhile = () -> {};
                now.run();
            }
            return super.commit(node, batch);
        }
    }

    private final Rig rig = new Rig();
    private Interrupted store;

    @AfterEach
    void close() {
        rig.close();
    }

    private Site interrupted(String name, String... policies) {
        return rig.node(
                name,
                any -> {
                    store = new Interrupted(any);
                    return store;
                },
                policies);
    }

    /**
     * A second node that works on the calling thread at once, even while the first one is in the middle of a commit: the
     * rig's own executor would wait for that.
     */
    private static final class Other implements AutoCloseable {
        private final CoopEngine engine;

        Other(Rig rig, String name) {
            engine = CoopEngine.builder()
                    .clock(rig.clock)
                    .store(rig.store)
                    .ids(new CountingIds(name))
                    .executor(Runnable::run)
                    .directory(Rig.directory().build())
                    .build();
        }

        RefusalCode claims(String operator, ChatId chat) {
            return refusal(session(operator).claim(chat));
        }

        void signsOut(String operator) {
            done(session(operator).signOut());
        }

        void says(String patron, String text) {
            done(engine.connectPatron(Rig.key(patron), "", notice -> {})
                    .orElseThrow()
                    .say(text));
        }

        void leaves(String patron) {
            done(engine.connectPatron(Rig.key(patron), "", notice -> {})
                    .orElseThrow()
                    .leave());
        }

        private OperatorSession session(String operator) {
            return engine.connectOperator(OperatorId.of(operator), notice -> {}).orElseThrow();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void whoCommitsFirstWinsAndTheOtherIsToldWhatIsTrueThen() {
        Site here = interrupted("a");
        Seat ana = here.on("ana", DESK);
        Seat ben = here.on("ben", DESK);
        ChatId chat = here.chatOf("stewart");
        Other there = new Other(rig, "b");
        store.meanwhile = () -> assertThat(there.claims("ben", chat)).isNull();

        RefusalCode refusal = refusal(ana.session().claim(chat));

        assertThat(refusal).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(here.inspect(chat).chat().ownedBy(ben.session().operator())).isTrue();
        assertThat(here.inspect(chat).log())
                .filteredOn(entry -> entry.event().kind() == ChatEvent.Kind.CLAIMED)
                .hasSize(1);
        there.close();
    }

    @Test
    void whatHangsOnALostClaimIsLostWithItThoughTheLogGrewByAsMuch() {
        // The rival's claim appends exactly as many entries as ours would have: the number alone must not let our line
        // pass.
        Site here = interrupted("a");
        Seat ana = here.on("ana", DESK);
        Seat ben = here.on("ben", DESK);
        ChatId chat = here.chatOf("stewart");
        Other there = new Other(rig, "b");
        store.meanwhile = () -> assertThat(there.claims("ben", chat)).isNull();
        here.executor.pause();
        CompletionStage<Outcome<Receipt>> claim = ana.session().claim(chat);
        CompletionStage<Outcome<Receipt>> line = ana.session().say(chat, "I am yours");

        here.executor.resume();

        assertThat(refusal(claim)).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(refusal(line)).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(here.inspect(chat).chat().ownedBy(ben.session().operator())).isTrue();
        assertThat(here.inspect(chat).log().toString()).doesNotContain("I am yours");
        there.close();
    }

    @Test
    void theLimitHoldsThoughTwoNodesClaimForTheSameOperator() {
        Site here = interrupted("a", "operatorLimit", "1");
        Seat ana = here.on("ana", DESK);
        ChatId first = here.chatOf("stewart");
        ChatId second = here.chatOf("susan");
        Other there = new Other(rig, "b");
        store.meanwhile = () -> assertThat(there.claims("ana", second)).isNull();

        RefusalCode refusal = refusal(ana.session().claim(first));

        assertThat(refusal).isEqualTo(RefusalCode.AT_LIMIT);
        assertThat(rig.store.presence(ana.session().operator(), 0))
                .last()
                .satisfies(row -> assertThat(row.openChats()).isEqualTo(1));
        there.close();
    }

    @Test
    void whoSignsOutElsewhereInTheMeantimeWinsNothing() {
        Site here = interrupted("a");
        Seat ana = here.on("ana", DESK);
        ChatId chat = here.chatOf("stewart");
        Other there = new Other(rig, "b");
        store.meanwhile = () -> there.signsOut("ana");

        RefusalCode refusal = refusal(ana.session().claim(chat));

        assertThat(refusal).isEqualTo(RefusalCode.NOT_ELIGIBLE);
        there.close();
    }

    @Test
    void aPatronWhoLeavesElsewhereInTheMeantimeIsNotClaimed() {
        Site here = interrupted("a");
        Seat ana = here.on("ana", DESK);
        ChatId chat = here.chatOf("stewart");
        Other there = new Other(rig, "b");
        store.meanwhile = () -> there.leaves("stewart");

        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.CHAT_OVER);
        assertThat(ana.session().presence().openChats()).isZero();
        there.close();
    }

    // ---- C12 on one node

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3"})
    void theLimitHoldsWithinOneBatch(int claims, int won) {
        Site here = rig.node("a", "operatorLimit", "3");
        Seat ana = here.on("ana", DESK);
        here.on("ben", DESK);
        List<ChatId> chats = IntStream.range(0, claims)
                .mapToObj(i -> here.chatOf("patron " + i))
                .toList();
        here.executor.pause();
        List<CompletionStage<Outcome<Receipt>>> asked =
                chats.stream().map(ana.session()::claim).toList();

        here.executor.resume();

        assertThat(asked.stream().filter(one -> outcome(one).value().isPresent()))
                .hasSize(won);
        assertThat(asked.subList(won, claims))
                .allSatisfy(one -> assertThat(refusal(one)).isEqualTo(RefusalCode.AT_LIMIT));
        assertThat(ana.session().presence().openChats()).isEqualTo(won);
    }

    @Test
    void finishingBecomesOfflineWithTheLastChat() {
        Site here = rig.node("a");
        Seat ana = here.on("ana", DESK);
        here.on("ben", DESK);
        ChatId first = here.chatOf("stewart");
        ChatId second = here.chatOf("susan");
        done(ana.session().claim(first));
        done(ana.session().claim(second));

        done(ana.session().status(Status.FINISHING));
        done(ana.session().end(first, Disposition.ANSWERED));
        assertThat(ana.session().presence().status()).isEqualTo(Status.FINISHING);
        done(ana.session().end(second, Disposition.ANSWERED));

        assertThat(ana.session().presence().status()).isEqualTo(Status.OFFLINE);
        assertThat(ana.session().presence().openChats()).isZero();
    }

    /** M3: what one sender said first stands first, also when the first has to be decided again. */
    @Test
    void whatIsSaidOneAfterTheOtherStaysInOrderHoweverOftenItIsLost() {
        Site node = interrupted("a");
        Seat ana = node.on("ana", DESK);
        Visitor stewart = node.visitor("stewart");
        ChatId chat = done(stewart.session().startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null))
                .chat();
        done(ana.session().claim(chat));
        try (Other other = new Other(rig, "b")) {
            node.executor.pause();
            List<CompletionStage<Outcome<Receipt>>> said = IntStream.range(0, 5)
                    .mapToObj(i -> ana.session().say(chat, "line " + i))
                    .toList();
            store.meanwhile = () -> other.says("stewart", "in between");
            node.executor.resume();

            said.forEach(Rig::done);
            assertThat(rig.store.log(chat, 0, Store.PAGE))
                    .extracting(Logged::content)
                    .filteredOn(Content.Text.class::isInstance)
                    .extracting(content -> ((Content.Text) content).text())
                    .containsSubsequence("in between", "line 0", "line 1", "line 2", "line 3", "line 4");
        }
    }

    /** G5, and what it costs: only who may have won before has to be looked up. */
    @Test
    void whoLosesToAChatsFirstOwnerIsRefusedWithoutALookUp() {
        List<ChatId> lookedUp = new ArrayList<>();
        Site node = rig.node("a", any -> new StoreProxy(any) {
            @Override
            public Optional<CommandResult> result(ChatId chat, String scope, String id) {
                lookedUp.add(chat);
                return super.result(chat, scope, id);
            }
        });
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben", DESK);
        ChatId chat = node.chatOf("stewart");

        done(ana.session().claim(chat, "ana's"));
        assertThat(refusal(ben.session().claim(chat, "ben's"))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(lookedUp).isEmpty();

        done(ana.session().signOut());
        Receipt won = done(ben.session().claim(chat, "ben's second"));
        done(ana.session().signIn());
        assertThat(refusal(ana.session().claim(chat, "ana's second"))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
        assertThat(lookedUp).as("ana owned it once").containsExactly(chat);
        assertThat(done(ana.session().claim(chat, "ana's")))
                .as("her first claim, resent")
                .isNotEqualTo(won);
    }
}
