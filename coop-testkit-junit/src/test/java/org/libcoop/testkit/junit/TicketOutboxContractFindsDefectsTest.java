package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.TicketOutbox;

/** Runs the contract against ticket outboxes that are broken on purpose: each must fail a test of the rule it breaks. */
class TicketOutboxContractFindsDefectsTest extends ContractFindsDefects<TicketOutbox> {

    /** The contract on whatever outbox is to be tried; only run from here. */
    static class OnAnyOutbox extends TicketOutboxContract {
        @Override
        protected TicketOutbox open() {
            return made(TicketOutbox.class);
        }
    }

    TicketOutboxContractFindsDefectsTest() {
        super(OnAnyOutbox.class, BrokenTicketOutboxes.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenTicketOutboxes.WritesBehind::new, "to01"),
                broken(BrokenTicketOutboxes.ComparesIdsOnly::new, "to02"),
                broken(BrokenTicketOutboxes.CutsMilliseconds::new, "to03"),
                broken(BrokenTicketOutboxes.GivesATicketToTwo::new, "to04"),
                broken(BrokenTicketOutboxes.BelievesNoLateTaker::new, "to05"),
                broken(BrokenTicketOutboxes.LetsAnybodyPutOff::new, "to06"),
                broken(BrokenTicketOutboxes.ForgetsToTellTheDesk::new, "to07"),
                broken(BrokenTicketOutboxes.TakesAnOldWordOfForgetting::new, "to08"),
                broken(BrokenTicketOutboxes.TakesErasedForOver::new, "to08"),
                broken(BrokenTicketOutboxes.OldestFirst::new, "to09"),
                broken(BrokenTicketOutboxes.TakesTheInstantIn::new, "to09"),
                broken(BrokenTicketOutboxes.TakesAnyCursor::new, "to10"),
                broken(BrokenTicketOutboxes.CountsEverything::new, "to11"));
    }
}
