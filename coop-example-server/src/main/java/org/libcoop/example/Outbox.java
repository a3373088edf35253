package org.libcoop.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Mailer;

/**
 * The demo's way to send email: it does not. What would have been sent is kept, the newest {@value #MOST}, until the server stops,
 * and shown to whoever sent it. Mails go one after the other. <em>Safe for use by several threads.</em>
 */
final class Outbox implements Mailer {

    static final int MOST = 20;

    private record Sent(@Nullable OperatorId by, Instant at, Mail mail) {}

    private final Supplier<Instant> now;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private @Nullable OperatorId sender;

    Outbox(Supplier<Instant> now) {
        this.now = now;
    }

    /** Does what sends a mail on this thread; it is {@code by}'s then. */
    synchronized <T> T sentBy(OperatorId by, Supplier<T> act) {
        sender = by;
        try {
            return act.get();
        } finally {
            sender = null;
        }
    }

    @Override
    public synchronized void send(Mail mail) {
        sent.addFirst(new Sent(sender, now.get(), mail));
        if (sent.size() > MOST) {
            sent.removeLast();
        }
    }

    /** What {@code operator} sent, the newest first. */
    synchronized ObjectNode json(OperatorId operator) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode mails = node.putArray("mails");
        sent.stream()
                .filter(one -> operator.equals(one.by()))
                .forEach(one -> mails.addObject()
                        .put("at", one.at().toString())
                        .put("to", one.mail().to())
                        .put("subject", one.mail().subject())
                        .put("text", one.mail().text()));
        return node;
    }
}
