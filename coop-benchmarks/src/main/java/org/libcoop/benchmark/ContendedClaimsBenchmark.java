package org.libcoop.benchmark;

import java.util.List;

/** What it costs when several want the same chat at the same time (P11). */
final class ContendedClaimsBenchmark implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final int CONTENDERS = 8;

    @Override
    public String name() {
        return "contended";
    }

    @Override
    public String what() {
        return CONNECTIONS + " connections, each chat wanted by one or by " + CONTENDERS + ": won a second (P11)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(
                new SqlClaims("one a chat", new Claimers(CONNECTIONS, 1, 1), Claims::statement),
                new SqlClaims(CONTENDERS + " a chat", new Claimers(CONNECTIONS, CONTENDERS, 1), Claims::statement));
    }
}
