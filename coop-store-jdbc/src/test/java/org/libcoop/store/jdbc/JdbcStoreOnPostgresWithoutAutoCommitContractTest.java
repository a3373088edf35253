package org.libcoop.store.jdbc;

import java.util.stream.Stream;

/** The contract on PostgreSQL, whose connections do not commit by themselves. */
class JdbcStoreOnPostgresWithoutAutoCommitContractTest extends JdbcStoreContract {

    JdbcStoreOnPostgresWithoutAutoCommitContractTest(Setting setting) {
        super(setting);
    }

    static Stream<Setting> settings() {
        return on(Kind.POSTGRESQL, false);
    }
}
