package org.libcoop.chat;

import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.CIRCULATION;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.PAUL;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SVEN;

import java.util.List;
import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.directory.Option;
import org.libcoop.refusal.RefusalCode;

/** What becomes of a claimed chat that its owner offers to others (C8–C10). */
final class HandingOver extends Situations {

    private static final ChatCommand LOOK = new ChatCommand.Look(null);

    HandingOver() {
        phase = Phase.Kind.WAITING;
        refused("nobody owns it", new ChatCommand.Transfer(ANA, COOP), RefusalCode.NOT_OWNER);
        refused("nobody owns it", new ChatCommand.Accept(ANA), RefusalCode.NOT_ELIGIBLE);
        refused("nobody owns it", new ChatCommand.Decline(ANA), RefusalCode.NOT_ELIGIBLE);
        refused("nobody owns it", new ChatCommand.Withdraw(ANA), RefusalCode.NOT_OWNER);
        phase = Phase.Kind.CLAIMED;
        offering();
        answering();
        byTime();
        for (Phase.Kind kind : List.of(Phase.Kind.ENDED, Phase.Kind.MISSED, Phase.Kind.DISMISSED)) {
            over(kind);
        }
    }

    /** Ana's chat is offered to the co-op at 5, in which olga and paul are. */
    private static Story offered(Story story) {
        return story.meanwhile(world -> world.there(-10, PAUL, COOP)).does(new ChatCommand.Transfer(ANA, COOP));
    }

    private void offering() {
        accepted("to a co-op", new ChatCommand.Transfer(ANA, COOP), phase, Kind.TRANSFER_OFFERED);
        accepted(
                "to a colleague who is there",
                new ChatCommand.Transfer(ANA, Option.operator(CARL)),
                story -> story.meanwhile(world -> world.there(-10, CARL)),
                phase,
                Kind.TRANSFER_OFFERED);
        accepted(
                "to a desk that nobody monitors, but whose people are there",
                new ChatCommand.Transfer(ANA, CIRCULATION),
                story -> story.meanwhile(world -> world.there(-10, CARL)),
                phase,
                Kind.TRANSFER_OFFERED);
        accepted(
                "while another offer is pending",
                new ChatCommand.Transfer(ANA, Option.operator(CARL)),
                story -> offered(story.meanwhile(world -> world.there(-10, CARL))),
                phase,
                Kind.TRANSFER_OVER,
                Kind.TRANSFER_OFFERED);
        refused("nobody is there", new ChatCommand.Transfer(ANA, CIRCULATION), RefusalCode.NOT_ALLOWED);
        refused(
                "to the desk of nobody but the owner",
                new ChatCommand.Transfer(ANA, REFERENCE),
                RefusalCode.NOT_ALLOWED);
        refused("to oneself", new ChatCommand.Transfer(ANA, Option.operator(ANA)), RefusalCode.NOT_ALLOWED);
        refused(
                "to an operator of the co-op, where it was claimed at home",
                new ChatCommand.Transfer(ANA, Option.operator(OLGA)),
                RefusalCode.NOT_ALLOWED);
        refused(
                "to what does not exist",
                new ChatCommand.Transfer(ANA, Option.department("nowhere")),
                RefusalCode.NOT_ALLOWED);
        refused("by another operator", new ChatCommand.Transfer(OLGA, COOP), RefusalCode.NOT_OWNER);
        refused("by a stranger", new ChatCommand.Transfer(SVEN, COOP), RefusalCode.NOT_FOUND);
    }

    private void answering() {
        accepted(
                "by one to whom it is offered",
                new ChatCommand.Accept(OLGA),
                HandingOver::offered,
                phase,
                Kind.TRANSFERRED,
                Kind.SAID);
        accepted(
                "by the one who has accepted",
                new ChatCommand.Accept(OLGA),
                story -> offered(story).at(6).does(new ChatCommand.Accept(OLGA)),
                phase);
        accepted(
                "by the one who has accepted in the millisecond of the claim",
                new ChatCommand.Accept(OLGA),
                story -> offered(story).does(new ChatCommand.Accept(OLGA)),
                phase);
        refused(
                "by one who comes too late",
                new ChatCommand.Accept(PAUL),
                RefusalCode.NOT_ELIGIBLE,
                story -> offered(story).at(6).does(new ChatCommand.Accept(OLGA)));
        refused(
                "by one without room",
                new ChatCommand.Accept(OLGA),
                RefusalCode.AT_LIMIT,
                story -> offered(story)
                        .meanwhile(world -> world.change(
                                OLGA, row -> row.oneChatMore(story.now()).oneChatMore(story.now()))));
        refused("by the owner", new ChatCommand.Accept(ANA), RefusalCode.NOT_ELIGIBLE, HandingOver::offered);
        refused("by one to whom it is not offered", new ChatCommand.Accept(BEN), RefusalCode.NOT_ELIGIBLE);
        refused("by a stranger", new ChatCommand.Accept(SVEN), RefusalCode.NOT_FOUND);

        accepted("others are left", new ChatCommand.Decline(OLGA), HandingOver::offered, phase, Kind.OFFER_DECLINED);
        accepted(
                "nobody else is left",
                new ChatCommand.Decline(PAUL),
                story -> offered(story).does(new ChatCommand.Decline(OLGA)),
                phase,
                Kind.OFFER_DECLINED,
                Kind.TRANSFER_OVER);
        refused(
                "by one who has declined",
                new ChatCommand.Decline(OLGA),
                RefusalCode.NOT_ELIGIBLE,
                story -> offered(story).does(new ChatCommand.Decline(OLGA)));
        refused("by a stranger", new ChatCommand.Decline(SVEN), RefusalCode.NOT_FOUND);

        accepted("by the owner", new ChatCommand.Withdraw(ANA), HandingOver::offered, phase, Kind.TRANSFER_OVER);
        refused("no offer is pending", new ChatCommand.Withdraw(ANA), RefusalCode.NOT_ELIGIBLE);
        refused("by another operator", new ChatCommand.Withdraw(OLGA), RefusalCode.NOT_OWNER, HandingOver::offered);
        refused("by a stranger", new ChatCommand.Withdraw(SVEN), RefusalCode.NOT_FOUND, HandingOver::offered);
    }

    private void byTime() {
        accepted(
                "nobody has accepted for `transferExpiry`",
                LOOK,
                story -> offered(story).at(45).looks().at(124.999).looks().at(125),
                phase,
                Kind.TRANSFER_OVER);
        accepted(
                "offered to a global co-op for its `backupDelay`",
                LOOK,
                story -> offered(story).at(44.999).looks().at(45),
                phase,
                Kind.OFFER_WIDENED);
        accepted(
                "one to whom it is offered leaves",
                LOOK,
                story -> offered(story).at(20).meanwhile(world -> world.leaves(20, OLGA)),
                phase,
                Kind.OFFER_DECLINED);
        accepted(
                "the last one to whom it is offered leaves",
                LOOK,
                story -> story.does(new ChatCommand.Transfer(ANA, COOP))
                        .at(20)
                        .meanwhile(world -> world.leaves(20, OLGA)),
                phase,
                Kind.OFFER_DECLINED,
                Kind.TRANSFER_OVER);
        accepted(
                "the owner signed out while it was offered",
                LOOK,
                story -> offered(story)
                        .at(20)
                        .meanwhile(world -> world.there(20, BEN, REFERENCE).leaves(20, ANA)),
                Phase.Kind.WAITING,
                Kind.OWNER_LOST);
        accepted(
                "the patron leaves while it is offered",
                new ChatCommand.Leave(),
                HandingOver::offered,
                Phase.Kind.ENDED,
                Kind.ENDED);
        accepted(
                "by one of the backup staff, who joined",
                new ChatCommand.Accept(MAYA),
                story -> offered(story).at(45),
                phase,
                Kind.OFFER_WIDENED,
                Kind.TRANSFERRED,
                Kind.SAID);
    }

    private void over(Phase.Kind kind) {
        phase = kind;
        refused("by staff of the library", new ChatCommand.Transfer(ANA, COOP), RefusalCode.CHAT_OVER);
        refused("by staff of the library", new ChatCommand.Accept(ANA), RefusalCode.CHAT_OVER);
        refused("by staff of the library", new ChatCommand.Decline(ANA), RefusalCode.CHAT_OVER);
        refused("by staff of the library", new ChatCommand.Withdraw(ANA), RefusalCode.CHAT_OVER);
        refused("by a stranger", new ChatCommand.Transfer(SVEN, COOP), RefusalCode.NOT_FOUND);
        refused("by a stranger", new ChatCommand.Accept(SVEN), RefusalCode.NOT_FOUND);
        refused("by a stranger", new ChatCommand.Decline(SVEN), RefusalCode.NOT_FOUND);
        refused("by a stranger", new ChatCommand.Withdraw(SVEN), RefusalCode.NOT_FOUND);
    }
}
