package org.libcoop.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.directory.IdText;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.RefusalCode;

/**
 * That somebody did, or was denied, an operation on something (A8, A9). Ids, codes and counts: there is no free text in it.
 * <em>Immutable.</em>
 *
 * @param id its name, unique in the deployment: the same record brought again is the same one; 1 to 100 characters
 * @param at when, in whole milliseconds
 * @param institutions whose people may see the record: that of who did it and those whose things it is on, at most
 *     {@value #MOST_INSTITUTIONS}
 * @param code why it was refused; null where it was done
 * @param counts numbers that say more, such as how many transcripts were exported; at most {@value #MOST_COUNTS}, with names of 1
 *     to 40 small letters and hyphens
 * @param command the client's id of the command, if there was one
 */
public record AuditRecord(
        String id,
        Instant at,
        Who who,
        Operation operation,
        Thing thing,
        SortedSet<InstitutionId> institutions,
        @Nullable RefusalCode code,
        SortedMap<String, Long> counts,
        @Nullable String command) {

    /** The most institutions that a record may concern. */
    public static final int MOST_INSTITUTIONS = 16;

    /** The most counts of a record. */
    public static final int MOST_COUNTS = 16;

    private static final int LONGEST_ID = 100;
    private static final Pattern COUNT = Pattern.compile("[a-z-]{1,40}");

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them, or if {@code at} is finer than a millisecond
     */
    public AuditRecord {
        IdText.require("audit record id", id, LONGEST_ID);
        if (!at.equals(at.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("at must be in whole milliseconds: " + at);
        }
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(thing, "thing");
        institutions = Collections.unmodifiableSortedSet(new TreeSet<>(institutions));
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        if (institutions.size() > MOST_INSTITUTIONS || counts.size() > MOST_COUNTS) {
            throw new IllegalArgumentException("at most " + MOST_INSTITUTIONS + " institutions and " + MOST_COUNTS
                    + " counts, not " + institutions.size() + " and " + counts.size());
        }
        for (String name : counts.keySet()) {
            if (!COUNT.matcher(name).matches()) {
                throw new IllegalArgumentException("a count has a name of small letters and hyphens");
            }
        }
        if (command != null) {
            IdText.require("command id", command, CommandId.MAX_LENGTH);
        }
    }

    /** That it was done. */
    public static AuditRecord done(
            String id, Instant at, Who who, Operation operation, Thing thing, Collection<InstitutionId> institutions) {
        return new AuditRecord(id, at, who, operation, thing, new TreeSet<>(institutions), null, new TreeMap<>(), null);
    }

    /** The same, refused with {@code why}. */
    public AuditRecord refusedWith(RefusalCode why) {
        return new AuditRecord(
                id, at, who, operation, thing, institutions, Objects.requireNonNull(why, "why"), counts, command);
    }

    /** The same with these counts. */
    public AuditRecord counting(Map<String, Long> numbers) {
        return new AuditRecord(id, at, who, operation, thing, institutions, code, new TreeMap<>(numbers), command);
    }

    /** The same with the client's id of the command. */
    public AuditRecord ofCommand(String commandId) {
        return new AuditRecord(id, at, who, operation, thing, institutions, code, counts, commandId);
    }

    /** The same as the people of {@code institution} may see it: that others are concerned, too, is not theirs to know (A9). */
    public AuditRecord seenBy(InstitutionId institution) {
        SortedSet<InstitutionId> own = new TreeSet<>(institutions);
        own.removeIf(other -> !other.equals(institution));
        return new AuditRecord(id, at, who, operation, thing, own, code, counts, command);
    }

    /** Why it was refused; empty if it was done. */
    public Optional<RefusalCode> refused() {
        return Optional.ofNullable(code);
    }

    /** What somebody is who does something. */
    public enum Role {
        /** An operator, with an id. */
        OPERATOR,
        /** A patron, of whom nothing else is said. */
        PATRON,
        /** Whoever holds the engine. */
        HOST,
        /** The engine itself. */
        SYSTEM
    }

    /** Who did it: an operator by id, or somebody without one. <em>Immutable.</em> */
    public record Who(Role role, @Nullable OperatorId operator) {

        /** Some patron. */
        public static final Who PATRON = new Who(Role.PATRON, null);

        /** The host. */
        public static final Who HOST = new Who(Role.HOST, null);

        /** The engine itself. */
        public static final Who SYSTEM = new Who(Role.SYSTEM, null);

        /**
         * Checks that an operator, and nobody else, has an id.
         *
         * @throws IllegalArgumentException if not
         */
        public Who {
            if ((role == Role.OPERATOR) != (operator != null)) {
                throw new IllegalArgumentException("an operator, and nobody else, has an id: " + role);
            }
        }

        /** This operator. */
        public static Who operator(OperatorId operator) {
            return new Who(Role.OPERATOR, Objects.requireNonNull(operator, "operator"));
        }
    }

    /** What kind of thing something is done to. */
    public enum Kind {
        /** A chat, by its id. */
        CHAT,
        /** The transcripts that somebody may read: of an institution, or within a co-op. */
        TRANSCRIPTS,
        /** An operator. */
        OPERATOR,
        /** A department. */
        DEPARTMENT,
        /** A co-op. */
        COOP,
        /** An operator's account, within a co-op. */
        ACCOUNT,
        /** An institution's membership, within a co-op. */
        MEMBERSHIP,
        /** A widget. */
        WIDGET,
        /** An institution. */
        INSTITUTION,
        /** A block of a patron, within the institution or co-op where it counts (C15). */
        BLOCK,
        /** An entry of a FAQ, within the chat in which it was looked at (F2). */
        FAQ_ENTRY,
        /** The deployment: its policies. */
        DEPLOYMENT
    }

    /**
     * What it was done to: a thing of a kind by its id, where needed within another one.
     *
     * @param id 1 to 200 characters
     * @param within 1 to 200 characters; null where the id says all
     */
    public record Thing(Kind kind, String id, @Nullable String within) {

        private static final int LONGEST = 200;

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException beyond them
         */
        public Thing {
            Objects.requireNonNull(kind, "kind");
            IdText.require("id", id, LONGEST);
            if (within != null) {
                IdText.require("within", within, LONGEST);
            }
        }

        /** A thing by its id. */
        public static Thing of(Kind kind, String id) {
            return new Thing(kind, id, null);
        }

        /** The deployment itself. */
        public static Thing deployment() {
            return new Thing(Kind.DEPLOYMENT, "deployment", null);
        }
    }
}
