package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.AdminSession;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.TranscriptSession;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.testkit.junit.AccessActor.Answer;

/** Nothing that a session can do is left out of the access contract, and nothing of the table either. */
class AccessCoverageTest {

    /** What a session says of itself, its life, and the start of a chat, which is open to everybody (W5). */
    private static final Set<String> OF_NOBODY_ELSE = Set.of(
            "operator",
            "presence",
            "renew",
            "disconnect",
            "close",
            "lastRenewal",
            "chatId",
            "startChat",
            "transcripts");

    /** What is not answered with a refusal has tests of its own in the contract. */
    private static final Set<String> UNREFUSED = Set.of("waiting", "owned", "typing", "seen", "search", "export");

    @ParameterizedTest
    @ValueSource(classes = {OperatorSession.class, PatronSession.class, AdminSession.class, TranscriptSession.class})
    void everyCommandAndQuestionOfASessionIsTried(Class<?> session) {
        Set<String> offered = names(Arrays.stream(session.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()));
        offered.removeAll(OF_NOBODY_ELSE);

        assertThat(offered).isNotEmpty();
        assertThat(names(Arrays.stream(AccessActor.class.getDeclaredMethods()))).containsAll(offered);
    }

    @Test
    void everyMethodOfAnActorIsTriedForAnOperation() {
        Map<Operation, Set<String>> tried = new EnumMap<>(Operation.class);
        for (Situation situation : Situation.values()) {
            for (Attempt attempt : new Attempts(situation).in()) {
                Set<String> called = tried.computeIfAbsent(attempt.operation(), none -> new TreeSet<>());
                AccessActor recorder = (AccessActor) Proxy.newProxyInstance(
                        AccessActor.class.getClassLoader(),
                        new Class<?>[] {AccessActor.class},
                        (self, method, given) -> {
                            called.add(method.getName());
                            return Answer.none();
                        });
                assertThat(attempt.act().apply(recorder, AccessScene.MISSING)).isEqualTo(Answer.none());
            }
        }
        Set<String> called = tried.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        called.addAll(UNREFUSED);

        assertThat(tried).containsOnlyKeys(Operation.values());
        assertThat(called).isEqualTo(names(Arrays.stream(AccessActor.class.getDeclaredMethods())));
    }

    private static Set<String> names(Stream<Method> methods) {
        return methods.map(Method::getName)
                .filter(name -> !name.contains("$"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every row of the table has somebody for whom it says yes, in every column that it names, and somebody for whom it says no. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyRelationOfARowIsHeldBySomebodyWhoTries(Operation operation) {
        Set<Relation> held = EnumSet.noneOf(Relation.class);
        boolean denied = false;
        for (Situation situation : Situation.values()) {
            for (Attempt attempt : new Attempts(situation).in()) {
                if (attempt.operation() == operation) {
                    for (Somebody who : Somebody.values()) {
                        if (attempt.by().contains(who.role())) {
                            held.addAll(attempt.facts().of(who));
                        }
                        denied |= !attempt.facts().allow(operation, who);
                    }
                }
            }
        }

        assertThat(held).containsAll(operation.allowed());
        assertThat(denied).as("somebody is denied").isTrue();
    }
}
