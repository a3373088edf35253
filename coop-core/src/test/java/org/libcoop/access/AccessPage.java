package org.libcoop.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The access table as a page for people. */
final class AccessPage {

    private AccessPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Who may do what

                This page is made from the table that the code asks (`org.libcoop.access.Operation`); a test compares the two. Deny is the
                default: whoever has none of the relations in a row is refused with the row's code. Every door, the Java sessions, the
                WebSocket and the example server's HTTP, goes through it; `AccessContract` of the JUnit testkit tries all of it at each, and at
                doors of anybody's making.

                On a chat the order is: who may not know of it (first row) hears `not-found`, whatever was asked; then a chat that is over
                answers `chat-over` to what is only done on a live one; then the row decides. `at-limit` takes the place of `not-eligible` where
                only the limit of open chats stands in the way, `already-claimed` where another was faster.

                **Recorded** operations take the rights of an admin, or are the host's alone: each leaves a record in the
                [audit trail](audit-contract.md) when it is done. Every operation of the table that is denied leaves one, too.

                """);
        for (Operation.Subject subject : Operation.Subject.values()) {
            List<Operation> operations = Arrays.stream(Operation.values())
                    .filter(operation -> operation.subject() == subject)
                    .toList();
            page.append("## On ").append(subject.words()).append("\n\n");
            page.append("| operation | who may | all others hear | recorded | rules |\n|---|---|---|---|---|\n");
            operations.forEach(operation -> page.append(row(operation)));
            page.append('\n');
        }
        page.append("## Who they are\n\n| called | who that is |\n|---|---|\n");
        for (Relation relation : used()) {
            page.append("| %s | %s |\n".formatted(relation.words(), relation.meaning()));
        }
        return page.toString();
    }

    private static String row(Operation operation) {
        String who = operation.allowed().stream().map(Relation::words).collect(Collectors.joining("; "));
        String name = operation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String recorded = operation.privileged() ? "yes" : "";
        return "| %s | %s | `%s` | %s | %s |\n".formatted(name, who, operation.denied(), recorded, operation.rules());
    }

    private static Set<Relation> used() {
        Set<Relation> used = EnumSet.noneOf(Relation.class);
        Arrays.stream(Operation.values()).forEach(operation -> used.addAll(operation.allowed()));
        return used;
    }
}
