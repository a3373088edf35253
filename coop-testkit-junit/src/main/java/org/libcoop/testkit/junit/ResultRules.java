package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;
import static org.libcoop.testkit.junit.Given.ANA;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;

/** ST4: a command that was applied is never applied again. */
abstract class ResultRules extends PresenceRules {

    private static final ChatId C = ChatId.of("c");

    @Test
    void st04_aResultIsFoundByChatScopeAndId() {
        Change.OfChat first =
                Draft.start("c", t0).says("x").as("scope", "id", "digest").change();
        given(first);

        CommandResult result = new CommandResult(new CommandId("scope", "id", "digest"), C, 2);
        assertThat(store.result(C, "scope", "id")).contains(result);
        assertThat(store.result(C, "scope", "other")).isEmpty();
        assertThat(store.result(C, "other", "id")).isEmpty();
        assertThat(store.result(ChatId.of("d"), "scope", "id")).isEmpty();
        assertThat(store.result(C, "SCOPE", "id")).isEmpty();
        assertThat(store.result(C, "scope", "ID")).isEmpty();
        assertThat(store.result(C, "scope", "id ")).isEmpty();
    }

    @Test
    void st04_aResendGetsTheFirstResultWithItsDigestAndEntry() {
        Change.OfChat first =
                Draft.start("c", t0).says("x").as("s", "1", "first digest").change();
        given(first);
        Change.OfChat resent = Draft.on(first)
                .says("y")
                .says("z")
                .as("s", "1", "another digest")
                .change();

        Committed outcome = committed(resent);

        assertThat(outcome).isEqualTo(Committed.repeated(result(first)));
        assertThat(store.result(C, "s", "1")).contains(result(first));
    }

    @Test
    void st04_aResendChangesNothing() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat first =
                Draft.start("c", t0).as("s", "1", "d").due(t0.plusMillis(1)).change();
        given(first);

        Committed outcome = committed(Draft.on(first)
                .claimedBy(ANA, t0, ana.version())
                .lowers(Given.BEN)
                .as("s", "1", "d")
                .change());

        assertThat(outcome).isEqualTo(Committed.repeated(result(first)));
        assertThat(store.chat(C)).contains(first.chat());
        assertThat(store.log(C, 0, 10)).isEqualTo(first.entries());
        assertThat(store.due(t0.plusMillis(1), 10)).containsExactly(first.chat());
        assertThat(store.presence(ANA, 0)).containsExactly(ana);
        assertThat(row(Given.BEN).version()).isZero();
    }

    @Test
    void st04_aResendIsKnownThoughTheChatHasGoneOn() {
        Change.OfChat first = Draft.start("c", t0).as("s", "start", "d").change();
        Change.OfChat second = Draft.on(first).says("x").as("s", "say", "d").change();
        Change.OfChat over =
                Draft.on(second).ends(t0.plusMillis(3)).as("s", "end", "d").change();
        given(first, second, over);

        assertThat(committed(first)).isEqualTo(Committed.repeated(result(first)));
        assertThat(committed(second)).isEqualTo(Committed.repeated(result(second)));
        assertThat(committed(over)).isEqualTo(Committed.repeated(result(over)));
        assertThat(store.chat(C)).contains(over.chat());
    }

    @Test
    void st04_aResendIsKnownThoughItsGuardHoldsNoMore() {
        OperatorPresence ana = givenSignedIn(ANA);
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat claim = Draft.on(first)
                .claimedBy(ANA, t0, ana.version())
                .as("ana", "1", "d")
                .change();
        given(first, claim);

        assertThat(committed(claim)).isEqualTo(Committed.repeated(result(claim)));

        assertThat(row(ANA).openChats()).isEqualTo(1);
    }

    @Test
    void st04_aResendInTheBatchOfTheFirstGetsItsResult() {
        Change.OfChat first = Draft.start("c", t0).as("s", "1", "d").change();
        Change.OfChat other = Draft.on(first).says("other").as("s", "2", "e").change();

        List<Committed> outcomes = store.commit(node, List.of(first, first, other, first, other));

        assertThat(outcomes)
                .containsExactly(
                        Committed.APPLIED,
                        Committed.repeated(result(first)),
                        Committed.APPLIED,
                        Committed.repeated(result(first)),
                        Committed.repeated(result(other)));
        assertThat(store.chat(C)).contains(other.chat());
    }

    @Test
    void st04_anIdHoldsWithinItsScopeAndChatOnly() {
        Change.OfChat first = Draft.start("c", t0).as("s", "1", "d").change();
        Change.OfChat otherScope = Draft.on(first).says("x").as("S", "1", "d").change();
        Change.OfChat otherId =
                Draft.on(otherScope).says("x").as("s", "1 ", "d").change();
        Change.OfChat otherChat = Draft.start("C", t0).as("s", "1", "d").change();

        assertThat(commitAll(first, otherScope, otherId, otherChat))
                .containsExactly(APPLIED, APPLIED, APPLIED, APPLIED);

        assertThat(store.result(C, "s", "1")).contains(result(first));
        assertThat(store.result(C, "S", "1")).contains(result(otherScope));
        assertThat(store.result(C, "s", "1 ")).contains(result(otherId));
        assertThat(store.result(ChatId.of("C"), "s", "1")).contains(result(otherChat));
    }

    @Test
    void st04_scopeAndIdAreNotRunTogether() {
        String[][] pairs = {
            {"a b", "c"},
            {"a", "b c"},
            {"a/b", "c"},
            {"a", "b/c"},
            {"a:b", "c"},
            {"a", "b:c"},
            {"ab", "c"},
            {"a", "bc"},
            {"", "abc"}
        };
        Change.OfChat last = Draft.start("c", t0).change();
        given(last);

        for (String[] pair : pairs) {
            Change.OfChat next = Draft.on(last)
                    .says(pair[0] + "|" + pair[1])
                    .as(pair[0], pair[1], "d")
                    .change();
            assertThat(commit(next))
                    .as("scope \"%s\", id \"%s\"", pair[0], pair[1])
                    .isEqualTo(APPLIED);
            last = next;
        }
    }

    @Test
    void st04_scopeAndIdAreNotRunTogetherWithinABatch() {
        int i = 0;
        for (String between : List.of(" ", "/", ":", "|", ",", ";", "")) {
            Change.OfChat first = Draft.start("c-" + i++, t0).change();
            Change.OfChat second =
                    Draft.on(first).says("x").as("a" + between + "b", "c", "d").change();
            Change.OfChat third =
                    Draft.on(second).says("y").as("a", "b" + between + "c", "d").change();

            assertThat(commitAll(first, second, third))
                    .as("between: \"%s\"", between)
                    .containsExactly(APPLIED, APPLIED, APPLIED);
        }
    }

    @Test
    void st04_aChangeThatLostHasNoResult() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second = Draft.on(first).says("x").change();
        Change.OfChat late = Draft.on(first).says("y").as("s", "1", "d").change();
        given(first, second);

        assertThat(commit(late)).isEqualTo(LOST);
        assertThat(store.result(C, "s", "1")).isEmpty();
        assertThat(commit(Draft.on(second).says("y").as("s", "1", "d").change()))
                .isEqualTo(APPLIED);
    }

    @Test
    void st04_aChangeWithoutACommandIsNeverARepetition() {
        Change.OfChat first = Draft.start("c", t0).change();
        Change.OfChat second = Draft.on(first).says("x").change();

        assertThat(commitAll(first, second, Draft.on(second).says("x").change(), second))
                .containsExactly(APPLIED, APPLIED, APPLIED, LOST);
    }

    @Test
    void st04_eachOfManyResultsOfAChatIsFound() {
        Change.OfChat last = Draft.start("c", t0).as("s", "0", "d").change();
        given(last);
        for (int i = 1; i <= 100; i++) {
            last = Draft.on(last)
                    .says("x")
                    .as("s", Integer.toString(i), "d" + i)
                    .change();
            given(last);
        }

        for (int i = 1; i <= 100; i++) {
            CommandId command = new CommandId("s", Integer.toString(i), "d" + i);
            assertThat(store.result(C, "s", Integer.toString(i))).contains(new CommandResult(command, C, i + 1L));
        }
    }

    private static CommandResult result(Change.OfChat change) {
        return Objects.requireNonNull(change.result(), "result");
    }
}
