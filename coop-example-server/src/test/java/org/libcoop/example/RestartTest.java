package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.testkit.scenario.DirectoryYaml;

/** What outlives the server, on each database it knows. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class RestartTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";
    private static final Map<String, Object> DESK =
            Map.of("option", Map.of("kind", "department", "id", "reference"), "on", true);

    private @Nullable ExampleServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private ExampleServer start(DatabaseSetting database) throws IOException {
        if (server != null) {
            server.close();
        }
        server = ExampleServer.start(ExampleServer.directory(null), 0, database);
        return server;
    }

    static List<Named<Function<Path, DatabaseSetting>>> databases() {
        return List.of(
                Named.of("H2 in a file", DatabaseSetting.H2File::new),
                Named.of("PostgreSQL", folder -> new DatabaseSetting.PostgreSql(Postgres.newDatabase())));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aChatGoesOnWhereItWas(Function<Path, DatabaseSetting> kind, @TempDir Path folder) throws Exception {
        DatabaseSetting database = kind.apply(folder);
        String chat;
        start(database);
        try (SocketClient ana = operator("ana");
                SocketClient patron = patron()) {
            ana.command("sign-in", Map.of());
            ana.command("monitor", DESK);
            chat = patron.command("start", Map.of("widget", "databases", "question", "Is it open?"))
                    .path("chat")
                    .asText();
            ana.frame("listed");
        }

        start(database);
        try (SocketClient ana = unwelcomed("ana");
                SocketClient patron = SocketClient.presenting(server().address(), "patron", KEY)) {
            JsonNode desk = ana.frame("welcome");
            JsonNode waiting = patron.frame("welcome").path("chats").path(0);

            assertThat(desk.path("self").path("signedIn").asBoolean()).isTrue();
            assertThat(desk.path("waiting").findValuesAsText("chat")).containsExactly(chat);
            assertThat(waiting.path("state").path("phase").asText()).isEqualTo("waiting");
            assertThat(waiting.path("state").path("chat").asText()).isEqualTo(chat);
            assertThat(ana.command("claim", Map.of("chat", chat)).path("ok").asBoolean())
                    .isTrue();
            patron.command("say", Map.of("text", "Hello?"));
            ana.command("say", Map.of("chat", chat, "text", "Until four."));
        }

        start(database);
        try (SocketClient ana = unwelcomed("ana");
                SocketClient patron = SocketClient.presenting(server().address(), "patron", KEY)) {
            JsonNode desk = ana.frame("welcome");
            JsonNode claimed = patron.frame("welcome").path("chats").path(0);

            assertThat(desk.path("chats")).hasSize(1);
            assertThat(desk.path("chats").path(0).path("chat").asText()).isEqualTo(chat);
            assertThat(claimed.path("state").path("phase").asText()).isEqualTo("claimed");
            assertThat(texts(claimed.path("entries"))).containsSubsequence("Is it open?", "Hello?", "Until four.");
            assertThat(texts(claimed.path("entries"))).doesNotHaveDuplicates();
            assertThat(ana.command("end", Map.of("chat", chat, "disposition", "answered"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void twoServersOnOnePostgreSqlAreOne() throws Exception {
        DatabaseSetting database = new DatabaseSetting.PostgreSql(Postgres.newDatabase());
        start(database);
        try (ExampleServer other = ExampleServer.start(ExampleServer.directory(null), 0, database);
                SocketClient ana = SocketClient.operator(other.address(), "ana")) {
            ana.command("sign-in", Map.of());
            ana.command("monitor", DESK);
            try (SocketClient patron = patron()) {
                patron.command("start", Map.of("widget", "databases", "question", "Is it open?"));
                String chat = ana.frame("listed").path("waiting").path("chat").asText();
                ana.command("claim", Map.of("chat", chat));
                ana.command("say", Map.of("chat", chat, "text", "Until four."));

                JsonNode entry = patron.frame("entry");
                while (!entry.path("entry").path("text").asText().equals("Until four.")) {
                    entry = patron.frame("entry");
                }

                assertThat(entry.path("entry").path("author").asText()).isEqualTo("operator");
            }
        }
    }

    @Test
    void aLaterStartRevisesTheHostsPartAndLeavesTheLibrarysRecords(@TempDir Path folder) throws Exception {
        DatabaseSetting database = new DatabaseSetting.H2File(folder);
        ExampleServer.start(directory("Ana", "Ask us"), 0, database).close();

        server = ExampleServer.start(directory("Ana Alvarez", "Ask the desk"), 0, database);

        Directory found = server.engine().directory();
        assertThat(found.operator(OperatorId.of("ana")).orElseThrow().displayName())
                .isEqualTo("Ana Alvarez");
        assertThat(found.widget(WidgetId.of("ask")).orElseThrow().name()).isEqualTo("Ask us");
    }

    private static Directory directory(String operator, String widget) {
        return DirectoryYaml.parse("test.yaml", """
                directory:
                  institutions:
                    mine: {operators: {ana: %s}, departments: {desk: [ana]}}
                  widgets:
                    ask: {name: %s, institution: mine, route: [desk]}
                """.formatted(operator, widget));
    }

    private static List<String> texts(JsonNode entries) {
        List<String> texts = new ArrayList<>();
        entries.forEach(entry -> {
            if (entry.path("event").asText().equals("said")) {
                texts.add(entry.path("text").asText());
            }
        });
        return texts;
    }

    private ExampleServer server() {
        if (server == null) {
            throw new IllegalStateException("no server was started");
        }
        return server;
    }

    private SocketClient operator(String id) throws Exception {
        return SocketClient.operator(server().address(), id);
    }

    /** An operator whose welcome is still to come. */
    private SocketClient unwelcomed(String id) throws Exception {
        return SocketClient.presenting(server().address(), "operator", SocketClient.ticket(server().address(), id));
    }

    private SocketClient patron() throws Exception {
        SocketClient patron = SocketClient.presenting(server().address(), "patron", KEY);
        patron.frame("welcome");
        return patron;
    }
}
