package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Option;

/** The table of origin tricks (G20). */
class OriginsTest {

    private static final Directory DIRECTORY = Directory.builder()
            .institution("springy", "Springy University")
            .department("reference", "springy", "Reference")
            .widget(
                    "databases",
                    "springy",
                    widget -> widget.route(Option.department("reference")).origins("https://library.springy.edu"))
            .build();

    private final Origins byHost = new Origins(Set.of(), () -> DIRECTORY);
    private final Origins byList = new Origins(Set.of("https://chat.springy.edu"), () -> DIRECTORY);

    @ParameterizedTest
    @CsvSource({
        "http://chat.springy.edu,          chat.springy.edu,       true",
        "http://chat.springy.edu,          chat.springy.edu:80,    true",
        "https://chat.springy.edu,         chat.springy.edu,       true",
        "https://chat.springy.edu:443,     chat.springy.edu,       true",
        "HTTPS://Chat.Springy.Edu,         chat.springy.edu,       true",
        "http://localhost:8080,            localhost:8080,         true",
        "http://[::1]:8080,                [::1]:8080,             true",
        "http://localhost:8081,            localhost:8080,         false",
        "http://localhost,                 localhost:8080,         false",
        "http://localhost:8080,            127.0.0.1:8080,         false",
        "http://chat.springy.edu.evil.ex,  chat.springy.edu,       false",
        "http://evilchat.springy.edu,      chat.springy.edu,       false",
        "http://chat.springy.edu/,         chat.springy.edu,       false",
        "http://x@chat.springy.edu,        chat.springy.edu,       false",
        "http://chat.springy.edu?x,        chat.springy.edu,       false",
        "ftp://chat.springy.edu,           chat.springy.edu,       false",
        "chat.springy.edu,                 chat.springy.edu,       false",
        "null,                             null,                   false",
        "http://,                          '',                     false",
    })
    void ownIsTheHostTheHandshakeWasSentTo(String origin, String host, boolean own) {
        assertThat(byHost.isOwn(origin, host)).isEqualTo(own);
    }

    @Test
    void withAListOwnIsWhatIsOnIt() {
        assertThat(byList.isOwn("https://chat.springy.edu", "other.example")).isTrue();
        assertThat(byList.isOwn("http://chat.springy.edu", "chat.springy.edu")).isFalse();
        assertThat(byList.isOwn("http://localhost", "localhost")).isFalse();
    }

    @Test
    void theHandshakeTurnsAwayWhatTheHeaderAloneCondemns() {
        assertThat(byHost.mayPass("null")).isFalse();
        assertThat(byHost.mayPass("file://")).isFalse();
        assertThat(byHost.mayPass("https://evil.example"))
                .as("decided with the host")
                .isTrue();
        assertThat(byList.mayPass("https://evil.example")).isFalse();
        assertThat(byList.mayPass("https://chat.springy.edu")).isTrue();
        assertThat(byList.mayPass("https://library.springy.edu"))
                .as("a widget names it")
                .isTrue();
    }

    @Test
    void whatSendsNoOriginIsNoBrowser() {
        assertThat(byList.mayPass(null)).isTrue();
        assertThat(byList.isOwn(null, "localhost")).isTrue();
    }
}
