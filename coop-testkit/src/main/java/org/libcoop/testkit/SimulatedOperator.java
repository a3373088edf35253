package org.libcoop.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.OperatorSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Status;
import org.libcoop.routing.Pending;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.Notice;

/**
 * An operator of a {@link SimulatedCoop}, who does what the verbs say: in the third person, so that a test reads as a story.
 * Each verb is done when it returns, and throws {@link org.libcoop.refusal.RefusedException} when the library refuses.
 *
 * <p>The connection is opened with the first verb and kept alive until {@link #disconnects}. A command of somebody who is
 * disconnected still reaches the engine, as one that was under way would, and is no sign of life.
 * <em>One thread at a time.</em>
 */
public final class SimulatedOperator {

    /** Stands for "the next stage" where there is none: no route has it. */
    private static final Stage NO_STAGE = Stage.of(Option.coop(CoopId.of("(no stage is next)")));

    private final SimulatedCoop coop;
    private final OperatorId id;
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable OperatorSession session;
    private boolean connected;

    SimulatedOperator(SimulatedCoop coop, OperatorId id) {
        this.coop = coop;
        this.id = id;
    }

    /** The id. */
    public OperatorId id() {
        return id;
    }

    /** The operator's session, opened if there has not been one yet: for what there is no verb for. */
    public OperatorSession session() {
        return session == null ? connect() : session;
    }

    /** Signs in as ONLINE, over a new connection if there is none, with the switches as they were (P2). */
    public SimulatedOperator signsIn() {
        coop.await((connected ? session() : connect()).signIn());
        return this;
    }

    /** Signs out at once; claimed chats lose their owner (C6). */
    public SimulatedOperator signsOut() {
        coop.await(session().signOut());
        return this;
    }

    /** Takes another status (P1). */
    public SimulatedOperator goes(Status status) {
        coop.await(session().status(status));
        return this;
    }

    /** Switches monitoring on for departments, operators or co-ops, named by their ids (P2). */
    public SimulatedOperator monitors(String... options) {
        for (String option : options) {
            monitors(coop.option(option), true);
        }
        return this;
    }

    /** Switches monitoring off for departments, operators or co-ops, named by their ids. */
    public SimulatedOperator stopsMonitoring(String... options) {
        for (String option : options) {
            monitors(coop.option(option), false);
        }
        return this;
    }

    /** Switches monitoring of one option on or off (P2). */
    public SimulatedOperator monitors(Option option, boolean on) {
        coop.await(session().monitor(option, on));
        return this;
    }

    /** Loses the connection: this instant counts as the last sign of life, presence ends one lease later (P4). */
    public SimulatedOperator disconnects() {
        if (connected) {
            session().disconnect();
            connected = false;
        }
        return this;
    }

    /** Connects again; does nothing while connected. What the operator was signed in to and monitored goes on (P4). */
    public SimulatedOperator reconnects() {
        if (!connected) {
            connect();
        }
        return this;
    }

    /** Claims a chat (C2). */
    public SimulatedOperator claims(SimulatedChat chat) {
        coop.await(session().claim(chat.id()));
        return this;
    }

    /** Says something to the patron of an own chat. */
    public SimulatedOperator says(SimulatedChat chat, String text) {
        coop.await(session().say(chat.id(), text));
        return this;
    }

    /** Writes an internal note in an own chat (M1). */
    public SimulatedOperator notes(SimulatedChat chat, String text) {
        coop.await(session().note(chat.id(), text));
        return this;
    }

    /** Ends an own chat as answered (C14). */
    public SimulatedOperator ends(SimulatedChat chat) {
        return ends(chat, Disposition.ANSWERED);
    }

    /** Ends an own chat (C14). */
    public SimulatedOperator ends(SimulatedChat chat, Disposition disposition) {
        coop.await(session().end(chat.id(), disposition));
        return this;
    }

    /** Puts away a chat that was never owned (C11). */
    public SimulatedOperator dismisses(SimulatedChat chat, String reason) {
        coop.await(session().dismiss(chat.id(), reason));
        return this;
    }

    /** The chats whose transcripts this operator finds on a path, the newest first (A4); none where it has no access at all. */
    public List<ChatId> transcripts(TranscriptPath path) {
        return transcripts(path, ArchiveQuery.ALL);
    }

    /** Those of them that {@code filter} asks for (X5). */
    public List<ChatId> transcripts(TranscriptPath path, ArchiveQuery filter) {
        List<ChatId> found = new ArrayList<>();
        String cursor = null;
        do {
            ArchivePage page = session()
                    .transcripts()
                    .search(path, filter, cursor, Archive.PAGE)
                    .value()
                    .orElse(new ArchivePage(List.of(), null));
            page.rows().forEach(row -> found.add(row.chat()));
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    /** Asks for the stage that is next at this instant (C13). */
    public SimulatedOperator hurries(SimulatedChat chat) {
        Optional<Stage> next = chat.find()
                .map(ChatInspection::chat)
                .flatMap(known -> known.nextStage())
                .map(Pending::stage);
        coop.await(session().hurry(chat.id(), next.orElse(NO_STAGE)));
        return this;
    }

    /** Offers an own chat to an operator, a department or a co-op, named by its id (C8, C9). */
    public SimulatedOperator transfers(SimulatedChat chat, String to) {
        return transfers(chat, coop.option(to));
    }

    /** Offers an own chat (C8, C9). */
    public SimulatedOperator transfers(SimulatedChat chat, Option to) {
        coop.await(session().transfer(chat.id(), to));
        return this;
    }

    /** Takes a chat that is offered (C9). */
    public SimulatedOperator accepts(SimulatedChat chat) {
        coop.await(session().accept(chat.id()));
        return this;
    }

    /** Leaves a chat that is offered to the others (C9). */
    public SimulatedOperator declines(SimulatedChat chat) {
        coop.await(session().decline(chat.id()));
        return this;
    }

    /** Takes back the offer of an own chat (C9). */
    public SimulatedOperator withdraws(SimulatedChat chat) {
        coop.await(session().withdraw(chat.id()));
        return this;
    }

    /** Deletes all content of a chat that is over (X2). */
    public SimulatedOperator deletes(SimulatedChat chat) {
        coop.await(session().transcripts().delete(chat.id()));
        return this;
    }

    /** Redacts a message of a chat that is over (X3). */
    public SimulatedOperator redacts(SimulatedChat chat, long seq) {
        coop.await(session().transcripts().redact(chat.id(), seq));
        return this;
    }

    /** Ends a colleague's session (P5). */
    public SimulatedOperator endsSession(OperatorId colleague) {
        coop.await(session().endSession(colleague));
        return this;
    }

    /** Blocks the patron of a chat (C15); what came of it, for the block stays where the chat could not be ended. */
    public Blocked blocks(SimulatedChat chat, BlockOrder order) {
        return coop.await(session().blocks().block(chat.id(), order));
    }

    /** Lifts a block (C15). */
    public SimulatedOperator lifts(BlockScope scope, BlockId block) {
        coop.await(session().blocks().lift(scope, block));
        return this;
    }

    /** Gives an operator an account in a co-op, or another level (A2, A3). */
    public SimulatedOperator grants(OperatorId who, CoopId in, CoopAccount.Level level) {
        coop.await(session().grant(who, in, level));
        return this;
    }

    /** Takes an operator's account in a co-op away (A7). */
    public SimulatedOperator revokes(OperatorId who, CoopId in) {
        coop.await(session().revoke(who, in));
        return this;
    }

    /** Adds or changes a widget of the own institution (A10). */
    public SimulatedOperator savesWidget(Widget widget) {
        coop.await(session().saveWidget(widget));
        return this;
    }

    /** What this operator was told so far, over all connections, oldest first. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return id.value();
    }

    private OperatorSession connect() {
        OperatorSession opened =
                coop.engine().connectOperator(id, this::deliver).orElseThrow();
        session = opened;
        connected = true;
        return opened;
    }

    private void deliver(Notice notice) {
        notices.add(notice);
        coop.told(new NoticeWatcher.Told(coop.clock().now(), id.value(), id, notice));
    }
}
