package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;

/**
 * What every {@link org.libcoop.spi.Transport} has to do, rule by rule: the tests' names begin with the number of the rule they
 * hold. A transport's test extends it and says how it is opened and reached:
 *
 * <pre>{@code
 * class MyTransportContractTest extends TransportContract {
 *     @Override
 *     protected TransportUnderTest open(Authenticator authenticator) {
 *         return new MyTransportUnderTest(authenticator);
 *     }
 * }
 * }</pre>
 *
 * <p>Runs in real time, since peers do; the engine's lease is short. What has to come is awaited for {@link #patience}.
 */
public abstract class TransportContract {

    private static final String TICKET = "ticket-of-";
    private static final String KEY = "a secret that nobody guesses, of patron ";
    private static final WidgetId DATABASES = WidgetId.of("databases");
    private static final Option DESK = Option.department(DepartmentId.of("reference"));
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int MANY = 200;
    private static final int LONG_TEXT = 4_000;

    private final Clock clock = Clock.system();
    private final Tap tap = new Tap(new InMemoryStore(clock));
    private final List<FarEnd> ends = new ArrayList<>();
    private TransportUnderTest tried;
    private CoopEngine engine;

    /** For the transport's own test. */
    protected TransportContract() {}

    /** Opens the transport to be tried, with the host's word on who somebody is. */
    protected abstract TransportUnderTest open(Authenticator authenticator);

    /** How long to wait for what may come a moment later; 20 s unless overridden. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @BeforeEach
    void begin() {
        tried = open(TransportContract::whoIs);
        engine = CoopEngine.builder()
                .clock(clock)
                .store(tap.store())
                .directory(Directory.builder()
                        .institution("springy", "Springy University")
                        .operator("ana", "springy", "Ana Alvarez")
                        .department("reference", "springy", "Reference", "ana")
                        .widget("databases", "springy", widget -> widget.route(DESK))
                        .policy("lease", LEASE.toSeconds() + "s")
                        .policy("renewEvery", "500ms")
                        .policy("ownerGrace", "1h")
                        .policy("patronAway", "1h")
                        .policy("connectionMessages", "10000")
                        .policy("addressMessages", "1000000")
                        .policy("outboxNotices", "1024")
                        .policy("outboxBytes", "256 KiB")
                        .build())
                .transport(tried.transport())
                .build();
    }

    @AfterEach
    void end() {
        tap.open();
        ends.forEach(FarEnd::close);
        engine.close();
        tried.close();
        clock.close();
    }

    private static Optional<Principal> whoIs(Authenticator.Credentials credentials) {
        String token = credentials.token();
        if (credentials.role().equals("operator") && token.startsWith(TICKET)) {
            return Optional.of(new Principal.OfOperator(OperatorId.of(token.substring(TICKET.length()))));
        }
        return credentials.role().equals("patron") && token.startsWith(KEY)
                ? Optional.of(new Principal.OfPatron(token))
                : Optional.empty();
    }

    // ---- TR1

    @Test
    void tr01_nothingIsDoneForWhoHasNotSaidWhoItIs() {
        FarEnd stranger = connect();
        onDuty();

        CompletionStage<Outcome<Receipt>> start = stranger.start(DATABASES, "Is it open?", "start");

        eventually("the stranger is sent away", stranger::isOver);
        assertThat(tap.store().live(null)).isEmpty();
        assertThat(start.toCompletableFuture().getNow(null))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        refused -> assertThat(refused.refusal()).isPresent());
    }

    @Test
    void tr01_whoIsDeniedIsToldNothingAndSentAway() {
        FarEnd stranger = connect();

        assertThat(now(stranger.authenticate("operator", "a wrong ticket", Map.of())))
                .isFalse();

        eventually("the stranger is sent away", stranger::isOver);
        assertThat(stranger.heard()).isEmpty();
    }

    @Test
    void tr01_aTokenOfOneRoleOpensNoDoorOfTheOther() {
        FarEnd stranger = connect();

        assertThat(now(stranger.authenticate("patron", TICKET + "ana", Map.of())))
                .isFalse();

        eventually("the stranger is sent away", stranger::isOver);
    }

    // ---- TR2

    @Test
    void tr02_acknowledgedIsWhatIsCommittedAndNotBefore() {
        FarEnd patron = patron("one");
        onDuty();
        tap.close();

        CompletionStage<Outcome<Receipt>> start = patron.start(DATABASES, "Is it open?", "start");
        eventually("the commit is under way", tap::isWaitedFor);
        rest();
        assertThat(start.toCompletableFuture()).isNotDone();

        tap.open();
        ChatId chat = done(start).chat();
        assertThat(tap.store().chat(chat)).isPresent();
    }

    @Test
    void tr02_theSameCommandIsDoneOnceAndAnsweredAlike() {
        FarEnd patron = patron("one");
        onDuty();
        ChatId chat = done(patron.start(DATABASES, "Is it open?", "start")).chat();

        Receipt first = done(patron.say(chat, "Hello?", "hello"));
        Receipt again = done(patron.say(chat, "Hello?", "hello"));
        RefusalCode other = now(patron.say(chat, "Something else", "hello"))
                .refusal()
                .orElseThrow()
                .code();

        assertThat(again).isEqualTo(first);
        assertThat(other).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(texts(chat)).containsExactly("Is it open?", "Hello?");
    }

    // ---- TR3

    @Test
    void tr03_whoDoesNotReadIsSentAwayAndHoldsUpNobody() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        FarEnd slow = operator();
        ChatId chat = claimed(patron, ana);
        slow.stopReading();
        int before = tried.connections();

        String line = "x".repeat(LONG_TEXT);
        int said = 0;
        while (said < 20 * MANY && tried.connections() == before) {
            done(patron.say(chat, line + said, "line " + said));
            ana.showLife();
            said++;
        }

        eventually("the slow one is sent away", () -> tried.connections() == before - 1);
        int all = said;
        eventually("the quick one was told everything", () -> count(ana, chat) == all + 1); // and the greeting
        assertThat(ana.isOver()).as("who reads is sent away").isFalse();
        assertThat(patron.isOver()).as("who reads is sent away").isFalse();
    }

    // ---- TR4

    @Test
    void tr04_theEndOfTheConnectionIsTheEndOfTheSession() {
        FarEnd patron = patron("one");
        onDuty();
        ChatId chat = done(patron.start(DATABASES, "Is it open?", "start")).chat();

        patron.vanish();

        eventually("the engine hears of it", () -> happened(chat, ChatEvent.Kind.PATRON_GONE));
    }

    @Test
    void tr04_aSignOfLifeKeepsTheSessionAndSilenceEndsIt() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        ChatId chat = claimed(patron, ana);
        long until = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
        while (System.nanoTime() < until) {
            patron.showLife();
            ana.showLife();
            LockSupport.parkNanos(LEASE.dividedBy(10).toNanos());
        }
        assertThat(happened(chat, ChatEvent.Kind.PATRON_GONE)).isFalse();

        eventually("silence is noticed", () -> {
            ana.showLife();
            return happened(chat, ChatEvent.Kind.PATRON_GONE);
        });
    }

    // ---- TR5

    @Test
    void tr05_everybodyIsToldEachEntryOnceAndInOrder() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        ChatId chat = claimed(patron, ana);
        List<CompletionStage<Outcome<Receipt>>> said = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            said.add(patron.say(chat, "patron " + i, "p" + i));
            said.add(ana.say(chat, "ana " + i, "a" + i));
            if (i % 10 == 9) {
                said.forEach(TransportContract.this::done);
            }
        }
        said.forEach(TransportContract.this::done);

        List<String> log = texts(chat);
        eventually("the patron was told everything", () -> count(patron, chat) == log.size());
        List<String> sinceTheClaim = log.subList(1, log.size());
        eventually("the owner was told everything", () -> count(ana, chat) == sinceTheClaim.size());
        rest();
        assertThat(heardTexts(patron, chat)).isEqualTo(log);
        assertThat(heardTexts(ana, chat)).isEqualTo(sinceTheClaim);
        for (FarEnd end : List.of(patron, ana)) {
            assertThat(end.heard()).extracting(FarEnd.Heard::seq).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void tr05_aPatronIsToldNothingThatIsForStaffOnly() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        ChatId chat = claimed(patron, ana);

        done(ana.note(chat, "a regular, knows the way", "note"));
        done(ana.say(chat, "Second floor", "say"));

        eventually("what was said arrives", () -> heardTexts(patron, chat).contains("Second floor"));
        assertThat(heardTexts(patron, chat)).doesNotContain("a regular, knows the way");
        eventually("the owner sees both", () -> heardTexts(ana, chat).contains("a regular, knows the way"));
    }

    // ---- TR6

    @Test
    void tr06_whoComesBackIsToldExactlyWhatIsMissing() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        ChatId chat = claimed(patron, ana);
        done(ana.say(chat, "before", "before"));
        eventually("it arrives", () -> heardTexts(patron, chat).contains("before"));
        patron.vanish();
        done(ana.say(chat, "meanwhile", "meanwhile"));

        FarEnd again = connect();
        assertThat(now(again.authenticate("patron", KEY + "one", Map.of(chat, last(patron)))))
                .isTrue();
        eventually("what is missing comes", () -> heardTexts(again, chat).contains("meanwhile"));
        done(ana.say(chat, "after", "after"));
        eventually("what follows comes", () -> heardTexts(again, chat).contains("after"));

        assertThat(heardTexts(again, chat)).containsExactly("meanwhile", "after");
    }

    @Test
    void tr06_whoComesBackWithNothingIsToldEverything() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();
        ChatId chat = claimed(patron, ana);
        done(ana.say(chat, "Until four.", "say"));
        patron.vanish();

        FarEnd again = patron("one");

        eventually("everything comes", () -> heardTexts(again, chat).equals(texts(chat)));
    }

    // ---- TR7

    @Test
    void tr07_closingEndsEveryConnectionAndTakesNoMore() {
        FarEnd patron = patron("one");
        FarEnd ana = onDuty();

        tried.transport().close();

        eventually("the patron's is over", patron::isOver);
        eventually("the operator's is over", ana::isOver);
        boolean taken;
        try (FarEnd late = tried.connect()) {
            taken = now(late.authenticate("patron", KEY + "late", Map.of()));
        } catch (RuntimeException refused) {
            taken = false;
        }
        assertThat(taken).isFalse();
    }

    // ---- What the tests are made of

    private FarEnd connect() {
        FarEnd end = tried.connect();
        ends.add(end);
        return end;
    }

    private FarEnd patron(String name) {
        FarEnd patron = connect();
        assertThat(now(patron.authenticate("patron", KEY + name, Map.of()))).isTrue();
        return patron;
    }

    private FarEnd operator() {
        FarEnd operator = connect();
        assertThat(now(operator.authenticate("operator", TICKET + "ana", Map.of())))
                .isTrue();
        return operator;
    }

    private FarEnd onDuty() {
        FarEnd operator = operator();
        assertThat(now(operator.goOnDuty(DESK))).isTrue();
        return operator;
    }

    private ChatId claimed(FarEnd patron, FarEnd operator) {
        ChatId chat = done(patron.start(DATABASES, "Is it open?", "start")).chat();
        done(operator.claim(chat, "claim"));
        return chat;
    }

    private List<Logged> log(ChatId chat) {
        List<Logged> log = new ArrayList<>();
        List<Logged> page = tap.store().log(chat, 0, Store.PAGE);
        while (!page.isEmpty()) {
            log.addAll(page);
            page = tap.store().log(chat, page.get(page.size() - 1).seq(), Store.PAGE);
        }
        return log;
    }

    private boolean happened(ChatId chat, ChatEvent.Kind kind) {
        return log(chat).stream().anyMatch(entry -> entry.event().kind() == kind);
    }

    /** What was said in a chat, as the store has it. */
    private List<String> texts(ChatId chat) {
        return log(chat).stream()
                .map(Logged::content)
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList();
    }

    private static List<String> heardTexts(FarEnd end, ChatId chat) {
        List<String> texts = new ArrayList<>();
        for (FarEnd.Heard heard : end.heard()) {
            String text = heard.text();
            if (text != null && heard.chat().equals(chat)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static int count(FarEnd end, ChatId chat) {
        return heardTexts(end, chat).size();
    }

    private static long last(FarEnd end) {
        return end.heard().stream().mapToLong(FarEnd.Heard::seq).max().orElse(0);
    }

    private <T> T done(CompletionStage<Outcome<T>> stage) {
        return now(stage).orElseThrow();
    }

    private <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("no answer", failed);
        }
    }

    private void eventually(String what, BooleanSupplier holds) {
        long until = System.nanoTime() + patience().toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Time for what must not come. */
    private static void rest() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    /** A store whose commits can be held up. */
    private static final class Tap {

        private final Store store;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean waitedFor;

        Tap(Store inner) {
            store = (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, given) -> {
                        if (method.getName().equals("commit")) {
                            pass();
                        }
                        try {
                            return method.invoke(inner, given);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause() == null ? thrown : thrown.getCause();
                        }
                    });
        }

        Store store() {
            return store;
        }

        private void pass() throws InterruptedException {
            CountDownLatch before = gate;
            waitedFor |= before.getCount() > 0;
            before.await();
        }

        void close() {
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        boolean isWaitedFor() {
            return waitedFor;
        }
    }
}
