package org.libcoop.testkit.proof;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.Explanation.Asked;
import org.libcoop.chat.Explanation.People;
import org.libcoop.chat.LostClaim;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Absence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Cause;
import org.libcoop.testkit.ChatExplanation;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;

/** Why a chat was offered to whom is told afterwards as it was, whatever has become of the people since (E1). */
class ExplanationTest {

    private final SimulatedCoop coop = SimulatedCoop.of(Directory.builder()
            .institution("springy", "Springy University")
            .operators("springy", "ana", "ben", "carl", "dan", "eva", "finn", "bea")
            .admins("bea")
            .chatDisabled("dan")
            .department("reference", "springy", "Reference", "ana", "ben", "carl", "dan", "eva", "finn")
            .institution("hill", "Hill College")
            .operators("hill", "olga", "omar")
            .institution("another", "Another Library")
            .operators("another", "sven")
            .institution("dune", "Dune Library")
            .operators("dune", "dora")
            .institution("provider", "24/7 Librarians")
            .operators("provider", "maya")
            .globalCoop("academic", "Academic Co-Op")
            .backup("maya")
            .member("springy")
            .member("hill")
            .member("dune", Membership.Kind.NON_CONTRIBUTING)
            .account("academic", "olga", Level.REGULAR)
            .account("academic", "omar", Level.REGULAR)
            .account("academic", "dora", Level.REGULAR)
            .widget(
                    "databases",
                    "springy",
                    widget -> widget.route(Option.department("reference"), Option.coop("academic"))
                            .timedFallback(ofSeconds(30)))
            .policy("operatorLimit", "1")
            .build());

    @Test
    void whoWasThereAndWhoWasLeftOutIsToldWithTheReason() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("ben").signsIn();
        coop.operator("carl").signsIn().monitors("reference").goes(Status.INTERNAL);
        coop.operator("eva").signsIn().monitors("reference");
        coop.operator("eva").claims(coop.patron("Rosa").startsChat("databases"));
        coop.operator("olga").signsIn().monitors("academic");

        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(100));

        List<Asked> asked = explained(chat.id()).asked();
        assertThat(asked)
                .extracting(one -> one.stage().toString())
                .containsExactly("reference", "academic", "academic/backup");
        assertThat(asked).extracting(Asked::cause).containsExactly(Cause.INITIAL, Cause.TIME, Cause.BACKUP);
        assertThat(asked)
                .extracting(Asked::due)
                .containsExactly(
                        coop.start(), coop.start().plusSeconds(30), coop.start().plusSeconds(70));
        People desk = asked.get(0).peopleThen().orElseThrow();
        assertThat(desk.available()).containsExactly(OperatorId.of("ana"));
        assertThat(desk.leftOut())
                .containsOnly(
                        entry(OperatorId.of("ben"), Absence.NOT_MONITORING),
                        entry(OperatorId.of("carl"), Absence.NOT_AVAILABLE),
                        entry(OperatorId.of("dan"), Absence.CHAT_DISABLED),
                        entry(OperatorId.of("eva"), Absence.AT_LIMIT),
                        entry(OperatorId.of("finn"), Absence.SIGNED_OUT));
        assertThat(asked.get(1).peopleThen())
                .contains(new People(
                        Set.of(OperatorId.of("olga")),
                        Map.of(
                                OperatorId.of("dora"),
                                Absence.NON_CONTRIBUTING,
                                OperatorId.of("omar"),
                                Absence.SIGNED_OUT)));
        assertThat(asked.get(2).peopleThen())
                .contains(new People(Set.of(), Map.of(OperatorId.of("maya"), Absence.SIGNED_OUT)));
        assertThat(asked)
                .allSatisfy(one ->
                        assertThat(one.peopleThen().orElseThrow().available()).hasSize(one.notified()));
    }

    @Test
    void whatHappensAfterwardsChangesNothingOfIt() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(30));
        List<Asked> before = explained(chat.id()).asked();

        coop.clock().advance(ofSeconds(1));
        coop.operator("olga").claims(chat);
        coop.operator("ana").signsOut();
        coop.endMembership("hill", "academic");
        coop.clock().advance(ofSeconds(60));

        assertThat(before).hasSize(2);
        assertThat(explained(chat.id()).asked()).isEqualTo(before);
    }

    @Test
    void aLibrarianWhoFellSilentIsLeftOutFromTheEndOfTheLease() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        coop.operator("olga").disconnects();
        coop.clock().advance(ofSeconds(1));

        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(30));

        Asked second = explained(chat.id()).asked().get(1);
        assertThat(second.notified()).isZero();
        assertThat(second.peopleThen().orElseThrow().leftOut()).containsEntry(OperatorId.of("olga"), Absence.SILENT);
    }

    @Test
    void anEndedMembershipPutsTheCoopOutOfReach() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(10));

        coop.endMembership("springy", "academic");
        coop.clock().advance(ofSeconds(20));

        Asked second = explained(chat.id()).asked().get(1);
        assertThat(second.stage().option()).isEqualTo(Option.coop(CoopId.of("academic")));
        assertThat(second.peopleThen().orElseThrow().leftOut())
                .containsEntry(OperatorId.of("olga"), Absence.OUT_OF_REACH);
    }

    @Test
    void aChatThatTheStoreHasForgottenIsExplainedFromTheArchive() {
        coop.operator("ana").signsIn().monitors("reference");
        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        ChatId id = chat.id();
        chat.leave();

        coop.clock().advance(ofDays(2));

        assertThat(coop.store().chat(id)).isEmpty();
        assertThat(explained(id).asked()).extracting(Asked::notified).containsExactly(1);
        assertThat(coop.engine().explain(ChatId.of("no-such-chat"))).isEmpty();
    }

    // ---- As a timeline

    /** A chat that ana does not see, that olga claims as backup comes, and another of hill's too late. */
    private SimulatedChat fallenThrough() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        coop.operator("omar").signsIn().monitors("academic");
        coop.operator("maya").signsIn().monitors("academic");
        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(71));
        coop.operator("olga").claims(chat);
        coop.clock().advance(ofMillis(250));
        SimulatedCoop.refusal(() -> coop.operator("omar").claims(chat));
        coop.clock().advance(ofMillis(50));
        SimulatedCoop.refusal(() -> coop.operator("maya").claims(chat));
        coop.clock().advance(ofSeconds(60));
        coop.operator("olga").says(chat, "a secret of Stewart's");
        coop.operator("olga").ends(chat);
        return chat;
    }

    private String text(Explanation explanation) {
        return explanation.text(at -> ChatExplanation.offset(coop.start(), at));
    }

    @Test
    void theWholeIsATimelineWithoutWhatWasSaid() {
        SimulatedChat chat = fallenThrough();

        assertThat(text(explained(chat.id())))
                .isEqualTo("""
                        chat chat-1 of springy on databases: ended
                          0s  a patron of springy started on databases: route reference, academic, timed fallback 30s
                          0s  reference opened (initial): due 0s, handled 0s, 1 available
                              told: ana
                              left out: ben not signed in; carl not signed in; dan has chat switched off; eva not signed in; finn not signed in
                          30s  academic opened (timed fallback): due 30s, handled 30s, 2 available
                              told: olga, omar
                              left out: dora has no access: their library is non-contributing
                          60s  the patron is told that we are still looking
                          70s  academic/backup opened (backup delay): due 70s, handled 70s, 1 available
                              told: maya
                          71s  claimed by olga of hill through academic
                          71s  the system says something
                          71.250s  omar claims it too late, by 0.250 s
                          71.300s  maya claims it too late, by 0.300 s
                          131.300s  olga says something
                          131.300s  ended by olga: answered""".replace("chat-1", chat.id().value()));
        assertThat(explained(chat.id()).log())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.content()).isNull());
    }

    @Test
    void whoMayReadTheTranscriptMayReadItAtHomeByName() {
        SimulatedChat chat = fallenThrough();

        assertThat(told("bea", TranscriptPath.home(), chat.id()).orElseThrow()).isEqualTo(explained(chat.id()));
        assertThat(told("ana", TranscriptPath.home(), chat.id()).refusal()).isPresent();
        assertThat(told("sven", TranscriptPath.home(), chat.id()).refusal())
                .map(Refusal::code)
                .contains(RefusalCode.NOT_FOUND);
    }

    @Test
    void onACoopsPathPeopleOfOtherInstitutionsAreCounted() {
        SimulatedChat chat = fallenThrough();

        Explanation told =
                told("olga", TranscriptPath.coop("academic"), chat.id()).orElseThrow();

        People desk = told.asked().get(0).peopleThen().orElseThrow();
        assertThat(desk)
                .isEqualTo(new People(Set.of(), Map.of(), 1, Map.of(Absence.SIGNED_OUT, 4, Absence.CHAT_DISABLED, 1)));
        People members = told.asked().get(1).peopleThen().orElseThrow();
        assertThat(members)
                .isEqualTo(new People(
                        Set.of(OperatorId.of("olga"), OperatorId.of("omar")),
                        Map.of(),
                        0,
                        Map.of(Absence.NON_CONTRIBUTING, 1)));
        assertThat(told.lost()).extracting(LostClaim::operator).containsExactly(OperatorId.of("omar"));
        assertThat(told.othersLost()).isEqualTo(1);
        assertThat(text(told))
                .contains("told: 1 other\n", "4 others not signed in", "claims of others that came too late: 1")
                .doesNotContain("ana", "maya", "dora");
    }

    private Outcome<Explanation> told(String who, TranscriptPath path, ChatId chat) {
        return coop.engine().transcripts(OperatorId.of(who)).explain(path, chat);
    }

    private Explanation explained(ChatId chat) {
        return coop.engine().explain(chat).orElseThrow();
    }
}
