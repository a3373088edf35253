package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.Source;
import org.libcoop.report.StaffedTime;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Facts;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.Post;

/**
 * Derives what reports count from what is kept of chats: the log and the QA feedback, at any time anew (section 11). Safe for use by
 * several threads.
 */
final class FactKeeper {

    private static final int PAGE = 100;

    /** The last rating in a discussion, and how many posts it is of. */
    private record Feedback(@Nullable Integer rating, long posts) {
        static final Feedback NONE = new Feedback(null, 0);
    }

    private final Facts facts;
    private final Discussions discussions;
    private final DeviceReader devices;

    FactKeeper(Facts facts, Discussions discussions, DeviceReader devices) {
        this.facts = facts;
        this.discussions = discussions;
        this.devices = devices;
    }

    /** Has chats counted as they are now. */
    void keep(List<ArchivedChat> chats) {
        List<Discussion> about = chats.stream()
                .map(archived -> Discussion.on(archived.chat().id()))
                .toList();
        Map<Discussion, Long> written = new HashMap<>();
        for (int i = 0; i < about.size(); i += Discussions.PAGE) {
            written.putAll(discussions.last(about.subList(i, Math.min(about.size(), i + Discussions.PAGE))));
        }
        List<ChatFact> derived = new ArrayList<>();
        for (ArchivedChat archived : chats) {
            Discussion discussion = Discussion.on(archived.chat().id());
            Feedback feedback = written.containsKey(discussion) ? feedback(discussion) : Feedback.NONE;
            derived.add(of(archived.chat(), archived.log()).rated(feedback.rating(), feedback.posts()));
        }
        facts.keep(derived);
    }

    private Feedback feedback(Discussion discussion) {
        Feedback feedback = Feedback.NONE;
        List<Post> page;
        do {
            page = discussions.read(discussion, feedback.posts() + 1, Discussions.PAGE);
            for (Post post : page) {
                Integer rating = post.rating();
                feedback = new Feedback(rating == null ? feedback.rating() : rating, post.seq());
            }
        } while (page.size() == Discussions.PAGE);
        return feedback;
    }

    /** Has it forgotten where a chat came from, for good (X2). */
    void forget(ChatId chat) {
        facts.fact(chat).ifPresent(fact -> facts.keep(List.of(fact.forgotten())));
    }

    /** The fact of a chat without its feedback, over or not; of its log the first entries are enough. */
    ChatFact of(Chat chat, List<Logged> log) {
        return ChatFact.of(chat, log, source(log));
    }

    private Source source(List<Logged> log) {
        if (log.isEmpty() || !(log.get(0).content() instanceof Content.PatronDetails patron)) {
            return Source.NONE;
        }
        Optional<DeviceReader.Device> device = DeviceReader.device(devices, patron.userAgent());
        return Source.of(
                patron.anonymised().referrer(),
                device.map(DeviceReader.Device::browser).orElse(null),
                device.map(DeviceReader.Device::system).orElse(null));
    }

    /**
     * Has it counted when an operator monitored, as the archive has it: what began from {@code since} to {@code cut}, for the institution
     * at which {@code directory} had the operator then (S5).
     */
    void keepStaffed(
            Archive archive, OperatorId operator, Instant since, Instant cut, Function<Instant, Directory> directory) {
        Intervals.each(
                archive,
                IntervalQuery.of(operator, since, cut),
                page -> facts.keepStaffed(page.stream()
                        .flatMap(interval -> directory.apply(interval.from()).operator(operator).stream()
                                .map(known -> new StaffedTime(
                                        interval.stage(), known.institution(), interval.from(), interval.to())))
                        .toList()));
    }

    /** The same anew of everything that began before {@code end}, of those who are there, where they are now. */
    void rebuildStaffed(Archive archive, Directory directory, Instant end) {
        for (Operator operator : directory.operators()) {
            keepStaffed(archive, operator.id(), Instant.EPOCH, end, at -> directory);
        }
    }

    /** Derives the facts of everything in the archive that began before {@code end} anew; how many chats that were. */
    long rebuild(Archive archive, Instant end) {
        long rebuilt = 0;
        String cursor = null;
        do {
            ArchivePage page = archive.search(ArchiveQuery.ALL.started(null, end), cursor, PAGE);
            List<ArchivedChat> chats = page.rows().stream()
                    .flatMap(row -> archive.chat(row.chat()).stream())
                    .toList();
            keep(chats);
            rebuilt += chats.size();
            cursor = page.next();
        } while (cursor != null);
        facts.recount();
        return rebuilt;
    }
}
