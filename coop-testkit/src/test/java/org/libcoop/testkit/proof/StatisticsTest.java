package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.Balance;
import org.libcoop.report.ChatFact;
import org.libcoop.report.Counts;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Source;
import org.libcoop.report.Stars;
import org.libcoop.report.Tally;
import org.libcoop.report.Timetable;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.Facts;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/**
 * Reports over chats that were had (S1–S3, S6–S8). Beside the usual people bea is springy's local admin; of hill hugo is the local admin
 * and ira INSTITUTION_ADMIN in the co-op, cora its COOP_ADMIN; nora is local admin of the provider of maya, the backup.
 */
class StatisticsTest {

    private static final TranscriptPath HOME = TranscriptPath.home();
    private static final TranscriptPath ACADEMIC = TranscriptPath.coop("academic");
    private static final ZoneId UTC = ZoneOffset.UTC;

    private final Rig rig = new Rig();
    private final InMemoryArchive archive = new InMemoryArchive();
    private final FactsProxy facts = new FactsProxy(new InMemoryFacts());
    private final Site node = node("n");

    private Site node(String name) {
        return node(name, facts);
    }

    private Site node(String name, Facts counted) {
        return rig.node(
                name,
                CoopEngine.builder()
                        .directory(Rig.directory("anonymiseAfter", "1d")
                                .operators("springy", "bea")
                                .admins("bea")
                                .operators("hill", "hugo", "ira", "cora", "otto")
                                .admins("hugo")
                                .operators("provider", "nora")
                                .admins("nora")
                                .account("academic", "ira", Level.INSTITUTION_ADMIN)
                                .account("academic", "cora", Level.COOP_ADMIN)
                                .account("academic", "otto", Level.REGULAR)
                                .build())
                        .archive(archive)
                        .facts(counted)
                        .sweepEvery(Duration.ofSeconds(10))
                        .deviceReader(agent -> Optional.of(new DeviceReader.Device(agent, "Linux"))));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    // ---- What is reported

    private Timetable timetable(String who, TranscriptPath path) {
        return node.engine
                .statistics(OperatorId.of(who))
                .timetable(path, FactQuery.ALL, UTC)
                .orElseThrow();
    }

    private Tally total(String who, TranscriptPath path) {
        return timetable(who, path).total();
    }

    private Counts counts(String who, TranscriptPath path, FactQuery filter) {
        return node.engine
                .statistics(OperatorId.of(who))
                .timetable(path, filter, UTC)
                .orElseThrow()
                .total()
                .counts();
    }

    private PartTallies parts(String who, TranscriptPath path, Part part) {
        return node.engine
                .statistics(OperatorId.of(who))
                .parts(path, FactQuery.ALL, part, 100)
                .orElseThrow();
    }

    // ---- What happens

    /** A chat that ana had at springy's desk after 10 s, for 5 minutes. */
    private ChatId local() {
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("paula");
        rig.pass(10);
        done(ana.session().claim(chat));
        rig.pass(300);
        done(ana.session().end(chat, Disposition.ANSWERED));
        done(ana.session().signOut());
        return chat;
    }

    /** A chat that olga had through the co-op after 40 s, for 10 minutes. */
    private ChatId throughCoop() {
        Seat ana = node.on("ana", DESK);
        Seat olga = node.on("olga", COOP);
        Visitor stewart = node.visitor("stewart");
        ChatId chat = done(stewart.session()
                        .startChat(
                                WidgetId.of("databases"),
                                new PatronDetails(
                                        "Stewart", null, "https://Springy.example/db?user=stewart", "Firefox", false),
                                null,
                                "start"))
                .chat();
        rig.pass(40);
        done(olga.session().claim(chat));
        rig.pass(600);
        done(olga.session().end(chat, Disposition.ANSWERED));
        done(stewart.session().rate(chat, 4, "thanks", "rated"));
        done(olga.session().signOut());
        done(ana.session().signOut());
        return chat;
    }

    /** A chat that maya had as backup after 70 s, for a minute. */
    private ChatId backup() {
        Seat olga = node.on("olga", COOP);
        Seat maya = node.on("maya", COOP);
        ChatId chat = node.chatOf("nick");
        rig.pass(70);
        done(maya.session().claim(chat));
        rig.pass(60);
        done(maya.session().end(chat, Disposition.ANSWERED));
        done(maya.session().signOut());
        done(olga.session().signOut());
        return chat;
    }

    /** A chat whose patron left after 20 s. */
    private ChatId missed() {
        Seat ana = node.on("ana", DESK);
        Visitor patron = node.visitor("hasty");
        ChatId chat = patron.starts();
        rig.pass(20);
        done(patron.session().leave(chat, "leave"));
        done(ana.session().signOut());
        return chat;
    }

    private void dismissed() {
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("spammer");
        done(ana.session().dismiss(chat, "spam"));
        done(ana.session().signOut());
    }

    // ---- Definitions

    @Test
    void everyChatHasOneOutcomeAndTheySumUpToWhatWasRequested() {
        local();
        throughCoop();
        missed();
        dismissed();
        Seat ana = node.on("ana", DESK);
        node.chatOf("waiting");
        ChatId claimed = node.chatOf("talking");
        rig.pass(5);
        done(ana.session().claim(claimed));

        Tally total = total("bea", HOME);

        assertThat(total.counts()).isEqualTo(new Counts(3, 1, 1, 1, 2, 1));
        assertThat(total.counts().requested()).isEqualTo(6);
        assertThat(total.waits().count()).isEqualTo(3);
        assertThat(total.durations().count()).isEqualTo(2);
    }

    @Test
    void waitIsToTheFirstClaimAndDurationFromThereToTheEnd() {
        local();
        throughCoop();

        Tally total = total("bea", HOME);

        assertThat(total.waits().sum()).isEqualTo(Duration.ofSeconds(50));
        assertThat(total.durations().sum()).isEqualTo(Duration.ofMinutes(15));
        assertThat(total.waits().percentile(50)).isEqualTo(Duration.ofSeconds(10));
        assertThat(total.waits().percentile(90)).isEqualTo(Duration.ofSeconds(40));
        assertThat(total.answeredWithin(Duration.ofSeconds(39))).isEqualTo(0.5);
        assertThat(total.answeredWithin(Duration.ofSeconds(40))).isEqualTo(1.0);
    }

    @Test
    void aChatCountsOnceForItsLastOwner() {
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben", DESK);
        ChatId chat = node.chatOf("paula");
        done(ana.session().claim(chat));
        rig.pass(60);
        done(ana.session().transfer(chat, Option.operator("ben")));
        done(ben.session().accept(chat));
        done(ben.session().end(chat, Disposition.ANSWERED));

        PartTallies operators = parts("bea", HOME, Part.OPERATOR);

        assertThat(operators.rows()).extracting(PartTallies.Row::value).containsExactly("ben");
        assertThat(operators.total().durations().sum()).isEqualTo(Duration.ofSeconds(60));
        assertThat(counts("ben", HOME, FactQuery.ALL).answered()).isEqualTo(1);
        assertThat(counts("ana", HOME, FactQuery.ALL).answered()).isZero();
    }

    @Test
    void aChatCountsAtItsStartInTheReportsZone() {
        local();
        var start = rig.start.atZone(ZoneId.of("Asia/Kolkata"));

        Timetable timetable = node.engine
                .statistics(OperatorId.of("bea"))
                .timetable(HOME, FactQuery.ALL, ZoneId.of("Asia/Kolkata"))
                .orElseThrow();

        assertThat(timetable.at(start.getDayOfWeek(), start.getHour()).counts().answered())
                .isEqualTo(1);
        assertThat(timetable.months()).containsOnlyKeys(YearMonth.from(start));
    }

    // ---- Who sees what (A1–A4, D8)

    @ParameterizedTest
    @CsvSource({
        // at home: the admins all, others what they answered
        "bea, home, 3, 1",
        "ana, home, 1, 0",
        "ben, home, 0, 0",
        "olga, home, 0, 0",
        "hugo, home, 0, 0",
        // through the co-op: oneself, one's library, everybody, the provider's admins their people
        "olga, academic, 1, 0",
        "otto, academic, 0, 0",
        "ira, academic, 1, 0",
        "cora, academic, 2, 0",
        "maya, academic, 1, 0",
        "nora, academic, 1, 0",
    })
    void eachSeesTheChatsWhoseTranscriptsTheyMayRead(String who, String path, long answered, long missed) {
        local();
        throughCoop();
        backup();
        missed();
        TranscriptPath along = path.equals("home") ? HOME : TranscriptPath.coop(path);

        assertThat(total(who, along).counts().answered()).isEqualTo(answered);
        assertThat(total(who, along).counts().missed()).isEqualTo(missed);
        for (Part part : Part.values()) {
            assertThat(parts(who, along, part).total()).as("%s", part).isEqualTo(total(who, along));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bea", "ana", "hugo", "sven"})
    void whoHasNoPlaceInACoopSeesNoReportOfIt(String who) {
        throughCoop();

        var statistics = node.engine.statistics(OperatorId.of(who));
        assertThat(code(statistics.timetable(ACADEMIC, FactQuery.ALL, UTC).refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(statistics.parts(ACADEMIC, FactQuery.ALL, Part.HOME, 1).refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(statistics.balance(ACADEMIC, FactQuery.ALL).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void whoIsNotInTheDirectorySeesNothing() {
        assertThat(code(node.engine
                        .statistics(OperatorId.of("nobody"))
                        .timetable(HOME, FactQuery.ALL, UTC)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void aFilterNarrowsDownAndNeverWidens() {
        local();
        throughCoop();
        missed();

        assertThat(counts("bea", HOME, FactQuery.ALL.coop(CoopId.of("academic")))
                        .requested())
                .isEqualTo(1);
        assertThat(counts("bea", HOME, FactQuery.ALL.answeredBy(InstitutionId.of("springy")))
                        .requested())
                .isEqualTo(1);
        assertThat(counts("bea", HOME, FactQuery.ALL.operator(OperatorId.of("olga")))
                        .requested())
                .isEqualTo(1);
        assertThat(counts("bea", HOME, FactQuery.ALL.outcome(ChatOutcome.MISSED))
                        .requested())
                .isEqualTo(1);
        assertThat(counts("bea", HOME, FactQuery.ALL.rating(4)).requested()).isEqualTo(1);
        assertThat(counts("bea", HOME, FactQuery.ALL.widget(WidgetId.of("databases")))
                        .requested())
                .isEqualTo(3);
        assertThat(counts("bea", HOME, FactQuery.ALL.started(rig.at(300), null)).requested())
                .isEqualTo(2);
        assertThat(counts("bea", HOME, FactQuery.ALL.home(InstitutionId.of("hill")))
                        .requested())
                .isZero();
        assertThat(counts("ana", HOME, FactQuery.ALL.operator(OperatorId.of("olga")))
                        .requested())
                .isZero();
        assertThat(counts("ira", ACADEMIC, FactQuery.ALL.answeredBy(InstitutionId.of("provider")))
                        .requested())
                .isZero();
        assertThat(counts("cora", ACADEMIC, FactQuery.ALL.coop(CoopId.of("other")))
                        .requested())
                .isZero();
    }

    @Test
    void aReportHasSomeRows() {
        assertThat(code(node.engine
                        .statistics(OperatorId.of("bea"))
                        .parts(HOME, FactQuery.ALL, Part.HOME, 0)
                        .refusal()))
                .isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void withoutAnArchiveThereAreNoReports() {
        Site bare = rig.node("bare");

        assertThat(code(bare.engine
                        .statistics(OperatorId.of("ana"))
                        .timetable(HOME, FactQuery.ALL, UTC)
                        .refusal()))
                .isEqualTo(RefusalCode.UNSUPPORTED);
    }

    // ---- Reports

    @Test
    void whereChatsCameFrom() {
        throughCoop();
        missed();

        assertThat(parts("bea", HOME, Part.HOST).rows())
                .extracting(PartTallies.Row::value)
                .containsExactly("springy.example", null);
        assertThat(parts("bea", HOME, Part.PAGE).rows())
                .extracting(PartTallies.Row::value)
                .containsExactly("springy.example/db", null);
        assertThat(parts("bea", HOME, Part.BROWSER).of("Firefox").counts().answered())
                .isEqualTo(1);
        assertThat(parts("bea", HOME, Part.SYSTEM).of("Linux").counts().answered())
                .isEqualTo(1);
    }

    @Test
    void whatLibrariesDidForEachOther() {
        local();
        throughCoop();
        backup();
        missed();

        Balance atHome = node.engine
                .statistics(OperatorId.of("bea"))
                .balance(HOME, FactQuery.ALL)
                .orElseThrow();
        Balance ofCoop = node.engine
                .statistics(OperatorId.of("cora"))
                .balance(ACADEMIC, FactQuery.ALL)
                .orElseThrow();

        assertThat(atHome.rows())
                .extracting(
                        row -> row.institution().value(), Balance.Row::own, Balance.Row::received, Balance.Row::given)
                .containsExactly(
                        tuple("hill", 0L, 0L, 1L), tuple("provider", 0L, 0L, 1L), tuple("springy", 1L, 2L, 0L));
        assertThat(ofCoop.rows())
                .extracting(row -> row.institution().value(), Balance.Row::received, Balance.Row::given)
                .containsExactly(tuple("hill", 0L, 1L), tuple("provider", 0L, 1L), tuple("springy", 2L, 0L));
    }

    @Test
    void thePatronsRatingAndTheLibrarysStandApart() {
        ChatId chat = throughCoop();
        done(node.engine.feedback(OperatorId.of("bea")).give(chat, 2, "slow"));
        done(node.engine.feedback(OperatorId.of("bea")).give(chat, 3, "on second thoughts"));
        done(node.engine.feedback(OperatorId.of("bea")).give(chat, null, "thanks anyway"));

        Tally total = total("olga", ACADEMIC);

        assertThat(total.ratings()).isEqualTo(new Stars(0, 0, 0, 1, 0));
        assertThat(total.qaRatings()).isEqualTo(new Stars(0, 0, 1, 0, 0));
    }

    @Test
    void theLastRatingOfThePatronCounts() {
        ChatId chat = throughCoop();
        total("bea", HOME);
        Visitor stewart = node.visitor("stewart");
        done(stewart.session().rate(chat, 1, null, "again"));

        assertThat(total("bea", HOME).ratings()).isEqualTo(new Stars(1, 0, 0, 0, 0));
    }

    // ---- What is kept, and what is not (X2, X6)

    @Test
    void whereADeletedChatCameFromIsForgottenAndItStillCounts() {
        ChatId chat = throughCoop();
        Tally before = total("bea", HOME);
        done(node.engine.transcripts(OperatorId.of("bea")).delete(chat));

        assertThat(total("bea", HOME)).isEqualTo(before);
        assertThat(fact(chat).source()).isEqualTo(Source.NONE);
        node.engine.rebuildFacts();
        assertThat(fact(chat).source()).isEqualTo(Source.NONE);
        assertThat(total("bea", HOME)).isEqualTo(before);
    }

    @Test
    void aChatThatIsDeletedBeforeItWasCountedIsForgottenToo() {
        ChatId chat = throughCoop();
        node.engine.deleteContent(chat);

        assertThat(total("bea", HOME).counts().answered()).isEqualTo(1);
        assertThat(fact(chat).source()).isEqualTo(Source.NONE);
    }

    @Test
    void ofAnAnonymisedChatPageAndBrowserStay() {
        ChatId chat = throughCoop();
        total("bea", HOME);
        rig.pass(2 * 86_400.0);
        done(node.engine.admin().retain());

        assertThat(archive.chat(chat).orElseThrow().log().get(0).content())
                .isEqualTo(new PatronDetails(null, null, "https://Springy.example/db", null, null, false));
        node.engine.rebuildFacts();
        assertThat(fact(chat).source())
                .isEqualTo(new Source("springy.example", "springy.example/db", "Firefox", "Linux"));
    }

    private ChatFact fact(ChatId chat) {
        return facts.fact(chat).orElseThrow();
    }

    @Test
    void countersAreWhatIsCountedAnew() {
        local();
        ChatId chat = throughCoop();
        backup();
        missed();
        done(node.engine.feedback(OperatorId.of("bea")).give(chat, 2, "slow"));
        List<@Nullable Object> before = List.of(timetable("bea", HOME), timetable("cora", ACADEMIC));
        InMemoryFacts empty = new InMemoryFacts();
        Site other = node("other", empty);

        assertThat(node.engine.rebuildFacts()).isEqualTo(4);
        assertThat(other.engine.rebuildFacts()).isEqualTo(4);

        assertThat(List.of(timetable("bea", HOME), timetable("cora", ACADEMIC))).isEqualTo(before);
        Timetable anew = other.engine
                .statistics(OperatorId.of("bea"))
                .timetable(HOME, FactQuery.ALL, UTC)
                .orElseThrow();
        // The other engine keeps its own discussions, and has heard of no feedback.
        assertThat(anew.total().counts()).isEqualTo(total("bea", HOME).counts());
        assertThat(anew.total().ratings()).isEqualTo(total("bea", HOME).ratings());
        assertThat(anew.total().qaRatings()).isEqualTo(Stars.NONE);
    }

    // ---- Trouble

    @Test
    void whileTheFactsAreAwayNothingIsLostAndReportsSaySo() {
        facts.away(true);
        local();
        rig.pass(5);

        assertThat(code(node.engine
                        .statistics(OperatorId.of("bea"))
                        .timetable(HOME, FactQuery.ALL, UTC)
                        .refusal()))
                .isEqualTo(RefusalCode.UNAVAILABLE);
        facts.away(false);
        rig.pass(120);

        assertThat(total("bea", HOME).counts().answered()).isEqualTo(1);
    }

    @Test
    void aRatingOfTheLibraryIsAcknowledgedOnceItIsCounted() {
        ChatId chat = throughCoop();
        total("bea", HOME);
        var bea = node.engine.feedback(OperatorId.of("bea"));
        facts.away(true);

        assertThat(Rig.refusal(bea.give(chat, 2, "slow", "once"))).isEqualTo(RefusalCode.UNAVAILABLE);
        facts.away(false);
        done(bea.give(chat, 2, "slow", "once"));

        assertThat(total("bea", HOME).qaRatings()).isEqualTo(new Stars(0, 1, 0, 0, 0));
        assertThat(bea.posts(HOME, chat, 1, 10).orElseThrow()).hasSize(1);
    }

    @Test
    void whatAnotherNodeArchivedCounts() {
        Site second = node("m");
        local();

        assertThat(second.engine
                        .statistics(OperatorId.of("bea"))
                        .timetable(HOME, FactQuery.ALL, UTC)
                        .orElseThrow()
                        .total()
                        .counts()
                        .answered())
                .isEqualTo(1);
    }
}
