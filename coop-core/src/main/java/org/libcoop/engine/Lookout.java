package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/**
 * Has chats looked at again: those that wait on something of which there is news, such as an operator's row (R7, R8, C6). A look is
 * an ordinary command in the urgent lane. Runs on the pipeline only.
 */
final class Lookout {

    private final Store store;
    private final Presence presence;
    private final Audience audience;
    private final Pipeline pipeline;

    Lookout(Ground ground, Pipeline pipeline) {
        this.store = ground.store();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.pipeline = pipeline;
    }

    /** Learns whatever rows of {@code operator} the store has and this node has not; true if there were any. */
    boolean refreshRow(OperatorId operator) {
        List<OperatorPresence> rows =
                store.presence(operator, presence.row(operator).version());
        for (OperatorPresence row : rows) {
            look(learn(row), row.changedAt());
        }
        return !rows.isEmpty();
    }

    /** Learns a row and does what it asks for: wake-ups, the word to the operator, signing off after the last chat (P1). */
    Set<Stage> learn(OperatorPresence row) {
        Set<Stage> touched = presence.learn(row);
        audience.tellSelf(row);
        if (row.status() == Status.FINISHING && row.openChats() == 0) {
            pipeline.urgent(new Work.OfPresence(row.operator(), Lookout::signOffWhenDone, new CompletableFuture<>()));
        }
        return touched;
    }

    /** P1: FINISHING becomes OFFLINE when the last chat ends. */
    private static Outcome<OperatorPresence> signOffWhenDone(OperatorPresence row, Instant now) {
        boolean done = row.status() == Status.FINISHING && row.openChats() == 0;
        return Outcome.done(done ? row.withStatus(Status.OFFLINE, now) : row);
    }

    /** R7, R8: looks again at every chat that waits on one of {@code stages}, before anything else happens. */
    void look(Collection<Stage> stages, @Nullable Instant since) {
        Set<ChatId> chats = new LinkedHashSet<>();
        for (Stage stage : stages) {
            chats.addAll(waitingOn(Topic.stage(stage)));
        }
        chats.forEach(chat -> lookAt(chat, since));
    }

    /** C6, C9: looks at the chats an operator owns or is offered, which may have lost their owner or their offer. */
    void lookAtChatsOf(OperatorId operator) {
        waitingOn(Topic.owner(operator)).forEach(chat -> lookAt(chat, null));
    }

    void lookAt(ChatId chat, @Nullable Instant since) {
        pipeline.urgent(new Work.OfChat(chat, new ChatCommand.Look(since), null));
    }

    /** Where the chats are found that may be open to an operator: on the operator's stages, and what is offered (R6, C9). */
    List<Topic> topicsOf(OperatorId operator) {
        List<Topic> topics = new ArrayList<>();
        presence.stagesOf(operator).forEach(stage -> topics.add(Topic.stage(stage)));
        topics.add(Topic.owner(operator));
        return topics;
    }

    List<ChatId> waitingOn(Topic topic) {
        List<ChatId> all = new ArrayList<>();
        List<ChatId> page = store.waitingOn(topic, null);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page.size() < Store.PAGE ? List.of() : store.waitingOn(topic, page.get(page.size() - 1));
        }
        return all;
    }
}
