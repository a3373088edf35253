package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.FinishedChat.ACADEMIC;
import static org.libcoop.testkit.junit.FinishedChat.BACKUP;
import static org.libcoop.testkit.junit.FinishedChat.COOP;
import static org.libcoop.testkit.junit.FinishedChat.DESK;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.routing.Cause;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

/** AR1, AR2, AR3, AR9 and AR12: chats are kept whole, once, and lose their content for good. */
abstract class ArchiveKeepingRules extends ArchiveSetting {

    private static final int LONG_LOG = 2_500;

    private static final List<String> TEXTS = List.of(
            " leading, trailing and  double blanks ",
            "tab\tline\nreturn\r\nend\n",
            "quote ' double \" back \\ slash / percent % underscore _ dollar $1 colon :x question ?",
            "{\"json\":[null]} <b>markup</b> &amp; -- ; DROP TABLE chat",
            "\u00e9 e\u0301 \u00df \u0130 \u0131 \u03c2",
            "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb \ud840\udc00",
            "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd \u200b\ufeff",
            "nothing \u0000 between",
            " ");

    /** A chat in which everything happens that can. */
    private static ArchivedChat eventful(String id) {
        return FinishedChat.of(id, at(0))
                .opened(DESK, Cause.INITIAL)
                .says("Where is it?")
                .opened(COOP, Cause.TIME)
                .stillLooking()
                .claimed("olga", "hill", COOP)
                .notes("olga", "No idea.")
                .lost("olga")
                .opened(BACKUP, Cause.BACKUP)
                .patronGoneAndBack()
                .claimed("maya", "provider", BACKUP)
                .says("Thanks")
                .ended();
    }

    // ---- AR1

    @Test
    void ar01_whatIsKeptIsReadWhole() {
        ArchivedChat ended = eventful("c1");
        ArchivedChat missed = FinishedChat.of("c2", at(1)).says("Hello?").missed();
        ArchivedChat dismissed = FinishedChat.of("c3", at(2)).dismissed("ana");

        archive().keep(List.of(ended, missed, dismissed));

        for (ArchivedChat kept : List.of(ended, missed, dismissed)) {
            assertThat(archive().chat(kept.chat().id())).contains(kept);
            assertThat(elsewhere().chat(kept.chat().id())).as("on another node").contains(kept);
        }
    }

    @Test
    void ar01_aLongLogIsKeptToItsLastEntry() {
        FinishedChat talk = FinishedChat.of("c1", at(0)).claimed("ana", "springy", DESK);
        for (int i = 0; i < LONG_LOG; i++) {
            talk.says("message " + i);
        }
        ArchivedChat kept = talk.ended();

        archive().keep(List.of(kept));

        assertThat(archive().chat(ChatId.of("c1"))).contains(kept);
    }

    @Test
    void ar01_whatWasNeverKeptIsNotThere() {
        archive().keep(List.of(eventful("c1")));
        archive().keep(List.of());

        assertThat(archive().chat(ChatId.of("c2"))).isEmpty();
        assertThat(found(ArchiveQuery.ALL)).containsExactly("c1");
    }

    // ---- AR2

    @Test
    void ar02_aChatThatIsBroughtWithMoreEntriesGetsThem() {
        ArchivedChat first = eventful("c1");
        ArchivedChat other = said("c2", "other");
        archive().keep(List.of(first, other));
        ArchivedChat more = FinishedChat.goesOn(first, "five stars");

        elsewhere().keep(List.of(more));

        assertThat(archive().chat(ChatId.of("c1"))).contains(more);
        assertThat(found(ArchiveQuery.ALL)).containsExactlyInAnyOrder("c1", "c2");
        assertThat(found(ArchiveQuery.ALL.text("five STARS"))).containsExactly("c1");
        assertThat(found(ArchiveQuery.ALL.text("where"))).containsExactly("c1");
        assertThat(found(ArchiveQuery.ALL.operator(OperatorId.of("maya")).coop(ACADEMIC)))
                .containsExactly("c1");
        ArchiveQuery query = ArchiveQuery.ALL.chat(ChatId.of("c1"));
        assertThat(archive().search(query, null, 10).rows()).containsExactly(ArchivedSummary.of(more, false));
    }

    @Test
    void ar02_aChatThatIsBroughtWithFewerEntriesIsLeftAsItIs() {
        ArchivedChat first = eventful("c1");
        ArchivedChat more = FinishedChat.goesOn(first, "five stars");
        archive().keep(List.of(more));

        elsewhere().keep(List.of(first));
        archive().keep(List.of(first, more, first));

        assertThat(archive().chat(ChatId.of("c1"))).contains(more);
        assertThat(found(ArchiveQuery.ALL.text("five stars"))).containsExactly("c1");
    }

    @Test
    void ar02_ofSeveralLengthsInOneListTheLongestIsKept() {
        ArchivedChat first = eventful("c1");
        ArchivedChat more = FinishedChat.goesOn(first, "five stars");
        ArchivedChat most = FinishedChat.goesOn(more, "and one more");

        archive().keep(List.of(first, most, more));

        assertThat(archive().chat(ChatId.of("c1"))).contains(most);
        assertThat(found(ArchiveQuery.ALL)).containsExactly("c1");
    }

    @Test
    void ar02_theLongestStaysWhicheverOfSeveralComesFirst() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ArchivedChat> lengths = new ArrayList<>();
            lengths.add(said("c" + round, "round " + round));
            for (int thread = 1; thread < THREADS; thread++) {
                lengths.add(FinishedChat.goesOn(lengths.get(thread - 1), "more " + thread));
            }

            atOnce(thread -> (thread % 2 == 0 ? archive() : elsewhere()).keep(List.of(lengths.get(thread))));

            assertThat(archive().chat(ChatId.of("c" + round))).contains(lengths.get(THREADS - 1));
        }
        assertThat(found(ArchiveQuery.ALL)).hasSize(ROUNDS);
    }

    @Test
    void ar02_aChatThatIsKeptIsLeftAsItIs() {
        ArchivedChat first = said("c1", "first");
        archive().keep(List.of(first));

        archive().keep(List.of(first, said("c2", "other")));
        elsewhere().keep(List.of(said("c1", "second"), said("c1", "third")));

        assertThat(archive().chat(ChatId.of("c1"))).contains(first);
        assertThat(found(ArchiveQuery.ALL)).containsExactlyInAnyOrder("c1", "c2");
        assertThat(found(ArchiveQuery.ALL.text("second"))).isEmpty();
    }

    @Test
    void ar02_aChatThatSeveralBringAtOnceIsThereOnce() {
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            chats.add(eventful("c" + i));
        }

        atOnce(thread -> {
            List<ArchivedChat> mine = new ArrayList<>(chats);
            Collections.shuffle(mine, new Random(thread));
            (thread % 2 == 0 ? archive() : elsewhere()).keep(mine);
            mine.forEach(chat -> assertThat(archive().chat(chat.chat().id()))
                    .as("after keep")
                    .contains(chat));
        });

        assertThat(found(ArchiveQuery.ALL))
                .containsExactlyInAnyOrderElementsOf(
                        chats.stream().map(chat -> chat.chat().id().value()).toList());
    }

    // ---- AR3

    @Test
    void ar03_textsKeepEveryCharacter() {
        for (int i = 0; i < TEXTS.size(); i++) {
            ArchivedChat kept = FinishedChat.of("c" + i, at(i))
                    .says(TEXTS.get(i))
                    .notes("ana", TEXTS.get(i))
                    .missed();

            archive().keep(List.of(kept));

            assertThat(archive().chat(kept.chat().id())).as("text %s", i).contains(kept);
        }
    }

    @Test
    void ar03_theLongestTextIsKept() {
        ArchivedChat kept = said("c1", "\u00e4\ud83d\ude00".repeat(6_666));

        archive().keep(List.of(kept));

        assertThat(archive().chat(ChatId.of("c1"))).contains(kept);
    }

    @Test
    void ar03_instantsKeepTheirMilliseconds() {
        for (long millis : new long[] {0, 1, 499, 500, 962, 963, 999}) {
            ArchivedChat kept =
                    FinishedChat.of("c" + millis, at(0).plusMillis(millis)).missed();

            archive().keep(List.of(kept));

            ArchiveQuery query = ArchiveQuery.ALL.chat(kept.chat().id());
            assertThat(archive().chat(kept.chat().id())).contains(kept);
            assertThat(archive().search(query, null, 1).rows()).containsExactly(ArchivedSummary.of(kept, false));
        }
    }

    // ---- AR9

    @Test
    void ar09_deletedContentIsGoneAtOnceAndTheRestStays() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept, said("c2", "Where else?")));

        boolean deleted = archive().deleteContent(ChatId.of("c1"));

        assertThat(deleted).isTrue();
        assertThat(archive().chat(ChatId.of("c1"))).contains(kept.withoutContent());
        assertThat(elsewhere().chat(ChatId.of("c1"))).as("on another node").contains(kept.withoutContent());
        assertThat(found(ArchiveQuery.ALL.text("where"))).as("found by text").containsExactly("c2");
        assertThat(archive()
                        .search(ArchiveQuery.ALL.chat(ChatId.of("c1")), null, 1)
                        .rows())
                .containsExactly(ArchivedSummary.of(kept, true));
    }

    @Test
    void ar09_otherChatsKeepTheirContent() {
        ArchivedChat other = eventful("c2");
        archive().keep(List.of(eventful("c1"), other));

        archive().deleteContent(ChatId.of("c1"));

        assertThat(archive().chat(ChatId.of("c2"))).contains(other);
        assertThat(archive()
                        .search(ArchiveQuery.ALL.chat(ChatId.of("c2")), null, 1)
                        .rows())
                .containsExactly(ArchivedSummary.of(other, false));
    }

    @Test
    void ar09_keepingTheChatAgainDoesNotBringTheContentBack() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));
        archive().deleteContent(ChatId.of("c1"));

        elsewhere().keep(List.of(kept));

        assertThat(archive().chat(ChatId.of("c1"))).contains(kept.withoutContent());
        assertThat(found(ArchiveQuery.ALL.text("where"))).isEmpty();
        assertThat(archive().search(ArchiveQuery.ALL, null, 1).rows()).containsExactly(ArchivedSummary.of(kept, true));
    }

    @Test
    void ar09_theAnswerIsWhetherThereIsSuchAChatTheSecondTimeAsTheFirst() {
        archive().keep(List.of(eventful("c1")));

        assertThat(archive().deleteContent(ChatId.of("c2"))).isFalse();
        assertThat(archive().deleteContent(ChatId.of("c1"))).isTrue();
        assertThat(archive().deleteContent(ChatId.of("c1"))).isTrue();
    }

    @Test
    void ar09_noContentSurvivesADeletionWhileOthersBringTheChatAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            ArchivedChat kept = eventful("c" + round);
            ChatId id = kept.chat().id();
            archive().keep(List.of(kept));

            atOnce(thread -> {
                if (thread == 0) {
                    archive().deleteContent(id);
                    assertThat(archive().chat(id)).as("after the deletion").contains(kept.withoutContent());
                } else {
                    elsewhere().keep(List.of(kept));
                }
            });

            assertThat(archive().chat(id).orElseThrow().log())
                    .extracting(Logged::content)
                    .containsOnlyNulls();
            assertThat(found(ArchiveQuery.ALL.text("where"))).isEmpty();
        }
    }

    @Test
    void ar09_aChatThatGoesOnAfterItsDeletionGetsNoContent() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));
        archive().deleteContent(ChatId.of("c1"));
        ArchivedChat more = FinishedChat.goesOn(kept, "five stars");

        elsewhere().keep(List.of(more));

        assertThat(archive().chat(ChatId.of("c1"))).contains(more.withoutContent());
        assertThat(found(ArchiveQuery.ALL.text("five stars"))).isEmpty();
        assertThat(archive().search(ArchiveQuery.ALL, null, 1).rows()).containsExactly(ArchivedSummary.of(more, true));
    }

    @Test
    void ar09_noContentSurvivesADeletionWhileOthersBringMoreOfTheChat() {
        for (int round = 0; round < ROUNDS; round++) {
            ArchivedChat kept = eventful("c" + round);
            ArchivedChat more = FinishedChat.goesOn(kept, "five stars");
            ChatId id = kept.chat().id();
            archive().keep(List.of(kept));

            atOnce(thread -> {
                if (thread == 0) {
                    archive().deleteContent(id);
                } else {
                    elsewhere().keep(List.of(more));
                }
            });

            assertThat(archive().chat(id)).contains(more.withoutContent());
            assertThat(found(ArchiveQuery.ALL.text("five stars"))).isEmpty();
        }
    }

    // ---- AR12

    @Test
    void ar12_aRedactedMessageSaysTheOtherTextAndTheRestStays() {
        ArchivedChat kept = eventful("c1");
        ArchivedChat other = said("c2", "Where else?");
        archive().keep(List.of(kept, other));
        long seq = firstMessage(kept);

        boolean redacted = archive().redact(ChatId.of("c1"), seq, "[Name] asks for 100%");

        ArchivedChat expected = kept.redacted(seq, "[Name] asks for 100%");
        assertThat(redacted).isTrue();
        assertThat(expected).isNotEqualTo(kept);
        assertThat(archive().chat(ChatId.of("c1"))).contains(expected);
        assertThat(elsewhere().chat(ChatId.of("c1"))).as("on another node").contains(expected);
        assertThat(found(ArchiveQuery.ALL.text("where"))).containsExactly("c2");
        assertThat(found(ArchiveQuery.ALL.text("[NAME]"))).containsExactly("c1");
        assertThat(archive().chat(ChatId.of("c2"))).contains(other);
        ArchiveQuery query = ArchiveQuery.ALL.chat(ChatId.of("c1"));
        assertThat(archive().search(query, null, 1).rows()).containsExactly(ArchivedSummary.of(kept, false));
    }

    private static long firstMessage(ArchivedChat kept) {
        return kept.log().stream()
                .filter(Logged::isMessage)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    @Test
    void ar12_aRedactedFileSaysTheTextInPlaceOfNameAndTypeAndIsNotFoundByIt() {
        ArchivedChat kept = FinishedChat.of("c1", FinishedChat.T0)
                .says("Where?")
                .shares("thesis.png")
                .missed();
        long seq = kept.chat().seq() - 1;
        archive().keep(List.of(kept));
        assertThat(archive().chat(ChatId.of("c1"))).contains(kept);

        assertThat(archive().redact(ChatId.of("c1"), seq, "[gone]")).isTrue();
        elsewhere().keep(List.of(kept));

        ArchivedChat expected = kept.redacted(seq, "[gone]");
        assertThat(expected.log().get((int) seq - 1).file()).isEmpty();
        assertThat(archive().chat(ChatId.of("c1"))).contains(expected);
        assertThat(elsewhere().chat(ChatId.of("c1"))).contains(expected);
        assertThat(found(ArchiveQuery.ALL.text("[gone]"))).isEmpty();
        assertThat(found(ArchiveQuery.ALL.text("where"))).containsExactly("c1");
    }

    @Test
    void ar12_keepingTheChatAgainDoesNotBringTheTextBack() {
        ArchivedChat kept = eventful("c1");
        long seq = firstMessage(kept);
        archive().keep(List.of(kept));
        archive().redact(ChatId.of("c1"), seq, "x");
        ArchivedChat more = FinishedChat.goesOn(kept, "five stars");

        elsewhere().keep(List.of(kept));
        assertThat(archive().chat(ChatId.of("c1"))).contains(kept.redacted(seq, "x"));
        elsewhere().keep(List.of(more));

        assertThat(archive().chat(ChatId.of("c1"))).contains(more.redacted(seq, "x"));
        assertThat(found(ArchiveQuery.ALL.text("where"))).isEmpty();
        assertThat(found(ArchiveQuery.ALL.text("five stars"))).containsExactly("c1");
    }

    @Test
    void ar12_theAnswerIsWhetherThereIsSuchAMessageTheSecondTimeAsTheFirst() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));

        assertThat(archive().redact(ChatId.of("c2"), firstMessage(kept), "x")).isFalse();
        for (Logged entry : kept.log()) {
            if (!entry.isRedactable()) {
                assertThat(archive().redact(ChatId.of("c1"), entry.seq(), "x"))
                        .as("%s", entry)
                        .isFalse();
            }
        }
        for (long none : new long[] {-1, 0, kept.chat().seq() + 1}) {
            assertThat(archive().redact(ChatId.of("c1"), none, "x")).isFalse();
        }
        assertThat(archive().chat(ChatId.of("c1"))).contains(kept);
        assertThat(archive().redact(ChatId.of("c1"), firstMessage(kept), "x")).isTrue();
        assertThat(archive().redact(ChatId.of("c1"), firstMessage(kept), "x")).isTrue();
    }

    @Test
    void ar12_whatWasDeletedDoesNotComeBackRedacted() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));
        archive().deleteContent(ChatId.of("c1"));

        assertThat(archive().redact(ChatId.of("c1"), firstMessage(kept), "new")).isTrue();

        assertThat(archive().chat(ChatId.of("c1"))).contains(kept.withoutContent());
        assertThat(found(ArchiveQuery.ALL.text("new"))).isEmpty();
    }

    @Test
    void ar12_aRedactedTextIsDeletedToo() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));
        archive().redact(ChatId.of("c1"), firstMessage(kept), "new");

        archive().deleteContent(ChatId.of("c1"));

        assertThat(archive().chat(ChatId.of("c1"))).contains(kept.withoutContent());
        assertThat(found(ArchiveQuery.ALL.text("new"))).isEmpty();
    }

    @Test
    void ar12_aRedactedTextKeepsEveryCharacter() {
        ArchivedChat kept = eventful("c1");
        archive().keep(List.of(kept));
        for (String text : TEXTS) {
            archive().redact(ChatId.of("c1"), firstMessage(kept), text);

            assertThat(archive().chat(ChatId.of("c1"))).contains(kept.redacted(firstMessage(kept), text));
        }
    }
}
