package org.libcoop.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.spi.DeviceReader.Device;

/** Names that end as what a file is (U1), and what a browser says of itself (M7). */
class FileTypeTest {

    private static final FileType JPEG = FileType.of("image/jpeg", "jpg", "jpeg");

    @ParameterizedTest
    @CsvSource({
        "map.jpg, map.jpg",
        "map.JPEG, map.JPEG",
        "map, map.jpg",
        "map.hta, map.hta.jpg",
        "map.jpg.exe, map.jpg.exe.jpg",
        ".jpg, .jpg.jpg",
    })
    void aNameGetsTheEndingThatItLacks(String given, String named) {
        assertThat(JPEG.named(given, 255)).isEqualTo(named);
    }

    @Test
    void aLongNameIsCutBeforeItsEnding() {
        assertThat(JPEG.named("x".repeat(255), 255)).hasSize(255).endsWith("x.jpg");
        assertThat(JPEG.named("x".repeat(250) + "\uD83D\uDE00", 255)).isEqualTo("x".repeat(250) + ".jpg");
        assertThat(FileType.of("image/jpeg").named("map", 255)).isEqualTo("map");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "png", "image/", "/png", "Image/png", "image/png; charset=x", "image/p ng"})
    void whatIsNoMediaTypeIsRefused(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> FileType.of(type));
    }

    @Test
    void noImageThatCanRunIsAmongTheDefaults() {
        assertThat(FileType.defaults())
                .extracting(FileType::mediaType)
                .contains("image/png", "application/pdf", "text/plain", "video/mp4", "video/webm")
                .doesNotContain("image/svg+xml", "text/html", "application/zip")
                .noneMatch(type -> type.contains("macro"));
    }

    @Test
    void aReaderIsGivenAtMostSoMuchAndHarmsNobody() {
        DeviceReader echoes = text -> java.util.Optional.of(new Device(text, null));

        assertThat(DeviceReader.device(echoes, "x".repeat(5000)).orElseThrow().browser())
                .hasSize(Device.LONGEST_WORDS);
        assertThat(DeviceReader.device(
                        text -> {
                            assertThat(text).hasSize(DeviceReader.LONGEST);
                            throw new IllegalStateException("no such browser");
                        },
                        "x".repeat(1001)))
                .isEmpty();
        assertThat(DeviceReader.device(echoes, null)).isEmpty();
        assertThat(DeviceReader.device(echoes, " ")).isEmpty();
        assertThat(DeviceReader.device(DeviceReader.NONE, "Firefox")).isEmpty();
    }
}
