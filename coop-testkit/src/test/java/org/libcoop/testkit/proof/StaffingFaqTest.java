package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.outcome;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.FaqSession;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqFindings;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryFaq;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Notice;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/**
 * FAQs beside a chat and what they keep for staff (F1, F2, F4, M6, G17). Springy's patrons are answered by ana at its desk and by hill's
 * olga through the co-op; bea is springy's local admin, cora the co-op's COOP_ADMIN.
 */
class StaffingFaqTest {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final WidgetId WIDGET = WidgetId.of("databases");

    /** Stands in springy's entries for staff, and must be found nowhere but with those who may read them. */
    private static final String CANARY = "canary-5713-kx";

    private static final String OTHER_CANARY = "hill-canary-1199";

    private final Rig rig = new Rig();
    private final InMemoryFaq faqs = new InMemoryFaq();
    private final TrailProxy trail = new TrailProxy();
    private boolean faqsAway;
    private final Site node = node();
    private final Seat olga = node.on("olga", COOP);
    private final Seat ana = node.seat("ana");
    private final Visitor visitor = node.visitor("v");

    private Site node() {
        for (InstitutionId institution : List.of(SPRINGY, HILL)) {
            for (FaqVisibility visibility : FaqVisibility.values()) {
                faqs.save(new FaqGroup(visibility.name(), institution, visibility + " group", visibility));
            }
        }
        entry(
                SPRINGY,
                "hours",
                FaqVisibility.PUBLIC,
                "Library hours",
                "From nine to five.",
                "https://springy.example/hours");
        entry(SPRINGY, "loan", FaqVisibility.PUBLIC, "Library loans", "Call 555-0100-77 for a loan.", null);
        entry(
                SPRINGY,
                "login",
                FaqVisibility.STAFFING,
                "Library log-in",
                "User " + CANARY + ", phone 555 0100 77.",
                null);
        entry(SPRINGY, "memo", FaqVisibility.INTERNAL, "Library memo", "For us.", null);
        entry(SPRINGY, "secret", FaqVisibility.RESTRICTED, "Library board", "For a few of us.", null);
        entry(SPRINGY, "draft", FaqVisibility.HIDDEN, "Library draft", "For nobody.", null);
        entry(HILL, "hours", FaqVisibility.PUBLIC, "Library hours of the college", "At ten.", null);
        entry(HILL, "login", FaqVisibility.STAFFING, "Library log-in of the college", OTHER_CANARY, null);
        faqs.readable(OperatorId.of("ana"), List.of("PUBLIC", "STAFFING", "INTERNAL", "HIDDEN"));
        faqs.readable(OperatorId.of("olga"), List.of("PUBLIC"));
        return rig.node(
                "n",
                CoopEngine.builder()
                        .directory(Rig.directory()
                                .operators("springy", "bea")
                                .admins("bea")
                                .operators("hill", "cora")
                                .account("academic", "cora", Level.COOP_ADMIN)
                                .build())
                        .archive(new InMemoryArchive())
                        .auditTrail(trail)
                        .faqs(new FaqProxy(faqs, () -> faqsAway)));
    }

    private void entry(
            InstitutionId institution, String id, FaqVisibility in, String title, String text, @Nullable String link) {
        faqs.save(new FaqEntry(id, institution, in.name(), title, text, link, "en", LocalDate.of(2026, 1, 5)));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /** A chat that olga answers through the co-op. */
    private ChatId shared() {
        ChatId chat = visitor.starts();
        rig.clock.advance(Duration.ofSeconds(30));
        done(olga.session().claim(chat));
        return chat;
    }

    /** A chat that ana answers at springy's desk. */
    private ChatId local() {
        done(ana.session().signIn());
        done(ana.session().monitor(DESK, true));
        ChatId chat = visitor.starts();
        done(ana.session().claim(chat));
        return chat;
    }

    private static List<String> ids(Outcome<FaqFindings> found) {
        return found.orElseThrow().page().hits().stream()
                .map(FaqHit::entry)
                .sorted()
                .toList();
    }

    private List<AuditRecord> recorded(Operation operation) {
        return trail.search(AuditQuery.ALL, null, AuditTrail.PAGE).rows().stream()
                .filter(record -> record.operation() == operation)
                .toList();
    }

    private List<String> said(ChatId chat) {
        return node.engine.inspect(chat).orElseThrow().log().stream()
                .map(Logged::content)
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList();
    }

    // ---- F1: who searches what

    @Test
    void theOwnerOfACoopChatFindsWhatThePatronsLibraryHasForPatronsAndForStaff() {
        ChatId chat = shared();
        FaqSession faq = olga.session().faq();

        assertThat(ids(faq.search(chat, "library", null, null, 50))).containsExactly("hours", "loan", "login");
        assertThat(faq.entry(chat, "hours").orElseThrow().entry().reviewed()).isEqualTo("2026-01-05"); // F3
        assertThat(faq.staffing(chat, "login").orElseThrow().entry().text()).contains(CANARY);
        for (String other : List.of("memo", "secret", "draft", "nothing")) {
            assertThat(code(faq.entry(chat, other).refusal())).isEqualTo(RefusalCode.NOT_FOUND);
            assertThat(code(faq.staffing(chat, other).refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        }
        assertThat(code(faq.staffing(chat, "hours").refusal())).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void whoClaimedAtTheOwnDeskSearchesTheOwnFaqByLocalRights() {
        ChatId chat = local();
        FaqSession faq = ana.session().faq();

        assertThat(ids(faq.search(chat, "library", null, null, 50))).containsExactly("hours", "loan", "memo");
        assertThat(ids(faq.search("library", null, null, 50))).containsExactly("hours", "loan", "memo");
        assertThat(faq.groups().orElseThrow()).extracting(FaqGroup::id).containsExactly("INTERNAL", "PUBLIC");
        assertThat(faq.entry(chat, "memo").orElseThrow().group().visibility()).isEqualTo(FaqVisibility.INTERNAL);
        assertThat(code(faq.staffing(chat, "login").refusal())).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(code(faq.entry("login").refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(faq.entry("draft").refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(recorded(Operation.READ_STAFFING_FAQ))
                .extracting(AuditRecord::code)
                .containsOnly(RefusalCode.NOT_OWNER);
    }

    @Test
    void withoutAChatNobodySearchesAnotherLibrary() {
        shared();

        assertThat(ids(olga.session().faq().search("library", null, null, 50))).containsExactly("hours");
        assertThat(olga.session().faq().entry("hours").orElseThrow().entry().institution())
                .isEqualTo(HILL);
        assertThat(code(node.engine
                        .faq(OperatorId.of("ghost"))
                        .search("library", null, null, 5)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void patronsFindWhatIsPublic() {
        assertThat(node.engine
                        .searchFaq(WIDGET, "library", null, null, 50)
                        .orElseThrow()
                        .hits())
                .extracting(FaqHit::entry)
                .containsExactlyInAnyOrder("hours", "loan");
        assertThat(node.engine.faqEntry(WIDGET, "hours").orElseThrow().title()).isEqualTo("Library hours");
        assertThat(code(node.engine.faqEntry(WIDGET, "login").refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(node.engine
                        .searchFaq(WidgetId.of("none"), "x", null, null, 5)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(node.engine
                        .searchFaq(WIDGET, "x".repeat(201), null, null, 5)
                        .refusal()))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(node.engine.searchFaq(WIDGET, "x".repeat(200), null, null, 5).refusal())
                .isEmpty();
        assertThat(code(node.engine.searchFaq(WIDGET, "x", null, null, 0).refusal()))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(node.engine.searchFaq(WIDGET, "x", null, "wrong", 5).refusal()))
                .isEqualTo(RefusalCode.INVALID);
    }

    // ---- F2: while owned, and on record

    @Test
    void whatIsForStaffIsReadWhileTheChatIsOwnedAndNoLonger() {
        ChatId chat = shared();
        FaqSession faq = olga.session().faq();

        assertThat(faq.staffing(chat, "login").refusal()).isEmpty();
        done(olga.session().end(chat, Disposition.ANSWERED));

        assertThat(code(faq.staffing(chat, "login").refusal())).isEqualTo(RefusalCode.CHAT_OVER);
        assertThat(code(faq.search(chat, "library", null, null, 5).refusal())).isEqualTo(RefusalCode.CHAT_OVER);
    }

    @Test
    void whoHandedTheChatOverReadsNoMoreAndWhoTookItDoes() {
        ChatId chat = shared();
        done(ana.session().signIn());
        done(olga.session().transfer(chat, Option.operator("ana")));
        assertThat(code(ana.session().faq().staffing(chat, "login").refusal())).isEqualTo(RefusalCode.NOT_OWNER);
        done(ana.session().accept(chat));

        assertThat(code(olga.session().faq().staffing(chat, "login").refusal())).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(ana.session().faq().staffing(chat, "login").refusal()).isEmpty();
    }

    @Test
    void everyAccessIsOnRecordByIdsBeforeItIsAnswered() {
        ChatId chat = shared();
        FaqSession faq = olga.session().faq();

        faq.search(chat, "library", null, null, 50).orElseThrow();
        faq.entry(chat, "hours").orElseThrow();
        faq.staffing(chat, "login").orElseThrow();

        Thing entry = new Thing(Kind.FAQ_ENTRY, "login", chat.value());
        assertThat(recorded(Operation.READ_STAFFING_FAQ))
                .extracting(AuditRecord::thing)
                .containsExactlyInAnyOrder(Thing.of(Kind.CHAT, chat.value()), entry, entry);
        assertThat(recorded(Operation.READ_STAFFING_FAQ)).allSatisfy(record -> {
            assertThat(record.who().operator()).isEqualTo(OperatorId.of("olga"));
            assertThat(record.institutions()).containsExactlyInAnyOrder(SPRINGY, HILL);
        });
    }

    @Test
    void whileTheTrailIsAwayNothingForStaffIsShown() {
        ChatId chat = shared();
        trail.away = true;

        assertThat(code(olga.session()
                        .faq()
                        .search(chat, "library", null, null, 5)
                        .refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(code(olga.session().faq().staffing(chat, "login").refusal())).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(olga.session().faq().entry(chat, "hours").refusal()).isEmpty();
        assertThat(refusal(olga.session().release(chat, CANARY))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(said(chat)).noneMatch(text -> text.contains(CANARY));
    }

    // ---- F1: sending

    @Test
    void aPublicEntryIsSentByOneAction() {
        ChatId chat = shared();
        FaqSession faq = olga.session().faq();

        Receipt receipt = done(faq.send(chat, "hours", "s1"));
        done(faq.send(chat, "loan", "s2"));

        assertThat(done(faq.send(chat, "hours", "s1"))).isEqualTo(receipt);
        assertThat(said(chat))
                .endsWith(
                        "Library hours\nhttps://springy.example/hours",
                        "Library loans\n\nCall 555-0100-77 for a loan.");
        assertThat(refusal(faq.send(chat, "login"))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(faq.send(chat, "memo"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(ana.session().faq().send(chat, "hours"))).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(refusal(faq.send(ChatId.of("none"), "hours"))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void beforeALocalChatAnEntryForStaffDoesNotEvenExist() {
        ChatId chat = local();

        assertThat(refusal(ana.session().faq().send(chat, "login"))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void aSentEntryThatWasSentIsKnownByItsIdAfterTheEnd() {
        ChatId chat = shared();
        Receipt receipt = done(olga.session().faq().send(chat, "hours", "s1"));
        done(olga.session().end(chat, Disposition.ANSWERED));

        assertThat(done(olga.session().faq().send(chat, "hours", "s1"))).isEqualTo(receipt);
    }

    // ---- G17: the guard

    @Test
    void aReplyWithASecretIsRefusedAndChangesNothing() {
        ChatId chat = shared();
        List<String> before = said(chat);

        Outcome<Receipt> refused = outcome(olga.session().say(chat, "The user is CANARY\u20115713\u2011kx.", "m1"));

        assertThat(code(refused.refusal())).isEqualTo(RefusalCode.STAFFING_SECRET);
        assertThat(refused.refusal().orElseThrow().message())
                .contains("login")
                .doesNotContain("5713", "Library log-in");
        assertThat(said(chat)).isEqualTo(before);
        done(olga.session().say(chat, "No user for you.", "m1"));
        assertThat(said(chat)).endsWith("No user for you.");
    }

    @Test
    void whoMeansItReleasesItOnRecord() {
        ChatId chat = shared();

        Receipt receipt = done(olga.session().release(chat, "User " + CANARY, "m1"));

        assertThat(said(chat)).endsWith("User " + CANARY);
        assertThat(recorded(Operation.RELEASE_STAFFING)).singleElement().satisfies(record -> {
            assertThat(record.thing()).isEqualTo(new Thing(Kind.FAQ_ENTRY, "login", chat.value()));
            assertThat(record.who().operator()).isEqualTo(OperatorId.of("olga"));
        });
        assertThat(done(olga.session().release(chat, "User " + CANARY, "m1"))).isEqualTo(receipt);
        assertThat(done(olga.session().say(chat, "User " + CANARY, "m1"))).isEqualTo(receipt);
    }

    @Test
    void ofAReleaseWithNothingToReleaseNothingIsRecorded() {
        ChatId chat = shared();

        done(olga.session().release(chat, "Good morning!"));

        assertThat(recorded(Operation.RELEASE_STAFFING)).isEmpty();
    }

    @Test
    void nobodyButTheOwnerLearnsByTryingWhatIsSecret() {
        ChatId chat = shared();
        done(ana.session().signIn());

        assertThat(refusal(ana.session().say(chat, CANARY))).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(refusal(ana.session().release(chat, CANARY))).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(refusal(node.seat("sven").session().say(chat, CANARY))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(recorded(Operation.RELEASE_STAFFING))
                .extracting(AuditRecord::code)
                .containsExactly(RefusalCode.NOT_OWNER);
    }

    @Test
    void aReplyThatIsSentWithTheClaimIsLookedAtToo() {
        ChatId chat = visitor.starts();
        rig.clock.advance(Duration.ofSeconds(30));
        node.executor.pause();
        var claimed = olga.session().claim(chat);
        var said = olga.session().say(chat, CANARY);
        node.executor.resume();

        done(claimed);
        assertThat(refusal(said)).isEqualTo(RefusalCode.STAFFING_SECRET);
    }

    @Test
    void anInternalNoteMayHoldIt() {
        ChatId chat = shared();

        done(olga.session().note(chat, CANARY));

        assertThat(visitor.session().conversation(0))
                .noneMatch(entry -> String.valueOf(entry.content()).contains(CANARY));
    }

    @Test
    void whatTheLibraryShowsToEverybodyIsNoSecret() {
        ChatId chat = shared();
        entry(
                SPRINGY,
                "call",
                FaqVisibility.STAFFING,
                "Whom to call",
                "Call 555-7700-12 or ask-me-7@springy.example.",
                null);

        done(olga.session().say(chat, "Call 555 0100 77.")); // stands in the public entry on loans
        assertThat(refusal(olga.session().say(chat, "Call 555 7700 12."))).isEqualTo(RefusalCode.STAFFING_SECRET);
        InstitutionCard card =
                new InstitutionCard(SPRINGY, "", "+1 555-7700-12", List.of(), "ask-me-7@springy.example", null);
        done(node.engine.faq(OperatorId.of("bea")).saveCard(card));

        done(olga.session().say(chat, "Call 555 7700 12."));
        assertThat(refusal(olga.session().say(chat, "ask-me-7@springy.example"))) // alerts are for staff
                .isEqualTo(RefusalCode.STAFFING_SECRET);
    }

    @Test
    void aLocalReplyIsLookedAtToo() {
        ChatId chat = local();

        assertThat(refusal(ana.session().say(chat, CANARY))).isEqualTo(RefusalCode.STAFFING_SECRET);
        assertThat(refusal(ana.session().say(chat, OTHER_CANARY))).isNull();
    }

    @Test
    void whileTheFaqIsAwayTheLastListHoldsAndWithoutOneNothingIsSaid() {
        ChatId chat = shared();
        faqsAway = true;

        assertThat(refusal(olga.session().say(chat, "Hello"))).isEqualTo(RefusalCode.UNAVAILABLE);
        faqsAway = false;
        done(olga.session().say(chat, "Hello"));
        faqsAway = true;

        done(olga.session().say(chat, "Hello again"));
        assertThat(refusal(olga.session().say(chat, CANARY))).isEqualTo(RefusalCode.STAFFING_SECRET);
        assertThat(code(olga.session()
                        .faq()
                        .search(chat, "library", null, null, 5)
                        .refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(refusal(ana.session().say(chat, "Hello"))).isEqualTo(RefusalCode.NOT_OWNER);
    }

    // ---- F4, M6

    @Test
    void theCardIsShownToWhoMayPreviewAndToTheOwner() {
        InstitutionCard card = new InstitutionCard(
                SPRINGY,
                "9 to 5",
                "555",
                List.of(new InstitutionCard.Link("Maps", "https://maps.example")),
                "Lift",
                LocalDate.of(2026, 1, 5));
        done(node.engine.faq(OperatorId.of("bea")).saveCard(card));
        assertThat(refusal(olga.session().faq().saveCard(card))).isEqualTo(RefusalCode.NOT_ALLOWED);
        done(ana.session().signIn());
        done(ana.session().monitor(DESK, true));
        ChatId chat = visitor.starts();
        assertThat(code(olga.session().faq().card(chat).refusal())).isEqualTo(RefusalCode.NOT_ELIGIBLE);
        rig.clock.advance(Duration.ofSeconds(30));

        assertThat(olga.session().faq().card(chat).orElseThrow()).isEqualTo(card);
        done(olga.session().claim(chat));
        assertThat(olga.session().faq().card(chat).orElseThrow()).isEqualTo(card);
        assertThat(code(ana.session().faq().card(chat).refusal())).isEqualTo(RefusalCode.NOT_ELIGIBLE);
    }

    @Test
    void cannedMessagesAreKeptByAdminsAndSeenByTheirPeople() {
        BlockScope springy = BlockScope.of(SPRINGY);
        BlockScope academic = BlockScope.of(CoopId.of("academic"));
        CannedMessages ours = new CannedMessages(springy, List.of(new CannedMessages.Message("Hi", "Hi {patron}")));
        CannedMessages shared = new CannedMessages(academic, List.of(new CannedMessages.Message("Bye", "Bye")));

        done(node.engine.accounts(OperatorId.of("bea")).saveCanned(ours));
        done(node.engine.accounts(OperatorId.of("cora")).saveCanned(shared));

        assertThat(node.engine.accounts(OperatorId.of("ana")).canned(springy).orElseThrow())
                .isEqualTo(ours);
        assertThat(node.engine.accounts(OperatorId.of("maya")).canned(academic).orElseThrow())
                .isEqualTo(shared);
        assertThat(code(node.engine
                        .accounts(OperatorId.of("olga"))
                        .canned(springy)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(node.engine.accounts(OperatorId.of("bea")).saveCanned(shared)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(node.engine.accounts(OperatorId.of("cora")).saveCanned(ours)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    // ---- G17: nowhere else

    @Test
    void theCanaryIsFoundWithTheOwnerAndInTheReleasedMessageAndNowhereElse() throws Exception {
        List<Object> elsewhere = new ArrayList<>();
        ChatId chat = shared();
        FaqSession faq = olga.session().faq();
        FaqFindings found = faq.search(chat, CANARY, null, null, 50).orElseThrow();
        faq.staffing(chat, "login").orElseThrow();
        elsewhere.add(found);
        elsewhere.add(faq.staffing(chat, "login"));
        elsewhere.add(outcome(olga.session().say(chat, CANARY)));
        elsewhere.add(outcome(faq.send(chat, "login")));
        elsewhere.add(faq.search(chat, CANARY, null, "wrong", 5));
        elsewhere.add(ana.session().faq().search(CANARY, null, null, 5));
        elsewhere.add(node.engine.searchFaq(WIDGET, CANARY, null, null, 5));
        elsewhere.add(faq.search(CANARY, null, null, 5));
        elsewhere.add(visitor.notices());
        elsewhere.add(visitor.session().conversation(0));
        elsewhere.add(olga.notices());
        done(olga.session().end(chat, Disposition.ANSWERED));
        rig.clock.advance(Duration.ofSeconds(5));
        StringBuilder exported = new StringBuilder();
        node.engine
                .transcripts(OperatorId.of("bea"))
                .export(TranscriptPath.home(), ArchiveQuery.ALL, TranscriptFormat.JSON_LINES, exported)
                .orElseThrow();
        elsewhere.add(exported);
        elsewhere.add(node.engine.inspect(chat));
        elsewhere.add(node.engine.directory().records());
        elsewhere.add(trail.search(AuditQuery.ALL, null, AuditTrail.PAGE));
        elsewhere.add(node.engine.health());

        assertThat(found.page().hits()).extracting(FaqHit::entry).containsExactly("login");
        assertThat(elsewhere.stream().map(String::valueOf).collect(Collectors.joining("\n")))
                .contains(chat.value())
                .doesNotContain("5713", "canary", "Library log-in");
    }

    @Test
    void aReleasedSecretIsInTheMessageAlone() {
        ChatId chat = shared();

        done(olga.session().release(chat, "User " + CANARY));

        assertThat(visitor.session().conversation(0))
                .anyMatch(entry -> String.valueOf(entry.content()).contains(CANARY));
        assertThat(visitor.notices()).anyMatch(Notice.class::isInstance);
        assertThat(trail.search(AuditQuery.ALL, null, AuditTrail.PAGE).toString())
                .doesNotContain("5713");
    }
}
