package org.libcoop.example;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.DeviceReader;
import ua_parser.Client;
import ua_parser.Parser;

/** Browsers and systems by the uap-core list of user agents (M7); the newest answers are kept. <em>Safe for use by several threads.</em> */
final class Devices implements DeviceReader {

    private static final int KEPT = 1_000;
    private static final String UNKNOWN = "Other";

    private final Parser parser = new Parser();
    private final Cache<String, Optional<Device>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    @Override
    public Optional<Device> read(String userAgent) {
        return Objects.requireNonNull(kept.get(userAgent, this::parsed));
    }

    private Optional<Device> parsed(String userAgent) {
        Client client = parser.parse(userAgent);
        String browser = client.userAgent == null ? null : words(client.userAgent.family, client.userAgent.major, null);
        String system = client.os == null ? null : words(client.os.family, client.os.major, client.os.minor);
        return browser == null && system == null ? Optional.empty() : Optional.of(new Device(browser, system));
    }

    private static @Nullable String words(@Nullable String family, @Nullable String major, @Nullable String minor) {
        if (family == null || family.equals(UNKNOWN)) {
            return null;
        }
        String version = major == null ? "" : " " + major + (minor == null ? "" : "." + minor);
        return family + version;
    }
}
