package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.at;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A head is what its log adds up to; what cannot follow is refused. {@link Story} adds up after every single decision. */
class EvolveTest {

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 2, 3, 100})
    void onlyTheNextEntryCanFollow(long step) {
        Chat chat = Story.claimed().chat();
        ChatEvent said = new ChatEvent.MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF);

        assertThat(chat.evolve(new Logged(chat.seq() + 1, at(6), said, null)).seq())
                .isEqualTo(chat.seq() + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.evolve(new Logged(chat.seq() + step, at(6), said, null)))
                .withMessageContaining("cannot follow entry " + chat.seq());
    }

    @Test
    void aChatStartsOnce() {
        Story story = Story.waiting();
        Chat chat = story.chat();
        ChatEvent started = story.log().get(0).event();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.evolve(new Logged(chat.seq() + 1, at(6), started, null)))
                .withMessageContaining("started before");
    }

    @Test
    void aLogBeginsWithTheStartAsEntryOne() {
        List<Logged> log = Story.waiting().log();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chat.started(Story.CHAT, log.get(1)))
                .withMessageContaining("begins with ChatStarted");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Chat.started(Story.CHAT, new Logged(2, at(0), log.get(0).event(), null)))
                .withMessageContaining("entry 1");
    }

    @Test
    void onlyTheOwnerCanBeLost() {
        Chat chat = Story.claimed().chat();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> chat.evolve(new Logged(chat.seq() + 1, at(6), new ChatEvent.OwnerLost(BEN, false), null)))
                .withMessageContaining("ben does not own");
        assertThat(chat.evolve(new Logged(chat.seq() + 1, at(6), new ChatEvent.OwnerLost(ANA, false), null))
                        .phase())
                .isEqualTo(new Phase.Waiting(at(6), false));
    }

    @Test
    void aWaitingChatHasNobodyToLose() {
        Chat chat = Story.waiting().chat();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        chat.evolve(new Logged(chat.seq() + 1, at(6), new ChatEvent.OwnerLost(ANA, false), null)));
    }

    @ParameterizedTest
    @EnumSource(Phase.Kind.class)
    void theLastOwnerIsKnownExactlyWhereThereWasOne(Phase.Kind phase) {
        Chat chat = Story.inPhase(phase).chat();

        assertThat(chat.lastOwnership() != null).isEqualTo(phase == Phase.Kind.CLAIMED || phase == Phase.Kind.ENDED);
        assertThat(chat.ownedBy(ANA)).isEqualTo(phase == Phase.Kind.CLAIMED);
    }

    @Test
    void entriesCountFromOne() {
        ChatEvent event = new ChatEvent.StillLooking();

        assertThatIllegalArgumentException().isThrownBy(() -> new Logged(0, at(0), event, null));
        assertThat(new Logged(1, at(0), event, null).seq()).isEqualTo(1);
    }
}
