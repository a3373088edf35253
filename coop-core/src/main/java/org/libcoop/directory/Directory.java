package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot of everything that exists: a revision of the host and the library's records, checked together (D10,
 * D11).
 *
 * <p>Two readings lead to a snapshot. {@link #of} is strict: it refuses with every problem named. {@link #resolve} is
 * for when the host has published a revision that no longer has what library records point to: it goes on without them.
 * A record without its co-op, institution or operator is then <em>inert</em>: no query returns it, but {@link
 * #records()} keeps it and {@link #inert()} tells, and it lives again when the host brings back what it needs. A widget
 * with an option that is gone keeps the option, which is merely not served.
 *
 * <p>Queries take constant time, or time proportional to the answer; {@code with…} and {@code without} rebuild the
 * whole snapshot. Collections keep the order in which things were given. Immutable and safe for use by several threads;
 * equal when host and records are equal.
 */
public final class Directory {

    private final long revision;
    private final HostDirectory host;
    private final Map<RecordKey, LibraryRecord> records;
    private final List<Validation.Fault> faults;
    private final List<Problem> inert;
    private final RecordIndex index;
    private final AccessMap access;

    private Directory(HostDirectory host, Validation validation) {
        revision = 0;
        this.host = host;
        records = Collections.unmodifiableMap(validation.records);
        faults = List.copyOf(validation.faults);
        List<Problem> reported = new ArrayList<>(validation.problems());
        reported.addAll(validation.ended);
        inert = List.copyOf(reported);
        index = new RecordIndex(host, validation.live);
        access = new AccessMap(host, index);
    }

    private Directory(Directory same, long revision) {
        this.revision = revision;
        host = same.host;
        records = same.records;
        faults = same.faults;
        inert = same.inert;
        index = same.index;
        access = same.access;
    }

    /**
     * Returns the snapshot of a host revision and library records.
     *
     * @throws InvalidDirectoryException naming every problem at once (D10)
     */
    public static Directory of(HostDirectory host, Collection<? extends LibraryRecord> records) {
        Validation validation = new Validation(host, records);
        if (!validation.faults.isEmpty()) {
            throw new InvalidDirectoryException(validation.problems());
        }
        return new Directory(host, validation);
    }

    /**
     * Returns the snapshot of a host revision and those of the library records that it has use for; refuses nothing
     * (W8).
     */
    public static Directory resolve(HostDirectory host, Collection<? extends LibraryRecord> records) {
        return new Directory(host, new Validation(host, records));
    }

    /** Returns a builder of a whole directory. */
    public static DirectoryBuilder builder() {
        return new DirectoryBuilder();
    }

    /** Returns the same snapshot under the number that the store gave it (E1); equality does not look at the number. */
    public Directory numbered(long number) {
        return new Directory(this, number);
    }

    /** Returns the number that the store gave this snapshot, or 0 for one that was not read from a store (D11). */
    public long revision() {
        return revision;
    }

    /** Returns what the host owns. */
    public HostDirectory host() {
        return host;
    }

    /** Returns every library record, the inert ones included. */
    public Collection<LibraryRecord> records() {
        return records.values();
    }

    /** Returns the library record with this key, be it inert. */
    public Optional<LibraryRecord> record(RecordKey key) {
        return Optional.ofNullable(records.get(key));
    }

    /**
     * Returns what is there without effect: records and options that the host has nothing for any more, and accounts
     * and options of ended memberships (D9, W8).
     */
    public List<Problem> inert() {
        return inert;
    }

    /** Returns what about a widget is allowed here and probably not meant (W8). */
    public List<WidgetWarning> warnings(Widget widget) {
        return WidgetCheck.warnings(this, widget);
    }

    /**
     * Returns this snapshot with a record added, or put in the place of the one with the same key.
     *
     * <p>Ending a membership is always possible (D9). Faults of other records, inert since some revision of the host,
     * are no obstacle.
     *
     * @throws InvalidDirectoryException naming every problem that this record has (D10)
     */
    public Directory withRecord(LibraryRecord record) {
        Map<RecordKey, LibraryRecord> changed = new LinkedHashMap<>(records);
        changed.put(record.key(), record);
        boolean ending =
                record instanceof Membership membership && membership.ended() && records.containsKey(record.key());
        return changed(changed, fault -> !ending && fault.key().equals(record.key()));
    }

    /**
     * Returns this snapshot without the record of this key; the same content if there is none.
     *
     * @throws InvalidDirectoryException naming every other record that cannot do without it
     */
    public Directory without(RecordKey key) {
        Map<RecordKey, LibraryRecord> changed = new LinkedHashMap<>(records);
        changed.remove(key);
        return changed(changed, fault -> !faults.contains(fault));
    }

    /**
     * Returns the library records of this snapshot with another revision of the host; refuses nothing, as {@link
     * #resolve}.
     */
    public Directory withHost(HostDirectory revision) {
        return resolve(revision, records.values());
    }

    /** Returns an institution. */
    public Optional<Institution> institution(InstitutionId id) {
        return Optional.ofNullable(host.institutions().get(id));
    }

    /** Returns an operator. */
    public Optional<Operator> operator(OperatorId id) {
        return Optional.ofNullable(host.operators().get(id));
    }

    /** Returns a department. */
    public Optional<Department> department(DepartmentId id) {
        return Optional.ofNullable(host.departments().get(id));
    }

    /** Returns a co-op. */
    public Optional<Coop> coop(CoopId id) {
        return Optional.ofNullable(index.coops.get(id));
    }

    /** Returns a widget; an inert one, whose institution is gone, is not found. */
    public Optional<Widget> widget(WidgetId id) {
        return Optional.ofNullable(index.widgets.get(id));
    }

    /** Returns an institution's membership in a co-op, be it {@linkplain Membership#ended() ended}. */
    public Optional<Membership> membership(CoopId coop, InstitutionId institution) {
        return Optional.ofNullable(index.membership(coop, institution));
    }

    /**
     * Returns an operator's account in a co-op, be it that the membership it rests on has ended ({@link #hasPlaceIn}).
     */
    public Optional<CoopAccount> account(CoopId coop, OperatorId operator) {
        return Optional.ofNullable(index.account(coop, operator));
    }

    /** Returns all institutions. */
    public Collection<Institution> institutions() {
        return host.institutions().values();
    }

    /** Returns all operators. */
    public Collection<Operator> operators() {
        return host.operators().values();
    }

    /** Returns the operators of an institution. */
    public Collection<Operator> operators(InstitutionId institution) {
        return index.operatorsOf.getOrDefault(institution, List.of());
    }

    /** Returns all departments. */
    public Collection<Department> departments() {
        return host.departments().values();
    }

    /** Returns all co-ops. */
    public Collection<Coop> coops() {
        return Collections.unmodifiableCollection(index.coops.values());
    }

    /** Returns all widgets that are not inert. */
    public Collection<Widget> widgets() {
        return Collections.unmodifiableCollection(index.widgets.values());
    }

    /** Returns the widgets of an institution. */
    public Collection<Widget> widgets(InstitutionId institution) {
        return index.widgetsOf.getOrDefault(institution, List.of());
    }

    /** Returns all memberships that are not inert, the ended ones included. */
    public Collection<Membership> memberships() {
        return Collections.unmodifiableList(index.memberships);
    }

    /** Returns the memberships in a co-op, the ended ones included. */
    public Collection<Membership> memberships(CoopId coop) {
        return index.membershipsIn.getOrDefault(coop, List.of());
    }

    /** Returns the memberships of an institution, the ended ones included. */
    public Collection<Membership> memberships(InstitutionId institution) {
        return index.membershipsOf.getOrDefault(institution, List.of());
    }

    /** Returns all accounts of operators that exist, those under an ended membership included. */
    public Collection<CoopAccount> accounts() {
        return Collections.unmodifiableList(index.accounts);
    }

    /** Returns the accounts in a co-op, those under an ended membership included. */
    public Collection<CoopAccount> accounts(CoopId coop) {
        return index.accountsIn.getOrDefault(coop, List.of());
    }

    /** Returns the accounts of an operator, those under an ended membership included. */
    public Collection<CoopAccount> accounts(OperatorId operator) {
        return index.accountsOf.getOrDefault(operator, List.of());
    }

    /** Returns the sign-off rules of the departments that the operator is a member of (P5). */
    public Collection<SignOffRule> signOffRules(OperatorId operator) {
        return Collections.unmodifiableList(index.signOffsOf.getOrDefault(operator, List.of()));
    }

    /** Returns the records of blocks of patrons in a scope, those included that are over and still kept (C15). */
    public Collection<PatronBlock> blocks(BlockScope scope) {
        return index.blocksIn.getOrDefault(scope, List.of());
    }

    /**
     * Returns whether a patron is blocked in a scope at {@code now} (C15). In time proportional to the records of the scope.
     *
     * @param addressDigest the digest of the patron's address; null where the address is not known
     */
    public boolean blocked(BlockScope scope, String patronKeyHash, @Nullable String addressDigest, Instant now) {
        return blocks(scope).stream().anyMatch(block -> block.counts(now) && block.isOf(patronKeyHash, addressDigest));
    }

    /** Returns the co-ops that an institution is or was in and in which a patron is blocked at {@code now} (C15). */
    public Set<CoopId> blockedIn(
            InstitutionId home, String patronKeyHash, @Nullable String addressDigest, Instant now) {
        return memberships(home).stream()
                .map(Membership::coop)
                .filter(coop -> blocked(BlockScope.of(coop), patronKeyHash, addressDigest, now))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what co-op librarians see of an institution (F4); an empty card where nobody has filled it in. */
    public InstitutionCard card(InstitutionId institution) {
        InstitutionCard card = index.cards.get(institution);
        return card == null ? InstitutionCard.empty(institution) : card;
    }

    /** Returns the canned messages of an institution or a co-op (M6); none where nobody has written any. */
    public CannedMessages canned(BlockScope scope) {
        CannedMessages messages = index.canned.get(scope);
        return messages == null ? CannedMessages.none(scope) : messages;
    }

    /** Returns the policies. */
    public Policies policies() {
        return index.policies;
    }

    /**
     * Returns whether the operator has access to the stage, as P3 says: a member of the department, that operator, an
     * account of any level in the co-op while the operator's institution is a contributing member, or a place on the
     * backup list. The chat switch is not asked. False for an operator who does not exist.
     */
    public boolean hasAccess(OperatorId operator, Stage stage) {
        return access.stagesOf(operator).contains(stage);
    }

    /** Returns every stage that the operator {@linkplain #hasAccess has access} to. */
    public Set<Stage> stagesOf(OperatorId operator) {
        return access.stagesOf(operator);
    }

    /** Returns every operator who {@linkplain #hasAccess has access} to the stage. */
    public Set<OperatorId> operatorsOf(Stage stage) {
        return access.operatorsOf(stage);
    }

    /**
     * Returns whether the option is there for an institution: a department or operator that exists, of whatever
     * institution, or a co-op in which the institution's membership has not ended (D9).
     */
    public boolean reachable(InstitutionId home, Option option) {
        if (option instanceof Option.OfDepartment desk) {
            return host.departments().containsKey(desk.department());
        }
        if (option instanceof Option.OfOperator line) {
            return host.operators().containsKey(line.operator());
        }
        return option instanceof Option.OfCoop shared
                && membership(shared.coop(), home)
                        .filter(found -> !found.ended())
                        .isPresent();
    }

    /**
     * Returns whether the option is in the route of an institution's chat that starts at this instant (D6, R12). A
     * co-op is as the coverage of the institution's membership says, in the institution's zone; a co-op without a
     * membership is not. Departments and operators have no hours: they are, unless the host has moved them to another
     * institution since the widget was saved. What does not exist any more, or whose membership ended, stays in the
     * route and is merely not {@linkplain #reachable reachable} (D9).
     */
    public boolean covered(InstitutionId home, Option option, Instant at) {
        requireNonNull(at, "at");
        if (option instanceof Option.OfDepartment desk) {
            Department found = host.departments().get(desk.department());
            return found == null || found.institution().equals(home);
        }
        if (option instanceof Option.OfOperator line) {
            Operator found = host.operators().get(line.operator());
            return found == null || found.institution().equals(home);
        }
        Institution institution = host.institutions().get(home);
        return institution != null
                && option instanceof Option.OfCoop shared
                && membership(shared.coop(), home)
                        .filter(found -> found.coverage().covers(at, institution.zone()))
                        .isPresent();
    }

    /**
     * Returns whether the operator belongs to a co-op in any way: an account of any level while the institution's
     * membership of any kind has not ended, or a place on the backup list (A9, I1).
     */
    public boolean hasPlaceIn(OperatorId operator, CoopId coop) {
        if (hasAccess(operator, Stage.backup(coop))) {
            return true;
        }
        return account(coop, operator).isPresent()
                && operator(operator)
                        .flatMap(found -> membership(coop, found.institution()))
                        .filter(found -> !found.ended())
                        .isPresent();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Directory directory && host.equals(directory.host) && records.equals(directory.records);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + records.hashCode();
    }

    /** Returns the counts, for people. */
    @Override
    public String toString() {
        return "Directory[%s, %d records, %d inert]".formatted(host, records.size(), inert.size());
    }

    private Directory changed(Map<RecordKey, LibraryRecord> changed, Predicate<Validation.Fault> refused) {
        Validation validation = new Validation(host, changed.values());
        List<Problem> problems = validation.faults.stream()
                .filter(refused)
                .map(Validation.Fault::problem)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidDirectoryException(problems);
        }
        return new Directory(host, validation);
    }
}
