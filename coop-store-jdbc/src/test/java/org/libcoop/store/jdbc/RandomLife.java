package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.MissedReason;
import org.libcoop.chat.Phase;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.RoutePlan.Leg;

/**
 * A drawn life of a chat: any event that {@link Chat#evolve} takes, in any order, more than the rules would ever write. Ids
 * have every character that the model allows them.
 */
final class RandomLife {

    private static final String ID = "aZ09:/\\\"'{}[]@,.-_ äß\u4E2D\u2028";
    private static final String ANY = ID + "\u0000\u0001\n\r\t\u007F\uD83D\uDE00\uD800\uDC00\uFFFF";

    private static final List<ChatEvent.Kind> LATER =
            List.copyOf(EnumSet.complementOf(EnumSet.of(ChatEvent.Kind.STARTED)));
    private static final List<Cause> CAUSES = List.of(Cause.values());

    private final Random random;
    private final List<Logged> log = new ArrayList<>();
    private Chat chat;

    RandomLife(long seed) {
        random = new Random(seed);
        Logged first = new Logged(
                1, instant(), new ChatEvent.ChatStarted(WidgetId.of(id()), plan(), any(), new NodeId(id())), null);
        log.add(first);
        chat = Chat.started(ChatId.of("c" + text(ID)), first);
    }

    Chat chat() {
        return ChatSamples.judged(chat, random.nextBoolean() ? chat.judged() : instant());
    }

    Logged first() {
        return log.get(0);
    }

    Logged last() {
        return log.get(log.size() - 1);
    }

    void step() {
        ChatEvent event = event(oneOf(LATER));
        Logged entry = new Logged(chat.seq() + 1, instant(), event, null);
        log.add(entry);
        chat = chat.evolve(entry);
    }

    private ChatEvent event(ChatEvent.Kind kind) {
        return switch (kind) {
            case STARTED, STAGE_OPENED ->
                new ChatEvent.StageOpened(
                        stage(),
                        oneOf(CAUSES),
                        instant(),
                        random.nextInt(),
                        random.nextLong(),
                        random.nextBoolean() ? operator() : null);
            case STILL_LOOKING -> new ChatEvent.StillLooking();
            case CLAIMED -> claim();
            case SAID ->
                new ChatEvent.MessageSaid(
                        author(), random.nextBoolean() ? Audience.STAFF_ONLY : Audience.PATRON_AND_STAFF);
            case PATRON_GONE -> new ChatEvent.PatronGone(instant());
            case PATRON_BACK -> new ChatEvent.PatronBack(new NodeId(id()));
            case OWNER_LOST ->
                chat.phase() instanceof Phase.Claimed claimed
                        ? new ChatEvent.OwnerLost(claimed.ownership().owner(), random.nextBoolean())
                        : claim();
            case TRANSFER_OFFERED ->
                chat.ownership().isPresent()
                        ? new ChatEvent.TransferOffered(
                                stage().option(), operators(), random.nextBoolean() ? instant() : null)
                        : claim();
            case OFFER_WIDENED, OFFER_DECLINED, TRANSFER_OVER -> ofOffer(kind);
            case TRANSFERRED ->
                chat.ownership().isPresent()
                        ? new ChatEvent.Transferred(operator(), InstitutionId.of(id()), stage())
                        : claim();
            case ENDED ->
                new ChatEvent.ChatEnded(
                        random.nextBoolean() ? author() : null,
                        random.nextBoolean() ? Disposition.FOLLOW_UP : null,
                        random.nextBoolean());
            case MISSED ->
                new ChatEvent.ChatMissed(random.nextBoolean() ? MissedReason.GAVE_UP : MissedReason.PATRON_LEFT);
            case DISMISSED -> new ChatEvent.ChatDismissed(operator(), any());
            case RATED -> new ChatEvent.PatronRated(1 + random.nextInt(ChatEvent.PatronRated.BEST));
            case FILE_SHARED ->
                new ChatEvent.FileShared(author(), FileId.of(ChatId.of("c"), "f"), 1 + random.nextInt(1000));
            case ERASED ->
                new ChatEvent.ContentErased(
                        random.nextBoolean() ? operator() : null, random.nextBoolean() ? random.nextLong() : null);
        };
    }

    private ChatEvent claim() {
        return new ChatEvent.ChatClaimed(operator(), InstitutionId.of(id()), stage());
    }

    /** What can happen to an offer, or what makes one. */
    private ChatEvent ofOffer(ChatEvent.Kind kind) {
        if (chat.offer().isEmpty()) {
            return event(ChatEvent.Kind.TRANSFER_OFFERED);
        }
        return switch (kind) {
            case OFFER_WIDENED -> new ChatEvent.OfferWidened(operators());
            case OFFER_DECLINED -> new ChatEvent.OfferDeclined(operator(), random.nextBoolean());
            default -> new ChatEvent.TransferOver(ChatEvent.TransferOver.Why.EXPIRED);
        };
    }

    private Set<OperatorId> operators() {
        Set<OperatorId> some = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(operator());
        }
        return some;
    }

    private RoutePlan plan() {
        List<Leg> legs = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Duration delay = Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(600_000));
            legs.add(new Leg(stage(), random.nextBoolean() ? Stage.backup(CoopId.of(id())) : null, delay));
        }
        Set<Option> outside = random.nextBoolean() ? Set.of() : Set.of(Option.coop(id()), Option.operator(":" + id()));
        Set<CoopId> blocked = random.nextBoolean() ? Set.of() : Set.of(CoopId.of(id()));
        return new RoutePlan(InstitutionId.of(id()), legs, Duration.ofSeconds(random.nextInt(3_600)), outside, blocked);
    }

    private Stage stage() {
        return switch (random.nextInt(4)) {
            case 0 -> Stage.of(Option.department(id()));
            case 1 -> Stage.of(Option.operator(id()));
            case 2 -> Stage.of(Option.coop(id()));
            default -> Stage.backup(CoopId.of(id()));
        };
    }

    private Author author() {
        return switch (random.nextInt(3)) {
            case 0 -> Author.patron();
            case 1 -> Author.system();
            default -> Author.operator(operator());
        };
    }

    private OperatorId operator() {
        return OperatorId.of(id());
    }

    private <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private Instant instant() {
        return Instant.ofEpochMilli(1_767_614_400_000L + random.nextInt());
    }

    private String id() {
        return "i" + text(ID);
    }

    private String any() {
        return text(ANY);
    }

    private String text(String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
