package org.libcoop.chat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
import org.libcoop.chat.ChatEvent.ContentErased;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.PatronBack;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatEvent.PatronRated;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Routing;

/**
 * What a command does to a chat: the one pure function of the conversation's rules. Every command first brings the chat to
 * the present ({@link Course}), so nothing depends on a timer having fired (R14); then it is applied, or refused with the
 * first code that fits in the documented order.
 *
 * <pre>
 *            start                claim
 *   (none) ────────▶ WAITING ─────────────▶ CLAIMED ──── end, leave, patron away ──▶ ENDED
 *                     │  ▲                     │ ▲ └─ transfer accepted ─┐
 *                     │  │                     │ └──────────────────────┘
 *                     │  └──── owner lost ─────┘
 *                     ├──── gave up, patron left ──▶ MISSED   (ENDED once it was owned)
 *                     └──── dismiss ──▶ DISMISSED             (refused once it was owned)
 * </pre>
 *
 * <p>Pure, so <em>safe for use by several threads</em>.
 */
public final class ChatRules {

    private static final int REASON_LIMIT = 100;

    private ChatRules() {}

    /**
     * Decides {@code command} on {@code chat} at {@code now}.
     *
     * @param chat the chat's head, or null where there is none (yet)
     */
    public static Decision decide(@Nullable Chat chat, ChatCommand command, Presence world, Instant now) {
        if (command instanceof ChatCommand.Start start) {
            return ChatStart.decide(chat, start, world, now);
        }
        Refusal invalid = invalid(command, world);
        if (chat == null) {
            return new Decision(null, List.of(), Optional.of(invalid == null ? notFound() : invalid));
        }
        Course course = new Course(chat, world, now);
        if (invalid != null) {
            return course.refused(invalid);
        }
        course.toPresent(command instanceof ChatCommand.Look look ? look.since() : null);
        Refusal refusal = switch (command.kind()) {
            case START -> throw new IllegalStateException("a start is decided elsewhere");
            case LOOK -> null;
            case CLAIM -> claim(course, ((ChatCommand.Claim) command).by());
            case SAY -> say(course, (ChatCommand.Say) command);
            case END -> end(course, (ChatCommand.End) command);
            case DISMISS -> dismiss(course, (ChatCommand.Dismiss) command);
            case HURRY -> hurry(course, (ChatCommand.Hurry) command);
            case TRANSFER -> Transfers.offer(course, (ChatCommand.Transfer) command);
            case ACCEPT -> Transfers.accept(course, ((ChatCommand.Accept) command).by());
            case DECLINE -> Transfers.decline(course, ((ChatCommand.Decline) command).by());
            case WITHDRAW -> Transfers.withdraw(course, ((ChatCommand.Withdraw) command).by());
            case LEAVE -> leave(course);
            case RATE -> rate(course, (ChatCommand.Rate) command);
            case EXPEL -> BlockRules.expel(course, (ChatCommand.Expel) command);
            case ERASE -> erase(course, (ChatCommand.Erase) command);
            case PATRON_LOST -> patronLost(course, (ChatCommand.PatronLost) command);
            case PATRON_RETURNED -> patronReturned(course, (ChatCommand.PatronReturned) command);
            case SHARE_FILE -> FileRules.share(course, (ChatCommand.ShareFile) command);
        };
        if (refusal != null) {
            return course.refused(refusal);
        }
        if (command.kind() != ChatCommand.Kind.CLAIM && command.kind() != ChatCommand.Kind.ACCEPT) {
            // A change makes at most one owner and ends at most one: what ends a chat at its claim is a change of its
            // own.
            course.toPresent(null);
        }
        return course.accepted();
    }

    /**
     * Why {@code operator} may not do or ask something of a chat, or empty if it may (A8, C1). The head is brought to the present on
     * the way; nothing is changed.
     */
    public static Optional<Refusal> refusal(
            Chat chat, Operation operation, OperatorId operator, Presence world, Instant now) {
        Course course = new Course(chat, world, now);
        course.toPresent(null);
        return Optional.ofNullable(turn(course, operation, operator));
    }

    /** The head of {@code chat} as it stands at {@code now}, whether or not what was due has been handled (R14). */
    public static Chat present(Chat chat, Presence world, Instant now) {
        Course course = new Course(chat, world, now);
        course.toPresent(null);
        return course.chat();
    }

    private static @Nullable Refusal invalid(ChatCommand command, Presence world) {
        if (command instanceof ChatCommand.Say say) {
            if (say.by().kind() == Author.Kind.SYSTEM) {
                return Refusal.of(RefusalCode.INVALID, "the system's lines are not said by anybody");
            }
            if (say.by().kind() == Author.Kind.PATRON && say.audience() == Audience.STAFF_ONLY) {
                return Refusal.of(RefusalCode.INVALID, "a patron cannot write internal notes");
            }
            return invalidText(say.text(), world.directory().policies().messageLimit());
        }
        if (command instanceof ChatCommand.Rate rate) {
            if (rate.rating() < 1 || rate.rating() > PatronRated.BEST) {
                return Refusal.of(RefusalCode.INVALID, "a rating is 1 to " + PatronRated.BEST);
            }
            String comment = rate.comment();
            return comment == null
                    ? null
                    : invalidText(comment, world.directory().policies().messageLimit());
        }
        if (command instanceof ChatCommand.ShareFile share) {
            return FileRules.invalid(share, world.directory().policies());
        }
        return command instanceof ChatCommand.Dismiss dismiss ? invalidText(dismiss.reason(), REASON_LIMIT) : null;
    }

    static @Nullable Refusal invalidText(String text, int limit) {
        if (text.isBlank()) {
            return Refusal.of(RefusalCode.INVALID, "the text is empty");
        }
        return text.length() <= limit
                ? null
                : Refusal.of(
                        RefusalCode.INVALID,
                        "the text has " + text.length() + " characters; at most " + limit + " are allowed");
    }

    /** C2. The winner who repeats it wins again, even at the limit. */
    private static @Nullable Refusal claim(Course course, OperatorId by) {
        Refusal refusal = turn(course, Operation.CLAIM, by);
        if (refusal != null) {
            boolean tooLate = refusal.code() == RefusalCode.NOT_ELIGIBLE
                    && course.chat().phase() instanceof Phase.Claimed claimed
                    && reached(course, by, claimed);
            return tooLate ? Refusal.of(RefusalCode.ALREADY_CLAIMED, "another librarian claimed the chat") : refusal;
        }
        if (course.chat().ownedBy(by)) {
            return null;
        }
        Directory directory = course.world().directory();
        Operator operator = directory.operator(by).orElseThrow();
        Stage stage = claimStage(course, by).orElseThrow();
        course.happens(course.now(), new ChatClaimed(by, operator.institution(), stage), null);
        greet(course, operator, directory);
        return null;
    }

    /** C3, W7: the greeting, chosen by whether the owner is the patron's own librarian. */
    static void greet(Course course, Operator operator, Directory directory) {
        Widget widget = directory.widget(course.chat().widget()).orElse(null);
        if (widget != null) {
            boolean own = operator.institution().equals(course.chat().home());
            String institution = directory
                    .institution(operator.institution())
                    .map(i -> i.name())
                    .orElse(operator.institution().value());
            String text = widget.texts().greeting(own, operator.displayName(), institution);
            course.happens(
                    course.now(), new MessageSaid(Author.system(), Audience.PATRON_AND_STAFF), new Content.Text(text));
        }
    }

    private static @Nullable Refusal say(Course course, ChatCommand.Say say) {
        OperatorId operator = say.by().operator();
        Refusal refusal = operator == null ? patronsTurn(course) : turn(course, say.as(), operator);
        if (refusal == null && say.unsaid() != null) {
            // Last, so that nobody but the owner learns by trying what the staff knows.
            return say.unsaid();
        }
        if (refusal == null) {
            course.happens(course.now(), new MessageSaid(say.by(), say.audience()), new Content.Text(say.text()));
        }
        return refusal;
    }

    private static @Nullable Refusal end(Course course, ChatCommand.End end) {
        Refusal refusal = turn(course, Operation.END, end.by());
        if (refusal == null) {
            course.happens(course.now(), new ChatEnded(Author.operator(end.by()), end.disposition(), false), null);
        }
        return refusal;
    }

    /** C11. */
    private static @Nullable Refusal dismiss(Course course, ChatCommand.Dismiss dismiss) {
        Refusal refusal = turn(course, Operation.DISMISS, dismiss.by());
        if (refusal != null) {
            return refusal;
        }
        if (course.chat().lastOwnership() != null) {
            return Refusal.of(RefusalCode.NOT_ALLOWED, "a chat that was owned cannot be dismissed");
        }
        course.happens(course.now(), new ChatDismissed(dismiss.by(), dismiss.reason()), null);
        return null;
    }

    /** C13: what is asked for is named, so that asking twice brings in one stage, not two. */
    private static @Nullable Refusal hurry(Course course, ChatCommand.Hurry hurry) {
        Refusal refusal = turn(course, Operation.HURRY, hurry.by());
        if (refusal != null) {
            return refusal;
        }
        if (course.chat().progress().isOpen(hurry.seen())) {
            return null;
        }
        if (course.chat().nextStage().isEmpty()) {
            return Refusal.of(RefusalCode.NOTHING_PENDING, "no further stage opens by time");
        }
        course.opens(Routing.openAsked(course.chat().progress(), course.now(), course.world()), hurry.by());
        return null;
    }

    /** C7: on purpose, at once. */
    private static @Nullable Refusal leave(Course course) {
        Refusal refusal = patronsTurn(course);
        if (refusal == null) {
            ChatEvent event = course.chat().lastOwnership() == null
                    ? new ChatMissed(MissedReason.PATRON_LEFT)
                    : new ChatEnded(Author.patron(), null, false);
            course.happens(course.now(), event, null);
        }
        return refusal;
    }

    /** C14: once it is over, as often as the patron likes. */
    private static @Nullable Refusal rate(Course course, ChatCommand.Rate rate) {
        if (!(course.chat().phase() instanceof Phase.Ended)) {
            return Refusal.of(RefusalCode.NOT_ALLOWED, "a chat is rated once it is over, if a librarian had it");
        }
        String comment = rate.comment();
        course.happens(
                course.now(), new PatronRated(rate.rating()), comment == null ? null : new Content.Text(comment));
        return null;
    }

    /** X2, X3. */
    private static @Nullable Refusal erase(Course course, ChatCommand.Erase erase) {
        Long seq = erase.seq();
        Operation operation = seq == null ? Operation.DELETE_CONTENT : Operation.REDACT;
        OperatorId by = erase.by();
        Refusal refusal = by == null
                ? null
                : TranscriptRules.refusal(
                                course.chat(), TranscriptPath.home(), operation, by, course.world(), course.now())
                        .orElse(null);
        if (refusal == null && !course.chat().over()) {
            refusal = Refusal.of(RefusalCode.NOT_ALLOWED, "the chat is not over");
        }
        if (refusal == null) {
            course.happens(course.now(), new ContentErased(by, seq), null);
        }
        return refusal;
    }

    /** C7. Only the node that vouches can say so; a late word of one that no longer does changes nothing. */
    private static @Nullable Refusal patronLost(Course course, ChatCommand.PatronLost lost) {
        PatronLink link = course.chat().patron();
        if (!course.chat().over() && link.goneSince() == null && link.node().equals(lost.node())) {
            course.happens(course.now(), new PatronGone(lost.lastRenewal()), null);
        }
        return null;
    }

    private static @Nullable Refusal patronReturned(Course course, ChatCommand.PatronReturned returned) {
        Refusal refusal = patronsTurn(course);
        PatronLink link = course.chat().patron();
        boolean news = link.goneSince() != null || !link.node().equals(returned.node());
        if (refusal == null && news) {
            course.happens(course.now(), new PatronBack(returned.node()), null);
        }
        return refusal;
    }

    static @Nullable Refusal patronsTurn(Course course) {
        return course.chat().over() ? chatOver() : null;
    }

    /** Why {@code by} may not do something on the chat, null if it may (A8); with a chat within reach a full desk is the reason (C12). */
    static @Nullable Refusal turn(Course course, Operation operation, OperatorId by) {
        Refusal refusal = Relations.refusal(course.chat(), operation, by, course.world(), course.now());
        boolean full = refusal != null
                && operation.allowed().contains(Relation.ELIGIBLE)
                && refusal.code() == RefusalCode.NOT_ELIGIBLE
                && course.chat().phase() instanceof Phase.Waiting
                && course.world().atLimit(by)
                && monitorsOpenStage(course, by);
        return full ? atLimit() : refusal;
    }

    /**
     * To whom a chat is open as its head stands, and through which stage each would get it (C2): who is eligible while it waits
     * (R6), those to whom a claimed one is offered (C9).
     */
    public static Map<OperatorId, Stage> openTo(Chat chat, Presence world, Instant now) {
        if (chat.phase() instanceof Phase.Waiting) {
            return Routing.claimStages(chat.progress(), now, world);
        }
        Map<OperatorId, Stage> offered = new HashMap<>();
        chat.offer()
                .ifPresent(offer -> offer.offeredTo()
                        .keySet()
                        .forEach(operator ->
                                offered.put(operator, Transfers.through(chat, operator, world.directory()))));
        return offered;
    }

    /** The same for one operator; empty if the chat is not open to it. */
    public static Optional<Stage> openTo(Chat chat, OperatorId operator, Presence world, Instant now) {
        if (chat.phase() instanceof Phase.Waiting) {
            return Routing.claimStage(chat.progress(), operator, now, world);
        }
        return chat.offer()
                .filter(offer -> offer.isTo(operator))
                .map(offer -> Transfers.through(chat, operator, world.directory()));
    }

    /** C8: to what the owner may hand the chat over now, and who would be offered it: never nobody. */
    public static Map<Option, Set<OperatorId>> transferTargets(Chat chat, Presence world, Instant now) {
        return Transfers.targets(chat, world, now);
    }

    private static Optional<Stage> claimStage(Course course, OperatorId operator) {
        return Routing.claimStage(course.chat().progress(), operator, course.now(), course.world());
    }

    /** C2: whether {@code operator} was notified at any instant of the round that the claim ended. */
    private static boolean reached(Course course, OperatorId operator, Phase.Claimed claimed) {
        return Routing.reached(
                course.chat().progress(), operator, claimed.waitedSince(), claimed.claimedAt(), course.world());
    }

    private static boolean monitorsOpenStage(Course course, OperatorId operator) {
        Chat chat = course.chat();
        return chat.progress().openStages().stream()
                .anyMatch(stage -> course.world().directory().reachable(chat.home(), stage.option())
                        && course.world().monitors(operator, stage, course.now()));
    }

    /** Why {@code size} bytes more may not be shared in a chat, whoever shares them (U1). */
    public static Optional<Refusal> noRoom(Chat chat, long size, Policies policies) {
        return Optional.ofNullable(FileRules.full(chat, size, policies));
    }

    static Refusal notFound() {
        return Access.denied(Operation.KNOW_CHAT);
    }

    static Refusal chatOver() {
        return Refusal.of(RefusalCode.CHAT_OVER, "the chat is over");
    }

    static Refusal atLimit() {
        return Refusal.of(RefusalCode.AT_LIMIT, "the limit of open chats is reached");
    }
}
