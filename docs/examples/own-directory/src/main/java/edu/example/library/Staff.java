package edu.example.library;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.RevisedDirectory;

/** The platform's user table, and what becomes of it in the chat: a whole revision after each change. */
public final class Staff {

    /** A row of the platform's own user table. */
    public record User(String login, String library, String name, String desk) {}

    private final List<User> users = new ArrayList<>();
    private final RevisedDirectory directory;

    public Staff(Collection<User> first) {
        users.addAll(first);
        directory = new RevisedDirectory(revision());
    }

    /** What the engine is given: {@code CoopEngine.builder().directorySource(staff.directory())}. */
    public RevisedDirectory directory() {
        return directory;
    }

    public synchronized void hire(User user) {
        users.add(user);
        directory.revise(revision());
    }

    public synchronized void leaves(String login) {
        users.removeIf(user -> user.login().equals(login));
        directory.revise(revision());
    }

    private HostDirectory revision() {
        List<Institution> institutions = users.stream()
                .map(User::library)
                .distinct()
                .map(id -> new Institution(InstitutionId.of(id), id, ZoneId.of("Europe/Madrid")))
                .toList();
        List<Operator> operators = users.stream()
                .map(user -> Operator.of(
                        OperatorId.of(user.login()), InstitutionId.of(user.library()), user.name()))
                .toList();
        List<Department> departments = users.stream()
                .collect(Collectors.groupingBy(user -> user.library() + "-" + user.desk()))
                .entrySet()
                .stream()
                .map(desk -> department(desk.getKey(), desk.getValue()))
                .toList();
        return HostDirectory.of(institutions, operators, departments);
    }

    private static Department department(String id, List<User> members) {
        User first = members.get(0);
        return new Department(
                DepartmentId.of(id),
                InstitutionId.of(first.library()),
                first.desk(),
                members.stream().map(user -> OperatorId.of(user.login())).collect(Collectors.toSet()));
    }
}
