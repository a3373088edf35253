package org.libcoop.testkit.junit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.TicketDesk;

/** Runs the contract against ticket desks that are broken on purpose: each must fail a test of the rule it breaks. */
class TicketDeskContractFindsDefectsTest extends ContractFindsDefects<BrokenTicketDesks.Right> {

    /** The contract on whatever desk is to be tried; only run from here. */
    static class OnAnyDesk extends TicketDeskContract {
        private BrokenTicketDesks.Right desk;

        @Override
        protected TicketDesk open() {
            desk = made(BrokenTicketDesks.Right.class);
            return desk;
        }

        @Override
        protected List<Kept> kept() {
            return desk.kept();
        }
    }

    TicketDeskContractFindsDefectsTest() {
        super(OnAnyDesk.class, BrokenTicketDesks.Right::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenTicketDesks.MakesASecondTicket::new, "td01"),
                broken(BrokenTicketDesks.AnswersTooEarly::new, "td02"),
                broken(BrokenTicketDesks.CutsLongTexts::new, "td03"),
                broken(BrokenTicketDesks.KeepsTheConversation::new, "td04"),
                broken(BrokenTicketDesks.FailsForUnknownTickets::new, "td04"),
                broken(BrokenTicketDesks.ForgetsOnlyOnce::new, "td05"));
    }
}
