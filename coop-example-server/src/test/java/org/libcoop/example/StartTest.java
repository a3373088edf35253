package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Directory;
import org.libcoop.testkit.scenario.MalformedScenarioException;

/** How the server is started, and what it starts with. */
class StartTest {

    private static final Path DATA = Path.of("data");

    @Test
    void thePortIsTakenFromTheOptionThenTheEnvironmentThenTheDefault() {
        assertThat(ServerOptions.of(List.of(), Map.of()).port()).isEqualTo(8080);
        assertThat(ServerOptions.of(List.of(), Map.of("COOP_PORT", "0")).port()).isZero();
        assertThat(ServerOptions.of(List.of("--port", "9000"), Map.of("COOP_PORT", "1"))
                        .port())
                .isEqualTo(9000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--port x",
                "--port -1",
                "--port 65536",
                "--help",
                "--directory",
                "--data",
                "--database",
                "8080"
            })
    void wrongOptionsAreRefusedWithAWord(String line) {
        assertThatThrownBy(() -> ServerOptions.of(List.of(line.split(" ")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(expected|usage).*");
    }

    @Test
    void theDatabaseIsH2InTheDataFolderUnlessAnotherIsNamed() {
        Map<String, String> environment = Map.of("COOP_DATABASE", "memory", "COOP_DATA", "elsewhere");

        assertThat(database(Map.of())).isEqualTo(new DatabaseSetting.H2File(Path.of("data")));
        assertThat(database(Map.of(), "--data", "mine")).isEqualTo(new DatabaseSetting.H2File(Path.of("mine")));
        assertThat(database(Map.of("COOP_DATA", "mine"))).isEqualTo(new DatabaseSetting.H2File(Path.of("mine")));
        assertThat(database(environment)).isEqualTo(new DatabaseSetting.Memory());
        assertThat(database(environment, "--database", "h2", "--data", "mine"))
                .isEqualTo(new DatabaseSetting.H2File(Path.of("mine")));
        assertThat(database(environment, "--database", "jdbc:postgresql://db/coop"))
                .isEqualTo(new DatabaseSetting.PostgreSql("jdbc:postgresql://db/coop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "oracle", "jdbc:h2:mem:x", "jdbc:mysql://me:hidden@db/coop", "postgresql://me:hidden@db/coop"
            })
    void anUnknownDatabaseIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> DatabaseSetting.of(text, DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected h2, memory or jdbc:postgresql:")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aDataFolderThatWouldEndInH2sSettingsIsRefused() {
        assertThatThrownBy(() -> database(Map.of(), "--data", "data;INIT=drop all objects"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without semicolons");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5433/coop?user=me&password=hidden, PostgreSQL at //db:5433/coop",
        "jdbc:postgresql://me:hidden@db/coop,                    PostgreSQL at //db/coop",
        "jdbc:postgresql:coop?password=hid@den,                  PostgreSQL at coop",
    })
    void anAddressIsShownWithoutItsSecrets(String url, String shown) {
        assertThat(new DatabaseSetting.PostgreSql(url)).hasToString(shown);
    }

    @Test
    void everyWaitForPostgreSqlIsLimitedUnlessTheAddressLimitsIt() {
        assertThat(new DatabaseSetting.PostgreSql("jdbc:postgresql://db/coop").urlWithTimeouts())
                .startsWith("jdbc:postgresql://db/coop?connectTimeout=5&socketTimeout=15");
        assertThat(new DatabaseSetting.PostgreSql("jdbc:postgresql://db/coop?user=me&socketTimeout=60")
                        .urlWithTimeouts())
                .startsWith("jdbc:postgresql://db/coop?user=me&socketTimeout=60&connectTimeout=5")
                .doesNotContain("socketTimeout=15");
    }

    @Test
    void nobodyWaitsForAConnectionLongerThanACallOfTheStoreMayTake() {
        assertThat(Storage.LENDING).isLessThanOrEqualTo(Storage.DEADLINE);
    }

    private static DatabaseSetting database(Map<String, String> environment, String... arguments) {
        return ServerOptions.of(List.of(arguments), environment).database();
    }

    @Test
    void aDirectoryOfOnesOwnIsReadAndAMalformedOneIsRefusedWithItsLine(@TempDir Path folder) throws Exception {
        Path good = Files.writeString(
                folder.resolve("good.yaml"), "directory:\n  institutions:\n    mine: {departments: {desk: [me]}}\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "directory:\n  libraries: {}\n");

        assertThat(ExampleServer.directory(good).operators()).hasSize(1);
        assertThatThrownBy(() -> ExampleServer.directory(bad))
                .isInstanceOf(MalformedScenarioException.class)
                .hasMessageContaining("bad.yaml");
    }

    @Test
    void theAddressesAreForCopying() throws Exception {
        Directory demo = ExampleServer.directory(null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ServerMain.print(
                URI.create("http://127.0.0.1:8080"),
                demo,
                DatabaseSetting.of("jdbc:postgresql://db/coop?user=me&password=hidden", DATA),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("http://127.0.0.1:8080/dashboard", "http://127.0.0.1:8080/library/databases")
                .contains("PostgreSQL at //db/coop", "a query 10 s")
                .doesNotContain("hidden", "user=me");
    }
}
