package org.libcoop.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Clock;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.DirectorySource;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Facts;
import org.libcoop.spi.FaqSource;
import org.libcoop.spi.FileType;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.Store;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketOutbox;

/**
 * What a node is started with; {@code executor} null means threads of its own,
 * {@code mailer} null that no email is sent, {@code vault} null that no files are shared, {@code ticketDesk} null that no tickets are
 * taken, {@code faqs} null that there is no FAQ. Without {@code archiving} chats that are over
 * stay in the store, and {@code archive} and {@code facts} are never written to.
 */
public record NodeOptions(
        Clock clock,
        Store store,
        Archive archive,
        boolean archiving,
        Facts facts,
        AuditTrail auditTrail,
        Discussions discussions,
        Ids ids,
        DirectorySource source,
        List<LibraryRecord> records,
        @Nullable Executor executor,
        Duration sweepEvery,
        @Nullable Mailer mailer,
        List<CoopListener> listeners,
        @Nullable FileVault vault,
        List<FileType> fileTypes,
        DeviceReader deviceReader,
        TicketOutbox ticketOutbox,
        @Nullable TicketDesk ticketDesk,
        @Nullable FaqSource faqs) {

    public NodeOptions {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(auditTrail, "auditTrail");
        Objects.requireNonNull(discussions, "discussions");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(source, "source");
        records = List.copyOf(records);
        Objects.requireNonNull(sweepEvery, "sweepEvery");
        listeners = List.copyOf(listeners);
        fileTypes = List.copyOf(fileTypes);
        Objects.requireNonNull(deviceReader, "deviceReader");
        Objects.requireNonNull(ticketOutbox, "ticketOutbox");
    }
}
