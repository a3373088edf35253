package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.ContentErased;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.OfferDeclined;
import org.libcoop.chat.ChatEvent.OfferWidened;
import org.libcoop.chat.ChatEvent.OwnerLost;
import org.libcoop.chat.ChatEvent.PatronBack;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatEvent.PatronRated;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatEvent.StillLooking;
import org.libcoop.chat.ChatEvent.TransferOffered;
import org.libcoop.chat.ChatEvent.TransferOver;
import org.libcoop.chat.ChatEvent.Transferred;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
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

/** Every kind of event, content and phase, with everything optional there and missing. */
final class ChatSamples {

    static final Instant T0 = Instant.parse("2026-01-05T12:00:00.123Z");
    static final NodeId NODE = new NodeId("node-1");
    static final OperatorId ANA = OperatorId.of("ana");
    static final OperatorId OLGA = OperatorId.of("olga");
    static final InstitutionId SPRINGY = InstitutionId.of("springy");
    static final Option REFERENCE = Option.department("reference");
    static final Stage DESK = Stage.of(REFERENCE);
    static final Stage LINE = Stage.of(Option.operator(ANA));
    static final Stage MEMBERS = Stage.of(Option.coop("academic"));
    static final Stage BACKUP = Stage.backup(CoopId.of("academic"));
    static final RoutePlan PLAN = new RoutePlan(
            SPRINGY,
            List.of(
                    new Leg(DESK, null, Duration.ZERO),
                    new Leg(LINE, null, Duration.ZERO),
                    new Leg(MEMBERS, BACKUP, Duration.ofMillis(40_500))),
            Duration.ofSeconds(30),
            Set.of(Option.coop("night"), Option.coop("local")));
    static final RoutePlan BARE =
            new RoutePlan(SPRINGY, List.of(new Leg(DESK, null, Duration.ZERO)), Duration.ZERO, Set.of());

    private static final Logged FIRST =
            new Logged(1, T0, new ChatStarted(WidgetId.of("databases"), PLAN, "hash", NODE), null);
    private static final ChatClaimed CLAIMED = new ChatClaimed(ANA, SPRINGY, DESK);
    private static final FileShared SHARED = new FileShared(Author.patron(), FileId.of("c1.f1"), 1234);

    private ChatSamples() {}

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>(events());
        samples.addAll(contents());
        samples.addAll(heads());
        return samples;
    }

    static Instant at(int seconds) {
        return T0.plusSeconds(seconds);
    }

    static List<Sample> events() {
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.of("event started", FIRST.event()));
        samples.add(Sample.of(
                "event started, bare plan", new ChatStarted(WidgetId.of("w"), BARE, "hash", new NodeId("n"))));
        RoutePlan blocked = new RoutePlan(
                SPRINGY, BARE.legs(), Duration.ZERO, Set.of(), Set.of(CoopId.of("night"), CoopId.of("academic")));
        samples.add(Sample.of(
                "event started, patron blocked", new ChatStarted(WidgetId.of("w"), blocked, "hash", new NodeId("n"))));
        for (Cause cause : Cause.values()) {
            samples.add(Sample.of(
                    "event stage-opened, cause " + EventCodec.CAUSES.word(cause),
                    new StageOpened(BACKUP, cause, at(70), 2, 17, null)));
        }
        samples.add(Sample.of("event stage-opened, asked by", new StageOpened(LINE, Cause.ASKED, at(7), 0, 1, ANA)));
        samples.add(Sample.of("event still-looking", new StillLooking()));
        samples.add(Sample.of("event claimed", CLAIMED));
        samples.add(Sample.of("event said by patron", said(Author.patron(), Audience.PATRON_AND_STAFF)));
        samples.add(Sample.of("event said by operator", said(Author.operator(ANA), Audience.STAFF_ONLY)));
        samples.add(Sample.of("event said by system", said(Author.system(), Audience.PATRON_AND_STAFF)));
        samples.add(Sample.of("event patron-gone", new PatronGone(at(-1))));
        samples.add(Sample.of("event patron-back", new PatronBack(new NodeId("node-2"))));
        samples.add(Sample.of("event owner-lost, signed off", new OwnerLost(ANA, true)));
        samples.add(Sample.of("event owner-lost, silent", new OwnerLost(ANA, false)));
        samples.add(Sample.of("event transfer-offered to a co-op", toTheCoop(at(102))));
        samples.add(Sample.of(
                "event transfer-offered to a person", new TransferOffered(Option.operator(OLGA), Set.of(OLGA), null)));
        samples.add(Sample.of("event offer-widened", new OfferWidened(Set.of(ANA, OLGA))));
        samples.add(Sample.of("event offer-widened to nobody", new OfferWidened(Set.of())));
        samples.add(Sample.of("event offer-declined", new OfferDeclined(OLGA, false)));
        samples.add(Sample.of("event offer-declined, absent", new OfferDeclined(OLGA, true)));
        for (TransferOver.Why why : TransferOver.Why.values()) {
            samples.add(
                    Sample.of("event transfer-over, " + why.name().toLowerCase(Locale.ROOT), new TransferOver(why)));
        }
        samples.add(Sample.of("event transferred", new Transferred(OLGA, SPRINGY, MEMBERS)));
        samples.add(Sample.of(
                "event ended by operator", new ChatEnded(Author.operator(ANA), Disposition.FOLLOW_UP, false)));
        samples.add(Sample.of("event ended by patron", new ChatEnded(Author.patron(), null, false)));
        samples.add(Sample.of("event ended by nobody", new ChatEnded(null, null, true)));
        samples.add(Sample.of("event missed, gave up", new ChatMissed(MissedReason.GAVE_UP)));
        samples.add(Sample.of("event missed, patron left", new ChatMissed(MissedReason.PATRON_LEFT)));
        samples.add(Sample.of("event dismissed", new ChatDismissed(ANA, "spam, \"again\"")));
        samples.add(Sample.of("event rated", new PatronRated(5)));
        samples.add(Sample.of("event erased, one entry", new ContentErased(ANA, 3L)));
        samples.add(Sample.of("event erased, all of it", new ContentErased(ANA, null)));
        samples.add(Sample.of("event erased by retention", new ContentErased(null, null)));
        samples.add(Sample.of("event file-shared by patron", SHARED));
        samples.add(Sample.of(
                "event file-shared by operator",
                new FileShared(Author.operator(ANA), FileId.of("c1.f2"), 7_000_000_000L)));
        return samples;
    }

    private static TransferOffered toTheCoop(@Nullable Instant backupDue) {
        return new TransferOffered(Option.coop("academic"), Set.of(OLGA, OperatorId.of("paul")), backupDue);
    }

    static List<Sample> contents() {
        return List.of(
                Sample.of("content text", new Content.Text("Grüße, \"Ana\"\n\u0000 \uD83D\uDE00 \uD800 \u4E2D")),
                Sample.of("content text, empty", new Content.Text("")),
                Sample.of("content patron, nothing known", Content.PatronDetails.NONE),
                Sample.of(
                        "content patron, all known",
                        new Content.PatronDetails("Pat", "pat@example.edu", "https://example.edu/", "Browser/1", true)),
                Sample.of(
                        "content patron, address known",
                        new Content.PatronDetails(null, null, null, null, "2001:db8::7", false)),
                Sample.of("content file", new Content.FileDetails("\u00dcbersicht, \"neu\".png", "image/png")));
    }

    static List<Sample> heads() {
        Chat started = Chat.started(ChatId.of("c1"), FIRST);
        Chat open = then(started, 0, new StageOpened(DESK, Cause.INITIAL, at(0), 1, 1, null));
        Chat noticed = then(open, 60, new StillLooking());
        Chat claimed = then(noticed, 61, CLAIMED);
        Chat gone = then(claimed, 65, new PatronGone(at(63)));
        Chat returned = then(gone, 66, new OwnerLost(ANA, true));
        Chat further = then(returned, 67, new StageOpened(MEMBERS, Cause.ABSENCE, at(67), 3, 2, null));
        Chat offered = then(claimed, 62, toTheCoop(at(102)));
        Chat widened = then(offered, 102, new OfferWidened(Set.of(ANA)));
        Chat transferred = then(widened, 104, new Transferred(OLGA, SPRINGY, MEMBERS));
        return List.of(
                head("head started", started),
                head("head waiting", open),
                head("head waiting, noticed, judged later", judged(noticed, at(62))),
                head("head claimed", claimed),
                head("head claimed, patron gone", gone),
                head("head returned", further),
                head("head claimed again", then(further, 68, CLAIMED)),
                head("head offered", offered),
                head("head offered to the backup staff, too", widened),
                head("head offered, one declined", then(widened, 103, new OfferDeclined(OLGA, true))),
                head("head whose offer is over", then(widened, 103, new TransferOver(TransferOver.Why.EXPIRED))),
                head("head handed over", transferred),
                head("head handed over and offered on", then(transferred, 110, toTheCoop(null))),
                head("head lost after having been handed over", then(transferred, 110, new OwnerLost(OLGA, false))),
                head("head ended with a disposition", then(claimed, 70, ended(Disposition.ANSWERED))),
                head("head ended without", then(further, 70, ended(null))),
                head("head missed, gave up", then(noticed, 900, new ChatMissed(MissedReason.GAVE_UP))),
                head("head missed, patron left", then(open, 9, new ChatMissed(MissedReason.PATRON_LEFT))),
                head("head dismissed", then(open, 9, new ChatDismissed(ANA, "spam"))),
                head("head claimed by another than last", ownedByAnother(claimed)),
                head("head with files", then(then(claimed, 62, SHARED), 63, SHARED)));
    }

    static Chat judged(Chat chat, Instant judged) {
        return new Chat(
                chat.id(),
                chat.seq(),
                chat.widget(),
                chat.patronKeyHash(),
                chat.startedAt(),
                chat.progress(),
                chat.phase(),
                chat.ownerships(),
                chat.offeredTo(),
                chat.patron(),
                judged,
                chat.uploads());
    }

    /** No log leads here, but a form that could not say it would be one that guesses. */
    private static Chat ownedByAnother(Chat chat) {
        Phase.Ownership other = new Phase.Ownership(OperatorId.of("ben"), SPRINGY, LINE, at(3));
        return new Chat(
                chat.id(),
                chat.seq(),
                chat.widget(),
                chat.patronKeyHash(),
                chat.startedAt(),
                chat.progress(),
                chat.phase(),
                List.of(other),
                chat.offeredTo(),
                chat.patron(),
                chat.judged(),
                chat.uploads());
    }

    private static Sample head(String name, Chat chat) {
        return Sample.of(name, FIRST, chat);
    }

    private static Chat then(Chat chat, int seconds, ChatEvent event) {
        return chat.evolve(new Logged(chat.seq() + 1, at(seconds), event, null));
    }

    private static ChatEnded ended(@Nullable Disposition disposition) {
        return new ChatEnded(null, disposition, false);
    }

    private static MessageSaid said(Author author, Audience audience) {
        return new MessageSaid(author, audience);
    }
}
