package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.FileId;
import org.libcoop.spi.FileVault;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.junit.FileVaultContract;

/** The vault in a folder, as two servers see it (FV1–FV8), and what is on the disk. */
class FolderFileVaultTest extends FileVaultContract {

    @TempDir
    private Path folder;

    private final SimulatedClock clock = new SimulatedClock();

    @Override
    protected FileVault open() {
        try {
            return new FolderFileVault(folder, clock);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected FileVault another(FileVault opened) {
        return open();
    }

    private List<Path> onDisk() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void nothingIsLeftBesideOfWhatWasNotKept() throws IOException {
        FileVault vault = open();

        vault.put(FileId.of("c.f1"), new ByteArrayInputStream(new byte[11]), 10);
        vault.put(FileId.of("c.f2"), new ByteArrayInputStream(new byte[10]), 10);

        assertThat(onDisk()).hasSize(1);
        assertThat(onDisk().get(0).getParent().getParent()).isEqualTo(folder);
    }

    @Test
    void whatAServerThatDiedLeftBesideGoesAfterADay() throws IOException {
        FileVault vault = open();
        Path left = Files.write(folder.resolve("incoming").resolve("file1.part"), new byte[3]);
        Files.setLastModifiedTime(left, FileTime.from(clock.now()));
        clock.advance(Duration.ofDays(1));
        open();
        assertThat(left).exists();

        clock.advance(Duration.ofMillis(1));
        open();

        assertThat(left).doesNotExist();
        assertThat(vault.list(null, 10)).isEmpty();
    }

    @Test
    void whatIsNoneOfOursIsNotListed() throws IOException {
        FileVault vault = open();
        vault.put(FileId.of("c.f1"), new ByteArrayInputStream(new byte[1]), 1);
        Path kept = onDisk().get(0);
        Files.write(kept.resolveSibling("notes.txt"), new byte[3]);
        Files.write(kept.resolveSibling("zz"), new byte[3]);
        Files.write(kept.resolveSibling("00"), new byte[3]);

        assertThat(vault.list(null, 10)).extracting(FileVault.Held::file).containsExactly(FileId.of("c.f1"));
    }
}
