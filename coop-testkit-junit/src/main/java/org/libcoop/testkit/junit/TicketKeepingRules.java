package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.ArchiveSetting.atOnce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.StoredTicket.State;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrigin;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketOutbox.Put;
import org.libcoop.spi.TicketQuery;

/** TO1 to TO6: what is put is kept, taken by one, and brought to an end once. */
abstract class TicketKeepingRules extends TicketSetting {

    // ---- TO1

    @Test
    void to01_whatIsPutIsReadOnEveryNode() {
        Random random = new Random(1);
        Map<TicketId, StoredTicket> expected = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            NewTicket ticket = any("t" + i, random);
            assertThat((i % 2 == 0 ? outbox() : elsewhere()).put(ticket)).isEqualTo(Put.KEPT);
            expected.put(ticket.id(), StoredTicket.of(ticket));
        }

        for (StoredTicket ticket : expected.values()) {
            assertThat(outbox().ticket(ticket.id())).contains(ticket);
            assertThat(elsewhere().ticket(ticket.id())).contains(ticket);
        }
        assertThat(outbox().ticket(TicketId.of("T1"))).isEmpty();
    }

    // ---- TO2

    @Test
    void to02_theSameTicketAgainChangesNothing() {
        NewTicket first = plain("t", 5);
        assertThat(outbox().put(first)).isEqualTo(Put.KEPT);

        NewTicket other = new NewTicket(
                first.id(), about("t", "c", 9).origin(), plain("x", 9).content(), "another digest", "another trace");

        assertThat(elsewhere().put(first)).isEqualTo(Put.WAS_THERE);
        assertThat(elsewhere().put(other)).isEqualTo(Put.OTHER);
        assertThat(read("t")).isEqualTo(StoredTicket.of(first));
        assertThat(outbox().backlog().waiting()).isEqualTo(1);
    }

    @Test
    void to02_whatBecameOfATicketMeanwhileStays() {
        NewTicket delivered = plain("delivered", 0);
        outbox().put(delivered);
        taken(0);
        outbox().done(delivered.id(), "T-1", at(1));
        NewTicket erased = about("erased", "c", 2);
        outbox().put(erased);
        outbox().erase(TicketQuery.of(ChatId.of("c")), at(2));
        StoredTicket before = read("erased");

        assertThat(outbox().put(delivered)).isEqualTo(Put.WAS_THERE);
        assertThat(outbox().put(erased)).isEqualTo(Put.WAS_THERE);
        assertThat(outbox().put(new NewTicket(erased.id(), erased.origin(), erased.content(), "other", "other")))
                .isEqualTo(Put.OTHER);

        assertThat(stateOf("delivered")).isEqualTo(State.DELIVERED);
        assertThat(read("erased")).isEqualTo(before);
    }

    @Test
    void to02_ofSeveralThatBringOneTicketAtOnceOneIsKept() {
        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            NewTicket ticket = plain("t" + round, round);
            ConcurrentLinkedQueue<Put> answers = new ConcurrentLinkedQueue<>();

            atOnce(thread -> answers.add((thread % 2 == 0 ? outbox() : elsewhere()).put(ticket)));

            assertThat(answers).filteredOn(answer -> answer == Put.KEPT).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer == Put.OTHER).isEmpty();
        }
    }

    // ---- TO3

    @Test
    void to03_everyCharacterAndMillisecondIsKept() {
        int number = 0;
        for (String text : List.of(
                "plain", "it's; -- %_\\", "\u00e4\u0416\u6f22", "\ud83d\udcda", " spaced ", "a".repeat(20_000))) {
            String id = text.length() > 50 ? "long" : text;
            NewTicket ticket = new NewTicket(
                    TicketId.of(id),
                    new TicketOrigin(
                            InstitutionId.of(id), WidgetId.of(id), ChatId.of(id), OperatorId.of(id), at(number++)),
                    new TicketContent(text, text, text, number % 2 == 0),
                    "d",
                    "t");
            outbox().put(ticket);

            assertThat(read(id)).isEqualTo(StoredTicket.of(ticket));
        }
        NewTicket odd = new NewTicket(
                TicketId.of("odd"), plain("o", 0).origin(), new TicketContent("\0\ud800\n", "", "\0", true), "d", "t");
        outbox().put(odd);
        assertThat(read("odd")).isEqualTo(StoredTicket.of(odd));
    }

    // ---- TO4

    @Test
    void to04_whatIsDueIsTakenAndNothingElse() {
        outbox().put(plain("a", 0));
        outbox().put(plain("b", 1));
        outbox().put(plain("c", 2));

        assertThat(outbox().take(at(-1), at(100), 10)).isEmpty();
        assertThat(outbox().take(at(0), at(100), 10)).containsExactly(taken(plain("a", 0), 1, 100));
        assertThat(elsewhere().take(at(2), at(102), 1)).containsExactly(taken(plain("b", 1), 1, 102));
        assertThat(outbox().take(at(2), at(101), 10)).containsExactly(taken(plain("c", 2), 1, 101));
        assertThat(outbox().take(at(99), at(200), 10)).isEmpty();
        assertThat(elsewhere().take(at(102), at(300), 10))
                .as("they come back when their time is over, longest due first")
                .containsExactly(
                        taken(plain("a", 0), 2, 300), taken(plain("c", 2), 2, 300), taken(plain("b", 1), 2, 300));
        assertThat(read("a")).isEqualTo(taken(plain("a", 0), 2, 300));
    }

    private static StoredTicket taken(NewTicket ticket, int tries, long dueAt) {
        return new StoredTicket(ticket.id(), ticket.origin(), ticket.content(), State.WAITING, tries, at(dueAt), null);
    }

    @Test
    void to04_ofSeveralTakersEachTicketHasOne() {
        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            for (int i = 0; i < 5; i++) {
                outbox().put(plain("t" + round + "-" + i, round));
            }
            long now = round;
            ConcurrentLinkedQueue<StoredTicket> taken = new ConcurrentLinkedQueue<>();

            atOnce(thread -> {
                TicketOutbox mine = thread % 2 == 0 ? outbox() : elsewhere();
                List<StoredTicket> next = mine.take(at(now), at(now + 10_000_000), 2);
                while (!next.isEmpty()) {
                    taken.addAll(next);
                    next = mine.take(at(now), at(now + 10_000_000), 2);
                }
            });

            assertThat(taken).doesNotHaveDuplicates().hasSize(5);
        }
    }

    // ---- TO5

    @Test
    void to05_whatIsDeliveredHasNoContentAndIsDueNoMore() {
        outbox().put(plain("a", 0));
        taken(0);

        elsewhere().done(TicketId.of("a"), "T-1", at(1));
        outbox().done(TicketId.of("a"), "T-2", at(2));

        assertThat(read("a"))
                .isEqualTo(new StoredTicket(
                        TicketId.of("a"), plain("a", 0).origin(), null, State.DELIVERED, 1, null, "T-1"));
        assertThat(outbox().take(at(1_000_000), at(1_000_001), 10)).isEmpty();
        outbox().done(TicketId.of("unknown"), "T-3", at(2));
        assertThat(elsewhere().ticket(TicketId.of("unknown"))).isEmpty();
    }

    @Test
    void to05_whoeverDeliveredItItIsDelivered() {
        outbox().put(plain("a", 0));
        outbox().take(at(0), at(10), 1);
        elsewhere().take(at(10), at(20), 1);

        outbox().done(TicketId.of("a"), "T-1", at(11));

        assertThat(stateOf("a")).isEqualTo(State.DELIVERED);
    }

    // ---- TO6

    @Test
    void to06_whatIsPutOffIsDueThen() {
        outbox().put(plain("a", 0));
        StoredTicket first = taken(0);

        outbox().later(first.id(), first.tries(), at(50));

        assertThat(outbox().take(at(49), at(100), 1)).isEmpty();
        assertThat(elsewhere().take(at(50), at(100), 1)).containsExactly(taken(plain("a", 0), 2, 100));
    }

    @Test
    void to06_onlyTheLastTakerPutsOff() {
        outbox().put(plain("a", 0));
        outbox().take(at(0), at(10), 1);
        outbox().take(at(10), at(20), 1);

        outbox().later(TicketId.of("a"), 1, at(5_000));

        assertThat(outbox().take(at(20), at(30), 1)).hasSize(1);
        outbox().done(TicketId.of("a"), "T-1", at(21));
        outbox().later(TicketId.of("a"), 3, at(22));
        assertThat(outbox().take(at(50_000), at(60_000), 1)).isEmpty();
    }

    @Test
    void to06_whatIsTakenAndGivenUpGoesOnWithoutEnd() {
        outbox().put(plain("a", 0));
        List<Integer> tries = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            StoredTicket taken = taken(i);
            tries.add(taken.tries());
            outbox().later(taken.id(), taken.tries(), at(i + 1L));
        }

        assertThat(tries).startsWith(1, 2, 3).endsWith(20);
        assertThat(read("a").content()).isEqualTo(plain("a", 0).content());
    }
}
