package org.libcoop.talk;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;

/** Where librarians write to each other (I1). Nobody opens or closes a room: it is there for those who are in it. <em>Immutable.</em> */
public sealed interface Room {

    /** A kind and an id; with a pair's the length of the first id. */
    Pattern KEY = Pattern.compile("(?s)(coop|department|institution|pair(?=:\\d{1,3}:)):(.+)");

    /** The kinds of room. */
    enum Kind {
        COOP,
        DEPARTMENT,
        INSTITUTION,
        PAIR
    }

    /** The staff of a co-op, of whatever library. */
    record OfCoop(CoopId coop) implements Room {
        public OfCoop {
            Objects.requireNonNull(coop, "coop");
        }

        @Override
        public Kind kind() {
            return Kind.COOP;
        }

        @Override
        public String key() {
            return "coop:" + coop;
        }

        @Override
        public String idFor(OperatorId viewer) {
            return coop.value();
        }
    }

    /** The members of a department. */
    record OfDepartment(DepartmentId department) implements Room {
        public OfDepartment {
            Objects.requireNonNull(department, "department");
        }

        @Override
        public Kind kind() {
            return Kind.DEPARTMENT;
        }

        @Override
        public String key() {
            return "department:" + department;
        }

        @Override
        public String idFor(OperatorId viewer) {
            return department.value();
        }
    }

    /** All staff of an institution. */
    record OfInstitution(InstitutionId institution) implements Room {
        public OfInstitution {
            Objects.requireNonNull(institution, "institution");
        }

        @Override
        public Kind kind() {
            return Kind.INSTITUTION;
        }

        @Override
        public String key() {
            return "institution:" + institution;
        }

        @Override
        public String idFor(OperatorId viewer) {
            return institution.value();
        }
    }

    /** Two operators, each other's only company. {@code one} comes before {@code other}. */
    record Pair(OperatorId one, OperatorId other) implements Room {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the two are one, or in the other order
         */
        public Pair {
            if (one.compareTo(other) >= 0) {
                throw new IllegalArgumentException("two operators in order, not " + one + " and " + other);
            }
        }

        /** Returns whether {@code operator} is one of the two. */
        public boolean has(OperatorId operator) {
            return one.equals(operator) || other.equals(operator);
        }

        /** Returns the one who is not {@code operator}. */
        public OperatorId besides(OperatorId operator) {
            return one.equals(operator) ? other : one;
        }

        @Override
        public Kind kind() {
            return Kind.PAIR;
        }

        /** The first id's length tells the two apart, whatever characters are in them. */
        @Override
        public String key() {
            return "pair:" + one.value().length() + ":" + one + ":" + other;
        }

        @Override
        public String idFor(OperatorId viewer) {
            return besides(viewer).value();
        }
    }

    /** Returns which kind this is. */
    Kind kind();

    /** Returns its name in stores: unique over all rooms, at most 500 characters, never changed. */
    String key();

    /** Returns the id of the co-op, department or institution whose room it is; of two operators, that of the one who is not {@code viewer}. */
    String idFor(OperatorId viewer);

    /** Returns the room of this {@link #key}; empty if there is none. */
    static Optional<Room> of(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String id = parts.group(2);
        return switch (parts.group(1)) {
            case "coop" -> Optional.of(coop(CoopId.of(id)));
            case "department" -> Optional.of(department(DepartmentId.of(id)));
            case "institution" -> Optional.of(institution(InstitutionId.of(id)));
            default -> pair(id);
        };
    }

    private static Optional<Room> pair(String id) {
        int colon = id.indexOf(':');
        int length = Integer.parseInt(id.substring(0, colon));
        String both = id.substring(colon + 1);
        return length < 1 || length > both.length() - 2 || both.charAt(length) != ':'
                ? Optional.empty()
                : Optional.of(
                        pair(OperatorId.of(both.substring(0, length)), OperatorId.of(both.substring(length + 1))));
    }

    /** The room of a co-op. */
    static Room coop(CoopId coop) {
        return new OfCoop(coop);
    }

    /** The room of a department. */
    static Room department(DepartmentId department) {
        return new OfDepartment(department);
    }

    /** The room of an institution. */
    static Room institution(InstitutionId institution) {
        return new OfInstitution(institution);
    }

    /**
     * The room of two operators, in whatever order.
     *
     * @throws IllegalArgumentException if the two are one
     */
    static Room pair(OperatorId one, OperatorId other) {
        return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
    }
}
