package org.libcoop.testkit.junit;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libcoop.testkit.junit.CoopAssertions.assertThat;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;

/** Every assertion holds when it should, and fails with the chat's explanation when it should not. */
@ExtendWith(CoopExtension.class)
final class ChatAssertTest {

    private SimulatedChat chat;

    @BeforeEach
    void aWaitingChat(SimulatedCoop coop) {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        chat = coop.patron("Stewart").startsChat("databases", "I can't download the article");
    }

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message)
                .hasMessageContaining("reference opened (initial)");
    }

    @Test
    void ofAWaitingChat() {
        assertThat(chat)
                .isWaiting()
                .isOfferedTo("ana")
                .isOfferedToExactly("ana")
                .isNotOfferedTo("olga", "maya")
                .hasNoOwner()
                .hasOpen("reference")
                .hasMessages(1);

        fails(() -> assertThat(chat).isClaimed(), "Expected the chat to be claimed, but it is waiting.");
        fails(
                () -> assertThat(chat).isOfferedTo("ana", "olga"),
                "to be offered to [ana, olga], but it is offered to [ana]");
        fails(() -> assertThat(chat).isOfferedToExactly("olga"), "to be offered to exactly [olga]");
        fails(() -> assertThat(chat).isOfferedToNobody(), "to be offered to exactly nobody");
        fails(() -> assertThat(chat).isNotOfferedTo("ana"), "not to be offered to [ana]");
        fails(() -> assertThat(chat).isOwnedBy("ana"), "to be owned by ana, but its owner is nobody");
        fails(() -> assertThat(chat).wasAnsweredThrough("reference"), "but it was answered through nothing");
        fails(() -> assertThat(chat).hasOpen("academic", "reference"), "but open are [reference]");
        fails(() -> assertThat(chat).hasMessages(2), "to have 2 messages, but it has 1");
    }

    @Test
    void ofAClaimedAndAnEndedChat() {
        chat.claim("ana");
        assertThat(chat).isClaimed().isOwnedBy("ana").isOfferedToNobody().wasAnsweredThrough("reference");
        fails(() -> assertThat(chat).hasNoOwner(), "to have no owner, but its owner is ana");
        fails(() -> assertThat(chat).isOfferedTo("ana"), "but it is offered to nobody");

        chat.end("ana");
        assertThat(chat).isEnded().isOwnedBy("ana");
        fails(() -> assertThat(chat).isWaiting(), "but it is ended");
    }

    @Test
    void ofAMissedAndADismissedChat(SimulatedCoop coop) {
        SimulatedChat other = coop.patron("Rosa").startsChat("databases");
        coop.operator("ana").dismisses(other, "spam");
        coop.clock().advance(ofSeconds(15));
        coop.clock().advance(ofMinutes(15));

        assertThat(other).isDismissed();
        assertThat(chat).isMissed();
        fails(() -> assertThat(other).isMissed(), "but it is dismissed");
        fails(() -> assertThat(chat).isEnded(), "but it is missed");
        fails(() -> assertThat(chat).isDismissed(), "but it is missed");
    }
}
