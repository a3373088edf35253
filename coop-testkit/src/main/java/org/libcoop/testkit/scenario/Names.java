package org.libcoop.testkit.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;

/**
 * The names that a file defines. Ids are unique across all kinds within one file, so that a name alone says what it is; what
 * names something that is defined nowhere is refused with its line.
 */
final class Names {

    /** What the patron is called where an operator could be named: no id. */
    static final String PATRON = "patron";

    private static final String BACKUP = "/backup";

    enum Kind {
        INSTITUTION,
        OPERATOR,
        DEPARTMENT,
        COOP,
        WIDGET;

        String word() {
            return this == COOP ? "co-op" : name().toLowerCase(Locale.ROOT);
        }
    }

    private record Definition(Kind kind, int line) {}

    private final String file;
    private final Map<String, Definition> ids = new HashMap<>();
    private final Set<String> chats = new HashSet<>();
    private final Set<String> newWidgets = new HashSet<>();

    Names(String file) {
        this.file = file;
    }

    /** An id that is defined here, once. */
    String define(Kind kind, String id, int line) {
        if (id.equals(PATRON)) {
            throw malformed(line, "\"patron\" is a reserved name, expected another id for the " + kind.word());
        }
        Definition before = ids.putIfAbsent(id, new Definition(kind, line));
        if (before != null) {
            throw malformed(
                    line,
                    "\"" + id + "\" is the id of the " + before.kind().word() + " defined in line " + before.line()
                            + ", expected ids to be unique across all kinds");
        }
        return id;
    }

    void defineChat(String chat) {
        chats.add(chat);
    }

    /** A widget that a step saves: one of the directory, or a new one. */
    void defineSavedWidget(String id, int line) {
        if (!is(Kind.WIDGET, id)) {
            define(Kind.WIDGET, id, line);
            newWidgets.add(id);
        }
    }

    /** Whether a step that saves this widget is the first that speaks of what is in it; asked in the order of the steps. */
    boolean isFirstSaid(WidgetId id) {
        return newWidgets.remove(id.value());
    }

    boolean is(Kind kind, String id) {
        Definition known = ids.get(id);
        return known != null && known.kind() == kind;
    }

    InstitutionId institution(YamlNode.Scalar name) {
        return InstitutionId.of(known(Kind.INSTITUTION, name));
    }

    OperatorId operator(YamlNode.Scalar name) {
        return OperatorId.of(known(Kind.OPERATOR, name));
    }

    List<OperatorId> operators(List<YamlNode.Scalar> names) {
        return names.stream().map(this::operator).toList();
    }

    CoopId coop(YamlNode.Scalar name) {
        return CoopId.of(known(Kind.COOP, name));
    }

    WidgetId widget(YamlNode.Scalar name) {
        return WidgetId.of(known(Kind.WIDGET, name));
    }

    String chat(YamlNode.Scalar name) {
        if (!chats.contains(name.text())) {
            throw malformed(
                    name.line(),
                    "\"" + name.text()
                            + "\" is no chat of this file, expected one that some step starts with do: chat");
        }
        return name.text();
    }

    /** A department, an operator or a co-op. */
    Option option(YamlNode.Scalar name) {
        Option option = optionOrNull(name.text());
        if (option == null) {
            throw unknown(name, "department, operator or co-op");
        }
        return option;
    }

    /** An option, or what could be one: what does not exist is a target like any other that is not allowed (C8). */
    Option target(YamlNode.Scalar name) {
        Option option = optionOrNull(name.text());
        try {
            return option == null ? Option.department(name.text()) : option;
        } catch (IllegalArgumentException noId) {
            throw malformed(name.line(), String.valueOf(noId.getMessage()));
        }
    }

    /** An option, or a co-op's backup stage written {@code academic/backup}. */
    Stage stage(YamlNode.Scalar name) {
        Option option = optionOrNull(name.text());
        if (option != null) {
            return Stage.of(option);
        }
        String text = name.text();
        String coop = text.endsWith(BACKUP) ? text.substring(0, text.length() - BACKUP.length()) : "";
        if (!is(Kind.COOP, coop)) {
            throw unknown(name, "department, operator or co-op, and no co-op's backup stage such as academic/backup");
        }
        return Stage.backup(CoopId.of(coop));
    }

    private @Nullable Option optionOrNull(String id) {
        Definition known = ids.get(id);
        if (known == null) {
            return null;
        }
        return switch (known.kind()) {
            case DEPARTMENT -> Option.department(id);
            case OPERATOR -> Option.operator(id);
            case COOP -> Option.coop(id);
            case INSTITUTION, WIDGET -> null;
        };
    }

    private String known(Kind kind, YamlNode.Scalar name) {
        if (!is(kind, name.text())) {
            throw unknown(name, kind.word());
        }
        return name.text();
    }

    private MalformedScenarioException unknown(YamlNode.Scalar name, String kinds) {
        Definition other = ids.get(name.text());
        return malformed(
                name.line(),
                name.describe() + " is no " + kinds + " of this file"
                        + (other == null ? "" : " but the " + other.kind().word() + " defined in line " + other.line())
                        + ", expected one that it defines");
    }

    private MalformedScenarioException malformed(int line, String problem) {
        return new MalformedScenarioException(file, line, problem, null);
    }
}
