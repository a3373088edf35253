package org.libcoop.testkit.junit;

/** F1 to F3 in memory. */
class InMemoryFaqContractTest extends FaqSourceContract {

    @Override
    protected FaqsOfHost open() {
        return new BrokenFaqs.Proxy();
    }
}
