package org.libcoop.testkit.junit;

/**
 * The contract of {@link org.libcoop.spi.Store} as tests: rules ST1 to ST16, for stores of anybody's making. The name of each
 * test begins with the rule it proves. A store's author writes
 *
 * <pre>{@code
 * class OwnStoreContractTest extends StoreContract {
 *
 *     @Override
 *     protected StoreUnderTest open() {
 *         return StoreUnderTest.of(new OwnStore());
 *     }
 * }
 * }</pre>
 *
 * <p>and runs it as any other JUnit test. What else the store can is said with the {@code with…} methods of {@link
 * StoreUnderTest}; tests of what it cannot are reported as aborted. Some tests take real time to wait for a lease of 300 ms
 * where the store's time cannot be moved. Every test opens a store of its own and closes it.
 */
public abstract class StoreContract extends DirectoryRules {

    /** For subclasses; JUnit makes one object for each test. */
    protected StoreContract() {}

    /** A fresh and empty store, with what it can; called once before every test. */
    @Override
    protected abstract StoreUnderTest open();
}
