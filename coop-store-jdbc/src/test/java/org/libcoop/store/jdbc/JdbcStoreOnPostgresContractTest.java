package org.libcoop.store.jdbc;

import java.util.stream.Stream;

/** The contract on PostgreSQL, whose connections commit by themselves. */
class JdbcStoreOnPostgresContractTest extends JdbcStoreContract {

    JdbcStoreOnPostgresContractTest(Setting setting) {
        super(setting);
    }

    static Stream<Setting> settings() {
        return on(Kind.POSTGRESQL, true);
    }
}
