/** Simulated clock, faulty store, transport and network, histories, seeded simulator and scenario runner. */
module org.libcoop.testkit {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires com.google.common;

    exports org.libcoop.testkit;
    exports org.libcoop.testkit.history;
    exports org.libcoop.testkit.network;
    exports org.libcoop.testkit.scenario;
    exports org.libcoop.testkit.simulation;
    exports org.libcoop.testkit.traffic;
}
