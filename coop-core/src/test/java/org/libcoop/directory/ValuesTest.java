package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of what the directory is made of. */
class ValuesTest {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final CoopId ACADEMIC = CoopId.of("academic");

    private record Named(String what, UnaryOperator<String> name) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Named> named() {
        return List.of(
                new Named("institution name", name -> new Institution(SPRINGY, name, ZoneOffset.UTC).name()),
                new Named(
                        "operator display name",
                        name -> Operator.of(ANA, SPRINGY, name).displayName()),
                new Named(
                        "department name",
                        name -> new Department(DepartmentId.of("d"), SPRINGY, name, Set.of()).name()),
                new Named("co-op name", name -> Coop.local(ACADEMIC, name).name()),
                new Named(
                        "widget name",
                        name -> Widget.builder("w", "springy")
                                .name(name)
                                .route(Option.operator(ANA))
                                .build()
                                .name()));
    }

    @ParameterizedTest
    @MethodSource("named")
    void aNameHasOneToTwoHundredCharactersOnOneLine(Named named) {
        assertThat(named.name().apply("N")).isEqualTo("N");
        assertThat(named.name().apply("x".repeat(200))).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named.name().apply("x".repeat(201)))
                .withMessageContaining(named.what())
                .withMessageContaining("201 characters, expected 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named.name().apply(" "))
                .withMessage(named.what() + " \" \" is blank, expected 1 to 200 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> named.name().apply("two\nlines"));
        assertThatNullPointerException()
                .isThrownBy(() -> named.name().apply(null))
                .withMessage(named.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.001S", "PT39.999S", "PT10M"})
    void aBackupDelayLiesBetweenNothingAndTenMinutes(Duration delay) {
        assertThat(Coop.local(ACADEMIC, "Academic").withBackupDelay(delay).backupDelay())
                .isEqualTo(delay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT10M0.001S", "PT1H"})
    void anyOtherBackupDelayIsRefused(Duration delay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coop.local(ACADEMIC, "Academic").withBackupDelay(delay))
                .withMessageStartingWith("backupDelay ")
                .withMessageEndingWith("is out of bounds, expected 0s to 10m");
    }

    @Test
    void aBackupDelayHasNoFractionOfAMillisecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coop.local(ACADEMIC, "Academic").withBackupDelay(Duration.ofNanos(1_000_001)))
                .withMessage("backupDelay PT0.001000001S is not in whole milliseconds");
    }

    @Test
    void theTwoKindsOfCoopsStartWithTheDefaultDelay() {
        Coop local = Coop.local(ACADEMIC, "Academic");
        Coop global = Coop.global(ACADEMIC, "Academic", List.of(ANA));

        assertThat(local.kind()).isEqualTo(Coop.Kind.LOCAL);
        assertThat(local.backup()).isEmpty();
        assertThat(global.kind()).isEqualTo(Coop.Kind.GLOBAL);
        assertThat(global.backup()).containsExactly(ANA);
        assertThat(global.backupDelay()).isEqualTo(local.backupDelay()).isEqualTo(Duration.ofSeconds(40));
        assertThat(global.withBackup(List.of()).backup()).isEmpty();
    }

    @Test
    void listsAndSetsAreCopies() {
        List<OperatorId> backup = new ArrayList<>(List.of(ANA));
        Set<OperatorId> members = new HashSet<>(backup);
        Coop coop = Coop.global(ACADEMIC, "Academic", backup);
        Department department = new Department(DepartmentId.of("reference"), SPRINGY, "Reference", members);

        backup.clear();
        members.clear();

        assertThat(coop.backup()).containsExactly(ANA);
        assertThat(department.members()).containsExactly(ANA);
    }

    @Test
    void anOperatorChatsAndIsNoAdminUnlessSaid() {
        Operator ana = Operator.of(ANA, SPRINGY, "Ana");

        assertThat(ana).isEqualTo(new Operator(ANA, SPRINGY, "Ana", true, false));
        assertThat(ana.withChatEnabled(false)).isEqualTo(new Operator(ANA, SPRINGY, "Ana", false, false));
        assertThat(ana.withAdmin(true)).isEqualTo(new Operator(ANA, SPRINGY, "Ana", true, true));
    }

    @Test
    void aMembershipIsCoveredAtEveryHourUntilSaidOtherwiseAndContributesUntilItEnds() {
        Membership contributing = Membership.of(ACADEMIC, SPRINGY, Membership.Kind.CONTRIBUTING);

        assertThat(contributing.coverage()).isEqualTo(Coverage.always());
        assertThat(contributing.contributes()).isTrue();
        assertThat(contributing.asEnded().contributes()).isFalse();
        assertThat(contributing.asEnded().ended()).isTrue();
        assertThat(Membership.of(ACADEMIC, SPRINGY, Membership.Kind.NON_CONTRIBUTING)
                        .contributes())
                .isFalse();
        assertThat(contributing.withCoverage(Coverage.none()).coverage()).isEqualTo(Coverage.none());
        assertThat(contributing.asEnded().withCoverage(Coverage.none()).ended()).isTrue();
    }

    @Test
    void everyRecordNamesItsKey() {
        assertThat(Coop.local(ACADEMIC, "Academic").key()).isEqualTo(RecordKey.of(ACADEMIC));
        assertThat(Membership.of(ACADEMIC, SPRINGY, Membership.Kind.CONTRIBUTING)
                        .key())
                .isEqualTo(RecordKey.of(ACADEMIC, SPRINGY));
        assertThat(new CoopAccount(ACADEMIC, ANA, CoopAccount.Level.REGULAR).key())
                .isEqualTo(RecordKey.of(ACADEMIC, ANA));
    }
}
