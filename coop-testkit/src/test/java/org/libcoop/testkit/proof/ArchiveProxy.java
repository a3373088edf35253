package org.libcoop.testkit.proof;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Expired;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.PatronTrace;

/** An archive that asks another one; tests override what is to go wrong. */
class ArchiveProxy implements Archive {

    private final Archive archive;

    ArchiveProxy(Archive archive) {
        this.archive = Objects.requireNonNull(archive, "archive");
    }

    @Override
    public void keep(List<ArchivedChat> chats) {
        archive.keep(chats);
    }

    @Override
    public Optional<ArchivedChat> chat(ChatId chat) {
        return archive.chat(chat);
    }

    @Override
    public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
        return archive.search(query, cursor, limit);
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return archive.deleteContent(chat);
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return archive.redact(chat, seq, replacement);
    }

    @Override
    public boolean anonymise(ChatId chat) {
        return archive.anonymise(chat);
    }

    @Override
    public List<Expired> expired(
            Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
        return archive.expired(part, home, overUpTo, after, limit);
    }

    @Override
    public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
        return archive.homes(after, limit);
    }

    @Override
    public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
        return archive.ofPatron(home, patron, after, limit);
    }

    @Override
    public void keepIntervals(List<MonitoringInterval> intervals) {
        archive.keepIntervals(intervals);
    }

    @Override
    public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
        return archive.intervals(query, cursor, limit);
    }

    @Override
    public void close() {
        archive.close();
    }
}
