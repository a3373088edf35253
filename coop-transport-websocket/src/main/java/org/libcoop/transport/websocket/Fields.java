package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;
import org.libcoop.talk.Room;

/**
 * The fields of one object that a client sent, read with their types. What is not asked for is not looked at, so unknown
 * fields are ignored; null is read as absent.
 */
final class Fields {

    /** A field is missing, of another type, or out of bounds; the message is for the client. */
    static final class Invalid extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String explanation;

        Invalid(String explanation) {
            super(explanation, null, false, false);
            this.explanation = explanation;
        }

        String explanation() {
            return explanation;
        }
    }

    private final ObjectNode object;

    Fields(ObjectNode object) {
        this.object = object;
    }

    /** Whether there is anything under that name. */
    boolean has(String name) {
        return get(name) != null;
    }

    /** A text that must be there. */
    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new Invalid(name + " is missing");
        }
        return text;
    }

    /** A text, or null where it is absent. */
    @Nullable
    String textOrNull(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new Invalid(name + " must be a text");
        }
        String text = node.textValue();
        if (!wellFormed(text)) {
            throw new Invalid(name + " is not well-formed Unicode");
        }
        return text;
    }

    /** A text made into something that has bounds of its own. */
    <T> T as(String name, Function<String, T> made) {
        try {
            return made.apply(text(name));
        } catch (IllegalArgumentException outOfBounds) {
            throw new Invalid(name + " is out of bounds");
        }
    }

    /** The chat it is about, which must be there. */
    ChatId chat() {
        return as("chat", ChatId::of);
    }

    /** True or false, which must be there. */
    boolean flag(String name) {
        JsonNode node = get(name);
        if (node == null || !node.isBoolean()) {
            throw new Invalid(name + " must be true or false");
        }
        return node.booleanValue();
    }

    /** True or false; false where it is absent. */
    boolean flagOrFalse(String name) {
        return has(name) && flag(name);
    }

    /** A whole number from 0; 0 where it is absent. */
    long count(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new Invalid(name + " must be a whole number from 0");
        }
        return node.longValue();
    }

    /** A whole number that must be there. */
    int number(String name) {
        JsonNode node = get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new Invalid(name + " must be a whole number");
        }
        return node.intValue();
    }

    /** A whole number from 0 that must be there. */
    long countGiven(String name) {
        if (!has(name)) {
            throw new Invalid(name + " is missing");
        }
        return count(name);
    }

    /** An operator by its id. */
    OperatorId operator(String name) {
        return as(name, OperatorId::of);
    }

    /** A co-op by its id. */
    CoopId coop(String name) {
        return as(name, CoopId::of);
    }

    /** A level by its name on the wire. */
    CoopAccount.Level level(String name) {
        String text = text(name);
        for (CoopAccount.Level level : CoopAccount.Level.values()) {
            if (Json.kebab(level).equals(text)) {
                return level;
            }
        }
        throw new Invalid(name + " must be regular, institution-admin or coop-admin");
    }

    /** A status by its name on the wire. */
    Status status(String name) {
        String text = text(name);
        for (Status status : Status.values()) {
            if (Json.kebab(status).equals(text)) {
                return status;
            }
        }
        throw new Invalid(name + " must be online, away, internal, finishing or offline");
    }

    /** {@code {"kind":"coop","id":"academic"}}. */
    Option option(String name) {
        return inner(name).asOption(name);
    }

    /** The same with {@code "backup":true} for the backup staff. */
    Stage stage(String name) {
        Fields inner = inner(name);
        Option option = inner.asOption(name);
        boolean backup = inner.flagOrFalse("backup");
        if (backup && option.kind() != Option.Kind.COOP) {
            throw new Invalid(name + " is no co-op and has no backup staff");
        }
        return new Stage(option, backup);
    }

    /** {@code {"kind":"coop","id":"academic"}}; of two by the id of the one who is not {@code me}. */
    Room room(String name, OperatorId me) {
        Fields inner = inner(name);
        Function<String, Room> kind = switch (inner.text("kind")) {
            case "coop" -> id -> Room.coop(CoopId.of(id));
            case "department" -> id -> Room.department(DepartmentId.of(id));
            case "institution" -> id -> Room.institution(InstitutionId.of(id));
            case "pair" -> id -> Room.pair(me, OperatorId.of(id));
            default -> throw new Invalid(name + " must be of the kind coop, department, institution or pair");
        };
        return inner.as("id", kind);
    }

    /** A list of objects, at most so many; empty where it is absent. */
    List<Fields> objects(String name, int most) {
        JsonNode node = get(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw new Invalid(name + " must be a list of at most " + most + " objects");
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : node) {
            if (!(element instanceof ObjectNode inner)) {
                throw new Invalid(name + " must be a list of objects");
            }
            objects.add(new Fields(inner));
        }
        return objects;
    }

    private Option asOption(String name) {
        Function<String, Option> kind = switch (text("kind")) {
            case "department" -> id -> Option.department(DepartmentId.of(id));
            case "operator" -> id -> Option.operator(OperatorId.of(id));
            case "coop" -> id -> Option.coop(CoopId.of(id));
            default -> throw new Invalid(name + " must be of the kind department, operator or coop");
        };
        return as("id", kind);
    }

    private Fields inner(String name) {
        if (get(name) instanceof ObjectNode inner) {
            return new Fields(inner);
        }
        throw new Invalid(name + " must be an object");
    }

    private @Nullable JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** A surrogate without its partner is no character: it could be neither stored nor sent on as it came. */
    private static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }
}
