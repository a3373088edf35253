package org.libcoop.store.jdbc;

import java.util.Collection;
import java.util.List;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * Options and stages as one text: a word, a colon and the id, such as {@code department:reference}, {@code coop:academic} and
 * {@code backup:academic}. No word has a colon, so the id may be any text.
 */
final class Stages {

    private static final String DEPARTMENT = "department:";
    private static final String OPERATOR = "operator:";
    private static final String COOP = "coop:";
    private static final String BACKUP = "backup:";

    private Stages() {}

    static String text(Option option) {
        return switch (option.kind()) {
            case DEPARTMENT -> DEPARTMENT + option.id();
            case OPERATOR -> OPERATOR + option.id();
            case COOP -> COOP + option.id();
        };
    }

    static String text(Stage stage) {
        return stage.backup() ? BACKUP + stage.option().id() : text(stage.option());
    }

    /** Options whose order means nothing, in one that does not depend on the machine. */
    static List<String> sorted(Collection<Option> options) {
        return options.stream().map(Stages::text).sorted().toList();
    }

    /**
     * Reads an option.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static Option option(String text) {
        if (text.startsWith(DEPARTMENT)) {
            return Option.department(text.substring(DEPARTMENT.length()));
        }
        if (text.startsWith(OPERATOR)) {
            return Option.operator(text.substring(OPERATOR.length()));
        }
        if (text.startsWith(COOP)) {
            return Option.coop(text.substring(COOP.length()));
        }
        throw new IllegalArgumentException("no option");
    }

    /**
     * Reads a stage.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static Stage stage(String text) {
        return text.startsWith(BACKUP)
                ? Stage.backup(CoopId.of(text.substring(BACKUP.length())))
                : Stage.of(option(text));
    }

    /**
     * Reads a stage that a row holds; {@code what} names the row.
     *
     * @throws UnreadableException if the text is none
     */
    static Stage stored(String what, String text) {
        try {
            return stage(text);
        } catch (IllegalArgumentException none) {
            throw new UnreadableException(what, "its stage is none");
        }
    }

    static List<Option> options(List<String> texts) {
        return texts.stream().map(Stages::option).toList();
    }
}
