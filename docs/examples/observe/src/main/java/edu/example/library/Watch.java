package edu.example.library;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.libcoop.CoopEngine;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Happening.ChatClaimed;
import org.libcoop.spi.Happening.ChatOver;
import org.libcoop.spi.Happening.HealthChanged;
import org.libcoop.spi.Happening.StageOpened;
import org.libcoop.spi.Health;

/** What a platform puts on its dashboard and whom it wakes: counts, the longest wait, and a state for the load balancer. */
public final class Watch implements CoopListener {

    private static final Duration TOO_LATE = Duration.ofSeconds(2);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Consumer<String> alarm;

    public Watch(Consumer<String> alarm) {
        this.alarm = alarm;
    }

    /** Runs on the engine's threads: it counts, and never waits for anything. */
    @Override
    public void on(Happening happening) {
        count(happening.kind().name());
        if (happening instanceof ChatClaimed claimed && claimed.waited().compareTo(Duration.ofSeconds(90)) > 0) {
            count("CLAIMED_AFTER_90_S");
        } else if (happening instanceof ChatOver over) {
            count("CHAT_" + over.outcome());
        } else if (happening instanceof StageOpened opened && opened.lateness().compareTo(TOO_LATE) > 0) {
            alarm.accept(opened.stage() + " was asked " + opened.lateness() + " too late");
        } else if (happening instanceof HealthChanged changed) {
            alarm.accept(changed.from() + " -> " + changed.to());
        }
    }

    /** For the load balancer: whether new connections are welcome here. */
    public static boolean isReady(CoopEngine engine) {
        return engine.health().state() == Health.State.UP;
    }

    public long count(Happening.Kind kind) {
        return counts.getOrDefault(kind.name(), new LongAdder()).sum();
    }

    private void count(String name) {
        counts.computeIfAbsent(name, key -> new LongAdder()).increment();
    }
}
