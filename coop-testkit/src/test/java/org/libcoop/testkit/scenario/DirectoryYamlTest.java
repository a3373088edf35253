package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

final class DirectoryYamlTest {

    private static final String DEMO = """
            policies: {backupDelay: 20s, operatorLimit: 3}
            directory:
              institutions:
                springy:
                  name: Springy University
                  zone: America/New_York
                  operators: {ana: Ana Lopez, ben: Ben Okoro}
                  departments:
                    reference: {name: Reference Desk, members: [ana, ben]}
                    circulation: [ben]
                  admins: [ana, carla]
                hill: {departments: {hilldesk: [olga]}}
                provider: {operators: [maya]}
              coops:
                academic:
                  name: Academic Co-Op
                  kind: global
                  backup: [maya]
                  members:
                    springy: {as: contributing, coverage: {hours: ["MON-FRI 18:00-08:00"], except: [2026-12-25]}}
                    hill: {as: non_contributing, coverage: none}
                worldwide: {kind: global, backupDelay: 1m, members: {springy: contributing}}
                regional: {kind: local, members: {springy: contributing, hill: contributing}, accounts: {olga: coop_admin}}
              widgets:
                databases:
                  institution: springy
                  name: Databases A-Z
                  route: [reference, ana, academic]
                  owner: ana
                  origins: ["https://library.springy.example.edu"]
                  nameField: required
                  emailField: off
                  questionField: optional
                  privacyNotice: We keep chats for 90 days.
                  consentRequired: true
                  texts: {waiting: A moment please., greetingCoop: "Hi, {operator} of {institution}"}
            """;

    private final Directory directory = DirectoryYaml.parse("demo.yaml", DEMO);

    @Test
    void institutionsOperatorsAndDepartmentsAreRead() {
        assertThat(directory.institution(InstitutionId.of("springy"))).hasValueSatisfying(springy -> {
            assertThat(springy.name()).isEqualTo("Springy University");
            assertThat(springy.zone()).isEqualTo(ZoneId.of("America/New_York"));
        });
        assertThat(directory.institution(InstitutionId.of("hill"))).hasValueSatisfying(hill -> {
            assertThat(hill.name()).isEqualTo("hill");
            assertThat(hill.zone()).isEqualTo(ZoneId.of("UTC"));
        });
        assertThat(directory.operator(OperatorId.of("ana"))).hasValueSatisfying(ana -> {
            assertThat(ana.displayName()).isEqualTo("Ana Lopez");
            assertThat(ana.admin()).isTrue();
        });
        assertThat(directory.operator(OperatorId.of("carla")))
                .hasValueSatisfying(carla -> assertThat(carla.admin()).isTrue());
        assertThat(directory.department(DepartmentId.of("reference")))
                .hasValueSatisfying(desk -> assertThat(desk.name()).isEqualTo("Reference Desk"));
        assertThat(directory.department(DepartmentId.of("circulation")))
                .hasValueSatisfying(desk -> assertThat(desk.members()).containsExactly(OperatorId.of("ben")));
    }

    @Test
    void coopsMembersAndAccountsAreRead() {
        CoopId academic = CoopId.of("academic");

        assertThat(directory.coop(academic)).hasValueSatisfying(coop -> {
            assertThat(coop.name()).isEqualTo("Academic Co-Op");
            assertThat(coop.kind()).isEqualTo(Coop.Kind.GLOBAL);
            assertThat(coop.backup()).containsExactly(OperatorId.of("maya"));
        });
        assertThat(directory.membership(academic, InstitutionId.of("hill")))
                .hasValueSatisfying(hill -> assertThat(hill.kind()).isEqualTo(Membership.Kind.NON_CONTRIBUTING));
        assertThat(directory.account(CoopId.of("regional"), OperatorId.of("olga")))
                .isPresent();
    }

    @Test
    void aCoopWithoutADelayOfItsOwnHasThatOfThePolicies() {
        assertThat(directory.policies().operatorLimit()).hasValue(3);
        assertThat(directory.coop(CoopId.of("academic")).map(Coop::backupDelay)).contains(Duration.ofSeconds(20));
        assertThat(directory.coop(CoopId.of("worldwide")).map(Coop::backupDelay))
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void coverageIsReadWithItsExceptions() {
        InstitutionId springy = InstitutionId.of("springy");
        Option academic = Option.coop("academic");

        assertThat(directory.covered(springy, academic, Instant.parse("2026-12-24T23:30:00Z")))
                .isTrue();
        assertThat(directory.covered(springy, academic, Instant.parse("2026-12-25T23:30:00Z")))
                .isFalse();
        assertThat(directory.covered(InstitutionId.of("hill"), academic, Instant.EPOCH))
                .isFalse();
    }

    @Test
    void everythingOfAWidgetIsRead() {
        Widget widget = directory.widget(WidgetId.of("databases")).orElseThrow();

        assertThat(widget.name()).isEqualTo("Databases A-Z");
        assertThat(widget.route())
                .containsExactly(Option.department("reference"), Option.operator("ana"), Option.coop("academic"));
        assertThat(widget.timedFallback()).isEqualTo(Widget.DEFAULT_TIMED_FALLBACK);
        assertThat(widget.owner()).contains(OperatorId.of("ana"));
        assertThat(widget.origins()).containsExactly("https://library.springy.example.edu");
        assertThat(widget.nameField()).isEqualTo(FormField.REQUIRED);
        assertThat(widget.emailField()).isEqualTo(FormField.OFF);
        assertThat(widget.questionField()).isEqualTo(FormField.OPTIONAL);
        assertThat(widget.privacyNotice()).contains("We keep chats for 90 days.");
        assertThat(widget.consentRequired()).isTrue();
        assertThat(widget.texts().waiting()).isEqualTo("A moment please.");
        assertThat(widget.texts().greetingCoop()).isEqualTo("Hi, {operator} of {institution}");
    }

    @Test
    void aFileOfItsOwnIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("demo.yaml"), DEMO);

        assertThat(DirectoryYaml.read(file)).isEqualTo(directory);
    }

    @Test
    void aFileOfItsOwnHasNothingElse() {
        assertThatExceptionOfType(MalformedScenarioException.class)
                .isThrownBy(() -> DirectoryYaml.parse("demo.yaml", DEMO + "timeline: []\n"))
                .withMessageContaining("unknown key \"timeline\" in a directory file, expected policies, directory");
    }
}
