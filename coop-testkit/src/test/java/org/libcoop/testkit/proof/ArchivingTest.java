package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.done;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Health;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/** A chat that is over is in the archive a sweep later, whatever fails on the way, and in the store for a day more (G5, X1, X2). */
class ArchivingTest {

    private static final double SWEEP = 1;
    private static final double MINUTES = 60;
    private static final double HOURS = 60 * MINUTES;
    private static final double DAY = 24 * HOURS;
    private static final NodeId WRITER = new NodeId("writer");

    private final Rig rig = new Rig();
    private final TroubledArchive archive = new TroubledArchive();

    /** An archive that is away, or cannot take a chat, when a test says so. */
    private static class TroubledArchive extends ArchiveProxy {
        private boolean away;
        private ChatId cannotTake;
        private Runnable meanwhile = () -> {};
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
            meanwhile.run();
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

    /** What the store has of a chat. */
    private ArchivedChat stored(ChatId chat) {
        Chat head = rig.store.chat(chat).orElseThrow();
        List<Logged> log = new ArrayList<>();
        while (log.size() < head.seq()) {
            log.addAll(rig.store.log(chat, log.size(), Store.PAGE));
        }
        return new ArchivedChat(head, log);
    }

    /** The chat gets messages after its end, as a rating would come. */
    private void goesOn(ChatId chat, int messages) {
        if (rig.store.nodes().stream().noneMatch(lease -> lease.node().equals(WRITER))) {
            rig.store.join(WRITER, Duration.ofDays(10));
        }
        Chat before = rig.store.chat(chat).orElseThrow();
        Chat after = before;
        List<Logged> entries = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            ChatEvent said = new ChatEvent.MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF);
            Logged entry = new Logged(after.seq() + 1, rig.clock.now(), said, new Content.Text("thanks"));
            entries.add(entry);
            after = after.evolve(entry);
        }
        Change.OfChat change = new Change.OfChat(
                after, before.seq(), rig.clock.now(), entries, null, null, null, null, Set.of(), Set.of());
        assertThat(rig.store.commit(WRITER, List.of(change))).containsExactly(Committed.APPLIED);
    }

    private List<ChatId> archived() {
        return archive.search(ArchiveQuery.ALL, null, 200).rows().stream()
                .map(row -> row.chat())
                .toList();
    }

    private List<Chat> unarchived() {
        return rig.store.unarchived(null, Store.PAGE);
    }

    // ---- When

    @Test
    void aChatThatEndsIsInTheArchiveASweepLaterAndStillInTheStore() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        ArchivedChat over = stored(chat);

        rig.pass(SWEEP);

        assertThat(site.engine.archive().chat(chat)).contains(over);
        assertThat(stored(chat)).isEqualTo(over);
        assertThat(unarchived()).isEmpty();
    }

    @Test
    void aChatThatIsLiveIsNotInTheArchive() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId chat = site.chatOf("stewart");
        done(ana.session().claim(chat));

        rig.pass(30 * MINUTES);

        assertThat(rig.store.chat(chat)).isPresent();
        assertThat(archived()).isEmpty();
    }

    @Test
    void aChatThatGoesOnAfterItsEndIsBroughtAgain() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(SWEEP);
        goesOn(chat, 1);
        assertThat(archive.chat(chat)).isNotEqualTo(Optional.of(stored(chat)));

        rig.pass(SWEEP);

        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(archived()).containsExactly(chat);
    }

    @Test
    void aChatThatGoesOnWhileItIsBroughtIsBroughtAgain() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        archive.meanwhile = () -> {
            archive.meanwhile = () -> {};
            goesOn(chat, 1);
        };

        rig.pass(SWEEP);
        assertThat(unarchived()).hasSize(1);
        rig.pass(SWEEP);

        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(unarchived()).isEmpty();
    }

    @Test
    void theStoreForgetsAChatADayAfterItsLastChange() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(DAY / 2);
        goesOn(chat, 1);
        ArchivedChat over = stored(chat);

        rig.pass(DAY - 1);
        assertThat(rig.store.chat(chat)).isPresent();
        rig.pass(MINUTES + 2 * SWEEP);

        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(rig.store.log(chat, 0, 1)).isEmpty();
        assertThat(archive.chat(chat)).contains(over);
        assertThat(site.engine.inspect(chat)).isEmpty();
    }

    @Test
    void aChatThatIsNotArchivedIsNeverForgotten() {
        Site site = node("a");
        archive.away = true;
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");

        rig.pass(2 * DAY);
        assertThat(rig.store.chat(chat)).isPresent();
        archive.away = false;
        rig.pass(3 * MINUTES);

        assertThat(archived()).containsExactly(chat);
        assertThat(rig.store.chat(chat)).as("two days over, and archived").isEmpty();
    }

    @Test
    void withAStoreAndWithoutAnArchiveAChatStaysInTheStore() {
        Site site = rig.node("a");
        Seat ana = site.on("ana", DESK);
        ChatId chat = ended(site, ana, "stewart");
        ArchivedChat over = stored(chat);

        rig.pass(2 * DAY);

        assertThat(stored(chat)).isEqualTo(over);
        assertThat(unarchived()).hasSize(1);
        assertThat(site.engine.archive().chat(chat)).isEmpty();
        assertThat(site.engine.deleteContent(chat)).isTrue();
        assertThat(stored(chat)).isEqualTo(over.withoutContent());
        assertThat(site.engine.archive().chat(chat)).isEmpty();
    }

    @Test
    void inMemoryThereIsAnArchiveWithoutAskingForOne() {
        try (CoopEngine engine = CoopEngine.builder()
                .directory(Rig.directory().build())
                .clock(rig.clock)
                .executor(rig.clock.executor())
                .build()) {
            OperatorSession ana =
                    engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
            now(ana.signIn());
            now(ana.monitor(DESK, true));
            ChatId chat = talk(engine, ana, "stewart");
            now(ana.end(chat, Disposition.ANSWERED));

            rig.pass(2 * SWEEP);

            assertThat(engine.archive().chat(chat)).isPresent();
        }
    }

    // ---- What is sent again (G5)

    @Test
    void whatIsSentAgainWithinADayGetsItsFirstResult() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        Visitor stewart = site.visitor("stewart");
        Receipt started = done(stewart.starting("start"));
        ChatId chat = started.chat();
        Receipt claimed = done(ana.session().claim(chat, "claim"));
        Receipt said = done(stewart.session().say(chat, "Where is it?", "said"));
        Receipt ended = done(ana.session().end(chat, Disposition.ANSWERED, "end"));
        ArchivedChat over = stored(chat);

        rig.pass(DAY - 10);

        assertThat(archive.chat(chat)).isPresent();
        assertThat(done(ana.session().claim(chat, "claim"))).isEqualTo(claimed);
        assertThat(done(ana.session().end(chat, Disposition.ANSWERED, "end"))).isEqualTo(ended);
        assertThat(done(stewart.session().say(chat, "Where is it?", "said"))).isEqualTo(said);
        assertThat(done(stewart.starting("start"))).isEqualTo(started);
        assertThat(done(site.visitor("stewart").starting("start")))
                .as("connected anew")
                .isEqualTo(started);
        assertThat(stored(chat)).isEqualTo(over);
        assertThat(rig.store.live(null)).as("a second chat").isEmpty();
        assertThat(archived()).containsExactly(chat);
    }

    @Test
    void whatIsSentAgainOnAnotherNodeWithinADayGetsItsFirstResult() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        Visitor stewart = site.visitor("stewart");
        Receipt started = done(stewart.starting("start"));
        done(ana.session().claim(started.chat(), "claim"));
        Receipt ended = done(ana.session().end(started.chat(), Disposition.ANSWERED, "end"));
        rig.pass(DAY / 2);
        site.engine.close();
        Site next = node("b");
        rig.pass(DAY / 2 - 10);

        assertThat(done(next.seat("ana").session().end(started.chat(), Disposition.ANSWERED, "end")))
                .isEqualTo(ended);
        assertThat(done(next.visitor("stewart").starting("start"))).isEqualTo(started);
        assertThat(rig.store.live(null)).isEmpty();
    }

    @Test
    void aCommandOnAChatThatTheStoreForgotFindsNoChatAndItsStartNoOtherOne() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        Visitor stewart = site.visitor("stewart");
        Receipt started = done(stewart.starting("start"));
        done(ana.session().claim(started.chat(), "claim"));
        done(ana.session().end(started.chat(), Disposition.ANSWERED, "end"));
        rig.pass(DAY + MINUTES + 2 * SWEEP);
        assertThat(rig.store.chat(started.chat())).isEmpty();

        assertThat(Rig.refusal(ana.session().end(started.chat(), Disposition.ANSWERED, "end")))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(done(site.visitor("stewart").starting("start")))
                .as("its id is the archived chat's")
                .isEqualTo(started);
        assertThat(rig.store.live(null)).isEmpty();
        assertThat(done(site.visitor("stewart").starting("another")).chat()).isNotEqualTo(started.chat());
    }

    // ---- What fails

    @Test
    void anArchiveThatIsAwayDelaysAndHoldsNothingElseUp() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        archive.away = true;
        ChatId chat = ended(site, ana, "stewart");

        rig.pass(20 * MINUTES);

        assertThat(archive.brought).as("tries").hasSizeGreaterThan(5);
        assertThat(unarchived()).hasSize(1);
        assertThat(site.engine.health().state()).isEqualTo(Health.State.UP);
        ChatId next = site.chatOf("zoe");
        rig.pass(31);
        assertThat(site.inspect(next).chat().progress().isOpen(Rig.MEMBERS)).isTrue();

        archive.away = false;
        rig.pass(61);

        assertThat(archive.chat(chat)).contains(stored(chat));
    }

    @Test
    void anArchiveThatIsAwayIsAskedLessAndLessOftenAndAtOnceAgainWhenItIsBack() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        archive.away = true;
        ended(site, ana, "stewart");

        rig.pass(15 * MINUTES);
        assertThat(archive.brought).as("tries in a quarter of an hour").hasSizeBetween(15, 22);

        archive.away = false;
        rig.pass(61);
        assertThat(unarchived()).isEmpty();
        ChatId next = ended(site, ana, "zoe");
        rig.pass(SWEEP);
        assertThat(archived()).contains(next);
    }

    @Test
    void whatTheArchiveCannotTakeDoesNotHoldUpTheOthersAndIsAskedForAgain() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId first = ended(site, ana, "stewart");
        ChatId second = ended(site, ana, "zoe");
        ChatId third = ended(site, ana, "ida");
        archive.cannotTake = second;

        rig.pass(SWEEP);
        assertThat(archived()).containsExactlyInAnyOrder(first, third);
        int tries = archive.brought.size();
        rig.pass(50 * MINUTES);
        assertThat(archive.brought).as("left alone for an hour").hasSize(tries);
        assertThat(unarchived()).extracting(Chat::id).containsExactly(second);

        archive.cannotTake = null;
        rig.pass(11 * MINUTES);

        assertThat(archived()).containsExactlyInAnyOrder(first, second, third);
        assertThat(unarchived()).isEmpty();
    }

    /** More than a page of them: what stays back does not hide the rest. */
    @Test
    void howeverMuchTheArchiveCannotTakeTheRestIsFound() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        for (int i = 0; i < 450; i++) {
            ended(site, ana, "patron-" + i);
        }
        archive.away = true;
        List<ChatId> ids = unarchived().stream().map(Chat::id).toList();
        ChatId last = ids.get(ids.size() - 1);
        TroubledArchive picky = new TroubledArchive() {
            @Override
            public void keep(List<ArchivedChat> chats) {
                for (ArchivedChat chat : chats) {
                    if (!chat.chat().id().equals(last)) {
                        throw new IllegalArgumentException(
                                "cannot take " + chat.chat().id());
                    }
                }
                super.keep(chats);
            }
        };
        site.engine.close();
        rig.node("b", picky, store -> store);

        rig.pass(4 * SWEEP);

        assertThat(picky.chat(last)).isPresent();
        assertThat(unarchived()).hasSize(449);
    }

    @Test
    void aChatThatCannotBeReadDoesNotHoldUpTheOthers() {
        ChatId[] unreadable = new ChatId[1];
        Site site = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
                if (chats.contains(unreadable[0])) {
                    throw new IllegalStateException("garbled");
                }
                return super.beginnings(chats, limit);
            }

            @Override
            public List<Logged> log(ChatId chat, long afterSeq, int limit) {
                if (chat.equals(unreadable[0])) {
                    throw StoreException.refused("garbled");
                }
                return super.log(chat, afterSeq, limit);
            }
        });
        Seat ana = site.on("ana", DESK);
        ChatId first = ended(site, ana, "stewart");
        ChatId second = ended(site, ana, "zoe");
        unreadable[0] = first;

        rig.pass(SWEEP);

        assertThat(archived()).containsExactly(second);
        assertThat(unarchived()).extracting(Chat::id).containsExactly(first);
    }

    @Test
    void aNodeThatDiesBetweenKeepingAndReportingLeavesTheRestToAnother() {
        List<ChatId> notReported = new ArrayList<>();
        Site site = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public void archived(Map<ChatId, Long> upTo) {
                notReported.addAll(upTo.keySet());
                throw new StoreException("gone in the middle", true);
            }
        });
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(SWEEP);
        ArchivedChat kept = archive.chat(chat).orElseThrow();
        assertThat(notReported).contains(chat);
        assertThat(unarchived()).hasSize(1);
        site.executor.pause();

        node("b");
        rig.pass(2 * SWEEP);

        assertThat(unarchived()).isEmpty();
        assertThat(archive.chat(chat)).contains(kept);
        assertThat(archived()).containsExactly(chat);
    }

    @Test
    void twoNodesThatBringTheSameChatAtOnceKeepItOnce() {
        List<Map<ChatId, Long>> onTheirWay = new ArrayList<>();
        Site a = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public void archived(Map<ChatId, Long> upTo) {
                onTheirWay.add(upTo); // reaches the store only after the other node has brought the same
            }
        });
        node("b");
        ChatId chat = ended(a, a.on("ana", DESK), "stewart");

        rig.pass(2 * SWEEP);
        onTheirWay.forEach(rig.store::archived);

        assertThat(onTheirWay).isNotEmpty();
        assertThat(archive.brought).as("brought by both").hasSizeGreaterThan(1);
        assertThat(unarchived()).isEmpty();
        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(archived()).containsExactly(chat);
    }

    // ---- How much

    @Test
    void moreChatsThanARoundTakesAreArchivedInSeveral() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        for (int i = 0; i < 450; i++) {
            ended(site, ana, "patron-" + i);
        }

        rig.pass(4 * SWEEP);

        assertThat(archive.brought).containsExactly(200, 200, 50);
        assertThat(unarchived()).isEmpty();
    }

    @Test
    void longLogsAreBroughtWholeAndAFewAtATime() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ChatId chat = ended(site, ana, "patron-" + i);
            goesOn(chat, 2_500);
            chats.add(chat);
        }

        rig.pass(3 * SWEEP);

        assertThat(archive.brought).containsExactly(3, 2);
        assertThat(chats).allSatisfy(chat -> assertThat(archive.chat(chat)).contains(stored(chat)));
    }

    @Test
    void anArchiveThatHangsHoldsNoChatUp() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ArchiveProxy hangs = new ArchiveProxy(new InMemoryArchive()) {
            @Override
            public void keep(List<ArchivedChat> chats) {
                asked.countDown();
                try {
                    released.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                super.keep(chats);
            }
        };
        try (CoopEngine engine = CoopEngine.builder()
                .directory(Rig.directory().build())
                .archive(hangs)
                .sweepEvery(Duration.ofMillis(10))
                .build()) {
            OperatorSession ana =
                    engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
            now(ana.signIn());
            now(ana.monitor(DESK, true));
            now(ana.end(talk(engine, ana, "stewart"), Disposition.ANSWERED));
            assertThat(asked.await(30, TimeUnit.SECONDS))
                    .as("the archive is asked")
                    .isTrue();

            ChatId next = talk(engine, ana, "zoe");
            now(ana.end(next, Disposition.ANSWERED));

            assertThat(engine.inspect(next).orElseThrow().chat().over()).isTrue();
            assertThat(engine.archive().chat(next)).isEmpty();
            released.countDown();
        } finally {
            released.countDown();
        }
    }

    private static ChatId talk(CoopEngine engine, OperatorSession ana, String patron) {
        PatronSession session =
                engine.connectPatron(Rig.key(patron), "", notice -> {}).orElseThrow();
        ChatId chat = now(session.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null, "start"))
                .chat();
        now(ana.claim(chat));
        return chat;
    }

    /** The answer of an engine with threads of its own. */
    private static <T> T now(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .orElseThrow();
    }

    // ---- Deletion and redaction

    @Test
    void contentIsDeletedInStoreAndArchiveAtOnceAndStaysDeleted() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(SWEEP);
        ArchivedChat over = stored(chat);

        assertThat(site.engine.deleteContent(chat)).isTrue();

        assertThat(stored(chat)).isEqualTo(over.withoutContent());
        assertThat(archive.chat(chat)).contains(over.withoutContent());
        assertThat(archive.search(ArchiveQuery.ALL.text("where"), null, 1).rows())
                .isEmpty();
        goesOn(chat, 1);
        rig.pass(SWEEP);
        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(stored(chat).log()).extracting(Logged::content).containsOnlyNulls();
    }

    @Test
    void contentIsDeletedBeforeTheChatIsBroughtAndAfterTheStoreForgotIt() {
        Site site = node("a");
        Seat ana = site.on("ana", DESK);
        ChatId early = ended(site, ana, "stewart");
        assertThat(site.engine.deleteContent(early)).isTrue();
        assertThat(archive.chat(early)).contains(stored(early));
        ChatId late = ended(site, ana, "zoe");
        rig.pass(DAY + MINUTES + 2 * SWEEP);
        assertThat(rig.store.chat(late)).isEmpty();

        assertThat(site.engine.deleteContent(late)).isTrue();
        assertThat(site.engine.deleteContent(late)).isTrue();

        for (ChatId chat : List.of(early, late)) {
            assertThat(archive.chat(chat).orElseThrow().log())
                    .extracting(Logged::content)
                    .containsOnlyNulls();
        }
    }

    @Test
    void thereIsNothingToDeleteOfAChatThatIsLiveOrUnknown() {
        Site site = node("a");
        site.on("ana", DESK);
        ChatId live = site.chatOf("stewart");

        assertThat(site.engine.deleteContent(live)).isFalse();
        assertThat(site.engine.deleteContent(ChatId.of("nobody"))).isFalse();
        assertThat(site.engine.redact(live, 1, "x")).isFalse();
        assertThat(archived()).isEmpty();
    }

    /** Another node has read the chat with its content, and brings it only after the deletion was answered. */
    @Test
    void aDeletionBetweenReadingAndKeepingLeavesNoContent() {
        ChatId chat = broughtAfter(
                (site, over) -> assertThat(site.engine.deleteContent(over)).isTrue());

        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(stored(chat).log()).extracting(Logged::content).containsOnlyNulls();
        assertThat(unarchived()).isEmpty();
    }

    @Test
    void aRedactionBetweenReadingAndKeepingLeavesNoFormerText() {
        ChatId chat = broughtAfter((site, over) -> assertThat(site.engine.redact(over, question(over), "[removed]"))
                .isTrue());

        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(archive.search(ArchiveQuery.ALL.text("where"), null, 1).rows())
                .isEmpty();
        assertThat(archive.search(ArchiveQuery.ALL.text("[removed]"), null, 1).rows())
                .hasSize(1);
    }

    private long question(ChatId chat) {
        return stored(chat).log().stream()
                .filter(Logged::isMessage)
                .filter(entry -> entry.content() instanceof Content.Text said
                        && said.text().startsWith("Where"))
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private interface Meanwhile {
        void happens(Site site, ChatId chat);
    }

    /** A chat that one node brings after something happened on the other, and it had read the chat before. */
    private ChatId broughtAfter(Meanwhile meanwhile) {
        Site other = rig.node("b", archive, store -> new StoreProxy(store) {
            @Override
            public List<Chat> unarchived(@Nullable ChatId after, int limit) {
                return List.of(); // this one brings nothing by itself
            }
        });
        int[] times = {0};
        Site site = rig.node("a", archive, store -> new StoreProxy(store) {
            @Override
            public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
                Map<ChatId, List<Logged>> read = super.beginnings(chats, limit);
                if (limit == Store.PAGE && times[0]++ == 0) {
                    chats.forEach(chat -> meanwhile.happens(other, chat));
                }
                return read;
            }
        });
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");

        rig.pass(2 * SWEEP);

        assertThat(times[0]).as("times it was read").isPositive();
        return chat;
    }

    @Test
    void aDeletionWhileTheArchiveIsAwayTakesNothingAndIsToBeRepeated() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        archive.away = true;

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> site.engine.deleteContent(chat));
        assertThat(stored(chat).log()).as("in neither of both").anyMatch(entry -> entry.content() != null);
        archive.away = false;

        assertThat(site.engine.deleteContent(chat)).isTrue();
        assertThat(archive.chat(chat)).contains(stored(chat));
        assertThat(stored(chat).log()).extracting(Logged::content).containsOnlyNulls();
    }

    @Test
    void aMessageIsRedactedInStoreAndArchiveAndStaysRedacted() {
        Site site = node("a");
        ChatId chat = ended(site, site.on("ana", DESK), "stewart");
        rig.pass(SWEEP);
        ArchivedChat over = stored(chat);
        long seq = question(chat);

        assertThat(site.engine.redact(chat, seq, "[removed]")).isTrue();
        assertThat(site.engine.redact(chat, over.chat().seq(), "[removed]"))
                .as("the end")
                .isFalse();

        assertThat(stored(chat)).isEqualTo(over.redacted(seq, "[removed]")).isNotEqualTo(over);
        assertThat(archive.chat(chat)).contains(stored(chat));
        goesOn(chat, 1);
        rig.pass(SWEEP);
        assertThat(archive.chat(chat)).contains(stored(chat));
        rig.pass(DAY + MINUTES + 2 * SWEEP);
        assertThat(rig.store.chat(chat)).isEmpty();
        assertThat(site.engine.redact(chat, seq, "[gone]")).isTrue();
        assertThat(archive.search(ArchiveQuery.ALL.text("[gone]"), null, 1).rows())
                .hasSize(1);
    }
}
