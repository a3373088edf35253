package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.Given.ANA;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/** ST7: the indexes find every chat they should, and no other. */
abstract class IndexRules extends LogRules {

    private static final Topic DESK = Topic.stage(Given.DESK);
    private static final Topic MEMBERS = Topic.stage(Given.MEMBERS);
    private static final Topic BACKUP = Topic.stage(Given.BACKUP);

    @Test
    void st07_aChatIsDueFromExactlyItsInstant() {
        Instant due = t0.plusMillis(30_001);
        Change.OfChat chat = Draft.start("c", t0).due(due).change();
        given(chat);

        assertThat(store.due(due.minusMillis(1), 10)).isEmpty();
        assertThat(store.due(due, 10)).containsExactly(chat.chat());
        assertThat(store.due(due.plusMillis(1), 10)).containsExactly(chat.chat());
    }

    @Test
    void st07_theLongestDueComesFirst() {
        List<Change.OfChat> chats = new ArrayList<>();
        int[] order = {5, 1, 4, 2, 3};
        for (int place : order) {
            chats.add(Draft.start("c-" + (9 - place), t0)
                    .due(t0.plusMillis(place))
                    .change());
        }
        given(chats);

        assertThat(store.due(t0.plusMillis(5), 10))
                .extracting(chat -> chat.id().value())
                .containsExactly("c-8", "c-7", "c-6", "c-5", "c-4");
        assertThat(store.due(t0.plusMillis(4), 2))
                .extracting(chat -> chat.id().value())
                .containsExactly("c-8", "c-7");
        assertThat(store.due(t0.plusMillis(3), 10)).hasSize(3);
    }

    @Test
    void st07_allThatIsDueAtOneInstantIsFoundOnePageAfterTheOther() {
        int many = Store.PAGE + 5;
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            chats.add(Draft.start("c-" + i, t0).due(t0).change());
        }
        given(chats.subList(0, 500));
        given(chats.subList(500, many));

        List<Chat> page = store.due(t0, Integer.MAX_VALUE);

        assertThat(page).hasSize(Store.PAGE).doesNotHaveDuplicates();
        List<Change.OfChat> handled = new ArrayList<>();
        page.forEach(chat -> handled.add(Draft.on(chat).says("handled").change()));
        given(handled);
        assertThat(store.due(t0, Integer.MAX_VALUE)).hasSize(5);
    }

    @Test
    void st07_aChatIsDueWhenItsLastChangeSays() {
        Change.OfChat early = Draft.start("c", t0).due(t0.plusMillis(10)).change();
        Change.OfChat later = Draft.on(early).says("x").due(t0.plusMillis(20)).change();
        Change.OfChat never = Draft.on(later).says("x").change();
        Change.OfChat again = Draft.on(never).says("x").due(t0.plusMillis(5)).change();

        given(early, later);
        assertThat(store.due(t0.plusMillis(19), 10)).isEmpty();
        assertThat(store.due(t0.plusMillis(20), 10)).containsExactly(later.chat());
        given(never);
        assertThat(store.due(t0.plus(LONG), 10)).isEmpty();
        given(again);
        assertThat(store.due(t0.plus(LONG), 10)).containsExactly(again.chat());
    }

    @Test
    void st07_aChatIsFoundOnEachTopicItWaitsOnAndNoOther() {
        Topic front = Topic.node(Given.FRONT);
        Change.OfChat waiting =
                Draft.start("c", t0).waitsOn(DESK, MEMBERS, front).change();
        Change.OfChat more = Draft.on(waiting)
                .says("x")
                .waitsOn(DESK, MEMBERS, BACKUP, front)
                .change();
        Change.OfChat claimed =
                Draft.on(more).says("x").waitsOn(Topic.owner(ANA), front).change();

        given(waiting);
        assertWaits(waiting, DESK, MEMBERS, front);
        given(more);
        assertWaits(waiting, DESK, MEMBERS, BACKUP, front);
        given(claimed);
        assertWaits(waiting, Topic.owner(ANA), front);
        given(Draft.on(claimed).ends(t0).change());
        assertWaits(waiting);
    }

    private void assertWaits(Change.OfChat chat, Topic... on) {
        Set<Topic> expected = Set.of(on);
        for (Topic topic : List.of(DESK, MEMBERS, BACKUP, Topic.owner(ANA), Topic.node(Given.FRONT))) {
            List<ChatId> found = store.waitingOn(topic, null);
            assertThat(found)
                    .as("chats that wait on %s", topic)
                    .isEqualTo(expected.contains(topic) ? List.of(chat.chat().id()) : List.of());
        }
    }

    @Test
    void st07_topicsThatLookAlikeAreApart() {
        List<Topic> topics = List.of(
                DESK,
                Topic.owner(OperatorId.of("reference")),
                Topic.node(new NodeId("reference")),
                Topic.owner(OperatorId.of("Reference")),
                Topic.owner(OperatorId.of("reference ")),
                Topic.owner(OperatorId.of("r%ference")),
                Topic.owner(OperatorId.of("r_ference")),
                MEMBERS,
                BACKUP);
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < topics.size(); i++) {
            chats.add(Draft.start("c-" + i, t0).waitsOn(topics.get(i)).change());
        }
        given(chats);

        for (int i = 0; i < topics.size(); i++) {
            assertThat(store.waitingOn(topics.get(i), null))
                    .as("%s", topics.get(i))
                    .containsExactly(ChatId.of("c-" + i));
        }
    }

    @Test
    void st07_everyChatOfATopicIsFoundPageByPage() {
        Set<ChatId> ids = givenTrickyChats(Store.PAGE + 40, DESK);

        assertPages(after -> store.waitingOn(DESK, after), Function.identity(), ids);
        assertThat(store.waitingOn(MEMBERS, null)).isEmpty();
    }

    @Test
    void st07_aPageBeginsAfterWhateverIdIsAskedFor() {
        List<ChatId> ids = givenTrickyChats(60, DESK).stream().sorted().toList();

        for (int i = 0; i < ids.size(); i++) {
            List<ChatId> later = ids.subList(i + 1, ids.size());
            assertThat(store.waitingOn(DESK, ids.get(i)))
                    .as("after %s", ids.get(i))
                    .isEqualTo(later);
            assertThat(store.live(ids.get(i)))
                    .as("after %s", ids.get(i))
                    .extracting(Chat::id)
                    .isEqualTo(later);
        }
    }

    @Test
    void st07_everyLiveChatIsFoundPageByPage() {
        Set<ChatId> ids = givenTrickyChats(2 * Store.PAGE + 40, DESK);
        Change.OfChat over = Draft.start("over", t0).ends(t0).change();
        given(over);

        assertPages(store::live, Chat::id, ids);
    }

    @Test
    void st07_aPageOfLiveChatsHasTheirHeads() {
        Change.OfChat a = Draft.start("a", t0).change();
        Change.OfChat b = Draft.start("b", t0).change();
        Change.OfChat later = Draft.on(a).says("x").judged(t0.plusMillis(5)).change();
        given(b, a, later);

        assertThat(store.live(null)).containsExactly(later.chat(), b.chat());
        assertThat(store.live(ChatId.of("a"))).containsExactly(b.chat());
        assertThat(store.live(ChatId.of("aa"))).containsExactly(b.chat());
        assertThat(store.live(ChatId.of("b"))).isEmpty();
    }

    /** Ids that sort differently in nearly every collation there is. */
    private Set<ChatId> givenTrickyChats(int many, Topic topic) {
        String[] kinds = {
            "c-", "C-", "c_", "c ", "\u00E9", "e\u0301", "%", "'", "\"", "\\", "\u00DF", "\u00F1", "\u4E2D", "\uFFFD"
        };
        Set<ChatId> ids = new HashSet<>();
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String id = kinds[i % kinds.length] + i / kinds.length;
            ids.add(ChatId.of(id));
            chats.add(Draft.start(id, t0).waitsOn(topic).change());
        }
        for (int from = 0; from < many; from += 500) {
            given(chats.subList(from, Math.min(many, from + 500)));
        }
        return ids;
    }

    private static <T> void assertPages(
            Function<@Nullable ChatId, List<T>> page, Function<T, ChatId> id, Set<ChatId> expected) {
        List<ChatId> found = new ArrayList<>();
        ChatId after = null;
        List<T> next = page.apply(after);
        while (!next.isEmpty()) {
            assertThat(next).as("chats of a page").hasSizeLessThanOrEqualTo(Store.PAGE);
            next.forEach(chat -> found.add(id.apply(chat)));
            assertThat(found).as("chats found so far").hasSizeLessThanOrEqualTo(expected.size());
            after = found.get(found.size() - 1);
            next = page.apply(after);
        }
        assertThat(found).doesNotHaveDuplicates().isSorted();
        assertThat(new HashSet<>(found)).isEqualTo(expected);
    }

    @Test
    void st07_aChatThatIsOverIsGoneFromAllThatIsLive() {
        Change.OfChat live = Draft.start("live", t0).waitsOn(DESK).due(t0).change();
        given(live);
        for (Change.OfChat chat : Specimens.chats(t0)) {
            given(chat);
        }
        List<ChatId> live2 = store.live(null).stream().map(Chat::id).toList();

        assertThat(live2)
                .extracting(ChatId::value)
                .containsExactly("claimed", "handed over", "live", "noticed", "patron away", "waiting");
        Change.OfChat ended = Draft.on(live).ends(t0.plusMillis(1)).change();
        given(ended);
        assertThat(store.due(t0.plus(LONG), 10)).isEmpty();
        assertThat(store.waitingOn(DESK, null)).isEmpty();
        assertThat(store.live(null)).hasSize(5);
    }
}
