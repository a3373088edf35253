package org.libcoop.testkit.junit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.libcoop.CoopEngine;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;
import org.libcoop.testkit.LoopbackTransport;
import org.libcoop.testkit.junit.FarEnd;
import org.libcoop.testkit.junit.TransportContract;
import org.libcoop.testkit.junit.TransportUnderTest;

/** Runs the contract on transports that are broken on purpose: each must fail a test of the rule it breaks. */
class TransportContractFindsDefectsTest {

    /** A transport with something wrong: by name, of a rule. */
    private record Defect(String rule, String name, Function<Authenticator, TransportUnderTest> plant) {
        @Override
        public String toString() {
            return rule + " " + name;
        }
    }

    private static Defect planted = new Defect("", "none", LoopbackUnderTest::new);

    /** The contract on whatever is planted; only run from here. */
    static class OnAnyTransport extends TransportContract {
        @Override
        protected TransportUnderTest open(Authenticator authenticator) {
            return planted.plant().apply(authenticator);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(planted.rule().isEmpty() ? 20 : 2);
        }
    }

    static Stream<Defect> defects() {
        return Stream.of(
                ends("tr01", "takes a command for a log-in", TakesAnybody::new),
                ends("tr01", "leaves the denied where they are", KeepsTheDenied::new),
                new Defect("tr01", "takes any token for a patron's", TakesAnyToken::new),
                ends("tr02", "acknowledges what is on its way", AcknowledgesAtOnce::new),
                ends("tr02", "names commands itself", NamesCommandsItself::new),
                // On the engine's own thread: on one that a busy machine lets wait, notices would pile up all the same.
                new Defect(
                        "tr03",
                        "keeps whoever does not read",
                        authenticator -> new LoopbackUnderTest(authenticator, Runnable::run) {
                            @Override
                            public FarEnd connect() {
                                return new NeverSendsAway(transport);
                            }
                        }),
                ends("tr04", "does not tell the engine of the end", ForgetsTheEnd::new),
                ends("tr04", "drops signs of life", DropsLife::new),
                ends("tr04", "renews by itself", RenewsByItself::new),
                ends("tr05", "loses an entry now and then", LosesEntries::new),
                ends("tr05", "tells an entry twice", TellsTwice::new),
                ends("tr05", "swaps entries", Swaps::new),
                ends("tr06", "tells everything again", TellsEverything::new),
                ends("tr06", "tells nothing of what was missed", TellsNothing::new),
                new Defect("tr07", "goes on when it is closed", NeverCloses::new));
    }

    private static Defect ends(String rule, String name, Function<LoopbackTransport, FarEnd> end) {
        return new Defect(rule, name, authenticator -> new LoopbackUnderTest(authenticator) {
            @Override
            public FarEnd connect() {
                return end.apply(transport);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("defects")
    void theContractFindsIt(Defect defect) {
        List<String> failed = failedTestsOf(defect, defect.rule());

        assertThat(failed).as("tests of %s that fail", defect.rule()).isNotEmpty();
    }

    @Test
    void everyRuleIsBrokenByOneAtLeast() {
        assertThat(new TreeSet<>(defects().map(Defect::rule).toList()))
                .containsExactly("tr01", "tr02", "tr03", "tr04", "tr05", "tr06", "tr07");
    }

    /** The names of the tests that fail, up to the first. */
    private static List<String> failedTestsOf(Defect defect, String rule) {
        List<String> failed = new ArrayList<>();
        CancellationToken firstFailure = CancellationToken.create();
        planted = defect;
        try {
            LauncherFactory.create()
                    .execute(LauncherExecutionRequestBuilder.request(LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(OnAnyTransport.class))
                                    .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(!test.isTest()
                                            || test.getDisplayName().startsWith(rule)))
                                    .build())
                            .listeners(new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                                        failed.add(test.getDisplayName());
                                        firstFailure.cancel();
                                    }
                                }
                            })
                            .cancellationToken(firstFailure)
                            .build());
        } finally {
            planted = new Defect("", "none", LoopbackUnderTest::new);
        }
        return failed;
    }

    // ---- TR1

    private static final class TakesAnybody extends LoopbackUnderTest.End {
        TakesAnybody(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> start(WidgetId widget, String question, String commandId) {
            if (patron == null) {
                CompletionStage<Boolean> taken = authenticate(
                        "patron", "a secret that nobody guesses, of patron nobody in particular", Map.of());
                assertThat(taken.toCompletableFuture()).isCompleted();
            }
            return super.start(widget, question, commandId);
        }
    }

    private static final class KeepsTheDenied extends LoopbackUnderTest.End {
        KeepsTheDenied(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }

    private static final class TakesAnyToken extends LoopbackUnderTest {
        TakesAnyToken(Authenticator authenticator) {
            super(credentials -> credentials.role().equals("patron")
                    ? Optional.of(new Principal.OfPatron((credentials.token() + " ".repeat(40)).substring(0, 40)))
                    : authenticator.authenticate(credentials));
        }
    }

    // ---- TR2

    private static final class AcknowledgesAtOnce extends LoopbackUnderTest.End {
        AcknowledgesAtOnce(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> start(WidgetId widget, String question, String commandId) {
            CompletionStage<Outcome<Receipt>> onItsWay = super.start(widget, question, commandId);
            return onItsWay.toCompletableFuture().isDone()
                    ? onItsWay
                    : CompletableFuture.completedFuture(Outcome.done(new Receipt(ChatId.of("soon"), 1)));
        }
    }

    private static final class NamesCommandsItself extends LoopbackUnderTest.End {
        private final Ids ids = Ids.random();

        NamesCommandsItself(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId) {
            return super.say(chat, text, ids.next());
        }
    }

    // ---- TR3

    private static final class NeverSendsAway extends LoopbackUnderTest.End {
        private volatile boolean drops;

        NeverSendsAway(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public void stopReading() {
            drops = true;
        }

        @Override
        void told(Notice notice) {
            if (!drops) {
                super.told(notice);
            }
        }
    }

    // ---- TR4

    private static final class ForgetsTheEnd extends LoopbackUnderTest.End {
        ForgetsTheEnd(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public void vanish() {
            PatronSession still = patron;
            if (still == null) {
                super.vanish();
            } else {
                Thread life = new Thread(() -> {
                    for (int i = 0; i < 100; i++) {
                        still.renew();
                        LockSupport.parkNanos(100_000_000);
                    }
                });
                life.setDaemon(true);
                life.start();
            }
        }
    }

    private static final class DropsLife extends LoopbackUnderTest.End {
        DropsLife(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        public void showLife() {}
    }

    private static final class RenewsByItself extends LoopbackUnderTest.End {
        RenewsByItself(LoopbackTransport transport) {
            super(transport);
            Thread life = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    showLife();
                    LockSupport.parkNanos(100_000_000);
                }
            });
            life.setDaemon(true);
            life.start();
        }
    }

    // ---- TR5

    private static final class LosesEntries extends LoopbackUnderTest.End {
        private int told;

        LosesEntries(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        void add(Heard one) {
            if (++told % 20 != 0) {
                super.add(one);
            }
        }
    }

    private static final class TellsTwice extends LoopbackUnderTest.End {
        private int told;

        TellsTwice(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        void add(Heard one) {
            super.add(one);
            if (++told % 20 == 0) {
                super.add(one);
            }
        }
    }

    private static final class Swaps extends LoopbackUnderTest.End {
        private final List<Heard> heldBack = new ArrayList<>();
        private int told;

        Swaps(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        void add(Heard one) {
            if (++told % 20 == 0) {
                heldBack.add(one);
                return;
            }
            super.add(one);
            heldBack.forEach(super::add);
            heldBack.clear();
        }
    }

    // ---- TR6

    private static final class TellsEverything extends LoopbackUnderTest.End {
        TellsEverything(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        void catchUp(PatronSession session, ChatId chat, long after) {
            super.catchUp(session, chat, 0);
        }
    }

    private static final class TellsNothing extends LoopbackUnderTest.End {
        TellsNothing(LoopbackTransport transport) {
            super(transport);
        }

        @Override
        void catchUp(PatronSession session, ChatId chat, long after) {
            List<Logged> missing = session.conversation(after);
            assertThat(missing).isNotNull();
        }
    }

    // ---- TR7

    private static final class NeverCloses extends LoopbackUnderTest {
        NeverCloses(Authenticator authenticator) {
            super(authenticator);
        }

        @Override
        public Transport<CoopEngine> transport() {
            return new Transport<>() {
                @Override
                public void start(CoopEngine door) {
                    transport.start(door);
                }

                @Override
                public void close() {}
            };
        }
    }
}
