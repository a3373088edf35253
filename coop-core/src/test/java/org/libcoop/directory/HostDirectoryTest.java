package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostDirectoryTest {

    private static final Institution SPRINGY = institution("springy");
    private static final Institution HILL = institution("hill");
    private static final Operator ANA = operator("ana", "springy");
    private static final Operator OLGA = operator("olga", "hill");

    @Test
    void aRevisionGivesEverythingByIdInTheOrderGiven() {
        Department reference = department("reference", "springy", "ana");

        HostDirectory host = HostDirectory.of(List.of(SPRINGY, HILL), List.of(OLGA, ANA), List.of(reference));

        assertThat(host.institutions().values()).containsExactly(SPRINGY, HILL);
        assertThat(host.operators().values()).containsExactly(OLGA, ANA);
        assertThat(host.departments()).containsEntry(DepartmentId.of("reference"), reference);
        assertThat(host).hasToString("HostDirectory[2 institutions, 2 operators, 1 departments]");
    }

    @Test
    void revisionsAreEqualWhenEverythingInThemIs() {
        HostDirectory host = HostDirectory.of(List.of(SPRINGY), List.of(ANA), List.of());

        assertThat(host)
                .isEqualTo(HostDirectory.of(List.of(SPRINGY), List.of(ANA), List.of()))
                .hasSameHashCodeAs(HostDirectory.of(List.of(SPRINGY), List.of(ANA), List.of()))
                .isNotEqualTo(HostDirectory.of(List.of(SPRINGY), List.of(ANA.withAdmin(true)), List.of()))
                .isNotEqualTo(HostDirectory.of(List.of(SPRINGY, HILL), List.of(ANA), List.of()))
                .isNotEqualTo(
                        HostDirectory.of(List.of(SPRINGY), List.of(ANA), List.of(department("reference", "springy"))));
    }

    @Test
    void anEmptyHostIsValid() {
        assertThat(HostDirectory.of(List.of(), List.of(), List.of()).institutions())
                .isEmpty();
    }

    @Test
    void duplicateIdsAreRefused() {
        assertProblems(List.of(SPRINGY, SPRINGY), List.of(), List.of(), "institution springy: is given twice");
        assertProblems(List.of(SPRINGY), List.of(ANA, ANA), List.of(), "operator ana: is given twice");
        assertProblems(
                List.of(SPRINGY),
                List.of(),
                List.of(department("reference", "springy"), department("reference", "springy")),
                "department reference: is given twice");
    }

    @Test
    void theSameIdForThingsOfTwoKindsIsNoDuplicate() {
        assertThat(HostDirectory.of(
                                List.of(institution("x")),
                                List.of(operator("x", "x")),
                                List.of(department("x", "x", "x")))
                        .departments())
                .hasSize(1);
    }

    @Test
    void anOperatorOfAnUnknownInstitutionIsRefused() {
        assertProblems(List.of(SPRINGY), List.of(OLGA), List.of(), "operator olga: is of the unknown institution hill");
    }

    @Test
    void aDepartmentOfAnUnknownInstitutionIsRefused() {
        assertProblems(
                List.of(SPRINGY),
                List.of(),
                List.of(department("law", "hill")),
                "department law: is of the unknown institution hill");
    }

    @Test
    void anUnknownMemberIsRefused() {
        assertProblems(
                List.of(SPRINGY),
                List.of(),
                List.of(department("reference", "springy", "ana")),
                "department reference: has the unknown operator ana as a member");
    }

    @Test
    void aMemberOfAnotherInstitutionIsRefused() {
        assertProblems(
                List.of(SPRINGY, HILL),
                List.of(ANA, OLGA),
                List.of(department("reference", "springy", "ana", "olga")),
                "department reference: has olga of hill as a member, but is of springy");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertProblems(
                List.of(SPRINGY, SPRINGY),
                List.of(ANA, OLGA, ANA),
                List.of(department("reference", "springy", "olga", "nobody"), department("law", "moon")),
                "institution springy: is given twice",
                "operator ana: is given twice",
                "operator olga: is of the unknown institution hill",
                "department reference: has the unknown operator nobody as a member",
                "department reference: has olga of hill as a member, but is of springy",
                "department law: is of the unknown institution moon");
    }

    @Test
    void theMessageSpellsOutTheFirstTwentyProblemsAndTheListHasAll() {
        List<Operator> twenty =
                IntStream.range(0, 20).mapToObj(i -> operator("o" + i, "moon")).toList();
        List<Operator> more =
                IntStream.range(0, 25).mapToObj(i -> operator("o" + i, "moon")).toList();

        InvalidDirectoryException few = refusal(List.of(), twenty, List.of());
        InvalidDirectoryException many = refusal(List.of(), more, List.of());

        assertThat(few)
                .hasMessageStartingWith("20 problems: operator o0: is of the unknown institution moon; operator o1: ")
                .hasMessageEndingWith("operator o19: is of the unknown institution moon");
        assertThat(many)
                .hasMessageStartingWith("25 problems: ")
                .hasMessageEndingWith("operator o19: is of the unknown institution moon; and 5 more");
        assertThat(many.problems()).hasSize(25);
        assertThat(refusal(List.of(), List.of(ANA), List.of()))
                .hasMessage("1 problem: operator ana: is of the unknown institution springy");
    }

    private static void assertProblems(
            List<Institution> institutions,
            List<Operator> operators,
            List<Department> departments,
            String... problems) {
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(() -> HostDirectory.of(institutions, operators, departments))
                .satisfies(e -> assertThat(e.problems()).map(Problem::toString).containsExactly(problems));
    }

    private static InvalidDirectoryException refusal(
            List<Institution> institutions, List<Operator> operators, List<Department> departments) {
        return catchThrowableOfType(
                InvalidDirectoryException.class, () -> HostDirectory.of(institutions, operators, departments));
    }

    private static Institution institution(String id) {
        return new Institution(InstitutionId.of(id), id, ZoneOffset.UTC);
    }

    private static Operator operator(String id, String institution) {
        return Operator.of(OperatorId.of(id), InstitutionId.of(institution), id);
    }

    private static Department department(String id, String institution, String... members) {
        return new Department(
                DepartmentId.of(id),
                InstitutionId.of(institution),
                id,
                Set.copyOf(Arrays.stream(members).map(OperatorId::of).toList()));
    }
}
