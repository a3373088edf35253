package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libcoop.testkit.junit.ArchiveSetting.atOnce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/** DS1 to DS4: what is written is kept, in one order, once; on discussions seen from two nodes. */
abstract class DiscussionWritingRules {

    static final Discussion ROOM = new Discussion(Discussion.Kind.ROOM, "coop:academic");
    static final Discussion FEEDBACK = new Discussion(Discussion.Kind.FEEDBACK, "coop:academic");

    private Discussions discussions;
    private Discussions elsewhere;

    /** Discussions in which nothing was written; the contract closes them. */
    protected abstract Discussions open();

    /** Another node's way to what {@link #open} gave; the contract closes it. By default the same object. */
    protected Discussions another(Discussions opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        discussions = open();
        elsewhere = another(discussions);
    }

    @AfterEach
    void closeBoth() {
        if (elsewhere != discussions) {
            elsewhere.close();
        }
        discussions.close();
    }

    final Discussions discussions() {
        return discussions;
    }

    final Discussions elsewhere() {
        return elsewhere;
    }

    static Instant at(long millis) {
        return FinishedChat.T0.plusMillis(millis);
    }

    static Post post(Discussion discussion, String id, long millis) {
        return new Post(
                discussion, 0, id, OperatorId.of("olga"), InstitutionId.of("hill"), at(millis), null, "text " + id);
    }

    final Post add(Discussion discussion, String id, long millis) {
        return discussions.add(post(discussion, id, millis), List.of());
    }

    // ---- DS1

    @Test
    void ds01_placesHaveNoGapWhoeverWrites() {
        Post first = add(ROOM, "a", 0);
        Post other = add(FEEDBACK, "a", 1);
        Post second = elsewhere.add(post(ROOM, "b", 2), List.of());

        assertThat(List.of(first.seq(), other.seq(), second.seq())).containsExactly(1L, 1L, 2L);
        assertThat(elsewhere.read(ROOM, 1, 10)).containsExactly(first, second);
        assertThat(discussions.read(FEEDBACK, 1, 10)).containsExactly(other);
    }

    @Test
    void ds01_manyAtOnceGetEachPlaceOnce() {
        ConcurrentLinkedQueue<Long> places = new ConcurrentLinkedQueue<>();

        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            String name = "round " + round + " ";
            atOnce(thread -> places.add((thread % 2 == 0 ? discussions : elsewhere)
                    .add(post(ROOM, name + thread, 0), List.of("subject"))
                    .seq()));
        }

        List<Long> expected = new ArrayList<>();
        for (long seq = 1; seq <= places.size(); seq++) {
            expected.add(seq);
        }
        assertThat(places).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(discussions.last(List.of(ROOM))).isEqualTo(Map.of(ROOM, (long) places.size()));
    }

    // ---- DS2

    @Test
    void ds02_thePostThatIsThereStays() {
        Post first = add(ROOM, "a", 0);
        Post changed =
                new Post(ROOM, 0, "a", OperatorId.of("pia"), InstitutionId.of("hill"), at(9), 5, "something else");

        Post answer = elsewhere.add(changed, List.of());

        assertThat(answer).isEqualTo(first);
        assertThat(discussions.read(ROOM, 1, 10)).containsExactly(first);
        assertThat(add(ROOM, "b", 1).seq()).isEqualTo(2);
    }

    @Test
    void ds02_severalThatBringTheSameAtOnceWriteItOnce() {
        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            Post same = post(ROOM, "round " + round, round);
            atOnce(thread -> (thread % 2 == 0 ? discussions : elsewhere).add(same, List.of()));
        }

        assertThat(discussions.last(List.of(ROOM))).isEqualTo(Map.of(ROOM, (long) ArchiveSetting.ROUNDS));
    }

    // ---- DS3

    @Test
    void ds03_everyCharacterAndMillisecondIsKept() {
        List<Post> written = new ArrayList<>();
        for (String text : List.of(
                "plain",
                "it's; -- %_\\ \"<b>\"",
                "\u00e4\u0416\u6f22\ud83d\udcda",
                " spaced\n\ttwice ",
                "nul \u0000 bell \u0007",
                "x".repeat(20_000))) {
            Discussion discussion = new Discussion(Discussion.Kind.ROOM, "it's \u00e4 " + written.size());
            written.add(discussions.add(
                    new Post(
                            discussion,
                            0,
                            "it's \u6f22 " + written.size(),
                            OperatorId.of("o'lga \u0416"),
                            InstitutionId.of("h-\u00e4"),
                            at(written.size()),
                            written.size() % 2 == 0 ? null : 1 + written.size() % 5,
                            text),
                    List.of()));
        }

        for (Post post : written) {
            assertThat(elsewhere.read(post.discussion(), post.seq(), 1)).containsExactly(post);
        }
    }

    // ---- DS4

    @Test
    void ds04_postsComeInOrderFromAPlaceOn() {
        List<Post> all = new ArrayList<>();
        for (int i = 1; i <= Discussions.PAGE + 5; i++) {
            all.add(add(ROOM, "p" + i, 1_000 - i));
        }

        assertThat(discussions.read(ROOM, 0, 3)).isEqualTo(all.subList(0, 3));
        assertThat(discussions.read(ROOM, 1, 1_000)).isEqualTo(all.subList(0, Discussions.PAGE));
        assertThat(discussions.read(ROOM, 204, 10)).isEqualTo(all.subList(203, 205));
        assertThat(discussions.read(ROOM, 206, 10)).isEmpty();
        assertThat(discussions.read(FEEDBACK, 1, 10)).isEmpty();
        assertThatThrownBy(() -> discussions.read(ROOM, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    static Set<Discussion> both() {
        return Set.of(ROOM, FEEDBACK);
    }
}
