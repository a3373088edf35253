package org.libcoop.testkit.junit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/** Discussions that each break one rule, in a way that an adapter easily might. */
final class BrokenDiscussions {

    private BrokenDiscussions() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements Discussions {
        final Discussions right = new InMemoryDiscussions();

        @Override
        public Post add(Post post, Collection<String> subjects) {
            return right.add(post, subjects);
        }

        @Override
        public List<Post> read(Discussion discussion, long from, int limit) {
            return right.read(discussion, from, limit);
        }

        @Override
        public Map<Discussion, Long> last(Collection<Discussion> discussions) {
            return right.last(discussions);
        }

        @Override
        public List<Post> since(Instant instant, int limit) {
            return right.since(instant, limit);
        }

        @Override
        public Page about(String subject, @Nullable String cursor, int limit) {
            return right.about(subject, cursor, limit);
        }

        @Override
        public void seen(OperatorId operator, Discussion discussion, long seq) {
            right.seen(operator, discussion, seq);
        }

        @Override
        public Map<Discussion, Long> seen(OperatorId operator, Collection<Discussion> discussions) {
            return right.seen(operator, discussions);
        }

        @Override
        public void erase(Discussion discussion) {
            right.erase(discussion);
        }

        @Override
        public long forget(Discussion.Kind kind, Instant instant) {
            return right.forget(kind, instant);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Has one sequence for the table. */
    static final class CountsAllKindsTogether extends Proxy {
        private long last;

        @Override
        public synchronized Post add(Post post, Collection<String> subjects) {
            return super.add(post, subjects).placedAt(++last);
        }
    }

    /** Asks for the last place and writes the next one. */
    static final class ReadsThenWrites extends Proxy {
        @Override
        public Post add(Post post, Collection<String> subjects) {
            long last = last(Set.of(post.discussion())).getOrDefault(post.discussion(), 0L);
            LockSupport.parkNanos(100_000);
            return super.add(post, subjects).placedAt(last + 1);
        }
    }

    /** Names posts itself, so that what is brought again is another one. */
    static final class WritesAgain extends Proxy {
        private int number;

        @Override
        public synchronized Post add(Post post, Collection<String> subjects) {
            Post renamed = new Post(
                    post.discussion(),
                    0,
                    post.id() + " " + number++,
                    post.by(),
                    post.institution(),
                    post.at(),
                    post.rating(),
                    post.text());
            return super.add(renamed, subjects);
        }
    }

    /** Another post with the same but for text and instant. */
    private static Post but(Post post, Instant at, @Nullable String text) {
        return new Post(
                post.discussion(), post.seq(), post.id(), post.by(), post.institution(), at, post.rating(), text);
    }

    /** Tidies texts up. */
    static final class TrimsTexts extends Proxy {
        @Override
        public Post add(Post post, Collection<String> subjects) {
            String text = post.text();
            super.add(but(post, post.at(), text == null ? null : text.trim()), subjects);
            return post.placedAt(last(Set.of(post.discussion())).get(post.discussion()));
        }
    }

    /** Has a column of whole seconds. */
    static final class CutsMilliseconds extends Proxy {
        @Override
        public Post add(Post post, Collection<String> subjects) {
            super.add(but(post, post.at().truncatedTo(ChronoUnit.SECONDS), post.text()), subjects);
            return post.placedAt(last(Set.of(post.discussion())).get(post.discussion()));
        }
    }

    /** Compares with more where at least is meant. */
    static final class BeginsBehindThePlace extends Proxy {
        @Override
        public List<Post> read(Discussion discussion, long from, int limit) {
            return super.read(discussion, from + 1, limit);
        }
    }

    /** Takes any number for a fair wish. */
    static final class GivesAnyNumber extends Proxy {
        @Override
        public List<Post> read(Discussion discussion, long from, int limit) {
            return super.read(discussion, from, Math.max(1, limit));
        }
    }

    /** Says zero of what is not there. */
    static final class TellsOfEmptyOnes extends Proxy {
        @Override
        public Map<Discussion, Long> last(Collection<Discussion> discussions) {
            Map<Discussion, Long> last = new HashMap<>(super.last(discussions));
            discussions.forEach(discussion -> last.putIfAbsent(discussion, 0L));
            return last;
        }
    }

    /** Compares with later where not earlier is meant. */
    static final class LeavesTheInstantOut extends Proxy {
        @Override
        public List<Post> since(Instant instant, int limit) {
            return super.since(instant.plusMillis(1), limit);
        }
    }

    /** Writes subjects down once, with the discussion. */
    static final class ForgetsSubjectsThatComeLater extends Proxy {
        private final Set<Discussion> known = ConcurrentHashMap.newKeySet();

        @Override
        public Post add(Post post, Collection<String> subjects) {
            return super.add(post, known.add(post.discussion()) ? subjects : List.of());
        }
    }

    /** Gives a cursor with every full page. */
    static final class GuessesThatSomethingFollows extends Proxy {
        @Override
        public Page about(String subject, @Nullable String cursor, int limit) {
            Page page = super.about(subject, cursor, limit);
            return page.next() == null && page.rows().size() == limit ? new Page(page.rows(), "more") : page;
        }
    }

    /** Takes what is no cursor for the beginning. */
    static final class TakesAnyCursor extends Proxy {
        @Override
        public Page about(String subject, @Nullable String cursor, int limit) {
            try {
                return super.about(subject, cursor, limit);
            } catch (IllegalArgumentException notOfThisSubject) {
                if (limit < 1) {
                    throw notOfThisSubject;
                }
                return super.about(subject, null, limit);
            }
        }
    }

    /** Overwrites whatever is there. */
    static final class RemembersTheNewestPlace extends Proxy {
        private final Map<List<Object>, Long> places = new ConcurrentHashMap<>();

        @Override
        public void seen(OperatorId operator, Discussion discussion, long seq) {
            places.put(List.of(operator, discussion), seq);
        }

        @Override
        public Map<Discussion, Long> seen(OperatorId operator, Collection<Discussion> discussions) {
            Map<Discussion, Long> found = new HashMap<>();
            for (Discussion discussion : discussions) {
                Long place = places.get(List.of(operator, discussion));
                if (place != null) {
                    found.put(discussion, place);
                }
            }
            return found;
        }
    }

    /** Knows nothing of what comes after. */
    static final class ErasesOnlyWhatIsThere extends Proxy {
        @Override
        public void erase(Discussion discussion) {
            if (!last(Set.of(discussion)).isEmpty()) {
                super.erase(discussion);
            }
        }
    }

    /** Forgets to ask for the kind. */
    static final class ForgetsAllKinds extends Proxy {
        @Override
        public long forget(Discussion.Kind kind, Instant instant) {
            long forgotten = 0;
            for (Discussion.Kind each : Discussion.Kind.values()) {
                forgotten += super.forget(each, instant);
            }
            return forgotten;
        }
    }

    /** Forgets the instant itself, too. */
    static final class ForgetsTheInstant extends Proxy {
        @Override
        public long forget(Discussion.Kind kind, Instant instant) {
            return super.forget(kind, instant.plusMillis(1));
        }
    }
}
