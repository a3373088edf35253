package org.libcoop.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.OperatorId;

/**
 * Keeps what the staff write to each other: in rooms (I1, I2), and as feedback on chats (X4). Who may read it is not asked here.
 *
 * <ol>
 * <li>DS1 {@link #add} gives the posts of a discussion the places 1, 2, 3 and so on without a gap, however many add at once, and
 *     what it came back from is kept: every later call on any node reads it so.
 * <li>DS2 Of posts with one id in one discussion the first stays as it is until it is erased or forgotten, also when several bring it at once; {@link #add} answers
 *     with that one. The same id in another discussion is another post.
 * <li>DS3 Texts and ids keep every character, instants their milliseconds.
 * <li>DS4 {@link #read} gives the posts from a place on, in order, at most as many as are asked for and at most {@value #PAGE}.
 * <li>DS5 {@link #last} gives the last place of each discussion asked for in which something was ever written, and of no other.
 * <li>DS6 {@link #since} gives the posts written at or after an instant, the oldest first, at most as many as are asked for and at most
 *     {@value #PAGE}. What is being added at this moment may be missing in one answer and stand in a later one.
 * <li>DS7 {@link #about} finds the discussions to which a subject was ever given, each once, those that began last first; pages
 *     follow each other by cursor without a gap and without a repetition, whatever is added meanwhile. A cursor is null exactly when
 *     nothing follows; what is no cursor of this subject is an {@link IllegalArgumentException}.
 * <li>DS8 {@link #seen} remembers the furthest place that an operator has seen; a nearer one changes nothing.
 * <li>DS9 {@link #erase} takes the texts of a discussion for good, and those of posts that are added to it later, even of the first:
 *     who wrote when, and ratings, stay. A second time it does nothing.
 * <li>DS10 {@link #forget} takes the posts of a kind from before an instant, all of them and no others, for good, and says how many
 *     there were. Places are not given again.
 * </ol>
 *
 * A limit below 1 is an {@link IllegalArgumentException}. <em>Safe for use by several threads.</em> Every call may throw {@link
 * StoreException}; it ends within the adapter's deadline.
 */
@Beta
public interface Discussions extends AutoCloseable {

    /** The most posts or discussions of one answer. */
    int PAGE = 200;

    /**
     * Discussions, and the cursor behind them; null if nothing follows.
     */
    record Page(List<Discussion> rows, @Nullable String next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Adds a post at the next place of its discussion, whatever place it has; the one that is there if its id is (DS1–DS3).
     *
     * @param subjects under which the discussion is found from now on, each 1 to 500 characters, beside those it has
     */
    Post add(Post post, Collection<String> subjects);

    /** Posts of a discussion from place {@code from} on (DS4). */
    List<Post> read(Discussion discussion, long from, int limit);

    /** The last places of discussions (DS5). */
    Map<Discussion, Long> last(Collection<Discussion> discussions);

    /** What was written since {@code instant} (DS6). */
    List<Post> since(Instant instant, int limit);

    /** The discussions found under {@code subject}, after {@code cursor} (DS7). */
    Page about(String subject, @Nullable String cursor, int limit);

    /** Remembers that {@code operator} has seen a discussion up to {@code seq} (DS8). */
    void seen(OperatorId operator, Discussion discussion, long seq);

    /** How far {@code operator} has seen discussions; nothing of those it has never seen (DS8). */
    Map<Discussion, Long> seen(OperatorId operator, Collection<Discussion> discussions);

    /** Takes the texts of a discussion (DS9). */
    void erase(Discussion discussion);

    /** Takes what was written before {@code instant} in discussions of {@code kind}; how many posts that were (DS10). */
    long forget(Discussion.Kind kind, Instant instant);

    /** Gives back what the adapter holds. */
    @Override
    void close();
}
