package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;
import static org.libcoop.testkit.junit.Given.ANA;
import static org.libcoop.testkit.junit.Given.BEN;
import static org.libcoop.testkit.junit.Given.OLGA;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.spi.Change;

/** ST1 and ST3 for the rows of presence. */
abstract class PresenceRules extends KeepingRules {

    private static final List<@Nullable SignOff> HOW = Collections.unmodifiableList(Arrays.asList(
            null,
            SignOff.self(ANA),
            SignOff.colleague(OperatorId.of("x/y \"z\"")),
            SignOff.rule(DepartmentId.of("same")),
            SignOff.idle()));

    @Test
    void st01_aRowFollowsTheStoredOneOrLoses() {
        OperatorPresence one = Given.signedIn(ANA, t0);
        OperatorPresence two = one.withStatus(Status.AWAY, t0.plusMillis(1)).successor();
        OperatorPresence three = two.successor();

        assertThat(commit(new Change.OfPresence(two))).isEqualTo(LOST);
        assertThat(commit(new Change.OfPresence(OperatorPresence.unknown(ANA)))).isEqualTo(LOST);
        assertThat(commit(new Change.OfPresence(one))).isEqualTo(APPLIED);
        assertThat(commit(new Change.OfPresence(one))).isEqualTo(LOST);
        assertThat(commit(new Change.OfPresence(three))).isEqualTo(LOST);
        assertThat(commit(new Change.OfPresence(two))).isEqualTo(APPLIED);

        assertThat(store.presence(ANA, 0)).containsExactly(one, two);
    }

    @Test
    void st01_rowsOfOperatorsAreApart() {
        OperatorPresence ana = Given.signedIn(ANA, t0);
        OperatorPresence upper = Given.signedIn(OperatorId.of("ANA"), t0.plusMillis(1));

        assertThat(commitAll(new Change.OfPresence(ana), new Change.OfPresence(upper)))
                .containsExactly(APPLIED, APPLIED);

        assertThat(store.presence(ANA, 0)).containsExactly(ana);
        assertThat(store.presence(OperatorId.of("ANA"), 0)).containsExactly(upper);
    }

    @Test
    void st03_everyPartOfARowIsKept() {
        List<OperatorPresence> rows = new ArrayList<>();
        Set<Option> switches = new LinkedHashSet<>(List.of(
                Option.department("same"), Option.operator("same"), Option.coop("same"), Option.coop("x/y \"z\"")));
        List<Attachment> attachments =
                List.of(new Attachment(new NodeId("n-1"), null), new Attachment(new NodeId("N-1"), t0.minusMillis(1)));
        for (Status status : Status.values()) {
            Instant at = t0.plusMillis(rows.size());
            rows.add(new OperatorPresence(
                    ANA, rows.size() + 1L, true, status, switches, attachments, t0.minusMillis(7), at, 3, null));
            for (SignOff how : HOW) {
                rows.add(new OperatorPresence(
                        ANA, rows.size() + 1L, false, status, Set.of(), List.of(), null, at, 0, how));
            }
        }

        given(rows.stream().map(Change.OfPresence::new).toList());

        assertThat(store.presence(ANA, 0)).isEqualTo(rows);
    }

    @Test
    void st03_rowsAreReadAfterAVersionInOrder() {
        OperatorPresence last = givenHistory(ANA, 12);

        assertThat(store.presence(ANA, last.version())).isEmpty();
        assertThat(store.presence(ANA, last.version() - 1)).containsExactly(last);
        assertThat(store.presence(ANA, 0))
                .extracting(OperatorPresence::version)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(store.presence(ANA, 4))
                .first()
                .extracting(OperatorPresence::version)
                .isEqualTo(5L);
    }

    @Test
    void st03_rowsThatHoldNowAreThereHoweverOld() {
        OperatorPresence ana = givenHistory(ANA, 1);
        OperatorPresence ben = givenHistory(BEN, 1);

        assertThat(store.presenceSince(t0.plus(LONG))).containsExactlyInAnyOrder(ana, ben);
        assertThat(store.presenceSince(Instant.EPOCH)).containsExactlyInAnyOrder(ana, ben);
    }

    /** The row that held up to the very instant asked for may be there or not: at that instant its successor holds. */
    @Test
    void st03_rowsThatHeldSinceAnInstantAreThereAndEarlierOnesAreNot() {
        givenHistory(ANA, 5); // row n holds from t0 + 10 n to t0 + 10 (n + 1)

        assertThat(versionsSince(t0.plusMillis(29))).containsExactly(2L, 3L, 4L, 5L);
        assertThat(versionsSince(t0.plusMillis(30))).endsWith(3L, 4L, 5L).doesNotContain(1L);
        assertThat(versionsSince(t0.plusMillis(31))).containsExactly(3L, 4L, 5L);
        assertThat(versionsSince(t0.plusMillis(51))).containsExactly(5L);
        assertThat(versionsSince(t0)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    private List<Long> versionsSince(Instant since) {
        return store.presenceSince(since).stream()
                .map(OperatorPresence::version)
                .toList();
    }

    @Test
    void st03_rowsOfAllStandByOperatorInOrder() {
        for (int n = 1; n <= 3; n++) {
            for (OperatorId operator : List.of(OLGA, ANA, BEN)) {
                given(new Change.OfPresence(historic(operator, n)));
            }
        }

        List<OperatorPresence> all = store.presenceSince(t0);

        assertThat(all)
                .extracting(OperatorPresence::operator)
                .containsExactly(ANA, ANA, ANA, BEN, BEN, BEN, OLGA, OLGA, OLGA);
        assertThat(all).extracting(OperatorPresence::version).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 1L, 2L, 3L);
    }

    @Test
    void st03_aRowThatIsAddedByAClaimIsHistoryToo() {
        OperatorPresence one = givenHistory(ANA, 1);
        given(Draft.start("c", t0.plusMillis(40)).guard(ANA, 1).change());

        assertThat(store.presenceSince(t0.plusMillis(39)))
                .containsExactly(one, one.oneChatMore(t0.plusMillis(40)).successor());
        assertThat(store.presenceSince(t0.plusMillis(41)))
                .containsExactly(one.oneChatMore(t0.plusMillis(40)).successor());
    }

    @Test
    void st03_rowsOfTheLastDayAreKept() {
        needs(StoreCapability.CONTROLLED_TIME);
        givenHistory(ANA, 3);
        awaitTime(t0.plus(Duration.ofHours(23)));
        NodeId later = join(store, "later");

        store.commit(later, List.of(new Change.OfPresence(historic(ANA, 4))));

        assertThat(store.presence(ANA, 0)).hasSize(4);
        assertThat(versionsSince(t0)).containsExactly(1L, 2L, 3L, 4L);
    }

    private OperatorPresence givenHistory(OperatorId operator, int rows) {
        for (int n = 1; n <= rows; n++) {
            given(new Change.OfPresence(historic(operator, n)));
        }
        return historic(operator, rows);
    }

    private OperatorPresence historic(OperatorId operator, int n) {
        Instant at = t0.plusMillis(10L * n);
        return new OperatorPresence(
                operator, n, true, Status.ONLINE, Set.of(Given.DESK.option()), List.of(), t0, at, n, null);
    }
}
