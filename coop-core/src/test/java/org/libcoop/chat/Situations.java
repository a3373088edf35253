package org.libcoop.chat;

import static org.libcoop.chat.Story.NODE;
import static org.libcoop.chat.Story.patronSays;
import static org.libcoop.chat.Story.says;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.chat.StateMachine.Row;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.RefusalCode;

/** How situations of the state machine are written down, and what is the same in several phases. */
abstract class Situations {

    static final NodeId OTHER_NODE = new NodeId("node-2");

    private final List<Row> rows = new ArrayList<>();

    /** The phase that is spoken of; null where there is no chat. */
    Phase.@Nullable Kind phase;

    void accepted(
            String situation,
            ChatCommand command,
            UnaryOperator<Story> before,
            Phase.@Nullable Kind then,
            ChatEvent.Kind... events) {
        rows.add(new Row(phase, command.kind(), situation, before, command, null, List.of(events), then));
    }

    void accepted(String situation, ChatCommand command, Phase.Kind then, ChatEvent.Kind... events) {
        accepted(situation, command, story -> story, then, events);
    }

    void refused(String situation, ChatCommand command, RefusalCode code, UnaryOperator<Story> before, Kind... events) {
        rows.add(new Row(phase, command.kind(), situation, before, command, code, List.of(events), phase));
    }

    void refused(String situation, ChatCommand command, RefusalCode code) {
        refused(situation, command, code, story -> story);
    }

    List<Row> rows() {
        return rows;
    }

    // ---- What is the same in several phases

    void startAgain() {
        accepted("the same patron starts it again", Story.start(), phase);
        refused("somebody else starts a chat of that id", startOf("another key"), RefusalCode.INVALID);
    }

    private static ChatCommand.Start startOf(String key) {
        return new ChatCommand.Start(
                Story.CHAT, WidgetId.of("databases"), Content.PatronDetails.NONE, null, key, null, NODE);
    }

    void invalidLines() {
        refused("by a stranger", says(SVEN, "Hello"), RefusalCode.NOT_FOUND);
        refused("an empty line", patronSays(" "), RefusalCode.INVALID);
        refused("a line that is too long", patronSays("x".repeat(10_001)), RefusalCode.INVALID);
        refused(
                "an internal note by the patron",
                new ChatCommand.Say(Author.patron(), Audience.STAFF_ONLY, "psst"),
                RefusalCode.INVALID);
        refused(
                "in the system's name",
                new ChatCommand.Say(Author.system(), Audience.PATRON_AND_STAFF, "Welcome"),
                RefusalCode.INVALID);
    }

    static ChatCommand.ShareFile shares(Author by, long size) {
        return new ChatCommand.ShareFile(by, FileId.of(Story.CHAT, "f1"), "map.png", "image/png", size);
    }

    /** What nobody may share, whoever may share something (U1). */
    void invalidFiles() {
        refused("by a stranger", shares(Author.operator(SVEN), 1), RefusalCode.NOT_FOUND);
        refused("an empty file", shares(Author.patron(), 0), RefusalCode.INVALID);
        refused("a file beyond `uploadLimit`", shares(Author.patron(), 20_000_001), RefusalCode.TOO_LARGE);
        refused("a file in the system's name", shares(Author.system(), 1), RefusalCode.INVALID);
        refused(
                "a file that is stored for another chat",
                new ChatCommand.ShareFile(Author.patron(), FileId.of("c2.f1"), "map.png", "image/png", 1),
                RefusalCode.INVALID);
        refused("a file more than `uploadsPerChat`", shares(Author.patron(), 1), RefusalCode.UPLOAD_QUOTA, story -> {
            for (int i = 0; i < 50; i++) {
                story.does(shares(Author.patron(), 1));
            }
            return story;
        });
    }

    void patronsLife() {
        accepted("the patron's node says so", new ChatCommand.PatronLost(NODE, at(5)), phase, Kind.PATRON_GONE);
        accepted("a node says so that does not vouch", new ChatCommand.PatronLost(OTHER_NODE, at(5)), phase);
        accepted(
                "the patron is gone already",
                new ChatCommand.PatronLost(NODE, at(6)),
                story -> story.at(6).does(new ChatCommand.PatronLost(NODE, at(5))),
                phase);
        accepted("the patron was never gone", new ChatCommand.PatronReturned(NODE), phase);
        accepted("on another node", new ChatCommand.PatronReturned(OTHER_NODE), phase, Kind.PATRON_BACK);
        accepted(
                "after having been gone",
                new ChatCommand.PatronReturned(NODE),
                story -> story.at(6).does(new ChatCommand.PatronLost(NODE, at(5))),
                phase,
                Kind.PATRON_BACK);
    }
}
