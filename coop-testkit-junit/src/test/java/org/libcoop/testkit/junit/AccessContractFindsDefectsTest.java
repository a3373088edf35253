package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.libcoop.testkit.junit.Somebody.ANA;
import static org.libcoop.testkit.junit.Somebody.CORA;
import static org.libcoop.testkit.junit.Somebody.FRED;
import static org.libcoop.testkit.junit.Somebody.HAL;
import static org.libcoop.testkit.junit.Somebody.INA;
import static org.libcoop.testkit.junit.Somebody.LEA;
import static org.libcoop.testkit.junit.Somebody.LEE;
import static org.libcoop.testkit.junit.Somebody.MEL;
import static org.libcoop.testkit.junit.Somebody.NORA;
import static org.libcoop.testkit.junit.Somebody.OLGA;
import static org.libcoop.testkit.junit.Somebody.PAULA;
import static org.libcoop.testkit.junit.Somebody.STEWART;
import static org.libcoop.testkit.junit.Somebody.SVEN;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;
import org.libcoop.talk.Room;
import org.libcoop.testkit.junit.AccessActor.Answer;

/** Runs the contract on doors that are wrong on purpose: each must fail it. */
class AccessContractFindsDefectsTest {

    /** One call at a door: who tries what, and how it would be right. */
    private record Call(
            Function<Somebody, AccessActor> others,
            Principal who,
            AccessActor actor,
            Method method,
            List<Object> with) {

        boolean is(String name) {
            return method.getName().equals(name);
        }

        boolean by(Somebody... people) {
            return Stream.of(people).anyMatch(one -> one.principal().equals(who));
        }

        /** As it is done without a defect. */
        Object right() {
            return on(actor);
        }

        Answer answered() {
            return (Answer) right();
        }

        /** As somebody else would do it, who comes through another connection. */
        Object as(Somebody other) {
            return on(others.apply(other));
        }

        private Object on(AccessActor one) {
            try {
                return Objects.requireNonNull(method.invoke(one, with.toArray()));
            } catch (IllegalAccessException | InvocationTargetException failed) {
                throw new IllegalStateException(failed);
            }
        }

        boolean refusedWith(RefusalCode code) {
            return answered().why().map(Refusal::code).filter(code::equals).isPresent();
        }
    }

    /** What is wrong. */
    private interface Wrong {
        Object answer(Call call);
    }

    private record Defect(String name, Wrong wrong) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** These people are taken for somebody else when they do that. */
    private static Defect mistaken(String name, String method, Somebody other, Somebody... who) {
        return new Defect(name, call -> call.is(method) && call.by(who) ? call.as(other) : call.right());
    }

    static Stream<Defect> defects() {
        return Stream.of(
                mistaken("home staff end another's chat", "end", ANA, HAL),
                mistaken("strangers read along", "conversation", ANA, SVEN),
                mistaken("the last owner still writes notes", "note", ANA, ANA, Somebody.PIA),
                new Defect(
                        "the last owner does what only the owner may",
                        call -> call.is("say") && call.by(ANA) && call.refusedWith(RefusalCode.NOT_OWNER)
                                ? Answer.done()
                                : call.right()),
                new Defect(
                        "a stranger hears not-owner instead of not-found",
                        call -> call.is("end") && call.refusedWith(RefusalCode.NOT_FOUND)
                                ? Answer.refused(Refusal.of(RefusalCode.NOT_OWNER, "only the owner may do that"))
                                : call.right()),
                mistaken("a REGULAR grants", "grant", CORA, OLGA),
                mistaken("an account of an ended membership counts", "accounts", CORA, FRED),
                mistaken("an admin of an ended membership takes accounts away", "revoke", CORA, FRED),
                mistaken("an admin of another co-op sets coverage", "setCoverage", CORA, MEL),
                mistaken("a partner's local admin saves widgets", "saveWidget", LEA, LEE),
                mistaken("a REGULAR exports a patron's data", "exportPatron", LEE, OLGA),
                mistaken("home staff erase a patron's data", "erasePatron", LEA, ANA),
                mistaken("a partner's local admin sets retention", "setRetention", LEA, LEE),
                mistaken("a member that does not contribute monitors", "monitor", OLGA, NORA),
                mistaken("an INSTITUTION_ADMIN blocks in the co-op", "block", CORA, INA),
                mistaken("who owns the chat lifts a block", "lift", LEA, ANA),
                mistaken("an admin of another co-op sees blocks", "blocks", CORA, MEL),
                mistaken("a patron leaves another's chat", "leave", STEWART, PAULA),
                new Defect(
                        "what does not exist is told apart",
                        call -> call.is("claim") && call.with().get(0).equals(AccessScene.MISSING)
                                ? Answer.refused(Refusal.of(RefusalCode.NOT_FOUND, "no such chat"))
                                : call.right()),
                new Defect(
                        "an account of somebody unknown is not-found",
                        call -> call.is("grant")
                                        && call.with().get(0).toString().equals("ghost")
                                ? Answer.refused(Refusal.of(RefusalCode.NOT_FOUND, "there is no such operator"))
                                : call.right()),
                new Defect("a refusal has done it all the same", call -> {
                    Answer right = call.is("note") && call.by(HAL) ? call.answered() : Answer.none();
                    if (right.refusal() != null) {
                        call.as(ANA);
                        return right;
                    }
                    return call.right();
                }),
                new Defect(
                        "an operator has no way to decline", call -> call.is("decline") ? Answer.none() : call.right()),
                new Defect(
                        "who is not in a co-op's room has no way to write there",
                        call -> call.is("post")
                                        && call.with().get(0) instanceof Room.OfCoop
                                        && call.refusedWith(RefusalCode.NOT_ALLOWED)
                                ? Answer.none()
                                : call.right()),
                new Defect(
                        "nobody has a way to write to another one",
                        call -> call.is("post") && call.with().get(0) instanceof Room.Pair
                                ? Answer.none()
                                : call.right()),
                new Defect(
                        "everybody sees what waits",
                        call -> call.is("waiting") && call.by(HAL) ? call.as(ANA) : call.right()),
                new Defect("the last owner's list keeps the chat", new Wrong() {
                    private final Set<ChatId> seen = new HashSet<>();

                    @Override
                    public Object answer(Call call) {
                        if (!call.is("owned")) {
                            return call.right();
                        }
                        ((Set<?>) call.right()).forEach(chat -> seen.add((ChatId) chat));
                        return Set.copyOf(seen);
                    }
                }),
                new Defect(
                        "a door refuses by itself, off the record",
                        call -> call.is("revoke") && call.by(Somebody.OLGA)
                                ? Answer.refused(Access.denied(Operation.MANAGE_ACCOUNT))
                                : call.right()),
                new Defect("a door tries twice", call -> {
                    if (call.is("grant") && call.by(SVEN)) {
                        call.answered();
                    }
                    return call.right();
                }),
                mistaken("anybody's typing is passed on", "typing", ANA, HAL, SVEN));
    }

    private static @Nullable Defect planted;

    /** The contract on whatever is planted; only run from here. */
    static class OnAnyDoor extends AccessContract {
        @Override
        protected AccessDoor open() {
            Defect defect = planted;
            return defect == null ? new SessionsDoor() : new WrongDoor(defect.wrong());
        }
    }

    private static final class WrongDoor extends SessionsDoor {

        private final Wrong wrong;

        WrongDoor(Wrong wrong) {
            this.wrong = wrong;
        }

        @Override
        public AccessActor actor(CoopEngine engine, Principal who) {
            AccessActor right = super.actor(engine, who);
            return (AccessActor) Proxy.newProxyInstance(
                    AccessActor.class.getClassLoader(),
                    new Class<?>[] {AccessActor.class},
                    (self, method, with) -> wrong.answer(new Call(
                            other -> super.actor(engine, other.principal()),
                            who,
                            right,
                            method,
                            with == null ? List.of() : Arrays.asList(with))));
        }
    }

    @ParameterizedTest
    @MethodSource("defects")
    void theContractFindsIt(Defect defect) {
        assertThat(failedTestsOn(defect)).isNotEmpty();
    }

    @Test
    void theContractHoldsWithoutADefectInTheSameSurroundings() {
        assertThat(failedTestsOn(new Defect("none", Call::right))).isEmpty();
    }

    /** The names of the tests that fail, up to the first. */
    private static List<String> failedTestsOn(Defect defect) {
        List<String> failed = new ArrayList<>();
        CancellationToken firstFailure = CancellationToken.create();
        planted = defect;
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
