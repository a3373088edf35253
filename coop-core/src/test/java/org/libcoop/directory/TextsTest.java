package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private record Line(String name, Function<Texts, String> get, BiFunction<Texts, String, Texts> with) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Line> GREETINGS = List.of(
            new Line("greetingOwn", Texts::greetingOwn, Texts::withGreetingOwn),
            new Line("greetingCoop", Texts::greetingCoop, Texts::withGreetingCoop));

    static List<Line> others() {
        return List.of(
                new Line("waiting", Texts::waiting, Texts::withWaiting),
                new Line("stillWaiting", Texts::stillWaiting, Texts::withStillWaiting),
                new Line("offline", Texts::offline, Texts::withOffline),
                new Line("ended", Texts::ended, Texts::withEnded));
    }

    static List<Line> all() {
        return Stream.concat(GREETINGS.stream(), others().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTextCanBeChangedAloneWithinItsBounds(Line line) {
        Texts changed = line.with().apply(Texts.defaults(), "Bonjour,\n\tça va ? 💬");

        assertThat(line.get().apply(changed)).isEqualTo("Bonjour,\n\tça va ? 💬");
        assertThat(line.with().apply(changed, line.get().apply(Texts.defaults())))
                .isEqualTo(Texts.defaults());
        assertThat(line.get().apply(line.with().apply(changed, "x".repeat(2000))))
                .hasSize(2000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.with().apply(changed, "x".repeat(2001)))
                .withMessageContaining(line.name())
                .withMessageContaining("2001 characters, expected 1 to 2000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.with().apply(changed, " \n"))
                .withMessageContaining(line.name());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.with().apply(changed, "a\u0000b"))
                .withMessageContaining(line.name() + " \"a\uFFFDb\" contains U+0000");
    }

    @ParameterizedTest
    @MethodSource("others")
    void onlyGreetingsHavePlaceholders(Line line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.with().apply(Texts.defaults(), "Ask {operator}"))
                .withMessage(
                        line.name() + " \"Ask {operator}\" has the placeholder {operator}, which only a greeting has");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.with().apply(Texts.defaults(), "Of {institution}"))
                .withMessageContaining("{institution}");
        assertThat(line.get().apply(line.with().apply(Texts.defaults(), "{other} {")))
                .isEqualTo("{other} {");
    }

    @Test
    void theGreetingIsChosenByWhetherTheOwnerIsOfTheHomeInstitution() {
        Texts texts = Texts.defaults().withGreetingOwn("Own {operator}").withGreetingCoop("{operator}, {institution}");

        assertThat(texts.greeting(true, "Ana", "Springy")).isEqualTo("Own Ana");
        assertThat(texts.greeting(false, "Olga", "Hill")).isEqualTo("Olga, Hill");
    }

    @Test
    void aGreetingWithoutPlaceholdersIsNeutral() {
        assertThat(Texts.defaults().withGreetingCoop("Hello!").greeting(false, "Olga", "Hill"))
                .isEqualTo("Hello!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{institution}", "{operator}", "$1", "\\", "${operator}"})
    void aNameThatLooksLikeAPlaceholderOrAPatternStaysAsItIs(String name) {
        Texts texts = Texts.defaults().withGreetingCoop("{operator} of {institution}, {operator}");

        assertThat(texts.greeting(false, name, "Hill")).isEqualTo(name + " of Hill, " + name);
        assertThat(texts.greeting(false, "Olga", name)).isEqualTo("Olga of " + name + ", Olga");
    }

    @Test
    void theDefaultsAreWhole() {
        Texts texts = Texts.defaults();

        assertThat(texts.greeting(true, "Ana", "Springy")).isEqualTo("Hello, this is Ana. How can I help?");
        assertThat(texts.greeting(false, "Olga", "Hill"))
                .isEqualTo("Hello, this is Olga of Hill, answering for your library. How can I help?");
    }
}
