package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.chat.Story.NODE;
import static org.libcoop.chat.Story.patronSays;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BACKUP;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.DESK;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.at;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.World;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Cause;

/** Deadlines of one chat, each just before, at, and just after its instant, whenever somebody looks. */
class ChatTimesTest {

    private static final NodeId OTHER = new NodeId("node-2");

    // ---- R17

    @ParameterizedTest
    @CsvSource({"59.999, 0", "60, 1", "60.001, 1", "500, 1"})
    void thePatronIsToldOnceThatWeAreStillLooking(double when, int told) {
        Story story = Story.waiting().at(when).looks().looks();

        assertThat(story.entries(ChatEvent.Kind.STILL_LOOKING)).hasSize(told);
        if (told == 1) {
            assertThat(story.instantOf(ChatEvent.Kind.STILL_LOOKING)).isEqualTo(60);
        }
    }

    @ParameterizedTest
    @CsvSource({"899.999, WAITING", "900, MISSED", "900.001, MISSED", "5000, MISSED"})
    void aChatThatNobodyTakesIsGivenUp(double when, Phase.Kind phase) {
        Story story = Story.waiting().at(when).looks();

        assertThat(story.phase()).isEqualTo(phase);
        if (phase == Phase.Kind.MISSED) {
            assertThat(story.chat().phase()).isEqualTo(new Phase.Missed(at(900), MissedReason.GAVE_UP));
        }
    }

    @Test
    void endsByTimeComeBeforeCommandsOfTheSameInstant() {
        assertThat(Story.waiting().at(899.999).does(new ChatCommand.Claim(ANA)).refusal())
                .isEmpty();
        assertThat(Story.waiting().at(900).does(new ChatCommand.Claim(ANA)).refusal())
                .contains(RefusalCode.CHAT_OVER);
    }

    @Test
    void stagesComeBeforeNoticesAndNoticesBeforeEndsAtOneInstant() {
        Story story = Story.waiting("unansweredAfter", "30s", "giveUpAfter", "30s")
                .at(30)
                .looks();

        assertThat(story.happened())
                .containsExactly(ChatEvent.Kind.STAGE_OPENED, ChatEvent.Kind.STILL_LOOKING, ChatEvent.Kind.MISSED);
        assertThat(story.log()).extracting(Logged::at).contains(at(30)).doesNotContain(at(30.001));
    }

    @Test
    void whatWouldHaveBeenDueAfterTheEndNeverHappens() {
        Story story = Story.waiting("giveUpAfter", "30s", "unansweredAfter", "50s")
                .at(5000)
                .looks();

        assertThat(story.opened(BACKUP)).isEmpty();
        assertThat(story.entries(ChatEvent.Kind.STILL_LOOKING)).isEmpty();
    }

    // ---- T1

    @ParameterizedTest
    @CsvSource({"30.001, 30.001", "30, 30", "29.998, 30", "10, 30"})
    void aChatsTimeDoesNotRunBackwardsWhereNodesMeasureTheStoresTimeDifferently(double when, double happens) {
        Story story = Story.waiting().at(30).looks().at(when).does(new ChatCommand.Claim(OLGA));

        assertThat(story.refusal()).isEmpty();
        assertThat(story.instantOf(ChatEvent.Kind.CLAIMED)).isEqualTo(happens);
    }

    // ---- C7

    @ParameterizedTest
    @CsvSource({"69.999, WAITING", "70, MISSED", "70.001, MISSED"})
    void anUnclaimedChatEndsWhenItsPatronHasBeenGoneForTheGrace(double when, Phase.Kind phase) {
        Story story = Story.waiting()
                .at(12)
                .does(new ChatCommand.PatronLost(NODE, at(10)))
                .at(when)
                .looks();

        assertThat(story.phase()).isEqualTo(phase);
        if (phase == Phase.Kind.MISSED) {
            assertThat(story.chat().phase()).isEqualTo(new Phase.Missed(at(70), MissedReason.PATRON_LEFT));
        }
    }

    @ParameterizedTest
    @CsvSource({"69.999, true", "70, false"})
    void thePatronMayReturnUntilThen(double when, boolean goesOn) {
        Story story = Story.waiting()
                .at(12)
                .does(new ChatCommand.PatronLost(NODE, at(10)))
                .at(when)
                .does(new ChatCommand.PatronReturned(NODE));

        assertThat(story.refusal()).isEqualTo(Optional.ofNullable(goesOn ? null : RefusalCode.CHAT_OVER));
        assertThat(story.at(200).looks().phase()).isEqualTo(goesOn ? Phase.Kind.WAITING : Phase.Kind.MISSED);
    }

    @ParameterizedTest
    @CsvSource({"189.999, CLAIMED", "190, ENDED", "190.001, ENDED"})
    void aClaimedChatEndsWhenItsPatronHasBeenAwayForLonger(double when, Phase.Kind phase) {
        Story story = Story.claimed()
                .at(12)
                .does(new ChatCommand.PatronLost(NODE, at(10)))
                .at(when)
                .looks();

        assertThat(story.phase()).isEqualTo(phase);
        if (phase == Phase.Kind.ENDED) {
            assertThat(story.chat().phase()).isEqualTo(new Phase.Ended(at(190), null));
            assertThat(story.entries(ChatEvent.Kind.ENDED).get(0).event())
                    .isEqualTo(new ChatEvent.ChatEnded(null, null, true));
        }
    }

    @Test
    void aClaimTurnsThePatronsGraceIntoTheLongerOne() {
        Story story = Story.waiting()
                .at(2)
                .does(new ChatCommand.PatronLost(NODE, at(1)))
                .at(60.999)
                .does(new ChatCommand.Claim(ANA));

        assertThat(story.refusal()).isEmpty();
        assertThat(story.at(180.999).looks().phase()).isEqualTo(Phase.Kind.CLAIMED);
        assertThat(story.at(181).looks().phase()).isEqualTo(Phase.Kind.ENDED);
    }

    @Test
    void aPatronOfADeadNodeWasLastSeenWithIt() {
        Story story = Story.claimed()
                .at(100)
                .meanwhile(world -> world.change(
                                ANA, row -> row.attached(new Attachment(OTHER, null), node -> false, at(90)))
                        .presence()
                        .learnEnd(NODE, at(50)))
                .looks();

        assertThat(story.chat().patron().goneSince()).isEqualTo(at(50));
        assertThat(story.at(229.999).looks().phase()).isEqualTo(Phase.Kind.CLAIMED);
        assertThat(story.at(230).looks().phase()).isEqualTo(Phase.Kind.ENDED);
    }

    // ---- C6, R16

    @ParameterizedTest
    @CsvSource({"99.999, CLAIMED", "100, WAITING", "100.001, WAITING", "130, WAITING"})
    void aSilentOwnerIsLostAtExactlyTheEndOfTheGrace(double when, Phase.Kind phase) {
        Story story = Story.claimed()
                .meanwhile(world -> world.there(20, BEN, REFERENCE).silentSince(40, ANA))
                .at(when)
                .looks();

        assertThat(story.phase()).isEqualTo(phase);
        if (phase == Phase.Kind.WAITING) {
            assertThat(story.instantOf(ChatEvent.Kind.OWNER_LOST)).isEqualTo(100);
            assertThat(story.chat().phase()).isEqualTo(new Phase.Waiting(at(100), false));
            assertThat(story.chat().lastOwnership()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"124.999, false, false", "125, true, false", "164.999, true, false", "165, true, true"})
    void theClocksStoodStillWhileTheChatWasOwned(double when, boolean members, boolean backup) {
        // Claimed at 5, lost at 100: what was due at 30 and 70 comes at 125 and 165.
        Story story = Story.claimed()
                .meanwhile(world -> world.there(20, BEN, REFERENCE).silentSince(40, ANA))
                .at(when)
                .looks();

        assertThat(story.opened(MEMBERS)).isEqualTo(Optional.ofNullable(members ? 125.0 : null));
        assertThat(story.opened(BACKUP)).isEqualTo(Optional.ofNullable(backup ? 165.0 : null));
    }

    @ParameterizedTest
    @CsvSource({"67.999, 0, WAITING", "68, 1, WAITING", "907.999, 1, WAITING", "908, 1, ENDED"})
    void noticeAndGivingUpCountAnewFromTheLoss(double when, int notices, Phase.Kind phase) {
        Story story = Story.returned().at(when).looks();

        assertThat(story.entries(ChatEvent.Kind.STILL_LOOKING)).hasSize(notices);
        assertThat(story.phase()).isEqualTo(phase);
        if (phase == Phase.Kind.ENDED) {
            assertThat(story.chat().phase()).isEqualTo(new Phase.Ended(at(908), Disposition.LOST));
            assertThat(story.entries(ChatEvent.Kind.ENDED).get(0).event())
                    .isEqualTo(new ChatEvent.ChatEnded(null, Disposition.LOST, true));
        }
    }

    @Test
    void aReturnedChatWhosePatronHasLongBeenGoneEndsAtTheLossItself() {
        Story story = Story.claimed()
                .at(12)
                .does(new ChatCommand.PatronLost(NODE, at(10)))
                .meanwhile(world -> world.there(20, BEN, REFERENCE).leaves(100, ANA))
                .at(100)
                .looks();

        assertThat(story.happened()).containsExactly(ChatEvent.Kind.OWNER_LOST, ChatEvent.Kind.ENDED);
        assertThat(story.chat().phase()).isEqualTo(new Phase.Ended(at(100), Disposition.LOST));
    }

    @Test
    void aLossComesBeforeAnEndByTimeAtTheSameInstant() {
        Story story = Story.claimed()
                .at(12)
                .does(new ChatCommand.PatronLost(NODE, at(10)))
                .meanwhile(world -> world.silentSince(130, ANA))
                .at(190)
                .looks();

        assertThat(story.happened()).startsWith(ChatEvent.Kind.OWNER_LOST).endsWith(ChatEvent.Kind.ENDED);
        assertThat(story.chat().phase()).isEqualTo(new Phase.Ended(at(190), Disposition.LOST));
    }

    @Test
    void theOldOwnerMayClaimAgainLikeAnyone() {
        Story story = Story.returned().at(10).does(new ChatCommand.Claim(ANA));

        assertThat(story.refusal()).isEmpty();
        assertThat(story.entries(ChatEvent.Kind.CLAIMED)).hasSize(2);
    }

    @Test
    void aLossOfWhichNewsComesLateIsJudgedWhereItHappened() {
        // ana's node was last heard of at 40, so she was lost at 100; that is found out at 160 only, after the patron
        // had
        // said something at 150. Nobody else is at the desk: the co-op opens at the loss (R7, R16), not at 150.
        Story story = Story.claimed()
                .meanwhile(world ->
                        world.change(OLGA, row -> row.attached(new Attachment(OTHER, null), node -> true, at(1))))
                .at(20)
                .does(new ChatCommand.PatronReturned(OTHER))
                .at(150)
                .does(patronSays("Are you there?"))
                .meanwhile(world -> world.presence().learnEnd(NODE, at(40)))
                .at(160)
                .looks();

        assertThat(story.instantOf(ChatEvent.Kind.OWNER_LOST)).isEqualTo(100);
        assertThat(story.opened(MEMBERS)).contains(100.0);
    }

    // ---- R7, R14 on a chat

    @Test
    void aDeskThatEmptiesOpensTheNextAtThatInstantHoweverLateItIsHandled() {
        Story story =
                Story.waiting().at(25).meanwhile(world -> world.leaves(20, ANA)).looks();

        assertThat(story.opened(MEMBERS)).contains(20.0);
        assertThat(story.at(60).looks().opened(BACKUP)).contains(60.0);
    }

    @Test
    void newsOfAnEarlierLeavingIsJudgedFromThere() {
        Story story = Story.waiting().at(15).does(patronSays("Hello?"));
        story.meanwhile(world -> world.leaves(10, ANA)).at(16).looksSince(10);

        assertThat(story.opened(MEMBERS)).contains(10.0);
    }

    @Test
    void anEndedMembershipEmptiesItsStagesAtOnce() {
        Story story = Story.begin()
                .meanwhile(world -> world.leaves(-5, ANA))
                .does(Story.start())
                .at(10)
                .meanwhile(world -> world.there(5, ANA)
                        .revised(
                                10,
                                world.presence()
                                        .directory()
                                        .withRecord(world.presence()
                                                .directory()
                                                .membership(World.ACADEMIC, World.SPRINGY)
                                                .orElseThrow()
                                                .asEnded())));

        assertThat(story.does(new ChatCommand.Claim(OLGA)).refusal()).contains(RefusalCode.NOT_ELIGIBLE);
        assertThat(story.does(new ChatCommand.Claim(ANA)).refusal()).isEmpty();
    }

    @Test
    void anEntryTellsWhenItWasDueWhenItWasHandledAndHowManyWereNotified() {
        Story story = Story.waiting().at(33).looks();

        Logged opened = story.entries(ChatEvent.Kind.STAGE_OPENED).get(1);
        assertThat(opened.at()).isEqualTo(at(30));
        assertThat(opened.event()).isEqualTo(new ChatEvent.StageOpened(MEMBERS, Cause.TIME, at(33), 1, 0, null));
    }

    @Test
    void whoAskedForAStageIsRecorded() {
        Story story = Story.waiting().at(5).does(new ChatCommand.Hurry(ANA, MEMBERS));

        assertThat(story.entries(ChatEvent.Kind.STAGE_OPENED).get(1).event())
                .isEqualTo(new ChatEvent.StageOpened(MEMBERS, Cause.ASKED, at(5), 1, 0, ANA));
        assertThat(story.at(45).looks().opened(BACKUP)).contains(45.0);
    }

    @ParameterizedTest
    @CsvSource({"29.999, NOT_ELIGIBLE", "30, ", "30.001, "})
    void aCoopLibrarianMayClaimAtExactlyTheFallbackInstant(double when, RefusalCode refusal) {
        Story story = Story.waiting().at(when).does(new ChatCommand.Claim(OLGA));

        assertThat(story.refusal()).isEqualTo(Optional.ofNullable(refusal));
        if (refusal == null) {
            assertThat(story.chat().ownership().orElseThrow().claimedOn()).isEqualTo(MEMBERS);
        }
    }

    // ---- The due index

    @Test
    void theDueInstantIsTheNextThatTimeAloneBrings() {
        Policies policies = Story.begin().world.presence().directory().policies();

        assertThat(Story.waiting().chat().dueAt(policies)).isEqualTo(at(30));
        assertThat(Story.waiting().at(30).looks().chat().dueAt(policies)).isEqualTo(at(60));
        assertThat(Story.waiting().at(60).looks().chat().dueAt(policies)).isEqualTo(at(70));
        assertThat(Story.waiting().at(70).looks().chat().dueAt(policies)).isEqualTo(at(900));
        assertThat(Story.claimed().chat().dueAt(policies)).isNull();
        assertThat(Story.claimed()
                        .at(11)
                        .does(new ChatCommand.PatronLost(NODE, at(10)))
                        .chat()
                        .dueAt(policies))
                .isEqualTo(at(190));
        assertThat(Story.inPhase(Phase.Kind.ENDED).chat().dueAt(policies)).isNull();
        assertThat(Story.waiting().chat().progress().openStages()).containsExactly(DESK);
    }
}
