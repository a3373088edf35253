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
import org.libcoop.AccountSession;
import org.libcoop.AdminSession;
import org.libcoop.BlockSession;
import org.libcoop.FaqSession;
import org.libcoop.FeedbackSession;
import org.libcoop.FileSession;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.TicketSession;
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
            "transcripts",
            "feedback",
            "files",
            "tickets",
            "faq",
            "signedOffSince");

    /** What is not answered with a refusal has tests of its own in the contract. */
    private static final Set<String> UNREFUSED =
            Set.of("waiting", "owned", "typing", "seen", "search", "export", "chats", "rooms");

    @ParameterizedTest
    @ValueSource(
            classes = {
                AccountSession.class,
                BlockSession.class,
                FeedbackSession.class,
                FileSession.class,
                FaqSession.class,
                OperatorSession.class,
                PatronSession.class,
                AdminSession.class,
                TranscriptSession.class,
                TicketSession.class
            })
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

    /** Who owned a chat was notified of it or offered it before (A9), so that nobody is a past owner and nothing else. */
    private static final Set<Relation> NEVER_ALONE = Set.of(Relation.PAST_OWNER);

    /** What a row allows is what lets somebody do it who has nothing else that would; and somebody is denied. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyRelationOfARowMakesTheDifferenceForSomebodyWhoTries(Operation operation) {
        Set<Relation> decisive = EnumSet.noneOf(Relation.class);
        decisive.addAll(NEVER_ALONE);
        boolean denied = false;
        for (Situation situation : Situation.values()) {
            for (Attempt attempt : new Attempts(situation).in()) {
                if (attempt.operation() == operation) {
                    for (Somebody who : Somebody.values()) {
                        Set<Relation> allowing = EnumSet.copyOf(operation.allowed());
                        allowing.retainAll(attempt.facts().of(who));
                        if (allowing.size() == 1 && attempt.by().contains(who.role())) {
                            decisive.addAll(allowing);
                        }
                        denied |= allowing.isEmpty();
                    }
                }
            }
        }

        assertThat(decisive).containsAll(operation.allowed());
        assertThat(denied).as("somebody is denied").isTrue();
    }
}
