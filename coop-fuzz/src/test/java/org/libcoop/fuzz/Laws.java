package org.libcoop.fuzz;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Objects;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Store;

/** What holds for every chat at every instant, read from the store alone. */
public final class Laws {

    private Laws() {}

    /**
     * The chat's log is dense, adds up to its head, has one claim a round at most, only its owner's words
     * and nothing behind its end.
     *
     * @return the log
     * @throws AssertionError if a law is broken
     */
    public static List<Logged> hold(Store store, ChatId id) {
        Chat head = store.chat(id).orElseThrow(() -> new AssertionError("chat " + id + " is not there"));
        List<Logged> log = store.log(id, 0, Store.PAGE);
        Chat sum = null;
        OperatorId owner = null;
        boolean over = false;
        for (Logged entry : log) {
            require(!over, "chat %s goes on behind its end: %s", id, log);
            require(entry.seq() == (sum == null ? 1 : sum.seq() + 1), "chat %s has a gap: %s", id, log);
            if (sum != null) {
                require(!entry.at().isBefore(sum.startedAt()), "chat %s has an entry before its start: %s", id, log);
            }
            ChatEvent event = entry.event();
            if (event instanceof ChatEvent.ChatClaimed claimed) {
                require(owner == null, "chat %s was won twice in a round: %s", id, log);
                owner = claimed.owner();
            } else if (event instanceof ChatEvent.OwnerLost lost) {
                require(lost.owner().equals(owner), "chat %s lost an owner it had not: %s", id, log);
                owner = null;
            } else if (event instanceof ChatEvent.ChatDismissed) {
                require(
                        sum != null && sum.ownerships().isEmpty(),
                        "chat %s was dismissed although it was owned: %s",
                        id,
                        log);
            } else if (event instanceof ChatEvent.MessageSaid said
                    && said.author().operator() != null) {
                require(
                        said.author().operator().equals(owner),
                        "chat %s has words of who does not own it: %s",
                        id,
                        log);
            } else if (event instanceof ChatEvent.ChatEnded ended
                    && ended.by() != null
                    && ended.by().operator() != null) {
                require(ended.by().operator().equals(owner), "chat %s was ended by who does not own it: %s", id, log);
            }
            sum = sum == null ? Chat.started(id, entry) : sum.evolve(entry);
            over = sum.over();
        }
        require(sum != null && sameButJudged(sum, head), "chat %s is %s, but its log adds up to %s", id, head, sum);
        boolean claimed = head.phase() instanceof Phase.Claimed;
        OperatorId has = head.ownership().map(Phase.Ownership::owner).orElse(null);
        require(claimed == (has != null), "chat %s is %s and owned by %s", id, head.phase(), has);
        require(!claimed || Objects.equals(has, owner), "chat %s is owned by %s, won by %s", id, has, owner);
        return log;
    }

    /** Up to where presence was taken into account moves without an entry. */
    private static boolean sameButJudged(Chat sum, Chat head) {
        return new Chat(
                        sum.id(),
                        sum.seq(),
                        sum.widget(),
                        sum.patronKeyHash(),
                        sum.startedAt(),
                        sum.progress(),
                        sum.phase(),
                        sum.ownerships(),
                        sum.offeredTo(),
                        sum.patron(),
                        head.judged(),
                        sum.uploads())
                .equals(head);
    }

    /** Fails with this message unless {@code holds}. */
    @FormatMethod
    public static void require(boolean holds, String message, Object... about) {
        if (!holds) {
            throw new AssertionError(message.formatted(about));
        }
    }
}
