package org.libcoop.testkit;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.libcoop.ChatInspection;
import org.libcoop.chat.Audience;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/**
 * A chat of a {@link SimulatedCoop}: what a test looks at. Every question is answered for the instant at which it is asked,
 * from the engine itself. <em>One thread at a time.</em>
 */
public final class SimulatedChat {

    private final SimulatedCoop coop;
    private final ChatId id;
    private final SimulatedPatron patron;

    SimulatedChat(SimulatedCoop coop, ChatId id, SimulatedPatron patron) {
        this.coop = coop;
        this.id = Objects.requireNonNull(id, "id");
        this.patron = patron;
    }

    /** The id. */
    public ChatId id() {
        return id;
    }

    /** Whose chat it is. */
    public SimulatedPatron patron() {
        return patron;
    }

    /** The operator with this id claims the chat (C2). */
    public SimulatedChat claim(String operator) {
        coop.operator(operator).claims(this);
        return this;
    }

    /** The operator with this id, its owner, ends the chat as answered (C14). */
    public SimulatedChat end(String operator) {
        coop.operator(operator).ends(this);
        return this;
    }

    /** The patron leaves on purpose (C7). */
    public SimulatedChat leave() {
        patron.leaves();
        return this;
    }

    /** Where the chat stands. */
    public Phase.Kind phase() {
        return inspect().chat().phase().kind();
    }

    /** The stages opened so far in order of the route, kept as they were once claimed or over. */
    public List<Stage> open() {
        return inspect().chat().progress().openStages();
    }

    /** Exactly who is notified of it now, sees it listed and may claim it (R6). */
    public Set<OperatorId> notified() {
        return inspect().notified();
    }

    /** The owner while it is claimed, the last one once it is over; empty when there is none. */
    public Optional<OperatorId> owner() {
        return ownerOf(inspect());
    }

    /** To whom a transfer under way is offered now (C9); nobody when none is. */
    public Set<OperatorId> offeredTo() {
        return offeredToOf(inspect());
    }

    /** The stage it was claimed on last (C2); empty if it never was. */
    public Optional<Stage> answeredThrough() {
        return Optional.ofNullable(inspect().chat().lastOwnership()).map(Phase.Ownership::claimedOn);
    }

    /** How many lines said by people the patron can see, the initial question included. */
    public int messages() {
        return messagesOf(inspect());
    }

    /** The chat as the host itself may see it, at this instant. */
    public ChatInspection inspect() {
        return find().orElseThrow(() -> new NoSuchElementException("there is no chat " + id));
    }

    /** The chat's explanation (E1), several lines for people: what opened when and why, who is notified, who is left out and why. */
    public String explain() {
        return find().map(seen -> ChatExplanation.of(coop, seen)).orElse("there is no chat " + id);
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return id.value();
    }

    Optional<ChatInspection> find() {
        return coop.engine().inspect(id);
    }

    /** The owner of a chat as it was seen: the last one once it is over. */
    public static Optional<OperatorId> ownerOf(ChatInspection seen) {
        Phase.Ownership last = seen.chat().lastOwnership();
        return last == null || seen.chat().phase().kind() == Phase.Kind.WAITING
                ? Optional.empty()
                : Optional.of(last.owner());
    }

    /** To whom a chat, as it was seen, was offered. */
    public static Set<OperatorId> offeredToOf(ChatInspection seen) {
        return seen.chat().offer().map(offer -> offer.offeredTo().keySet()).orElse(Set.of());
    }

    /** How many lines of a chat, as it was seen, were said by people and are for the patron's eyes. */
    public static int messagesOf(ChatInspection seen) {
        return (int) seen.log().stream()
                .filter(entry -> entry.event() instanceof MessageSaid said
                        && said.author().isPerson()
                        && said.audience() == Audience.PATRON_AND_STAFF)
                .count();
    }
}
