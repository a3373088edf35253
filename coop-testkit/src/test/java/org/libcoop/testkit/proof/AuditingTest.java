package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.outcome;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.AccountSession;
import org.libcoop.BlockSession;
import org.libcoop.CoopEngine;
import org.libcoop.TranscriptSession;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/**
 * What takes an admin's rights and what is denied leaves a record without content (A8, A9). Beside the usual people bea is springy's
 * local admin, ana its INSTITUTION_ADMIN in the co-op, cora the co-op's COOP_ADMIN.
 */
class AuditingTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final TranscriptPath HOME = TranscriptPath.home();

    /** Stands in whatever a patron or librarian says, and must stand in no record. */
    private static final String CANARY = "canary-5713";

    private final Rig rig = new Rig();
    private final TrailProxy trail = new TrailProxy();
    private final List<Mailer.Mail> mails = new ArrayList<>();
    /** A block that is there from the start. */
    private final PatronBlock block = new PatronBlock(
            BlockScope.of(SPRINGY),
            1,
            BlockId.of("b1"),
            "hash",
            null,
            CANARY,
            OperatorId.of("bea"),
            rig.clock.now(),
            rig.clock.now().plus(Duration.ofDays(30)),
            null);

    private final Site node = node();

    private Site node() {
        return rig.node(
                "n",
                CoopEngine.builder()
                        .directory(Rig.directory()
                                .operators("springy", "bea")
                                .admins("bea")
                                .account("academic", "ana", Level.INSTITUTION_ADMIN)
                                .operators("hill", "cora")
                                .account("academic", "cora", Level.COOP_ADMIN)
                                .add(block)
                                .build())
                        .archive(new InMemoryArchive())
                        .auditTrail(trail)
                        .mailer(mails::add)
                        .ticketDesk(new TicketDesk() {
                            @Override
                            public String create(TicketOrder order) {
                                return "T-1";
                            }

                            @Override
                            public void forget(TicketId ticket) {
                                // It kept nothing.
                            }
                        }));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private TranscriptSession transcripts(String who) {
        return node.engine.transcripts(OperatorId.of(who));
    }

    private AccountSession accounts(String who) {
        return node.engine.accounts(OperatorId.of(who));
    }

    private static Who who(String operator) {
        return Who.operator(OperatorId.of(operator));
    }

    /** A chat that olga had through the co-op, and that is over. */
    private ChatId over() {
        Seat olga = node.on("olga", COOP);
        Visitor visitor = node.visitor("v" + CANARY);
        ChatId chat = done(visitor.session()
                        .startChat(
                                WidgetId.of("databases"),
                                new Content.PatronDetails(CANARY, CANARY + "@example.edu", null, null, false),
                                CANARY + " a question",
                                "start"))
                .chat();
        rig.pass(31);
        done(olga.session().claim(chat));
        done(olga.session().say(chat, CANARY + " an answer"));
        done(olga.session().note(chat, CANARY + " a note"));
        done(olga.session().end(chat, Disposition.ANSWERED));
        return chat;
    }

    private List<AuditRecord> records() {
        return trail.search(AuditQuery.ALL, null, AuditTrail.PAGE).rows();
    }

    /** What was recorded while something was done. */
    private List<AuditRecord> recordedBy(Runnable act) {
        List<AuditRecord> before = records();
        act.run();
        List<AuditRecord> after = new ArrayList<>(records());
        after.removeAll(before);
        return after;
    }

    // ---- What is done

    private static InstitutionCard card() {
        return new InstitutionCard(SPRINGY, CANARY, "", List.of(), CANARY, null);
    }

    private static CannedMessages canned() {
        return new CannedMessages(BlockScope.of(SPRINGY), List.of(new CannedMessages.Message(CANARY, CANARY)));
    }

    /** One who may do it, what it is done to, and doing it. */
    private record Done(Who who, Thing thing, Supplier<Outcome<?>> act) {}

    private Map<Operation, Done> privileged(ChatId chat) {
        Thing thing = Thing.of(Kind.CHAT, chat.value());
        OperatorId ben = OperatorId.of("ben");
        Widget widget = node.engine.directory().widget(WidgetId.of("databases")).orElseThrow();
        Map<Operation, Done> acts = new EnumMap<>(Operation.class);
        acts.put(
                Operation.READ_AT_HOME,
                new Done(who("bea"), thing, () -> transcripts("bea").read(HOME, chat)));
        acts.put(
                Operation.READ_OF_COOP,
                new Done(who("cora"), thing, () -> transcripts("cora").read(TranscriptPath.coop(ACADEMIC), chat)));
        acts.put(
                Operation.GIVE_FEEDBACK,
                new Done(
                        who("bea"),
                        thing,
                        () -> outcome(node.engine.feedback(OperatorId.of("bea")).give(chat, 3, CANARY))));
        acts.put(
                Operation.DISCUSS_FEEDBACK,
                new Done(
                        who("cora"),
                        thing,
                        () -> node.engine
                                .feedback(OperatorId.of("cora"))
                                .posts(TranscriptPath.coop(ACADEMIC), chat, 1, 10)));
        acts.put(
                Operation.REDACT,
                new Done(who("bea"), thing, () -> outcome(transcripts("bea").redact(chat, 4))));
        acts.put(
                Operation.DELETE_CONTENT,
                new Done(who("bea"), thing, () -> outcome(transcripts("bea").delete(chat))));
        acts.put(
                Operation.EMAIL_TRANSCRIPT,
                new Done(who("bea"), thing, () -> transcripts("bea").email(chat, "dean@example.edu")));
        acts.put(
                Operation.END_SESSION,
                new Done(
                        who("bea"),
                        Thing.of(Kind.OPERATOR, "ben"),
                        () -> outcome(node.seat("bea").session().endSession(ben))));
        acts.put(
                Operation.MANAGE_ACCOUNT,
                new Done(
                        who("ana"),
                        new Thing(Kind.ACCOUNT, "ben", "academic"),
                        () -> outcome(accounts("ana").grant(ben, ACADEMIC, Level.REGULAR))));
        acts.put(
                Operation.SET_COVERAGE,
                new Done(
                        who("ana"),
                        new Thing(Kind.MEMBERSHIP, "springy", "academic"),
                        () -> outcome(node.seat("ana").session().setCoverage(SPRINGY, ACADEMIC, Coverage.none()))));
        acts.put(
                Operation.SAVE_WIDGET,
                new Done(
                        who("bea"),
                        Thing.of(Kind.WIDGET, "databases"),
                        () -> outcome(node.seat("bea").session().saveWidget(widget))));
        acts.put(
                Operation.READ_AUDIT,
                new Done(
                        who("bea"),
                        Thing.of(Kind.INSTITUTION, "springy"),
                        () -> accounts("bea").audit(SPRINGY, AuditQuery.ALL, null, 10)));
        Thing institution = Thing.of(Kind.INSTITUTION, "springy");
        acts.put(Operation.EXPORT_PATRON_DATA, new Done(who("bea"), institution, () -> exported("bea", chat)));
        acts.put(
                Operation.ERASE_PATRON_DATA,
                new Done(
                        who("bea"),
                        institution,
                        () -> outcome(transcripts("bea").erasePatron(CANARY + "@example.edu"))));
        acts.put(
                Operation.SET_RETENTION,
                new Done(
                        who("bea"),
                        institution,
                        () -> outcome(
                                accounts("bea").setRetention(SPRINGY, Duration.ofDays(30), Duration.ofDays(60)))));
        acts.put(
                Operation.OPEN_TICKET,
                new Done(
                        who("bea"),
                        thing,
                        () -> node.engine
                                .tickets(OperatorId.of("bea"))
                                .openTicket(chat, new TicketContent(CANARY, CANARY, "a@example.edu", true))));
        acts.put(
                Operation.SEE_TICKETS,
                new Done(
                        who("bea"),
                        thing,
                        () -> node.engine.tickets(OperatorId.of("bea")).ticketsOf(chat)));
        acts.put(
                Operation.BLOCK,
                new Done(who("bea"), thing, () -> outcome(blocks("bea").block(chat, order(null)))));
        acts.put(
                Operation.BLOCK_IN_COOP,
                new Done(who("cora"), thing, () -> outcome(blocks("cora").block(chat, order(ACADEMIC)))));
        acts.put(
                Operation.SEE_BLOCKS,
                new Done(
                        who("bea"),
                        Thing.of(Kind.INSTITUTION, "springy"),
                        () -> blocks("bea").blocks(BlockScope.of(SPRINGY))));
        acts.put(
                Operation.LIFT_BLOCK,
                new Done(
                        who("bea"),
                        new Thing(Kind.BLOCK, "b1", "springy"),
                        () -> outcome(blocks("bea").lift(BlockScope.of(SPRINGY), BlockId.of("b1")))));
        acts.put(
                Operation.SAVE_CARD,
                new Done(
                        who("bea"),
                        institution,
                        () -> outcome(node.engine.faq(OperatorId.of("bea")).saveCard(card()))));
        acts.put(
                Operation.SAVE_CANNED,
                new Done(who("bea"), institution, () -> outcome(accounts("bea").saveCanned(canned()))));
        acts.put(
                Operation.ADMINISTER,
                new Done(
                        Who.HOST,
                        Thing.of(Kind.COOP, "new"),
                        () -> outcome(node.engine.admin().save(Coop.local(CoopId.of("new"), CANARY)))));
        return acts;
    }

    @Test
    void everyPrivilegedOperationThatIsDoneLeavesOneRecord() {
        ChatId chat = over();

        privileged(chat).forEach((operation, done) -> {
            List<AuditRecord> recorded = recordedBy(() ->
                    assertThat(done.act().get().refusal()).as("%s", operation).isEmpty());

            assertThat(recorded).as("%s", operation).singleElement().satisfies(record -> {
                assertThat(record.who()).isEqualTo(done.who());
                assertThat(record.operation()).isEqualTo(operation);
                assertThat(record.thing()).isEqualTo(done.thing());
                assertThat(record.refused()).isEmpty();
                assertThat(record.at()).isEqualTo(rig.clock.now());
            });
        });

        assertThat(privileged(chat).keySet())
                .as("every privileged operation is tried here")
                .isEqualTo(Arrays.stream(Operation.values())
                        .filter(operation -> operation.privileged() && operation != Operation.EXPEL)
                        .collect(Collectors.toSet()));
    }

    @Test
    void whoBlocksAPatronAndEndsTheChatLeavesARecordOfEach() {
        Seat olga = node.on("olga", COOP);
        Visitor visitor = node.visitor("v");
        ChatId chat = done(visitor.session()
                        .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null, "start"))
                .chat();
        rig.pass(31);
        done(olga.session().claim(chat));

        List<AuditRecord> recorded =
                recordedBy(() -> done(blocks("bea").block(chat, order(null).ending(Disposition.LOST))));

        assertThat(recorded)
                .extracting(AuditRecord::operation)
                .containsExactlyInAnyOrder(Operation.BLOCK, Operation.EXPEL);
        assertThat(recorded).extracting(AuditRecord::who).containsOnly(who("bea"));
    }

    private Outcome<?> exported(String by, ChatId chat) {
        try {
            return transcripts(by).exportPatron(chat, new StringBuilder());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private BlockSession blocks(String who) {
        return node.engine.blocks(OperatorId.of(who));
    }

    private BlockOrder order(@Nullable CoopId coop) {
        return new BlockOrder(coop, true, false, CANARY, rig.clock.now().plus(Duration.ofDays(1)), null);
    }

    @Test
    void noRecordHoldsWhatPeopleWroteOrAre() throws IOException {
        ChatId chat = over();

        privileged(chat)
                .forEach((operation, done) ->
                        assertThat(done.act().get()).as("%s", operation).isNotNull());
        transcripts("bea").search(HOME, ArchiveQuery.ALL.text(CANARY), null, 10).orElseThrow();
        transcripts("bea")
                .export(HOME, ArchiveQuery.ALL.text(CANARY), TranscriptFormat.TEXT, new StringBuilder())
                .orElseThrow();
        transcripts("sven").read(HOME, chat);
        refusal(node.seat("sven").session().say(chat, CANARY));

        assertThat(records())
                .hasSizeGreaterThan(10)
                .noneMatch(record -> record.toString().contains(CANARY));
    }

    @Test
    void whatTheHostTakesOutIsOnRecord() {
        ChatId chat = over();

        List<AuditRecord> recorded = recordedBy(() -> {
            node.engine.redact(chat, 4, "gone");
            node.engine.deleteContent(chat);
            node.engine.deleteContent(ChatId.of("no-such-chat"));
        });

        assertThat(recorded)
                .allMatch(record -> record.who().equals(Who.HOST))
                .extracting(AuditRecord::operation)
                .containsExactlyInAnyOrder(Operation.REDACT, Operation.DELETE_CONTENT);
    }

    @Test
    void readingWhatOneOwnedLeavesNoRecordAndWhatOthersOwnedDoes() {
        ChatId chat = over();

        assertThat(recordedBy(() -> {
                    transcripts("olga")
                            .read(TranscriptPath.coop(ACADEMIC), chat)
                            .orElseThrow();
                    transcripts("ana").search(HOME, ArchiveQuery.ALL, null, 10).orElseThrow();
                }))
                .isEmpty();
        assertThat(recordedBy(() -> transcripts("bea")
                        .search(HOME, ArchiveQuery.ALL, null, 10)
                        .orElseThrow()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.thing()).isEqualTo(Thing.of(Kind.TRANSCRIPTS, "springy"));
                    assertThat(record.counts()).isEqualTo(Map.of("listed", 1L));
                });
    }

    @Test
    void anExportIsOnRecordBeforeItBeginsAndWithItsNumberWhenItIsWritten() {
        over();

        List<AuditRecord> recorded = recordedBy(() -> exported("bea"));

        assertThat(recorded)
                .allMatch(record -> record.thing().equals(Thing.of(Kind.TRANSCRIPTS, "springy")))
                .extracting(AuditRecord::counts)
                .extracting(Map::toString)
                .containsExactlyInAnyOrder("{}", "{exported=1}");
    }

    private Outcome<Long> exported(String who) {
        try {
            return transcripts(who).export(HOME, ArchiveQuery.ALL, TranscriptFormat.CSV, new StringBuilder());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    // ---- A trail that is away

    @Test
    void whatCannotBeRecordedIsNotShownButToWhoOwnedIt() {
        ChatId chat = over();
        trail.away = true;

        assertThat(code(transcripts("bea").read(HOME, chat).refusal())).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(code(transcripts("bea")
                        .search(HOME, ArchiveQuery.ALL, null, 10)
                        .refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(code(exported("bea").refusal())).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(code(transcripts("bea").email(chat, "dean@example.edu").refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(mails).isEmpty();
        assertThat(code(accounts("bea").audit(SPRINGY, AuditQuery.ALL, null, 10).refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(transcripts("olga").read(TranscriptPath.coop(ACADEMIC), chat).refusal())
                .isEmpty();
    }

    @Test
    void whatTheTrailDoesNotTakeIsDoneAndBroughtToItLater() {
        trail.away = true;

        done(accounts("ana").grant(OperatorId.of("ben"), ACADEMIC, Level.REGULAR));
        transcripts("sven").read(HOME, ChatId.of("some"));
        rig.pass(10);
        assertThat(records()).isEmpty();
        int asked = trail.asked;
        trail.away = false;
        rig.pass(60);

        assertThat(asked).as("tries, ever more seldom").isBetween(2, 6);
        assertThat(records())
                .extracting(AuditRecord::operation)
                .containsExactlyInAnyOrder(Operation.MANAGE_ACCOUNT, Operation.READ_AT_HOME);
    }

    // ---- Denials

    @Test
    void aFloodOfDenialsIsRecordedOneByOneUpToTheLimitAndThenCounted() {
        TranscriptSession sven = transcripts("sven");
        int most = 60;

        for (int i = 0; i < most + 500; i++) {
            sven.read(HOME, ChatId.of("guess-" + i));
        }
        transcripts("ben").read(HOME, ChatId.of("one"));
        assertThat(records()).hasSize(most + 1);
        rig.pass(61);
        sven.read(HOME, ChatId.of("later"));

        AuditQuery ofSven = AuditQuery.ALL.operator(OperatorId.of("sven"));
        List<AuditRecord> recorded = trail.search(ofSven, null, AuditTrail.PAGE).rows();
        assertThat(recorded)
                .hasSize(most + 2)
                .allMatch(record -> record.refused().isPresent());
        assertThat(recorded)
                .filteredOn(record -> !record.counts().isEmpty())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.counts()).isEqualTo(Map.of("more", 500L));
                    assertThat(record.operation()).isEqualTo(Operation.READ_AT_HOME);
                });
    }

    @Test
    void aPatronWhoNamesTheChatOfAnotherIsOnRecordWithoutAName() {
        node.on("ana", DESK);
        ChatId theirs = node.chatOf("paula");
        Visitor stranger = node.visitor("stewart");
        stranger.starts();

        List<AuditRecord> recorded =
                recordedBy(() -> assertThat(refusal(stranger.session().rate(theirs, 5, null, "r")))
                        .isEqualTo(RefusalCode.NOT_FOUND));

        assertThat(recorded).singleElement().satisfies(record -> {
            assertThat(record.who()).isEqualTo(Who.PATRON);
            assertThat(record.operation()).isEqualTo(Operation.RATE);
            assertThat(record.thing()).isEqualTo(Thing.of(Kind.CHAT, theirs.value()));
            assertThat(record.code()).isEqualTo(RefusalCode.NOT_FOUND);
        });
    }

    @Test
    void whatIsRefusedForOtherReasonsIsNoDenial() {
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        done(ana.session().end(chat, Disposition.ANSWERED));

        List<AuditRecord> recorded = recordedBy(() -> {
            assertThat(refusal(ana.session().say(chat, "too late"))).isEqualTo(RefusalCode.CHAT_OVER);
            assertThat(refusal(accounts("ana").grant(OperatorId.of("ana"), ACADEMIC, Level.REGULAR)))
                    .as("the last admin (A6)")
                    .isEqualTo(RefusalCode.NOT_ALLOWED);
        });

        assertThat(recorded).isEmpty();
    }

    // ---- Who reads it

    @Test
    void aLocalAdminReadsWhatConcernsTheOwnInstitutionAndNotWhomElseItConcerns() {
        ChatId chat = over();
        done(accounts("cora").grant(OperatorId.of("ben"), ACADEMIC, Level.REGULAR));
        done(accounts("cora").grant(OperatorId.of("olga"), ACADEMIC, Level.COOP_ADMIN));
        transcripts("sven").read(HOME, chat);

        AuditPage page = accounts("bea")
                .audit(SPRINGY, AuditQuery.ALL.institution(HILL), null, 10)
                .orElseThrow();

        assertThat(page.rows())
                .allMatch(record -> record.institutions().equals(Set.of(SPRINGY)))
                .extracting(AuditRecord::thing)
                .containsExactlyInAnyOrder(
                        Thing.of(Kind.INSTITUTION, "springy"),
                        Thing.of(Kind.CHAT, chat.value()),
                        new Thing(Kind.ACCOUNT, "ben", "academic"));
        assertThat(code(accounts("bea").audit(HILL, AuditQuery.ALL, null, 10).refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(accounts("bea").audit(SPRINGY, AuditQuery.ALL, "x", 10).refusal()))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(accounts("bea").audit(SPRINGY, AuditQuery.ALL, null, 0).refusal()))
                .isEqualTo(RefusalCode.INVALID);
    }
}
