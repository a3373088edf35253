package org.libcoop.directory;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a deployment (section 13b): those that were set, and the defaults of all others.
 *
 * <p>Values are texts: durations as {@code 500ms}, {@code 90s}, {@code 2m}, {@code 1h}, {@code 30d} or {@code 30 days};
 * sizes as {@code 20 MB} (millions of bytes) or {@code 128 KiB}; plain numbers; {@code true} or {@code false}; and
 * {@code none} or {@code never} where a policy may have no such limit. Case and surrounding blanks do not matter.
 * {@link #rows()} is the whole table.
 *
 * <p>The retention policies {@code anonymiseAfter} and {@code deleteAfter} may be set for one institution too, under
 * the name of the policy, an {@code @} and the institution's id (X6).
 *
 * <p>Two policies are bound by the lease: {@code ownerGrace} is not shorter than it, and {@code renewEvery} at most a
 * third of it. A {@code renewEvery} that was not set follows a short lease by itself (10 s, or a third of the lease
 * where that is less); {@code ownerGrace}, which people notice, never changes unasked. Immutable; equal when the same
 * values were set.
 */
public final class Policies implements LibraryRecord {

    private static final Policies DEFAULTS = new Policies(PolicySet.DEFAULTS);

    private final PolicySet set;

    private Policies(PolicySet set) {
        this.set = set;
    }

    /** Returns the policies of a deployment that sets none. */
    public static Policies defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the defaults with these set.
     *
     * @throws IllegalArgumentException as {@link #with(Map)} says
     */
    public static Policies of(Map<String, String> settings) {
        return DEFAULTS.with(settings);
    }

    /**
     * Returns these policies with one more set.
     *
     * @throws IllegalArgumentException as {@link #with(Map)} says
     */
    public Policies with(String name, String value) {
        return with(Map.of(name, value));
    }

    /**
     * Returns these policies with all of those set at once, so that values bound by each other can change together.
     *
     * @throws IllegalArgumentException naming every policy that is unknown, malformed or out of bounds, with its value
     * and its bounds
     */
    public Policies with(Map<String, String> settings) {
        return new Policies(set.with(settings));
    }

    /**
     * Returns these policies with how long {@code institution} keeps transcripts until it anonymises them and deletes their content
     * (X6); null for never.
     *
     * @throws IllegalArgumentException as {@link #with(Map)} says
     */
    public Policies withRetention(
            InstitutionId institution, @Nullable Duration anonymiseAfter, @Nullable Duration deleteAfter) {
        return with(Map.of(
                Policy.ANONYMISE_AFTER.id + "@" + institution, written(anonymiseAfter),
                Policy.DELETE_AFTER.id + "@" + institution, written(deleteAfter)));
    }

    private static String written(@Nullable Duration kept) {
        return kept == null ? "never" : Durations.format(kept);
    }

    /**
     * Returns these policies with the default for this one again; the same if it was not set.
     *
     * @throws IllegalArgumentException if there is no such policy, or the default goes against another policy that was
     * set
     */
    public Policies without(String name) {
        return new Policies(set.without(name));
    }

    /** Returns what was set, by name, as {@link #of} reads it; each value in its shortest form. */
    public Map<String, String> settings() {
        return set.settings();
    }

    /** Returns the names of all policies, in the order of the table. */
    public static List<String> names() {
        return Arrays.stream(Policy.values()).map(policy -> policy.id).collect(Collectors.toUnmodifiableList());
    }

    /** Returns the table of all policies, for reference pages and administration. */
    public static List<Row> rows() {
        return Arrays.stream(Policy.values())
                .map(policy -> new Row(policy.id, policy.defaultText(), policy.bounds(), policy.rule))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the duration written so, as policies are: a whole number of up to nine digits and one of {@code ms s m h
     * d day days}, or {@code 0}.
     *
     * @throws IllegalArgumentException naming the text and what was expected
     */
    public static Duration parseDuration(String text) {
        return Durations.parse(text);
    }

    /** The default delay of a global co-op's backup stage, for co-ops that name none (R9). */
    public Duration backupDelay() {
        return duration(Policy.BACKUP_DELAY);
    }

    /** After how long unclaimed the patron is told that we are still looking (R17). */
    public Duration unansweredAfter() {
        return duration(Policy.UNANSWERED_AFTER);
    }

    /** After how long unclaimed a chat ends (R17). */
    public Duration giveUpAfter() {
        return duration(Policy.GIVE_UP_AFTER);
    }

    /** How long a patron of an unclaimed chat may be gone (C7). */
    public Duration patronGrace() {
        return duration(Policy.PATRON_GRACE);
    }

    /** How long a patron of a claimed chat may be gone (C7). */
    public Duration patronAway() {
        return duration(Policy.PATRON_AWAY);
    }

    /** How long after the last renewal an owner is lost; never shorter than the lease (C6). */
    public Duration ownerGrace() {
        return duration(Policy.OWNER_GRACE);
    }

    /** How long a transfer is offered (C9). */
    public Duration transferExpiry() {
        return duration(Policy.TRANSFER_EXPIRY);
    }

    /** How many open chats an operator may have; empty for any number (C12). */
    public OptionalInt operatorLimit() {
        PolicyValue value = set.value(Policy.OPERATOR_LIMIT);
        return value.present() ? OptionalInt.of((int) value.number()) : OptionalInt.empty();
    }

    /** How long presence lasts after its last renewal (P4). */
    public Duration lease() {
        return duration(Policy.LEASE);
    }

    /** How often presence is renewed; at most a third of the lease (P4). */
    public Duration renewEvery() {
        return duration(Policy.RENEW_EVERY);
    }

    /** Whether an operator who is AWAY still monitors (P3). */
    public boolean awayMonitors() {
        return on(Policy.AWAY_MONITORS);
    }

    /** After how long without activity an operator's session ends; empty for never (P5). */
    public Optional<Duration> idleLimit() {
        return optional(set.value(Policy.IDLE_LIMIT));
    }

    /** How old a page's copy of a widget's texts and fields may be (W4). */
    public Duration widgetCache() {
        return duration(Policy.WIDGET_CACHE);
    }

    /** How old a page's copy of a widget's online status may be (W4). */
    public Duration statusCache() {
        return duration(Policy.STATUS_CACHE);
    }

    /** The most characters (UTF-16 units) of a message (M2). */
    public int messageLimit() {
        return count(Policy.MESSAGE_LIMIT);
    }

    /** The most bytes of an uploaded file; 0 allows none (U1). */
    public long uploadLimitBytes() {
        return number(Policy.UPLOAD_LIMIT);
    }

    /** The most files that are shared in one chat (U1). */
    public int uploadsPerChat() {
        return count(Policy.UPLOADS_PER_CHAT);
    }

    /** The most bytes of all files shared in one chat (U1). */
    public long uploadQuotaBytes() {
        return number(Policy.UPLOAD_QUOTA);
    }

    /** How long staff chat is kept; empty for ever (I2). */
    public Optional<Duration> staffChatRetention() {
        Duration kept = duration(Policy.STAFF_CHAT_RETENTION);
        return kept.isZero() ? Optional.empty() : Optional.of(kept);
    }

    /** After how long transcripts are anonymised where the institution sets nothing else; empty for never (X6). */
    public Optional<Duration> anonymiseAfter() {
        return optional(set.value(Policy.ANONYMISE_AFTER));
    }

    /** After how long this institution's transcripts are anonymised; empty for never (X6). */
    public Optional<Duration> anonymiseAfter(InstitutionId institution) {
        return optional(set.value(Policy.ANONYMISE_AFTER, institution));
    }

    /**
     * After how long the content of transcripts is deleted where the institution sets nothing else; empty for never
     * (X6).
     */
    public Optional<Duration> deleteAfter() {
        return optional(set.value(Policy.DELETE_AFTER));
    }

    /** After how long the content of this institution's transcripts is deleted; empty for never (X6). */
    public Optional<Duration> deleteAfter(InstitutionId institution) {
        return optional(set.value(Policy.DELETE_AFTER, institution));
    }

    /** Whether every operator of the home institution reads all its transcripts, rather than those they owned (A4). */
    public boolean homeReadersSeeAll() {
        return on(Policy.HOME_READERS_SEE_ALL);
    }

    /** The most bytes of a frame (T5). */
    public int frameLimitBytes() {
        return count(Policy.FRAME_LIMIT);
    }

    /** The most characters of a patron's name (T5). */
    public int nameLimit() {
        return count(Policy.NAME_LIMIT);
    }

    /** The most characters of a referring URL (T5). */
    public int urlLimit() {
        return count(Policy.URL_LIMIT);
    }

    /** The most messages a minute on one connection (T5). */
    public int connectionMessagesPerMinute() {
        return count(Policy.CONNECTION_MESSAGES);
    }

    /** The most connections of one patron at a time (T5). */
    public int patronConnections() {
        return count(Policy.PATRON_CONNECTIONS);
    }

    /** The most connections of one operator at a time (T5). */
    public int operatorConnections() {
        return count(Policy.OPERATOR_CONNECTIONS);
    }

    /** The most notices that wait to be sent on one connection (T5). */
    public int outboxNotices() {
        return count(Policy.OUTBOX_NOTICES);
    }

    /** The most bytes that wait to be sent on one connection (T5). */
    public int outboxBytes() {
        return count(Policy.OUTBOX_BYTES);
    }

    /** The most entries of a page of any list (T5). */
    public int pageLimit() {
        return count(Policy.PAGE_LIMIT);
    }

    /** The deepest nesting of a frame (T5). */
    public int jsonDepth() {
        return count(Policy.JSON_DEPTH);
    }

    /** The most open chats from one address (T5). */
    public int addressChats() {
        return count(Policy.ADDRESS_CHATS);
    }

    /** The most connections from one address at a time (T5). */
    public int addressConnections() {
        return count(Policy.ADDRESS_CONNECTIONS);
    }

    /** The most chats started a minute from one address (T5). */
    public int addressChatStartsPerMinute() {
        return count(Policy.ADDRESS_CHAT_STARTS);
    }

    /** The most messages a minute from one address (T5). */
    public int addressMessagesPerMinute() {
        return count(Policy.ADDRESS_MESSAGES);
    }

    /** The most denials a minute of one operator, or of all patrons together, that the audit trail has one by one (T5). */
    public int auditedDenialsPerMinute() {
        return count(Policy.AUDITED_DENIALS);
    }

    @Override
    public RecordKey key() {
        return RecordKey.policies();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policies policies && set.sameAs(policies.set);
    }

    @Override
    public int hashCode() {
        return set.settings().hashCode();
    }

    /** Returns what was set. */
    @Override
    public String toString() {
        return "Policies" + set;
    }

    /** Returns the institutions that a policy was set for. */
    List<InstitutionId> institutions() {
        return set.institutions();
    }

    private Duration duration(Policy policy) {
        return set.value(policy).duration();
    }

    private long number(Policy policy) {
        return set.value(policy).number();
    }

    private int count(Policy policy) {
        return Math.toIntExact(number(policy));
    }

    private boolean on(Policy policy) {
        return number(policy) == 1;
    }

    private static Optional<Duration> optional(PolicyValue value) {
        return value.present() ? Optional.of(value.duration()) : Optional.empty();
    }

    /**
     * One row of the table of policies. Immutable.
     *
     * @param bounds what values are accepted, for people
     * @param rule the rule of the specification that the policy belongs to
     */
    public record Row(String name, String defaultValue, String bounds, String rule) {}
}
