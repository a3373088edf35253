package edu.example.library;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.RevisedDirectory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The platform's users, as the chat sees them: read again each minute, and by whoever changes one. */
@Component
@DependsOnDatabaseInitialization
public class Staff {

    record User(String login, String name, String library, String desk) {}

    private final JdbcClient database;
    private final RevisedDirectory directory;

    Staff(JdbcClient database) {
        this.database = database;
        this.directory = new RevisedDirectory(read());
    }

    RevisedDirectory directory() {
        return directory;
    }

    @Scheduled(fixedDelay = 60_000)
    void refresh() {
        directory.revise(read());
    }

    private HostDirectory read() {
        List<User> users = database.sql("select login, name, library, desk from staff order by login")
                .query(User.class)
                .list();
        Set<String> libraries = users.stream().map(User::library).collect(Collectors.toSet());
        return HostDirectory.of(
                libraries.stream()
                        .map(id -> new Institution(InstitutionId.of(id), id, ZoneId.of("America/New_York")))
                        .toList(),
                users.stream()
                        .map(user -> Operator.of(
                                OperatorId.of(user.login()), InstitutionId.of(user.library()), user.name()))
                        .toList(),
                users.stream().collect(Collectors.groupingBy(User::desk)).entrySet().stream()
                        .map(desk -> new Department(
                                DepartmentId.of(desk.getKey()),
                                InstitutionId.of(desk.getValue().get(0).library()),
                                desk.getKey(),
                                desk.getValue().stream()
                                        .map(user -> OperatorId.of(user.login()))
                                        .collect(Collectors.toSet())))
                        .toList());
    }
}
