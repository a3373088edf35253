package org.libcoop.benchmark;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.transport.websocket.WebSocketTransport;

/** An engine with everybody of a crowd on duty, without sockets: sessions of this process, or the transport's outboxes. */
final class Openings implements Served {

    private final int operators;
    private final boolean outboxes;
    private final Arrivals notices = new Arrivals();
    private final WebSocketTransport transport = CoopSockets.transport();
    private final CoopEngine engine;

    Openings(int operators, boolean outboxes) {
        this.operators = operators;
        this.outboxes = outboxes;
        this.engine = CoopEngine.builder()
                .directory(Libraries.crowd(operators))
                .transport(transport)
                .build();
    }

    @Override
    public int start() throws Exception {
        if (outboxes) {
            connectClients();
        } else {
            for (int i = 0; i < operators; i++) {
                OperatorSession session =
                        engine.connectOperator(Libraries.member(i), this::hear).orElseThrow();
                session.signIn().toCompletableFuture().join().orElseThrow();
                session.monitor(Libraries.COOP, true)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow();
            }
        }
        return 0;
    }

    private void hear(Notice notice) {
        if (notice instanceof Notice.Listed || notice instanceof Notice.Unlisted) {
            notices.arrived(1);
        }
    }

    private void connectClients() throws Exception {
        Arrivals results = new Arrivals();
        NoContainer container = new NoContainer(transport.endpointConfig("/coop"));
        for (int i = 0; i < operators; i++) {
            NoContainer.Client client = container.connect(text -> {
                results.arrived(Frames.is(text, "result") ? 1 : 0);
                notices.arrived(text.contains(Samples.MARK) ? 1 : 0);
            });
            results.expect(2);
            client.say(Frames.auth("operator", Libraries.member(i).value()));
            client.say(Frames.SIGN_IN);
            client.say(Frames.monitor("coop", "academic"));
            results.await();
        }
    }

    /** Opens a chat to everybody, so many times: the median of the nanoseconds until all have it, and the processor's for all. */
    @Override
    public String answer(String question, int number) throws Exception {
        if (!question.equals("open")) {
            throw new IllegalArgumentException("not without sockets: " + question);
        }
        long[] took = new long[number];
        long cpu = 0;
        for (int i = 0; i < number; i++) {
            PatronSession patron = CoopSockets.patron(engine);
            notices.expect(operators);
            long cpuBefore = ServerMain.cpuNanos();
            long before = System.nanoTime();
            CompletionStage<Outcome<Receipt>> begun =
                    patron.startChat(Libraries.ASK, Content.PatronDetails.NONE, "Do you have this?");
            notices.await();
            took[i] = System.nanoTime() - before;
            cpu += ServerMain.cpuNanos() - cpuBefore;
            begun.toCompletableFuture().join().orElseThrow();
            notices.expect(operators);
            patron.leave().toCompletableFuture().join().orElseThrow();
            notices.await();
            patron.disconnect();
        }
        Arrays.sort(took);
        return took[number / 2] + " " + cpu / number;
    }
}
