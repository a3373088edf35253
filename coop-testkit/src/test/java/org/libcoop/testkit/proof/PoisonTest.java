package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Health;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** What a store cannot keep or cannot read is its own trouble: everything else goes on as if it were not there (G14). */
class PoisonTest {

    /** How a store says that it does not take something. */
    private enum Refusing {
        AS_THE_PORT_SAYS,
        SOMEHOW;

        RuntimeException thrown() {
            return this == AS_THE_PORT_SAYS
                    ? StoreException.refused("a value that no column keeps")
                    : new IllegalStateException("a defect of the adapter");
        }
    }

    /** Takes no batch that changes a poisoned chat or operator, and reads none of them where it is asked for that alone. */
    private static final class Picky extends StoreProxy {
        private final Set<Object> poisoned = new HashSet<>();
        private Refusing refusing = Refusing.AS_THE_PORT_SAYS;
        private boolean reads = true;
        private int commits;
        private int awayFrom = Integer.MAX_VALUE;
        private int looksAtEverything;

        Picky(Store store) {
            super(store);
        }

        private RuntimeException refused() {
            return refusing.thrown();
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            commits++;
            if (commits >= awayFrom) {
                throw new StoreException("the store is away", false);
            }
            if (batch.stream().map(Picky::key).anyMatch(poisoned::contains)) {
                throw refused();
            }
            return super.commit(node, batch);
        }

        private static Object key(Change change) {
            if (change instanceof Change.OfChat of) {
                return of.chat().id();
            }
            return change instanceof Change.OfPresence of ? of.presence().operator() : "another";
        }

        private void read(Object key) {
            if (!reads && poisoned.contains(key)) {
                throw refused();
            }
        }

        @Override
        public Optional<Chat> chat(ChatId chat) {
            read(chat);
            return super.chat(chat);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            read(chat);
            return super.log(chat, afterSeq, limit);
        }

        @Override
        public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
            read(operator);
            return super.presence(operator, afterVersion);
        }

        @Override
        public List<OperatorPresence> presenceSince(Instant since) {
            looksAtEverything++;
            return super.presenceSince(since);
        }
    }

    private static final int CHATS = 64;

    private final Rig rig = new Rig();
    private final Picky store = new Picky(rig.store);
    private final Site node = rig.node("a", any -> store);
    private final Seat ana = node.on("ana", DESK);
    private final Seat olga = node.on("olga", Rig.COOP);

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatTheStoreDoesNotTakeIsRefusedAlone(Refusing refusing) {
        List<Visitor> visitors = new ArrayList<>();
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            visitors.add(node.visitor("patron " + i));
            chats.add(visitors.get(i).starts());
        }
        poison(refusing, chats.get(20));
        int before = store.looksAtEverything;

        node.executor.pause();
        List<CompletionStage<Outcome<Receipt>>> said =
                visitors.stream().map(v -> v.session().say("Hello?", "1")).toList();
        store.commits = 0;
        node.executor.resume();

        for (int i = 0; i < CHATS; i++) {
            assertThat(refusal(said.get(i))).as("chat %d", i).isEqualTo(i == 20 ? RefusalCode.INTERNAL : null);
        }
        // The whole, and two for each time it is halved: 64, 32, 16, 8, 4, 2, 1.
        assertThat(store.commits).isEqualTo(13);
        rig.pass(5);
        assertThat(store.looksAtEverything).as("nothing fell behind").isEqualTo(before);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    void aStoreThatGoesAwayMeanwhileIsNotWaitedForAgainAndAgain() {
        List<Visitor> visitors = new ArrayList<>();
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            visitors.add(node.visitor("patron " + i));
            chats.add(visitors.get(i).starts());
        }
        poison(Refusing.AS_THE_PORT_SAYS, chats.get(20));
        node.executor.pause();
        List<CompletionStage<Outcome<Receipt>>> said =
                visitors.stream().map(v -> v.session().say("Hello?", "1")).toList();
        store.commits = 0;
        store.awayFrom = 2;
        node.executor.resume();

        assertThat(said).allSatisfy(each -> assertThat(refusal(each)).isEqualTo(RefusalCode.UNAVAILABLE));
        assertThat(store.commits).isEqualTo(2);
        store.awayFrom = Integer.MAX_VALUE;
        assertThat(refusal(visitors.get(0).session().say("Hello?", "1"))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aPoisonedCommandIsNotAppliedAndGoesThroughOnceTheStoreTakesIt(Refusing refusing) {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        poison(refusing, chat);

        assertThat(refusal(patron.session().say("Hello?", "1"))).isEqualTo(RefusalCode.INTERNAL);
        assertThat(said(chat)).isZero();

        store.poisoned.clear();
        assertThat(refusal(patron.session().say("Hello?", "1"))).isNull();
        assertThat(said(chat)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverHungOnAPoisonedChangeIsAnsweredToo(Refusing refusing) {
        ChatId chat = node.chatOf("stewart");
        Seat ben = node.on("ben", DESK);
        poison(refusing, chat);

        node.executor.pause();
        CompletionStage<Outcome<Receipt>> first = ana.session().claim(chat, "1");
        CompletionStage<Outcome<Receipt>> again = ana.session().claim(chat, "1");
        CompletionStage<Outcome<Receipt>> second = ben.session().claim(chat, "2");
        node.executor.resume();

        assertThat(refusal(first)).isEqualTo(RefusalCode.INTERNAL);
        assertThat(refusal(again)).isEqualTo(RefusalCode.INTERNAL);
        assertThat(refusal(second)).isEqualTo(RefusalCode.INTERNAL);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineThatCannotBeKeptDelaysNoOther(Refusing refusing) {
        ChatId poisoned = node.chatOf("stewart");
        ChatId other = node.chatOf("susan");
        poison(refusing, poisoned);

        rig.pass(30);

        assertThat(openedAt(other)).isEqualTo(rig.at(30));
        assertThat(olga.session().waiting())
                .extracting(Notice.ChatSummary::chat)
                .containsExactly(other);
        rig.pass(60);
        assertThat(refusal(ana.session().claim(other))).isNull();

        store.poisoned.clear();
        rig.pass(2);
        assertThat(openedAt(poisoned)).as("counted from when it was due, R14").isEqualTo(rig.at(30));
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfPresenceThatTheStoreDoesNotTakeIsRefusedAlone(Refusing refusing) {
        Seat ben = node.on("ben", DESK);
        poison(refusing, OperatorId.of("ana"));
        int before = store.looksAtEverything;

        assertThat(refusal(ana.session().monitor(DESK, false))).isEqualTo(RefusalCode.INTERNAL);

        assertThat(refusal(ben.session().monitor(DESK, false))).isNull();
        rig.pass(5);
        assertThat(store.looksAtEverything).as("nothing fell behind").isEqualTo(before);
    }

    /** As with two releases side by side, of which the older cannot read what the newer wrote. */
    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadDoesNotHoldUpTheFeed(Refusing refusing) {
        ChatId poisoned = node.chatOf("stewart");
        ChatId other = node.chatOf("susan");
        Site second = rig.node("b");
        Seat ben = second.on("ben", DESK);
        poison(refusing, poisoned);
        store.poisoned.add(OperatorId.of("ben"));
        store.reads = false;
        rig.pass(1);
        ana.told();

        done(ben.session().claim(poisoned));
        done(ben.session().claim(other));
        done(ben.session().say(other, "I am on it"));
        rig.pass(1);

        assertThat(ana.told(Notice.Unlisted.class))
                .extracting(Notice.Unlisted::chat)
                .contains(other);
        rig.pass(60);
        assertThat(node.engine.health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    void aNodeStartsAndComesBackThoughAChatCannotBeRead() {
        ChatId poisoned = node.chatOf("stewart");
        ChatId other = node.chatOf("susan");
        poison(Refusing.SOMEHOW, poisoned);
        store.reads = false;

        Site late = rig.node("b", any -> store);
        Seat ben = late.on("ben", DESK);

        assertThat(refusal(ben.session().claim(other))).isNull();
        assertThat(late.engine.health().state()).isEqualTo(Health.State.UP);
    }

    private void poison(Refusing refusing, Object key) {
        store.refusing = refusing;
        store.poisoned.add(key);
    }

    private long said(ChatId chat) {
        return node.inspect(chat).log().stream()
                .filter(entry -> entry.content() instanceof Content.Text text
                        && text.text().equals("Hello?"))
                .count();
    }

    private Instant openedAt(ChatId chat) {
        return node.inspect(chat).log().stream()
                .filter(entry -> entry.event() instanceof ChatEvent.StageOpened opened
                        && opened.stage().equals(MEMBERS))
                .findFirst()
                .orElseThrow()
                .at();
    }
}
