package org.libcoop.testkit;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.refusal.RefusedException;
import org.libcoop.spi.Notice;

final class SimulatedCoopTest {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final OperatorId MAYA = OperatorId.of("maya");
    private static final CoopId ACADEMIC = CoopId.of("academic");

    private final List<NoticeWatcher.Told> told = new ArrayList<>();
    private final SimulatedCoop coop =
            SimulatedCoop.builder(directory()).watcher(told::add).build();
    private final SimulatedClock clock = coop.clock();

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana", "ben")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .institution("dune", "Dune Library")
                .operators("dune", "dora")
                .institution("provider", "24/7 Librarians")
                .operators("provider", "maya")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .member("dune", org.libcoop.directory.Membership.Kind.NON_CONTRIBUTING)
                .account("academic", "olga", CoopAccount.Level.REGULAR)
                .account("academic", "dora", CoopAccount.Level.REGULAR)
                .widget(
                        "databases",
                        "springy",
                        widget -> widget.route(Option.department("reference"), Option.coop("academic"))
                                .timedFallback(ofSeconds(15)))
                .build();
    }

    @AfterEach
    void close() {
        coop.close();
    }

    private SimulatedChat waitingChat() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        coop.operator("maya").signsIn().monitors("academic");
        return coop.patron("Stewart").startsChat("databases", "I can't download the article");
    }

    @Test
    void aMissedChatIsAnsweredByTheCoop() {
        SimulatedChat chat = waitingChat();

        clock.advance(ofMillis(14_999));
        assertThat(chat.notified()).containsExactly(ANA);
        clock.advance(ofMillis(1));
        assertThat(chat.notified()).containsExactlyInAnyOrder(ANA, OLGA);
        chat.claim("olga");

        assertThat(chat.phase()).isEqualTo(Phase.Kind.CLAIMED);
        assertThat(chat.owner()).contains(OLGA);
        assertThat(chat.answeredThrough()).contains(Stage.of(Option.coop("academic")));
        assertThat(chat.notified()).isEmpty();
    }

    @Test
    void linesOfPeopleThatThePatronSeesAreCounted() {
        SimulatedChat chat = waitingChat().claim("ana");
        coop.operator("ana").says(chat, "Hello!").notes(chat, "knows the catalogue");
        coop.patron("Stewart").says("Hi");

        assertThat(chat.messages()).isEqualTo(3);
        assertThat(chat.end("ana").phase()).isEqualTo(Phase.Kind.ENDED);
        assertThat(chat.owner()).contains(ANA);
    }

    @Test
    void aRefusalIsAnExceptionUnlessItIsAskedFor() {
        SimulatedChat chat = waitingChat().claim("ana");
        clock.advance(ofSeconds(1));

        assertThatThrownBy(() -> coop.operator("olga").claims(chat)).isInstanceOf(RefusedException.class);
        assertThat(SimulatedCoop.refusal(() -> coop.operator("olga").claims(chat)))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_ELIGIBLE));
        assertThat(SimulatedCoop.refusal(() -> coop.operator("ana").claims(chat)))
                .isEmpty();
    }

    /** A7, C9: an offer to a co-op is its members' for 40 s; the backup place of one of them does not replace the account. */
    @Test
    void whoLosesTheAccountIsOutOfAnOfferDespiteABackupPlace() {
        Directory withBoth = directory()
                .withRecord(Coop.global(ACADEMIC, "Academic Co-Op", List.of(OLGA)))
                .withRecord(new CoopAccount(ACADEMIC, ANA, CoopAccount.Level.COOP_ADMIN));
        try (SimulatedCoop other = SimulatedCoop.of(withBoth)) {
            SimulatedOperator ana = other.operator("ana").signsIn().monitors("reference");
            other.operator("olga").signsIn().monitors("academic");
            SimulatedChat chat = other.patron("Stewart").startsChat("databases");
            ana.claims(chat).transfers(chat, "academic");
            assertThat(chat.offeredTo()).containsExactly(OLGA);

            ana.revokes(OLGA, ACADEMIC);

            assertThat(chat.offeredTo()).isEmpty();
            ana.grants(OLGA, ACADEMIC, CoopAccount.Level.REGULAR).transfers(chat, "academic");
            other.clock().advance(ofSeconds(40));
            ana.revokes(OLGA, ACADEMIC);
            assertThat(chat.offeredTo()).containsExactly(OLGA);
        }
    }

    @Test
    void presenceEndsOneLeaseAfterTheConnectionWasLost() {
        SimulatedChat chat = waitingChat();
        coop.operator("ana").disconnects().disconnects();

        clock.advance(ofMillis(29_999));
        assertThat(chat.notified()).contains(ANA);
        clock.advance(ofMillis(1));
        assertThat(chat.notified()).doesNotContain(ANA);
        coop.operator("ana").reconnects().reconnects();

        assertThat(chat.notified()).contains(ANA);
    }

    @Test
    void everybodyElseKeepsRenewing() {
        waitingChat();

        clock.advance(ofHours(1));

        assertThat(coop.isOnline("databases")).isTrue();
        assertThat(coop.engine().health().state().name()).isEqualTo("UP");
    }

    @Test
    void thePatronIsLostAfterTheGraceAndMayComeBackBefore() {
        SimulatedChat chat = waitingChat();
        coop.patron("Stewart").disconnects();
        clock.advance(ofMillis(59_999));
        coop.patron("Stewart").reconnects().disconnects();

        clock.advance(ofMillis(59_999));
        assertThat(chat.phase()).isEqualTo(Phase.Kind.WAITING);
        clock.advance(ofMillis(1));

        assertThat(chat.phase()).isEqualTo(Phase.Kind.MISSED);
    }

    @Test
    void theNextStageIsBroughtInOnRequest() {
        SimulatedChat chat = waitingChat();

        coop.operator("ana").hurries(chat);

        assertThat(chat.open()).hasToString("[reference, academic]");
        coop.operator("ana").hurries(chat);
        assertThat(SimulatedCoop.refusal(() -> coop.operator("ana").hurries(chat)))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOTHING_PENDING));
    }

    @Test
    void whatIsToldIsKeptAndWatched() {
        SimulatedChat chat = waitingChat();

        assertThat(coop.operator("ana").notices())
                .anyMatch(notice -> notice instanceof Notice.Listed listed
                        && listed.chat().chat().equals(chat.id()));
        assertThat(coop.patron("Stewart").notices()).isNotEmpty();
        assertThat(told).anyMatch(one -> one.toOperator().equals(java.util.Optional.of(ANA)));
        assertThat(told)
                .anyMatch(one -> one.to().equals("Stewart") && one.toOperator().isEmpty());
    }

    @Test
    void aNameOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> coop.operator("ana").monitors("nowhere"))
                .withMessageContaining("no department, operator or co-op");
    }

    @Test
    void theExplanationTellsWhatOpenedAndWhoIsLeftOutAndWhy() {
        SimulatedChat chat = waitingChat();
        clock.advance(ofSeconds(15));
        coop.operator("olga").goes(Status.INTERNAL);

        assertThat(chat.explain().lines())
                .contains(
                        "          0s  a patron of springy started on databases: route reference, academic, timed fallback 15s",
                        "          0s  reference opened (initial): due 0s, handled 0s, 1 available",
                        "         15s  academic opened (timed fallback): due 15s, handled 15s, 1 available",
                        "  next by time: academic/backup at 55s",
                        "  notified now: ana",
                        "  left out on reference: ben not signed in",
                        "  left out on academic: dora has no access: their library is non-contributing;"
                                + " olga in a status in which chats are not offered",
                        "  left out on academic/backup (not open): maya available, but the stage is not open");
    }

    @Test
    void theExplanationTellsTheOtherReasonsToo() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("ben").signsIn().monitors("reference").stopsMonitoring("reference");
        coop.operator("olga").signsIn().monitors("academic").disconnects();
        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        clock.advance(ofSeconds(40));
        coop.endMembership("hill", "academic");

        assertThat(chat.explain())
                .contains("ben not monitoring")
                .contains("olga has no access: the membership of their library has ended");
        coop.endMembership("springy", "academic");
        assertThat(chat.explain()).contains("maya out of reach: the membership of the patron's library has ended");
        chat.claim("ana");
        assertThat(chat.explain())
                .contains("claimed by ana of springy through reference")
                .doesNotContain("left out");
    }

    @Test
    void twoRunsAreTheSame() {
        List<NoticeWatcher.Told> again = new ArrayList<>();
        waitingChat();
        clock.advance(ofSeconds(100));
        try (SimulatedCoop other =
                SimulatedCoop.builder(directory()).watcher(again::add).build()) {
            other.operator("ana").signsIn().monitors("reference");
            other.operator("olga").signsIn().monitors("academic");
            other.operator("maya").signsIn().monitors("academic");
            other.patron("Stewart").startsChat("databases", "I can't download the article");
            other.clock().advance(ofSeconds(100));
        }

        assertThat(again).isEqualTo(told).extracting(NoticeWatcher.Told::to).contains(MAYA.value());
    }
}
