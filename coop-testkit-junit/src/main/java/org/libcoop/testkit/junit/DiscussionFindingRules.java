package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/** DS5 to DS10: what is found, seen, erased and forgotten. */
abstract class DiscussionFindingRules extends DiscussionWritingRules {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEA = OperatorId.of("bea");

    // ---- DS5

    @Test
    void ds05_theLastPlaceIsToldWhereSomethingWasWritten() {
        add(ROOM, "a", 5);
        add(ROOM, "b", 1);
        discussions().erase(FEEDBACK);

        assertThat(elsewhere().last(both())).isEqualTo(Map.of(ROOM, 2L));
        assertThat(discussions().last(List.of())).isEmpty();
    }

    // ---- DS6

    @Test
    void ds06_whatWasWrittenSinceAnInstantComesOldestFirst() {
        Post late = add(ROOM, "late", 9);
        Post early = add(FEEDBACK, "early", 3);
        Post before = add(ROOM, "before", 2);
        Post same = add(ROOM, "same", 9);

        assertThat(elsewhere().since(at(2), 10)).containsExactly(before, early, late, same);
        assertThat(discussions().since(at(3), 10)).containsExactly(early, late, same);
        assertThat(discussions().since(at(3).plusNanos(1), 1)).containsExactly(late);
        assertThat(discussions().since(at(10), 10)).isEmpty();
        assertThatThrownBy(() -> discussions().since(at(0), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ds06_anAnswerHasAtMostAPage() {
        for (int i = 0; i < Discussions.PAGE + 1; i++) {
            add(ROOM, "p" + i, 0);
        }

        assertThat(discussions().since(at(0), 1_000)).hasSize(Discussions.PAGE);
    }

    // ---- DS7

    @Test
    void ds07_whatIsFoundUnderASubjectComesInPages() {
        Random random = new Random(7);
        List<Discussion> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Discussion chat = new Discussion(Discussion.Kind.FEEDBACK, "chat " + i);
            boolean about = i % 3 != 0;
            discussions().add(post(chat, "first", i), about ? List.of("mine", "all") : List.of("all"));
            discussions().add(post(chat, "second", 100 - i), about && i % 2 == 0 ? List.of("mine") : List.of());
            if (about) {
                expected.add(0, chat);
            }
        }

        for (int i = 0; i < 10; i++) {
            assertThat(all("mine", 1 + random.nextInt(20))).isEqualTo(expected);
        }
        assertThat(all("all", 200)).hasSize(25);
        assertThat(all("theirs", 3)).isEmpty();
    }

    @Test
    void ds07_aSubjectMayComeLater() {
        add(FEEDBACK, "a", 0);
        assertThat(all("late", 10)).isEmpty();

        discussions().add(post(FEEDBACK, "b", 1), List.of("late"));

        assertThat(all("late", 10)).containsExactly(FEEDBACK);
    }

    @Test
    void ds07_pagesGoOnWhateverIsAdded() {
        for (int i = 0; i < 6; i++) {
            discussions().add(post(new Discussion(Discussion.Kind.FEEDBACK, "c" + i), "a", i), List.of("s"));
        }
        Discussions.Page first = discussions().about("s", null, 2);

        discussions().add(post(new Discussion(Discussion.Kind.FEEDBACK, "new"), "a", 9), List.of("s"));
        discussions().add(post(new Discussion(Discussion.Kind.FEEDBACK, "c1"), "b", 10), List.of("s"));
        Discussions.Page second = elsewhere().about("s", first.next(), 2);
        Discussions.Page third = discussions().about("s", second.next(), 2);

        assertThat(first.rows()).extracting(Discussion::id).containsExactly("c5", "c4");
        assertThat(second.rows()).extracting(Discussion::id).containsExactly("c3", "c2");
        assertThat(third.rows()).extracting(Discussion::id).containsExactly("c1", "c0");
        assertThat(third.next()).isNull();
    }

    @Test
    void ds07_whatIsNoCursorIsRefused() {
        for (int i = 0; i < 3; i++) {
            discussions().add(post(new Discussion(Discussion.Kind.FEEDBACK, "c" + i), "a", i), List.of("s", "t"));
        }
        String cursor = discussions().about("s", null, 1).next();

        for (String wrong : new String[] {"", "nonsense", "x" + cursor}) {
            assertThatThrownBy(() -> discussions().about("s", wrong, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> discussions().about("t", cursor, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> discussions().about("s", null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Discussion> all(String subject, int pageSize) {
        List<Discussion> found = new ArrayList<>();
        Discussions.Page page = discussions().about(subject, null, pageSize);
        found.addAll(page.rows());
        while (page.next() != null) {
            assertThat(page.rows()).as("a page that is not the last").hasSize(pageSize);
            page = elsewhere().about(subject, page.next(), pageSize);
            assertThat(page.rows()).as("a page behind another").isNotEmpty();
            found.addAll(page.rows());
        }
        return found;
    }

    // ---- DS8

    @Test
    void ds08_theFurthestPlaceIsRemembered() {
        discussions().seen(ANA, ROOM, 5);
        elsewhere().seen(ANA, ROOM, 3);
        discussions().seen(BEA, ROOM, 1);

        assertThat(elsewhere().seen(ANA, both())).isEqualTo(Map.of(ROOM, 5L));
        discussions().seen(ANA, ROOM, 6);
        assertThat(discussions().seen(ANA, both())).isEqualTo(Map.of(ROOM, 6L));
        assertThat(discussions().seen(BEA, both())).isEqualTo(Map.of(ROOM, 1L));
        assertThat(discussions().seen(BEA, List.of(FEEDBACK))).isEmpty();
    }

    // ---- DS9

    @Test
    void ds09_textsAreErasedForGoodAndTheRestStays() {
        Post rated = discussions()
                .add(
                        new Post(FEEDBACK, 0, "r", ANA, post(FEEDBACK, "x", 0).institution(), at(1), 4, "good"),
                        List.of("s"));
        Post other = add(ROOM, "a", 2);

        elsewhere().erase(FEEDBACK);
        elsewhere().erase(FEEDBACK);
        Post later = add(FEEDBACK, "late", 3);

        assertThat(discussions().read(FEEDBACK, 1, 10)).containsExactly(rated.erased(), later);
        assertThat(later.text()).isNull();
        assertThat(later.seq()).isEqualTo(2);
        assertThat(discussions().since(at(0), 10)).containsExactly(rated.erased(), other, later);
        assertThat(all("s", 10)).containsExactly(FEEDBACK);
    }

    @Test
    void ds09_theTextOfTheFirstPostToComeIsErasedToo() {
        discussions().erase(FEEDBACK);

        Post first = elsewhere().add(post(FEEDBACK, "a", 0), List.of());

        assertThat(first.text()).isNull();
        assertThat(discussions().read(FEEDBACK, 1, 10)).containsExactly(first);
    }

    // ---- DS10

    @Test
    void ds10_whatIsOldOfAKindIsForgottenAndPlacesAreNotGivenAgain() {
        add(ROOM, "a", 0);
        add(ROOM, "b", 1);
        Post kept = add(ROOM, "c", 2);
        Post other = add(FEEDBACK, "a", 0);

        assertThat(discussions().forget(Discussion.Kind.ROOM, at(2))).isEqualTo(2);

        assertThat(elsewhere().read(ROOM, 1, 10)).containsExactly(kept);
        assertThat(discussions().read(FEEDBACK, 1, 10)).containsExactly(other);
        assertThat(discussions().since(at(0), 10)).containsExactly(other, kept);
        assertThat(elsewhere().forget(Discussion.Kind.ROOM, at(2))).isZero();
        assertThat(discussions().forget(Discussion.Kind.ROOM, at(3))).isEqualTo(1);
        assertThat(add(ROOM, "d", 4).seq()).isEqualTo(4);
        assertThat(discussions().last(List.of(ROOM))).isEqualTo(Map.of(ROOM, 4L));
    }
}
