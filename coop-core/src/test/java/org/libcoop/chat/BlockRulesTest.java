package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ACADEMIC;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.DESK;
import static org.libcoop.presence.World.HILL;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.NODE;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SPRINGY;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.at;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.World;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Who blocks the patron of a chat, and what a block does to chats that start (C15). */
class BlockRulesTest {

    private static final BlockId ID = BlockId.of("b");
    private static final BlockOrder AT_HOME = BlockOrder.atInstitution("spam", at(86_400));
    private static final BlockOrder IN_COOP = BlockOrder.in(ACADEMIC, "spam", at(86_400));

    /** ben is COOP_ADMIN; the local co-op night has springy and olga, and is not in the route. */
    private static Directory directory() {
        return World.directory()
                .add(new CoopAccount(ACADEMIC, BEN, Level.COOP_ADMIN))
                .localCoop("night", "Night Co-op")
                .member("springy")
                .member("hill")
                .account("night", "olga", Level.COOP_ADMIN)
                .build();
    }

    private static Story waiting() {
        return Story.in(directory())
                .meanwhile(world -> world.there(-10, ANA, REFERENCE).there(-10, OLGA, COOP))
                .does(Story.start());
    }

    private static Outcome<LibraryRecord> order(Story story, OperatorId by, BlockOrder order, @Nullable String digest) {
        Directory directory = story.world.presence().directory();
        return BlockRules.block(story.chat(), order, digest, by, ID, directory, story.world.presence(), story.now());
    }

    private static Optional<RefusalCode> refused(Story story, OperatorId by, BlockOrder order) {
        return order(story, by, order, "digest").refusal().map(Refusal::code);
    }

    // ---- Who

    @Test
    void theOwnerBlocksAtTheirOwnInstitutionAsLongAsTheyOwnIt() {
        Story story = waiting().at(30).does(new ChatCommand.Claim(OLGA));

        PatronBlock block = (PatronBlock) order(story, OLGA, AT_HOME, "digest").orElseThrow();

        assertThat(block.scope()).isEqualTo(BlockScope.of(HILL));
        assertThat(block.patronKeyHash()).isEqualTo(Story.KEY);
        assertThat(block.addressDigest()).isEqualTo("digest");
        assertThat(block.by()).isEqualTo(OLGA);
        assertThat(block.from()).isEqualTo(at(30));
        story.at(31).does(new ChatCommand.End(OLGA, Disposition.ANSWERED));
        assertThat(refused(story, OLGA, AT_HOME)).contains(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void anOwnerWhoIsLostByNowDoesNotBlock() {
        Story story = waiting().at(5).does(new ChatCommand.Claim(ANA));
        story.meanwhile(world -> world.leaves(8, ANA)).at(8);

        assertThat(refused(story, ANA, AT_HOME)).contains(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void aLocalAdminOfThePatronsLibraryBlocksAtAnyTime() {
        Story story = waiting();
        assertThat(((PatronBlock) order(story, CARL, AT_HOME, null).orElseThrow()).scope())
                .isEqualTo(BlockScope.of(SPRINGY));

        story.at(5).does(new ChatCommand.Claim(ANA)).at(9).does(new ChatCommand.End(ANA, Disposition.ANSWERED));

        assertThat(refused(story, CARL, AT_HOME)).isEmpty();
        assertThat(refused(story, CARL, AT_HOME.ending(Disposition.LOST))).isEmpty();
        assertThat(refused(story, ANA, AT_HOME)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(refused(story, SVEN, AT_HOME)).contains(RefusalCode.NOT_FOUND);
    }

    @Test
    void onlyACoopAdminBlocksInACoopAndOnlyInOneThatTheChatHasToDoWith() {
        Story story = waiting();

        assertThat(((PatronBlock) order(story, BEN, IN_COOP, null).orElseThrow()).scope())
                .isEqualTo(BlockScope.of(ACADEMIC));
        assertThat(refused(story, OLGA, IN_COOP)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(refused(story, CARL, IN_COOP)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(refused(story, OLGA, BlockOrder.in(org.libcoop.directory.CoopId.of("night"), "spam", at(86_400))))
                .contains(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void aCoopAdminEndsTheChatOnlyWhileItIsClaimedThroughTheCoop() {
        BlockOrder ending = IN_COOP.ending(Disposition.LOST);
        Story atTheDesk = waiting().at(5).does(new ChatCommand.Claim(ANA));
        Story inTheCoop = waiting().at(30).does(new ChatCommand.Claim(OLGA));

        assertThat(refused(waiting(), BEN, ending)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(refused(atTheDesk, BEN, ending)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(refused(atTheDesk, BEN, IN_COOP)).isEmpty();
        assertThat(refused(inTheCoop, BEN, ending)).isEmpty();
        inTheCoop.does(new ChatCommand.Expel(BEN, Disposition.LOST));
        assertThat(inTheCoop.chat().phase()).isEqualTo(new Phase.Ended(at(30), Disposition.LOST));
        assertThat(inTheCoop.log().get(inTheCoop.log().size() - 1).event())
                .isEqualTo(new ChatEvent.ChatEnded(Author.operator(BEN), Disposition.LOST, false));
    }

    @Test
    void aBlockByAnAddressThatIsNotKnownIsInvalidUnlessTheKeyCountsToo() {
        BlockOrder byAddress = new BlockOrder(null, false, true, "spam", at(60), null);
        BlockOrder byNothing = new BlockOrder(null, false, false, "spam", at(60), null);

        assertThat(order(waiting(), CARL, byAddress, null).refusal().map(Refusal::code))
                .contains(RefusalCode.INVALID);
        assertThat(order(waiting(), CARL, byNothing, "digest").refusal().map(Refusal::code))
                .contains(RefusalCode.INVALID);
        PatronBlock block =
                (PatronBlock) order(waiting(), CARL, byAddress, "digest").orElseThrow();
        assertThat(block.patronKeyHash()).isNull();
        assertThat(block.addressDigest()).isEqualTo("digest");
    }

    // ---- What it does

    private static Story start(BlockScope scope, double from, double until, @Nullable String address) {
        PatronBlock block = new PatronBlock(scope, 1, ID, Story.KEY, "digest", "spam", ANA, at(from), at(until), null);
        return Story.in(directory().withRecord(block))
                .meanwhile(world -> world.there(-10, ANA, REFERENCE).there(-10, OLGA, COOP))
                .does(new ChatCommand.Start(
                        Story.CHAT,
                        WidgetId.of("databases"),
                        Content.PatronDetails.NONE,
                        null,
                        address == null ? Story.KEY : "another key",
                        address,
                        NODE));
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, 9, , false",
        "0, 9, , true",
        "-9, 0.001, , true",
        "-9, 0, , false",
        "-9, -0.001, , false",
        "-9, 9, digest, true",
        "-9, 9, elsewhere, false"
    })
    void aBlockedPatronIsRefusedWithTheVeryWordsOfAnOfflineWidget(
            double from, double until, @Nullable String address, boolean blocked) {
        Story story = start(BlockScope.of(SPRINGY), from, until, address);
        Story offline = Story.in(directory()).does(Story.start());

        if (blocked) {
            assertThat(story.decision()).isEqualTo(offline.decision());
            assertThat(story.refusal()).contains(RefusalCode.WIDGET_OFFLINE);
        } else {
            assertThat(story.refusal()).isEmpty();
        }
    }

    @Test
    void aBlockAtAnotherLibraryDoesNotMatter() {
        Story story = start(BlockScope.of(HILL), -9, 9, null);

        assertThat(story.refusal()).isEmpty();
        assertThat(story.chat().progress().plan().blockedIn()).isEmpty();
    }

    @Test
    void aCoopInWhichThePatronIsBlockedIsNotInTheRouteAndNeitherIsItsBackupStage() {
        Story story = start(BlockScope.of(ACADEMIC), -9, 9, null)
                .meanwhile(world -> world.there(1, MAYA, COOP))
                .at(200)
                .looks();

        assertThat(story.chat().progress().plan().blockedIn()).containsExactly(ACADEMIC);
        assertThat(story.chat().progress().plan().coops()).isEmpty();
        assertThat(story.chat().progress().openStages()).containsExactly(DESK);
    }

    @Test
    void whereNobodyButTheCoopIsThereTheStartIsRefusedAsOffline() {
        PatronBlock block =
                new PatronBlock(BlockScope.of(ACADEMIC), 1, ID, Story.KEY, null, "spam", BEN, at(-9), at(9), null);
        Story story = Story.in(directory().withRecord(block))
                .meanwhile(world -> world.there(-10, OLGA, COOP))
                .does(Story.start());

        assertThat(story.decision())
                .isEqualTo(Story.in(directory()).does(Story.start()).decision());
    }

    @Test
    void aChatDoesNotComeByTransferToACoopInWhichItsPatronWasBlocked() {
        BlockScope night = BlockScope.of(org.libcoop.directory.CoopId.of("night"));
        org.libcoop.directory.Option target = org.libcoop.directory.Option.coop("night");
        Story blocked = start(night, -9, 9, null).meanwhile(world -> world.there(1, OLGA, COOP, target));
        Story free = waiting().meanwhile(world -> world.there(1, OLGA, COOP, target));

        blocked.at(5).does(new ChatCommand.Claim(ANA)).does(new ChatCommand.Transfer(ANA, target));
        free.at(5).does(new ChatCommand.Claim(ANA)).does(new ChatCommand.Transfer(ANA, target));

        assertThat(free.refusal()).isEmpty();
        assertThat(blocked.refusal()).contains(RefusalCode.NOT_ALLOWED);
        assertThat(ChatRules.transferTargets(blocked.chat(), blocked.world.presence(), at(5)))
                .doesNotContainKey(target);
    }

    @Test
    void aBlockEndsNoRunningChat() {
        Story story = waiting().at(5).does(new ChatCommand.Claim(ANA));
        PatronBlock block = (PatronBlock) order(story, ANA, AT_HOME, "digest").orElseThrow();

        story.meanwhile(world -> world.revised(5, directory().withRecord(block)));
        story.at(6).does(Story.patronSays("Hello")).does(Story.start());

        assertThat(story.refusal()).isEmpty();
        assertThat(story.chat().phase().kind()).isEqualTo(Phase.Kind.CLAIMED);
    }
}
