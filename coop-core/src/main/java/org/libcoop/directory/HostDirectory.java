package org.libcoop.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the host owns of the directory, as one revision: its institutions, operators and departments (D11).
 *
 * <p>Valid within itself (D10): no id twice, every operator and department of a known institution, every member of a
 * department a known operator of the same institution. The maps keep the order in which the host gave things.
 * Immutable; equal when everything in it is equal.
 */
public final class HostDirectory {

    private final Map<InstitutionId, Institution> institutions;
    private final Map<OperatorId, Operator> operators;
    private final Map<DepartmentId, Department> departments;

    private HostDirectory(
            Map<InstitutionId, Institution> institutions,
            Map<OperatorId, Operator> operators,
            Map<DepartmentId, Department> departments) {
        this.institutions = Collections.unmodifiableMap(institutions);
        this.operators = Collections.unmodifiableMap(operators);
        this.departments = Collections.unmodifiableMap(departments);
    }

    /**
     * Returns a revision of these.
     *
     * @throws InvalidDirectoryException naming every fault within the revision at once (D10)
     */
    public static HostDirectory of(
            Collection<Institution> institutions, Collection<Operator> operators, Collection<Department> departments) {
        List<Problem> problems = new ArrayList<>();
        HostDirectory host = collect(institutions, operators, departments, problems);
        if (!problems.isEmpty()) {
            throw new InvalidDirectoryException(problems);
        }
        return host;
    }

    /**
     * Returns a revision of what has an id of its own, faulty or not, and adds what is wrong with it to the problems.
     */
    static HostDirectory collect(
            Collection<Institution> institutions,
            Collection<Operator> operators,
            Collection<Department> departments,
            List<Problem> problems) {
        HostDirectory host = new HostDirectory(
                byId("institution", institutions, Institution::id, problems),
                byId("operator", operators, Operator::id, problems),
                byId("department", departments, Department::id, problems));
        host.operators.values().forEach(operator -> host.check(operator, problems));
        host.departments.values().forEach(department -> host.check(department, problems));
        return host;
    }

    /** Returns all institutions by id. */
    public Map<InstitutionId, Institution> institutions() {
        return institutions;
    }

    /** Returns all operators by id. */
    public Map<OperatorId, Operator> operators() {
        return operators;
    }

    /** Returns all departments by id. */
    public Map<DepartmentId, Department> departments() {
        return departments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostDirectory host
                && institutions.equals(host.institutions)
                && operators.equals(host.operators)
                && departments.equals(host.departments);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * institutions.hashCode() + operators.hashCode()) + departments.hashCode();
    }

    /** Returns the counts, for people. */
    @Override
    public String toString() {
        return "HostDirectory[%d institutions, %d operators, %d departments]"
                .formatted(institutions.size(), operators.size(), departments.size());
    }

    private void check(Operator operator, List<Problem> problems) {
        if (!institutions.containsKey(operator.institution())) {
            problems.add(new Problem(
                    "operator " + operator.id(), "is of the unknown institution " + operator.institution()));
        }
    }

    private void check(Department department, List<Problem> problems) {
        String subject = "department " + department.id();
        if (!institutions.containsKey(department.institution())) {
            problems.add(new Problem(subject, "is of the unknown institution " + department.institution()));
        }
        department.members().stream().sorted().forEach(member -> {
            Operator operator = operators.get(member);
            if (operator == null) {
                problems.add(new Problem(subject, "has the unknown operator " + member + " as a member"));
            } else if (!operator.institution().equals(department.institution())) {
                problems.add(new Problem(
                        subject,
                        "has " + member + " of " + operator.institution() + " as a member, but is of "
                                + department.institution()));
            }
        });
    }

    private static <I, T> Map<I, T> byId(String what, Collection<T> things, Function<T, I> id, List<Problem> problems) {
        Map<I, T> map = new LinkedHashMap<>();
        for (T thing : things) {
            if (map.putIfAbsent(id.apply(thing), thing) != null) {
                problems.add(new Problem(what + " " + id.apply(thing), "is given twice"));
            }
        }
        return map;
    }
}
