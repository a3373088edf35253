package org.libcoop.testkit.proof;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.Explanation.Asked;
import org.libcoop.chat.Explanation.People;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Absence;
import org.libcoop.presence.Status;
import org.libcoop.routing.Cause;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;

/** Why a chat was offered to whom is told afterwards as it was, whatever has become of the people since (E1). */
class ExplanationTest {

    private final SimulatedCoop coop = SimulatedCoop.of(Directory.builder()
            .institution("springy", "Springy University")
            .operators("springy", "ana", "ben", "carl", "dan", "eva", "finn")
            .chatDisabled("dan")
            .department("reference", "springy", "Reference", "ana", "ben", "carl", "dan", "eva", "finn")
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
            .member("dune", Membership.Kind.NON_CONTRIBUTING)
            .account("academic", "olga", Level.REGULAR)
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
                        Set.of(OperatorId.of("olga")), Map.of(OperatorId.of("dora"), Absence.NON_CONTRIBUTING)));
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

    private Explanation explained(ChatId chat) {
        return coop.engine().explain(chat).orElseThrow();
    }
}
