package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.testkit.scenario.Action.Act;

/** The steps that block a patron and lift the block (C15). */
final class BlockActions {

    private static final Map<String, String> COUNTS = Map.of("key", "key", "address", "address");

    private BlockActions() {}

    /** The patron of a chat is blocked for a while. */
    static List<Act> block(Fields fields, Names names) {
        String chat = names.chat(WidgetYaml.scalar(fields, "chat", "a chat of this file"));
        OperatorId by = by(fields, names);
        CoopId coop = fields.has("in") ? names.coop(WidgetYaml.scalar(fields, "in", "a co-op of this file")) : null;
        Duration span = fields.duration("for");
        String reason = fields.has("reason") ? fields.words("reason", "why") : "spam";
        Disposition endAs = fields.has("end")
                ? fields.checked("end", () -> new Disposition(fields.text("end", "what became of the chat")))
                : null;
        Set<String> counts = counts(fields);
        String words = by + " blocks the patron of " + chat + (coop == null ? "" : " in " + coop) + " for " + span
                + (endAs == null ? "" : " and ends it: " + endAs);
        return List.of(new Act(words, scene -> {
            BlockOrder order = new BlockOrder(
                    coop,
                    counts.contains("key"),
                    counts.contains("address"),
                    reason,
                    scene.kit().clock().now().plus(span),
                    endAs);
            scene.block(chat, by, order);
        }));
    }

    /** The newest block that was made of a chat in an institution or a co-op is lifted. */
    static List<Act> lift(Fields fields, Names names) {
        String chat = names.chat(WidgetYaml.scalar(fields, "chat", "a chat of this file"));
        OperatorId by = by(fields, names);
        YamlNode.Scalar where = WidgetYaml.scalar(fields, "in", "an institution or co-op of this file");
        BlockScope scope = names.is(Names.Kind.COOP, where.text())
                ? BlockScope.of(names.coop(where))
                : BlockScope.of(names.institution(where));
        return List.of(new Act(
                by + " lifts the block of the patron of " + chat + ", " + scope, scene -> scene.lift(chat, by, scope)));
    }

    private static OperatorId by(Fields fields, Names names) {
        return names.operator(WidgetYaml.scalar(fields, "by", "an operator of this file"));
    }

    /** What the patron is known by: both unless it is said. */
    private static Set<String> counts(Fields fields) {
        if (!fields.has("counts")) {
            return COUNTS.keySet();
        }
        Set<String> counts = new TreeSet<>();
        for (YamlNode.Scalar one : fields.list("counts", "a list of key and address", true)) {
            counts.add(fields.choice(one, "\"counts\"", COUNTS));
        }
        return counts;
    }

    /** Whose chat begins: of a chat before, or somebody new. */
    static @Nullable String again(Fields fields, Names names) {
        return fields.has("again") ? names.chat(WidgetYaml.scalar(fields, "again", "a chat of this file")) : null;
    }
}
