package org.libcoop.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/**
 * Discussions in memory: for tests, demos, and a first look. It forgets everything with the process. Several engines of one
 * process may share it. <em>Safe for use by several threads.</em>
 */
public final class InMemoryDiscussions implements Discussions {

    private static final Comparator<Discussion> IN_ORDER =
            Comparator.comparing(Discussion::kind).thenComparing(Discussion::id);

    /** What is kept of one discussion. */
    private static final class Kept {
        private final NavigableMap<Long, Post> posts = new TreeMap<>();
        private final Map<String, Long> places = new HashMap<>();
        private long last;
        private boolean erased;
    }

    /** When a discussion began. */
    private record Begun(Instant at, Discussion discussion) {
        static final Comparator<Begun> FIRST_FIRST =
                Comparator.comparing(Begun::at).thenComparing(Begun::discussion, IN_ORDER);
    }

    /** What a cursor belongs to. */
    private record Subject(String subject) {}

    /** Where somebody is in a discussion. */
    private record Reader(OperatorId operator, Discussion discussion) {}

    private final Map<Discussion, Kept> discussions = new HashMap<>();
    private final Map<Discussion, Instant> begun = new HashMap<>();
    private final Map<String, NavigableSet<Begun>> subjects = new HashMap<>();
    private final Map<Reader, Long> seen = new HashMap<>();
    private final NavigableSet<Post> byTime = new TreeSet<>(Comparator.comparing(Post::at)
            .thenComparing(Post::discussion, IN_ORDER)
            .thenComparing(Post::seq));

    /** Nothing written yet. */
    public InMemoryDiscussions() {}

    @Override
    public synchronized Post add(Post post, Collection<String> found) {
        Discussion discussion = post.discussion();
        Kept kept = kept(discussion);
        Begun beginning = new Begun(begun.computeIfAbsent(discussion, never -> post.at()), discussion);
        found.forEach(subject -> subjects.computeIfAbsent(subject, never -> new TreeSet<>(Begun.FIRST_FIRST.reversed()))
                .add(beginning));
        Long place = kept.places.get(post.id());
        if (place != null) {
            return Objects.requireNonNull(kept.posts.get(place));
        }
        Post next = post.placedAt(++kept.last);
        Post placed = kept.erased ? next.erased() : next;
        kept.places.put(post.id(), placed.seq());
        put(kept, placed);
        return placed;
    }

    private Kept kept(Discussion discussion) {
        return discussions.computeIfAbsent(discussion, never -> new Kept());
    }

    private void put(Kept kept, Post post) {
        Post before = kept.posts.put(post.seq(), post);
        if (before != null) {
            byTime.remove(before);
        }
        byTime.add(post);
    }

    @Override
    public synchronized List<Post> read(Discussion discussion, long from, int limit) {
        Kept kept = discussions.get(discussion);
        int wanted = wanted(limit);
        return kept == null
                ? List.of()
                : kept.posts.tailMap(from, true).values().stream().limit(wanted).toList();
    }

    @Override
    public synchronized Map<Discussion, Long> last(Collection<Discussion> asked) {
        Map<Discussion, Long> last = new HashMap<>();
        for (Discussion discussion : asked) {
            Kept kept = discussions.get(discussion);
            if (kept != null && kept.last > 0) {
                last.put(discussion, kept.last);
            }
        }
        return last;
    }

    @Override
    public synchronized List<Post> since(Instant instant, int limit) {
        int wanted = wanted(limit);
        return byTime.stream()
                .filter(post -> !post.at().isBefore(instant))
                .limit(wanted)
                .toList();
    }

    @Override
    public synchronized Page about(String subject, @Nullable String cursor, int limit) {
        int wanted = wanted(limit);
        Subject query = new Subject(subject);
        Begun behind = cursor == null ? null : place(query, cursor);
        NavigableSet<Begun> all = subjects.getOrDefault(subject, new TreeSet<>(Begun.FIRST_FIRST.reversed()));
        List<Begun> found = (behind == null ? all : all.tailSet(behind, false))
                .stream().limit(wanted + 1L).toList();
        List<Begun> page = found.subList(0, Math.min(wanted, found.size()));
        String next = null;
        if (found.size() > wanted) {
            Begun last = page.get(wanted - 1);
            Discussion discussion = last.discussion();
            next = ArchiveCursor.after(
                    query, last.at().toString(), discussion.kind().name(), discussion.id());
        }
        return new Page(page.stream().map(Begun::discussion).toList(), next);
    }

    private static Begun place(Subject query, String cursor) {
        List<String> key = ArchiveCursor.read(query, cursor, 3);
        return new Begun(Instant.parse(key.get(0)), new Discussion(Discussion.Kind.valueOf(key.get(1)), key.get(2)));
    }

    @Override
    public synchronized void seen(OperatorId operator, Discussion discussion, long seq) {
        seen.merge(new Reader(operator, discussion), seq, Math::max);
    }

    @Override
    public synchronized Map<Discussion, Long> seen(OperatorId operator, Collection<Discussion> asked) {
        Map<Discussion, Long> places = new HashMap<>();
        for (Discussion discussion : asked) {
            Long seq = seen.get(new Reader(operator, discussion));
            if (seq != null) {
                places.put(discussion, seq);
            }
        }
        return places;
    }

    @Override
    public synchronized void erase(Discussion discussion) {
        Kept kept = kept(discussion);
        kept.erased = true;
        new ArrayList<>(kept.posts.values()).forEach(post -> put(kept, post.erased()));
    }

    @Override
    public synchronized long forget(Discussion.Kind kind, Instant instant) {
        List<Post> old = byTime.stream()
                .filter(post -> post.at().isBefore(instant) && post.discussion().kind() == kind)
                .toList();
        for (Post post : old) {
            byTime.remove(post);
            Kept kept = kept(post.discussion());
            kept.posts.remove(post.seq());
            kept.places.remove(post.id());
        }
        return old.size();
    }

    private static int wanted(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, PAGE);
    }

    /** Keeps everything: it may be shared. */
    @Override
    public void close() {
        // Nothing is held that has to be given back.
    }
}
