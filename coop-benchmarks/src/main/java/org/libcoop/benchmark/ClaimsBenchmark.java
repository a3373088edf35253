package org.libcoop.benchmark;

import java.util.List;

/** Claims a second, many at once (P8, P9). */
final class ClaimsBenchmark implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final String A_TRANSACTION = "claim and event, a transaction";

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public String what() {
        return "claims with an event each: won a second, on " + CONNECTIONS
                + " connections one by one, on one connection in batches, or through the engine (P8, P9)";
    }

    @Override
    public List<Contestant> contestants() {
        Claimers oneByOne = new Claimers(CONNECTIONS, 1, 1);
        return List.of(
                new SqlClaims(A_TRANSACTION, oneByOne, Claims::transaction),
                new SqlClaims("claim and event, a statement", oneByOne, Claims::statement),
                new SqlClaims("claim without event", oneByOne, Claims::update),
                batch(1),
                batch(10),
                batch(50),
                batch(200),
                batch(1_000),
                engine(64),
                engine(256));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atLeast("P8", engine(64).name(), "won/s", A_TRANSACTION, 3, 2),
                Target.atLeast("P8", engine(256).name(), "won/s", A_TRANSACTION, 3, 2),
                Target.atLeast("P9", engine(64).name(), "won/s", batch(200).name(), 0.6, 0.4),
                Target.atLeast("P9", engine(256).name(), "won/s", batch(200).name(), 0.6, 0.4));
    }

    /** So many librarians, each at a desk of their own. */
    private static Contestant engine(int claimers) {
        return new EngineClaims("coop engine, " + claimers + " at once", claimers, 1, 12_000);
    }

    private static Contestant batch(int size) {
        return new SqlClaims("batch of " + size, new Claimers(1, 1, size), Claims::batch);
    }
}
