package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.example.StaffServlet.done;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;

/** U1 over HTTP, both ways: Ben of Springy has the patron's chat. What is sent wrong on purpose is refused and leaves nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FileApiTest {

    private static final String KEY = "a key of one browser's page, 32 long";
    private static final String OTHER_KEY = "a key of another browser's page, too";
    private static final byte[] TEXT = "The library opens at 9.\n".getBytes(StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newHttpClient();
    private ExampleServer server;
    private CoopEngine engine;
    private OperatorSession ben;
    private ChatId chat;

    @BeforeEach
    void start() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        engine = server.engine();
        ben = Desks.atWork(engine, "ben");
        chat = begun(KEY);
        done(ben.claim(chat)).orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChatId begun(String key) {
        WidgetId widget = engine.directory().widgets().stream()
                .filter(one -> one.institution().value().equals("springy-university"))
                .map(one -> one.id())
                .findFirst()
                .orElseThrow();
        Content.PatronDetails patron = new Content.PatronDetails("Stewart", "s@example.edu", null, "Mozilla/5.0", true);
        return done(engine.connectPatron(new Principal.OfPatron(key), "192.0.2.7", n -> {})
                        .orElseThrow()
                        .startChat(widget, patron, "Where is it?"))
                .orElseThrow()
                .chat();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(server.address().resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static String of(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> patronShares(String key, ChatId in, String name, byte[] content) throws Exception {
        return http.send(
                request("/coop-web/files/" + in + "?name=" + of(name), key)
                        .POST(BodyPublishers.ofByteArray(content))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> patronGets(String key, ChatId in, String file) throws Exception {
        return http.send(request("/coop-web/files/" + in + "/" + file, key).build(), BodyHandlers.ofByteArray());
    }

    private String signedIn(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator).token();
    }

    private List<Logged> shared() {
        return engine.inspect(chat).orElseThrow().log().stream()
                .filter(entry -> entry.event() instanceof FileShared)
                .toList();
    }

    private FileId newest() {
        Logged last = shared().get(shared().size() - 1);
        return ((FileShared) last.event()).file();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, RefusalCode code) throws Exception {
        assertThat(StaffClient.refusal(answer)).isEqualTo(status + " " + code);
    }

    // ---- Both ways

    @Test
    void bothSidesShareAndGetFilesForSavingOnly() throws Exception {
        HttpResponse<String> sent = patronShares(KEY, chat, "Ünlü \"plan\".txt", TEXT);
        HttpResponse<byte[]> got = http.send(
                request("/api/files?chat=" + chat + "&file=" + newest(), signedIn("ben"))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(StaffClient.json(sent).path("chat").asText()).isEqualTo(chat.value());
        assertThat(got.body()).isEqualTo(TEXT);
        assertThat(got.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"_nl_ _plan_.txt\"; filename*=UTF-8''%C3%9Cnl%C3%BC%20_plan_.txt");
        assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(got.headers().allValues("X-Content-Type-Options")).contains("nosniff");
        assertThat(got.headers().allValues("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
        assertThat(got.headers().firstValue("Cache-Control")).contains("private, no-store");

        HttpResponse<String> back = http.send(
                request("/api/files/share?chat=" + chat + "&name=answer", signedIn("ben"))
                        .POST(BodyPublishers.ofByteArray(TEXT))
                        .build(),
                BodyHandlers.ofString());
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(patronGets(KEY, chat, newest().value()).body()).isEqualTo(TEXT);
    }

    @Test
    void aTranscriptsReaderGetsItsFilesUntilTheyAreRedacted() throws Exception {
        patronShares(KEY, chat, "map", TEXT);
        FileId file = newest();
        done(ben.end(chat, Disposition.ANSWERED)).orElseThrow();
        String ana = signedIn("ana");
        HttpRequest asked = request("/api/files/transcript?chat=" + chat + "&file=" + file, ana)
                .build();

        assertThat(http.send(asked, BodyHandlers.ofByteArray()).body()).isEqualTo(TEXT);
        done(engine.transcripts(OperatorId.of("ana"))
                        .redact(chat, shared().get(0).seq()))
                .orElseThrow();

        assertRefused(http.send(asked, BodyHandlers.ofString()), 404, RefusalCode.NOT_FOUND);
    }

    // ---- Who may not

    @Test
    void whoSwapsIdsFindsNothing() throws Exception {
        patronShares(KEY, chat, "map", TEXT);
        String file = newest().value();
        ChatId another = begun(OTHER_KEY);

        HttpResponse<byte[]> missing = patronGets(OTHER_KEY, another, another + ".f1");
        for (HttpResponse<byte[]> swapped : List.of(
                patronGets(OTHER_KEY, chat, file),
                patronGets(OTHER_KEY, another, file),
                patronGets(KEY, another, file),
                patronGets(KEY, chat, "../" + file),
                patronGets(KEY, chat, "f1"))) {
            assertThat(swapped.statusCode()).isEqualTo(404);
            assertThat(swapped.body()).isEqualTo(missing.body());
        }
        assertRefused(patronShares(OTHER_KEY, chat, "map", TEXT), 404, RefusalCode.NOT_FOUND);
        for (String who : List.of("ian", "ana")) {
            HttpResponse<String> denied = http.send(
                    request("/api/files?chat=" + chat + "&file=" + file, signedIn(who))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(denied.statusCode()).isIn(403, 404);
        }
        assertThat(shared()).hasSize(1);
    }

    @Test
    void nobodyComesInWithoutAKeyOrFromAForeignPage() throws Exception {
        URI door = server.address().resolve("/coop-web/files/" + chat);
        HttpRequest.Builder post = HttpRequest.newBuilder(door).POST(BodyPublishers.ofByteArray(TEXT));

        assertThat(http.send(post.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        assertThat(http.send(post.copy().header("Authorization", "Bearer short").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        HttpRequest foreign = post.copy()
                .header("Authorization", "Bearer " + KEY)
                .header("Origin", "https://evil.example")
                .build();
        assertRefused(http.send(foreign, BodyHandlers.ofString()), 403, RefusalCode.NOT_ALLOWED);
        HttpResponse<String> preflight = http.send(
                HttpRequest.newBuilder(door)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://evil.example")
                        .build(),
                BodyHandlers.ofString());
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        HttpRequest ofStaff = request("/api/files/share?chat=" + chat + "&name=a", signedIn("ben"))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofByteArray(TEXT))
                .build();
        assertRefused(http.send(ofStaff, BodyHandlers.ofString()), 403, RefusalCode.NOT_ALLOWED);
        assertThat(shared()).isEmpty();
    }

    // ---- What is sent on purpose

    @Test
    void eachHostileFileHasItsOutcome() throws Exception {
        done(engine.admin()
                        .save(engine.directory()
                                .policies()
                                .with("uploadsPerChat", "1000")
                                .with("connectionMessages", "10000")
                                .with("addressMessages", "10000")))
                .orElseThrow();
        int before = 0;

        assertThat(HostileFiles.all()).hasSizeGreaterThan(59);
        for (HostileFiles.Case one : HostileFiles.all()) {
            HttpResponse<String> answer = patronShares(KEY, chat, one.name(), one.content());

            if (one.shown() == null) {
                assertThat(StaffClient.refusal(answer)).as("%s", one).isEqualTo("400 file-type");
                assertThat(shared()).as("%s", one).hasSize(before);
            } else {
                assertThat(answer.statusCode()).as("%s: %s", one, answer.body()).isEqualTo(200);
                assertThat(shared()).as("%s", one).hasSize(++before);
                assertThat(shared().get(before - 1).file()).as("%s", one).contains(one.shown());
            }
        }
    }

    @Test
    void theLimitHoldsWhateverIsSaidOfTheLength() throws Exception {
        done(engine.admin().save(engine.directory().policies().with("uploadLimit", "1000")))
                .orElseThrow();
        for (int size : new int[] {999, 1000, 1001}) {
            byte[] content = "x".repeat(size).getBytes(StandardCharsets.UTF_8);

            HttpResponse<String> said = patronShares(KEY, chat, "a" + size, content);
            HttpResponse<String> unsaid = http.send(
                    request("/coop-web/files/" + chat + "?name=b" + size, KEY)
                            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(content)))
                            .build(),
                    BodyHandlers.ofString());

            if (size <= 1000) {
                assertThat(said.statusCode()).isEqualTo(200);
                assertThat(unsaid.statusCode()).isEqualTo(200);
            } else {
                assertRefused(said, 413, RefusalCode.TOO_LARGE);
                assertRefused(unsaid, 413, RefusalCode.TOO_LARGE);
            }
        }
        assertThat(shared()).hasSize(4);
    }

    @Test
    void theTypeThatIsSaidIsNotBelieved() throws Exception {
        HttpResponse<String> page = http.send(
                request("/coop-web/files/" + chat + "?name=a.png", KEY)
                        .header("Content-Type", "image/png")
                        .POST(BodyPublishers.ofString("<html><script>alert(1)</script></html>"))
                        .build(),
                BodyHandlers.ofString());

        assertRefused(page, 400, RefusalCode.FILE_TYPE);
    }

    @Test
    void whatHasNoNameIsAFileOnBothSides() throws Exception {
        HttpRequest patrons = request("/coop-web/files/" + chat, KEY)
                .POST(BodyPublishers.ofByteArray(TEXT))
                .build();
        HttpRequest staffs = request("/api/files/share?chat=" + chat, signedIn("ben"))
                .POST(BodyPublishers.ofByteArray(TEXT))
                .build();

        for (HttpRequest nameless : List.of(patrons, staffs)) {
            assertThat(http.send(nameless, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }

        assertThat(shared())
                .extracting(entry -> entry.file().orElseThrow().name())
                .containsExactly("file.txt", "file.txt");
    }

    @Test
    void aFormIsNoFileOnEitherSide() throws Exception {
        for (HttpRequest.Builder door : List.of(
                request("/coop-web/files/" + chat + "?name=a", KEY),
                request("/api/files/share?chat=" + chat + "&name=a", signedIn("ben")))) {
            HttpRequest form = door.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("chat=" + chat + "&a=".repeat(500_000)))
                    .build();

            assertRefused(http.send(form, BodyHandlers.ofString()), 400, RefusalCode.INVALID);
        }
        assertThat(shared()).isEmpty();
    }

    @Test
    void aResendUnderOneIdIsSharedOnce() throws Exception {
        HttpRequest once = request("/coop-web/files/" + chat + "?name=a&id=one", KEY)
                .POST(BodyPublishers.ofByteArray(TEXT))
                .build();

        String first = http.send(once, BodyHandlers.ofString()).body();
        String second = http.send(once, BodyHandlers.ofString()).body();

        assertThat(second).isEqualTo(first);
        assertThat(shared()).hasSize(1);
    }
}
