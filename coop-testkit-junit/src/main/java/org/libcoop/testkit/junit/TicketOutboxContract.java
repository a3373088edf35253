package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/**
 * What every {@link TicketOutbox} has to do, rule by rule: the tests' names begin with the number of the rule they hold. An adapter's
 * test extends it and gives it an empty outbox; one that several processes share also overrides {@link #another}.
 */
@Beta
public abstract class TicketOutboxContract extends TicketErasingRules {

    /** For the adapter's own test. */
    protected TicketOutboxContract() {}

    // ---- TO9

    @Test
    void to09_whatIsAskedForIsFoundAndNothingElse() {
        Random random = new Random(9);
        List<NewTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            NewTicket ticket = any("t" + i, random);
            outbox().put(ticket);
            tickets.add(ticket);
        }

        for (int i = 0; i < 80; i++) {
            TicketQuery query = anyQuery(random);
            List<String> expected = tickets.stream()
                    .filter(ticket -> query.asksFor(ticket.origin(), ticket.trace()))
                    .map(ticket -> ticket.id().value())
                    .toList();

            assertThat(names(all(query, 1 + random.nextInt(20))))
                    .as("%s", query)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void to09_theInstantBeforeWhichIsAskedForIsNotIn() {
        outbox().put(plain("a", 0));
        outbox().put(plain("b", 1));
        outbox().put(plain("c", 2));

        assertThat(names(all(TicketQuery.ALL.before(at(1)), 10))).containsExactly("a");
        assertThat(names(all(TicketQuery.ALL.before(at(1).plusNanos(1)), 10))).containsExactly("b", "a");
    }

    @Test
    void to09_theNewestComesFirstInWhateverOrderTheyWerePut() {
        List<NewTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tickets.add(about("t" + i, "c", i / 4));
        }
        Collections.shuffle(tickets, new Random(9));
        tickets.forEach(outbox()::put);

        List<StoredTicket> found = all(TicketQuery.ALL, TicketOutbox.PAGE);

        assertThat(found)
                .hasSize(40)
                .isSortedAccordingTo(Comparator.comparing(
                                (StoredTicket ticket) -> ticket.origin().at())
                        .reversed());
        assertThat(all(TicketQuery.of(ChatId.of("c")), 7)).isEqualTo(found);
        assertThat(all(TicketQuery.of(LIBRARIES.get(0)), 3)).isEqualTo(found);
    }

    @Test
    void to09_pagesHaveNeitherGapNorRepetitionWhateverIsPutMeanwhile() {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outbox().put(plain("r" + i, i / 3));
            before.add("r" + i);
        }

        List<StoredTicket> seen = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            TicketPage page = (pages % 2 == 0 ? outbox() : elsewhere()).find(TicketQuery.ALL, cursor, 3);
            seen.addAll(page.rows());
            cursor = page.next();
            pages++;
            outbox().put(plain("new" + pages, 100 + pages));
            outbox().put(plain("0-among" + pages, 3));
        } while (cursor != null && pages < 1_000);

        assertThat(names(seen)).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void to09_aCursorIsThereExactlyWhenSomethingFollows() {
        for (int i = 0; i < 6; i++) {
            outbox().put(plain("r" + i, i));
        }

        TicketPage first = outbox().find(TicketQuery.ALL, null, 3);

        assertThat(names(first.rows())).containsExactly("r5", "r4", "r3");
        assertThat(outbox().find(TicketQuery.ALL, first.next(), 3).next()).isNull();
        assertThat(outbox().find(TicketQuery.ALL, null, 6).next()).isNull();
        assertThat(outbox().find(TicketQuery.ALL, null, 5).next()).isNotNull();
        assertThat(outbox().find(TicketQuery.of(ChatId.of("none")), null, 5))
                .isEqualTo(new TicketPage(List.of(), null));
    }

    // ---- TO10

    @Test
    void to10_aPageHasAtMostTwoHundredRows() {
        for (int i = 0; i <= TicketOutbox.PAGE; i++) {
            outbox().put(plain("r" + i, i));
        }

        TicketPage page = outbox().find(TicketQuery.ALL, null, 1_000);

        assertThat(page.rows()).hasSize(TicketOutbox.PAGE);
        assertThat(outbox().find(TicketQuery.ALL, page.next(), Integer.MAX_VALUE)
                        .rows())
                .hasSize(1);
        assertThat(outbox().take(at(1_000), at(2_000), Integer.MAX_VALUE)).hasSize(TicketOutbox.PAGE);
        assertThat(outbox().take(at(1_000), at(2_000), 1_000)).hasSize(1);
    }

    @Test
    void to10_mistakesOfTheCallerAreTold() {
        outbox().put(plain("a", 0));
        outbox().put(plain("b", 1));
        String cursor =
                Objects.requireNonNull(outbox().find(TicketQuery.ALL, null, 1).next());

        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> outbox().find(TicketQuery.ALL, null, limit));
            assertThatIllegalArgumentException().isThrownBy(() -> outbox().take(at(5), at(6), limit));
        }
        for (String wrong : List.of("", "x", "!", "a.b.c", cursor + cursor, cursor.substring(1), "é".repeat(5_000))) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> outbox().find(TicketQuery.ALL, wrong, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outbox().find(TicketQuery.of(LIBRARIES.get(0)), cursor, 1));
        assertThat(names(outbox().find(TicketQuery.ALL, cursor, 1).rows())).containsExactly("a");
    }

    // ---- TO11

    @Test
    void to11_whatTheDeskHasYetToTakeIsCounted() {
        assertThat(outbox().backlog()).isEqualTo(TicketBacklog.NONE);
        outbox().put(about("a", "c", 3));
        outbox().put(plain("b", 2));
        outbox().put(plain("d", 4));
        assertThat(elsewhere().backlog()).isEqualTo(new TicketBacklog(3, at(2), 0));

        assertThat(taken(10).id()).isEqualTo(TicketId.of("b"));
        assertThat(taken(10).id()).isEqualTo(TicketId.of("a"));
        assertThat(outbox().backlog()).isEqualTo(new TicketBacklog(3, at(2), 0));
        outbox().done(TicketId.of("b"), "T-1", at(11));
        assertThat(outbox().backlog()).isEqualTo(new TicketBacklog(2, at(3), 0));
        outbox().erase(TicketQuery.of(ChatId.of("c")), at(12));

        assertThat(elsewhere().backlog()).isEqualTo(new TicketBacklog(1, at(4), 1));
    }

    @Test
    void to11_institutionsAreNamedWhoseTicketsHaveAPatron() {
        Random random = new Random(11);
        assertThat(outbox().homes()).isEmpty();
        for (int i = 0; i < 30; i++) {
            outbox().put(any("t" + i, random));
        }
        assertThat(elsewhere().homes()).containsExactlyInAnyOrderElementsOf(LIBRARIES);

        outbox().erase(TicketQuery.of(LIBRARIES.get(1)), at(5_000));

        assertThat(outbox().homes()).containsExactlyInAnyOrder(LIBRARIES.get(0), LIBRARIES.get(2));
    }
}
