package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Patrons and librarians talking over sockets: who is told what, and who is not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConversationTest {

    private static final Map<String, Object> OPENING = Map.of(
            "widget",
            "databases",
            "name",
            "Stewart",
            "email",
            "stewart@springy.edu",
            "question",
            "I can't download the article",
            "referrer",
            "https://library.springy.edu/az");

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.start();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aWholeChatFromTheQuestionToTheEnd() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        TestClient patron = rig.patron();

        String chat = patron.done("start", OPENING).path("chat").asText();
        JsonNode listed = ana.frame("listed").path("waiting");
        JsonNode claimed = ana.done("claim", Map.of("chat", chat));
        JsonNode unlisted = ana.frame("unlisted");
        JsonNode greeting = patron.frame("entry", notice -> said(notice, "system"));
        ana.done("say", Map.of("chat", chat, "text", "Which article?"));
        JsonNode heard = patron.frame("entry", notice -> said(notice, "operator"));
        patron.done("say", Map.of("text", "<b>On dreams</b> 🙂"));
        JsonNode answer = ana.frame("entry", notice -> text(notice).startsWith("<b>"));
        ana.done("end", Map.of("chat", chat, "disposition", "answered"));
        JsonNode ended = patron.frame("entry", notice -> event(notice).equals("ended"));
        JsonNode over =
                patron.frame("state", notice -> phase(notice).equals("ended")).path("state");

        assertThat(listed.path("patronName").asText()).isEqualTo("Stewart");
        assertThat(listed.path("institution").asText()).isEqualTo("Springy University");
        assertThat(listed.path("ofMyInstitution").asBoolean()).isTrue();
        assertThat(listed.path("widget").asText()).isEqualTo("Databases");
        assertThat(listed.path("userAgent").asText()).isEqualTo("Test/1.0");
        assertThat(listed.path("referrer").asText()).isEqualTo("https://library.springy.edu/az");
        assertThat(listed.path("open").path(0).toString())
                .isEqualTo("{\"kind\":\"department\",\"id\":\"reference\",\"name\":\"Reference\"}");
        assertThat(claimed.path("seq").asLong()).isPositive();
        assertThat(unlisted.path("reason").asText()).isEqualTo("claimed");
        assertThat(unlisted.path("claimedBy").asText()).isEqualTo("Ana Alvarez");
        assertThat(text(greeting)).isEqualTo("Hello, this is Ana Alvarez. How can I help?");
        assertThat(heard.path("entry").path("name").asText()).isEqualTo("Ana Alvarez");
        assertThat(heard.path("entry").path("institution").asText()).isEqualTo("Springy University");
        assertThat(text(answer)).isEqualTo("<b>On dreams</b> 🙂");
        assertThat(ended.path("entry").path("by").asText()).isEqualTo("operator");
        assertThat(ended.path("entry").has("disposition")).isFalse();
        assertThat(over.path("text").asText()).isEqualTo("This chat has ended. Thank you for your question.");
    }

    @Test
    void nothingForStaffReachesThePatron() {
        TestClient olga = rig.onDuty("olga", "coop", "academic");
        TestClient ana = rig.onDuty("ana", "department", "reference");
        String key = Rig.newKey();
        TestClient patron = rig.patron(key);
        String chat = patron.done("start", OPENING).path("chat").asText();
        ana.done("claim", Map.of("chat", chat));
        JsonNode noted = ana.done("note", Map.of("chat", chat, "text", "CANARY-NOTE the patron sounds tired"));
        ana.frame(
                "entry",
                notice -> text(notice).startsWith("CANARY")
                        && notice.path("entry").path("note").asBoolean());
        ana.done("sign-out", Map.of());
        olga.frame("listed");
        olga.done("claim", Map.of("chat", chat));
        olga.done("note", Map.of("chat", chat, "text", "CANARY-NOTE taken over"));
        olga.done("end", Map.of("chat", chat, "disposition", "follow-up"));

        patron.frame("entry", notice -> event(notice).equals("ended"));
        List<JsonNode> live = patron.rest();
        TestClient again = rig.connect();
        again.auth("patron", key);
        JsonNode snapshot = again.frame("welcome");
        JsonNode asked = again.ask("conversation", Map.of());
        JsonNode beyond =
                again.ask("conversation", Map.of("after", noted.path("seq").asLong() - 1));

        assertThat(live).isNotEmpty();
        assertThat(snapshot.path("chats").path(0).path("entries")).isNotEmpty();
        for (String seen : List.of(live.toString(), snapshot.toString(), asked.toString(), beyond.toString())) {
            assertThat(seen).doesNotContain("CANARY", "follow-up", "\"ana\"", "\"olga\"", "\"hill\"", "stage-opened");
        }
        assertThat(live.toString()).contains("Olga Olsen", "Hill College");
    }

    @Test
    void anOfflineWidgetRefusesWithItsOwnWords() {
        TestClient patron = rig.patron();

        JsonNode refused = patron.result(patron.command("start", OPENING));

        assertThat(refused.path("code").asText()).isEqualTo("widget-offline");
        assertThat(refused.path("message").asText()).startsWith("Nobody is here to chat right now.");
        assertThat(refused.path("repeat").asText()).isEqualTo("later");
        assertThat(refused.path("applied").asText()).isEqualTo("no");
        assertThat(patron.ask("chat", Map.of()).path("value")).isEmpty();
    }

    @Test
    void theClientsOwnUserAgentWinsAndAReferrerThatIsNoWebPageIsLeftOut() {
        TestClient ana = rig.onDuty("ana", "department", "reference");

        rig.patron()
                .done(
                        "start",
                        Map.of("widget", "databases", "userAgent", "Own/2.0", "referrer", "javascript:alert(1)"));

        JsonNode listed = ana.frame("listed").path("waiting");
        assertThat(listed.path("userAgent").asText()).isEqualTo("Own/2.0");
        assertThat(listed.has("referrer")).isFalse();
    }

    @Test
    void aWaitingChatCanBePreviewedHurriedAndDismissed() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        TestClient olga = rig.onDuty("olga", "coop", "academic");
        String chat = rig.patron().done("start", OPENING).path("chat").asText();
        ana.frame("listed");

        JsonNode preview = ana.ask("preview", Map.of("chat", chat)).path("value");
        JsonNode tooEarly = olga.ask("preview", Map.of("chat", chat));
        ana.done("hurry", Map.of("chat", chat, "seen", Map.of("kind", "coop", "id", "academic")));
        JsonNode listed = olga.frame("listed").path("waiting");
        JsonNode waiting = olga.ask("waiting", Map.of()).path("value");
        olga.done("dismiss", Map.of("chat", chat, "reason", "practice"));
        JsonNode gone = ana.frame("unlisted");

        assertThat(preview.path("next").path("name").asText()).isEqualTo("Academic Co-Op");
        assertThat(preview.path("nextAt").asText()).endsWith("Z");
        assertThat(tooEarly.path("code").asText()).isEqualTo("not-eligible");
        assertThat(listed.path("ofMyInstitution").asBoolean()).isFalse();
        assertThat(listed.path("through").path("name").asText()).isEqualTo("Academic Co-Op");
        assertThat(waiting.path("waitingTotal").asInt()).isEqualTo(1);
        assertThat(waiting.path("waiting").path(0).path("chat").asText()).isEqualTo(chat);
        assertThat(gone.path("reason").asText()).isEqualTo("over");
    }

    @Test
    void anOperatorIsWelcomedWithEverythingAtHand() {
        TestClient first = rig.onDuty("ana", "department", "reference");
        String chat = rig.patron().done("start", OPENING).path("chat").asText();
        first.frame("listed");
        first.done("claim", Map.of("chat", chat));
        rig.patron().done("start", OPENING);

        TestClient second = rig.connect();
        second.auth("operator", Rig.TICKET + "ana");
        JsonNode welcome = second.frame("welcome");
        JsonNode conversation = welcome.path("chats").path(0);

        assertThat(welcome.path("operator").path("institution").path("name").asText())
                .isEqualTo("Springy University");
        assertThat(welcome.path("self").path("status").asText()).isEqualTo("online");
        assertThat(welcome.path("self").path("openChats").asInt()).isEqualTo(1);
        assertThat(welcome.path("self").path("options").toString())
                .isEqualTo(
                        "[{\"kind\":\"department\",\"id\":\"reference\",\"name\":\"Reference\",\"on\":true,\"backup\":false},"
                                + "{\"kind\":\"operator\",\"id\":\"ana\",\"name\":\"Ana Alvarez\",\"on\":false,\"backup\":false},"
                                + "{\"kind\":\"coop\",\"id\":\"academic\",\"name\":\"Academic Co-Op\",\"coop\":\"global\",\"on\":false,\"backup\":false}]");
        assertThat(welcome.path("waiting")).hasSize(1);
        assertThat(welcome.path("chats")).hasSize(1);
        assertThat(conversation.path("chat").asText()).isEqualTo(chat);
        assertThat(conversation.path("resumed").asBoolean()).isFalse();
        assertThat(conversation.path("reason").asText()).isEqualTo("new");
        assertThat(conversation.path("state").path("phase").asText()).isEqualTo("claimed");
        assertThat(conversation.path("more").asBoolean()).isFalse();
        JsonNode started = conversation.path("entries").path(0);
        assertThat(started.path("event").asText()).isEqualTo("started");
        assertThat(started.path("seq").asLong()).isEqualTo(1);
        assertThat(started.path("patron").path("email").asText()).isEqualTo("stewart@springy.edu");
        assertThat(conversation.toString()).doesNotContain("patronKey", "nodeId", "\"plan\"");
    }

    @Test
    void aReturningPatronGetsWhatIsMissingAndFromAnotherPageEverything() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        String key = Rig.newKey();
        TestClient page = rig.patron(key);
        String chat = page.done("start", OPENING).path("chat").asText();
        ana.frame("listed");
        ana.done("claim", Map.of("chat", chat));
        long known = ana.done("say", Map.of("chat", chat, "text", "first"))
                .path("seq")
                .asLong();
        page.close();
        ana.done("say", Map.of("chat", chat, "text", "second"));

        TestClient resumed = rig.connect();
        resumed.resume("patron", key, Map.of(chat, known));
        JsonNode missing = resumed.frame("welcome").path("chats").path(0);
        TestClient other = rig.connect();
        other.auth("patron", key);
        JsonNode all = other.frame("welcome").path("chats").path(0);

        assertThat(missing.path("resumed").asBoolean()).isTrue();
        assertThat(missing.path("entries")).hasSize(1);
        assertThat(missing.path("entries").path(0).path("text").asText()).isEqualTo("second");
        assertThat(all.path("resumed").asBoolean()).isFalse();
        assertThat(all.path("state").path("phase").asText()).isEqualTo("claimed");
        assertThat(all.path("entries").findValuesAsText("text"))
                .containsExactly(
                        "I can't download the article",
                        "Hello, this is Ana Alvarez. How can I help?",
                        "first",
                        "second");
    }

    /** M4: what is not for the patron takes no room from what is, and a page that was cut short says so. */
    @Test
    void anotherPageOfAPatronGetsALongChatWholeAndIsToldOfEveryPageThatFollows() throws Exception {
        try (Rig roomy =
                new Rig.Setup().policies(Map.of("connectionMessages", "10000")).start()) {
            TestClient ana = roomy.onDuty("ana", "department", "reference");
            String key = Rig.newKey();
            String chat = roomy.patron(key).done("start", OPENING).path("chat").asText();
            ana.done("claim", Map.of("chat", chat));
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 1_100; i++) {
                said.add("text " + i);
                ana.done("say", Map.of("chat", chat, "text", said.get(i)));
            }

            TestClient other = roomy.connect();
            other.auth("patron", key);
            JsonNode part = other.frame("welcome").path("chats").path(0);
            List<JsonNode> entries = new ArrayList<>();
            part.path("entries").forEach(entries::add);
            while (part.path("more").asBoolean()) {
                long after = entries.get(entries.size() - 1).path("seq").asLong();
                part = other.ask("conversation", Map.of("after", after)).path("value");
                part.path("entries").forEach(entries::add);
            }

            assertThat(entries.stream()
                            .filter(entry -> entry.path("author").asText().equals("operator"))
                            .map(entry -> entry.path("text").asText()))
                    .containsExactlyElementsOf(said);
        }
    }

    /** M4, for the owner: exactly what is missing, or why all begins anew. */
    @Test
    void aReturningOperatorGetsWhatIsMissingOfEachChatOrIsToldWhyNot() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        String going = claimed(ana);
        String lost = claimed(ana);
        String strange = claimed(rig.onDuty("ben", "department", "reference"));
        long known = ana.done("say", Map.of("chat", going, "text", "first"))
                .path("seq")
                .asLong();
        long knownOfLost = ana.done("say", Map.of("chat", lost, "text", "one moment"))
                .path("seq")
                .asLong();
        ana.done("note", Map.of("chat", going, "text", "second"));
        ana.done("end", Map.of("chat", lost, "disposition", "answered"));

        TestClient again = rig.connect();
        again.resume(
                "operator", Rig.TICKET + "ana", Map.of(going, known, lost, knownOfLost, strange, 1L, "nowhere", 3L));
        JsonNode chats = again.frame("welcome").path("chats");
        TestClient fromAnotherHistory = rig.connect();
        fromAnotherHistory.resume("operator", Rig.TICKET + "ana", Map.of(going, 1_000L));
        JsonNode anew = fromAnotherHistory.frame("welcome").path("chats").path(0);

        assertThat(chats).hasSize(4);
        assertThat(of(chats, going).path("resumed").asBoolean()).isTrue();
        assertThat(of(chats, going).path("entries").findValuesAsText("text")).containsExactly("second");
        assertThat(of(chats, lost).path("resumed").asBoolean()).isTrue();
        assertThat(of(chats, lost).path("entries").findValuesAsText("event")).containsExactly("ended");
        assertThat(of(chats, lost).path("state").path("phase").asText()).isEqualTo("ended");
        for (String gone : List.of(strange, "nowhere")) {
            assertThat(of(chats, gone).toString())
                    .isEqualTo("{\"chat\":\"" + gone + "\",\"resumed\":false,\"reason\":\"gone\"}");
        }
        assertThat(anew.path("resumed").asBoolean()).isFalse();
        assertThat(anew.path("reason").asText()).isEqualTo("ahead");
        assertThat(anew.path("entries").path(0).path("seq").asLong()).isEqualTo(1);
    }

    private String claimed(TestClient operator) {
        String chat = rig.patron().done("start", OPENING).path("chat").asText();
        operator.done("claim", Map.of("chat", chat));
        return chat;
    }

    private static JsonNode of(JsonNode chats, String chat) {
        for (JsonNode one : chats) {
            if (one.path("chat").asText().equals(chat)) {
                return one;
            }
        }
        throw new AssertionError("nothing of " + chat + " in " + chats);
    }

    /** M5. */
    @Test
    void typingAndReadStateReachTheOtherOneAndNobodyElse() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        TestClient ben = rig.onDuty("ben", "department", "reference");
        TestClient patron = rig.patron();
        String chat = patron.done("start", OPENING).path("chat").asText();
        patron.send(Map.of("type", "typing", "on", true));
        ana.done("claim", Map.of("chat", chat));

        patron.send(Map.of("type", "typing", "on", true));
        JsonNode typing = ana.frame("typing");
        patron.send(Map.of("type", "seen", "seq", 4));
        JsonNode seen = ana.frame("seen");
        ben.send(Map.of("type", "typing", "chat", chat, "on", true));
        ben.rest();
        ana.wrongly().send(Map.of("type", "typing", "chat", chat, "on", "not even true or false"));
        ana.send(Map.of("type", "typing", "chat", chat, "on", false));
        JsonNode stopped = patron.frame("typing");
        ana.send(Map.of("type", "seen", "chat", chat, "seq", 5));

        assertThat(typing.toString())
                .isEqualTo("{\"is\":\"typing\",\"chat\":\"" + chat + "\",\"by\":\"patron\",\"on\":true}");
        assertThat(seen.toString())
                .isEqualTo("{\"is\":\"seen\",\"chat\":\"" + chat + "\",\"by\":\"patron\",\"seq\":4}");
        assertThat(stopped.path("by").asText()).isEqualTo("operator");
        assertThat(stopped.path("on").asBoolean()).isFalse();
        assertThat(patron.frame("seen").path("seq").asLong()).isEqualTo(5);
        assertThat(ben.rest().toString()).doesNotContain("typing", "seen");
        assertThat(patron.rest().toString()).doesNotContain("typing");
    }

    @Test
    void whoIsThereIsToldToThoseWithAccessOnly() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        TestClient olga = rig.operator("olga");
        Map<String, Object> desk = Map.of("stage", Map.of("kind", "department", "id", "reference"));

        JsonNode there = ana.ask("online", desk).path("value");
        JsonNode refused = olga.ask("online", desk);

        assertThat(there).hasSize(1);
        assertThat(there.path(0).path("name").asText()).isEqualTo("Ana Alvarez");
        assertThat(there.path(0).path("mine").asBoolean()).isTrue();
        assertThat(refused.path("ok").asBoolean()).isFalse();
    }

    @Test
    void whoLosesTheAccountLosesTheConnection() {
        TestClient ben = rig.operator("ben");

        rig.dismissFromStaff("ben");

        assertThat(ben.closeCode()).isEqualTo(4401);
    }

    @Test
    void ofAnOwnerWhoseAccountIsGoneThePatronIsToldTheInstitutionOnly() {
        TestClient ben = rig.onDuty("ben", "department", "reference");
        String key = Rig.newKey();
        TestClient patron = rig.patron(key);
        String chat = patron.done("start", OPENING).path("chat").asText();
        ben.frame("listed");
        ben.done("claim", Map.of("chat", chat));
        ben.done("end", Map.of("chat", chat, "disposition", "answered"));

        rig.dismissFromStaff("ben");
        TestClient again = rig.connect();
        again.auth("patron", key);
        JsonNode welcome = again.frame("welcome");

        JsonNode state = welcome.path("chats").path(0).path("state");
        assertThat(state.path("owner").path("name").asText()).isEqualTo("Springy University");
        assertThat(state.toString()).doesNotContain("ben", "Brandt");
    }

    @Test
    void aPatronWhoLeavesEndsTheChat() {
        TestClient ana = rig.onDuty("ana", "department", "reference");
        TestClient patron = rig.patron();
        patron.done("start", OPENING);
        ana.frame("listed");

        patron.done("leave", Map.of());

        assertThat(ana.frame("unlisted").path("reason").asText()).isEqualTo("over");
        assertThat(patron.frame("state", notice -> phase(notice).equals("missed")))
                .isNotNull();
        assertThat(patron.refused("say", Map.of("text", "still there?"))).isEqualTo("chat-over");
    }

    private static boolean said(JsonNode notice, String author) {
        return event(notice).equals("said")
                && notice.path("entry").path("author").asText().equals(author);
    }

    private static String event(JsonNode notice) {
        return notice.path("entry").path("event").asText();
    }

    private static String text(JsonNode notice) {
        return notice.path("entry").path("text").asText();
    }

    private static String phase(JsonNode notice) {
        return notice.path("state").path("phase").asText();
    }
}
