package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.key;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** What a stranger may do (T5): every limit just below, at, and just above it. */
class StrangerLimitsTest {

    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "192.0.2.8";

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Site node(String policy, String value) {
        Site node = rig.node("a", policy, value);
        node.on("ana", DESK);
        return node;
    }

    // ---- Connections

    @Test
    void aPatronHasSoManyConnections() {
        Site node = node("patronConnections", "2");
        Visitor first = node.visitor("stewart");
        node.visitor("stewart");

        assertThat(connect(node, "stewart", "")).isEqualTo(RefusalCode.RATE_LIMITED);
        assertThat(connect(node, "susan", "")).isNull();

        first.session().disconnect();
        assertThat(connect(node, "stewart", "")).isNull();
    }

    @Test
    void anOperatorHasSoManyConnections() {
        Site node = rig.node("a", "operatorConnections", "2");
        node.seat("ana");
        Seat second = node.seat("ana");

        assertThat(connect(node, "ana")).isEqualTo(RefusalCode.RATE_LIMITED);
        assertThat(connect(node, "ben")).isNull();

        second.session().disconnect();
        assertThat(connect(node, "ana")).isNull();
    }

    @Test
    void anAddressHasSoManyConnections() {
        Site node = node("addressConnections", "2");
        Visitor first = node.visitor("one", HERE, false);
        node.visitor("two", HERE, false);

        assertThat(connect(node, "three", HERE)).isEqualTo(RefusalCode.RATE_LIMITED);
        assertThat(connect(node, "three", ELSEWHERE)).isNull();

        first.session().disconnect();
        first.session().disconnect();
        assertThat(connect(node, "four", HERE)).isNull();
        assertThat(connect(node, "five", HERE))
                .as("disconnecting twice counts once")
                .isEqualTo(RefusalCode.RATE_LIMITED);
    }

    @Test
    void aRefusedConnectionCountsForNothing() {
        Site node = node("addressConnections", "1");
        Visitor only = node.visitor("one", HERE, false);
        for (int i = 0; i < 5; i++) {
            assertThat(connect(node, "two", HERE)).isEqualTo(RefusalCode.RATE_LIMITED);
        }

        only.session().disconnect();

        assertThat(connect(node, "two", HERE)).isNull();
    }

    @Test
    void connectionsThatFellSilentMakeRoom() {
        Site node = node("addressConnections", "1");
        node.visitor("one", HERE, true);

        rig.pass(29);
        assertThat(connect(node, "two", HERE)).isEqualTo(RefusalCode.RATE_LIMITED);
        rig.pass(2);
        assertThat(connect(node, "two", HERE)).isNull();
    }

    // ---- Chats

    @ParameterizedTest
    @CsvSource({"2, true", "3, true", "4, false"})
    void anAddressStartsSoManyChatsAMinute(int starts, boolean allowed) {
        Site node = node("addressChatStarts", "3");
        List<RefusalCode> codes = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            codes.add(refusal(node.visitor("patron " + i, HERE, false).starting("start")));
        }

        assertThat(codes.get(starts - 1)).isEqualTo(allowed ? null : RefusalCode.RATE_LIMITED);
        assertThat(refusal(node.visitor("other", ELSEWHERE, false).starting("start")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"19.999, false", "20, true", "20.001, true"})
    void theBucketFillsEvenly(double seconds, boolean allowed) {
        Site node = node("addressChatStarts", "3");
        for (int i = 0; i < 3; i++) {
            done(node.visitor("patron " + i, HERE, false).starting("start"));
        }
        Visitor fourth = node.visitor("patron 3", HERE, false);

        rig.pass(seconds);

        assertThat(refusal(fourth.starting("start"))).isEqualTo(allowed ? null : RefusalCode.RATE_LIMITED);
    }

    @Test
    void anAddressHasSoManyOpenChats() {
        Site node = node("addressChats", "2");
        Visitor first = node.visitor("one", HERE, false);
        first.starts();
        node.visitor("two", HERE, false).starts();
        Visitor third = node.visitor("three", HERE, false);

        assertThat(refusal(third.starting("start"))).isEqualTo(RefusalCode.RATE_LIMITED);

        done(first.session().leave());
        assertThat(refusal(third.starting("start"))).isNull();
    }

    @Test
    void manyStartsAtOnceDoNotPassTheLimitOfOpenChats() {
        Site node = rig.node("a", "addressChats", "2", "addressChatStarts", "1000");
        node.on("ana", DESK);
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            visitors.add(node.visitor("patron " + i, HERE, false));
        }
        node.executor.pause();
        List<CompletionStage<Outcome<Receipt>>> asked =
                visitors.stream().map(one -> one.starting("start")).toList();

        node.executor.resume();

        assertThat(asked.stream().filter(one -> refusal(one) == null)).hasSize(2);
    }

    @Test
    void aStartThatWasRefusedIsNoOpenChat() {
        Site node = rig.node("a", "addressChats", "1");
        assertThat(refusal(node.visitor("one", HERE, false).starting("start"))).isEqualTo(RefusalCode.WIDGET_OFFLINE);
        node.on("ana", DESK);

        assertThat(refusal(node.visitor("two", HERE, false).starting("start"))).isNull();
    }

    // ---- Messages

    @ParameterizedTest
    @CsvSource({"4, true", "5, true", "6, false"})
    void aPatronSendsSoManyMessagesAMinute(int messages, boolean allowed) {
        Site node = node("connectionMessages", "5");
        Visitor patron = node.visitor("stewart");
        patron.starts();
        RefusalCode last = null;
        for (int i = 0; i < messages; i++) {
            last = refusal(patron.session().say("Hello " + i));
        }

        assertThat(last).isEqualTo(allowed ? null : RefusalCode.RATE_LIMITED);
        rig.pass(12);
        assertThat(refusal(patron.session().say("And again"))).isNull();
    }

    @Test
    void allPatronsOfAnAddressSendSoManyMessagesAMinute() {
        Site node = node("addressMessages", "3");
        Visitor one = node.visitor("one", HERE, false);
        Visitor two = node.visitor("two", HERE, false);
        Visitor other = node.visitor("three", ELSEWHERE, false);
        one.starts();
        two.starts();
        other.starts();

        done(one.session().say("1"));
        done(two.session().say("2"));
        done(one.session().say("3"));

        assertThat(refusal(two.session().say("4"))).isEqualTo(RefusalCode.RATE_LIMITED);
        assertThat(refusal(other.session().say("1"))).isNull();
    }

    @Test
    void anAddressThatIsNotKnownIsNotLimited() {
        Site node = rig.node(
                "a", "addressConnections", "1", "addressChatStarts", "1", "addressChats", "1", "addressMessages", "1");
        node.on("ana", DESK);
        for (int i = 0; i < 5; i++) {
            Visitor patron = node.visitor("patron " + i);
            ChatId chat = patron.starts();
            assertThat(refusal(patron.session().say("1"))).isNull();
            assertThat(refusal(patron.session().say("2"))).isNull();
            assertThat(node.inspect(chat).log()).hasSize(4);
        }
    }

    @Test
    void aMessageRefusedForItsRateLeavesNoTrace() {
        Site node = node("connectionMessages", "1");
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(patron.session().say("1"));
        int entries = node.inspect(chat).log().size();

        assertThat(refusal(patron.session().say("2", "p2"))).isEqualTo(RefusalCode.RATE_LIMITED);

        assertThat(node.inspect(chat).log()).hasSize(entries);
        rig.pass(60);
        assertThat(refusal(patron.session().say("2", "p2"))).isNull();
    }

    // ---- Ids

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "100, true", "101, false"})
    void aCommandIdHasALength(int length, boolean allowed) {
        Site node = node("addressChats", "30");
        Visitor patron = node.visitor("stewart");
        patron.starts();

        assertThat(refusal(patron.session().say("Hello", "x".repeat(length))))
                .isEqualTo(allowed ? null : RefusalCode.INVALID);
        assertThat(refusal(node.visitor("susan").starting("x".repeat(length))))
                .isEqualTo(allowed ? null : RefusalCode.INVALID);
    }

    private static RefusalCode connect(Site node, String patron, String address) {
        return code(
                node.engine.connectPatron(key(patron), address, notice -> {}).refusal());
    }

    private static RefusalCode connect(Site node, String operator) {
        return code(node.engine
                .connectOperator(OperatorId.of(operator), notice -> {})
                .refusal());
    }
}
