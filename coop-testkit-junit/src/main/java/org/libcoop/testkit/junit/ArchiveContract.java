package org.libcoop.testkit.junit;

/**
 * What every {@link org.libcoop.spi.Archive} has to do, rule by rule: the tests' names begin with the number of the rule they
 * hold. An adapter's test extends it and gives it an empty archive:
 *
 * <pre>{@code
 * class MyArchiveContractTest extends ArchiveContract {
 *     @Override
 *     protected Archive open() {
 *         return new MyArchive(emptyDatabase());
 *     }
 * }
 * }</pre>
 *
 * An archive that several processes share also overrides {@link #another}, so that what one keeps is looked for by the other.
 */
public abstract class ArchiveContract extends PrivacyRules {

    /** For the adapter's own test. */
    protected ArchiveContract() {}
}
