package org.libcoop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.store.jdbc.JdbcStore;

/**
 * One engine on a {@link JdbcStore}, with its usual settings: librarians, each connected to it, claim what waits at their desk,
 * one chat after another, each asking for the next as soon as the last is acknowledged. A claim is what it always is: compared
 * with the head and with the librarian's row, with its events, the greeting, the command's result and the feed; and those
 * connected are told.
 *
 * <p>Librarians of one desk want the same chats in the same order. It ends with the span, or when the first desk is empty; rates
 * are of the time until then.
 *
 * @param desks how many desks there are, each with a share of the chats
 * @param contenders how many librarians claim at each desk
 * @param perSecond more claims than these a second are not prepared for
 */
record EngineClaims(String name, int desks, int contenders, int perSecond) implements Benchmark.Contestant {

    private static final int WARM_UP = 5;

    @Override
    public Measurement run(Settings settings, DataSource database) throws Exception {
        long wanted = Math.min(
                settings.chats(),
                perSecond
                        * settings.span()
                                .plus(settings.span().dividedBy(WARM_UP))
                                .toMillis()
                        / 1_000);
        int each = (int) Math.max(4, wanted / desks);
        try (WaitingChats chats = new WaitingChats(database, Libraries.desks(desks, contenders))) {
            for (int i = 0; i < desks; i++) {
                for (int j = 0; j < contenders; j++) {
                    chats.atWork(Libraries.librarian(i, j), Libraries.desk(i));
                }
                chats.start(
                        WaitingChats.id(i, 0),
                        Libraries.widget(i),
                        chats.store().now().minusSeconds(60));
            }
            chats.settle(each - 1);
        }
        try (JdbcStore store = JdbcStore.open(database);
                CoopEngine engine = CoopEngine.builder()
                        .store(store)
                        .directory(Libraries.desks(desks, contenders))
                        .build()) {
            return claim(sessions(engine), each, settings.span());
        }
    }

    /** Everybody, once they are there and have been shown what waits. */
    private List<OperatorSession> sessions(CoopEngine engine) {
        List<OperatorSession> sessions = new ArrayList<>();
        for (int i = 0; i < desks; i++) {
            for (int j = 0; j < contenders; j++) {
                sessions.add(engine.connectOperator(Libraries.librarian(i, j), notice -> {})
                        .orElseThrow());
            }
        }
        sessions.forEach(
                session -> session.signIn().toCompletableFuture().join().orElseThrow());
        return sessions;
    }

    private Measurement claim(List<OperatorSession> sessions, int each, Duration span) {
        long warm = span.dividedBy(WARM_UP).toNanos();
        Clock clock = new Clock(System.nanoTime() + warm, System.nanoTime() + warm + span.toNanos());
        List<Claimer> claimers = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            claimers.add(new Claimer(sessions.get(i), i / contenders, each, clock));
        }
        claimers.forEach(Claimer::next);
        claimers.forEach(claimer -> claimer.done.join());
        long won = claimers.stream().mapToLong(claimer -> claimer.won).sum();
        Percentiles latency = new Percentiles(claimers.stream()
                .flatMapToLong(claimer -> Arrays.stream(claimer.latencies, 0, claimer.measured))
                .toArray());
        return Measurement.of("won/s", won * 1e9 / Math.max(1, clock.end - clock.begin))
                .with("p50 ms", latency.millis(0.5))
                .with("p99 ms", latency.millis(0.99));
    }

    /** When counting begins and ends, for all claimers. */
    private static final class Clock {

        private final long begin;
        private volatile long end;

        Clock(long begin, long end) {
            this.begin = begin;
            this.end = end;
        }

        /** Somebody has nothing left to claim. */
        synchronized void cut(long now) {
            end = Math.min(end, now);
        }
    }

    /** One librarian; what is answered is looked at by whoever answers, so one at a time. */
    private static final class Claimer {

        private final OperatorSession session;
        private final int desk;
        private final int each;
        private final Clock clock;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private long[] latencies = new long[1 << 10];
        private int measured;
        private int turn;
        private long won;

        Claimer(OperatorSession session, int desk, int each, Clock clock) {
            this.session = session;
            this.desk = desk;
            this.each = each;
            this.clock = clock;
        }

        void next() {
            long asked = System.nanoTime();
            if (turn == each) {
                clock.cut(asked);
            }
            if (asked >= clock.end) {
                done.complete(null);
                return;
            }
            ChatId chat = ChatId.of(WaitingChats.id(desk, turn));
            turn++;
            session.claim(chat).whenComplete((outcome, broken) -> {
                if (broken != null) {
                    done.completeExceptionally(broken);
                } else if (isAnswered(outcome)) {
                    note(outcome, asked, System.nanoTime());
                    next();
                }
            });
        }

        /** Won, or lost to somebody at the same desk; anything else is a mistake of ours. */
        private boolean isAnswered(Outcome<Receipt> outcome) {
            RefusalCode code = outcome.refusal().map(refusal -> refusal.code()).orElse(RefusalCode.ALREADY_CLAIMED);
            if (code != RefusalCode.ALREADY_CLAIMED) {
                done.completeExceptionally(new IllegalStateException("a claim was refused: " + outcome));
            }
            return code == RefusalCode.ALREADY_CLAIMED;
        }

        private void note(Outcome<Receipt> outcome, long asked, long answered) {
            if (answered < clock.begin
                    || answered >= clock.end
                    || outcome.refusal().isPresent()) {
                return;
            }
            if (measured == latencies.length) {
                latencies = Arrays.copyOf(latencies, measured * 2);
            }
            latencies[measured++] = answered - asked;
            won++;
        }
    }
}
