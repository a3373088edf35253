package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.libcoop.CoopEngine;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Principal;
import org.libcoop.testkit.junit.AccessActor;
import org.libcoop.testkit.junit.AccessActor.Answer;
import org.libcoop.testkit.junit.AccessContract;
import org.libcoop.testkit.junit.AccessDoor;

/** Runs the contract on doors over HTTP that are wrong on purpose: each must fail it. */
class HttpAccessFindsDefectsTest {

    private static @Nullable Supplier<AccessDoor> planted;

    /** The contract on whatever is planted; only run from here. */
    static class OnAnyDoor extends AccessContract {
        @Override
        protected AccessDoor open() {
            return Objects.requireNonNull(planted, "planted").get();
        }
    }

    /** Takes one operator for another, as a server that mixes up its sign-ins. */
    private static final class MixesUp extends HttpDoor {
        private final OperatorId one;
        private final OperatorId other;

        MixesUp(String one, String other) {
            this.one = OperatorId.of(one);
            this.other = OperatorId.of(other);
        }

        @Override
        OperatorId seen(OperatorId who) {
            return who.equals(one) ? other : who;
        }
    }

    /** Answers one question by itself. */
    private static final class OneAnswer extends HttpDoor {
        private final String question;
        private final UnaryOperator<Call> wrong;

        OneAnswer(String question, UnaryOperator<Call> wrong) {
            this.question = question;
            this.wrong = wrong;
        }

        @Override
        public AccessActor actor(CoopEngine engine, Principal who) {
            AccessActor right = super.actor(engine, who);
            return (AccessActor) Proxy.newProxyInstance(
                    AccessActor.class.getClassLoader(), new Class<?>[] {AccessActor.class}, (self, method, with) -> {
                        Object[] given = with == null ? new Object[0] : with;
                        Call call = new Call(engine, who, List.of(given), () -> answered(right, method, given));
                        return method.getName().equals(question)
                                ? wrong.apply(call).answer().get()
                                : call.answer().get();
                    });
        }

        private static Object answered(AccessActor right, Method method, Object[] given) {
            try {
                return method.invoke(right, given);
            } catch (IllegalAccessException | InvocationTargetException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** One question at a door, and how it is answered. */
    private record Call(CoopEngine engine, Principal who, List<Object> with, Supplier<Object> answer) {

        Call answering(Answer other) {
            return new Call(engine, who, with, () -> other);
        }

        boolean by(String operator) {
            return who.equals(new Principal.OfOperator(OperatorId.of(operator)));
        }
    }

    /** Refuses what the engine would refuse without asking it, and so off the record. */
    private static Call refusedByTheDoor(Call call) {
        return call.by("sven") ? call.answering(Answer.refused(Access.denied(Operation.MANAGE_ACCOUNT))) : call;
    }

    /** Says of a transcript that is there that it may not be read. */
    private static Call toldApart(Call call) {
        boolean there =
                call.engine().archive().chat((ChatId) call.with().get(1)).isPresent();
        return there && call.by("sven") ? call.answering(Answer.refused(Access.denied(Operation.READ_AT_HOME))) : call;
    }

    static Stream<Arguments> defects() {
        Map<String, Supplier<AccessDoor>> doors = Map.of(
                "a librarian is taken for the home admin", () -> new MixesUp("hal", "lea"),
                "a stranger is taken for a co-op admin", () -> new MixesUp("sven", "cora"),
                "an admin is taken for a stranger", () -> new MixesUp("cora", "sven"),
                "a door refuses by itself", () -> new OneAnswer("grant", HttpAccessFindsDefectsTest::refusedByTheDoor),
                "a transcript that is there is told apart",
                        () -> new OneAnswer("read", HttpAccessFindsDefectsTest::toldApart));
        return doors.entrySet().stream().map(door -> Arguments.of(door.getKey(), door.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void theContractFindsIt(String name, Supplier<AccessDoor> door) {
        assertThat(failedTestsOn(door)).as(name).isNotEmpty();
    }

    @Test
    void theContractHoldsWithoutADefectInTheSameSurroundings() {
        assertThat(failedTestsOn(() -> new MixesUp("nobody", "nobody"))).isEmpty();
    }

    /** The names of the tests that fail, up to the first. */
    private static List<String> failedTestsOn(Supplier<AccessDoor> door) {
        List<String> failed = new ArrayList<>();
        CancellationToken firstFailure = CancellationToken.create();
        planted = door;
        try {
            LauncherFactory.create()
                    .execute(LauncherExecutionRequestBuilder.request(LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(OnAnyDoor.class))
                                    .build())
                            .listeners(new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                        failed.add(test.getDisplayName());
                                        firstFailure.cancel();
                                    }
                                }
                            })
                            .cancellationToken(firstFailure)
                            .build());
        } finally {
            planted = null;
        }
        return failed;
    }
}
