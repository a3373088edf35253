package org.libcoop.example;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Health;

/**
 * What happens in the engine as figures for Prometheus: counted as it is told, and asked of {@link Health} when they are
 * read. No figure names a chat or a person. <em>Safe for use by several threads.</em>
 */
final class Metrics implements CoopListener {

    /** Bounds of the histogram of waits: around the instants at which stages open by default, and what people bear. */
    private static final Duration[] WAITS = {
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(45),
        Duration.ofMinutes(1),
        Duration.ofSeconds(90),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15)
    };

    /** Bounds of the histogram of lateness: T3 promises 50 ms on a healthy node, and 2 s where a node died. */
    private static final Duration[] LATENESS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer waits = Timer.builder("coop.chat.wait")
            .description("From when a chat waits to its claim")
            .serviceLevelObjectives(WAITS)
            .register(registry);
    private final Timer lateness = Timer.builder("coop.stage.lateness")
            .description("From when a stage was due to when it opened")
            .serviceLevelObjectives(LATENESS)
            .register(registry);
    private final Counter archived = Counter.builder("coop.archived.chats")
            .description("Chats brought to the archive")
            .register(registry);

    /** Adds what is asked of {@code health} each time that the figures are read. */
    void watch(Supplier<Health> health) {
        gauge(health, "coop.ready", "1 while this node takes commands", now -> now.ready() ? 1 : 0);
        gauge(health, "coop.chats.live", "Chats that this node holds in memory", Health::liveChats);
        gauge(health, "coop.chats.waiting", "Those of them that nobody owns", Health::waitingChats);
        gauge(
                health,
                "coop.overdue.seconds",
                "The worst overdue deadline on the store",
                now -> seconds(now.worstOverdue()));
        gauge(
                health,
                "coop.dispatcher.silent.seconds",
                "Since the last round of care",
                now -> seconds(now.silentFor()));
        gauge(
                health,
                "coop.store.away",
                "1 while the store does not answer",
                now -> now.storeAwaySince() == null ? 0 : 1);
        gauge(
                health,
                "coop.archive.away",
                "1 while the archive does not answer",
                now -> now.archiveAwaySince() == null ? 0 : 1);
        gauge(health, "coop.archive.behind", "Chats that are over and not in the archive", Health::unarchived);
        gauge(
                health,
                "coop.ticket.desk.away",
                "1 while the ticket desk does not answer",
                now -> now.ticketDeskAwaySince() == null ? 0 : 1);
        gauge(
                health,
                "coop.tickets.waiting",
                "Tickets that the desk does not have yet",
                now -> now.tickets().waiting());
        gauge(
                health,
                "coop.tickets.forgetting",
                "Tickets whose patron the desk has yet to forget",
                now -> now.tickets().forgetting());
        gauge(
                health,
                "coop.listener.slowest.seconds",
                "The longest that a listener ever took",
                now -> seconds(now.slowestListener()));
    }

    private void gauge(Supplier<Health> health, String name, String description, ToDoubleFunction<Health> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(health.get()))
                .description(description)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** All figures, in the text format of Prometheus. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void on(Happening happening) {
        if (happening instanceof Happening.StageOpened opened) {
            lateness.record(opened.lateness());
        } else if (happening instanceof Happening.ChatClaimed claimed) {
            waits.record(claimed.waited());
            count("coop.chats.claimed", "Claims of waiting chats", "again", Boolean.toString(claimed.again()));
        } else if (happening instanceof Happening.ChatOver over) {
            count("coop.chats.over", "Chats that are over", "outcome", over.outcome());
        } else if (happening instanceof Happening.TransferOver over) {
            count("coop.transfers.over", "Offers that came to nothing", "why", over.why());
        } else if (happening instanceof Happening.CommandRefused refused) {
            count(
                    "coop.commands.refused",
                    "Commands refused",
                    "code",
                    refused.code().code());
        } else if (happening instanceof Happening.PeerDropped dropped) {
            count("coop.peers.dropped", "Connections given up", "why", dropped.why());
        } else if (happening instanceof Happening.TroubleBegan trouble) {
            count("coop.troubles", "How often a part went away", "part", trouble.part());
        } else if (happening instanceof Happening.Archived round) {
            archived.increment(round.chats());
        } else {
            count("coop.happenings", "Everything else that is told", "kind", happening.kind());
        }
    }

    private void count(String name, String description, String tag, Enum<?> value) {
        count(name, description, tag, StaffJson.kebab(value));
    }

    private void count(String name, String description, String tag, String value) {
        Counter.builder(name)
                .description(description)
                .tag(tag, value)
                .register(registry)
                .increment();
    }
}
