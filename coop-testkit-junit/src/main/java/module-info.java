/** Contracts for stores, archives, transports and ways in, a JUnit extension and AssertJ assertions. */
module org.libcoop.testkit.junit {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.testkit;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports org.libcoop.testkit.junit;

    // The contracts' tests are package-private; JUnit finds and calls them.
    opens org.libcoop.testkit.junit to
            org.junit.platform.commons;
}
