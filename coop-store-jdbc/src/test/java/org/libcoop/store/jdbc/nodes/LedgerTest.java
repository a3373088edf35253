package org.libcoop.store.jdbc.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.store.jdbc.nodes.Ledger.Attempt;
import org.libcoop.store.jdbc.nodes.Ledger.Deed;
import org.libcoop.store.jdbc.nodes.Ledger.Fate;

/** Every fault that a store can have is one that the ledger sees. */
class LedgerTest {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");

    private final Ledger ledger = new Ledger();
    private final List<Logged> log = new ArrayList<>();

    @Test
    void whatIsAsItWasToldIsRight() {
        tells(claim(), Fate.ACKNOWLEDGED);
        tells(patron("hello"), Fate.ACKNOWLEDGED);
        tells(operator("hi"), Fate.UNKNOWN);
        tells(operator("again"), Fate.UNKNOWN);
        tells(operator("too late"), Fate.REFUSED);
        tells(end(), Fate.ACKNOWLEDGED);
        claimed();
        says(Author.patron(), "hello");
        says(Author.operator(ANA), "again");
        says(Author.system(), "a greeting");
        ended();

        assertThat(wrong()).isEmpty();
    }

    @Test
    void anAcknowledgedMessageThatIsNotThereIsLost() {
        tells(patron("hello"), Fate.ACKNOWLEDGED);

        assertThat(wrong()).singleElement().asString().startsWith("lost: Attempt");
    }

    @Test
    void anAcknowledgedClaimOrEndThatIsNotThereIsLost() {
        tells(claim(), Fate.ACKNOWLEDGED);
        tells(end(), Fate.ACKNOWLEDGED);

        assertThat(wrong()).hasSize(2).allMatch(fault -> fault.startsWith("lost: Attempt"));
    }

    @Test
    void aChatThatIsNotThereIsLost() {
        ledger.started("c");

        assertThat(ledger.check(chat -> null)).containsExactly("lost: the start of c");
    }

    @Test
    void whatIsThereTwiceIsADoubleEffectWhateverWasTold() {
        for (Fate fate : Fate.values()) {
            tells(patron("told " + fate), fate);
            says(Author.patron(), "told " + fate);
            says(Author.patron(), "told " + fate);
        }

        assertThat(wrong()).hasSize(3).allMatch(fault -> fault.startsWith("done 2 times"));
    }

    @Test
    void aRefusalThatWasDoneAllTheSameIsAFault() {
        tells(operator("no"), Fate.REFUSED);
        says(Author.operator(ANA), "no");

        assertThat(wrong()).singleElement().asString().startsWith("refused, and done all the same");
    }

    @Test
    void whatNobodyAttemptedIsAFault() {
        says(Author.patron(), "out of nowhere");
        claimed();

        assertThat(wrong()).hasSize(2).allMatch(fault -> fault.startsWith("never attempted"));
    }

    @Test
    void oneSendersOrderIsKept() {
        tells(patron("one"), Fate.ACKNOWLEDGED);
        tells(patron("two"), Fate.ACKNOWLEDGED);
        says(Author.patron(), "two");
        says(Author.patron(), "one");

        assertThat(wrong()).singleElement().asString().startsWith("out of order: c patron");
    }

    @Test
    void numbersWithAGapAreAFault() {
        log.add(new Logged(2, AT, new ChatEvent.StillLooking(), null));

        assertThat(wrong()).containsExactly("entry 1 of c has the number 2");
    }

    private List<String> wrong() {
        ledger.started("c");
        return ledger.check(chat -> log);
    }

    private void tells(Attempt attempt, Fate fate) {
        ledger.attempts(attempt);
        ledger.told(attempt, fate);
    }

    private static Attempt claim() {
        return new Attempt("c", Deed.CLAIM, "ana", "");
    }

    private static Attempt end() {
        return new Attempt("c", Deed.END, "ana", "");
    }

    private static Attempt patron(String text) {
        return new Attempt("c", Deed.SAY, "patron", text);
    }

    private static Attempt operator(String text) {
        return new Attempt("c", Deed.SAY, "ana", text);
    }

    private void claimed() {
        happens(new ChatEvent.ChatClaimed(ANA, InstitutionId.of("springy"), Stage.of(Site.DESK)), null);
    }

    private void ended() {
        happens(new ChatEvent.ChatEnded(Author.operator(ANA), Disposition.ANSWERED, false), null);
    }

    private void says(Author author, String text) {
        happens(new ChatEvent.MessageSaid(author, Audience.PATRON_AND_STAFF), new Content.Text(text));
    }

    private void happens(ChatEvent event, @Nullable Content content) {
        log.add(new Logged(log.size() + 1, AT, event, content));
    }
}
