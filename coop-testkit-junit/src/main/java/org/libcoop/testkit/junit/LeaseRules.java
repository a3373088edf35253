package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.testkit.junit.Given.ANA;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.Coop;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/** ST5: a node whose lease is over, in the store's time, changes nothing. */
abstract class LeaseRules extends ResultRules {

    private static final Duration LENGTH = Duration.ofMillis(10_007);

    @Test
    void st05_aLeaseBeginsNowAndIsAsLongAsAskedFor() {
        Instant before = store.now();
        NodeLease lease = store.join(new NodeId("n"), LENGTH);
        Instant after = store.now();

        assertThat(lease.node()).isEqualTo(new NodeId("n"));
        assertThat(lease.length()).isEqualTo(LENGTH);
        assertThat(lease.renewedAt()).isBetween(before, after);
        assertThat(store.nodes()).contains(lease);
    }

    @Test
    void st05_aNodeThatNeverJoinedIsFenced() {
        NodeId stranger = new NodeId("stranger");

        assertThat(store.commit(stranger, List.of(oneChange("c")))).containsExactly(Committed.FENCED);
        assertThat(store.renew(stranger)).isEmpty();
        store.leave(stranger);

        assertThat(store.live(null)).isEmpty();
        assertThat(store.nodes()).extracting(NodeLease::node).doesNotContain(stranger);
    }

    @Test
    void st05_aNodeThatLeftIsFenced() {
        NodeId gone = join(store, "gone");
        assertThat(store.commit(gone, List.of(oneChange("c")))).containsExactly(Committed.APPLIED);

        store.leave(gone);

        assertThat(store.commit(gone, List.of(oneChange("d")))).containsExactly(Committed.FENCED);
        assertThat(store.renew(gone)).isEmpty();
        assertThat(store.live(null)).hasSize(1);
    }

    @Test
    void st05_aNodeThatLeftIsDeadFromThenOn() {
        NodeId gone = join(store, "gone");
        Instant before = store.now();
        store.leave(gone);
        Instant after = store.now();

        assertThat(leaseOf(store, gone).endsAt()).isBetween(before, after);
    }

    @Test
    void st05_leavingTwiceDoesNoHarm() {
        NodeId gone = join(store, "gone");
        store.leave(gone);
        Instant end = leaseOf(store, gone).endsAt();

        store.leave(gone);

        assertThat(leaseOf(store, gone).endsAt()).isEqualTo(end);
        assertThat(store.renew(gone)).isEmpty();
    }

    @Test
    void st05_aNodeIsFencedExactlyFromTheEndOfItsLease() {
        needs(StoreCapability.CONTROLLED_TIME);
        NodeLease lease = store.join(new NodeId("n"), LENGTH);
        NodeId n = lease.node();

        awaitTime(lease.endsAt().minusMillis(1));
        assertThat(store.commit(n, List.of(oneChange("before")))).containsExactly(Committed.APPLIED);
        awaitTime(lease.endsAt());
        assertThat(store.commit(n, List.of(oneChange("at")))).containsExactly(Committed.FENCED);
        awaitTime(lease.endsAt().plusMillis(1));
        assertThat(store.commit(n, List.of(oneChange("after")))).containsExactly(Committed.FENCED);

        assertThat(store.live(null)).hasSize(1);
    }

    @Test
    void st05_aLeaseIsRenewedUpToItsLastMillisecond() {
        needs(StoreCapability.CONTROLLED_TIME);
        NodeLease lease = store.join(new NodeId("n"), LENGTH);
        NodeId n = lease.node();
        Instant last = lease.endsAt().minusMillis(1);

        awaitTime(last);
        NodeLease renewed = new NodeLease(n, last, LENGTH);
        assertThat(store.renew(n)).contains(renewed);

        assertThat(store.nodes()).contains(renewed).doesNotContain(lease);
        awaitTime(renewed.endsAt().minusMillis(1));
        assertThat(store.commit(n, List.of(oneChange("before")))).containsExactly(Committed.APPLIED);
        awaitTime(renewed.endsAt());
        assertThat(store.commit(n, List.of(oneChange("at")))).containsExactly(Committed.FENCED);
        assertThat(store.renew(n)).isEmpty();
    }

    @Test
    void st05_aRenewalCountsFromNow() {
        NodeLease lease = store.join(new NodeId("n"), LONG);
        awaitTime(lease.renewedAt().plusMillis(3));

        Instant before = store.now();
        NodeLease renewed = store.renew(lease.node()).orElseThrow();
        Instant after = store.now();

        assertThat(renewed.length()).isEqualTo(LONG);
        assertThat(renewed.renewedAt()).isBetween(before, after);
        assertThat(leaseOf(store, lease.node())).isEqualTo(renewed);
    }

    @Test
    void st05_aNodeWhoseLeaseEndedChangesNothing() {
        NodeLease lease = shortLease("n");
        given(oneChange("c"));
        Coop coop = Coop.local(Given.ACADEMIC, "Academic");
        List<Change> batch = List.of(
                oneChange("d"),
                oneChange("c"),
                new Change.OfPresence(Given.signedIn(ANA, t0)),
                new Change.OfRecord(coop, 0),
                new Change.OfHost(Specimens.host(), 0));

        awaitTime(lease.endsAt());

        assertThat(store.commit(lease.node(), batch)).hasSize(5).containsOnly(Committed.FENCED);
        assertThat(store.live(null)).hasSize(1);
        assertThat(store.presence(ANA, 0)).isEmpty();
        assertThat(store.directory().revision()).isZero();
        assertThat(store.directory().records()).isEmpty();
        assertThat(commitAll(batch)).doesNotContain(Committed.Outcome.FENCED);
    }

    @Test
    void st05_aLeaseThatEndedCannotBeRenewed() {
        NodeLease lease = shortLease("n");

        awaitTime(lease.endsAt());

        assertThat(store.renew(lease.node())).isEmpty();
        assertThat(store.renew(lease.node())).isEmpty();
        assertThat(store.commit(lease.node(), List.of(oneChange("c")))).containsExactly(Committed.FENCED);
        assertThat(leaseOf(store, lease.node())).isEqualTo(lease);
    }

    @Test
    void st05_leavingAfterTheEndDoesNotMoveTheEnd() {
        NodeLease lease = shortLease("n");
        awaitTime(lease.endsAt().plusMillis(5));

        store.leave(lease.node());

        assertThat(leaseOf(store, lease.node()).endsAt()).isEqualTo(lease.endsAt());
    }

    @Test
    void st05_aNodesIdIsNew() {
        NodeId left = join(store, "left");
        store.leave(left);
        NodeLease ended = shortLease("ended");
        awaitTime(ended.endsAt());

        for (NodeId known : List.of(node, left, ended.node())) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.join(known, LONG));
        }
        assertThat(store.commit(left, List.of(oneChange("c")))).containsExactly(Committed.FENCED);
        assertThat(store.join(new NodeId("LEFT"), LONG).node()).isEqualTo(new NodeId("LEFT"));
    }

    @Test
    void st05_aNodesIdIsNewForEveryHandle() {
        needs(StoreCapability.SHARED_BY_PROCESSES);
        Store other = otherHandle();

        assertThatIllegalArgumentException().isThrownBy(() -> other.join(node, LONG));
        join(other, "far");
        assertThatIllegalArgumentException().isThrownBy(() -> store.join(new NodeId("far"), LONG));
        assertThat(store.nodes()).containsExactlyInAnyOrderElementsOf(other.nodes());
    }

    @Test
    void st05_aNodesIdIsTakenForGood() {
        needs(StoreCapability.SURVIVES_REOPEN);
        NodeLease lease = leaseOf(store, node);

        Store again = subject.reopen();

        assertThat(again.nodes()).contains(lease);
        assertThatIllegalArgumentException().isThrownBy(() -> again.join(node, LONG));
    }

    @Test
    void st05_nodesThatEndedAreListedForADay() {
        NodeLease ended = shortLease("ended");
        NodeId left = join(store, "left");
        store.leave(left);
        awaitTime(ended.endsAt());
        if (can(StoreCapability.CONTROLLED_TIME)) {
            awaitTime(t0.plus(Duration.ofHours(23)));
        }
        join(store, "living");

        assertThat(store.nodes())
                .extracting(NodeLease::node)
                .containsExactlyInAnyOrder(node, left, ended.node(), new NodeId("living"));
        assertThat(store.nodes()).contains(ended);
    }

    private Change oneChange(String chat) {
        return Draft.start(chat, t0).as("s", "1", "d").change();
    }

    private static NodeLease leaseOf(Store of, NodeId node) {
        Optional<NodeLease> lease =
                of.nodes().stream().filter(l -> l.node().equals(node)).findFirst();
        return lease.orElseThrow(() -> new AssertionError(node + " is not listed"));
    }
}
