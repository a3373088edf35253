package org.libcoop.testkit.junit;

/**
 * What all {@link org.libcoop.spi.Discussions} have to do, rule by rule: the tests' names begin with the number of the rule they
 * hold. An adapter's test extends it and gives it one in which nothing was written:
 *
 * <pre>{@code
 * class MyDiscussionsContractTest extends DiscussionsContract {
 *     @Override
 *     protected Discussions open() {
 *         return new MyDiscussions(emptyDatabase());
 *     }
 * }
 * }</pre>
 *
 * An adapter that several processes share also overrides {@link #another}, so that what one writes is read by the other.
 */
public abstract class DiscussionsContract extends DiscussionFindingRules {

    /** For the adapter's own test. */
    protected DiscussionsContract() {}
}
