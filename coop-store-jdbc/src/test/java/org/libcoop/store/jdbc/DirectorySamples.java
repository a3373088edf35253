package org.libcoop.store.jdbc;

import static org.libcoop.store.jdbc.ChatSamples.ANA;
import static org.libcoop.store.jdbc.ChatSamples.NODE;
import static org.libcoop.store.jdbc.ChatSamples.REFERENCE;
import static org.libcoop.store.jdbc.ChatSamples.SPRINGY;
import static org.libcoop.store.jdbc.ChatSamples.at;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Policies;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;

/** Every kind of record, the host's part and presence rows, with everything optional there and missing. */
final class DirectorySamples {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final OperatorId MAYA = OperatorId.of("maya");

    /** Not the defaults, which may be worded anew while what was stored stays. */
    private static final Texts TEXTS =
            new Texts("Hi, {operator} here", "Hi from {institution}", "Wait", "Still waiting", "Nobody here", "Bye");

    private DirectorySamples() {}

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>(records());
        samples.addAll(widgets());
        samples.addAll(hosts());
        samples.addAll(presences());
        return samples;
    }

    static List<Sample> records() {
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.of("coop local", Coop.local(CoopId.of("local"), "Local Co-Op")));
        samples.add(Sample.of(
                "coop global",
                Coop.global(ACADEMIC, "Academic Co-Op", List.of(MAYA, ANA)).withBackupDelay(Duration.ofMillis(1_500))));
        Membership membership = Membership.of(ACADEMIC, SPRINGY, Membership.Kind.CONTRIBUTING);
        samples.add(Sample.of("membership covered always", membership));
        samples.add(Sample.of(
                "membership covered never, ended",
                Membership.of(ACADEMIC, SPRINGY, Membership.Kind.NON_CONTRIBUTING)
                        .withCoverage(Coverage.none())
                        .asEnded()));
        samples.add(Sample.of(
                "membership covered at hours",
                membership.withCoverage(Coverage.hours(
                        List.of("MON-FRI 18:00-08:00", "SAT 00:00-24:00", "SUN-TUE 09:30-09:29"),
                        List.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 1, 1))))));
        samples.add(Sample.of(
                "membership covered at hours, no exceptions",
                membership.withCoverage(Coverage.hours(List.of("WED-THU 10:00-12:00"), List.of()))));
        for (CoopAccount.Level level : CoopAccount.Level.values()) {
            samples.add(Sample.of(
                    "account " + level.name().toLowerCase(Locale.ROOT), new CoopAccount(ACADEMIC, ANA, level)));
        }
        samples.add(
                Sample.of("account removed", new CoopAccount(ACADEMIC, ANA, CoopAccount.Level.REGULAR).asRemoved()));
        samples.add(Sample.of("policies none", Policies.defaults()));
        samples.add(Sample.of(
                "policies some",
                Policies.of(Map.of(
                        "giveUpAfter",
                        "20m",
                        "operatorLimit",
                        "none",
                        "lease",
                        "9s",
                        "uploadLimit",
                        "1500 KB",
                        "awayMonitors",
                        "false",
                        "deleteAfter",
                        "never",
                        "anonymiseAfter@hill@lake",
                        "30 days"))));
        samples.add(Sample.of("sign-off rule none", SignOffRule.of(DepartmentId.of("reference"))));
        samples.add(Sample.of(
                "sign-off rule some",
                SignOffRule.of(DepartmentId.of("reference"), "MON-FRI 18:00", "SAT 23:59", "FRI-MON 00:00")
                        .withSince(at(20))));
        PatronBlock block = new PatronBlock(
                BlockScope.of(SPRINGY),
                7,
                BlockId.of("b-1"),
                "key hash",
                "address digest",
                "Insults,\n\"again\"",
                ANA,
                at(20),
                at(3_620),
                null);
        samples.add(Sample.of("block by key and address", block));
        samples.add(Sample.of("block lifted", block.asLifted(MAYA, at(21))));
        samples.add(Sample.of(
                "block by key in a co-op",
                new PatronBlock(
                        BlockScope.of(ACADEMIC), 1, BlockId.of("b-2"), "hash", null, "spam", ANA, at(1), at(2), null)));
        samples.add(Sample.of(
                "block by address",
                new PatronBlock(
                        BlockScope.of(SPRINGY),
                        8,
                        BlockId.of("b-3"),
                        null,
                        "digest",
                        "spam",
                        ANA,
                        at(1),
                        at(2),
                        null)));
        samples.add(Sample.of("card empty", InstitutionCard.empty(SPRINGY)));
        samples.add(Sample.of(
                "card full",
                new InstitutionCard(
                        SPRINGY,
                        "MON-FRI 9-17,\nelse closed",
                        "+1 555 0100",
                        List.of(new InstitutionCard.Link("Maps", "https://maps.example.edu/?q=1")),
                        "The lift is \"broken\"",
                        LocalDate.of(2026, 1, 5))));
        samples.add(Sample.of("canned none", CannedMessages.none(BlockScope.of(ACADEMIC))));
        samples.add(Sample.of(
                "canned two",
                new CannedMessages(
                        BlockScope.of(SPRINGY),
                        List.of(
                                new CannedMessages.Message("Hello", "Hello {patron},\nI am {operator}."),
                                new CannedMessages.Message("Bye", "\"Bye\"")))));
        // Set to what holds anyway: not the same as not set.
        samples.add(Sample.of("policies set to the default", Policies.of(Map.of("backupDelay", "40s"))));
        return samples;
    }

    static List<Sample> widgets() {
        Widget bare = Widget.builder("databases", "springy")
                .route(REFERENCE)
                .texts(TEXTS)
                .build();
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.of("widget bare", bare));
        samples.add(Sample.of(
                "widget full",
                Widget.builder("ana/line", "springy")
                        .name("Ask Ana")
                        .owner(ANA)
                        .route(Option.operator(ANA), REFERENCE, Option.coop(ACADEMIC))
                        .timedFallback(Duration.ofSeconds(45))
                        .origins("https://library.example.edu", "http://localhost:8080")
                        .nameField(FormField.REQUIRED)
                        .emailField(FormField.OFF)
                        .questionField(FormField.OPTIONAL)
                        .privacyNotice("We keep\nwhat you write.")
                        .consentRequired(true)
                        .texts(TEXTS.withWaiting("One moment,\nplease"))
                        .build()));
        samples.add(Sample.of(
                "widget with a fallback switched off",
                bare.toBuilder()
                        .route(REFERENCE, Option.coop(ACADEMIC))
                        .timedFallback(Duration.ZERO)
                        .build()));
        samples.add(Sample.of(
                "widget with the default fallback",
                bare.toBuilder().route(REFERENCE, Option.coop(ACADEMIC)).build()));
        return samples;
    }

    static List<Sample> hosts() {
        InstitutionId hill = InstitutionId.of("hill");
        return List.of(
                Sample.of("host empty", HostDirectory.of(List.of(), List.of(), List.of())),
                Sample.of(
                        "host of two",
                        HostDirectory.of(
                                List.of(
                                        new Institution(SPRINGY, "Springy University", ZoneId.of("America/New_York")),
                                        new Institution(hill, "Hill College", ZoneId.of("+02:00"))),
                                List.of(
                                        Operator.of(MAYA, SPRINGY, "Maya"),
                                        Operator.of(ANA, SPRINGY, "Ana").withAdmin(true),
                                        Operator.of(OperatorId.of("olga"), hill, "Olga")
                                                .withChatEnabled(false)),
                                List.of(
                                        new Department(
                                                DepartmentId.of("reference"), SPRINGY, "Reference", Set.of(MAYA, ANA)),
                                        new Department(DepartmentId.of("empty"), hill, "Nobody's desk", Set.of())))));
    }

    static List<Sample> presences() {
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.of("presence unknown", OperatorPresence.unknown(ANA)));
        OperatorPresence there = OperatorPresence.unknown(ANA)
                .signedIn(at(1))
                .attached(new Attachment(NODE, null), node -> false, at(1))
                .attached(new Attachment(new NodeId("node-2"), at(9)), node -> false, at(9))
                .withSwitch(Option.coop(ACADEMIC), true, at(10))
                .withSwitch(REFERENCE, true, at(10))
                .withSwitch(Option.operator(ANA), true, at(11))
                .oneChatMore(at(12))
                .successor();
        for (Status status : Status.values()) {
            samples.add(
                    Sample.of("presence " + status.name().toLowerCase(Locale.ROOT), there.withStatus(status, at(13))));
        }
        for (SignOff how : List.of(
                SignOff.self(ANA),
                SignOff.colleague(MAYA),
                SignOff.rule(DepartmentId.of("reference")),
                SignOff.idle())) {
            samples.add(Sample.of(
                    "presence signed out, " + how.why().name().toLowerCase(Locale.ROOT), there.signedOut(at(14), how)));
        }
        return samples;
    }
}
