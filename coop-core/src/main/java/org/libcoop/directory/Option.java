package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * One place where a chat can be answered: a department, one operator, or a co-op (W1).
 *
 * <p>Ids are unique per kind only, so options of two kinds differ even when their ids are the same text. Immutable.
 */
public sealed interface Option {

    /** Returns which of the three this is. */
    Kind kind();

    /** Returns the bare id. */
    String id();

    /** Returns the option of a department's members. */
    static Option department(DepartmentId department) {
        return new OfDepartment(department);
    }

    /** Returns the option of a department's members. */
    static Option department(String department) {
        return new OfDepartment(new DepartmentId(department));
    }

    /** Returns the option of one operator: their own personal line. */
    static Option operator(OperatorId operator) {
        return new OfOperator(operator);
    }

    /** Returns the option of one operator: their own personal line. */
    static Option operator(String operator) {
        return new OfOperator(new OperatorId(operator));
    }

    /** Returns the option of a co-op's member librarians. */
    static Option coop(CoopId coop) {
        return new OfCoop(coop);
    }

    /** Returns the option of a co-op's member librarians. */
    static Option coop(String coop) {
        return new OfCoop(new CoopId(coop));
    }

    /** The three kinds of options. */
    enum Kind {
        /** A department of the home institution. */
        DEPARTMENT,
        /** One operator of the home institution. */
        OPERATOR,
        /** A co-op that the home institution is a member of. */
        COOP
    }

    /** The members of a department. */
    record OfDepartment(DepartmentId department) implements Option {

        /** Requires the id. */
        public OfDepartment {
            requireNonNull(department, "department");
        }

        @Override
        public Kind kind() {
            return Kind.DEPARTMENT;
        }

        @Override
        public String id() {
            return department.value();
        }

        /** Returns the bare id. */
        @Override
        public String toString() {
            return department.value();
        }
    }

    /** One operator's personal line. */
    record OfOperator(OperatorId operator) implements Option {

        /** Requires the id. */
        public OfOperator {
            requireNonNull(operator, "operator");
        }

        @Override
        public Kind kind() {
            return Kind.OPERATOR;
        }

        @Override
        public String id() {
            return operator.value();
        }

        /** Returns the bare id. */
        @Override
        public String toString() {
            return operator.value();
        }
    }

    /** The member librarians of a co-op; its backup staff are a {@link Stage} of their own. */
    record OfCoop(CoopId coop) implements Option {

        /** Requires the id. */
        public OfCoop {
            requireNonNull(coop, "coop");
        }

        @Override
        public Kind kind() {
            return Kind.COOP;
        }

        @Override
        public String id() {
            return coop.value();
        }

        /** Returns the bare id. */
        @Override
        public String toString() {
            return coop.value();
        }
    }
}
