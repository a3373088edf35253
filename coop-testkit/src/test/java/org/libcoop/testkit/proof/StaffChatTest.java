package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.presence.Status;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Post;
import org.libcoop.talk.OpenRoom;
import org.libcoop.talk.Room;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** Librarians among themselves: who is in which room, what is told and kept (I1, I2). */
class StaffChatTest {

    private static final Room ACADEMIC = Room.coop(CoopId.of("academic"));
    private static final Room REFERENCE = Room.department(DepartmentId.of("reference"));
    private static final Room SPRINGY = Room.institution(InstitutionId.of("springy"));
    private static final Room OLGA_AND_MAYA = pair("olga", "maya");
    private static final Room ANA_AND_BEN = pair("ana", "ben");

    private final Rig rig = new Rig();
    private final InMemoryDiscussions discussions = new InMemoryDiscussions();

    private static Room pair(String one, String other) {
        return Room.pair(OperatorId.of(one), OperatorId.of(other));
    }

    private Site node(String name, String... policies) {
        return rig.node(
                name,
                CoopEngine.builder().directory(Rig.directory(policies).build()).discussions(discussions));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static List<Room> rooms(Seat seat) {
        return seat.session().rooms().orElseThrow().stream().map(OpenRoom::room).toList();
    }

    private static List<String> texts(Seat seat) {
        return seat.told(Notice.Posted.class).stream()
                .map(told -> told.post().text())
                .toList();
    }

    // ---- Rooms (I1)

    @Test
    void whoIsHereIsInTheRoomsOfTheirCoopDepartmentAndInstitutionAndWithEachOther() {
        Site node = node("n");
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben");
        Seat olga = node.on("olga", COOP);
        Seat maya = node.on("maya", COOP);
        Seat sven = node.on("sven");

        assertThat(rooms(ana)).containsExactly(REFERENCE, SPRINGY, ANA_AND_BEN);
        assertThat(rooms(ben)).containsExactly(REFERENCE, SPRINGY, ANA_AND_BEN);
        assertThat(rooms(olga)).containsExactly(ACADEMIC, Room.institution(InstitutionId.of("hill")), OLGA_AND_MAYA);
        assertThat(rooms(maya)).contains(ACADEMIC, OLGA_AND_MAYA);
        assertThat(rooms(sven)).containsExactly(Room.institution(InstitutionId.of("elsewhere")));
    }

    @Test
    void peopleOfAnotherLibraryAreShownWithTheirInstitutionInParentheses() {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);
        node.on("maya", COOP);

        List<OpenRoom> rooms = olga.session().rooms().orElseThrow();

        assertThat(rooms)
                .extracting(OpenRoom::name)
                .containsExactly("Academic Co-Op", "Hill College", "maya (Night Librarians)");
        assertThat(rooms.get(0).people())
                .extracting(OpenRoom.Person::label)
                .containsExactly("maya (Night Librarians)", "olga");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusButOfflineIsInTheRoomOfTheCoop(Status status) {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);

        done(olga.session().status(status));

        assertThat(rooms(olga).contains(ACADEMIC)).isEqualTo(status != Status.OFFLINE && status != Status.FINISHING);
    }

    @Test
    void whoFinishesWithAChatStaysInTheRoomUntilItEnds() {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);
        ChatId chat = node.chatOf("stewart");
        rig.pass(31);
        done(olga.session().claim(chat));

        done(olga.session().status(Status.FINISHING));
        assertThat(rooms(olga)).contains(ACADEMIC);
        done(olga.session().end(chat, Disposition.ANSWERED));

        assertThat(rooms(olga)).isEmpty();
    }

    // ---- Dropping out (I2)

    @Test
    void whoTurnsTheSwitchOffDropsOutOfTheRoomOfTheCoopAlone() {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);
        Seat maya = node.on("maya", COOP);
        done(maya.session().post(ACADEMIC, "before"));

        done(olga.session().monitor(COOP, false));
        done(maya.session().post(ACADEMIC, "after"));

        assertThat(texts(olga)).containsExactly("before");
        assertThat(code(olga.session().posts(ACADEMIC, 1, 10).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(olga.session().post(ACADEMIC, "may I?"))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(rooms(olga)).contains(Room.institution(InstitutionId.of("hill")), OLGA_AND_MAYA);
    }

    @Test
    void whoSignsOutOrGoesOfflineIsInNoRoom() {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);
        Seat ana = node.on("ana", DESK);

        done(olga.session().signOut());
        done(ana.session().status(Status.OFFLINE));

        assertThat(rooms(olga)).isEmpty();
        assertThat(rooms(ana)).isEmpty();
        assertThat(refusal(ana.session().post(SPRINGY, "hello"))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void whoseLeaseIsOverDropsOutAtThatInstant() {
        Site node = node("n", "lease", "30s");
        Seat remote = node.seat("olga", true);
        done(remote.session().signIn());
        done(remote.session().monitor(COOP, true));
        Seat maya = node.on("maya", COOP);

        rig.pass(29);
        boolean before = people(maya).contains("olga (Hill College)");
        rig.pass(2);

        assertThat(before).isTrue();
        assertThat(people(maya)).containsExactly("maya");
    }

    private static List<String> people(Seat seat) {
        return seat.session().rooms().orElseThrow().get(0).people().stream()
                .map(OpenRoom.Person::label)
                .toList();
    }

    // ---- Writing and reading

    @Test
    void whatIsWrittenIsToldToThoseInTheRoomAndNobodyElse() {
        Site node = node("n");
        Seat ana = node.on("ana", DESK);
        Seat ben = node.on("ben");
        Seat olga = node.on("olga", COOP);

        Post post = done(ana.session().post(REFERENCE, "The printer is back <b>up</b>"));

        assertThat(post.seq()).isEqualTo(1);
        assertThat(ben.told(Notice.Posted.class)).containsExactly(new Notice.Posted(REFERENCE, post));
        assertThat(texts(ana)).containsExactly("The printer is back <b>up</b>");
        assertThat(texts(olga)).isEmpty();
        assertThat(ben.session().posts(REFERENCE, 1, 10).orElseThrow()).containsExactly(post);
        assertThat(code(olga.session().posts(REFERENCE, 1, 10).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void twoOfDifferentLibrariesTalkWhileBothAreHere() {
        Site node = node("n");
        Seat olga = node.on("olga", COOP);
        Seat maya = node.on("maya", COOP);
        Seat ana = node.on("ana", DESK);
        done(olga.session().post(OLGA_AND_MAYA, "Are you on until ten?"));

        done(maya.session().signOut());

        assertThat(refusal(olga.session().post(OLGA_AND_MAYA, "Hello?"))).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(olga.session().posts(OLGA_AND_MAYA, 1, 10).orElseThrow()).hasSize(1);
        assertThat(code(ana.session().posts(OLGA_AND_MAYA, 1, 10).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(ana.session().post(pair("ana", "olga"), "Hello?"))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void aResendIsOnePostAndAnotherTextUnderTheSameIdIsRefused() {
        Site node = node("n");
        Seat ana = node.on("ana");
        Seat ben = node.on("ben");

        Post first = done(ana.session().post(SPRINGY, "once", "id-1"));
        Post again = done(ana.session().post(SPRINGY, "once", "id-1"));

        assertThat(again).isEqualTo(first);
        assertThat(refusal(ana.session().post(SPRINGY, "twice", "id-1"))).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(done(ben.session().post(SPRINGY, "another's", "id-1")).seq()).isEqualTo(2);
        assertThat(texts(ben)).containsExactly("once", "another's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n "})
    void aPostHasAText(String text) {
        Site node = node("n");

        assertThat(refusal(node.on("ana").session().post(SPRINGY, text))).isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void aPostIsAsLongAsAMessageAtMost() {
        Site node = node("n", "messageLimit", "5");
        Seat ana = node.on("ana");

        assertThat(refusal(ana.session().post(SPRINGY, "123456"))).isEqualTo(RefusalCode.TOO_LARGE);
        assertThat(done(ana.session().post(SPRINGY, "12345")).text()).isEqualTo("12345");
        assertThat(ana.session().posts(SPRINGY, 1, 10).orElseThrow()).hasSize(1);
    }

    @Test
    void whatWasSeenIsRememberedForOneself() {
        Site node = node("n");
        Seat ana = node.on("ana");
        Seat ben = node.on("ben");
        done(ana.session().post(SPRINGY, "one"));
        done(ana.session().post(SPRINGY, "two"));

        ben.session().seenRoom(SPRINGY, 1).orElseThrow();

        assertThat(room(ben, SPRINGY).last()).isEqualTo(2);
        assertThat(room(ben, SPRINGY).seen()).isEqualTo(1);
        assertThat(room(ana, SPRINGY).seen()).isZero();
    }

    private static OpenRoom room(Seat seat, Room room) {
        return seat.session().rooms().orElseThrow().stream()
                .filter(open -> open.room().equals(room))
                .findFirst()
                .orElseThrow();
    }

    // ---- Nodes and time

    @Test
    void whatIsWrittenOnOneNodeIsToldOnTheOtherOnceAndInOrder() {
        Site a = node("a");
        Site b = node("b");
        Seat ana = a.on("ana");
        Seat ben = b.on("ben");
        rig.pass(2);

        for (int i = 1; i <= 5; i++) {
            done(ana.session().post(SPRINGY, "post " + i));
            rig.pass(0.4);
        }
        rig.pass(20);

        assertThat(texts(ben)).containsExactly("post 1", "post 2", "post 3", "post 4", "post 5");
        assertThat(texts(ana)).containsExactly("post 1", "post 2", "post 3", "post 4", "post 5");
    }

    @Test
    void whatWasWrittenBeforeOneConnectedIsReadAndNotTold() {
        Site a = node("a");
        Seat ana = a.on("ana");
        done(ana.session().post(SPRINGY, "early"));
        rig.pass(60);

        Seat ben = node("b").on("ben");
        rig.pass(30);

        assertThat(texts(ben)).isEmpty();
        assertThat(ben.session().posts(SPRINGY, 1, 10).orElseThrow()).hasSize(1);
    }

    @Test
    void roomsAreForgottenAfterTheRetention() {
        Site node = node("n", "staffChatRetention", "1d");
        Seat ana = node.on("ana");
        done(ana.session().post(SPRINGY, "old"));
        rig.pass(23 * 3600);
        assertThat(ana.session().posts(SPRINGY, 1, 10).orElseThrow()).hasSize(1);

        rig.pass(2 * 3600 + 2);

        assertThat(ana.session().posts(SPRINGY, 1, 10).orElseThrow()).isEmpty();
        assertThat(done(ana.session().post(SPRINGY, "new")).seq()).isEqualTo(2);
    }

    @Test
    void withARetentionOfZeroEverythingIsKept() {
        Site node = node("n", "staffChatRetention", "0s");
        Seat ana = node.on("ana");
        done(ana.session().post(SPRINGY, "old"));

        rig.pass(3 * 3600); // a node looks once an hour

        assertThat(ana.session().posts(SPRINGY, 1, 10).orElseThrow()).hasSize(1);
    }

    // ---- Keys

    @Test
    void aRoomIsFoundByItsKeyWhateverCharactersAreInIds() {
        List<Room> rooms = new ArrayList<>(List.of(ACADEMIC, REFERENCE, SPRINGY, OLGA_AND_MAYA));
        rooms.add(pair("a:b", "c"));
        rooms.add(pair("a", "b:c"));
        rooms.add(pair("1:a", "2:b:3"));
        rooms.add(Room.coop(CoopId.of("pair:1:a:b")));

        for (Room room : rooms) {
            assertThat(Room.of(room.key())).contains(room);
        }
        assertThat(rooms.stream().map(Room::key).distinct()).hasSameSizeAs(rooms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "coop", "coop:", "desk:x", "pair:1:a", "pair:x:a:b", "pair:9:a:b", "pair:0::b", "pair:1:a:"})
    void whatIsNoKeyIsNoRoom(String key) {
        assertThat(Room.of(key)).isEmpty();
    }

    @Test
    void postsAreNotThoseOfAnythingElse() {
        Discussions posts = discussions;
        Site node = node("n");
        done(node.on("ana").session().post(SPRINGY, "hello"));

        assertThat(posts.read(Discussion.in(SPRINGY), 1, 10)).hasSize(1);
        assertThat(posts.read(new Discussion(Discussion.Kind.FEEDBACK, SPRINGY.key()), 1, 10))
                .isEmpty();
    }
}
