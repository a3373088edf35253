package org.libcoop.chat;

import static org.libcoop.chat.Story.NODE;
import static org.libcoop.chat.Story.patronSays;
import static org.libcoop.chat.Story.says;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.CIRCULATION;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.List;
import java.util.function.UnaryOperator;
import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Attachment;
import org.libcoop.refusal.RefusalCode;

/** What commands do before there is a chat and while it waits. */
final class BeforeTheClaim extends Situations {

    BeforeTheClaim() {
        noChat();
        waiting();
        waitingByTime();
        waitingAgain();
    }

    private void noChat() {
        phase = null;
        accepted(
                "somebody is available on the route",
                Story.start(),
                Phase.Kind.WAITING,
                Kind.STARTED,
                Kind.STAGE_OPENED);
        accepted(
                "with an initial question",
                Story.start("databases", Content.PatronDetails.NONE, "Where is it?"),
                Phase.Kind.WAITING,
                Kind.STARTED,
                Kind.STAGE_OPENED,
                Kind.SAID);
        accepted(
                "nobody is left at the desk, so the co-op opens with it",
                Story.start(),
                story -> story.meanwhile(world -> world.leaves(-1, ANA)),
                Phase.Kind.WAITING,
                Kind.STARTED,
                Kind.STAGE_OPENED,
                Kind.STAGE_OPENED);
        refused(
                "nobody is available on the route",
                Story.start(),
                RefusalCode.WIDGET_OFFLINE,
                story -> story.meanwhile(
                        world -> world.leaves(-1, ANA).leaves(-1, OLGA).leaves(-1, MAYA)));
        refused(
                "there is no such widget",
                Story.start("nowhere", Content.PatronDetails.NONE, null),
                RefusalCode.NOT_FOUND);
        refused(
                "a field is missing or too long",
                Story.start("databases", new Content.PatronDetails("x".repeat(101), null, null, null, false), null),
                RefusalCode.INVALID);
        for (ChatCommand command : oneOfEachButStart()) {
            refused("there is no chat of that id", command, RefusalCode.NOT_FOUND);
        }
    }

    private static List<ChatCommand> oneOfEachButStart() {
        return List.of(
                new ChatCommand.Look(null),
                new ChatCommand.Claim(ANA),
                says(ANA, "Hello"),
                new ChatCommand.End(ANA, Disposition.ANSWERED),
                new ChatCommand.Dismiss(ANA, "spam"),
                new ChatCommand.Hurry(ANA, MEMBERS),
                new ChatCommand.Transfer(ANA, COOP),
                new ChatCommand.Accept(ANA),
                new ChatCommand.Decline(ANA),
                new ChatCommand.Withdraw(ANA),
                new ChatCommand.Leave(),
                new ChatCommand.Rate(4, null),
                new ChatCommand.Expel(ANA, Disposition.LOST),
                new ChatCommand.Erase(ANA, null),
                new ChatCommand.PatronLost(NODE, at(0)),
                new ChatCommand.PatronReturned(NODE),
                shares(Author.patron(), 1));
    }

    private void waiting() {
        phase = Phase.Kind.WAITING;
        startAgain();
        accepted("by an eligible operator", new ChatCommand.Claim(ANA), Phase.Kind.CLAIMED, Kind.CLAIMED, Kind.SAID);
        accepted(
                "by an operator whose stage is due at this very instant",
                new ChatCommand.Claim(OLGA),
                story -> story.at(30),
                Phase.Kind.CLAIMED,
                Kind.STAGE_OPENED,
                Kind.CLAIMED,
                Kind.SAID);
        staffWithoutATurn(new ChatCommand.Claim(OLGA), new ChatCommand.Claim(CARL), new ChatCommand.Claim(SVEN));
        refused(
                "by an operator at the limit",
                new ChatCommand.Claim(ANA),
                RefusalCode.AT_LIMIT,
                BeforeTheClaim::whereAnaIsAtTheLimit);
        refused(
                "refused, while something was due: that happens all the same",
                new ChatCommand.Claim(CARL),
                RefusalCode.NOT_ELIGIBLE,
                story -> story.at(30),
                Kind.STAGE_OPENED);

        accepted("by the patron", patronSays("Hello?"), phase, Kind.SAID);
        refused("by an operator", says(ANA, "Hello"), RefusalCode.NOT_OWNER);
        invalidLines();

        accepted("by the patron", shares(Author.patron(), 1), phase, Kind.FILE_SHARED);
        refused("by an operator", shares(Author.operator(ANA), 1), RefusalCode.NOT_OWNER);
        invalidFiles();

        refused("by an operator", new ChatCommand.End(ANA, Disposition.ANSWERED), RefusalCode.NOT_OWNER);
        refused("by a stranger", new ChatCommand.End(SVEN, Disposition.ANSWERED), RefusalCode.NOT_FOUND);

        accepted("by an eligible operator", new ChatCommand.Dismiss(ANA, "spam"), Phase.Kind.DISMISSED, Kind.DISMISSED);
        staffWithoutATurn(
                new ChatCommand.Dismiss(OLGA, "spam"),
                new ChatCommand.Dismiss(CARL, "spam"),
                new ChatCommand.Dismiss(SVEN, "spam"));
        refused(
                "by an operator at the limit",
                new ChatCommand.Dismiss(ANA, "spam"),
                RefusalCode.AT_LIMIT,
                BeforeTheClaim::whereAnaIsAtTheLimit);
        refused("without a reason", new ChatCommand.Dismiss(ANA, " "), RefusalCode.INVALID);

        accepted("by an eligible operator", new ChatCommand.Hurry(ANA, MEMBERS), phase, Kind.STAGE_OPENED);
        accepted(
                "what is asked for is open already",
                new ChatCommand.Hurry(ANA, MEMBERS),
                story -> story.at(31).looks(),
                phase);
        refused(
                "nothing is left to open by time",
                new ChatCommand.Hurry(ANA, Stage.of(CIRCULATION)),
                RefusalCode.NOTHING_PENDING,
                BeforeTheClaim::whereNothingIsPending);
        staffWithoutATurn(
                new ChatCommand.Hurry(OLGA, MEMBERS),
                new ChatCommand.Hurry(CARL, MEMBERS),
                new ChatCommand.Hurry(SVEN, MEMBERS));
        refused(
                "by an operator at the limit",
                new ChatCommand.Hurry(ANA, MEMBERS),
                RefusalCode.AT_LIMIT,
                BeforeTheClaim::whereAnaIsAtTheLimit);

        accepted("the patron leaves", new ChatCommand.Leave(), Phase.Kind.MISSED, Kind.MISSED);
        patronsLife();
    }

    private void staffWithoutATurn(ChatCommand ofTheCoop, ChatCommand ofTheHouse, ChatCommand ofAStranger) {
        refused("by an operator whose stage is not open", ofTheCoop, RefusalCode.NOT_ELIGIBLE);
        refused("by staff of the library who are not on the route", ofTheHouse, RefusalCode.NOT_ELIGIBLE);
        refused("by a stranger", ofAStranger, RefusalCode.NOT_FOUND);
    }

    private void waitingByTime() {
        ChatCommand look = new ChatCommand.Look(null);
        accepted("nothing is due", look, story -> story.at(29.999), phase);
        accepted("a stage is due", look, story -> story.at(30), phase, Kind.STAGE_OPENED);
        accepted(
                "nobody is left on what is open",
                look,
                story -> story.at(20).meanwhile(world -> world.leaves(20, ANA)),
                phase,
                Kind.STAGE_OPENED);
        accepted(
                "`unansweredAfter` is over", look, story -> story.at(59).looks().at(60), phase, Kind.STILL_LOOKING);
        accepted("`giveUpAfter` is over", look, story -> story.at(899).looks().at(900), Phase.Kind.MISSED, Kind.MISSED);
        accepted(
                "the patron has been gone for `patronGrace`",
                look,
                story -> story.at(5)
                        .does(new ChatCommand.PatronLost(NODE, at(0)))
                        .at(59)
                        .looks()
                        .at(60),
                Phase.Kind.MISSED,
                Kind.STILL_LOOKING,
                Kind.MISSED);
        accepted(
                "the patron's node died",
                look,
                story -> story.at(25)
                        .meanwhile(world -> world.there(24, BEN, REFERENCE)
                                .change(
                                        BEN,
                                        row -> row.attached(new Attachment(OTHER_NODE, null), node -> false, at(24)))
                                .presence()
                                .learnEnd(NODE, at(20))),
                phase,
                Kind.PATRON_GONE);
    }

    private void waitingAgain() {
        UnaryOperator<Story> returned = story -> Story.returned("operatorLimit", "2");
        accepted(
                "returned: the owner it lost takes it again",
                new ChatCommand.Claim(ANA),
                returned,
                Phase.Kind.CLAIMED,
                Kind.CLAIMED,
                Kind.SAID);
        refused(
                "returned: a chat that was owned",
                new ChatCommand.Dismiss(BEN, "spam"),
                RefusalCode.NOT_ALLOWED,
                returned);
        accepted("returned: the patron leaves", new ChatCommand.Leave(), returned, Phase.Kind.ENDED, Kind.ENDED);
        accepted(
                "returned: `giveUpAfter` is over again",
                new ChatCommand.Look(null),
                story -> Story.returned("operatorLimit", "2").at(907).looks().at(908),
                Phase.Kind.ENDED,
                Kind.ENDED);
        accepted(
                "returned: the patron has been gone for `patronGrace`",
                new ChatCommand.Look(null),
                story -> Story.returned("operatorLimit", "2")
                        .does(new ChatCommand.PatronLost(NODE, at(9)))
                        .at(68.5)
                        .looks()
                        .at(69),
                Phase.Kind.ENDED,
                Kind.ENDED);
    }

    private static Story whereNothingIsPending(Story story) {
        return story.at(75).looks();
    }

    /** Ana has as many chats as the limit of two allows; ben is there, so that the desk is not empty. */
    private static Story whereAnaIsAtTheLimit(Story story) {
        return story.meanwhile(world -> world.there(1, BEN, REFERENCE)
                        .change(ANA, row -> row.oneChatMore(at(1)))
                        .change(ANA, row -> row.oneChatMore(at(1))))
                .at(2);
    }
}
