package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.DESK;
import static org.libcoop.presence.World.NODE;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SPRINGY;
import static org.libcoop.presence.World.at;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signs of life (P4, T3): a lease that runs out, several nodes that vouch, nodes that die. The lease is 30 s. */
class LeaseTest {

    private static final NodeId OTHER = new NodeId("node-2");

    private final World world = World.with();
    private final Presence presence = world.presence();

    @ParameterizedTest
    @CsvSource({"39.999, true", "40, false", "40.001, false"})
    void presenceEndsOneLeaseAfterTheLastSignOfLife(double when, boolean there) {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(presence.served(SPRINGY, DESK, at(when))).isEqualTo(there);
        assertThat(presence.available(SPRINGY, DESK, ANA, at(when))).isEqualTo(there);
        assertThat(presence.live(ANA, at(when))).isEqualTo(there);
        assertThat(presence.monitors(ANA, DESK, at(when))).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource({"0, 39.999, ", "0, 40, 40", "39.999, 40, 40", "40, 100, "})
    void theEndOfALeaseIsALapseKnownInAdvance(double after, double upTo, Double lapse) {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(presence.firstLapse(SPRINGY, List.of(DESK), at(after), at(upTo))
                        .orElse(null))
                .isEqualTo(lapse == null ? null : at(lapse));
    }

    @Test
    void theLengthOfTheLeaseIsAPolicy() {
        World quick = World.with("lease", "2s", "ownerGrace", "2s");
        quick.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(quick.presence().served(SPRINGY, DESK, at(11.999))).isTrue();
        assertThat(quick.presence().served(SPRINGY, DESK, at(12))).isFalse();
    }

    @Test
    void whoComesBackBeforeTheLeaseEndsWasNeverAway() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        vouch(39.999, NODE);

        assertThat(presence.firstLapse(SPRINGY, List.of(DESK), at(0), at(1000))).isEmpty();
        assertThat(presence.served(SPRINGY, DESK, at(1000))).isTrue();
    }

    @Test
    void whoComesBackLaterWasAwayInBetween() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        vouch(40.001, NODE);

        assertThat(world.touched()).containsExactly(DESK);
        assertThat(presence.firstLapse(SPRINGY, List.of(DESK), at(0), at(1000))).contains(at(40));
        assertThat(presence.served(SPRINGY, DESK, at(40))).isFalse();
        assertThat(presence.served(SPRINGY, DESK, at(40.001))).isTrue();
    }

    @Test
    void oneNodeThatVouchesIsEnough() {
        world.there(0, ANA, REFERENCE);
        vouch(5, OTHER);

        world.silentSince(10, ANA);

        assertThat(presence.served(SPRINGY, DESK, at(1000))).isTrue();
    }

    @Test
    void ofSeveralLastSignsOfLifeTheLatestCounts() {
        world.there(0, ANA, REFERENCE);
        vouch(5, OTHER);
        world.silentSince(10, ANA);

        world.change(ANA, row -> row.attached(new Attachment(OTHER, at(15)), node -> false, at(15)));

        assertThat(presence.served(SPRINGY, DESK, at(44.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(45))).isFalse();
    }

    @Test
    void aNodeThatVouchesAgainSettlesWhatOthersSaid() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        vouch(20, OTHER);

        assertThat(world.row(ANA).attachments()).containsExactly(new Attachment(OTHER, null));
    }

    @Test
    void theWordOfADeadNodeIsDroppedTogetherWithTheOldOnes() {
        world.there(0, ANA, REFERENCE);

        world.change(ANA, row -> row.attached(new Attachment(OTHER, null), NODE::equals, at(20)));

        assertThat(world.row(ANA).attachments()).containsExactly(new Attachment(OTHER, null));
    }

    // ---- Nodes that die

    @ParameterizedTest
    @CsvSource({"129.999, true", "130, false", "130.001, false"})
    void theOperatorsOfADeadNodeEndWithItsLeaseHoweverLateThatIsTold(double when, boolean there) {
        world.there(0, ANA, REFERENCE);

        Set<?> touched = presence.learnEnd(NODE, at(100));

        assertThat(touched).isEqualTo(Set.of(DESK));
        assertThat(presence.served(SPRINGY, DESK, at(when))).isEqualTo(there);
        assertThat(presence.live(ANA, at(when))).isEqualTo(there);
        assertThat(presence.lastRenewalOfDead(NODE)).contains(at(100));
        assertThat(presence.lastRenewalOfDead(OTHER)).isEmpty();
    }

    @Test
    void theDeathOfANodeDoesNotTouchThoseForWhomAnotherVouches() {
        world.there(0, ANA, REFERENCE).there(0, BEN, REFERENCE);
        vouch(5, OTHER);

        presence.learnEnd(NODE, at(100));

        assertThat(presence.available(SPRINGY, DESK, at(1000))).containsExactly(ANA);
        assertThat(presence.firstLapse(SPRINGY, List.of(DESK), at(0), at(1000))).isEmpty();
    }

    @Test
    void aRowOfANodeKnownToBeDeadIsNoLongerBelieved() {
        presence.learnEnd(NODE, at(100));

        world.there(90, ANA, REFERENCE);

        assertThat(presence.served(SPRINGY, DESK, at(129.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(130))).isFalse();
    }

    @Test
    void aRowThatChangedAfterItsNodeDiedDoesNotBringTheOperatorBack() {
        world.there(0, ANA, REFERENCE);
        presence.learnEnd(NODE, at(100));

        world.change(ANA, row -> row.oneChatLess(at(200)));

        assertThat(presence.served(SPRINGY, DESK, at(200))).isFalse();
        assertThat(presence.served(SPRINGY, DESK, at(129.999))).isTrue();
        assertThat(presence.served(SPRINGY, DESK, at(130))).isFalse();
    }

    @Test
    void nodesOfWhichTheStoreHasNoLeaseAreFound() {
        world.there(0, ANA, REFERENCE);

        assertThat(presence.vouchersOutside(Set.of(NODE))).isEmpty();
        assertThat(presence.vouchersOutside(Set.of(OTHER))).containsExactly(NODE);

        presence.learnEnd(NODE, Instant.EPOCH);

        assertThat(presence.vouchersOutside(Set.of(OTHER))).isEmpty();
        assertThat(presence.served(SPRINGY, DESK, at(1000))).isFalse();
    }

    // ---- What time brings

    @Test
    void anEndByTimeIsToldOnceAtItsInstant() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(presence.nextEnd()).contains(at(40));
        assertThat(presence.endedByTime(at(39.999))).isEmpty();
        assertThat(presence.endedByTime(at(40))).containsExactly(ANA);
        assertThat(presence.endedByTime(at(40))).isEmpty();
        assertThat(presence.nextEnd()).as("the owner's grace").contains(at(70));
        assertThat(presence.endedByTime(at(1000))).containsExactly(ANA);
        assertThat(presence.nextEnd()).isEmpty();
    }

    @Test
    void nobodyEndsByTimeWhileANodeVouches() {
        world.there(0, ANA, REFERENCE);

        assertThat(presence.nextEnd()).isEmpty();
        assertThat(presence.endedByTime(at(1_000_000))).isEmpty();
    }

    private void vouch(double seconds, NodeId node) {
        world.change(ANA, row -> row.attached(new Attachment(node, null), dead -> false, at(seconds)));
    }
}
