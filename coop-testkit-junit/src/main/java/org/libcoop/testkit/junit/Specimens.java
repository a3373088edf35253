package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
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
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.MissedReason;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.FormField;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Policies;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Cause;
import org.libcoop.spi.Change;

/** One of everything a store has to keep, each optional part once there and once not. */
final class Specimens {

    private static final Instant BLOCKED = Instant.parse("2026-01-05T12:00:00.001Z");

    private Specimens() {}

    /** Chats whose logs have every kind of event and end in every phase, as the changes that make them. */
    static List<Change.OfChat> chats(Instant t0) {
        List<Change.OfChat> changes = new ArrayList<>();
        changes.addAll(endedAfterMuch(t0));
        changes.add(Draft.start("waiting", t0.plusMillis(1)).change());
        changes.add(noticed(t0));
        changes.add(Draft.start("claimed", t0.plusMillis(7))
                .then(t0.plusMillis(13), new ChatClaimed(Given.OLGA, Given.HILL, Given.BACKUP))
                .change());
        changes.add(Draft.start("patron away", t0)
                .then(t0.plusMillis(999), new PatronGone(t0.plusMillis(333)))
                .change());
        changes.add(Draft.start("gave up", t0)
                .then(t0.plusMillis(3), missed(MissedReason.GAVE_UP))
                .change());
        changes.add(Draft.start("left", t0)
                .then(t0.plusMillis(5), missed(MissedReason.PATRON_LEFT))
                .change());
        changes.add(Draft.start("dismissed", t0)
                .then(t0.plusMillis(9), new ChatDismissed(Given.ANA, "spam \"'%_\\ \uD83D\uDE00"))
                .change());
        changes.addAll(handedOver(t0));
        changes.add(Draft.start("ended by nobody", t0)
                .then(t0.plusMillis(1), new ChatClaimed(Given.ANA, Given.SPRINGY, Given.ANAS_LINE))
                .then(t0.plusMillis(2), new ChatEnded(null, null, true))
                .change());
        return changes;
    }

    private static ChatMissed missed(MissedReason reason) {
        return new ChatMissed(reason);
    }

    private static Change.OfChat noticed(Instant t0) {
        return Draft.start("noticed", t0)
                .then(t0, opened(Given.DESK, Cause.INITIAL, t0))
                .then(t0, opened(Given.ANAS_LINE, Cause.ABSENCE, t0))
                .then(t0.plusMillis(60_000), new StillLooking())
                .change();
    }

    private static StageOpened opened(Stage stage, Cause cause, Instant handled) {
        return new StageOpened(stage, cause, handled, 0, 0, null);
    }

    /** A chat that was opened for everybody, owned, lost, owned again and ended, with every kind of line said. */
    private static List<Change.OfChat> endedAfterMuch(Instant t0) {
        Content.PatronDetails known = new Content.PatronDetails(
                "Stewart", "s@example.edu", "https://example.edu/?q=%20", "Mozilla/5.0", "192.0.2.7", true);
        Change.OfChat start = Draft.start("much", "hash of much", t0, known)
                .then(t0, opened(Given.DESK, Cause.INITIAL, t0))
                .then(
                        t0.plusMillis(30_000),
                        new StageOpened(Given.MEMBERS, Cause.TIME, t0.plusMillis(30_017), 12, 7_000_000_000L, null))
                .then(
                        t0.plusMillis(70_001),
                        new StageOpened(Given.BACKUP, Cause.BACKUP, t0.plusMillis(70_001), 1, 8, null))
                .then(
                        t0.plusMillis(70_002),
                        new StageOpened(Given.ANAS_LINE, Cause.ASKED, t0.plusMillis(70_002), 1, 8, Given.OLGA))
                .change();
        Instant later = t0.plusMillis(80_000);
        Draft talk = Draft.on(start).then(later, new ChatClaimed(Given.OLGA, Given.HILL, Given.BACKUP));
        for (Audience audience : Audience.values()) {
            for (Author author : List.of(Author.patron(), Author.operator(Given.OLGA), Author.system())) {
                talk.then(later, new MessageSaid(author, audience), new Content.Text(author + " to " + audience));
            }
        }
        talk.then(later, new MessageSaid(Author.system(), Audience.PATRON_AND_STAFF), null);
        talk.then(
                later,
                new FileShared(Author.patron(), FileId.of("c.f1"), 7_000_000_000L),
                new Content.FileDetails("\u00dcbersicht \u56f3.png", "image/png"));
        talk.then(later.plusMillis(1), new PatronGone(later.minusMillis(1)));
        talk.then(later.plusMillis(2), new PatronBack(new NodeId("another node")));
        talk.then(later.plusMillis(3), new OwnerLost(Given.OLGA, true));
        Change.OfChat talked = talk.change();
        Change.OfChat ended = Draft.on(talked)
                .then(later.plusMillis(1_003), new ChatClaimed(Given.ANA, Given.SPRINGY, Given.DESK))
                .then(later.plusMillis(1_004), new OwnerLost(Given.ANA, false))
                .then(later.plusMillis(1_005), new ChatClaimed(Given.BEN, Given.SPRINGY, Given.MEMBERS))
                .then(
                        later.plusMillis(2_003),
                        new ChatEnded(Author.operator(Given.BEN), new Disposition("own-word-2"), true))
                .change();
        Change.OfChat afterwards = Draft.on(ended)
                .then(later.plusMillis(3_000), new PatronRated(4), new Content.Text("Thank you"))
                .then(later.plusMillis(3_001), new ContentErased(Given.ANA, 9L))
                .then(later.plusMillis(3_002), new ContentErased(Given.ANA, null))
                .change();
        return List.of(start, talked, ended, afterwards);
    }

    /** A chat that is offered, declined and offered again, and its acceptance. */
    private static List<Change.OfChat> handedOver(Instant t0) {
        Change.OfChat offered = Draft.start("handed over", t0)
                .then(t0, opened(Given.DESK, Cause.INITIAL, t0))
                .then(t0.plusMillis(1), new ChatClaimed(Given.ANA, Given.SPRINGY, Given.DESK))
                .then(
                        t0.plusMillis(2),
                        new TransferOffered(
                                Option.coop(Given.ACADEMIC), Set.of(Given.OLGA, Given.BEN), t0.plusMillis(40_002)))
                .then(t0.plusMillis(40_002), new OfferWidened(Set.of(OperatorId.of("maya"))))
                .then(t0.plusMillis(40_003), new OfferDeclined(Given.OLGA, false))
                .then(t0.plusMillis(40_004), new OfferDeclined(Given.BEN, true))
                .change();
        Change.OfChat again = Draft.on(offered)
                .then(t0.plusMillis(120_002), new TransferOver(TransferOver.Why.EXPIRED))
                .then(
                        t0.plusMillis(130_000),
                        new TransferOffered(Option.operator(Given.OLGA), Set.of(Given.OLGA), null))
                .change();
        Change.OfChat accepted = Draft.on(again)
                .then(t0.plusMillis(130_001), new Transferred(Given.OLGA, Given.HILL, Given.MEMBERS))
                .change();
        return List.of(offered, again, accepted);
    }

    private static PatronBlock block(BlockScope scope, @Nullable String keyHash, @Nullable String digest) {
        return new PatronBlock(
                scope,
                PatronBlock.MAX_SLOTS,
                BlockId.of("a block"),
                keyHash,
                digest,
                "Spam,\nand \"'%_\\ \uD83D\uDE00",
                Given.ANA,
                BLOCKED,
                BLOCKED.plus(PatronBlock.LONGEST),
                null);
    }

    /** One of every type of record, with every optional part and without. */
    static List<LibraryRecord> records() {
        return List.of(
                Coop.local(CoopId.of("local"), "Local"),
                Coop.global(Given.ACADEMIC, "Academic", List.of(Given.OLGA, Given.ANA))
                        .withBackupDelay(Duration.ofMillis(39_999)),
                Membership.of(Given.ACADEMIC, Given.SPRINGY, Membership.Kind.CONTRIBUTING),
                Membership.of(Given.ACADEMIC, Given.HILL, Membership.Kind.NON_CONTRIBUTING)
                        .withCoverage(Coverage.none())
                        .asEnded(),
                Membership.of(CoopId.of("a/b"), Given.HILL, Membership.Kind.CONTRIBUTING)
                        .withCoverage(Coverage.hours(
                                List.of("MON-FRI 18:00-08:00", "SAT 00:00-24:00", "SUN 22:30-02:15"),
                                Set.of(LocalDate.of(2024, 2, 29), LocalDate.of(2026, 12, 31)))),
                new CoopAccount(Given.ACADEMIC, Given.OLGA, CoopAccount.Level.COOP_ADMIN),
                new CoopAccount(Given.ACADEMIC, Given.ANA, CoopAccount.Level.INSTITUTION_ADMIN),
                new CoopAccount(Given.ACADEMIC, Given.BEN, CoopAccount.Level.REGULAR),
                new CoopAccount(CoopId.of("a/b"), Given.BEN, CoopAccount.Level.COOP_ADMIN).asRemoved(),
                Widget.builder("bare", "springy")
                        .route(Option.department("reference"))
                        .build(),
                fullWidget(),
                policies(),
                SignOffRule.of(DepartmentId.of("reference"), "MON-FRI 18:00", "SAT 23:59", "SUN-MON 00:00")
                        .withSince(Instant.parse("2026-01-05T12:00:00.001Z")),
                SignOffRule.of(DepartmentId.of("empty")),
                block(BlockScope.of(Given.SPRINGY), "hash", null),
                block(BlockScope.of(CoopId.of("local")), "hash", "digest").asLifted(Given.BEN, BLOCKED.plusMillis(1)),
                block(BlockScope.of(InstitutionId.of("a/b")), null, "digest"),
                new InstitutionCard(
                        Given.SPRINGY,
                        "MON-FRI 9\u201317,\nelse closed",
                        "+1 555 0100",
                        List.of(new InstitutionCard.Link("\uD83D\uDE00", "https://example.edu/?q=\"'")),
                        "a\r\nb",
                        LocalDate.of(2026, 1, 5)),
                InstitutionCard.empty(Given.HILL),
                new CannedMessages(
                        BlockScope.of(CoopId.of("local")),
                        List.of(
                                new CannedMessages.Message("Hello \uD83D\uDC4B", "Hello {patron},\n\"'%_\\"),
                                new CannedMessages.Message("Bye", "b".repeat(CannedMessages.MAX_TEXT_LENGTH)))),
                CannedMessages.none(BlockScope.of(Given.SPRINGY)));
    }

    static Widget fullWidget() {
        return Widget.builder("databases", "springy")
                .name("Databases \u2014 \u00FC")
                .owner("ana")
                .route(Option.operator("ana"), Option.department("reference"), Option.coop("academic"))
                .timedFallback(Duration.ZERO)
                .origins("https://library.example.edu", "http://localhost:8080")
                .nameField(FormField.REQUIRED)
                .emailField(FormField.OFF)
                .questionField(FormField.OPTIONAL)
                .privacyNotice("We keep\nwhat you write.\tFor 90 days.")
                .consentRequired(true)
                .texts(Texts.defaults()
                        .withGreetingOwn("{operator}: Hi \uD83D\uDC4B")
                        .withGreetingCoop("{operator}@{institution}")
                        .withWaiting("w")
                        .withStillWaiting("s")
                        .withOffline("o")
                        .withEnded("e\r\ne"))
                .build();
    }

    static Policies policies() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("operatorLimit", "5");
        settings.put("lease", "7s");
        settings.put("renewEvery", "500ms");
        settings.put("awayMonitors", "false");
        settings.put("idleLimit", "2h");
        settings.put("uploadLimit", "128 KiB");
        settings.put("anonymiseAfter", "never");
        settings.put("anonymiseAfter@springy", "30d");
        settings.put("deleteAfter@a b@c", "never");
        return Policies.of(settings);
    }

    /** A host with institutions in several zones, operators of all kinds, and departments with and without members. */
    static HostDirectory host() {
        Operator olga = Operator.of(Given.OLGA, Given.HILL, "Olga \"O'\" Hill");
        return HostDirectory.of(
                List.of(
                        new Institution(Given.SPRINGY, "Springy University", ZoneId.of("America/New_York")),
                        new Institution(Given.HILL, "Hill College", ZoneId.of("UTC+05:45"))),
                List.of(
                        Operator.of(Given.ANA, Given.SPRINGY, "Ana"),
                        Operator.of(Given.BEN, Given.SPRINGY, "Ben").withChatEnabled(false),
                        olga.withAdmin(true)),
                List.of(
                        new Department(
                                DepartmentId.of("reference"), Given.SPRINGY, "Reference", Set.of(Given.ANA, Given.BEN)),
                        new Department(DepartmentId.of("empty"), Given.HILL, "Empty", Set.of())));
    }

    /** The host once more, with somebody new and somebody gone. */
    static HostDirectory laterHost() {
        return HostDirectory.of(
                List.of(new Institution(Given.SPRINGY, "Springy", ZoneId.of("Europe/Berlin"))),
                List.of(Operator.of(OperatorId.of("new"), Given.SPRINGY, "New")),
                List.of());
    }
}
