package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * An institution's place in a co-op (D5, D6).
 *
 * <p>A membership that has ended keeps its record with {@code ended} set: its options and accounts stay, inert, and are
 * reported (D9). Immutable.
 */
public record Membership(CoopId coop, InstitutionId institution, Kind kind, Coverage coverage, boolean ended)
        implements LibraryRecord {

    /** Requires every part. */
    public Membership {
        requireNonNull(coop, "coop");
        requireNonNull(institution, "institution");
        requireNonNull(kind, "kind");
        requireNonNull(coverage, "coverage");
    }

    /** Returns a membership that begins now and is covered at every hour. */
    public static Membership of(CoopId coop, InstitutionId institution, Kind kind) {
        return new Membership(coop, institution, kind, Coverage.always(), false);
    }

    /** Returns this membership with other coverage. */
    public Membership withCoverage(Coverage other) {
        return new Membership(coop, institution, kind, other, ended);
    }

    /** Returns this membership, ended. */
    public Membership asEnded() {
        return new Membership(coop, institution, kind, coverage, true);
    }

    /** Returns whether the institution's staff may answer for the co-op now: contributing, and not ended (A5, D9). */
    public boolean contributes() {
        return kind == Kind.CONTRIBUTING && !ended;
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(coop, institution);
    }

    /** What an institution brings to a co-op. */
    public enum Kind {
        /** Its patrons are served and its staff answer. */
        CONTRIBUTING,
        /** Its patrons are served; its staff answer nothing. */
        NON_CONTRIBUTING
    }
}
