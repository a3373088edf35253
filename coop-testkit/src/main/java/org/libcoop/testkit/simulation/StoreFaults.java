package org.libcoop.testkit.simulation;

import org.jspecify.annotations.Nullable;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.StoreException;

/** What goes wrong on one node's way to the store, and the eyes of the witness there. */
final class StoreFaults implements FaultyStore.Faults {

    private final Simulation simulation;
    private final SimulatedNode node;
    private final Fate fate;
    private final Witness witness;
    private long changesBefore;
    private boolean committing;

    StoreFaults(Simulation simulation, SimulatedNode node) {
        this.simulation = simulation;
        this.node = node;
        this.fate = simulation.fate();
        this.witness = simulation.witness();
    }

    @Override
    public void before(FaultyStore.Call call) {
        if (call == FaultyStore.Call.NOW) {
            return;
        }
        if (call == FaultyStore.Call.FEED) {
            node.view().turnsToFeed();
        }
        boolean commit = call == FaultyStore.Call.COMMIT;
        if (commit && !committing) {
            committing = true;
            changesBefore = witness.changes();
            node.view().handsOver(changesBefore);
        }
        if (fate.strikes(Fate.Fault.OVERTAKEN)) {
            simulation.overtake();
        }
        if (commit && fate.strikes(Fate.Fault.STALL)) {
            simulation.stall();
        }
        diesHere(commit);
        if (fate.strikes(commit ? Fate.Fault.COMMIT_FAILED : Fate.Fault.CALL_FAILED)) {
            throw away(commit && fate.below(2) == 0);
        }
    }

    @Override
    public void after(FaultyStore.Call call, @Nullable Object answer) {
        if (call == FaultyStore.Call.NOW) {
            return;
        }
        boolean commit = call == FaultyStore.Call.COMMIT;
        diesHere(commit);
        if (commit && fate.strikes(Fate.Fault.COMMIT_UNKNOWN)) {
            throw away(true);
        }
        if (commit) {
            committing = false;
            node.view().handsOver(Long.MAX_VALUE);
        }
        node.view().answered(answer, witness.changes(), simulation.time().now());
    }

    @Override
    public void committed(NodeId id, Change change, Committed outcome) {
        witness.committed(node, id, change, outcome.outcome());
    }

    private void diesHere(boolean commit) {
        if (fate.strikes(commit ? Fate.Fault.CRASH_IN_COMMIT : Fate.Fault.CRASH_IN_CALL)) {
            throw simulation.dies(node);
        }
    }

    private StoreException away(boolean unknown) {
        node.view().interrupted();
        if (committing) {
            committing = false;
            witness.notTold(node, changesBefore);
            node.view().handsOver(Long.MAX_VALUE);
        }
        simulation.trace().line(node + " finds the store away" + (unknown ? ", its change may be there" : ""));
        return new StoreException("the simulated store is away", unknown);
    }

    @Override
    public boolean losesHint() {
        return !node.alive() || fate.strikes(Fate.Fault.HINT_LOST);
    }
}
