package org.libcoop.chat;

import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.SVEN;

import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.refusal.RefusalCode;

/** What is done with a chat once it is over: the patron rates it, the home library's admin takes content away; and, at any time, who may end it along with a block. */
final class Afterwards extends Situations {

    Afterwards() {
        for (Phase.Kind kind : Phase.Kind.values()) {
            phase = kind;
            rating();
            erasing();
            if (phase != null) {
                expelling();
            }
        }
    }

    private void expelling() {
        ChatCommand byAdmin = new ChatCommand.Expel(CARL, Disposition.LOST);
        ChatCommand byStaff = new ChatCommand.Expel(ANA, Disposition.LOST);
        if (phase == null || phase.over()) {
            refused("there is nothing to end", byAdmin, RefusalCode.CHAT_OVER);
        } else if (phase == Phase.Kind.WAITING) {
            accepted("by a local admin of the library", byAdmin, Phase.Kind.DISMISSED, Kind.DISMISSED);
            accepted(
                    "by a local admin of the library, after it was owned",
                    byAdmin,
                    story -> Story.returned(),
                    Phase.Kind.ENDED,
                    Kind.ENDED);
            refused("by staff who may claim it", byStaff, RefusalCode.NOT_ALLOWED);
        } else {
            accepted("by the owner", byStaff, Phase.Kind.ENDED, Kind.ENDED);
            accepted("by a local admin of the library", byAdmin, Phase.Kind.ENDED, Kind.ENDED);
            refused(
                    "by other staff of the library",
                    new ChatCommand.Expel(BEN, Disposition.LOST),
                    RefusalCode.NOT_ALLOWED);
        }
        refused("by a stranger", new ChatCommand.Expel(SVEN, Disposition.LOST), RefusalCode.NOT_FOUND);
    }

    private void rating() {
        ChatCommand rated = new ChatCommand.Rate(4, "Thank you");
        if (phase == Phase.Kind.ENDED) {
            accepted("with a comment", rated, phase, Kind.RATED);
            accepted("without one", new ChatCommand.Rate(1, null), phase, Kind.RATED);
            accepted("once more", rated, story -> story.does(new ChatCommand.Rate(1, null)), phase, Kind.RATED);
            refused("below 1", new ChatCommand.Rate(0, null), RefusalCode.INVALID);
            refused("above 5", new ChatCommand.Rate(6, null), RefusalCode.INVALID);
            refused("with an empty comment", new ChatCommand.Rate(3, " "), RefusalCode.INVALID);
            refused("with too long a comment", new ChatCommand.Rate(3, "x".repeat(10_001)), RefusalCode.INVALID);
        } else {
            refused("no librarian had it and it is over, or it goes on", rated, RefusalCode.NOT_ALLOWED);
        }
    }

    private void erasing() {
        boolean over = phase != null && phase.over();
        for (Long seq : new Long[] {2L, null}) {
            String what = seq == null ? "all content, " : "one message, ";
            ChatCommand byAdmin = new ChatCommand.Erase(CARL, seq);
            if (over) {
                accepted(what + "by a local admin of the library", byAdmin, phase, Kind.ERASED);
            } else {
                refused(what + "while the chat goes on", byAdmin, RefusalCode.NOT_ALLOWED);
            }
            refused(what + "by other staff of the library", new ChatCommand.Erase(ANA, seq), RefusalCode.NOT_ALLOWED);
            refused(what + "by staff of its co-op", new ChatCommand.Erase(OLGA, seq), RefusalCode.NOT_ALLOWED);
            refused(what + "by a stranger", new ChatCommand.Erase(SVEN, seq), RefusalCode.NOT_FOUND);
        }
    }
}
