package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.spi.Notice;

/** What many are told alike is encoded once, and nothing else is shared. */
class EncodingsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T22:00:00.000Z");

    private final AtomicInteger encoded = new AtomicInteger();
    private final Encodings encodings = new Encodings();
    private final Directory directory = directory("Springy University");

    private static Directory directory(String name) {
        return Directory.builder().institution("springy", name).build();
    }

    private static Notice listed(String chat, boolean ofMyInstitution) {
        return new Notice.Listed(new Notice.ChatSummary(
                ChatId.of(chat),
                2,
                "Springy University",
                ofMyInstitution,
                "Databases",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                NOW,
                false,
                true,
                List.of(),
                null,
                null,
                null));
    }

    private String text(Notice notice, Directory names) {
        return encodings
                .of(notice, names, () -> "text " + encoded.incrementAndGet())
                .json();
    }

    @Test
    void equalNoticesOfAListAreEncodedOnce() {
        Notice.Unlisted gone = new Notice.Unlisted(ChatId.of("c1"), Notice.Unlisted.Reason.OVER, null, null, NOW);

        assertThat(text(listed("c1", false), directory)).isEqualTo("text 1");
        assertThat(text(listed("c1", false), directory)).isEqualTo("text 1");
        assertThat(text(gone, directory)).isEqualTo("text 2");
        assertThat(text(new Notice.Unlisted(gone.chat(), gone.reason(), null, null, NOW), directory))
                .isEqualTo("text 2");
    }

    @Test
    void whatDiffersInAnythingIsEncodedByItself() {
        assertThat(text(listed("c1", false), directory)).isEqualTo("text 1");
        assertThat(text(listed("c1", true), directory)).isEqualTo("text 2");
        assertThat(text(listed("c2", true), directory)).isEqualTo("text 3");
        assertThat(text(listed("c2", true), directory("Another name"))).isEqualTo("text 4");
    }

    @Test
    void whatIsForOneAloneIsNeverShared() {
        Notice typing = new Notice.Typing(ChatId.of("c1"), Author.Kind.PATRON, true);

        assertThat(text(typing, directory)).isEqualTo("text 1");
        assertThat(text(typing, directory)).isEqualTo("text 2");
    }
}
