package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Clock;
import org.libcoop.spi.DirectorySource;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/**
 * Engines as nodes of one deployment on simulated time, each with a tap to pause it and a place to put something between it
 * and the store. Springy has a reference desk (ana, ben), Hill's olga is in the global co-op behind it, maya is its backup,
 * sven has nothing to do with any of it. The widget {@code databases}: desk, after 30 s the co-op.
 */
final class Rig implements AutoCloseable {

    static final Option DESK = Option.department("reference");
    static final Option COOP = Option.coop("academic");
    static final Stage MEMBERS = Stage.of(COOP);
    static final Stage BACKUP = Stage.backup(CoopId.of("academic"));

    final SimulatedClock clock = new SimulatedClock();
    final Instant start = clock.now();
    final InMemoryStore store = new InMemoryStore(clock);
    private final List<Site> sites = new ArrayList<>();

    /** One node. */
    final class Site {
        final PausableExecutor executor = new PausableExecutor(clock.executor());
        final CoopEngine engine;

        Site(String name, CoopEngine.Builder builder, Store seen, Clock itsClock) {
            engine = builder.clock(itsClock)
                    .store(seen)
                    .ids(new CountingIds(name))
                    .executor(executor)
                    .build();
            sites.add(this);
        }

        /** Connects an operator who collects what is told. */
        Seat seat(String operator) {
            return seat(operator, false);
        }

        Seat seat(String operator, boolean remote) {
            List<Notice> notices = new ArrayList<>();
            return new Seat(
                    engine.connectOperator(OperatorId.of(operator), notices::add, remote)
                            .orElseThrow(),
                    notices);
        }

        /** Connects an operator, signs in and switches on. */
        Seat on(String operator, Option... options) {
            Seat seat = seat(operator);
            done(seat.session().signIn());
            for (Option option : options) {
                done(seat.session().monitor(option, true));
            }
            return seat;
        }

        /** Connects a patron of whom no address is known. */
        Visitor visitor(String name) {
            return visitor(name, "", false);
        }

        Visitor visitor(String name, String address, boolean remote) {
            List<Notice> notices = new ArrayList<>();
            return new Visitor(
                    engine.connectPatron(key(name), address, notices::add, remote)
                            .orElseThrow(),
                    notices);
        }

        /** A patron starts a chat on {@code databases}. */
        ChatId chatOf(String name) {
            return visitor(name).starts();
        }

        ChatInspection inspect(ChatId chat) {
            return engine.inspect(chat).orElseThrow();
        }
    }

    /** An operator's connection. */
    record Seat(OperatorSession session, List<Notice> notices) {

        /** Takes out what was told since the last time. */
        List<Notice> told() {
            List<Notice> told = List.copyOf(notices);
            notices.clear();
            return told;
        }

        <N extends Notice> List<N> told(Class<N> kind) {
            return told().stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** A patron's connection. */
    record Visitor(PatronSession session, List<Notice> notices) {

        ChatId starts() {
            return done(starting("start")).chat();
        }

        CompletionStage<Outcome<Receipt>> starting(String commandId) {
            return session.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null, commandId);
        }

        <N extends Notice> List<N> told(Class<N> kind) {
            List<N> told =
                    notices.stream().filter(kind::isInstance).map(kind::cast).toList();
            notices.clear();
            return told;
        }
    }

    /** A node on the store itself, with the usual directory and these policies. */
    Site node(String name, String... policies) {
        return node(name, UnaryOperator.identity(), policies);
    }

    /** A node that sees the store through something. */
    Site node(String name, UnaryOperator<Store> through, String... policies) {
        return new Site(name, CoopEngine.builder().directory(directory(policies).build()), through.apply(store), clock);
    }

    /** A node that brings what is over to this archive. */
    Site node(String name, Archive archive, UnaryOperator<Store> through) {
        return new Site(
                name,
                CoopEngine.builder().directory(directory().build()).archive(archive),
                through.apply(store),
                clock);
    }

    /** A node with a directory of its own. */
    Site node(String name, Directory directory) {
        return node(name, CoopEngine.builder().directory(directory));
    }

    /** A node on the store itself. */
    Site node(String name, CoopEngine.Builder builder) {
        return new Site(name, builder, store, clock);
    }

    /** A node on another clock. */
    Site nodeOn(Clock itsClock, String name) {
        return new Site(name, CoopEngine.builder().directory(directory().build()), store, itsClock);
    }

    /** A node whose host gives revisions. */
    Site node(String name, UnaryOperator<Store> through, DirectorySource source, Directory records) {
        return new Site(
                name,
                CoopEngine.builder().directorySource(source).records(records.records()),
                through.apply(store),
                clock);
    }

    static DirectoryBuilder directory(String... policies) {
        DirectoryBuilder builder = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana", "ben")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .institution("provider", "Night Librarians")
                .operators("provider", "maya")
                .institution("elsewhere", "Elsewhere Library")
                .operators("elsewhere", "sven")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .account("academic", "olga", Level.REGULAR)
                .widget("databases", "springy", w -> w.route(DESK, COOP).timedFallback(Duration.ofSeconds(30)));
        for (int i = 0; i < policies.length; i += 2) {
            builder.policy(policies[i], policies[i + 1]);
        }
        return builder;
    }

    /** Moves the clock on. */
    void pass(double seconds) {
        clock.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    Instant at(double seconds) {
        return start.plusMillis(Math.round(seconds * 1000));
    }

    static Principal.OfPatron key(String name) {
        return new Principal.OfPatron("key-of-the-patron-of-the-name-of-" + name);
    }

    // ---- Answers

    /** What was asked for is done by now. */
    static <T> T done(CompletionStage<Outcome<T>> asked) {
        return outcome(asked).orElseThrow();
    }

    /** What was asked for is answered by now. */
    static <T> Outcome<T> outcome(CompletionStage<Outcome<T>> asked) {
        assertThat(asked.toCompletableFuture()).as("an answer").isCompleted();
        return asked.toCompletableFuture().join();
    }

    /** Why it was refused; null if it was not. */
    static <T> @Nullable RefusalCode refusal(CompletionStage<Outcome<T>> asked) {
        return code(outcome(asked).refusal());
    }

    static @Nullable RefusalCode code(Optional<Refusal> refusal) {
        return refusal.map(Refusal::code).orElse(null);
    }

    @Override
    public void close() {
        sites.forEach(site -> site.engine.close());
        store.close();
    }
}
