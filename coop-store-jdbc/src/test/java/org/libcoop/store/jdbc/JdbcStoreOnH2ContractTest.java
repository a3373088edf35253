package org.libcoop.store.jdbc;

import java.util.stream.Stream;

/** The contract on H2, in memory and in a file. */
class JdbcStoreOnH2ContractTest extends JdbcStoreContract {

    JdbcStoreOnH2ContractTest(Setting setting) {
        super(setting);
    }

    static Stream<Setting> settings() {
        return Stream.concat(on(Kind.H2_IN_MEMORY, true, false), on(Kind.H2_FILE, true, false));
    }
}
