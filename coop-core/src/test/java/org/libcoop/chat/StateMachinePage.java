package org.libcoop.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.StateMachine.Row;
import org.libcoop.chat.Story.Transition;

/** The reference page of the state machine, made of what the situations of the table were seen to do. */
final class StateMachinePage {

    static final String COMMAND = "mvn -q -pl coop-core test -Dtest=StateMachineDocTest -Dcoop.docs.write=true";

    private final List<Row> rows = StateMachine.rows();
    private final List<Phase.Kind> phases = new ArrayList<>();
    private final StringBuilder page = new StringBuilder();

    private StateMachinePage() {
        phases.add(null);
        phases.addAll(Arrays.asList(Phase.Kind.values()));
    }

    static String markdown() {
        StateMachinePage made = new StateMachinePage();
        made.introduction();
        made.diagram();
        made.overview();
        made.phases.forEach(made::detail);
        return made.page.toString();
    }

    private void introduction() {
        line("# The state machine of a chat");
        line("");
        line("*Made by a test from what the code does; do not edit it by hand. To write it anew:*");
        line("");
        line("```");
        line(COMMAND);
        line("```");
        line("");
        line(
                "A chat is in one **phase**. A **command** is accepted or refused; what happens is appended to the chat's log as");
        line(
                "**entries**. Every command first brings the chat to the present: what was due by then happens before it, and");
        line(
                "happens even if the command itself is refused. `LOOK` does nothing but that, so its rows are what time and");
        line(
                "presence do. When several refusals would fit, the one that stands first in the list of refusal codes is given.");
        line("");
    }

    // ---- Diagram

    private void diagram() {
        line("## Transitions");
        line("");
        line("```mermaid");
        line("stateDiagram-v2");
        Set<Phase.Kind> over = new LinkedHashSet<>();
        for (Transition transition : Transitions.seen()) {
            if (transition.from() != transition.to()) {
                line("    " + (transition.from() == null ? "[*]" : transition.from()) + " --> " + transition.to()
                        + " : " + transition.event() + " (" + commandsOf(transition) + ")");
            }
            if (transition.to().over()) {
                over.add(transition.to());
            }
        }
        over.forEach(phase -> line("    " + phase + " --> [*]"));
        line("```");
        line("");
        line(
                "In brackets the commands under which it was seen; `LOOK` stands for time and presence, which every other command");
        line("takes along. Entries that leave the phase as it is:");
        line("");
        line("| phase | entry | under |");
        line("|---|---|---|");
        for (Transition transition : Transitions.seen()) {
            if (transition.from() == transition.to()) {
                line("| " + transition.from() + " | " + transition.event() + " | " + commandsOf(transition) + " |");
            }
        }
        line("");
    }

    /** The commands in whose own decision the transition was seen, the first ones that the table has. */
    private String commandsOf(Transition transition) {
        Set<ChatCommand.Kind> commands = new TreeSet<>();
        for (Row row : rows) {
            Story story = row.play();
            List<Transition> all = story.transitions();
            if (all.subList(all.size() - story.happened().size(), all.size()).contains(transition)) {
                commands.add(row.command());
            }
        }
        return commands.stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    // ---- Overview

    private void overview() {
        line("## Phase by command");
        line("");
        line(
                "✓: accepted, the phase stays. →: accepted, and the chat is in that phase then. Otherwise the refusal codes that occur.");
        line("");
        line("| command | " + phases.stream().map(StateMachinePage::nameOf).collect(Collectors.joining(" | ")) + " |");
        line("|---|" + "---|".repeat(phases.size()));
        for (ChatCommand.Kind command : ChatCommand.Kind.values()) {
            String cells = phases.stream().map(phase -> cell(phase, command)).collect(Collectors.joining(" | "));
            line("| " + command + " | " + cells + " |");
        }
        line("");
    }

    private String cell(Phase.@Nullable Kind phase, ChatCommand.Kind command) {
        Set<String> outcomes = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.phase() == phase && row.command() == command) {
                outcomes.add(outcome(row));
            }
        }
        return String.join("<br>", outcomes);
    }

    private static String outcome(Row row) {
        if (row.refusal() != null) {
            return "`" + row.refusal().code() + "`";
        }
        return row.phase() == row.then() ? "✓" : "→ " + row.then();
    }

    // ---- Detail

    private void detail(Phase.@Nullable Kind phase) {
        line("## "
                + (phase == null
                        ? "No chat yet"
                        : phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT)));
        line("");
        line("| command | situation | outcome | entries |");
        line("|---|---|---|---|");
        for (ChatCommand.Kind command : ChatCommand.Kind.values()) {
            for (Row row : rows) {
                if (row.phase() == phase && row.command() == command) {
                    String entries = row.events().stream().map(Enum::name).collect(Collectors.joining(", "));
                    line("| " + command + " | " + row.situation() + " | " + outcome(row) + " | " + entries + " |");
                }
            }
        }
        if (phase != phases.get(phases.size() - 1)) {
            line("");
        }
    }

    private static String nameOf(Phase.@Nullable Kind phase) {
        return phase == null ? "no chat" : phase.name();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
