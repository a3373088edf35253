/** Contracts for stores and transports, a JUnit extension and AssertJ assertions. */
module org.libcoop.testkit.junit {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.testkit;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports org.libcoop.testkit.junit;
    // The tests of the contracts are found by reflection.
    opens org.libcoop.testkit.junit to
            org.junit.platform.commons;
}
