package org.libcoop.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusedException;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;

/**
 * A tester's kit: the real engine on a {@link SimulatedClock}, with people who do what a test says.
 *
 * <pre>{@code
 * SimulatedCoop coop = SimulatedCoop.of(directory);
 * coop.operator("ana").signsIn().monitors("reference");
 * coop.operator("olga").signsIn().monitors("academic");
 *
 * SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
 * coop.clock().advance(Duration.ofSeconds(15));
 *
 * coop.operator("olga").claims(chat);
 * }</pre>
 *
 * <p>Everything is exact to the millisecond and the same in every run. Whoever is signed in, and every patron, keeps renewing
 * until told to disconnect (P4, C7). Verbs throw {@link RefusedException} when the library says no; {@link #refusal} is for
 * tests in which it should. <em>One thread at a time.</em>
 */
public final class SimulatedCoop implements AutoCloseable {

    /** Longer than any store may take; the simulated clock stands still meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedClock clock;
    private final Instant start;
    private final Store store;
    private final CoopEngine engine;
    private final Map<OperatorId, SimulatedOperator> operators = new LinkedHashMap<>();
    private final Map<String, SimulatedPatron> patrons = new LinkedHashMap<>();
    private final List<NoticeWatcher> watchers;

    private SimulatedCoop(Builder builder) {
        clock = new SimulatedClock(builder.start);
        start = clock.now();
        watchers = List.copyOf(builder.watchers);
        store = builder.stores.apply(clock);
        engine = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .archive(new InMemoryArchive())
                .ids(new CountingIds())
                .executor(clock.executor())
                // Only what other nodes leave behind waits for a sweep, and here there is none: long spans stay cheap.
                .sweepEvery(Duration.ofSeconds(10))
                .directory(builder.directory)
                .build();
    }

    /** A kit on an in-memory store that starts at {@link SimulatedClock#DEFAULT_START}. */
    public static SimulatedCoop of(Directory directory) {
        return builder(directory).build();
    }

    /** A builder of a kit. */
    public static Builder builder(Directory directory) {
        return new Builder(directory);
    }

    /** The clock: the only way for time to pass. */
    public SimulatedClock clock() {
        return clock;
    }

    /** When the clock started. */
    public Instant start() {
        return start;
    }

    /** The engine, for what the kit has no verb for. */
    public CoopEngine engine() {
        return engine;
    }

    /** The store. */
    public Store store() {
        return store;
    }

    /** The operator with this id; always the same one. Nobody is signed in at first. */
    public SimulatedOperator operator(String id) {
        return operator(OperatorId.of(id));
    }

    /** The operator with this id; always the same one. */
    public SimulatedOperator operator(OperatorId id) {
        return operators.computeIfAbsent(id, known -> new SimulatedOperator(this, known));
    }

    /** The patron of this name; always the same one, with one chat at a time. */
    public SimulatedPatron patron(String name) {
        return patrons.computeIfAbsent(name, known -> new SimulatedPatron(this, known, patrons.size() + 1));
    }

    /** A chat known by its id, whether or not there is one; {@code patron} is whose it is. */
    public SimulatedChat chat(ChatId id, SimulatedPatron patron) {
        return new SimulatedChat(this, id, patron);
    }

    /** Whether a widget is online now (W3). */
    public boolean isOnline(String widget) {
        return engine.widget(WidgetId.of(widget)).orElseThrow().online();
    }

    /** Ends a membership, as the host's system administrator does (D9). */
    public void endMembership(String institution, String coop) {
        await(engine.admin().endMembership(InstitutionId.of(institution), CoopId.of(coop)));
    }

    /** Adds or changes a widget, as the host's system administrator does (W1, W8). */
    public void saveWidget(Widget widget) {
        await(engine.admin().save(widget));
    }

    /** Why {@code act} was refused; empty if it was not. */
    public static Optional<Refusal> refusal(Runnable act) {
        try {
            act.run();
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.of(refused.refusal());
        }
    }

    /**
     * The department, operator or co-op with this id.
     *
     * @throws IllegalArgumentException if there is none, or ids of two kinds are the same and the name alone does not say which
     */
    public Option option(String id) {
        List<Option> found = new ArrayList<>();
        Directory directory = engine.directory();
        directory.department(DepartmentId.of(id)).ifPresent(known -> found.add(Option.department(known.id())));
        directory.operator(OperatorId.of(id)).ifPresent(known -> found.add(Option.operator(known.id())));
        directory.coop(CoopId.of(id)).ifPresent(known -> found.add(Option.coop(known.id())));
        if (found.size() != 1) {
            throw new IllegalArgumentException("\"" + id + "\" is "
                    + (found.isEmpty()
                            ? "no department, operator or co-op"
                            : "the id of more than one: name its kind"));
        }
        return found.get(0);
    }

    /** Closes the engine, then the store. */
    @Override
    public void close() {
        engine.close();
        store.close();
    }

    /** What was asked for has been done by now, unless the store does things on threads of its own. */
    <T> T await(CompletionStage<Outcome<T>> asked) {
        try {
            return asked.toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("the engine did not answer within " + PATIENCE.toSeconds() + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the engine was at work", interrupted);
        }
    }

    void told(NoticeWatcher.Told told) {
        watchers.forEach(watcher -> watcher.told(told));
    }

    /** What a kit is made of. Everything but the directory has a default. <em>One thread at a time.</em> */
    public static final class Builder {

        private final Directory directory;
        private Instant start = SimulatedClock.DEFAULT_START;
        private Function<? super Clock, ? extends Store> stores = InMemoryStore::new;
        private final List<NoticeWatcher> watchers = new ArrayList<>();

        private Builder(Directory directory) {
            this.directory = Objects.requireNonNull(directory, "directory");
        }

        /** When the clock starts; default {@link SimulatedClock#DEFAULT_START}. */
        public Builder start(Instant instant) {
            start = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /** Makes the store, which the kit closes; default in memory. An empty one: ids count from 1 in every kit. */
        public Builder store(Function<? super Clock, ? extends Store> factory) {
            stores = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /** Hears of every notice that reaches somebody. */
        public Builder watcher(NoticeWatcher watcher) {
            watchers.add(Objects.requireNonNull(watcher, "watcher"));
            return this;
        }

        /** Starts the engine. */
        public SimulatedCoop build() {
            return new SimulatedCoop(this);
        }
    }
}
