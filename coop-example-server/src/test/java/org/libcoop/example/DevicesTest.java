package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.DeviceReader.Device;

/** Browser and system as librarians read them (M7). */
class DevicesTest {

    private static final DeviceReader DEVICES = new Devices();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0 | Firefox 128 | Windows 10",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome 126 | Linux",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Mobile Safari 17 | iOS 17.5",
            })
    void aBrowserAndItsSystemAreNamed(String userAgent, String browser, String system) {
        assertThat(DeviceReader.device(DEVICES, userAgent)).contains(new Device(browser, system));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own/1.0", "()", "<script>alert(1)</script>", "\u0000"})
    void whatIsNotKnownIsLeftOut(String userAgent) {
        assertThat(DeviceReader.device(DEVICES, userAgent)).isEmpty();
    }

    @Test
    void aLongTextCostsNoMoreThanItsFirstThousandCharacters() {
        String hostile = "Mozilla/5.0 (" + "Android;".repeat(200_000);

        assertThat(DeviceReader.device(DEVICES, hostile).map(Device::browser).orElse(""))
                .hasSizeLessThanOrEqualTo(Device.LONGEST_WORDS);
    }
}
