package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.StoredTicket.State;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketQuery;

/** TO7 and TO8: whoever is erased is erased here at once, and at the desk in the end. */
abstract class TicketErasingRules extends TicketKeepingRules {

    private static final TicketQuery OF_C = TicketQuery.of(ChatId.of("c"));

    // ---- TO7

    @Test
    void to07_exactlyWhatIsAskedForIsErased() {
        Random random = new Random(7);
        List<NewTicket> left = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            NewTicket ticket = any("t" + i, random);
            outbox().put(ticket);
            left.add(ticket);
        }

        for (int i = 0; i < 12; i++) {
            TicketQuery query = anyQuery(random);
            List<NewTicket> asked = left.stream()
                    .filter(ticket -> query.asksFor(ticket.origin(), ticket.trace()))
                    .toList();
            if (asked.size() > 15) {
                continue;
            }

            assertThat(elsewhere().erase(query, at(5_000))).as("%s", query).isEqualTo(asked.size());

            left.removeAll(asked);
            for (NewTicket gone : asked) {
                assertThat(stateOf(gone.id().value())).isEqualTo(State.FORGOTTEN);
            }
        }
        for (NewTicket ticket : left) {
            assertThat(read(ticket.id().value())).isEqualTo(StoredTicket.of(ticket));
        }
        assertThat(left).hasSizeBetween(1, 79);
    }

    @Test
    void to07_whatNobodyTookIsForgottenAtOnce() {
        outbox().put(about("a", "c", 0));

        assertThat(outbox().erase(OF_C, at(1))).isEqualTo(1);

        assertThat(read("a"))
                .isEqualTo(new StoredTicket(
                        TicketId.of("a"), about("a", "c", 0).origin(), null, State.FORGOTTEN, 0, null, null));
        assertThat(outbox().take(at(10_000), at(20_000), 10)).isEmpty();
        assertThat(outbox().erase(OF_C, at(2))).isZero();
    }

    @Test
    void to07_whatTheDeskHasIsToBeForgottenNow() {
        outbox().put(about("a", "c", 0));
        taken(0);
        outbox().done(TicketId.of("a"), "T-1", at(1));

        assertThat(elsewhere().erase(OF_C, at(7))).isEqualTo(1);

        assertThat(read("a"))
                .isEqualTo(new StoredTicket(
                        TicketId.of("a"), about("a", "c", 0).origin(), null, State.FORGETTING, 1, at(7), "T-1"));
        assertThat(outbox().take(at(6), at(100), 1)).isEmpty();
        assertThat(outbox().take(at(7), at(100), 1)).hasSize(1);
    }

    @Test
    void to07_whatTheDeskMayHaveIsToBeForgottenWhenItsTakersTimeIsOver() {
        outbox().put(about("a", "c", 0));
        StoredTicket taken = taken(0);

        outbox().erase(OF_C, at(7));

        StoredTicket erased = read("a");
        assertThat(erased.state()).isEqualTo(State.FORGETTING);
        assertThat(erased.content()).isNull();
        assertThat(erased.dueAt()).isEqualTo(taken.dueAt());
        assertThat(outbox().erase(OF_C, at(8))).isZero();
    }

    @Test
    void to07_theTraceGoesWithTheContent() {
        outbox().put(about("a", "c", 0));
        TicketQuery traced = TicketQuery.ALL.trace("trace of a");
        assertThat(outbox().find(traced, null, 10).rows()).hasSize(1);

        outbox().erase(OF_C, at(1));

        assertThat(elsewhere().find(traced, null, 10).rows()).isEmpty();
    }

    // ---- TO8

    @Test
    void to08_theLastTakerEndsIt() {
        outbox().put(about("a", "c", 0));
        taken(0);
        outbox().done(TicketId.of("a"), "T-1", at(1));
        outbox().erase(OF_C, at(1));
        StoredTicket first = outbox().take(at(1), at(10), 1).get(0);
        StoredTicket second = elsewhere().take(at(10), at(20), 1).get(0);

        outbox().forgotten(first.id(), first.tries());
        assertThat(stateOf("a")).as("it was taken again").isEqualTo(State.FORGETTING);
        elsewhere().forgotten(second.id(), second.tries());

        assertThat(stateOf("a")).isEqualTo(State.FORGOTTEN);
        assertThat(outbox().take(at(50_000), at(60_000), 1)).isEmpty();
    }

    @Test
    void to08_whatWaitsIsNotForgottenByAWord() {
        outbox().put(about("a", "c", 0));
        StoredTicket taken = taken(0);

        outbox().forgotten(taken.id(), taken.tries());

        assertThat(stateOf("a")).isEqualTo(State.WAITING);
    }

    @Test
    void to08_whatTheDeskGotTooLateIsToBeForgottenOnceMore() {
        outbox().put(about("a", "c", 0));
        StoredTicket slow = taken(0);
        outbox().erase(OF_C, at(1));
        StoredTicket forgetter = outbox().take(at(10_000), at(30_000), 1).get(0);
        outbox().done(slow.id(), "T-1", at(10_001));

        outbox().forgotten(forgetter.id(), forgetter.tries());

        assertThat(stateOf("a")).as("that was before the desk had it").isEqualTo(State.FORGETTING);
        StoredTicket again = outbox().take(at(10_001), at(30_000), 1).get(0);
        assertThat(again.tries()).isGreaterThan(forgetter.tries());
        assertThat(again.content()).isNull();
        outbox().forgotten(again.id(), again.tries());
        assertThat(stateOf("a")).isEqualTo(State.FORGOTTEN);
        outbox().done(slow.id(), "T-1", at(40_000));
        assertThat(stateOf("a")).as("and so after it").isEqualTo(State.FORGETTING);
        assertThat(outbox().take(at(40_000), at(50_000), 1)).hasSize(1);
    }
}
