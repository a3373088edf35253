package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.Discussions;

/** Runs the contract against discussions that are broken on purpose: each must fail a test of the rule it breaks. */
class DiscussionsContractFindsDefectsTest extends ContractFindsDefects<Discussions> {

    /** The contract on whatever is to be tried; only run from here. */
    static class OnAny extends DiscussionsContract {
        @Override
        protected Discussions open() {
            return made(Discussions.class);
        }
    }

    DiscussionsContractFindsDefectsTest() {
        super(OnAny.class, BrokenDiscussions.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenDiscussions.CountsAllKindsTogether::new, "ds01"),
                broken(BrokenDiscussions.ReadsThenWrites::new, "ds01"),
                broken(BrokenDiscussions.WritesAgain::new, "ds02"),
                broken(BrokenDiscussions.TrimsTexts::new, "ds03"),
                broken(BrokenDiscussions.CutsMilliseconds::new, "ds03"),
                broken(BrokenDiscussions.BeginsBehindThePlace::new, "ds04"),
                broken(BrokenDiscussions.GivesAnyNumber::new, "ds04"),
                broken(BrokenDiscussions.TellsOfEmptyOnes::new, "ds05"),
                broken(BrokenDiscussions.LeavesTheInstantOut::new, "ds06"),
                broken(BrokenDiscussions.ForgetsSubjectsThatComeLater::new, "ds07"),
                broken(BrokenDiscussions.GuessesThatSomethingFollows::new, "ds07"),
                broken(BrokenDiscussions.TakesAnyCursor::new, "ds07"),
                broken(BrokenDiscussions.RemembersTheNewestPlace::new, "ds08"),
                broken(BrokenDiscussions.ErasesOnlyWhatIsThere::new, "ds09"),
                broken(BrokenDiscussions.ForgetsAllKinds::new, "ds10"),
                broken(BrokenDiscussions.ForgetsTheInstant::new, "ds10"));
    }
}
