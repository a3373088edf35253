package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a whole {@link Directory} from texts, for embedders with a fixed configuration and for tests.
 *
 * <pre>{@code
 * Directory directory = Directory.builder()
 *         .institution("springy", "Springy University", "America/New_York")
 *         .operators("springy", "ana", "ben")
 *         .department("reference", "springy", "Reference", "ana", "ben")
 *         .institution("hill", "Hill College", "America/Chicago")
 *         .operators("hill", "olga")
 *         .globalCoop("academic", "Academic Co-Op")
 *         .member("springy")
 *         .member("hill")
 *         .account("academic", "olga", CoopAccount.Level.REGULAR)
 *         .widget("databases", "springy", w -> w.route(Option.department("reference"), Option.coop("academic")))
 *         .build();
 * }</pre>
 *
 * <p>Records may name what is added later: references are checked by {@link #build()}, all at once. {@code backup},
 * {@code backupDelay}, {@code member} and {@code formerMember} speak about the co-op added last. One thread at a time.
 */
public final class DirectoryBuilder {

    private final List<Institution> institutions = new ArrayList<>();
    private final List<Operator> operators = new ArrayList<>();
    private final List<Department> departments = new ArrayList<>();
    private final List<CoopDraft> coops = new ArrayList<>();
    private final List<LibraryRecord> records = new ArrayList<>();
    private final Map<String, String> settings = new TreeMap<>();

    DirectoryBuilder() {}

    /** Adds an institution in UTC. */
    public DirectoryBuilder institution(String id, String name) {
        return institution(id, name, "UTC");
    }

    /**
     * Adds an institution in an IANA time zone.
     *
     * @throws java.time.DateTimeException if there is no such zone
     */
    public DirectoryBuilder institution(String id, String name, String zone) {
        institutions.add(new Institution(new InstitutionId(id), name, ZoneId.of(zone)));
        return this;
    }

    /** Adds an operator of an institution, with chat enabled. */
    public DirectoryBuilder operator(String id, String institution, String displayName) {
        return operator(Operator.of(new OperatorId(id), new InstitutionId(institution), displayName));
    }

    /** Adds an operator. */
    public DirectoryBuilder operator(Operator operator) {
        operators.add(requireNonNull(operator, "operator"));
        return this;
    }

    /** Adds operators of an institution, with chat enabled and their ids as display names. */
    public DirectoryBuilder operators(String institution, String... ids) {
        Arrays.stream(ids).forEach(id -> operator(id, institution, id));
        return this;
    }

    /** Gives operators added before the local admin role (D2). */
    public DirectoryBuilder admins(String... ids) {
        Arrays.stream(ids).forEach(id -> change(id, operator -> operator.withAdmin(true)));
        return this;
    }

    /** Turns chat off for operators added before (D2). */
    public DirectoryBuilder chatDisabled(String... ids) {
        Arrays.stream(ids).forEach(id -> change(id, operator -> operator.withChatEnabled(false)));
        return this;
    }

    /** Adds a department of an institution with its members. */
    public DirectoryBuilder department(String id, String institution, String name, String... members) {
        Set<OperatorId> ids = Arrays.stream(members).map(OperatorId::of).collect(Collectors.toUnmodifiableSet());
        departments.add(new Department(new DepartmentId(id), new InstitutionId(institution), name, ids));
        return this;
    }

    /** Adds a local co-op. */
    public DirectoryBuilder localCoop(String id, String name) {
        coops.add(new CoopDraft(new CoopId(id), name, Coop.Kind.LOCAL));
        return this;
    }

    /** Adds a global co-op, with the deployment's backup delay until another is given. */
    public DirectoryBuilder globalCoop(String id, String name) {
        coops.add(new CoopDraft(new CoopId(id), name, Coop.Kind.GLOBAL));
        return this;
    }

    /** Adds operators to the backup list of the co-op added last. */
    public DirectoryBuilder backup(String... ids) {
        Arrays.stream(ids).map(OperatorId::of).forEach(lastCoop().backup::add);
        return this;
    }

    /** Sets the backup delay of the co-op added last. */
    public DirectoryBuilder backupDelay(Duration delay) {
        lastCoop().delay = requireNonNull(delay, "delay");
        return this;
    }

    /** Makes an institution a contributing member of the co-op added last, covered at every hour. */
    public DirectoryBuilder member(String institution) {
        return member(institution, Membership.Kind.CONTRIBUTING);
    }

    /** Makes an institution a member of the co-op added last, covered at every hour. */
    public DirectoryBuilder member(String institution, Membership.Kind kind) {
        return member(institution, kind, Coverage.always());
    }

    /** Makes an institution a member of the co-op added last. */
    public DirectoryBuilder member(String institution, Membership.Kind kind, Coverage coverage) {
        return add(new Membership(lastCoop().id, new InstitutionId(institution), kind, coverage, false));
    }

    /** Makes an institution a former contributing member of the co-op added last (D9). */
    public DirectoryBuilder formerMember(String institution) {
        return add(Membership.of(lastCoop().id, new InstitutionId(institution), Membership.Kind.CONTRIBUTING)
                .asEnded());
    }

    /** Gives an operator an account in a co-op. */
    public DirectoryBuilder account(String coop, String operator, CoopAccount.Level level) {
        return add(new CoopAccount(new CoopId(coop), new OperatorId(operator), level));
    }

    /** Adds a widget of an institution, set up by the function. */
    public DirectoryBuilder widget(String id, String institution, UnaryOperator<Widget.Builder> setUp) {
        return add(setUp.apply(Widget.builder(id, institution)).build());
    }

    /** Adds a library record made elsewhere. */
    public DirectoryBuilder add(LibraryRecord record) {
        records.add(requireNonNull(record, "record"));
        return this;
    }

    /** Sets a policy; {@link #build()} checks all of them together. */
    public DirectoryBuilder policy(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Returns the directory.
     *
     * @throws InvalidDirectoryException naming every problem of host and library at once (D10)
     * @throws IllegalArgumentException naming every policy that is unknown, malformed or out of bounds
     */
    public Directory build() {
        Policies policies = Policies.of(settings);
        List<LibraryRecord> all = new ArrayList<>();
        coops.forEach(draft -> all.add(draft.coop(policies.backupDelay())));
        all.addAll(records);
        if (!settings.isEmpty()) {
            all.add(policies);
        }
        List<Problem> problems = new ArrayList<>();
        HostDirectory host = HostDirectory.collect(institutions, operators, departments, problems);
        problems.addAll(new Validation(host, all).problems());
        if (!problems.isEmpty()) {
            throw new InvalidDirectoryException(problems);
        }
        return Directory.of(host, all);
    }

    private void change(String id, UnaryOperator<Operator> change) {
        OperatorId wanted = new OperatorId(id);
        if (operators.stream().noneMatch(operator -> operator.id().equals(wanted))) {
            throw new IllegalArgumentException("operator " + id + " has not been added yet");
        }
        operators.replaceAll(operator -> operator.id().equals(wanted) ? change.apply(operator) : operator);
    }

    private CoopDraft lastCoop() {
        if (coops.isEmpty()) {
            throw new IllegalStateException("no co-op has been added yet");
        }
        return coops.get(coops.size() - 1);
    }

    /** A co-op whose delay may still be left to the policies. */
    private static final class CoopDraft {

        final CoopId id;
        final String name;
        final Coop.Kind kind;
        final List<OperatorId> backup = new ArrayList<>();

        @Nullable
        Duration delay;

        CoopDraft(CoopId id, String name, Coop.Kind kind) {
            this.id = id;
            this.name = name;
            this.kind = kind;
        }

        Coop coop(Duration defaultDelay) {
            return new Coop(id, name, kind, delay == null ? defaultDelay : delay, backup);
        }
    }
}
