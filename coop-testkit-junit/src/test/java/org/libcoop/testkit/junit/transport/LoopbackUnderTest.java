package org.libcoop.testkit.junit.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Transport;
import org.libcoop.testkit.LoopbackTransport;
import org.libcoop.testkit.junit.FarEnd;
import org.libcoop.testkit.junit.TransportUnderTest;

/** The loopback transport with far ends in the same process. Broken transports override what they do wrong. */
class LoopbackUnderTest implements TransportUnderTest {

    private final @Nullable ExecutorService threads;
    final LoopbackTransport transport;

    LoopbackUnderTest(Authenticator authenticator) {
        ExecutorService own = Executors.newCachedThreadPool();
        threads = own;
        transport = new LoopbackTransport(authenticator, own);
    }

    /** One whose notices are delivered by {@code executor}. */
    LoopbackUnderTest(Authenticator authenticator, Executor executor) {
        threads = null;
        transport = new LoopbackTransport(authenticator, executor);
    }

    @Override
    public Transport<CoopEngine> transport() {
        return transport;
    }

    @Override
    public FarEnd connect() {
        return new End(transport);
    }

    @Override
    public int connections() {
        return transport.connections();
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** A far end that hears its own chats from its session. */
    static class End implements FarEnd {

        private final CountDownLatch goesOn = new CountDownLatch(1);
        private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
        private final Map<ChatId, Long> last = new HashMap<>();
        private volatile boolean reading = true;
        final LoopbackTransport.Line line;
        volatile @Nullable PatronSession patron;
        volatile @Nullable OperatorSession operator;

        End(LoopbackTransport transport) {
            line = transport.connect(this::told);
        }

        void told(Notice notice) {
            if (!reading) {
                try {
                    goesOn.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            } else if (notice instanceof Notice.Entry entry) {
                hear(entry.chat(), entry.entry());
            }
        }

        /** A snapshot and what follows may bring the same entry: the second one is dropped, as by every client. */
        synchronized void hear(ChatId chat, Logged entry) {
            // Quick, so that who reads does not fall behind.
            if (last.merge(chat, entry.seq(), Math::max) == entry.seq()) {
                add(new Heard(chat, entry.seq(), entry.content() instanceof Content.Text text ? text.text() : null));
            }
        }

        void add(Heard one) {
            heard.add(one);
        }

        @Override
        public CompletionStage<Boolean> authenticate(String role, String token, Map<ChatId, Long> held) {
            if (role.equals("operator")) {
                operator = line.operator(token).value().orElse(null);
                return CompletableFuture.completedFuture(operator != null);
            }
            PatronSession opened = line.patron(token).value().orElse(null);
            patron = opened;
            if (opened != null) {
                opened.chat().ifPresent(chat -> catchUp(opened, chat.chat(), held.getOrDefault(chat.chat(), 0L)));
            }
            return CompletableFuture.completedFuture(opened != null);
        }

        void catchUp(PatronSession session, ChatId chat, long after) {
            session.conversation(after).forEach(entry -> hear(chat, entry));
        }

        @Override
        public CompletionStage<Boolean> goOnDuty(Option option) {
            OperatorSession me = operator;
            return me == null
                    ? CompletableFuture.completedFuture(false)
                    : me.signIn()
                            .thenCompose(in -> me.monitor(option, true))
                            .thenApply(outcome -> outcome.value().isPresent());
        }

        @Override
        public CompletionStage<Outcome<Receipt>> start(WidgetId widget, String question, String commandId) {
            PatronSession me = patron;
            if (me == null) {
                line.close(); // nothing comes before the authentication
                return refused();
            }
            return me.startChat(widget, Content.PatronDetails.NONE, question, commandId);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> claim(ChatId chat, String commandId) {
            OperatorSession me = operator;
            return me == null ? refused() : me.claim(chat, commandId);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId) {
            showLife();
            PatronSession me = patron;
            if (me != null) {
                return me.say(text, commandId);
            }
            OperatorSession staff = operator;
            return staff == null ? refused() : staff.say(chat, text, commandId);
        }

        @Override
        public CompletionStage<Outcome<Receipt>> note(ChatId chat, String text, String commandId) {
            OperatorSession me = operator;
            return me == null ? refused() : me.note(chat, text, commandId);
        }

        private static CompletionStage<Outcome<Receipt>> refused() {
            return CompletableFuture.completedFuture(Outcome.refused(RefusalCode.NOT_ALLOWED, "not authenticated"));
        }

        @Override
        public void showLife() {
            PatronSession me = patron;
            if (me != null) {
                me.renew();
            }
            OperatorSession staff = operator;
            if (staff != null) {
                staff.renew();
            }
        }

        @Override
        public void stopReading() {
            reading = false;
        }

        @Override
        public void vanish() {
            line.close();
            goesOn.countDown();
        }

        @Override
        public boolean isOver() {
            return line.isOver();
        }

        @Override
        public List<Heard> heard() {
            synchronized (heard) {
                return List.copyOf(heard);
            }
        }
    }
}
