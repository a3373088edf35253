package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.TranscriptSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.PatronErasure;
import org.libcoop.spi.Principal;
import org.libcoop.spi.RetentionRun;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** What institutions keep how long, and what they have of one patron (X6, A10). */
class RetentionTest {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final Duration DAY = Duration.ofDays(1);

    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Archive archive = new InMemoryArchive();
    private final List<CoopEngine> engines = new ArrayList<>();

    private static Directory directory(String anonymised, String deleted) {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana", "carl")
                .department("reference", "springy", "Reference", "ana")
                .institution("hill", "Hill College")
                .operators("hill", "olga", "hugo")
                .admins("carl", "hugo")
                .department("hilldesk", "hill", "Hill desk", "olga")
                .widget("springys", "springy", w -> w.route(Option.department("reference")))
                .widget("hills", "hill", w -> w.route(Option.department("hilldesk")))
                .policy("anonymiseAfter@springy", anonymised)
                .policy("deleteAfter@springy", deleted)
                .build();
    }

    private CoopEngine start(Directory directory) {
        CoopEngine engine = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .archive(archive)
                .ids(new CountingIds("n" + engines.size()))
                .executor(clock.executor())
                .sweepEvery(Duration.ofSeconds(10))
                .directory(directory)
                .build();
        engines.add(engine);
        return engine;
    }

    @AfterEach
    void close() {
        engines.forEach(CoopEngine::close);
        store.close();
    }

    private PatronSession patron(CoopEngine engine, String key) {
        return engine.connectPatron(
                        new Principal.OfPatron("key-of-the-patron-of-the-name-of-" + key), "192.0.2.7", notice -> {})
                .orElseThrow();
    }

    private static ChatId starts(PatronSession patron, String widget, String email) {
        Content.PatronDetails known =
                new Content.PatronDetails("Stewart", email, "https://example.edu/a?q=stewart", "Browser", true);
        return done(patron.startChat(WidgetId.of(widget), known, "Where is it?"))
                .chat();
    }

    /** A chat of springy's or hill's that is over now, with a note and a rating. */
    private ChatId ended(CoopEngine engine, String key, String widget, String email) {
        boolean springys = widget.equals("springys");
        OperatorSession owner = engine.connectOperator(OperatorId.of(springys ? "ana" : "olga"), notice -> {})
                .orElseThrow();
        done(owner.signIn());
        done(owner.monitor(Option.department(springys ? "reference" : "hilldesk"), true));
        PatronSession patron = patron(engine, key);
        ChatId chat = starts(patron, widget, email);
        done(owner.claim(chat));
        done(owner.say(chat, "On the second floor"));
        done(owner.note(chat, "asks this every week"));
        done(owner.end(chat, Disposition.ANSWERED));
        done(patron.rate(chat, 5, "quick and kind"));
        patron.close();
        owner.close();
        return chat;
    }

    private ArchivedSummary row(CoopEngine engine, ChatId chat) {
        engine.transcripts(OperatorId.of("carl"))
                .search(TranscriptPath.home(), ArchiveQuery.ALL, null, 1)
                .orElseThrow();
        return archive.search(ArchiveQuery.ALL.chat(chat), null, 1).rows().get(0);
    }

    private static List<RetentionRun> retain(CoopEngine engine) {
        return done(engine.admin().retain());
    }

    // ---- Retention

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void aChatIsDueFromItsInstantOn(long millis, boolean due) {
        CoopEngine engine = start(directory("1d", "2d"));
        ChatId chat = ended(engine, "a", "springys", "a@example.edu");
        Instant over = clock.now();
        engine.close();

        clock.advanceTo(over.plus(DAY).plusMillis(millis));
        CoopEngine next = start(directory("1d", "2d"));
        List<RetentionRun> anonymised = retain(next);
        ArchivedSummary then = row(next, chat);
        next.close();
        clock.advanceTo(over.plus(DAY.multipliedBy(2)).plusMillis(millis));
        CoopEngine last = start(directory("1d", "2d"));
        retain(last);

        assertThat(anonymised).hasSize(due ? 1 : 0);
        assertThat(then.anonymised()).isEqualTo(due);
        assertThat(then.contentDeleted()).isFalse();
        assertThat(row(last, chat).contentDeleted()).isEqualTo(due);
    }

    @Test
    void aNodeDoesItByItselfWithinAnHour() {
        CoopEngine engine = start(directory("1d", "never"));
        ChatId chat = ended(engine, "a", "springys", "a@example.edu");

        clock.advance(DAY.minusSeconds(1));
        boolean before = row(engine, chat).anonymised();
        clock.advance(Duration.ofHours(1).plusSeconds(20));

        assertThat(before).isFalse();
        assertThat(row(engine, chat).anonymised()).isTrue();
        assertThat(archive.chat(chat).orElseThrow().log().get(0).content())
                .isEqualTo(new Content.PatronDetails(null, null, "https://example.edu/a", null, null, true));
    }

    @Test
    void eachInstitutionKeepsWhatItWantsTo() {
        CoopEngine engine = start(directory("never", "never"));
        ChatId springys = ended(engine, "a", "springys", "a@example.edu");
        ChatId hills = ended(engine, "b", "hills", "a@example.edu");
        Instant over = clock.now();
        engine.close();
        clock.advanceTo(over.plus(DAY.multipliedBy(90)));
        CoopEngine later = start(directory("never", "never"));

        List<RetentionRun> runs = retain(later);

        assertThat(runs)
                .containsExactly(
                        new RetentionRun(HILL, clock.now(), clock.now().minus(DAY.multipliedBy(90)), null, 1, 0, 0));
        assertThat(row(later, springys).anonymised()).isFalse();
        assertThat(row(later, hills).anonymised()).isTrue();
    }

    @Test
    void severalNodesAtOnceDoNoHarm() {
        CoopEngine engine = start(directory("1d", "2d"));
        ChatId chat = ended(engine, "a", "springys", "a@example.edu");
        Instant over = clock.now();
        engine.close();
        clock.advanceTo(over.plus(DAY.multipliedBy(2)));
        CoopEngine one = start(directory("1d", "2d"));
        CoopEngine two = start(directory("1d", "2d"));

        CompletionStage<Outcome<List<RetentionRun>>> first = one.admin().retain();
        CompletionStage<Outcome<List<RetentionRun>>> second = two.admin().retain();

        assertThat(done(first)).hasSize(1);
        assertThat(done(second)).isEmpty();
        assertThat(erasures(chat)).containsExactly(new ChatEvent.ContentErased(null, null));
    }

    private List<ChatEvent> erasures(ChatId chat) {
        return archive.chat(chat).orElseThrow().log().stream()
                .map(Logged::event)
                .filter(ChatEvent.ContentErased.class::isInstance)
                .toList();
    }

    @Test
    void whoseInstitutionIsGoneIsForgottenByThePoliciesOfAll() {
        CoopEngine engine = start(directory("1d", "2d"));
        ChatId chat = ended(engine, "a", "hills", "a@example.edu");
        Instant over = clock.now();
        row(engine, chat);
        engine.close();
        Directory without = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "carl")
                .admins("carl")
                .build();
        clock.advanceTo(over.plus(DAY.multipliedBy(90)));
        InMemoryStore fresh = new InMemoryStore(clock);
        CoopEngine later = CoopEngine.builder()
                .clock(clock)
                .store(fresh)
                .archive(archive)
                .executor(clock.executor())
                .directory(without)
                .build();
        engines.add(later);

        retain(later);

        assertThat(archive.search(ArchiveQuery.ALL.chat(chat), null, 1)
                        .rows()
                        .get(0)
                        .anonymised())
                .isTrue();
    }

    // ---- Setting it

    @Test
    void aLocalAdminSetsWhatTheOwnInstitutionKeeps() {
        CoopEngine engine = start(directory("90d", "never"));

        Policies set = done(engine.accounts(OperatorId.of("carl")).setRetention(SPRINGY, DAY, null));

        assertThat(set.anonymiseAfter(SPRINGY)).contains(DAY);
        assertThat(set.deleteAfter(SPRINGY)).isEmpty();
        assertThat(set.anonymiseAfter(HILL)).contains(DAY.multipliedBy(90));
        assertThat(engine.directory().policies()).isEqualTo(set);
        assertThat(refusal(engine.accounts(OperatorId.of("hugo")).setRetention(SPRINGY, DAY, null)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(engine.accounts(OperatorId.of("ana")).setRetention(SPRINGY, DAY, null)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 86_399_999, 36_500L * 86_400_000 + 1, -86_400_000})
    void retentionOutOfBoundsIsRefused(long millis) {
        CoopEngine engine = start(directory("90d", "never"));
        Duration wrong = Duration.ofMillis(millis);

        assertThat(refusal(engine.accounts(OperatorId.of("carl")).setRetention(SPRINGY, wrong, null)))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(refusal(engine.accounts(OperatorId.of("carl")).setRetention(SPRINGY, null, wrong)))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(engine.directory().policies().anonymiseAfter(SPRINGY)).contains(DAY.multipliedBy(90));
    }

    // ---- One patron

    private static TranscriptSession as(CoopEngine engine, String who) {
        return engine.transcripts(OperatorId.of(who));
    }

    private static String exported(TranscriptSession session, String email) throws IOException {
        StringBuilder out = new StringBuilder();
        session.exportPatron(email, out).orElseThrow();
        return out.toString();
    }

    @Test
    void thePatronGetsWhatIsKnownAndWasSaidAndNothingOfTheStaffs() throws IOException {
        CoopEngine engine = start(directory("90d", "never"));
        ChatId over = ended(engine, "a", "springys", "Stewart@Example.edu");
        ChatId running = starts(patron(engine, "b"), "springys", "stewart@example.edu");
        ended(engine, "c", "springys", "else@example.edu");
        ended(engine, "d", "hills", "stewart@example.edu");

        String all = exported(as(engine, "carl"), "STEWART@example.edu");

        assertThat(all.lines()).hasSize(2);
        assertThat(all)
                .contains(
                        over.value(),
                        running.value(),
                        "\"name\":\"Stewart\"",
                        "\"email\":\"Stewart@Example.edu\"",
                        "\"address\":\"192.0.2.7\"",
                        "\"userAgent\":\"Browser\"",
                        "Where is it?",
                        "On the second floor",
                        "\"rating\":5",
                        "quick and kind",
                        "\"institution\":\"Springy University\"")
                .doesNotContain("every week", "else@example.edu", "Hill College");
    }

    @Test
    void byAChatThoseOfTheSameBrowserAreFound() throws IOException {
        CoopEngine engine = start(directory("90d", "never"));
        ChatId one = ended(engine, "a", "springys", "a@example.edu");
        ChatId two = ended(engine, "a", "springys", "other@example.edu");
        ChatId another = ended(engine, "b", "springys", "a@example.edu");
        StringBuilder out = new StringBuilder();

        long written = as(engine, "carl").exportPatron(one, out).orElseThrow();
        PatronErasure erased = done(as(engine, "carl").erasePatron(one));

        assertThat(written).isEqualTo(2);
        assertThat(out.toString()).contains(one.value(), two.value()).doesNotContain(another.value());
        assertThat(erased).isEqualTo(new PatronErasure(2, List.of()));
        assertThat(row(engine, two).contentDeleted()).isTrue();
        assertThat(row(engine, another).contentDeleted()).isFalse();
        assertThat(done(as(engine, "carl").erasePatron(one)).erased())
                .as("again")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"ana, not-allowed", "olga, not-allowed", "hugo, not-found", "nobody, not-allowed"})
    void nobodyButTheHomesAdminsLearnsAnything(String who, String code) throws IOException {
        CoopEngine engine = start(directory("90d", "never"));
        ChatId chat = ended(engine, "a", "springys", "a@example.edu");
        StringBuilder out = new StringBuilder();

        Outcome<Long> export = as(engine, who).exportPatron(chat, out);
        RefusalCode erasure = refusal(as(engine, who).erasePatron(chat));

        assertThat(export.refusal().orElseThrow().code().toString()).isEqualTo(code);
        assertThat(erasure.toString()).isEqualTo(code);
        assertThat(out).isEmpty();
        assertThat(row(engine, chat).contentDeleted()).isFalse();
    }

    @Test
    void aPartnersAdminFindsNothingByAddress() throws IOException {
        CoopEngine engine = start(directory("90d", "never"));
        ChatId chat = ended(engine, "a", "springys", "a@example.edu");

        String found = exported(as(engine, "hugo"), "a@example.edu");
        PatronErasure erased = done(as(engine, "hugo").erasePatron("a@example.edu"));

        assertThat(found).isEmpty();
        assertThat(erased).isEqualTo(new PatronErasure(0, List.of()));
        assertThat(row(engine, chat).contentDeleted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void whatIsNoAddressIsRefused(String email) throws IOException {
        CoopEngine engine = start(directory("90d", "never"));

        assertThat(refusal(as(engine, "carl").erasePatron(email))).isEqualTo(RefusalCode.INVALID);
        assertThat(refusal(as(engine, "carl").erasePatron("x".repeat(255)))).isEqualTo(RefusalCode.INVALID);
        assertThat(done(as(engine, "carl").erasePatron("x".repeat(254))).erased())
                .isZero();
        assertThat(as(engine, "carl")
                        .exportPatron(email, new StringBuilder())
                        .refusal()
                        .orElseThrow()
                        .code())
                .isEqualTo(RefusalCode.INVALID);
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().join().orElseThrow();
    }

    private static RefusalCode refusal(CompletionStage<? extends Outcome<?>> stage) {
        return stage.toCompletableFuture().join().refusal().orElseThrow().code();
    }
}
