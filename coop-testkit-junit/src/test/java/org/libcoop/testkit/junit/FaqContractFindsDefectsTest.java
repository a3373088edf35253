package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Runs the contract against FAQ sources that are broken on purpose: each must fail a test of the rule it breaks. */
class FaqContractFindsDefectsTest extends ContractFindsDefects<FaqSetting.FaqsOfHost> {

    /** The contract on whatever source is to be tried; only run from here. */
    static class OnAnySource extends FaqSourceContract {
        @Override
        protected FaqsOfHost open() {
            return made(FaqsOfHost.class);
        }
    }

    FaqContractFindsDefectsTest() {
        super(OnAnySource.class, BrokenFaqs.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenFaqs.ShowsGroupsOfOthers::new, "fq01"),
                broken(BrokenFaqs.FiltersAfterwards::new, "fq02"),
                broken(BrokenFaqs.SearchesEveryGroup::new, "fq02"),
                broken(BrokenFaqs.MindsCase::new, "fq03"),
                broken(BrokenFaqs.DoesNotRank::new, "fq04"),
                broken(BrokenFaqs.ReadsPatterns::new, "fq05"),
                broken(BrokenFaqs.Escapes::new, "fq06"),
                broken(BrokenFaqs.AlwaysHasANextPage::new, "fq07"),
                broken(BrokenFaqs.FindsEntriesOfOthers::new, "fq08"),
                broken(BrokenFaqs.MakesListsAnew::new, "fq09"),
                broken(BrokenFaqs.NeverLooksAgain::new, "fq10"),
                broken(BrokenFaqs.QuotesTheQuery::new, "fq11"));
    }
}
