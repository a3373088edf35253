package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.Archive;

/** Runs the contract against archives that are broken on purpose: each must fail a test of the rule it breaks. */
class ArchiveContractFindsDefectsTest extends ContractFindsDefects<Archive> {

    /** The contract on whatever archive is to be tried; only run from here. */
    static class OnAnyArchive extends ArchiveContract {
        @Override
        protected Archive open() {
            return made(Archive.class);
        }
    }

    ArchiveContractFindsDefectsTest() {
        super(OnAnyArchive.class, BrokenArchives.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenArchives.CutsLongLogs::new, "ar01"),
                broken(BrokenArchives.Overwrites::new, "ar02"),
                broken(BrokenArchives.FailsWhenThere::new, "ar02"),
                broken(BrokenArchives.LeavesWhatGoesOn::new, "ar02"),
                broken(BrokenArchives.TakesTheLast::new, "ar02"),
                broken(BrokenArchives.TrimsTexts::new, "ar03"),
                broken(BrokenArchives.CutsMilliseconds::new, "ar03"),
                broken(BrokenArchives.MixesOwnerships::new, "ar04"),
                broken(BrokenArchives.TakesADeskForACoop::new, "ar04"),
                broken(BrokenArchives.TakesTheLastInstantIn::new, "ar04"),
                broken(BrokenArchives.TakesTextForAPattern::new, "ar04"),
                broken(BrokenArchives.LooksAtCase::new, "ar04"),
                broken(BrokenArchives.OldestFirst::new, "ar05"),
                broken(BrokenArchives.PagesByNumber::new, "ar06"),
                broken(BrokenArchives.GuessesThatSomethingFollows::new, "ar06"),
                broken(BrokenArchives.GivesAnyNumber::new, "ar07"),
                broken(BrokenArchives.TakesAnyCursor::new, "ar08"),
                broken(BrokenArchives.DeletesTheWholeChat::new, "ar09"),
                broken(BrokenArchives.RestoresDeletedContent::new, "ar09"),
                broken(BrokenArchives.DeletesOnce::new, "ar09"),
                broken(BrokenArchives.FindsDeletedTexts::new, "ar09"),
                broken(BrokenArchives.KeepsWhatFollowsADeletion::new, "ar09"),
                broken(BrokenArchives.KeepsIntervalsTwice::new, "ar10"),
                broken(BrokenArchives.ForgetsLeases::new, "ar11"),
                broken(BrokenArchives.TakesTouchingIntervals::new, "ar11"),
                broken(BrokenArchives.FindsRedactedTexts::new, "ar12"),
                broken(BrokenArchives.RedactsAnything::new, "ar12"),
                broken(BrokenArchives.RestoresRedactedTexts::new, "ar12"),
                broken(BrokenArchives.RedactsWhatIsNotThere::new, "ar12"),
                broken(BrokenArchives.KeepsTheEmailAddress::new, "ar13"),
                broken(BrokenArchives.AnonymisesOnce::new, "ar13"),
                broken(BrokenArchives.ExpiresLate::new, "ar14"),
                broken(BrokenArchives.FindsWhatWasDone::new, "ar14"),
                broken(BrokenArchives.NamesHomesOfOnePage::new, "ar15"),
                broken(BrokenArchives.FindsErasedPatrons::new, "ar16"),
                broken(BrokenArchives.FindsPatronsOfAnyHome::new, "ar16"));
    }
}
