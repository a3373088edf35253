package org.libcoop.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.testkit.scenario.Action.Act;

/** What is done once a chat is over, and to colleagues who have gone home (C14, X2, X3, P5). */
final class AfterwardsActions {

    private static final int MOST = 99;

    private AfterwardsActions() {}

    /** The patron of a chat rates it. */
    static List<Act> rate(Fields fields, Names names) {
        String chat = chat(fields, names);
        int rating = fields.count("rating", MOST);
        @Nullable String comment = fields.optionalWords("comment", "a text");
        String words =
                "the patron of " + chat + " rates it " + rating + (comment == null ? "" : ": \"" + comment + "\"");
        return List.of(new Act(words, scene -> scene.patron(chat).rates(scene.chat(chat), rating, comment)));
    }

    /** An admin deletes all content of a chat. */
    static List<Act> delete(Fields fields, Names names) {
        String chat = chat(fields, names);
        OperatorId by = by(fields, names);
        return List.of(new Act(
                by + " deletes the content of " + chat,
                scene -> scene.operator(by).deletes(scene.chat(chat))));
    }

    /** An admin redacts what somebody said in a chat. */
    static List<Act> redact(Fields fields, Names names) {
        String chat = chat(fields, names);
        OperatorId by = by(fields, names);
        String text = fields.words("text", "what was said");
        return List.of(new Act(
                by + " redacts \"" + text + "\" in " + chat,
                scene -> scene.operator(by).redacts(scene.chat(chat), scene.entry(chat, text))));
    }

    /** An admin ends the sessions of colleagues. */
    static List<Act> endSession(Fields fields, Names names) {
        OperatorId by = by(fields, names);
        List<Act> acts = new ArrayList<>();
        for (OperatorId who : names.operators(fields.list("who", "a list of operators", true))) {
            acts.add(new Act(
                    by + " ends the session of " + who,
                    scene -> scene.operator(by).endsSession(who)));
        }
        return acts;
    }

    private static String chat(Fields fields, Names names) {
        return names.chat(WidgetYaml.scalar(fields, "chat", "a chat of this file"));
    }

    private static OperatorId by(Fields fields, Names names) {
        return names.operator(WidgetYaml.scalar(fields, "by", "an operator of this file"));
    }
}
