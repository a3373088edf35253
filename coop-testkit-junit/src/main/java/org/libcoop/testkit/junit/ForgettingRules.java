package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.Given.ANA;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Topic;

/** ST11: what is forgotten is gone whole, and only what is over and archived is forgotten. */
abstract class ForgettingRules extends TextRules {

    private static final Topic DESK = Topic.stage(Given.DESK);

    @Test
    void st11_aForgottenChatIsGoneWithAllThatIsKeptOfIt() {
        Change.OfChat first = Draft.start("over", t0).as("s", "1", "d").change();
        Change.OfChat over = Draft.on(first)
                .says("x")
                .ends(t0.plusMillis(1))
                .as("s", "2", "d")
                .change();
        given(first, over);
        givenArchived(over);
        ChatId chat = over.chat().id();

        store.forget(List.of(chat));

        assertThat(store.chat(chat)).isEmpty();
        assertThat(store.log(chat, 0, 10)).isEmpty();
        assertThat(store.result(chat, "s", "2")).isEmpty();
        assertThat(store.chatOfPatron(over.chat().patronKeyHash())).isEmpty();
        assertThat(store.forgettable(t0.plus(LONG), 10)).isEmpty();
        assertThat(store.unarchived(null, 10)).isEmpty();
        assertThat(store.live(null)).isEmpty();
        assertThat(store.due(t0.plus(LONG), 10)).isEmpty();
        assertThat(commit(Draft.on(over).says("y").change())).isEqualTo(Committed.Outcome.LOST);
    }

    @Test
    void st11_theFirstCommandOfAForgottenChatIsKnownAndBeginsNoOther() {
        Change.OfChat first =
                Draft.start("over", t0).says("x").as("s", "1", "d").change();
        Change.OfChat over =
                Draft.on(first).ends(t0.plusMillis(1)).as("s", "2", "d").change();
        given(first, over);
        givenArchived(over);
        store.forget(List.of(over.chat().id()));

        Change.OfChat again =
                Draft.start("over", t0.plus(LONG)).as("s", "1", "e").change();

        assertThat(committed(again)).isEqualTo(Committed.repeated(Objects.requireNonNull(first.result())));
        assertThat(otherHandle().result(over.chat().id(), "s", "1")).contains(first.result());
        assertThat(store.chat(over.chat().id())).isEmpty();
        assertThat(store.live(null)).isEmpty();
    }

    @Test
    void st11_aLiveChatIsNeverForgotten() {
        given(new Change.OfPresence(Given.signedIn(ANA, t0)));
        Change.OfChat waiting = Draft.start("waiting", t0)
                .waitsOn(DESK)
                .due(t0.plusMillis(1))
                .as("s", "1", "d")
                .change();
        Change.OfChat first = Draft.start("claimed", t0).change();
        Change.OfChat claimed = Draft.on(first).claimedBy(ANA, t0, 1).change();
        given(waiting, first, claimed);
        givenArchived(waiting, claimed);

        store.forget(List.of(waiting.chat().id(), claimed.chat().id()));

        assertThat(store.live(null)).containsExactly(claimed.chat(), waiting.chat());
        assertThat(store.log(waiting.chat().id(), 0, 10)).isEqualTo(waiting.entries());
        assertThat(store.result(waiting.chat().id(), "s", "1")).isPresent();
        assertThat(store.chatOfPatron(waiting.chat().patronKeyHash())).contains(waiting.chat());
        assertThat(store.waitingOn(DESK, null)).containsExactly(waiting.chat().id());
        assertThat(store.due(t0.plusMillis(1), 10)).containsExactly(waiting.chat());
        Change.OfChat more = Draft.on(waiting).says("still here").change();
        assertThat(commit(more)).isEqualTo(Committed.Outcome.APPLIED);
    }

    @Test
    void st11_aChatThatIsNotArchivedUpToItsLastEntryIsNotForgotten() {
        Change.OfChat never = Draft.start("never", t0).ends(t0).change();
        Change.OfChat over = Draft.start("over", t0).ends(t0).as("s", "1", "d").change();
        Change.OfChat rated = Draft.on(over).says("five stars").change();
        given(never, over);
        givenArchived(over);
        given(rated);

        store.forget(List.of(never.chat().id(), rated.chat().id()));

        assertThat(store.unarchived(null, 10)).containsExactly(never.chat(), rated.chat());
        assertThat(store.log(over.chat().id(), 0, 10)).hasSize(3);
        assertThat(store.result(over.chat().id(), "s", "1")).isPresent();
    }

    @Test
    void st11_onlyTheChatsNamedAreForgotten() {
        Change.OfChat one = Draft.start("c", t0).ends(t0).as("s", "1", "d").change();
        Change.OfChat two = Draft.start("C", t0).ends(t0).as("s", "1", "d").change();
        Change.OfChat three = Draft.start("c ", t0).ends(t0).as("s", "1", "d").change();
        given(one, two, three);
        givenArchived(one, two, three);

        store.forget(List.of(ChatId.of("c"), ChatId.of("nobody"), ChatId.of("c%")));

        assertThat(store.forgettable(t0, 10)).containsExactlyInAnyOrder(ChatId.of("C"), ChatId.of("c "));
        assertThat(store.log(ChatId.of("C"), 0, 10)).isEqualTo(two.entries());
        assertThat(store.result(ChatId.of("c "), "s", "1")).isPresent();
    }

    @Test
    void st11_forgettingNothingOrTwiceDoesNoHarm() {
        Change.OfChat over = Draft.start("over", t0).ends(t0).change();
        given(over);
        givenArchived(over);

        store.forget(List.of());
        assertThat(store.forgettable(t0, 10)).hasSize(1);
        store.forget(List.of(over.chat().id(), over.chat().id()));
        store.forget(List.of(over.chat().id()));

        assertThat(store.forgettable(t0, 10)).isEmpty();
    }

    @Test
    void st11_aPatronsNewestChatOutlivesTheOlderOne() {
        Change.OfChat old =
                Draft.start("old", "stewart", t0, null).ends(t0.plusMillis(1)).change();
        Change.OfChat now =
                Draft.start("now", "stewart", t0.plusMillis(2), null).change();
        given(old, now);
        givenArchived(old, now);

        store.forget(List.of(old.chat().id(), now.chat().id()));

        assertThat(store.chat(old.chat().id())).isEmpty();
        assertThat(store.chatOfPatron("stewart")).contains(now.chat());
    }

    @Test
    void st11_manyChatsAreForgottenAtOnce() {
        List<Change.OfChat> chats = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Draft chat = Draft.start("c-" + i, t0).as("s", "1", "d");
            chats.add((i % 4 == 0 ? chat : chat.ends(t0)).change());
        }
        given(chats);
        givenArchived(chats.toArray(Change.OfChat[]::new));

        store.forget(chats.stream().map(change -> change.chat().id()).toList());

        assertThat(store.live(null)).hasSize(250);
        assertThat(store.forgettable(t0.plus(LONG), 1_000)).isEmpty();
        assertThat(store.log(ChatId.of("c-1"), 0, 10)).isEmpty();
        assertThat(store.log(ChatId.of("c-4"), 0, 10)).hasSize(1);
    }

    @Test
    void st11_presenceOutlivesTheChatItCounted() {
        given(new Change.OfPresence(Given.signedIn(ANA, t0)));
        Change.OfChat chat = Draft.start("c", t0).claimedBy(ANA, t0, 1).change();
        Change.OfChat over = Draft.on(chat).ends(t0.plusMillis(1)).lowers(ANA).change();
        given(chat, over);
        givenArchived(over);

        store.forget(List.of(over.chat().id()));

        assertThat(store.presence(ANA, 0)).hasSize(3);
        assertThat(row(ANA).openChats()).isZero();
    }
}
