package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.CountingIds;

/**
 * One run: two nodes on one store, people, and what goes wrong, first with faults, then without, then without people; each step
 * is one task of one node, or the next thing in time. What a node does can be overtaken inside any call to the store.
 */
final class Simulation {

    private static final int NODES = 2;
    private static final Duration WORST_SKEW = Duration.ofHours(24);
    private static final Duration LONGEST_DOWN = Duration.ofSeconds(40);
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofMinutes(15);
    private static final long MOST_STEPS = 5_000_000;

    private final SimulationOptions options;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final Fate fate;
    private final Directory directory;
    private final Store store;
    private final Archive archive;
    private final Witness witness;
    private final Promises promises;
    private final People people;
    private final Convergence convergence;
    private final Duration sweepEvery;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private int lives;
    private long steps;
    private int overtaking;

    Simulation(
            SimulationOptions options,
            Function<Clock, Store> store,
            Archive archive,
            @Nullable Consumer<String> listener) {
        this.options = options;
        this.archive = archive;
        this.store = store.apply(new Clock() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public void wakeAt(Instant at, Runnable hint) {
                time.wakeAt(at, hint);
            }
        });
        this.trace = new Trace(time, listener);
        Random setUp = new Random(options.seed());
        this.directory = DirectoryDraw.draw(setUp);
        this.sweepEvery = Duration.ofMillis(500L * (1 + setUp.nextInt(4)));
        this.people = new People(this, directory, new Random(setUp.nextLong()));
        this.fate = new Fate(new Random(setUp.nextLong()), options.disturbance(), trace);
        this.witness = new Witness(this.store, time, trace);
        this.promises = new Promises(witness, trace);
        this.convergence = new Convergence(this, people, this.store);
    }

    SimulationResult run() {
        for (int slot = 0; slot < NODES; slot++) {
            startNode();
        }
        people.begin();
        int untilHeal = Math.max(1, options.chats() * 5 / 6);
        while (people.visitorsSoFar() < untilHeal) {
            step(Instant.MAX);
        }
        heal();
        Instant settled = time.now().plus(convergence.settling());
        boolean toLose = options.disturbance() == SimulationOptions.Disturbance.EVERYTHING;
        while (toLose || !people.allCame() || time.now().isBefore(settled.plus(CALM))) {
            passUntil(time.now().plus(Duration.ofSeconds(5)));
            if (time.now().isAfter(settled)) {
                settle();
                convergence.check();
                if (toLose) {
                    toLose = false;
                    loseNode();
                    settled = time.now().plus(convergence.settling());
                }
            }
        }
        people.rest();
        passUntil(time.now().plus(REST));
        settle();
        convergence.check();
        convergence.checkOver();
        convergence.checkArchived(archive);
        failIfWrong();
        return result();
    }

    /** T3: what was due on a dead node opens on another one at once, long before the dead one's lease is over. */
    private void loseNode() {
        crash(nodes.get(fate.below(nodes.size())));
        if (nodes.isEmpty()) {
            startNode();
        }
        Instant leaseOver = time.now().plus(directory.policies().lease());
        while (time.now().isBefore(leaseOver)) {
            passUntil(time.now().plus(sweepEvery));
            settle();
            convergence.checkDue();
        }
    }

    private SimulationResult result() {
        TreeMap<ChatId, String> outcomes = new TreeMap<>();
        if (options.disturbance() != SimulationOptions.Disturbance.EVERYTHING) {
            witness.chats().forEach(chat -> outcomes.put(chat.id(), outcome(chat.id())));
        }
        return new SimulationResult(options, witness.chats().size(), steps, trace.hash(), trace.counters(), outcomes);
    }

    private String outcome(ChatId chat) {
        StringBuilder outcome = new StringBuilder();
        for (Logged entry : store.log(chat, 0, Store.PAGE)) {
            boolean ofPresence = entry.event().kind() == ChatEvent.Kind.PATRON_GONE
                    || entry.event().kind() == ChatEvent.Kind.PATRON_BACK;
            if (!ofPresence) {
                outcome.append(trace.offset(entry.at()))
                        .append(' ')
                        .append(Wording.happened(entry))
                        .append('\n');
            }
        }
        return outcome.toString();
    }

    // ---- Steps
    // -------------------------------------------------------------------------------------------------------

    private void passUntil(Instant end) {
        while (time.now().isBefore(end)) {
            step(end);
        }
    }

    /** Runs every task there is, without moving the time. */
    private void settle() {
        for (SimulatedNode ready = ready(); ready != null; ready = ready()) {
            run(ready);
        }
    }

    private void step(Instant end) {
        SimulatedNode ready = ready();
        boolean late = ready != null && fate.strikes(Fate.Fault.TASK_LATE);
        if (ready == null || late) {
            counted();
            time.next(end);
            failIfWrong();
        } else {
            run(ready);
        }
        befall();
    }

    private void run(SimulatedNode ready) {
        counted();
        ready.runOne();
        failIfWrong();
    }

    private void counted() {
        if (++steps > MOST_STEPS) {
            witness.wrong("it does not come to rest");
            failIfWrong();
        }
    }

    private @Nullable SimulatedNode ready() {
        List<SimulatedNode> ready = new ArrayList<>(nodes.size());
        for (SimulatedNode node : nodes) {
            if (node.mayRun(time.now())) {
                ready.add(node);
            }
        }
        if (ready.isEmpty()) {
            return null;
        }
        boolean inTurn = options.disturbance() != SimulationOptions.Disturbance.EVERYTHING;
        return ready.get(inTurn || ready.size() == 1 ? 0 : fate.below(ready.size()));
    }

    private void failIfWrong() {
        String wrong = witness.wrong().orElse(null);
        if (wrong != null) {
            throw new SimulationFailure(options, steps, wrong, trace.last());
        }
    }

    // ---- Nodes
    // -------------------------------------------------------------------------------------------------------

    /** What befalls nodes between two steps. */
    private void befall() {
        List<SimulatedNode> alive = alive();
        if (!alive.isEmpty() && fate.strikes(Fate.Fault.CRASH_BETWEEN_STEPS)) {
            crash(alive.get(fate.below(alive.size())));
        } else if (!alive.isEmpty() && fate.strikes(Fate.Fault.PAUSE)) {
            SimulatedNode node = alive.get(fate.below(alive.size()));
            Duration span = fate.span(directory.policies().lease().multipliedBy(2));
            trace.line(node + " is paused for " + span.toMillis() + " ms");
            node.pauseUntil(time.now().plus(span));
            time.wakeAt(time.now().plus(span), () -> trace.line(node + " goes on"));
        }
    }

    private void crash(SimulatedNode node) {
        node.die(time.now());
        trace.line(node + " died");
        nodes.remove(node);
        if (!fate.calm()) {
            // Now and then the other node is alone for long, with what the dead one left.
            Duration longest = fate.below(3) == 0 ? LONGEST_DOWN.multipliedBy(10) : LONGEST_DOWN;
            time.actAfter(nodes.isEmpty() ? fate.span(LONGEST_DOWN) : fate.span(longest), () -> {
                if (nodes.size() < NODES) {
                    startNode();
                }
            });
        }
    }

    private void startNode() {
        SimulatedNode node = new SimulatedNode("n" + ++lives);
        Duration skew = options.disturbance() == SimulationOptions.Disturbance.NOTHING
                ? Duration.ZERO
                : fate.span(WORST_SKEW.multipliedBy(2)).minus(WORST_SKEW);
        trace.line(node + " starts, its clock off by " + skew.toMillis() + " ms");
        nodes.add(node);
        node.call(() -> {
            try {
                node.started(CoopEngine.builder()
                        .clock(new NodeClock(time, fate, skew))
                        .store(new FaultyStore(store, new StoreFaults(this, node)))
                        .archive(new FaultyArchive(archive, this, node))
                        .ids(new CountingIds(node + "-"))
                        .executor(node::execute)
                        .sweepEvery(sweepEvery)
                        .directory(directory)
                        .build());
            } catch (StoreException away) {
                trace.line(node + " could not start");
                crash(node);
            }
        });
    }

    List<SimulatedNode> alive() {
        return nodes;
    }

    /** From now on nothing goes wrong; what was paused goes on, and somebody is there. */
    private void heal() {
        trace.line("it is calm");
        fate.calms();
        nodes.forEach(node -> node.pauseUntil(null));
        if (nodes.isEmpty()) {
            startNode();
        }
    }

    // ---- Inside a call
    // -----------------------------------------------------------------------------------------------

    /** Others do something while a node is inside a call. */
    void overtake() {
        if (overtaking > 1) {
            return;
        }
        overtaking++;
        try {
            int tasks = 1 + fate.below(3);
            for (SimulatedNode other = ready(); other != null && tasks > 0; other = ready()) {
                run(other);
                tasks--;
            }
        } finally {
            overtaking--;
        }
    }

    /** Time passes while a node is inside a call; others go on, people do not. */
    void stall() {
        Instant end = time.now().plus(fate.span(directory.policies().lease().multipliedBy(2)));
        if (overtaking > 1) {
            return;
        }
        overtaking++;
        try {
            while (time.now().isBefore(end)) {
                SimulatedNode other = ready();
                if (other != null) {
                    run(other);
                } else {
                    time.nextWake(end);
                }
            }
        } finally {
            overtaking--;
        }
    }

    /** The process ends in the middle of a call. */
    RuntimeException dies(SimulatedNode node) {
        crash(node);
        return SimulatedNode.unwinding();
    }

    // ---- Surroundings
    // ------------------------------------------------------------------------------------------------

    SimulationOptions options() {
        return options;
    }

    VirtualTime time() {
        return time;
    }

    Trace trace() {
        return trace;
    }

    Fate fate() {
        return fate;
    }

    Witness witness() {
        return witness;
    }

    Promises promises() {
        return promises;
    }

    Directory directory() {
        return directory;
    }

    Duration sweepEvery() {
        return sweepEvery;
    }
}
