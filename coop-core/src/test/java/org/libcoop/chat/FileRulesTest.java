package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.chat.Situations.shares;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.presence.World;
import org.libcoop.refusal.RefusalCode;

/** How much may be shared in a chat, and what is written down of it (U1). */
class FileRulesTest {

    @Test
    void aFileHasAtMostSoManyBytes() {
        Story story = Story.claimed("uploadLimit", "1000").at(6);

        assertThat(refusal(story.does(shares(Author.patron(), 999)))).isNull();
        assertThat(refusal(story.does(shares(Author.patron(), 1000)))).isNull();
        assertThat(refusal(story.does(shares(Author.patron(), 1001)))).isEqualTo(RefusalCode.TOO_LARGE);
        assertThat(story.chat().uploads()).isEqualTo(new Uploads(2, 1999));
    }

    @Test
    void aLimitOfNothingMeansThatNoFilesAreShared() {
        Story story = Story.claimed("uploadLimit", "0").at(6);

        assertThat(refusal(story.does(shares(Author.patron(), 1)))).isEqualTo(RefusalCode.UNSUPPORTED);
    }

    @Test
    void aChatHasAtMostSoManyFilesOfBothSidesTogether() {
        Story story = Story.claimed("uploadsPerChat", "2").at(6);

        assertThat(refusal(story.does(shares(Author.patron(), 1)))).isNull();
        assertThat(refusal(story.does(shares(Author.operator(World.ANA), 1)))).isNull();
        assertThat(refusal(story.does(shares(Author.patron(), 1)))).isEqualTo(RefusalCode.UPLOAD_QUOTA);
        assertThat(refusal(Story.claimed("uploadsPerChat", "0").at(6).does(shares(Author.patron(), 1))))
                .isEqualTo(RefusalCode.UPLOAD_QUOTA);
    }

    @ParameterizedTest
    @ValueSource(longs = {399, 400, 401})
    void aChatHasAtMostSoManyBytesOfFiles(long last) {
        Story story = Story.claimed("uploadQuota", "1000").at(6).does(shares(Author.patron(), 600));

        story.does(shares(Author.patron(), last));

        assertThat(refusal(story)).isEqualTo(last <= 400 ? null : RefusalCode.UPLOAD_QUOTA);
        assertThat(story.chat().uploads().bytes()).isEqualTo(last <= 400 ? 600 + last : 600);
    }

    @Test
    void theEventNamesTheFileAndTheContentWhatItIsCalled() {
        Story story = Story.claimed().at(6).does(shares(Author.patron(), 7));

        Logged entry = story.log().get(story.log().size() - 1);

        assertThat(entry.event()).isEqualTo(new ChatEvent.FileShared(Author.patron(), FileId.of("c1.f1"), 7));
        assertThat(entry.file()).contains(new Content.FileDetails("map.png", "image/png"));
        assertThat(entry.redacted("[redacted]").text()).contains("[redacted]");
        assertThat(entry.redacted("[redacted]").file()).isEmpty();
        assertThat(entry.withoutContent().redacted("[redacted]").content()).isNull();
    }

    @Test
    void aNameIsTakenOnlyAsItWasCleaned() {
        Story story = Story.claimed().at(6);
        var unclean = new ChatCommand.ShareFile(Author.patron(), FileId.of("c1.f1"), "../map.png", "image/png", 1);
        var untyped = new ChatCommand.ShareFile(Author.patron(), FileId.of("c1.f1"), "map.png", " ", 1);

        assertThat(refusal(story.does(unclean))).isEqualTo(RefusalCode.INVALID);
        assertThat(refusal(story.does(untyped))).isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void anIdIsTheChatsAndWhatWasDrawn() {
        FileId file = FileId.of(ChatId.of("a-B_9"), "fXyz");

        assertThat(file.value()).isEqualTo("a-B_9.fXyz");
        assertThat(file.chat()).isEqualTo(ChatId.of("a-B_9"));
        assertThat(FileId.of(ChatId.of("c".repeat(100)), "f".repeat(51)).value())
                .hasSize(FileId.MAX_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "c1.", ".f1", "c1.f1.f2", "c 1.f1", "../c1.f1", "c1.f/1", "c1.f\u0000", "é.f1"})
    void whatIsNotSafeAsANameIsNoId(String value) {
        assertThat(FileId.fits(value)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> FileId.of(value));
    }

    private static @Nullable RefusalCode refusal(Story story) {
        return story.refusal().orElse(null);
    }
}
