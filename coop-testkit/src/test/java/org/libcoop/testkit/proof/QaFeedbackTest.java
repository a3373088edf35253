package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.FeedbackSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.FeedbackPage;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Post;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/**
 * Feedback of the patron's library on how the co-op answered (X4). Beside the usual people bea is springy's local admin; of hill hugo
 * is the local admin, ira INSTITUTION_ADMIN in the co-op, and cora its COOP_ADMIN.
 */
class QaFeedbackTest {

    private static final TranscriptPath HOME = TranscriptPath.home();
    private static final TranscriptPath ACADEMIC = TranscriptPath.coop("academic");

    private final Rig rig = new Rig();
    private final InMemoryDiscussions discussions = new InMemoryDiscussions();
    private final Site node = rig.node(
            "n",
            CoopEngine.builder()
                    .directory(Rig.directory()
                            .operators("springy", "bea")
                            .admins("bea")
                            .operators("hill", "hugo", "ira", "cora", "otto")
                            .admins("hugo")
                            .account("academic", "ira", Level.INSTITUTION_ADMIN)
                            .account("academic", "cora", Level.COOP_ADMIN)
                            .account("academic", "otto", Level.REGULAR)
                            .build())
                    .archive(new InMemoryArchive())
                    .discussions(discussions));

    @AfterEach
    void end() {
        rig.close();
    }

    private FeedbackSession of(String who) {
        return node.engine.feedback(OperatorId.of(who));
    }

    /** A chat that olga had through the co-op, and that is over. */
    private ChatId answered() {
        Seat olga = node.on("olga", COOP);
        Visitor visitor = node.visitor("stewart");
        ChatId chat = visitor.starts();
        rig.pass(31);
        done(olga.session().claim(chat));
        done(olga.session().end(chat, Disposition.ANSWERED));
        done(visitor.session().rate(chat, 2, "hm", "rated"));
        return chat;
    }

    /** A chat that ana had at springy's desk, and that is over. */
    private ChatId local() {
        Seat ana = node.on("ana", DESK);
        ChatId chat = node.chatOf("paula");
        done(ana.session().claim(chat));
        done(ana.session().end(chat, Disposition.ANSWERED));
        return chat;
    }

    private static List<@Nullable String> texts(List<Post> posts) {
        return posts.stream().map(Post::text).toList();
    }

    @Test
    void theHomeAdminGivesFeedbackAndWhoAnsweredReadsAndReplies() {
        ChatId chat = answered();

        Post given = done(of("bea").give(chat, 3, "The link was of the wrong library"));
        Post reply = done(of("olga").reply(ACADEMIC, chat, "Sorry, the card said so"));

        assertThat(given.rating()).isEqualTo(3);
        assertThat(of("olga").posts(ACADEMIC, chat, 1, 10).orElseThrow()).containsExactly(given, reply);
        assertThat(of("bea").posts(HOME, chat, 1, 10).orElseThrow()).containsExactly(given, reply);
    }

    @ParameterizedTest
    @CsvSource({"ira, true", "cora, true", "olga, true", "otto, false", "hugo, false", "ana, false", "sven, false"})
    void byLevelAdminsOfWhoAnsweredReadIt(String who, boolean may) {
        ChatId chat = answered();
        done(of("bea").give(chat, 3, "slow"));

        assertThat(of(who).posts(ACADEMIC, chat, 1, 10).value().isPresent()).isEqualTo(may);
        assertThat(of(who).chats(ACADEMIC, null, 10).value().map(FeedbackPage::rows).stream()
                        .flatMap(List::stream)
                        .map(FeedbackPage.Row::chat))
                .isEqualTo(may ? List.of(chat) : List.of());
        assertThat(code(of(who).posts(HOME, chat, 1, 10).refusal())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "olga", "ira", "cora", "hugo", "maya", "sven"})
    void onlyTheHomeAdminGivesIt(String who) {
        ChatId chat = answered();

        assertThat(refusal(of(who).give(chat, 5, "great"))).isIn(RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND);
        assertThat(discussions.last(List.of(Discussion.on(chat)))).isEmpty();
    }

    @Test
    void aChatThatTheDeskAnsweredGetsNone() {
        ChatId chat = local();

        assertThat(refusal(of("bea").give(chat, 5, "great"))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void withoutFeedbackThereIsNothingToReplyTo() {
        ChatId chat = answered();

        assertThat(refusal(of("olga").reply(ACADEMIC, chat, "how was I?"))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(of("olga").posts(ACADEMIC, chat, 1, 10).orElseThrow()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, text", "6, text", "3, ' '", "3, ''"})
    void aRatingIsOneToFiveAndThereIsAText(int rating, String text) {
        ChatId chat = answered();

        assertThat(refusal(of("bea").give(chat, rating, text))).isEqualTo(RefusalCode.INVALID);
        assertThat(discussions.last(List.of(Discussion.on(chat)))).isEmpty();
    }

    @Test
    void whoAnsweredIsToldAndWhoGaveItIsToldOfReplies() {
        Seat olga = node.seat("olga");
        Seat bea = node.seat("bea");
        Seat sven = node.seat("sven");
        ChatId chat = answered();
        olga.told();

        done(of("bea").give(chat, null, "well done"));
        assertThat(olga.told(Notice.Feedback.class)).containsExactly(new Notice.Feedback(chat, 1));
        assertThat(bea.told(Notice.Feedback.class)).isEmpty();
        done(of("olga").reply(ACADEMIC, chat, "thank you"));

        assertThat(bea.told(Notice.Feedback.class)).containsExactly(new Notice.Feedback(chat, 2));
        assertThat(olga.told(Notice.Feedback.class)).isEmpty();
        assertThat(sven.told(Notice.Feedback.class)).isEmpty();
    }

    @Test
    void whatIsUnreadIsKnown() {
        ChatId chat = answered();
        done(of("bea").give(chat, 4, "one"));
        done(of("bea").give(chat, 4, "two"));

        of("olga").seen(ACADEMIC, chat, 1).orElseThrow();

        assertThat(of("olga").chats(ACADEMIC, null, 10).orElseThrow().rows())
                .containsExactly(new FeedbackPage.Row(chat, 2, 1));
        assertThat(of("bea").chats(HOME, null, 10).orElseThrow().rows())
                .containsExactly(new FeedbackPage.Row(chat, 2, 0));
    }

    /** X4: the two never mix. */
    @Test
    void thePatronsRatingAndTheFeedbackDoNotMix() throws IOException {
        ChatId chat = answered();
        done(of("bea").give(chat, 5, "feedback-canary"));

        StringBuilder out = new StringBuilder();
        for (TranscriptFormat format : TranscriptFormat.values()) {
            node.engine.transcripts(OperatorId.of("bea")).export(HOME, ArchiveQuery.ALL, format, out);
        }
        assertThat(out.toString()).doesNotContain("feedback-canary");
        assertThat(node.engine.inspect(chat).orElseThrow().log())
                .filteredOn(entry -> entry.event() instanceof ChatEvent.PatronRated)
                .extracting(entry -> ((ChatEvent.PatronRated) entry.event()).rating())
                .containsExactly(2);
        assertThat(node.visitor("stewart").notices()).noneMatch(notice -> notice instanceof Notice.Feedback);
    }

    /** X2: with the chat's content the texts go, and the rating stays for totals. */
    @Test
    void deletingTheChatsContentDeletesTheTextsOfItsFeedback() {
        ChatId chat = answered();
        done(of("bea").give(chat, 4, "private"));

        done(node.engine.transcripts(OperatorId.of("bea")).delete(chat));

        List<Post> left = of("olga").posts(ACADEMIC, chat, 1, 10).orElseThrow();
        assertThat(texts(left)).containsExactly((String) null);
        assertThat(left.get(0).rating()).isEqualTo(4);
        assertThat(refusal(of("bea").give(chat, 4, "again"))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    /** X6: retention and the erasure of a patron's data reach it as well. */
    @Test
    void retentionDeletesTheTextsOfFeedback() {
        ChatId chat = answered();
        done(of("bea").give(chat, 4, "private"));
        done(node.engine.admin().save(node.engine.directory().policies().with("deleteAfter", "1d")));

        rig.pass(25 * 3600);
        done(node.engine.admin().retain());

        assertThat(texts(discussions.read(Discussion.on(chat), 1, 10))).containsExactly((String) null);
    }

    @Test
    void erasingAPatronsDataDeletesTheTextsOfFeedback() {
        ChatId chat = answered();
        done(of("bea").give(chat, 4, "private"));

        done(node.engine.transcripts(OperatorId.of("bea")).erasePatron(chat));

        assertThat(texts(discussions.read(Discussion.on(chat), 1, 10))).containsExactly((String) null);
    }

    @Test
    void pagesFollowEachOtherAndACursorOfAnotherListIsRefused() {
        for (int i = 0; i < 3; i++) {
            Seat olga = node.on("olga", COOP);
            ChatId chat = node.chatOf("patron " + i);
            rig.pass(31);
            done(olga.session().claim(chat));
            done(olga.session().end(chat, Disposition.ANSWERED));
            done(of("bea").give(chat, null, "seen"));
        }

        FeedbackPage first = of("olga").chats(ACADEMIC, null, 2).orElseThrow();
        FeedbackPage second = of("olga").chats(ACADEMIC, first.next(), 2).orElseThrow();

        assertThat(first.rows()).hasSize(2);
        assertThat(second.rows()).hasSize(1);
        assertThat(second.next()).isNull();
        assertThat(code(of("cora").chats(ACADEMIC, first.next(), 2).refusal())).isEqualTo(RefusalCode.INVALID);
        assertThat(code(of("olga").chats(ACADEMIC, null, 0).refusal())).isEqualTo(RefusalCode.INVALID);
    }
}
