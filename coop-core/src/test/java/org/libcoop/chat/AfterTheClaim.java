package org.libcoop.chat;

import static org.libcoop.chat.Story.NODE;
import static org.libcoop.chat.Story.patronSays;
import static org.libcoop.chat.Story.says;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.List;
import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.presence.Attachment;
import org.libcoop.refusal.RefusalCode;

/** What commands do once a chat was claimed, and once it is over. */
final class AfterTheClaim extends Situations {

    AfterTheClaim() {
        claimed();
        claimedByTime();
        for (Phase.Kind kind : Phase.Kind.values()) {
            if (kind.over()) {
                over(kind);
            }
        }
    }

    private void claimed() {
        phase = Phase.Kind.CLAIMED;
        startAgain();
        accepted("by the owner", new ChatCommand.Claim(ANA), phase);
        refused(
                "by an operator who was reached in this round",
                new ChatCommand.Claim(BEN),
                RefusalCode.ALREADY_CLAIMED,
                story -> Story.begin("operatorLimit", "2")
                        .meanwhile(world -> world.there(-10, BEN, REFERENCE))
                        .does(Story.start())
                        .at(5)
                        .does(new ChatCommand.Claim(ANA)));
        refused("by an operator who was not", new ChatCommand.Claim(OLGA), RefusalCode.NOT_ELIGIBLE);
        refused("by a stranger", new ChatCommand.Claim(SVEN), RefusalCode.NOT_FOUND);

        accepted("by the patron", patronSays("Hello"), phase, Kind.SAID);
        accepted("by the owner", says(ANA, "Hello"), phase, Kind.SAID);
        accepted(
                "an internal note by the owner",
                new ChatCommand.Say(Author.operator(ANA), Audience.STAFF_ONLY, "a regular"),
                phase,
                Kind.SAID);
        refused("by another operator", says(OLGA, "Hello"), RefusalCode.NOT_OWNER);
        invalidLines();

        accepted("by the patron", shares(Author.patron(), 20_000_000), phase, Kind.FILE_SHARED);
        accepted("by the owner", shares(Author.operator(ANA), 1), phase, Kind.FILE_SHARED);
        refused("by another operator", shares(Author.operator(OLGA), 1), RefusalCode.NOT_OWNER);
        invalidFiles();

        accepted("by the owner", new ChatCommand.End(ANA, Disposition.ANSWERED), Phase.Kind.ENDED, Kind.ENDED);
        refused("by another operator", new ChatCommand.End(OLGA, Disposition.ANSWERED), RefusalCode.NOT_OWNER);
        refused("by a stranger", new ChatCommand.End(SVEN, Disposition.ANSWERED), RefusalCode.NOT_FOUND);

        refused("by anybody who may know of the chat", new ChatCommand.Dismiss(ANA, "spam"), RefusalCode.NOT_ELIGIBLE);
        refused("by a stranger", new ChatCommand.Dismiss(SVEN, "spam"), RefusalCode.NOT_FOUND);
        refused("by anybody who may know of the chat", new ChatCommand.Hurry(ANA, MEMBERS), RefusalCode.NOT_ELIGIBLE);
        refused("by a stranger", new ChatCommand.Hurry(SVEN, MEMBERS), RefusalCode.NOT_FOUND);

        accepted("the patron leaves", new ChatCommand.Leave(), Phase.Kind.ENDED, Kind.ENDED);
        patronsLife();
    }

    private void claimedByTime() {
        ChatCommand look = new ChatCommand.Look(null);
        accepted("nothing is due", look, story -> story.at(5000), phase);
        accepted(
                "the owner signed out",
                look,
                story -> story.at(20)
                        .meanwhile(world -> world.there(20, BEN, REFERENCE).leaves(20, ANA)),
                Phase.Kind.WAITING,
                Kind.OWNER_LOST);
        accepted(
                "the owner has been silent for `ownerGrace`",
                look,
                story -> story.at(70)
                        .meanwhile(world -> world.there(20, BEN, REFERENCE).silentSince(10, ANA)),
                Phase.Kind.WAITING,
                Kind.OWNER_LOST);
        accepted(
                "the owner was lost, and nobody else is left on what is open",
                look,
                story -> story.at(20).meanwhile(world -> world.leaves(20, ANA)),
                Phase.Kind.WAITING,
                Kind.OWNER_LOST,
                Kind.STAGE_OPENED);
        accepted(
                "the patron has been gone for `patronAway`",
                look,
                story -> story.does(new ChatCommand.PatronLost(NODE, at(5)))
                        .at(184.999)
                        .looks()
                        .at(185),
                Phase.Kind.ENDED,
                Kind.ENDED);
        accepted(
                "the patron's node died",
                look,
                story -> story.at(25)
                        .meanwhile(world -> world.change(
                                        ANA,
                                        row -> row.attached(new Attachment(OTHER_NODE, null), node -> false, at(24)))
                                .presence()
                                .learnEnd(NODE, at(20))),
                phase,
                Kind.PATRON_GONE);
    }

    private void over(Phase.Kind kind) {
        phase = kind;
        startAgain();
        accepted("at any time", new ChatCommand.Look(null), story -> story.at(5000), phase);
        for (ChatCommand command : List.of(
                new ChatCommand.Claim(ANA),
                says(ANA, "Hello"),
                new ChatCommand.End(ANA, Disposition.ANSWERED),
                new ChatCommand.Dismiss(ANA, "spam"),
                new ChatCommand.Hurry(ANA, MEMBERS))) {
            refused("by staff of the library", command, RefusalCode.CHAT_OVER);
        }
        for (ChatCommand command : List.of(
                new ChatCommand.Claim(SVEN),
                says(SVEN, "Hello"),
                new ChatCommand.End(SVEN, Disposition.ANSWERED),
                new ChatCommand.Dismiss(SVEN, "spam"),
                new ChatCommand.Hurry(SVEN, MEMBERS))) {
            refused("by a stranger", command, RefusalCode.NOT_FOUND);
        }
        refused("by the patron", patronSays("Hello?"), RefusalCode.CHAT_OVER);
        refused("by the patron", shares(Author.patron(), 1), RefusalCode.CHAT_OVER);
        refused("by staff of the library", shares(Author.operator(ANA), 1), RefusalCode.CHAT_OVER);
        refused("by the patron", new ChatCommand.Leave(), RefusalCode.CHAT_OVER);
        accepted("the patron's node says so", new ChatCommand.PatronLost(NODE, at(5)), phase);
        refused("on any node", new ChatCommand.PatronReturned(OTHER_NODE), RefusalCode.CHAT_OVER);
    }
}
