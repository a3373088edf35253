package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ACADEMIC;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.HILL;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.QUINN;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SPRINGY;
import static org.libcoop.presence.World.SVEN;
import static org.libcoop.presence.World.T0;
import static org.libcoop.presence.World.at;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.World;
import org.libcoop.routing.Progress;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.Routing;

/** Who may learn that a chat exists (A9): home staff, those with a place in a co-op of its route, and whoever was shown it. */
class KnownChatTest {

    private final World world = World.with();

    @ParameterizedTest
    @CsvSource({
        "ana, true", // on the route's desk
        "carl, true", // of the home institution, on no desk of the route
        "olga, true", // an account in the route's co-op
        "quinn, true", // an account of a member that does not contribute
        "maya, true", // a place on the backup list
        "sven, false", // nothing to do with it
        "nobody, false" // does not exist
    })
    void whoHasToDoWithTheHouseOrARoutesCoopMayKnow(String operator, boolean known) {
        Progress progress = begun("databases", 0);

        assertThat(mayLearn(progress, OperatorId.of(operator), 0)).isEqualTo(known);
    }

    @Test
    void aCoopThatIsNotOnTheRouteGivesNothing() {
        world.there(-10, ANA, REFERENCE);
        Progress deskOnly = begun(widget(REFERENCE), 0);

        assertThat(mayLearn(deskOnly, CARL, 0)).isTrue();
        assertThat(mayLearn(deskOnly, OLGA, 0)).isFalse();
        assertThat(mayLearn(deskOnly, QUINN, 0)).isFalse();
        assertThat(mayLearn(deskOnly, MAYA, 0)).isFalse();
    }

    @Test
    void theFrozenRouteCountsNotTheWidgetAsItIsNow() {
        Progress progress = begun("databases", 0);

        world.revised(1, world.presence().directory().withRecord(widget(REFERENCE)));

        assertThat(mayLearn(progress, OLGA, 2)).isTrue();
    }

    @Test
    void anAccountThatIsTakenAwayGivesNothingAnyMore() {
        Progress progress = begun("databases", 0);

        world.revised(1, world.presence().directory().without(RecordKey.of(ACADEMIC, OLGA)));

        assertThat(mayLearn(progress, OLGA, 1)).isFalse();
    }

    @Test
    void anAccountUnderAnEndedMembershipGivesNothing() {
        Progress progress = begun("databases", 0);

        world.revised(
                1,
                world.presence()
                        .directory()
                        .withRecord(world.presence()
                                .directory()
                                .membership(ACADEMIC, HILL)
                                .orElseThrow()
                                .asEnded()));

        assertThat(mayLearn(progress, OLGA, 1)).isFalse();
        assertThat(mayLearn(progress, MAYA, 1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"29.999, false", "30, true", "1000, true"})
    void whoWasEverShownTheChatMayKnowOfIt(double accountTakenAt, boolean known) {
        // olga sees the chat from 30 on; her account is taken away later, or before she ever saw it.
        world.there(-10, ANA, REFERENCE).there(-10, OLGA, World.COOP);
        Progress progress = begun("databases", 5000);

        world.revised(accountTakenAt + 0.001, world.presence().directory().without(RecordKey.of(ACADEMIC, OLGA)));

        assertThat(mayLearn(progress, OLGA, 5000)).isEqualTo(known);
    }

    @Test
    void aDeletedAccountMayKnowOfNothingWhateverItWasShown() {
        world.there(-10, ANA, REFERENCE);
        Progress progress = begun("databases", 10);
        Directory without =
                Directory.builder().institution("springy", "Springy University").build();

        world.revised(20, without);

        assertThat(mayLearn(progress, ANA, 20)).isFalse();
    }

    @Test
    void strangersMayKnowOfNothing() {
        world.there(-10, SVEN, World.COOP, REFERENCE);

        assertThat(mayLearn(begun("databases", 5000), SVEN, 5000)).isFalse();
    }

    private boolean mayLearn(Progress progress, OperatorId operator, double now) {
        Chat chat = new Chat(
                ChatId.of("c1"),
                1,
                WidgetId.of("databases"),
                "key",
                T0,
                progress,
                new Phase.Waiting(T0, false),
                List.of(),
                Set.of(),
                new PatronLink(new NodeId("n1"), null),
                T0,
                Uploads.NONE);
        return Relations.known(chat, operator, world.presence(), at(now));
    }

    private Progress begun(String widget, double now) {
        return begun(world.presence().directory().widget(WidgetId.of(widget)).orElseThrow(), now);
    }

    private Progress begun(Widget widget, double now) {
        RoutePlan plan = RoutePlan.of(world.presence().directory(), widget, T0);
        Progress begun = Routing.begin(plan, T0, world.presence());
        return Routing.advance(begun, T0, at(now), world.presence());
    }

    private static Widget widget(Option... route) {
        return Widget.builder(WidgetId.of("databases"), SPRINGY).route(route).build();
    }
}
