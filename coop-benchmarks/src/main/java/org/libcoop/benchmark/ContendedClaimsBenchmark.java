package org.libcoop.benchmark;

import java.util.List;

/** What it costs when several want the same chat at the same time (P11). */
final class ContendedClaimsBenchmark implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final int CONTENDERS = 8;
    private static final int CLAIMERS = 64;
    private static final Contestant ALONE = new EngineClaims("coop engine, one a chat", CLAIMERS, 1, 6_000);
    private static final Contestant CONTENDED =
            new EngineClaims("coop engine, " + CONTENDERS + " a chat", CLAIMERS / CONTENDERS, CONTENDERS, 6_000);

    @Override
    public String name() {
        return "contended";
    }

    @Override
    public String what() {
        return CONNECTIONS + " connections, or " + CLAIMERS
                + " librarians at one engine, each chat wanted by one or by " + CONTENDERS + ": won a second (P11)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(
                new SqlClaims("one a chat", new Claimers(CONNECTIONS, 1, 1), Claims::statement),
                new SqlClaims(CONTENDERS + " a chat", new Claimers(CONNECTIONS, CONTENDERS, 1), Claims::statement),
                ALONE,
                CONTENDED);
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atLeast("P11", CONTENDED.name(), "won/s", ALONE.name(), 0.5, 0.3));
    }
}
