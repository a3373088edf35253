package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.FinishedChat.ACADEMIC;
import static org.libcoop.testkit.junit.FinishedChat.BACKUP;
import static org.libcoop.testkit.junit.FinishedChat.COOP;
import static org.libcoop.testkit.junit.FinishedChat.DESK;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;

/** AR4: a search finds what is asked for, and nothing else. */
abstract class FindingRules extends ArchiveKeepingRules {

    private static final int CHATS = 80;
    private static final int QUERIES = 150;
    private static final List<String> HOMES = List.of("springy", "hill", "lake");
    private static final Map<String, String> STAFF = Map.of("ana", "springy", "olga", "hill", "maya", "provider");
    private static final List<Stage> STAGES =
            List.of(DESK, COOP, BACKUP, Stage.of(Option.coop("law")), Stage.of(Option.department("academic")));
    private static final List<String> WORDS = List.of("Printer", "printer", "100%", "a_b", "thesis", "Thèse");

    // ---- AR4

    @Test
    void ar04_everyFieldNarrowsTheSearchDownAloneAndWithOthers() {
        Random random = new Random(4);
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            chats.add(anyChat("c" + i, random));
        }
        archive().keep(chats);

        int hits = 0;
        for (int i = 0; i < QUERIES; i++) {
            ArchiveQuery query = anyQuery(random);
            List<String> expected = chats.stream()
                    .filter(query::asksFor)
                    .map(chat -> chat.chat().id().value())
                    .toList();

            assertThat(found(query)).as("%s", query).containsExactlyInAnyOrderElementsOf(expected);
            hits += expected.isEmpty() || expected.size() == CHATS ? 0 : 1;
        }
        assertThat(hits).as("queries that tell chats apart").isGreaterThan(QUERIES / 4);
    }

    private static ArchivedChat anyChat(String id, Random random) {
        FinishedChat chat = FinishedChat.of(id, any(HOMES, random), "widget-" + random.nextInt(2), anyStart(random));
        int claims = random.nextInt(4);
        for (int i = 0; i < claims; i++) {
            String operator = any(STAFF.keySet().stream().sorted().toList(), random);
            chat.claimed(operator, Objects.requireNonNull(STAFF.get(operator)), any(STAGES, random))
                    .says(any(WORDS, random) + " here");
            if (random.nextBoolean()) {
                chat.notes(operator, "note: " + any(WORDS, random));
            }
            if (i < claims - 1) {
                chat.lost(operator);
            }
        }
        if (claims > 0) {
            return chat.ended();
        }
        return random.nextBoolean() ? chat.missed() : chat.dismissed("ana");
    }

    private static ArchiveQuery anyQuery(Random random) {
        ArchiveQuery query = ArchiveQuery.ALL;
        for (int fields = 1 + random.nextInt(3); fields > 0; fields--) {
            query = switch (random.nextInt(10)) {
                case 0 -> query.home(InstitutionId.of(any(HOMES, random)));
                case 1 -> query.homes(List.of(InstitutionId.of("hill"), InstitutionId.of(any(HOMES, random))));
                case 2 -> query.answeredBy(InstitutionId.of(any(List.of("springy", "hill", "provider"), random)));
                case 3 -> query.operator(OperatorId.of(any(List.of("ana", "olga", "maya"), random)));
                case 4 -> query.coop(CoopId.of(any(List.of("academic", "law"), random)));
                case 8 -> query.throughAnyCoop();
                case 5 -> query.widget(WidgetId.of("widget-" + random.nextInt(2)));
                case 6 -> query.outcome(any(List.of(ChatOutcome.values()), random));
                case 7 ->
                    query.started(
                            random.nextBoolean() ? anyStart(random) : null,
                            random.nextBoolean() ? anyStart(random) : null);
                default -> query.text(any(WORDS, random));
            };
        }
        return query;
    }

    private static Instant anyStart(Random random) {
        return at(random.nextInt(40));
    }

    private static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    @Test
    void ar04_aStartAtTheFirstInstantIsFoundAndOneAtTheLastIsNot() {
        archive()
                .keep(List.of(
                        FinishedChat.of("before", at(10).minusMillis(1)).missed(),
                        FinishedChat.of("from", at(10)).missed(),
                        FinishedChat.of("last", at(20).minusMillis(1)).missed(),
                        FinishedChat.of("to", at(20)).missed()));

        assertThat(found(ArchiveQuery.ALL.started(at(10), at(20)))).containsExactly("last", "from");
    }

    @Test
    void ar04_operatorInstitutionAndCoopSpeakOfOneOwnership() {
        archive()
                .keep(List.of(FinishedChat.of("c1", at(0))
                        .claimed("ana", "springy", DESK)
                        .lost("ana")
                        .claimed("olga", "hill", COOP)
                        .ended()));
        ArchiveQuery through = ArchiveQuery.ALL.coop(ACADEMIC);

        assertThat(found(through.operator(OperatorId.of("olga")))).containsExactly("c1");
        assertThat(found(through.answeredBy(InstitutionId.of("hill")))).containsExactly("c1");
        assertThat(found(through.operator(OperatorId.of("ana"))))
                .as("ana at the desk")
                .isEmpty();
        assertThat(found(through.answeredBy(InstitutionId.of("springy")))).isEmpty();
        assertThat(found(ArchiveQuery.ALL.operator(OperatorId.of("ana")).answeredBy(InstitutionId.of("hill"))))
                .isEmpty();
        assertThat(found(ArchiveQuery.ALL.operator(OperatorId.of("ana")))).containsExactly("c1");
    }

    /** A4: what patrons of these libraries asked, all of it or what one operator owned of it. */
    @Test
    void ar04_theHomePathIsWhatPatronsOfALibraryAsked() {
        keepOnBothPaths();
        ArchiveQuery home = ArchiveQuery.ALL.home(InstitutionId.of("springy"));

        assertThat(found(home)).containsExactlyInAnyOrder("desk", "members", "backup", "handed", "missed");
        assertThat(found(home.operator(OperatorId.of("ana")))).containsExactlyInAnyOrder("desk", "handed");
        assertThat(found(home.operator(OperatorId.of("olga")))).containsExactlyInAnyOrder("members", "handed");
        assertThat(found(home.homes(List.of(InstitutionId.of("springy"), InstitutionId.of("hill")))))
                .hasSize(6);
    }

    /** A1–A3, D8: what was answered through a co-op by an operator, an institution's operators, or anybody. */
    @Test
    void ar04_thePathOfACoopIsWhatWasAnsweredThroughIt() {
        keepOnBothPaths();
        ArchiveQuery through = ArchiveQuery.ALL.coop(ACADEMIC);

        assertThat(found(through)).containsExactlyInAnyOrder("members", "backup", "handed", "hills");
        assertThat(found(through.operator(OperatorId.of("olga")))).containsExactlyInAnyOrder("members", "handed");
        assertThat(found(through.operator(OperatorId.of("ana")))).containsExactly("hills");
        assertThat(found(through.operator(OperatorId.of("maya")))).containsExactly("backup");
        assertThat(found(through.answeredBy(InstitutionId.of("hill")))).containsExactlyInAnyOrder("members", "handed");
        assertThat(found(through.answeredBy(InstitutionId.of("provider")))).containsExactly("backup");
    }

    /** X5: what a co-op, whichever, answered since my library signed off. */
    @Test
    void ar04_anyCoopIsWhoeverCameThroughOneOfThem() {
        keepOnBothPaths();
        archive()
                .keep(List.of(
                        FinishedChat.of("law", at(7))
                                .claimed("olga", "hill", Stage.of(Option.coop("law")))
                                .ended(),
                        FinishedChat.of("named", at(8))
                                .claimed("ana", "springy", Stage.of(Option.operator("ana")))
                                .ended()));
        ArchiveQuery home = ArchiveQuery.ALL.home(InstitutionId.of("springy")).throughAnyCoop();

        assertThat(found(home)).containsExactly("law", "handed", "backup", "members");
        assertThat(found(home.started(at(3), null))).containsExactly("law", "handed");
        assertThat(found(home.operator(OperatorId.of("ana"))))
                .as("owned, but never through a co-op")
                .isEmpty();
        assertThat(found(home.coop(ACADEMIC))).containsExactly("handed", "backup", "members");
        assertThat(found(ArchiveQuery.ALL.throughAnyCoop()))
                .containsExactly("law", "hills", "handed", "backup", "members");
        assertThat(found(home.homes(List.of(InstitutionId.of("hill"), InstitutionId.of("springy")))))
                .containsExactly("law", "hills", "handed", "backup", "members");
    }

    private void keepOnBothPaths() {
        archive()
                .keep(List.of(
                        FinishedChat.of("desk", at(0))
                                .claimed("ana", "springy", DESK)
                                .ended(),
                        FinishedChat.of("members", at(1))
                                .claimed("olga", "hill", COOP)
                                .ended(),
                        FinishedChat.of("backup", at(2))
                                .claimed("maya", "provider", BACKUP)
                                .ended(),
                        FinishedChat.of("handed", at(3))
                                .claimed("ana", "springy", DESK)
                                .lost("ana")
                                .claimed("olga", "hill", COOP)
                                .ended(),
                        FinishedChat.of("missed", at(4)).missed(),
                        FinishedChat.of("hills", "hill", "website", at(5))
                                .claimed("ana", "springy", COOP)
                                .ended()));
    }

    @Test
    void ar04_aDepartmentOfTheSameIdIsNotTheCoop() {
        archive()
                .keep(List.of(
                        FinishedChat.of("desk", at(0))
                                .claimed("ana", "springy", Stage.of(Option.department("academic")))
                                .ended(),
                        FinishedChat.of("backup", at(1))
                                .claimed("maya", "provider", BACKUP)
                                .ended()));

        assertThat(found(ArchiveQuery.ALL.coop(ACADEMIC))).containsExactly("backup");
        assertThat(found(ArchiveQuery.ALL.throughAnyCoop())).containsExactly("backup");
    }

    @Test
    void ar04_textIsComparedAfterLowerCaseAndNothingInItIsAWildcard() {
        String said = "Öffne 100% of a_b\\c 'now' [x] * İstanbul ΟΔΟΣ straße";
        archive().keep(List.of(said("c1", said), said("c2", "something else")));

        for (String inIt :
                List.of("öFFNE", "100%", "A_B\\C", "'NOW'", "[x]", "*", "İSTANBUL", "οδος", "STRAßE", " of ")) {
            assertThat(found(ArchiveQuery.ALL.text(inIt))).as(inIt).containsExactly("c1");
        }
        for (String not : List.of("offne", "1%0", "a.b", "a\\_b", "axb", "%0", "10%", "x*", "strasse", "  of")) {
            assertThat(found(ArchiveQuery.ALL.text(not))).as(not).isEmpty();
        }
    }

    @Test
    void ar04_textIsFoundInNotesAndNotInWhatIsKnownOfThePatron() {
        archive()
                .keep(List.of(
                        FinishedChat.of("c1", at(0)).notes("ana", "between us").missed()));

        assertThat(found(ArchiveQuery.ALL.text("Between"))).containsExactly("c1");
        assertThat(found(ArchiveQuery.ALL.text("Stewart"))).isEmpty();
    }

    @Test
    void ar04_aTextDoesNotReachFromOneMessageIntoTheNext() {
        archive()
                .keep(List.of(FinishedChat.of("c1", at(0)).says("ab").says("cd").missed()));

        assertThat(found(ArchiveQuery.ALL.text("bc"))).isEmpty();
    }
}
