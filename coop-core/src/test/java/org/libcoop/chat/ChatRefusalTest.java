package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.chat.Story.CHAT;
import static org.libcoop.chat.Story.says;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.libcoop.access.Operation;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Which refusal is given where several would fit, and what nobody may learn from one (A9). */
class ChatRefusalTest {

    // ---- Order of precedence, from the first code to the last

    @Test
    void invalidComesBeforeNotFound() {
        assertThat(Story.waiting().does(says(SVEN, "")).refusal()).contains(RefusalCode.INVALID);
        assertThat(Story.waiting().does(new ChatCommand.Dismiss(SVEN, "")).refusal())
                .contains(RefusalCode.INVALID);
    }

    @Test
    void aMalformedCommandDoesNotTellWhetherThereIsAChat() {
        Optional<RefusalCode> ofAChat = Story.waiting().does(says(SVEN, "")).refusal();
        Optional<RefusalCode> ofNone = Story.begin().does(says(SVEN, "")).refusal();

        assertThat(ofNone).isEqualTo(ofAChat);
    }

    @Test
    void notFoundComesBeforeChatOver() {
        assertThat(Story.inPhase(Phase.Kind.ENDED)
                        .does(new ChatCommand.Claim(SVEN))
                        .refusal())
                .contains(RefusalCode.NOT_FOUND);
    }

    @Test
    void chatOverComesBeforeAlreadyClaimed() {
        Story story = claimedBesideBen().at(10).does(new ChatCommand.End(ANA, Disposition.ANSWERED));

        assertThat(story.does(new ChatCommand.Claim(BEN)).refusal()).contains(RefusalCode.CHAT_OVER);
    }

    @Test
    void alreadyClaimedComesBeforeAtLimit() {
        Story story = claimedBesideBen("operatorLimit", "1")
                .meanwhile(world -> world.change(BEN, row -> row.oneChatMore(at(6))));

        assertThat(story.at(7).does(new ChatCommand.Claim(BEN)).refusal()).contains(RefusalCode.ALREADY_CLAIMED);
    }

    @Test
    void alreadyClaimedComesBeforeNotEligible() {
        Story story = claimedBesideBen().meanwhile(world -> world.leaves(6, BEN));

        assertThat(story.at(7).does(new ChatCommand.Claim(BEN)).refusal()).contains(RefusalCode.ALREADY_CLAIMED);
    }

    @Test
    void atLimitIsToldOnlyToThoseWhoWouldBeEligibleOtherwise() {
        Story story = Story.waiting("operatorLimit", "1")
                .meanwhile(world -> world.there(1, BEN, REFERENCE)
                        .change(ANA, row -> row.oneChatMore(at(1)))
                        .change(OLGA, row -> row.oneChatMore(at(1))))
                .at(2);

        assertThat(story.does(new ChatCommand.Claim(ANA)).refusal()).contains(RefusalCode.AT_LIMIT);
        assertThat(story.does(new ChatCommand.Claim(OLGA)).refusal()).contains(RefusalCode.NOT_ELIGIBLE);
    }

    @Test
    void notEligibleComesBeforeNothingPending() {
        Story story = Story.waiting().at(75).looks();

        assertThat(story.does(new ChatCommand.Hurry(CARL, Stage.of(REFERENCE))).refusal())
                .contains(RefusalCode.NOT_ELIGIBLE);
    }

    @Test
    void notEligibleComesBeforeNotAllowed() {
        assertThat(Story.returned().does(new ChatCommand.Dismiss(CARL, "spam")).refusal())
                .contains(RefusalCode.NOT_ELIGIBLE);
    }

    // ---- C2, C12: the winner

    @Test
    void theWinnerWhoRepeatsTheClaimWinsAgainEvenAtTheLimit() {
        Story story = Story.claimed("operatorLimit", "1")
                .meanwhile(world -> world.change(ANA, row -> row.oneChatMore(at(5))))
                .at(6)
                .does(new ChatCommand.Claim(ANA));

        assertThat(story.refusal()).isEmpty();
        assertThat(story.happened()).isEmpty();
    }

    @Test
    void whoWasReachedInAnEarlierRoundOnlyIsNotTold() {
        // ben was there in the first round; in the second one, which ana ends at 9, he was not.
        Story story = Story.begin()
                .meanwhile(world -> world.there(-10, BEN, REFERENCE))
                .does(Story.start())
                .at(5)
                .does(new ChatCommand.Claim(ANA))
                .meanwhile(world -> world.leaves(6, BEN).leaves(8, ANA).there(8.5, ANA))
                .at(8.5)
                .looks()
                .at(9)
                .does(new ChatCommand.Claim(ANA));

        assertThat(story.at(10).does(new ChatCommand.Claim(BEN)).refusal()).contains(RefusalCode.NOT_ELIGIBLE);
    }

    // ---- A9

    @Test
    void anAccountThatDisappearedLearnsNothingAnyMore() {
        Story story = claimedBesideBen();
        Directory without = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .build();

        story.at(7).meanwhile(world -> world.revised(7, without));

        assertThat(story.does(says(BEN, "Hello")).refusal()).contains(RefusalCode.NOT_FOUND);
        assertThat(story.does(new ChatCommand.Claim(BEN)).refusal()).contains(RefusalCode.NOT_FOUND);
    }

    @Test
    void aRefusalForAChatOneMayNotKnowOfReadsLikeThatForNone() {
        Refusal hidden = Story.waiting()
                .does(new ChatCommand.Claim(SVEN))
                .decision()
                .refusal()
                .orElseThrow();
        Refusal none = Story.begin()
                .does(new ChatCommand.Claim(SVEN))
                .decision()
                .refusal()
                .orElseThrow();

        assertThat(hidden).isEqualTo(none);
    }

    // ---- C1

    @Test
    void aPreviewOfAWaitingChatIsRefusedAsAClaimWouldBe() {
        Story waiting = Story.waiting().at(10);

        assertThat(preview(waiting, ANA)).isEmpty();
        assertThat(preview(waiting, OLGA)).contains(RefusalCode.NOT_ELIGIBLE);
        assertThat(preview(waiting, SVEN)).contains(RefusalCode.NOT_FOUND);
        assertThat(preview(waiting.at(29.999), OLGA)).contains(RefusalCode.NOT_ELIGIBLE);
        assertThat(preview(waiting.at(30), OLGA)).isEmpty();
        assertThat(preview(Story.inPhase(Phase.Kind.MISSED), ANA)).contains(RefusalCode.CHAT_OVER);
    }

    @Test
    void aPreviewOfAClaimedChatIsNotEligibleWhoeverAsks() {
        Story story = claimedBesideBen();

        assertThat(preview(story, ANA)).contains(RefusalCode.NOT_ELIGIBLE);
        assertThat(preview(story, BEN)).contains(RefusalCode.NOT_ELIGIBLE);
        assertThat(preview(story, SVEN)).contains(RefusalCode.NOT_FOUND);
    }

    @Test
    void presentingAChatLeavesTheGivenHeadAsItIs() {
        Story story = Story.waiting().at(30);
        Chat before = story.chat();

        Chat present = ChatRules.present(before, story.world.presence(), story.now());

        assertThat(present.id()).isEqualTo(CHAT);
        assertThat(present.progress().isOpen(MEMBERS)).isTrue();
        assertThat(story.chat()).isSameAs(before);
        assertThat(before.progress().isOpen(MEMBERS)).isFalse();
    }

    private static Optional<RefusalCode> preview(Story story, OperatorId operator) {
        return ChatRules.refusal(story.chat(), Operation.PREVIEW, operator, story.world.presence(), story.now())
                .map(Refusal::code);
    }

    private static Story claimedBesideBen(String... policies) {
        return Story.begin(policies)
                .meanwhile(world -> world.there(-10, BEN, REFERENCE))
                .does(Story.start())
                .at(5)
                .does(new ChatCommand.Claim(ANA));
    }
}
