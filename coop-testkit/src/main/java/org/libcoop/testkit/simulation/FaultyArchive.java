package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.libcoop.spi.StoreException;

/**
 * One node's way to the archive that all share: a call may be overtaken, fail before or after the archive did what was asked,
 * or be the node's last. Closing it leaves the archive open.
 */
final class FaultyArchive implements Archive {

    private final Archive inner;
    private final Simulation simulation;
    private final SimulatedNode node;

    FaultyArchive(Archive inner, Simulation simulation, SimulatedNode node) {
        this.inner = inner;
        this.simulation = simulation;
        this.node = node;
    }

    private <T> T call(Supplier<T> question) {
        if (simulation.fate().strikes(Fate.Fault.OVERTAKEN)) {
            simulation.overtake();
        }
        mayFail("did nothing");
        T answer = question.get();
        mayFail("did it all the same");
        return answer;
    }

    private void mayFail(String what) {
        if (simulation.fate().strikes(Fate.Fault.CRASH_IN_CALL)) {
            throw simulation.dies(node);
        }
        if (simulation.fate().strikes(Fate.Fault.ARCHIVE_FAILED)) {
            simulation.trace().line(node + " finds the archive away, which " + what);
            throw new StoreException("the simulated archive is away", true);
        }
    }

    @Override
    public void keep(List<ArchivedChat> chats) {
        call(() -> {
            inner.keep(chats);
            return true;
        });
    }

    @Override
    public Optional<ArchivedChat> chat(ChatId chat) {
        return call(() -> inner.chat(chat));
    }

    @Override
    public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
        return call(() -> inner.search(query, cursor, limit));
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return call(() -> inner.deleteContent(chat));
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return call(() -> inner.redact(chat, seq, replacement));
    }

    @Override
    public boolean anonymise(ChatId chat) {
        return call(() -> inner.anonymise(chat));
    }

    @Override
    public List<Expired> expired(
            Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
        return call(() -> inner.expired(part, home, overUpTo, after, limit));
    }

    @Override
    public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
        return call(() -> inner.homes(after, limit));
    }

    @Override
    public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
        return call(() -> inner.ofPatron(home, patron, after, limit));
    }

    @Override
    public void keepIntervals(List<MonitoringInterval> intervals) {
        call(() -> {
            inner.keepIntervals(intervals);
            return true;
        });
    }

    @Override
    public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
        return call(() -> inner.intervals(query, cursor, limit));
    }

    /** Leaves the shared archive open. */
    @Override
    public void close() {
        // The archive is shared; whoever made it closes it.
    }
}
