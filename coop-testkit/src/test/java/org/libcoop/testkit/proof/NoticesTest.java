package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.libcoop.testkit.proof.Rig.BACKUP;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.OperatorSession;
import org.libcoop.chat.Audience;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Status;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Notice.Unlisted.Reason;
import org.libcoop.spi.Store;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** Who is told what, and who is not (R6, R8, C1–C4, M1, M3). */
class NoticesTest {

    private final Rig rig = new Rig();
    private final Site node = rig.node("a");
    private final Seat ana = node.on("ana", DESK);
    private final Seat ben = node.on("ben", DESK);
    private final Seat olga = node.on("olga", COOP);
    private final Seat maya = node.on("maya", COOP);
    private final Seat sven = node.on("sven");
    private final List<Seat> everybody = List.of(ana, ben, olga, maya, sven);

    @AfterEach
    void close() {
        rig.close();
    }

    // ---- The lists

    @Test
    void aStageThatOpensIsToldToThoseOnItAndToNobodyElse() {
        forget();
        ChatId chat = node.chatOf("stewart");
        assertListed(chat, ana, ben);

        forget();
        rig.pass(30);
        assertListed(chat, ana, ben, olga);

        forget();
        rig.pass(40);
        assertListed(chat, ana, ben, olga, maya);
    }

    @Test
    void aChatThatBeginsHereIsListedWithoutAskingTheStoreForWhatItBeganWith() {
        Reads reads = new Reads();
        Site other = rig.node("b", reads::of);
        Seat there = other.on("ben", DESK);

        ChatId chat = done(other.visitor("stewart")
                        .session()
                        .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, "Where is it?"))
                .chat();

        Notice.ChatSummary summary = last(there);
        assertThat(summary.chat()).isEqualTo(chat);
        assertThat(summary.question()).isEqualTo("Where is it?");
        assertThat(reads.oneByOne).isEmpty();
        assertThat(reads.together).isEmpty();
    }

    @Test
    void whatSeveralChatsBeganWithIsAskedOfTheStoreAtOnce() {
        Set<ChatId> chats = fiveChats();
        Reads reads = new Reads();
        Site other = rig.node("b", reads::of);
        Seat atTheDesk = other.on("ben", DESK);

        assertThat(listed(atTheDesk)).isEqualTo(chats);
        assertThat(reads.together).containsExactly(chats);
        assertThat(reads.oneByOne).isEmpty();
    }

    @Test
    void whatFallsDueTogetherIsReadTogetherForThoseWhoAreTold() {
        Set<ChatId> chats = fiveChats();
        Reads reads = new Reads();
        Site other = rig.node("b", reads::of);
        Seat inTheCoop = other.on("olga", COOP);
        node.executor.pause();
        rig.pass(30);

        assertThat(listed(inTheCoop)).isEqualTo(chats);
        assertThat(reads.together).containsExactly(chats);
        assertThat(reads.oneByOne).isEmpty();
    }

    private Set<ChatId> fiveChats() {
        Set<ChatId> chats = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            chats.add(node.chatOf("patron " + i));
        }
        return chats;
    }

    /** What a node reads of chats' logs. */
    private static final class Reads {
        final List<ChatId> oneByOne = new ArrayList<>();
        final List<Set<ChatId>> together = new ArrayList<>();

        Store of(Store store) {
            return new StoreProxy(store) {
                @Override
                public List<Logged> log(ChatId chat, long afterSeq, int limit) {
                    oneByOne.add(chat);
                    return super.log(chat, afterSeq, limit);
                }

                @Override
                public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> asked, int limit) {
                    together.add(Set.copyOf(asked));
                    return super.beginnings(asked, limit);
                }
            };
        }
    }

    private static Set<ChatId> listed(Seat seat) {
        return seat.notices().stream()
                .filter(Notice.Listed.class::isInstance)
                .map(notice -> ((Notice.Listed) notice).chat().chat())
                .collect(Collectors.toSet());
    }

    @Test
    void theListingSaysWhatOneMayKnowBeforeTheClaim() {
        forget();
        Content.PatronDetails details = new Content.PatronDetails(
                "Stewart", "s@example.edu", "https://example.edu/help", "Firefox on Linux", false);
        ChatId chat = done(node.visitor("stewart")
                        .session()
                        .startChat(WidgetId.of("databases"), details, "Where is it?"))
                .chat();
        rig.pass(30);

        Notice.ChatSummary home = last(ana);
        Notice.ChatSummary away = last(olga);

        assertThat(home.chat()).isEqualTo(chat);
        assertThat(home.institution()).isEqualTo("Springy University");
        assertThat(home.ofMyInstitution()).isTrue();
        assertThat(home.through()).isEqualTo(Stage.of(DESK));
        assertThat(away.ofMyInstitution()).isFalse();
        assertThat(away.through()).isEqualTo(MEMBERS);
        assertThat(List.of(home, away)).allSatisfy(summary -> {
            assertThat(summary.patronName()).isEqualTo("Stewart");
            assertThat(summary.referrer()).isEqualTo("https://example.edu/help");
            assertThat(summary.userAgent()).isEqualTo("Firefox on Linux");
            assertThat(summary.question()).isEqualTo("Where is it?");
            assertThat(summary.startedAt()).isEqualTo(rig.start);
            assertThat(summary.returned()).isFalse();
            assertThat(summary.patronThere()).isTrue();
            assertThat(summary.open()).containsExactly(Stage.of(DESK), MEMBERS);
            assertThat(summary.next()).isEqualTo(BACKUP);
            assertThat(summary.nextAt()).isEqualTo(rig.at(70));
        });
        assertThat(home.toString()).as("the address is for the owner").doesNotContain("s@example.edu");
    }

    @Test
    void everyoneReachedIsToldWhoClaimedAndNobodyElse() {
        ChatId chat = node.chatOf("stewart");
        rig.pass(31);
        forget();

        done(olga.session().claim(chat));

        for (Seat seat : List.of(ana, ben, olga)) {
            assertThat(seat.notices())
                    .filteredOn(Notice.Unlisted.class::isInstance)
                    .containsExactly(
                            new Notice.Unlisted(chat, Reason.CLAIMED, "olga", "Hill College", rig.clock.now()));
        }
        assertThat(maya.notices()).isEmpty();
        assertThat(sven.notices()).isEmpty();
        assertThat(ana.notices()).noneMatch(Notice.Entry.class::isInstance).noneMatch(Notice.State.class::isInstance);
    }

    @Test
    void whatEndsUnclaimedLeavesTheListsAsOver() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        forget();

        done(patron.session().leave());

        assertThat(ana.told(Notice.Unlisted.class))
                .extracting(Notice.Unlisted::chat, Notice.Unlisted::reason, Notice.Unlisted::claimedBy)
                .containsExactly(tuple(chat, Reason.OVER, null));
    }

    @Test
    void whoIsNotEligibleAnyMoreIsToldSo() {
        ChatId chat = node.chatOf("stewart");
        forget();

        done(ana.session().monitor(DESK, false));

        assertThat(ana.told(Notice.Unlisted.class))
                .extracting(Notice.Unlisted::chat, Notice.Unlisted::reason)
                .containsExactly(tuple(chat, Reason.NOT_ELIGIBLE));
        assertThat(ben.told(Notice.Unlisted.class)).isEmpty();
    }

    @Test
    void r8WhoBeginsToMonitorIsToldWhatWaitsSinceWhen() {
        done(ana.session().monitor(DESK, false));
        ChatId chat = node.chatOf("stewart");
        rig.pass(20);
        forget();

        done(ana.session().monitor(DESK, true));

        assertThat(ana.told(Notice.Listed.class)).singleElement().satisfies(listed -> {
            assertThat(listed.chat().chat()).isEqualTo(chat);
            assertThat(listed.chat().startedAt()).isEqualTo(rig.start);
        });
    }

    @Test
    void whoConnectsAgainIsToldWhatWaits() {
        ChatId chat = node.chatOf("stewart");
        ana.session().disconnect();
        rig.pass(1);

        Seat again = node.seat("ana");

        assertThat(again.told(Notice.Listed.class))
                .extracting(listed -> listed.chat().chat())
                .contains(chat);
    }

    @Test
    void aLeaseThatEndsTakesTheListAway() {
        Seat remote = node.seat("ben", true);
        ben.session().disconnect();
        ChatId chat = node.chatOf("stewart");
        assertThat(node.inspect(chat).notified()).contains(OperatorId.of("ben"));

        rig.pass(61);

        assertThat(node.inspect(chat).notified()).doesNotContain(OperatorId.of("ben"));
        assertThat(remote.session().waiting()).isEmpty();
    }

    @Test
    void c4WhoIsReachedThroughSeveralStagesSeesAChatOnce() {
        Rig both = new Rig();
        Site site = both.node("a");
        done(site.engine.admin().save(new CoopAccount(CoopId.of("academic"), OperatorId.of("ana"), Level.REGULAR)));
        Seat seat = site.on("ana", DESK, COOP);
        ChatId chat = site.chatOf("stewart");

        both.pass(30);

        assertThat(seat.session().waiting())
                .extracting(Notice.ChatSummary::chat)
                .containsExactly(chat);
        assertThat(seat.session().waiting().get(0).through()).isEqualTo(Stage.of(DESK));
        both.close();
    }

    // ---- The conversation

    @Test
    void m1AnInternalNoteReachesNoPatronByAnyRoute() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));
        done(ana.session().say(chat, "Hello"));
        done(ana.session().note(chat, "SECRET note"));
        done(ana.session().say(chat, "Good bye"));

        assertThat(patron.notices().toString()).contains("Hello", "Good bye").doesNotContain("SECRET");
        assertThat(patron.session().conversation(0).toString())
                .contains("Hello")
                .doesNotContain("SECRET");
        Visitor resumed = node.visitor("stewart");
        assertThat(resumed.session().conversation(0).toString()).doesNotContain("SECRET");
        rig.pass(1);
        assertThat(resumed.notices().toString()).doesNotContain("SECRET");
        assertThat(ana.session().conversation(chat, 0).orElseThrow().toString()).contains("SECRET");

        done(ana.session().end(chat, Disposition.ANSWERED));
        assertThat(patron.session().conversation(0).toString()).doesNotContain("SECRET");
        assertThat(patron.session().chat().orElseThrow().toString()).doesNotContain("SECRET");
    }

    @Test
    void m1NotesAreNotedAsSuchInTheLog() {
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        done(ana.session().note(chat, "SECRET"));

        assertThat(node.inspect(chat).log())
                .last()
                .satisfies(entry -> assertThat(((ChatEvent.MessageSaid) entry.event()).audience())
                        .isEqualTo(Audience.STAFF_ONLY));
    }

    @Test
    void m4APatronWhoResumesFindsEverythingThatIsForPatrons() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));
        long known = node.inspect(chat).chat().seq();
        for (int i = 0; i < 1_005; i++) {
            done(ana.session().note(chat, "note " + i));
        }
        done(ana.session().say(chat, "At last"));

        assertThat(patron.session().conversation(known))
                .extracting(Logged::content)
                .containsExactly(new Content.Text("At last"));
    }

    @Test
    void m4APageForAPatronIsShortOnlyWhereItIsTheLast() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));
        long known = node.inspect(chat).chat().seq();
        done(ana.session().note(chat, "note"));
        for (int i = 0; i < 1_001; i++) {
            done(ana.session().say(chat, "text " + i));
        }

        List<Logged> first = patron.session().conversation(known);
        List<Logged> second =
                patron.session().conversation(first.get(first.size() - 1).seq());

        assertThat(first).hasSize(1_000);
        assertThat(second).extracting(Logged::content).containsExactly(new Content.Text("text 1000"));
    }

    @Test
    void patronAndOwnerGetEveryEntryThatIsForThemInOrderAndOnce() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        done(ana.session().claim(chat));
        done(patron.session().say("Where is it?"));
        done(ana.session().say(chat, "There"));
        done(ana.session().end(chat, Disposition.ANSWERED));

        List<Long> toPatron = entries(patron.notices());
        List<Long> toOwner = entries(ana.notices());
        assertThat(toPatron).isSorted().doesNotHaveDuplicates();
        assertThat(toOwner).isSorted().doesNotHaveDuplicates();
        assertThat(toOwner)
                .isEqualTo(node.inspect(chat).log().stream()
                        .map(Logged::seq)
                        .filter(seq -> seq > 2)
                        .toList());
        assertThat(texts(patron.notices())).containsSubsequence("Where is it?", "There");
        assertThat(entries(ben.notices())).isEmpty();
        assertThat(entries(olga.notices())).isEmpty();
    }

    @Test
    void aPatronIsToldNothingOfAnotherPatronsChat() {
        Visitor stewart = node.visitor("stewart");
        Visitor susan = node.visitor("susan");
        ChatId his = stewart.starts();
        ChatId hers = susan.starts();
        done(ana.session().claim(his));
        done(ana.session().claim(hers));
        done(ana.session().say(his, "for Stewart"));
        done(ana.session().say(hers, "for Susan"));

        assertThat(stewart.notices().toString()).contains("for Stewart").doesNotContain("for Susan", hers.value());
        assertThat(susan.notices().toString()).contains("for Susan").doesNotContain("for Stewart", his.value());
    }

    @Test
    void thePatronSeesWhereTheChatStands() {
        Visitor patron = node.visitor("stewart");
        ChatId chat = patron.starts();
        List<Notice.ChatState> states = new ArrayList<>();
        states.add(lastState(patron));
        rig.pass(60);
        states.add(lastState(patron));
        done(olga.session().claim(chat));
        states.add(lastState(patron));
        done(olga.session().status(Status.OFFLINE));
        states.add(lastState(patron));
        done(patron.session().leave());
        states.add(lastState(patron));

        assertThat(states)
                .extracting(Notice.ChatState::phase)
                .containsExactly(
                        Phase.Kind.WAITING,
                        Phase.Kind.WAITING,
                        Phase.Kind.CLAIMED,
                        Phase.Kind.WAITING,
                        Phase.Kind.ENDED);
        assertThat(states).extracting(Notice.ChatState::ownerName).containsExactly(null, null, "olga", null, "olga");
        assertThat(states)
                .extracting(Notice.ChatState::ticketOffered)
                .containsExactly(false, true, false, false, false);
        assertThat(states).extracting(Notice.ChatState::partnersAsked).containsExactly(false, true, true, true, true);
    }

    @Test
    void theFormerOwnerIsToldOfTheLoss() {
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        forget();

        done(ana.session().signOut());

        assertThat(ana.told(Notice.Entry.class))
                .extracting(entry -> entry.entry().event().kind())
                .contains(ChatEvent.Kind.OWNER_LOST);
    }

    @Test
    void onesOwnPresenceIsToldToAllOnesConnections() {
        Seat second = node.seat("ana");
        forget();
        second.notices().clear();

        done(ana.session().status(Status.AWAY));

        assertThat(ana.told(Notice.Self.class))
                .last()
                .satisfies(self -> assertThat(self.presence().status()).isEqualTo(Status.AWAY));
        assertThat(second.told(Notice.Self.class)).isNotEmpty();
        assertThat(ben.told(Notice.Self.class)).isEmpty();
    }

    @Test
    void aPeerThatThrowsDisturbsNobody() {
        OperatorSession broken = node.engine
                .connectOperator(OperatorId.of("ana"), notice -> {
                    throw new IllegalStateException("broken peer");
                })
                .orElseThrow();
        forget();

        ChatId chat = node.chatOf("stewart");

        assertThat(ana.told(Notice.Listed.class)).hasSize(1);
        assertThat(ben.told(Notice.Listed.class)).hasSize(1);
        done(broken.claim(chat));
    }

    @Test
    void aClosedConnectionIsToldNothingMore() {
        forget();
        ana.session().disconnect();

        node.chatOf("stewart");

        assertThat(ana.told(Notice.Listed.class)).isEmpty();
    }

    private void forget() {
        everybody.forEach(Seat::told);
    }

    private void assertListed(ChatId chat, Seat... expected) {
        for (Seat seat : everybody) {
            List<ChatId> listed = seat.notices().stream()
                    .filter(Notice.Listed.class::isInstance)
                    .map(notice -> ((Notice.Listed) notice).chat().chat())
                    .distinct()
                    .toList();
            assertThat(listed)
                    .as("told to %s", seat.session().operator())
                    .isEqualTo(List.of(expected).contains(seat) ? List.of(chat) : List.of());
        }
        assertThat(node.inspect(chat).notified())
                .containsExactlyInAnyOrderElementsOf(List.of(expected).stream()
                        .map(seat -> seat.session().operator())
                        .toList());
    }

    private static Notice.ChatSummary last(Seat seat) {
        List<Notice.Listed> listed = seat.told(Notice.Listed.class);
        return listed.get(listed.size() - 1).chat();
    }

    private static Notice.ChatState lastState(Visitor patron) {
        List<Notice.State> states = patron.told(Notice.State.class);
        return states.get(states.size() - 1).chat();
    }

    private static List<Long> entries(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry().seq())
                .toList();
    }

    private static List<String> texts(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry().content())
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList();
    }
}
