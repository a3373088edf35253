package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BACKUP;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.DESK;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.MEMBERS;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.at;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.World;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** How a chat begins (W3, W5, W6, R1), and what is said first (C3, W7, M2). */
class ChatStartTest {

    @Test
    void aChatBeginsWithWhatIsKnownOfItsPatronBesideTheLog() {
        Content.PatronDetails stewart =
                new Content.PatronDetails("Stewart", "s@example.edu", "https://example.edu/", "Firefox", true);

        Story story = Story.begin().does(Story.start("databases", stewart, "Where is it?"));

        assertThat(story.log()).extracting(Logged::seq).containsExactly(1L, 2L, 3L);
        assertThat(story.log()).extracting(Logged::at).containsOnly(at(0));
        assertThat(story.log().get(0).content()).isEqualTo(stewart);
        assertThat(story.log().get(0).event().toString()).doesNotContain("Stewart", "example.edu", "Firefox");
        assertThat(story.log().get(2).content()).isEqualTo(new Content.Text("Where is it?"));
        assertThat(story.chat().phase()).isEqualTo(new Phase.Waiting(at(0), false));
        assertThat(story.chat().progress().openStages()).containsExactly(DESK);
        assertThat(story.chat().patronKeyHash()).isEqualTo(Story.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void aBlankQuestionIsNoQuestion(String question) {
        Story story = Story.begin().does(Story.start("databases", Content.PatronDetails.NONE, question));

        assertThat(story.entries(ChatEvent.Kind.SAID)).isEmpty();
    }

    @Test
    void w5WhereNobodyIsLeftTheWidgetsOfflineTextComesBackAndThereIsNoChat() {
        Texts texts = Texts.defaults().withOffline("Closed until Monday.");
        Story story = widget(w -> w.texts(texts)).does(Story.start());

        assertThat(story.decision().refusal()).contains(Refusal.of(RefusalCode.WIDGET_OFFLINE, "Closed until Monday."));
        assertThat(story.decision().chat()).isNull();
        assertThat(story.decision().entries()).isEmpty();
    }

    @Test
    void w3BackupStaffAloneKeepAWidgetOnline() {
        Story story = Story.in(World.directory().build()).meanwhile(world -> world.there(-1, MAYA, COOP));

        story.does(Story.start());

        assertThat(story.chat().progress().openStages()).containsExactly(DESK, MEMBERS);
        assertThat(story.at(39.999).looks().opened(BACKUP)).isEmpty();
        assertThat(story.at(40).looks().opened(BACKUP)).contains(40.0);
    }

    @ParameterizedTest
    @CsvSource({"-0.001, true", "0, true", "0.001, false"})
    void w5IsDecidedAtTheInstantOfTheStart(double leaves, boolean offline) {
        Story story = Story.in(World.directory().build())
                .meanwhile(world -> world.there(-10, ANA, REFERENCE).leaves(leaves, ANA))
                .does(Story.start());

        assertThat(story.refusal()).isEqualTo(Optional.ofNullable(offline ? RefusalCode.WIDGET_OFFLINE : null));
    }

    // ---- W6

    @ParameterizedTest
    @CsvSource({
        "REQUIRED, , false",
        "REQUIRED, ' ', false",
        "REQUIRED, x, true",
        "OPTIONAL, , true",
        "OPTIONAL, x, true"
    })
    void w6ARequiredFieldMustBeGiven(FormField field, String given, boolean accepted) {
        Content.PatronDetails named = new Content.PatronDetails(given, null, null, null, false);
        Content.PatronDetails mailed = new Content.PatronDetails(null, given, null, null, false);

        assertThat(staffed(w -> w.nameField(field)).does(Story.start("databases", named, null)))
                .satisfies(story -> assertAccepted(story, accepted));
        assertThat(staffed(w -> w.emailField(field)).does(Story.start("databases", mailed, null)))
                .satisfies(story -> assertAccepted(story, accepted));
        assertThat(staffed(w -> w.questionField(field))
                        .does(Story.start("databases", Content.PatronDetails.NONE, given)))
                .satisfies(story -> assertAccepted(story, accepted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void w6ConsentMustBeGivenWhereItIsAskedFor(boolean consented) {
        Story story = staffed(w -> w.privacyNotice("We keep this for 90 days.").consentRequired(true))
                .does(Story.start("databases", new Content.PatronDetails(null, null, null, null, consented), null));

        assertAccepted(story, consented);
    }

    @ParameterizedTest
    @CsvSource({"name, 100", "email, 2048", "referrer, 2048", "userAgent, 2048", "address, 100", "question, 10000"})
    void t5EveryFieldHasALimit(String field, int limit) {
        assertAccepted(Story.begin().does(startWith(field, "x".repeat(limit - 1))), true);
        assertAccepted(Story.begin().does(startWith(field, "x".repeat(limit))), true);
        assertAccepted(Story.begin().does(startWith(field, "x".repeat(limit + 1))), false);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "99, 99", "100, 100", "101, 100"})
    void anAddressIsKeptUpToItsLimit(int length, int kept) {
        Content.PatronDetails from = Content.PatronDetails.NONE.from("x".repeat(length));

        assertThat(from.address()).isEqualTo(kept == 0 ? null : "x".repeat(kept));
        assertThat(from.withoutAddress()).isEqualTo(Content.PatronDetails.NONE);
    }

    // ---- C3, W7

    @Test
    void c3AnOwnLibrarianGreetsAsOneAndACoopLibrarianAsAGuest() {
        Texts texts =
                Texts.defaults().withGreetingOwn("{operator} here").withGreetingCoop("{operator} of {institution}");

        Story own = staffed(w -> w.texts(texts)).does(Story.start()).at(30).does(new ChatCommand.Claim(ANA));
        Story guest = staffed(w -> w.texts(texts)).does(Story.start()).at(30).does(new ChatCommand.Claim(OLGA));

        assertThat(greeting(own)).isEqualTo("Ana here");
        assertThat(greeting(guest)).isEqualTo("Olga of Hill College");
        assertThat(own.entries(ChatEvent.Kind.SAID).get(0).event())
                .isEqualTo(new ChatEvent.MessageSaid(Author.system(), Audience.PATRON_AND_STAFF));
    }

    @Test
    void c3TheGreetingIsChosenAgainWithEveryClaim() {
        Story story = Story.returned().at(40).does(new ChatCommand.Claim(OLGA));

        assertThat(story.entries(ChatEvent.Kind.SAID)).hasSize(2);
        assertThat(greeting(story)).contains("Olga", "Hill College");
    }

    @Test
    void aClaimOnAWidgetThatIsGoneIsNotGreeted() {
        Story story = Story.waiting()
                .meanwhile(world ->
                        world.revised(1, world.presence().directory().without(RecordKey.of(WidgetId.of("databases")))))
                .at(2)
                .does(new ChatCommand.Claim(ANA));

        assertThat(story.happened()).containsExactly(ChatEvent.Kind.CLAIMED);
    }

    // ---- M2, C11, C14: what is written

    @ParameterizedTest
    @CsvSource({"1, true", "9999, true", "10000, true", "10001, false"})
    void m2AMessageHasALimit(int length, boolean accepted) {
        assertAccepted(Story.claimed().at(6).does(Story.patronSays("x".repeat(length))), accepted);
        assertAccepted(Story.claimed().at(6).does(Story.says(ANA, "x".repeat(length))), accepted);
    }

    @Test
    void m2TheLimitIsAPolicy() {
        assertAccepted(Story.claimed("messageLimit", "3").at(6).does(Story.patronSays("abc")), true);
        assertAccepted(Story.claimed("messageLimit", "3").at(6).does(Story.patronSays("abcd")), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "e\u0301\u202E\u0000 tail",
                " leading"
            })
    void m2ATextIsKeptAsSent(String text) {
        Story story = Story.claimed().at(6).does(Story.patronSays(text));

        assertThat(story.log().get(story.log().size() - 1).content()).isEqualTo(new Content.Text(text));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "99, true", "100, true", "101, false"})
    void c11AReasonHasALimit(int length, boolean accepted) {
        assertAccepted(Story.waiting().at(6).does(new ChatCommand.Dismiss(ANA, "x".repeat(length))), accepted);
    }

    private static ChatCommand.Start startWith(String field, String value) {
        return Story.start(
                "databases",
                new Content.PatronDetails(
                        field.equals("name") ? value : null,
                        field.equals("email") ? value : null,
                        field.equals("referrer") ? value : null,
                        field.equals("userAgent") ? value : null,
                        field.equals("address") ? value : null,
                        false),
                field.equals("question") ? value : null);
    }

    private static String greeting(Story story) {
        List<Logged> said = story.entries(ChatEvent.Kind.SAID);
        return said.get(said.size() - 1).text().orElse("");
    }

    private static void assertAccepted(Story story, boolean accepted) {
        assertThat(story.refusal()).isEqualTo(Optional.ofNullable(accepted ? null : RefusalCode.INVALID));
    }

    private static Story staffed(UnaryOperator<Widget.Builder> change) {
        return widget(change)
                .meanwhile(world -> world.there(-10, ANA, REFERENCE).there(-10, OLGA, COOP));
    }

    private static Story widget(UnaryOperator<Widget.Builder> change) {
        Directory directory = World.directory().build();
        Widget widget = directory.widget(WidgetId.of("databases")).orElseThrow();
        return Story.in(directory.withRecord(change.apply(widget.toBuilder()).build()));
    }
}
