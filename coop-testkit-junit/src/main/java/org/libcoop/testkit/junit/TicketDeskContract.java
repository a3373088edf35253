package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.ArchiveSetting.atOnce;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TicketOrigin;

/**
 * What every {@link TicketDesk} has to do, rule by rule: the tests' names begin with the number of the rule they hold. An adapter's test
 * extends it and says what its ticket system has. That a call ends, and that what came back is kept when the system dies, is the
 * adapter's to test.
 */
@Beta
public abstract class TicketDeskContract {

    /**
     * A ticket as the system has it.
     *
     * @param reference what it is called there
     * @param question null, as all that follows, once that was forgotten
     */
    public record Kept(
            String reference,
            InstitutionId home,
            @Nullable String question,
            @Nullable String name,
            @Nullable String email,
            @Nullable String conversation) {}

    private TicketDesk desk;

    /** For the adapter's own test. */
    protected TicketDeskContract() {}

    /** A desk of a ticket system without tickets. */
    protected abstract TicketDesk open();

    /** What the system has of the tickets that were made by the desk that {@link #open} gave: of each it still has anything of, once. */
    protected abstract List<Kept> kept();

    /** Gives back what the desk stands on. */
    protected void end() {}

    @BeforeEach
    void openOne() {
        desk = open();
    }

    @AfterEach
    void endIt() {
        end();
    }

    private static TicketOrder order(String id, String text) {
        return new TicketOrder(
                TicketId.of(id),
                new TicketOrigin(
                        InstitutionId.of("springy"), WidgetId.of("home"), ChatId.of("c"), null, FinishedChat.T0),
                new TicketContent("question " + text, "name " + text, "email-" + text + "@example.edu", true),
                "conversation " + text);
    }

    private static Kept kept(String reference, String text) {
        return new Kept(
                reference,
                InstitutionId.of("springy"),
                "question " + text,
                "name " + text,
                "email-" + text + "@example.edu",
                "conversation " + text);
    }

    // ---- TD1

    @Test
    void td01_askingAgainMakesNoSecondTicket() {
        String first = desk.create(order("a", "a"));
        String other = desk.create(order("b", "b"));

        assertThat(desk.create(order("a", "a"))).isEqualTo(first).isNotEqualTo(other);
        assertThat(kept()).containsExactlyInAnyOrder(kept(first, "a"), kept(other, "b"));
    }

    @Test
    void td01_severalThatAskAtOnceGetOneTicket() {
        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            TicketOrder order = order("t" + round, "x");
            ConcurrentLinkedQueue<String> references = new ConcurrentLinkedQueue<>();

            atOnce(thread -> references.add(desk.create(order)));

            assertThat(references.stream().distinct()).hasSize(1);
            assertThat(kept()).hasSize(round + 1);
        }
    }

    // ---- TD2

    @Test
    void td02_whatCameBackIsKeptUnderItsReference() {
        for (int i = 0; i < 30; i++) {
            String reference = desk.create(order("t" + i, "" + i));

            assertThat(reference.length()).isBetween(1, TicketDesk.LONGEST_REFERENCE);
            assertThat(kept()).hasSize(i + 1).contains(kept(reference, "" + i));
        }
    }

    // ---- TD3

    @Test
    void td03_everyCharacterIsKept() {
        int number = 0;
        for (String text :
                List.of("it's; -- %_\\ <b>", "\u00e4\u0416\u6f22 \ud83d\udcda", " \n\t ", "a".repeat(20_000))) {
            TicketOrder order = new TicketOrder(
                    TicketId.of("t" + number++),
                    order("x", "x").origin(),
                    new TicketContent(text, text, "a@example.edu", true),
                    text);

            String reference = desk.create(order);

            assertThat(kept()).contains(new Kept(reference, order.origin().home(), text, text, "a@example.edu", text));
        }
        TicketOrder bare = new TicketOrder(
                TicketId.of("bare"),
                order("x", "x").origin(),
                new TicketContent("Where?", null, "a@example.edu", false),
                null);
        String reference = desk.create(bare);
        assertThat(kept()).contains(new Kept(reference, bare.origin().home(), "Where?", null, "a@example.edu", null));
    }

    // ---- TD4

    @Test
    void td04_whatIsForgottenIsGoneAndNothingElse() {
        desk.create(order("a", "canary"));
        String other = desk.create(order("b", "b"));

        desk.forget(TicketId.of("a"));
        desk.forget(TicketId.of("a"));
        desk.forget(TicketId.of("never-made"));

        assertThat(kept()).contains(kept(other, "b"));
        assertThat(kept().toString()).doesNotContain("canary");
    }

    // ---- TD5

    @Test
    void td05_whatIsMadeAfterItWasForgottenIsForgottenOnceMore() {
        desk.forget(TicketId.of("a"));
        desk.create(order("a", "canary"));

        desk.forget(TicketId.of("a"));

        assertThat(kept().toString()).doesNotContain("canary");
    }
}
