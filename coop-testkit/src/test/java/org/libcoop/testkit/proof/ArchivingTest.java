package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.done;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Health;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** A chat that is over goes to the archive ten minutes later, whatever fails on the way, and only then leaves the store. */
class ArchivingTest {

    private static final double MINUTES = 60;

    private final Rig rig = new Rig();
    private final TroubledArchive archive = new TroubledArchive();

    /** An archive that is away, or cannot take a chat, when a test says so. */
    private static final class TroubledArchive extends ArchiveProxy {
        private boolean away;
        private ChatId cannotTake;
        private final List<Integer> brought = new ArrayList<>();

        TroubledArchive() {
            super(new InMemoryArchive());
        }

        @Override
        public void keep(List<ArchivedChat> chats) {
            brought.add(chats.size());
            if (away) {
                throw new StoreException("the archive is away", false);
            }
            if (chats.stream().anyMatch(chat -> chat.chat().id().equals(cannotTake))) {
                throw new IllegalStateException("cannot take " + cannotTake);
            }
            super.keep(chats);
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Site node(String name) {
        return rig.node(name, archive, store -> store);
    }

    /** A chat that ends now. */
    private ChatId ended(Site site, Seat seat, String patron) {
        Visitor visitor = site.visitor(patron);
        ChatId chat = visitor.starts();
        done(seat.session().claim(chat));
        done(visitor.session().say("Where is it?"));
        done(seat.session().end(chat, Disposition.ANSWERED));
        return chat;
    }

    @Test
    void aChatIsInTheStoreForTenMinutesAfterItsEndAndThenInTheArchive() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        Chat head = rig.store.chat(chat).orElseThrow();
        List<Logged> log = rig.store.log(chat, 0, Store.PAGE);

        rig.pass(10 * MINUTES - 1);

        assertThat(rig.store.chat(chat)).contains(head);
        assertThat(archive.chat(chat)).isEmpty();

        rig.pass(3);

        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(site.engine.archive().chat(chat)).contains(new ArchivedChat(head, log));
    }

    @Test
    void aChatThatGoesOnStaysInTheStore() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId chat = site.chatOf("stewart");
        done(ana.session().claim(chat));

        rig.pass(30 * MINUTES);

        assertThat(rig.store.chat(chat)).isPresent();
        assertThat(archive.chat(chat)).isEmpty();
    }

    @Test
    void anArchiveThatIsAwayDelaysAndHoldsNothingElseUp() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId chat = ended(site, ana, "stewart");
        archive.away = true;

        rig.pass(20 * MINUTES);

        assertThat(archive.brought).as("tries").hasSizeGreaterThan(5);
        assertThat(rig.store.chat(chat)).isPresent();
        assertThat(site.engine.health().state()).isEqualTo(Health.State.UP);
        ChatId next = site.chatOf("zoe");
        rig.pass(31);
        assertThat(site.inspect(next).chat().progress().isOpen(Rig.MEMBERS)).isTrue();

        archive.away = false;
        rig.pass(61);

        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(archive.chat(chat)).isPresent();
    }

    @Test
    void anArchiveThatIsAwayIsAskedLessAndLessOften() {
        Site site = node("a");
        ended(site, site.on("ana", DESK), "stewart");
        archive.away = true;

        rig.pass(15 * MINUTES);

        assertThat(archive.brought).as("tries in five minutes").hasSizeBetween(8, 15);
    }

    @Test
    void whatTheArchiveCannotTakeDoesNotHoldUpTheOthers() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId first = ended(site, ana, "stewart");
        ChatId second = ended(site, ana, "zoe");
        ChatId third = ended(site, ana, "ida");
        archive.cannotTake = second;

        rig.pass(11 * MINUTES);

        assertThat(archive.chat(first)).isPresent();
        assertThat(archive.chat(third)).isPresent();
        assertThat(rig.store.chat(second)).as("never lost").isPresent();
        assertThat(rig.store.over(rig.clock.now(), 10)).containsExactly(second);
    }

    @Test
    void aNodeThatDiesBetweenKeepingAndForgettingLeavesTheRestToAnother() {
        List<ChatId> notForgotten = new ArrayList<>();
        Site site = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public void forget(List<ChatId> chats) {
                notForgotten.addAll(chats);
                throw new StoreException("gone in the middle", true);
            }
        });
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(10 * MINUTES + 2);
        ArchivedChat kept = archive.chat(chat).orElseThrow();
        assertThat(notForgotten).contains(chat);
        assertThat(rig.store.chat(chat)).isPresent();
        site.executor.pause();

        node("b");
        rig.pass(2);

        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(archive.chat(chat)).contains(kept);
        assertThat(archive.search(ArchiveQuery.ALL, null, 10).rows()).hasSize(1);
    }

    @Test
    void twoNodesThatArchiveTheSameChatAtOnceKeepItOnce() {
        List<ChatId> onItsWay = new ArrayList<>();
        Site a = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public void forget(List<ChatId> chats) {
                onItsWay.addAll(chats); // reaches the store only after the other node has kept the same
            }
        });
        ChatId chat = ended(a, a.on("ana", DESK), "stewart");
        node("b");

        rig.pass(10 * MINUTES + 2);
        rig.store.forget(onItsWay);

        assertThat(onItsWay).contains(chat);
        assertThat(archive.brought).as("brought by both").hasSizeGreaterThan(1);
        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(archive.search(ArchiveQuery.ALL, null, 10).rows()).hasSize(1);
    }

    @Test
    void contentDeletedInTheArchiveDoesNotComeBackFromTheStore() {
        boolean[] fails = {true};
        Site site = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public void forget(List<ChatId> chats) {
                if (fails[0]) {
                    throw new StoreException("away", false);
                }
                super.forget(chats);
            }
        });
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(10 * MINUTES + 2);
        archive.deleteContent(chat);

        fails[0] = false;
        rig.pass(2 * MINUTES);

        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(archive.chat(chat).orElseThrow().log())
                .extracting(Logged::content)
                .containsOnlyNulls();
    }

    @Test
    void moreChatsThanATickTakesAreArchivedInSeveral() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        for (int i = 0; i < 450; i++) {
            ended(site, ana, "patron-" + i);
        }

        rig.pass(10 * MINUTES + 5);

        assertThat(archive.brought).containsExactly(200, 200, 50);
        assertThat(rig.store.over(rig.clock.now(), 10)).isEmpty();
    }
}
