package org.libcoop.testkit.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.testkit.SimulatedChat;

/**
 * Assertions about a chat as it is at the instant of each call. What does not hold is reported with the chat's explanation
 * (E1). Operators and stages go by their ids; a co-op's backup stage is written {@code academic/backup}.
 */
public final class ChatAssert extends AbstractAssert<ChatAssert, SimulatedChat> {

    ChatAssert(SimulatedChat actual) {
        super(actual, ChatAssert.class);
    }

    /** Nobody owns it, and it is not over. */
    public ChatAssert isWaiting() {
        return is(Phase.Kind.WAITING);
    }

    /** Somebody owns it. */
    public ChatAssert isClaimed() {
        return is(Phase.Kind.CLAIMED);
    }

    /** It is over after it was owned. */
    public ChatAssert isEnded() {
        return is(Phase.Kind.ENDED);
    }

    /** It is over and nobody ever owned it. */
    public ChatAssert isMissed() {
        return is(Phase.Kind.MISSED);
    }

    /** It was put away unanswered (C11). */
    public ChatAssert isDismissed() {
        return is(Phase.Kind.DISMISSED);
    }

    private ChatAssert is(Phase.Kind expected) {
        isNotNull();
        Phase.Kind phase = actual.phase();
        return check(phase == expected, "to be " + word(expected), "it is " + word(phase));
    }

    /** All of these operators are notified of it, see it in their lists and may claim it now (R6); others may be too. */
    public ChatAssert isOfferedTo(String... operators) {
        isNotNull();
        Set<String> notified = notified();
        return check(
                notified.containsAll(Arrays.asList(operators)),
                "to be offered to " + names(operators),
                offered(notified));
    }

    /** Exactly these operators are notified of it, see it in their lists and may claim it now (R6). */
    public ChatAssert isOfferedToExactly(String... operators) {
        isNotNull();
        Set<String> notified = notified();
        return check(
                notified.equals(new TreeSet<>(Arrays.asList(operators))),
                "to be offered to exactly " + names(operators),
                offered(notified));
    }

    /** None of these operators is notified of it, sees it in the list or may claim it now (R6). */
    public ChatAssert isNotOfferedTo(String... operators) {
        isNotNull();
        Set<String> notified = notified();
        return check(
                Arrays.stream(operators).noneMatch(notified::contains),
                "not to be offered to " + names(operators),
                offered(notified));
    }

    /** Nobody is notified of it now. */
    public ChatAssert isOfferedToNobody() {
        return isOfferedToExactly();
    }

    /** This operator owns it, or owned it last when it is over. */
    public ChatAssert isOwnedBy(String operator) {
        isNotNull();
        Optional<OperatorId> owner = actual.owner();
        return check(
                owner.equals(Optional.of(OperatorId.of(operator))),
                "to be owned by " + operator,
                "its owner is " + owner.map(OperatorId::value).orElse("nobody"));
    }

    /** Nobody owns it. */
    public ChatAssert hasNoOwner() {
        isNotNull();
        Optional<OperatorId> owner = actual.owner();
        return check(
                owner.isEmpty(),
                "to have no owner",
                "its owner is " + owner.map(OperatorId::value).orElse("nobody"));
    }

    /** It was claimed on this stage: a department, operator or co-op, or a co-op's backup stage (C2). */
    public ChatAssert wasAnsweredThrough(String stage) {
        isNotNull();
        Optional<Stage> through = actual.answeredThrough();
        return check(
                through.map(Stage::toString).equals(Optional.of(stage)),
                "to have been answered through " + stage,
                "it was answered through " + through.map(Stage::toString).orElse("nothing"));
    }

    /** Exactly these stages have opened so far, in order of the route. */
    public ChatAssert hasOpen(String... stages) {
        isNotNull();
        List<String> open = new ArrayList<>();
        actual.open().forEach(stage -> open.add(stage.toString()));
        return check(open.equals(Arrays.asList(stages)), "to have open " + names(stages), "open are " + open);
    }

    /** So many lines said by people can be seen by the patron, the initial question included. */
    public ChatAssert hasMessages(int expected) {
        isNotNull();
        int messages = actual.messages();
        return check(messages == expected, "to have " + expected + " messages", "it has " + messages);
    }

    private Set<String> notified() {
        Set<String> notified = new TreeSet<>();
        actual.notified().forEach(operator -> notified.add(operator.value()));
        return notified;
    }

    private static String offered(Set<String> notified) {
        return "it is offered to " + (notified.isEmpty() ? "nobody" : notified);
    }

    private static String names(String... names) {
        return names.length == 0 ? "nobody" : Arrays.asList(names).toString();
    }

    private static String word(Phase.Kind phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private ChatAssert check(boolean holds, String expected, String seen) {
        if (!holds) {
            failWithMessage("%nExpected the chat %s, but %s.%n%s", expected, seen, actual.explain());
        }
        return this;
    }
}
