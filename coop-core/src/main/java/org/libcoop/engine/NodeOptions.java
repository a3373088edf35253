package org.libcoop.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Clock;
import org.libcoop.spi.DirectorySource;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.Store;

/**
 * What a node is started with; {@code executor} null means threads of its own,
 * {@code mailer} null that no email is sent. Without {@code archiving} chats that are over
 * stay in the store, and {@code archive} is never written to.
 */
public record NodeOptions(
        Clock clock,
        Store store,
        Archive archive,
        boolean archiving,
        Ids ids,
        DirectorySource source,
        List<LibraryRecord> records,
        @Nullable Executor executor,
        Duration sweepEvery,
        @Nullable Mailer mailer) {

    public NodeOptions {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(source, "source");
        records = List.copyOf(records);
        Objects.requireNonNull(sweepEvery, "sweepEvery");
    }
}
