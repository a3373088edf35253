package org.libcoop.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running Chromium with the driver that steers it; closing it ends both. One thread at a time. */
record Chromium(Playwright driver, Browser browser) implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** The program named by {@code browser.executable}, else the first of the usual names on PATH. */
    static Optional<Path> executable() {
        String named = System.getProperty("browser.executable", "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .flatMap(Chromium::candidates)
                .findFirst();
    }

    private static Stream<Path> candidates(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isExecutable);
    }

    static Chromium start(Path executable) {
        // The installed browser is used; the driver must not fetch one of its own.
        Playwright driver = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    driver,
                    driver.chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(FLAGS)));
        } catch (RuntimeException e) {
            driver.close();
            throw e;
        }
    }

    @Override
    public void close() {
        browser.close();
        driver.close();
    }
}
