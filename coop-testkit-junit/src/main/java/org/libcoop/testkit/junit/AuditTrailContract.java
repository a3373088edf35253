package org.libcoop.testkit.junit;

/**
 * What every {@link org.libcoop.spi.AuditTrail} has to do, rule by rule: the tests' names begin with the number of the rule they
 * hold. An adapter's test extends it and gives it an empty trail:
 *
 * <pre>{@code
 * class MyAuditTrailContractTest extends AuditTrailContract {
 *     @Override
 *     protected AuditTrail open() {
 *         return new MyAuditTrail(emptyDatabase());
 *     }
 * }
 * }</pre>
 *
 * A trail that several processes share also overrides {@link #another}, so that what one records is looked for by the other.
 */
public abstract class AuditTrailContract extends AuditPagingRules {

    /** For the adapter's own test. */
    protected AuditTrailContract() {}
}
