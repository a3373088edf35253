package org.libcoop.testkit.junit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.chat.ChatId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.testkit.junit.AccessActor.Answer;
import org.libcoop.testkit.junit.Somebody.Role;

/**
 * One way to try an operation on one thing.
 *
 * @param act tries it; of an operation on a chat with that chat's id, which others do not look at
 * @param onMissing tries the same on a thing that does not exist
 * @param by the roles that have a way to try it at all
 * @param unnamed whether who has no part in the thing may have no name for it, and so no way to try
 * @param facts what everybody is to the thing
 * @param besides what becomes of it for other reasons than the table's: done, or refused with the code
 */
record Attempt(
        Operation operation,
        String name,
        BiFunction<AccessActor, ChatId, Answer> act,
        BiFunction<AccessActor, ChatId, Answer> onMissing,
        Set<Role> by,
        boolean unnamed,
        Standing facts,
        Map<Somebody, Optional<RefusalCode>> besides) {

    Attempt by(Role... roles) {
        return new Attempt(operation, name, act, onMissing, Set.of(roles), unnamed, facts, besides);
    }

    /** Of a thing that only its own people need to be able to name. */
    Attempt withoutName() {
        return new Attempt(operation, name, act, onMissing, by, true, facts, besides);
    }

    /** For whom the operation's own rules say no though the table says yes. */
    Attempt refused(RefusalCode code, Somebody... who) {
        return besides(Optional.of(code), who);
    }

    /** For whom the operation's own rules say yes: done before, it is done again. */
    Attempt repeated(Somebody... who) {
        return besides(Optional.empty(), who);
    }

    private Attempt besides(Optional<RefusalCode> outcome, Somebody... who) {
        Map<Somebody, Optional<RefusalCode>> all = new EnumMap<>(Somebody.class);
        all.putAll(besides);
        for (Somebody one : who) {
            all.put(one, outcome);
        }
        return new Attempt(operation, name, act, onMissing, by, unnamed, facts, all);
    }

    /** Whether it is on a chat, and so tried in every situation. */
    boolean onChat() {
        return operation.subject() == Operation.Subject.CHAT
                || operation.subject() == Operation.Subject.LIVE_CHAT
                || ofTranscript();
    }

    private boolean ofTranscript() {
        return operation.subject() == Operation.Subject.TRANSCRIPT;
    }

    /** The row that says who may know of the thing at all; null where nothing is hidden (A9). */
    @Nullable
    Operation knowing() {
        if (onChat()) {
            return Operation.KNOW_CHAT;
        }
        return operation.subject() == Operation.Subject.COLLEAGUE ? Operation.KNOW_COLLEAGUE : null;
    }

    /** The code of who may not know of the thing, or where nothing is hidden, of who may not do it. */
    RefusalCode deniedWith() {
        Operation knowing = knowing();
        return (knowing == null ? operation : knowing).denied();
    }

    /** What is tried when somebody tries to learn that the thing exists: there is no way to ask for that alone. */
    Operation asked() {
        return switch (operation) {
            case KNOW_CHAT -> Operation.FOLLOW;
            case KNOW_COLLEAGUE -> Operation.END_SESSION;
            default -> operation;
        };
    }

    /** With which code {@code who} has to be refused; empty if it has to be done. */
    Optional<RefusalCode> expected(Situation situation, Somebody who) {
        Optional<RefusalCode> byTable;
        if (ofTranscript()) {
            byTable = ofTranscript(situation, who);
        } else {
            byTable = onChat() ? onChat(situation, who) : known(who).or(() -> byTable(who));
        }
        return besides.getOrDefault(who, byTable);
    }

    /** Who may read it may know of it; there is none before the chat is over. */
    private Optional<RefusalCode> ofTranscript(Situation situation, Somebody who) {
        if (!situation.over()) {
            return Optional.of(RefusalCode.NOT_FOUND);
        }
        return facts.allow(operation, who) ? Optional.empty() : known(who).or(() -> byTable(who));
    }

    private Optional<RefusalCode> known(Somebody who) {
        Operation knowing = knowing();
        return knowing == null || facts.allow(knowing, who) ? Optional.empty() : Optional.of(knowing.denied());
    }

    /** The documented order of codes: may one know of it, is it over, and then the operation's row. */
    private Optional<RefusalCode> onChat(Situation situation, Somebody who) {
        if (known(who).isPresent()) {
            return known(who);
        }
        if (situation.over() && operation.subject() == Operation.Subject.LIVE_CHAT) {
            return Optional.of(RefusalCode.CHAT_OVER);
        }
        Optional<RefusalCode> byTable = byTable(who);
        if (byTable.isPresent()
                && operation == Operation.CLAIM
                && situation.tooLate().contains(who)) {
            return Optional.of(RefusalCode.ALREADY_CLAIMED);
        }
        if (byTable.isPresent()
                && operation.allowed().contains(Relation.ELIGIBLE)
                && situation.full().contains(who)) {
            return Optional.of(RefusalCode.AT_LIMIT);
        }
        return byTable;
    }

    private Optional<RefusalCode> byTable(Somebody who) {
        return facts.allow(operation, who) ? Optional.empty() : Optional.of(operation.denied());
    }

    @Override
    public String toString() {
        return name;
    }
}
