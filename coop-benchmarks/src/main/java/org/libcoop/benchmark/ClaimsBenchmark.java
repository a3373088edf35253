package org.libcoop.benchmark;

import java.util.List;

/** Claims a second, many at once (P8, P9). */
final class ClaimsBenchmark implements Benchmark {

    private static final int CONNECTIONS = 16;

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public String what() {
        return "claims with an event each: won a second, on " + CONNECTIONS
                + " connections one by one, or on one connection in batches (P8, P9)";
    }

    @Override
    public List<Contestant> contestants() {
        Claimers oneByOne = new Claimers(CONNECTIONS, 1, 1);
        return List.of(
                new SqlClaims("claim and event, a transaction", oneByOne, Claims::transaction),
                new SqlClaims("claim and event, a statement", oneByOne, Claims::statement),
                new SqlClaims("claim without event", oneByOne, Claims::update),
                batch(1),
                batch(10),
                batch(50),
                batch(200),
                batch(1_000));
    }

    private static Contestant batch(int size) {
        return new SqlClaims("batch of " + size, new Claimers(1, 1, size), Claims::batch);
    }
}
