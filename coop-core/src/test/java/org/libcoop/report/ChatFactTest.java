package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.report.Facts.NOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;

/** Facts of chats, what is asked for of them, and by what they are told apart (S2, S8, X2). */
class ChatFactTest {

    private static final ChatFact FACT = Facts.through("c1", "springy", "rainy", 40, 600);

    private static ChatFact grown(ChatFact fact, long entries, Integer rating) {
        return new ChatFact(
                fact.chat(),
                fact.home(),
                fact.widget(),
                fact.startedAt(),
                fact.outcome(),
                fact.answer(),
                fact.source(),
                rating,
                fact.qaRating(),
                entries,
                fact.posts(),
                fact.erased());
    }

    // ---- Merging

    @Test
    void ofLogAndFeedbackTheNewerCountsWhicheverComesFirst() {
        ChatFact rated = grown(FACT, 6, 4);
        ChatFact discussed = FACT.rated(2, 3);

        ChatFact merged = rated.merge(discussed);

        assertThat(merged)
                .isEqualTo(discussed.merge(rated))
                .isEqualTo(merged.merge(FACT))
                .isEqualTo(merged.merge(merged));
        assertThat(merged.rating()).isEqualTo(4);
        assertThat(merged.qaRating()).isEqualTo(2);
        assertThat(merged.entries()).isEqualTo(6);
        assertThat(merged.posts()).isEqualTo(3);
    }

    @Test
    void whatWasForgottenIsNotFoundOutAgain() {
        ChatFact later = grown(FACT, 9, 1);

        assertThat(FACT.forgotten().merge(later)).isEqualTo(later.merge(FACT.forgotten()));
        assertThat(FACT.forgotten().merge(later).source()).isEqualTo(Source.NONE);
        assertThat(FACT.forgotten().merge(later).rating()).isEqualTo(1);
    }

    @Test
    void aDeviceThatWasReadOnceStaysKnown() {
        ChatFact anonymised = new ChatFact(
                FACT.chat(),
                FACT.home(),
                FACT.widget(),
                NOON,
                FACT.outcome(),
                FACT.answer(),
                Source.of("https://springy.example/ask", null, null),
                null,
                null,
                9,
                0,
                false);

        assertThat(anonymised.merge(FACT).source()).isEqualTo(FACT.source());
        assertThat(FACT.merge(anonymised).source()).isEqualTo(FACT.source());
    }

    @Test
    void factsOfTwoChatsAreNotMerged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FACT.merge(Facts.through("c2", "springy", "rainy", 40, 600)));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facts.fact("c1", "springy", NOON, ChatOutcome.ANSWERED, null, null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facts.fact("c1", "springy", NOON, ChatOutcome.MISSED, FACT.answer(), null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> grown(FACT, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> FACT.rated(null, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facts.answer("rainy", Stage.of(Option.coop("academic")), -1, 0));
    }

    // ---- Where it came from

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://Springy.example/ask/A, springy.example, springy.example/ask/A",
                "http://springy.example, springy.example, springy.example/",
                "https://springy.example:8080/, springy.example:8080, springy.example:8080/",
                "springy.example, -, -",
                "-, -, -",
                "'', -, -"
            })
    void aPageIsHostAndPath(String url, String host, String page) {
        assertThat(Source.of(url, null, null)).isEqualTo(new Source(host, page, null, null));
    }

    @Test
    void wordsAreCutAndNoCharacterInTwo() {
        String long1 = "a".repeat(Source.LONGEST - 1) + "😀" + "b";

        Source source = new Source(long1, "x".repeat(Source.LONGEST + 1), "a\0b", "");

        assertThat(source.host()).isEqualTo("a".repeat(Source.LONGEST - 1));
        assertThat(source.page()).hasSize(Source.LONGEST);
        assertThat(source.browser()).isEqualTo("a\ufffdb");
        assertThat(source.system()).isNull();
    }

    // ---- Asking

    @Test
    void whatIsGivenMustHoldAllOfIt() {
        FactQuery all = FactQuery.ALL
                .home(InstitutionId.of("springy"))
                .coop(Facts.academic())
                .answeredBy(InstitutionId.of("rainy"))
                .operator(OperatorId.of("of-rainy"))
                .widget(WidgetId.of("springy-site"))
                .outcome(ChatOutcome.ANSWERED)
                .started(NOON, NOON.plusMillis(1));

        assertThat(all.asksFor(FACT)).isTrue();
        assertThat(all.home(InstitutionId.of("rainy")).asksFor(FACT)).isFalse();
        assertThat(all.coop(CoopId.of("public")).asksFor(FACT)).isFalse();
        assertThat(all.answeredBy(InstitutionId.of("springy")).asksFor(FACT)).isFalse();
        assertThat(all.operator(OperatorId.of("olga")).asksFor(FACT)).isFalse();
        assertThat(all.widget(WidgetId.of("other")).asksFor(FACT)).isFalse();
        assertThat(all.outcome(ChatOutcome.MISSED).asksFor(FACT)).isFalse();
        assertThat(all.rating(3).asksFor(FACT)).isFalse();
        assertThat(all.rating(3).asksFor(grown(FACT, 6, 3))).isTrue();
    }

    @Test
    void aStartIsAskedForFromIncludedToExcluded() {
        assertThat(FactQuery.ALL.started(NOON, null).asksFor(FACT)).isTrue();
        assertThat(FactQuery.ALL.started(NOON.plusMillis(1), null).asksFor(FACT))
                .isFalse();
        assertThat(FactQuery.ALL.started(null, NOON).asksFor(FACT)).isFalse();
        assertThat(FactQuery.ALL.started(null, NOON.plusMillis(1)).asksFor(FACT))
                .isTrue();
    }

    @Test
    void whatNobodyAnsweredIsOfNoAnswer() {
        ChatFact missed = Facts.missed("c1", NOON);

        assertThat(FactQuery.ALL.asksFor(missed)).isTrue();
        assertThat(FactQuery.ALL.coop(Facts.academic()).asksFor(missed)).isFalse();
        assertThat(FactQuery.ALL.operator(OperatorId.of("olga")).asksFor(missed))
                .isFalse();
        assertThat(FactQuery.ALL.answeredBy(InstitutionId.of("springy")).asksFor(missed))
                .isFalse();
    }

    // ---- Telling apart

    @ParameterizedTest
    @CsvSource({
        "HOME, springy, springy",
        "ANSWERED_BY, rainy,",
        "OPERATOR, of-rainy,",
        "COOP, academic,",
        "WIDGET, springy-site, springy-site",
        "HOST, springy.example, springy.example",
        "PAGE, springy.example/ask, springy.example/ask",
        "BROWSER, Firefox, Firefox",
        "SYSTEM, Linux, Linux"
    })
    void aPartIsOfAnAnsweredChatAndOfAMissedOne(Part part, String answered, String missed) {
        assertThat(part.of(FACT)).isEqualTo(answered);
        assertThat(part.of(Facts.missed("c2", NOON))).isEqualTo(missed);
    }

    @Test
    void whatADepartmentAnsweredIsOfNoCoop() {
        assertThat(Part.COOP.of(Facts.own("c1", "springy", 5, 60))).isNull();
        assertThat(new ChatFact.Answer(
                                OperatorId.of("b"),
                                InstitutionId.of("provider"),
                                Stage.backup(Facts.academic()),
                                Duration.ZERO,
                                null)
                        .coop())
                .contains(Facts.academic());
    }

    @ParameterizedTest
    @EnumSource
    void aPartIsFoundByItsWord(Part part) {
        assertThat(Part.ofWord(part.word())).contains(part);
        assertThat(Part.ofWord(part.name() + "!")).isEmpty();
    }
}
