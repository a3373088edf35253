package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.Content;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Principal;

/** What the operating guide shows of listeners, done. */
class ListenerGuideTest {

    private static CoopListener counting(Map<Happening.Kind, LongAdder> counts, LongAdder waitedMillis) {
        return happening -> {
            counts.computeIfAbsent(happening.kind(), kind -> new LongAdder()).increment();
            if (happening instanceof Happening.ChatClaimed claimed) {
                waitedMillis.add(claimed.waited().toMillis());
            }
        };
    }

    @Test
    void aListenerCountsWhatHappens() {
        Map<Happening.Kind, LongAdder> counts = new ConcurrentHashMap<>();
        LongAdder waitedMillis = new LongAdder();
        Directory directory = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .widget("databases", "springy", widget -> widget.route(Option.department("reference")))
                .build();
        CoopEngine engine = CoopEngine.builder()
                .directory(directory)
                .listener(counting(counts, waitedMillis))
                .build();
        OperatorSession ana =
                engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        ana.signIn().toCompletableFuture().join().orElseThrow();
        ana.monitor(Option.department("reference"), true)
                .toCompletableFuture()
                .join()
                .orElseThrow();

        var started = engine.connectPatron(
                        new Principal.OfPatron("a key that the patron's client made and keeps"), "", n -> {})
                .orElseThrow()
                .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        ana.claim(started.chat()).toCompletableFuture().join().orElseThrow();
        engine.close();

        assertThat(counts).containsKeys(Happening.Kind.CHAT_STARTED, Happening.Kind.HEALTH_CHANGED);
        assertThat(counts.get(Happening.Kind.CHAT_CLAIMED).sum()).isEqualTo(1);
        assertThat(waitedMillis.sum()).isBetween(0L, 60_000L);
    }
}
