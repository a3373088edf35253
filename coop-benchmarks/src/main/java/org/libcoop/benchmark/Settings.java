package org.libcoop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.libcoop.container.Container;

/**
 * How much is measured. <em>Immutable.</em>
 *
 * @param names the benchmarks, in order
 * @param rounds how often each contestant has its turn
 * @param timers timers of a burst
 * @param span how long a steady load, or claiming, is measured
 * @param longest how long after the last due instant a contestant is waited for
 * @param chats rows of the table of chats
 * @param sessions those connected to whom something is told
 * @param connections those connected to whom nothing is told, and operators on duty without sockets
 * @param warmUp deliveries before anything is measured
 * @param containers the containers that are wanted
 * @param only parts of the names of the contestants that are wanted, with commas between them; empty for all
 * @param quiet how long everything has been ready when the first timer is due
 * @param probe how long the disk is probed before each contestant
 */
record Settings(
        List<String> names,
        int rounds,
        int timers,
        Duration span,
        Duration longest,
        int chats,
        int sessions,
        int connections,
        int warmUp,
        Set<Container.Kind> containers,
        String only,
        Duration quiet,
        Duration probe) {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofMillis(300);

    static final String USAGE =
            "[--rounds N] [--timers N] [--seconds N] [--longest SECONDS] [--chats N] [--sessions N] [--connections N] [--warm-up N]"
                    + " [--containers jetty,tomcat,undertow,tyrus] [--only CONTESTANT,...] NAME... (or: all)";

    Settings {
        names = List.copyOf(names);
        containers = Set.copyOf(containers);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if an option is unknown or its value no number above zero
     */
    static Settings parse(String... arguments) {
        List<String> names = new ArrayList<>();
        int rounds = 3;
        int timers = 50_000;
        int seconds = 10;
        int longest = 90;
        int chats = 200_000;
        int sessions = 1_000;
        int connections = 10_000;
        int warmUp = 2_000_000;
        Set<Container.Kind> containers = Set.of(Container.Kind.JETTY);
        String only = "";
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--timers" -> timers = number(arguments, ++i);
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--longest" -> longest = number(arguments, ++i);
                case "--chats" -> chats = number(arguments, ++i);
                case "--sessions" -> sessions = number(arguments, ++i);
                case "--connections" -> connections = number(arguments, ++i);
                case "--warm-up" -> warmUp = number(arguments, ++i);
                case "--containers" -> containers = containers(text(arguments, ++i));
                case "--only" -> only = text(arguments, ++i);
                default -> names.add(name(arguments[i]));
            }
        }
        return new Settings(
                names,
                rounds,
                timers,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(longest),
                chats,
                sessions,
                connections,
                warmUp,
                containers,
                only,
                QUIET,
                PROBE);
    }

    /** Whether a contestant of this name is to be measured. */
    boolean wants(String contestant) {
        return List.of(only.split(",")).stream().anyMatch(contestant::contains);
    }

    private static Set<Container.Kind> containers(String names) {
        try {
            return Stream.of(names.split(",", -1))
                    .map(name -> Container.Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("no such container among: " + names, unknown);
        }
    }

    private static String name(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("no such option: " + argument);
        }
        return argument;
    }

    private static String text(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a text");
        }
        return arguments[at];
    }

    private static int number(String[] arguments, int at) {
        if (at >= arguments.length || !arguments[at].matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a number above zero");
        }
        return Integer.parseInt(arguments[at]);
    }
}
