package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * The key of a library record: its type, and an id that is unique within the type.
 *
 * <p>The id has 1 to {@value #MAX_ID_LENGTH} characters. For a co-op and a widget it is their own id, for a sign-off rule
 * its department's, for a block its scope and slot, for a card its institution's, for canned messages their scope; for a membership
 * it is made of co-op and institution, for an account of co-op and operator ({@code academic/olga}). Ids are opaque and
 * may contain the slash themselves; such a pair is written with the length of its first part, so that two pairs never
 * share a key. Immutable.
 */
public record RecordKey(Type type, String id) implements Comparable<RecordKey> {

    /**
     * The most characters of an id: two ids of 200, two slashes, a length of three digits and the slash that marks it.
     */
    public static final int MAX_ID_LENGTH = 2 * Check.MAX_ID_LENGTH + 6;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the id is blank, too long or has control characters
     */
    public RecordKey {
        requireNonNull(type, "type");
        Check.line("record id", id, MAX_ID_LENGTH);
    }

    /** Returns the key of a co-op. */
    public static RecordKey of(CoopId coop) {
        return new RecordKey(Type.COOP, coop.value());
    }

    /** Returns the key of an institution's membership in a co-op. */
    public static RecordKey of(CoopId coop, InstitutionId institution) {
        return new RecordKey(Type.MEMBERSHIP, pair(coop.value(), institution.value()));
    }

    /** Returns the key of an operator's account in a co-op. */
    public static RecordKey of(CoopId coop, OperatorId operator) {
        return new RecordKey(Type.ACCOUNT, pair(coop.value(), operator.value()));
    }

    /** Returns the key of a widget. */
    public static RecordKey of(WidgetId widget) {
        return new RecordKey(Type.WIDGET, widget.value());
    }

    /** Returns the key of a department's sign-off rule. */
    public static RecordKey of(DepartmentId department) {
        return new RecordKey(Type.SIGN_OFF, department.value());
    }

    /** Returns the key of the policies, of which a deployment has one record. */
    public static RecordKey policies() {
        return new RecordKey(Type.POLICIES, "policies");
    }

    /** Returns the key of a slot for blocks of patrons at an institution or in a co-op. */
    public static RecordKey of(BlockScope scope, int slot) {
        return new RecordKey(Type.BLOCK, word(scope) + '/' + slot + '/' + scope.id());
    }

    /** Returns the key of an institution's card. */
    public static RecordKey ofCard(InstitutionId institution) {
        return new RecordKey(Type.CARD, institution.value());
    }

    /** Returns the key of the canned messages of an institution or a co-op. */
    public static RecordKey ofCanned(BlockScope scope) {
        return new RecordKey(Type.CANNED, word(scope) + '/' + scope.id());
    }

    private static String word(BlockScope scope) {
        return scope.kind() == BlockScope.Kind.COOP ? "coop" : "institution";
    }

    /** Orders by type, then by id. */
    @Override
    public int compareTo(RecordKey other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : id.compareTo(other.id);
    }

    // A first part without a slash never begins with one, so the marked form cannot be mistaken for the plain one.
    private static String pair(String first, String second) {
        return first.indexOf('/') < 0 ? first + '/' + second : "/" + first.length() + '/' + first + '/' + second;
    }

    /** The types of library records. */
    public enum Type {
        /** {@link Coop}. */
        COOP,
        /** {@link Membership}. */
        MEMBERSHIP,
        /** {@link CoopAccount}. */
        ACCOUNT,
        /** {@link Widget}. */
        WIDGET,
        /** {@link Policies}. */
        POLICIES,
        /** {@link SignOffRule}. */
        SIGN_OFF,
        /** {@link PatronBlock}. */
        BLOCK,
        /** {@link InstitutionCard}. */
        CARD,
        /** {@link CannedMessages}. */
        CANNED
    }
}
