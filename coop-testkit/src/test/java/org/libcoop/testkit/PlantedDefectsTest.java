package org.libcoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.testkit.scenario.ScenarioFile;
import org.libcoop.testkit.scenario.ScenarioRunner;

/** The scenario suite finds every defect that is planted in the core: it can fail, and does when it should. */
@Timeout(300)
final class PlantedDefectsTest {

    private static final String ROUTING = "org/libcoop/routing/Routing.java";
    private static final String SUITE = Path.of("..", "scenarios").toString();

    /** Runs every scenario below a folder; returns the first one that does not hold, or nothing. */
    static final class Suite implements Function<String, String> {
        @Override
        public String apply(String folder) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                return files.filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .filter(file -> !holds(file))
                        .findFirst()
                        .map(Path::toString)
                        .orElse("");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean holds(Path file) {
            try {
                return new ScenarioRunner().run(ScenarioFile.read(file)).passed();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Arguments defect(String name, String source, String original, String replacement) {
        return Arguments.of(name, Mutant.of(source, original, replacement));
    }

    static List<Arguments> defects() {
        return List.of(
                defect(
                        "a stage opens one second late (R3)",
                        ROUTING,
                        "new Pending(leg.stage(), clock.plus(fallback), Cause.TIME)",
                        "new Pending(leg.stage(), clock.plus(fallback).plusSeconds(1), Cause.TIME)"),
                defect(
                        "a stage is not open at its very instant (R14)",
                        ROUTING,
                        "filter(p -> !p.due().isAfter(to))",
                        "filter(p -> p.due().isBefore(to))"),
                defect("a department opens by time (R5)", ROUTING, "if (leg.coop()) {", "if (!leg.stage().backup()) {"),
                defect(
                        "an empty co-op is waited for (R4)",
                        ROUTING,
                        "if (stage.backup() || served(progress.plan(), stage, judgedAt, availability)) {",
                        "if (!now.openStages().isEmpty()) {"),
                defect(
                        "people are notified before a stage of theirs opens (R6)",
                        ROUTING,
                        "for (Stage open : progress.openStages()) {",
                        "for (Stage open : progress.plan().legs().stream().map(Leg::stage).toList()) {"),
                defect(
                        "people without access to the co-op are notified (P3)",
                        "org/libcoop/presence/Presence.java",
                        "for (Stage stage : directory.stagesOf(row.operator())) {",
                        "for (Stage stage : java.util.stream.Stream.concat(directory.stagesOf(row.operator()).stream(),"
                                + " row.switches().stream().map(Stage::of)).collect(java.util.stream.Collectors.toSet())) {"),
                defect(
                        "a second claim is accepted (C2)",
                        "org/libcoop/chat/ChatRules.java",
                        "? Refusal.of(RefusalCode.ALREADY_CLAIMED, \"another librarian claimed the chat\")",
                        "? null"),
                defect(
                        "the clocks run on while a chat is owned (R16)",
                        "org/libcoop/chat/Chat.java",
                        "progress.paused(Duration.between(claimedAt, at))",
                        "progress"),
                defect(
                        "the clocks stand still from the acceptance on, not from the claim (R16)",
                        "org/libcoop/chat/Chat.java",
                        "Instant claimedAt = claimed(event).claimedAt();",
                        "Instant claimedAt = claimed(event).ownership().since();"),
                defect(
                        "an offer expires a second late (C9)",
                        "org/libcoop/chat/Offer.java",
                        "at.plus(policies.transferExpiry())",
                        "at.plus(policies.transferExpiry()).plusSeconds(1)"),
                defect(
                        "who declined is asked again with the backup staff (C9)",
                        "org/libcoop/chat/Course.java",
                        "onDuty.removeAll(offer.left());",
                        ""),
                defect(
                        "a chat that was claimed at home goes to anybody of a co-op (C8)",
                        "org/libcoop/chat/Transfers.java",
                        "return ofHome\n                || (coop != null",
                        "return ofHome\n                || coop == null\n                || (coop != null"),
                defect(
                        "a transfer goes to those at the limit (C8)",
                        "org/libcoop/chat/Transfers.java",
                        "!world.online(operator, now) || world.atLimit(operator)",
                        "!world.online(operator, now)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void theSuiteFinds(String name, Mutant defect) {
        String found = defect.run(Suite.class, SUITE);

        assertThat(found)
                .as("the first scenario that does not hold when %s", name)
                .isNotEmpty();
    }

    @Test
    void theSuiteHoldsWithoutADefectInTheSameSurroundings() {
        String found = Mutant.none().run(Suite.class, SUITE);

        assertThat(found).isEmpty();
    }

    @Test
    void aDefectThatDoesNotFitTheCodeAnyMoreIsRefused() {
        Mutant gone = Mutant.of(ROUTING, "no such text", "");
        Mutant ambiguous = Mutant.of(ROUTING, "import ", "");
        Mutant broken = Mutant.of(ROUTING, "public final class Routing {", "public final class Routing ");

        assertThatIllegalStateException()
                .isThrownBy(() -> gone.run(Suite.class, SUITE))
                .withMessageContaining("exactly once");
        assertThatIllegalStateException().isThrownBy(() -> ambiguous.run(Suite.class, SUITE));
        assertThatIllegalStateException()
                .isThrownBy(() -> broken.run(Suite.class, SUITE))
                .withMessageContaining("does not compile");
    }
}
