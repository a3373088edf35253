package org.libcoop.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.PatronSession;
import org.libcoop.chat.Content;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;

/**
 * A patron of a {@link SimulatedCoop}, with one chat at a time. Each verb is done when it returns, and throws
 * {@link org.libcoop.refusal.RefusedException} when the library refuses. The patron stays until {@link #disconnects} or
 * {@link #leaves}. <em>One thread at a time.</em>
 */
public final class SimulatedPatron {

    private final SimulatedCoop coop;
    private final String name;
    private final int number;
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable PatronSession session;
    private String address;
    private boolean connected;

    SimulatedPatron(SimulatedCoop coop, String name, int number) {
        this.coop = coop;
        this.name = name;
        this.number = number;
        this.address = "simulated:" + number;
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The patron's session, opened if there has not been one yet: for what there is no verb for. */
    public PatronSession session() {
        return session == null ? connect() : session;
    }

    /** Starts a chat on a widget without a question (W5, R1). */
    public SimulatedChat startsChat(String widget) {
        return startsChat(widget, null);
    }

    /** Starts a chat on a widget with an initial question (W6). */
    public SimulatedChat startsChat(String widget, @Nullable String question) {
        return startsChat(widget, new Content.PatronDetails(name, null, null, null, true), question);
    }

    /** Starts a chat on a widget, with everything a widget may ask or learn (W6, M7). */
    public SimulatedChat startsChat(String widget, Content.PatronDetails details, @Nullable String question) {
        PatronSession open = connected ? session() : connect();
        return new SimulatedChat(
                coop,
                coop.await(open.startChat(WidgetId.of(widget), details, question))
                        .chat(),
                this);
    }

    /** Says something in the chat. */
    public SimulatedPatron says(String text) {
        coop.await(session().say(text));
        return this;
    }

    /** Leaves on purpose: the chat is over (C7). */
    public SimulatedPatron leaves() {
        coop.await(session().leave());
        return this;
    }

    /** Rates a chat once it is over, from 1 to 5, with a comment or null (C14). */
    public SimulatedPatron rates(SimulatedChat chat, int rating, @Nullable String comment) {
        coop.await(session().rate(chat.id(), rating, comment));
        return this;
    }

    /** Comes from this address from the next connection on; each patron has one of its own at first (C15, T5). */
    public SimulatedPatron comesFrom(String address) {
        this.address = Objects.requireNonNull(address, "address");
        return this;
    }

    /** Loses the connection: this instant counts as the last sign of life (C7). */
    public SimulatedPatron disconnects() {
        if (connected) {
            session().disconnect();
            connected = false;
        }
        return this;
    }

    /** Comes back, to the same chat if it is not over (C7); does nothing while connected. */
    public SimulatedPatron reconnects() {
        if (!connected) {
            connect();
        }
        return this;
    }

    /** What this patron was told so far, over all connections, oldest first. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }

    private PatronSession connect() {
        PatronSession opened = coop.engine()
                .connectPatron(
                        new Principal.OfPatron("simulated-patron-%032d".formatted(number)), address, this::deliver)
                .orElseThrow();
        session = opened;
        connected = true;
        return opened;
    }

    private void deliver(Notice notice) {
        notices.add(notice);
        coop.told(new NoticeWatcher.Told(coop.clock().now(), name, null, notice));
    }
}
