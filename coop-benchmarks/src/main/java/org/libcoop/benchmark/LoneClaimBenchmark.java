package org.libcoop.benchmark;

import java.util.List;

/** How long one claim takes when nothing else happens (P10). */
final class LoneClaimBenchmark implements Benchmark {

    private static final String A_STATEMENT = "claim and event, a statement";
    private static final Contestant ENGINE = new EngineClaims("coop engine", 1, 1, 1_000);

    @Override
    public String name() {
        return "lone";
    }

    @Override
    public String what() {
        return "one claim after another on an idle database: latency (P10)";
    }

    @Override
    public List<Contestant> contestants() {
        Claimers one = new Claimers(1, 1, 1);
        return List.of(
                new SqlClaims(A_STATEMENT, one, Claims::statement),
                new SqlClaims("claim and event, a transaction", one, Claims::transaction),
                new SqlClaims("claim and event, batch of 1", one, Claims::batch),
                ENGINE);
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("P10", ENGINE.name(), "p50 ms", A_STATEMENT, 1.2, 1.5));
    }
}
