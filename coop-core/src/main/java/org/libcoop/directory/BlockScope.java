package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * Where a block of a patron counts (C15): at one institution, for all of its widgets, or in one co-op, for the patrons of every
 * member. Canned messages are of one of these, too (M6). Immutable.
 */
public sealed interface BlockScope {

    /** Returns which of the two this is. */
    Kind kind();

    /** Returns the bare id. */
    String id();

    /** Returns the scope of an institution's widgets. */
    static BlockScope of(InstitutionId institution) {
        return new OfInstitution(institution);
    }

    /** Returns the scope of a co-op. */
    static BlockScope of(CoopId coop) {
        return new OfCoop(coop);
    }

    /** The two kinds of scopes. */
    enum Kind {
        /** An institution. */
        INSTITUTION,
        /** A co-op. */
        COOP
    }

    /** An institution: no chat starts on its widgets. */
    record OfInstitution(InstitutionId institution) implements BlockScope {

        /** Requires the id. */
        public OfInstitution {
            requireNonNull(institution, "institution");
        }

        @Override
        public Kind kind() {
            return Kind.INSTITUTION;
        }

        @Override
        public String id() {
            return institution.value();
        }

        /** Returns the kind and the id, for people. */
        @Override
        public String toString() {
            return "institution " + institution;
        }
    }

    /** A co-op: it is not in the route of chats that start. */
    record OfCoop(CoopId coop) implements BlockScope {

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

        /** Returns the kind and the id, for people. */
        @Override
        public String toString() {
            return "co-op " + coop;
        }
    }
}
