package org.libcoop.directory;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which operator has access to which stages (P3), computed once for a snapshot so that every question is one look-up.
 */
final class AccessMap {

    private final Map<OperatorId, Set<Stage>> stages = new HashMap<>();
    private final Map<Stage, Set<OperatorId>> operators = new HashMap<>();

    AccessMap(HostDirectory host, RecordIndex index) {
        for (Operator operator : host.operators().values()) {
            grant(operator.id(), Stage.of(Option.operator(operator.id())));
        }
        for (Department department : host.departments().values()) {
            department.members().forEach(member -> grant(member, Stage.of(Option.department(department.id()))));
        }
        for (CoopAccount account : index.accounts) {
            Operator operator = host.operators().get(account.operator());
            Membership membership = operator == null ? null : index.membership(account.coop(), operator.institution());
            if (membership != null && membership.contributes()) {
                grant(account.operator(), Stage.of(Option.coop(account.coop())));
            }
        }
        for (Coop coop : index.coops.values()) {
            if (coop.kind() == Coop.Kind.GLOBAL) {
                coop.backup().stream()
                        .filter(host.operators()::containsKey)
                        .forEach(operator -> grant(operator, Stage.backup(coop.id())));
            }
        }
        stages.replaceAll((operator, granted) -> Collections.unmodifiableSet(granted));
        operators.replaceAll((stage, granted) -> Collections.unmodifiableSet(granted));
    }

    Set<Stage> stagesOf(OperatorId operator) {
        return stages.getOrDefault(operator, Set.of());
    }

    Set<OperatorId> operatorsOf(Stage stage) {
        return operators.getOrDefault(stage, Set.of());
    }

    private void grant(OperatorId operator, Stage stage) {
        stages.computeIfAbsent(operator, key -> new LinkedHashSet<>()).add(stage);
        operators.computeIfAbsent(stage, key -> new LinkedHashSet<>()).add(operator);
    }
}
