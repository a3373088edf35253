package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.libcoop.testkit.junit.StoreCapability;
import org.libcoop.testkit.junit.StoreContract;

/** The page of the stores' contract, the port's own words and the tests speak of the same rules. */
class StoreContractPageTest {

    private static final Path PAGE = Path.of("../docs/reference/store-contract.md");
    private static final Path PORT = Path.of("../coop-core/src/main/java/org/libcoop/spi/Store.java");
    private static final Pattern RULE = Pattern.compile("<li>ST(\\d+) (.*?)(?=<li>|</ol>)", Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("### ST(\\d+)\\n\\n> (.*)");
    private static final Pattern TEST_NAME = Pattern.compile("st(\\d\\d)_[A-Za-z0-9]+");

    @Test
    void pagePortAndTestsNameTheSameRules() throws IOException {
        Set<Integer> ofPort = numbers(RULE, Files.readString(PORT));
        Set<Integer> ofPage = numbers(SECTION, Files.readString(PAGE));
        Set<Integer> ofTests = numbers(TEST_NAME, String.join("\n", tests()));

        assertThat(ofPort).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(ofPage).isEqualTo(ofPort);
        assertThat(ofTests).isEqualTo(ofPort);
    }

    @Test
    void thePageHasTheWordsOfThePort() throws IOException {
        Matcher rule = RULE.matcher(Files.readString(PORT));
        String page = Files.readString(PAGE);

        while (rule.find()) {
            String words = rule.group(2)
                    .replaceAll("\\s+\\*\\s+", " ")
                    .replaceAll("\\{@(?:link|code) #?([^}]*)}", "`$1`")
                    .strip();
            assertThat(page).contains("### ST" + rule.group(1) + "\n\n> " + words + "\n");
        }
    }

    @Test
    void everyTestStandsOnThePageUnderItsRule() throws IOException {
        Set<String> onPage = new TreeSet<>();
        for (String section : Files.readString(PAGE).split("(?m)^### ", -1)) {
            Matcher name = TEST_NAME.matcher(section);
            while (name.find()) {
                String rule = "ST" + Integer.parseInt(name.group(1)) + "\n";
                assertThat(section).as("the section of %s", name.group()).startsWith(rule);
                onPage.add(name.group());
            }
        }

        assertThat(onPage).isEqualTo(tests());
    }

    @Test
    void everyTestIsNamedAfterARule() {
        assertThat(tests()).allSatisfy(name -> assertThat(name).matches(TEST_NAME));
    }

    @Test
    void everyCapabilityStandsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        for (StoreCapability capability : StoreCapability.values()) {
            assertThat(page).contains("| `" + capability.name() + "` |");
        }
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        Set<Integer> numbers = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        return numbers;
    }

    private static Set<String> tests() {
        Set<String> names = new TreeSet<>();
        for (Class<?> type = StoreContract.class; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    names.add(method.getName());
                }
            }
        }
        return names;
    }
}
