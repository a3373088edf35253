package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.Expired;
import org.libcoop.spi.Expired.Part;
import org.libcoop.spi.PatronTrace;

/** AR13 to AR16: what says who patrons were goes for good, what is due is found, and so is what one patron has. */
abstract class PrivacyRules extends IntervalRules {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final ChatId C1 = ChatId.of("c1");
    private static final PatronDetails STEWART = new PatronDetails(
            "Stewart",
            "Stewart@Example.org",
            "https://example.org/page?session=7#me",
            "Browser/1.0",
            "192.0.2.7",
            true);

    private static ArchivedChat ofStewart(String id, String home) {
        return FinishedChat.by("key of stewart", STEWART, id, home)
                .says("Where is it?")
                .missed();
    }

    private static ArchivedChat mailed(String id, String home, @Nullable String email) {
        return FinishedChat.by("key of " + id, new PatronDetails(null, email, null, null, false), id, home)
                .missed();
    }

    private static Instant overAt(ArchivedChat archived) {
        return archived.chat().phase().overSince().orElseThrow();
    }

    // ---- AR13

    @Test
    void ar13_nothingSaysWhoThePatronWasAndTheRestStays() {
        ArchivedChat kept = ofStewart("c1", "springy");
        ArchivedChat other = ofStewart("c2", "springy");
        archive().keep(List.of(kept, other));

        boolean anonymised = archive().anonymise(C1);

        assertThat(anonymised).isTrue();
        assertThat(kept.anonymised().log().get(0).content())
                .isEqualTo(new PatronDetails(null, null, "https://example.org/page", null, null, true));
        assertThat(archive().chat(C1)).contains(kept.anonymised());
        assertThat(elsewhere().chat(C1)).as("on another node").contains(kept.anonymised());
        assertThat(archive().chat(ChatId.of("c2"))).contains(other);
        assertThat(found(ArchiveQuery.ALL.text("where"))).containsExactlyInAnyOrder("c1", "c2");
        assertThat(archive().search(ArchiveQuery.ALL.chat(C1), null, 1).rows())
                .containsExactly(ArchivedSummary.of(kept, false, true));
        assertThat(archive()
                        .search(ArchiveQuery.ALL.chat(ChatId.of("c2")), null, 1)
                        .rows())
                .containsExactly(ArchivedSummary.of(other, false, false));
    }

    @Test
    void ar13_keepingTheChatAgainDoesNotBringItBack() {
        ArchivedChat kept = ofStewart("c1", "springy");
        ArchivedChat more = FinishedChat.goesOn(kept, "five stars");
        archive().keep(List.of(kept));
        archive().anonymise(C1);

        elsewhere().keep(List.of(kept));
        elsewhere().keep(List.of(more));

        assertThat(archive().chat(C1)).contains(more.anonymised());
        assertThat(archive().search(ArchiveQuery.ALL, null, 1).rows())
                .containsExactly(ArchivedSummary.of(more, false, true));
        assertThat(ofPatron(SPRINGY, PatronTrace.email("stewart@example.org"))).isEmpty();
    }

    @Test
    void ar13_theAnswerIsWhetherThereIsSuchAChatTheSecondTimeAsTheFirst() {
        archive().keep(List.of(ofStewart("c1", "springy")));

        assertThat(archive().anonymise(ChatId.of("c2"))).isFalse();
        assertThat(archive().anonymise(C1)).isTrue();
        assertThat(archive().anonymise(C1)).isTrue();
    }

    @Test
    void ar13_whatWasDeletedStaysSo() {
        ArchivedChat kept = ofStewart("c1", "springy");
        archive().keep(List.of(kept));
        archive().deleteContent(C1);

        assertThat(archive().anonymise(C1)).isTrue();

        assertThat(archive().chat(C1)).contains(kept.withoutContent());
        assertThat(archive().search(ArchiveQuery.ALL, null, 1).rows()).containsExactly(ArchivedSummary.of(kept, true));
    }

    @Test
    void ar13_nothingSurvivesWhileOthersBringMoreOfTheChat() {
        for (int round = 0; round < ROUNDS; round++) {
            ArchivedChat kept = ofStewart("c" + round, "springy");
            ArchivedChat more = FinishedChat.goesOn(kept, "five stars");
            ChatId id = kept.chat().id();
            archive().keep(List.of(kept));

            atOnce(thread -> {
                if (thread == 0) {
                    archive().anonymise(id);
                } else {
                    elsewhere().keep(List.of(more));
                }
            });

            assertThat(archive().chat(id)).contains(more.anonymised());
        }
    }

    // ---- AR14

    private List<Expired> expired(Part part, InstitutionId home, Instant upTo, int pageSize) {
        return paged(after -> archive().expired(part, home, upTo, after, pageSize), pageSize);
    }

    private <T> List<T> paged(Function<@Nullable T, List<T>> pages, int pageSize) {
        List<T> all = new ArrayList<>();
        List<T> page;
        do {
            page = pages.apply(all.isEmpty() ? null : all.get(all.size() - 1));
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
        } while (page.size() == pageSize);
        return all;
    }

    @Test
    void ar14_aChatIsDueFromTheInstantOfItsEnd() {
        ArchivedChat kept = ofStewart("c1", "springy");
        Expired due = new Expired(overAt(kept), C1);
        archive().keep(List.of(kept));

        for (Part part : Part.values()) {
            assertThat(expired(part, SPRINGY, due.overAt().minusMillis(1), 10)).isEmpty();
            assertThat(expired(part, SPRINGY, due.overAt(), 10)).containsExactly(due);
            assertThat(expired(part, SPRINGY, due.overAt().plusMillis(1), 10)).containsExactly(due);
            assertThat(expired(part, HILL, due.overAt(), 10)).isEmpty();
        }
    }

    @Test
    void ar14_whatIsDoneIsNotDueAnyMore() {
        ArchivedChat first = ofStewart("c1", "springy");
        ArchivedChat second = ofStewart("c2", "springy");
        archive().keep(List.of(first, second));
        archive().anonymise(C1);
        elsewhere().keep(List.of(FinishedChat.goesOn(first, "five stars")));

        assertThat(expired(Part.CONTACT, SPRINGY, at(1_000), 10))
                .extracting(Expired::chat)
                .containsExactly(ChatId.of("c2"));
        assertThat(expired(Part.CONTENT, SPRINGY, at(1_000), 10))
                .extracting(Expired::chat)
                .containsExactlyInAnyOrder(C1, ChatId.of("c2"));
        archive().deleteContent(ChatId.of("c2"));
        assertThat(expired(Part.CONTACT, SPRINGY, at(1_000), 10)).isEmpty();
        assertThat(expired(Part.CONTENT, SPRINGY, at(1_000), 10))
                .extracting(Expired::chat)
                .containsExactly(C1);
    }

    @Test
    void ar14_theLongestOverComeFirstPageByPage() {
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chats.add(FinishedChat.of("c" + i, at(100 - i / 2)).missed());
        }
        archive().keep(chats);

        for (int pageSize : new int[] {1, 2, 4, 9, 200}) {
            List<Expired> found = expired(Part.CONTENT, SPRINGY, at(1_000), pageSize);

            assertThat(found).extracting(Expired::overAt).isSorted();
            assertThat(found)
                    .extracting(Expired::chat)
                    .containsExactlyInAnyOrderElementsOf(
                            chats.stream().map(chat -> chat.chat().id()).toList());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> archive().expired(Part.CONTACT, SPRINGY, at(0), null, 0));
    }

    // ---- AR15

    @Test
    void ar15_everyHomeIsNamedOnce() {
        List<ArchivedChat> chats = new ArrayList<>();
        for (String home : List.of("lake", "springy", "hill", "Hill", "elsewhere")) {
            chats.add(FinishedChat.of(home + 1, home, "databases", at(0)).missed());
            chats.add(FinishedChat.of(home + 2, home, "databases", at(0)).missed());
        }
        assertThat(archive().homes(null, 10)).isEmpty();
        archive().keep(chats);

        for (int pageSize : new int[] {1, 2, 5, 200}) {
            assertThat(paged((@Nullable InstitutionId after) -> archive().homes(after, pageSize), pageSize))
                    .extracting(InstitutionId::value)
                    .containsExactlyInAnyOrder("lake", "springy", "hill", "Hill", "elsewhere");
        }
    }

    // ---- AR16

    private List<ChatId> ofPatron(InstitutionId home, PatronTrace patron) {
        List<ChatId> found = paged((@Nullable ChatId after) -> archive().ofPatron(home, patron, after, 2), 2);
        assertThat(archive().ofPatron(home, patron, null, 200)).isEqualTo(found);
        return found;
    }

    @Test
    void ar16_aPatronsChatsAreFoundByAddressInWhateverCase() {
        archive()
                .keep(List.of(
                        mailed("c1", "springy", "Stewart@Example.ORG"),
                        mailed("c2", "springy", " stewart@example.org\t"),
                        mailed("c3", "springy", "stewart@example.org"),
                        mailed("c4", "hill", "stewart@example.org"),
                        mailed("c5", "springy", "stewart@example.org.uk"),
                        mailed("c6", "springy", "%@example.org"),
                        mailed("c7", "springy", null)));

        assertThat(ofPatron(SPRINGY, PatronTrace.email("STEWART@example.org ")))
                .extracting(ChatId::value)
                .containsExactlyInAnyOrder("c1", "c2", "c3");
        assertThat(ofPatron(HILL, PatronTrace.email("stewart@example.org")))
                .extracting(ChatId::value)
                .containsExactly("c4");
        assertThat(ofPatron(SPRINGY, PatronTrace.email("%@example.org")))
                .extracting(ChatId::value)
                .containsExactly("c6");
    }

    @Test
    void ar16_anAddressOfAnyCharactersIsFoundUpToItsLimit() {
        List<String> odd = List.of(
                "nothing \u0000@between",
                "\ud83d\ude00@example.org",
                "half \ud83d@example.org",
                "\u0130@example.org",
                "x".repeat(PatronTrace.EMAIL_LIMIT));
        for (int i = 0; i < odd.size(); i++) {
            archive().keep(List.of(mailed("c" + i, "springy", odd.get(i))));
        }
        archive().keep(List.of(mailed("long", "springy", "x".repeat(PatronTrace.EMAIL_LIMIT + 1))));

        for (int i = 0; i < odd.size(); i++) {
            assertThat(ofPatron(SPRINGY, PatronTrace.email(odd.get(i))))
                    .extracting(ChatId::value)
                    .containsExactly("c" + i);
        }
        assertThat(archive().chat(ChatId.of("long"))).isPresent();
    }

    @Test
    void ar16_whatIsTakenOutFindsNothingAnyMoreButTheKeyStays() {
        archive()
                .keep(List.of(
                        ofStewart("c1", "springy"),
                        ofStewart("c2", "springy"),
                        ofStewart("c3", "springy"),
                        ofStewart("c4", "hill")));
        archive().anonymise(C1);
        archive().deleteContent(ChatId.of("c2"));

        assertThat(ofPatron(SPRINGY, PatronTrace.email("stewart@example.org")))
                .extracting(ChatId::value)
                .containsExactly("c3");
        assertThat(ofPatron(SPRINGY, PatronTrace.key("key of stewart")))
                .extracting(ChatId::value)
                .containsExactlyInAnyOrder("c1", "c2", "c3");
        assertThat(ofPatron(SPRINGY, PatronTrace.key("KEY of stewart"))).isEmpty();
    }

    @Test
    void ar16_contentThatOnlyLooksLikeAnAddressIsNone() {
        Content.PatronDetails named = new PatronDetails("stewart@example.org", null, null, null, false);
        archive()
                .keep(List.of(FinishedChat.by("k", named, "c1", "springy")
                        .says("stewart@example.org")
                        .missed()));

        assertThat(ofPatron(SPRINGY, PatronTrace.email("stewart@example.org"))).isEmpty();
    }
}
