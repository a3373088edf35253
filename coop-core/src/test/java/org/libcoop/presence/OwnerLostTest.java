package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.NODE;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.at;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.directory.Directory;
import org.libcoop.presence.Presence.Loss;

/** When chats lose their owner (C6). The lease is 30 s, the grace 60 s, unless said. */
class OwnerLostTest {

    private final World world = World.with();
    private final Presence presence = world.presence();

    @ParameterizedTest
    @CsvSource({"69.999, ", "70, 70", "70.001, 70", "5000, 70"})
    void aSilentOwnerIsLostAtExactlyTheLastSignOfLifePlusTheGrace(double upTo, Double lost) {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(presence.ownerLost(ANA, at(0), at(upTo)))
                .isEqualTo(lost == null ? Optional.empty() : Optional.of(new Loss(at(lost), false)));
    }

    @ParameterizedTest
    @CsvSource({"69.999, true", "70, true", "70.001, false"})
    void onlyALossFromTheClaimOnCounts(double claimed, boolean lost) {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(presence.ownerLost(ANA, at(claimed), at(5000))).isEqualTo(lost ? loss(70, false) : Optional.empty());
    }

    @Test
    void theGraceIsAPolicyAndMayEndWithTheLease() {
        World quick = World.with("ownerGrace", "30s");
        quick.there(0, ANA, REFERENCE).silentSince(10, ANA);

        assertThat(quick.presence().ownerLost(ANA, at(0), at(39.999))).isEmpty();
        assertThat(quick.presence().ownerLost(ANA, at(0), at(40))).isEqualTo(loss(40, false));
    }

    @Test
    void whoComesBackWithinTheGraceKeepsTheChats() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        world.change(ANA, row -> row.attached(new Attachment(NODE, null), node -> false, at(69.999)));

        assertThat(presence.ownerLost(ANA, at(0), at(5000))).isEmpty();
    }

    @Test
    void whoComesBackAfterTheGraceHasLostThem() {
        world.there(0, ANA, REFERENCE).silentSince(10, ANA);

        world.change(ANA, row -> row.attached(new Attachment(NODE, null), node -> false, at(70.001)));

        assertThat(presence.ownerLost(ANA, at(0), at(5000))).isEqualTo(loss(70, false));
        assertThat(presence.ownerLost(ANA, at(70.001), at(5000))).isEmpty();
    }

    @Test
    void signingOutLosesThemAtOnce() {
        world.there(0, ANA, REFERENCE).leaves(10, ANA);

        assertThat(presence.ownerLost(ANA, at(0), at(9.999))).isEmpty();
        assertThat(presence.ownerLost(ANA, at(0), at(10))).isEqualTo(loss(10, true));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void ofAllStatusesOnlyOfflineLosesThem(Status status) {
        world.there(0, ANA, REFERENCE).goes(10, ANA, status);

        assertThat(presence.ownerLost(ANA, at(0), at(5000)))
                .isEqualTo(status == Status.OFFLINE ? loss(10, true) : Optional.empty());
    }

    @Test
    void whoSignsInAgainHasLostThemAllTheSame() {
        world.there(0, ANA, REFERENCE).leaves(10, ANA).there(11, ANA);

        assertThat(presence.ownerLost(ANA, at(0), at(5000))).isEqualTo(loss(10, true));
        assertThat(presence.ownerLost(ANA, at(11), at(5000))).isEmpty();
    }

    @Test
    void theOwnersOfADeadNodeAreLostTheGraceAfterItsLastSignOfLife() {
        world.there(0, ANA, REFERENCE);

        presence.learnEnd(NODE, at(100));

        assertThat(presence.ownerLost(ANA, at(0), at(159.999))).isEmpty();
        assertThat(presence.ownerLost(ANA, at(0), at(160))).isEqualTo(loss(160, false));
        assertThat(presence.endedByTime(at(159.999))).as("the lease").containsExactly(ANA);
        assertThat(presence.endedByTime(at(160))).as("the loss").containsExactly(ANA);
    }

    @Test
    void anAccountThatDisappearsOrIsSwitchedOffLosesThemAtOnce() {
        world.there(0, ANA, REFERENCE).there(0, CARL);

        world.revised(
                10,
                World.directory().chatDisabled("ana").operators("hill", "new").build());
        assertThat(presence.ownerLost(ANA, at(0), at(9.999))).isEmpty();
        assertThat(presence.ownerLost(ANA, at(0), at(10))).isEqualTo(loss(10, true));

        world.revised(
                20,
                Directory.builder().institution("springy", "Springy University").build());
        assertThat(presence.ownerLost(CARL, at(0), at(19.999))).isEmpty();
        assertThat(presence.ownerLost(CARL, at(0), at(20))).isEqualTo(loss(20, true));
    }

    @Test
    void anOwnerOfWhomNothingIsKnownAtAllIsLostFromTheClaimOn() {
        world.revised(
                10,
                Directory.builder().institution("springy", "Springy University").build());

        assertThat(presence.ownerLost(ANA, at(5), at(100))).isEqualTo(loss(5, true));
    }

    @Test
    void eachLossIsFoundForTheOwnershipItEnded() {
        world.there(0, ANA, REFERENCE).leaves(10, ANA).there(20, ANA).leaves(30, ANA);

        assertThat(presence.ownerLost(ANA, at(0), at(5000))).isEqualTo(loss(10, true));
        assertThat(presence.ownerLost(ANA, at(20), at(5000))).isEqualTo(loss(30, true));
    }

    private static Optional<Loss> loss(double at, boolean signedOff) {
        return Optional.of(new Loss(World.at(at), signedOff));
    }
}
