package org.libcoop.benchmark;

import javax.sql.DataSource;

/** Plain SQL as a contestant. */
record SqlClaims(String name, Claimers claimers, Claims.Way way) implements Benchmark.Contestant {

    @Override
    public Measurement run(Settings settings, DataSource database) throws Exception {
        ClaimTables.create(database, settings.chats());
        return claimers.measure(database, way, settings.chats(), settings.span());
    }
}
