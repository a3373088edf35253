package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;

/** ST10: texts keep every character. */
abstract class TextRules extends TimeRules {

    private static final int CHUNK = 20_000;

    /** Texts that have broken stores before. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("empty", ""),
            Map.entry("blanks around", "  two before, one after "),
            Map.entry("line ends", "a\nb\r\nc\rd\u2028e\u2029f\u0085g\n"),
            Map.entry("quotes", "O'Hara said \"x\", `y` and ''z''; -- DROP TABLE chat; /* */ $$ $1 ? :name {0} ${x}"),
            Map.entry("percent and backslash", "100% _ \\ \\\\ \\n \\u0041 %s %n \\"),
            Map.entry("markup", "<script>alert(1)</script> &amp; &#0; <![CDATA[ ]]>"),
            Map.entry(
                    "emoji",
                    "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 \uD83C\uDDFA\uD83C\uDDF3"),
            Map.entry("combining", "e\u0301 \u00E9 a\u0328\u0301 \u1E9B\u0323 \u212B \u00C5 \uFB01"),
            Map.entry(
                    "right to left", "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C \u200F"),
            Map.entry("han and hangul", "\u4F60\u597D \uD842\uDFB7\u91CE\u5BB6 \uD55C\uAE00 \u1112\u1161\u11AB"),
            Map.entry("not characters", "\uFFFE\uFFFF\uFDD0 \uFEFFbom \uFFFD"),
            Map.entry("last of all", "\uDBFF\uDFFF\uD800\uDC00"),
            Map.entry("a word", "null"),
            Map.entry("looks like JSON", "{\"a\":[1,2,{\"b\":\"\\\"\"}],\"@class\":\"x\"}"));

    @Test
    void st10_aMessageKeepsEveryCharacter() {
        TEXTS.forEach(this::assertKept);
    }

    @Test
    void st10_aMessageKeepsControlCharacters() {
        StringBuilder controls = new StringBuilder("x");
        for (char c = 1; c < ' '; c++) {
            controls.append(c);
        }
        for (char c = 0x7F; c < 0xA0; c++) {
            controls.append(c);
        }

        assertKept("control characters", controls.append('x').toString());
    }

    @Test
    void st10_aMessageKeepsAllOfUnicode() {
        StringBuilder chunk = new StringBuilder();
        int kept = 0;
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                // Beyond the planes in use one character in seven will do.
                if (c < 0x30000 || (c >= 0xE0000 && c < 0xE0200) || c % 7 == 0) {
                    chunk.appendCodePoint(c);
                }
            }
            if (chunk.length() > CHUNK - 2 || c == Character.MAX_CODE_POINT) {
                assertKept("Unicode " + kept++, chunk.toString());
                chunk.setLength(0);
            }
        }

        assertThat(kept).isGreaterThan(10);
    }

    @Test
    void st10_aLongMessageIsKeptWhole() {
        assertKept("of one unit each", "x".repeat(CHUNK));
        assertKept("of two bytes each", "\u00FC".repeat(CHUNK));
        assertKept("of three bytes each", "\u4E2D".repeat(CHUNK));
        assertKept("of four bytes each", "\uD83D\uDE00".repeat(CHUNK / 2));
        assertKept("of characters that are escaped", "\"\\\n".repeat(CHUNK / 3));
    }

    private void assertKept(String name, String text) {
        Change.OfChat chat = Draft.start("text " + name, t0).says(text).change();

        assertThat(commit(chat)).as("%s", name).isEqualTo(APPLIED);

        Content read = store.log(chat.chat().id(), 1, 1).get(0).content();
        assertThat(read).as("%s", name).isEqualTo(new Content.Text(text));
    }

    @Test
    void st10_everyOtherTextOfAChatKeepsEveryCharacter() {
        int i = 0;
        for (String text : TEXTS.values()) {
            Content patron = new Content.PatronDetails(text, text, text, text, text, true);
            // An id has no control characters (D11); its scope may have any.
            String printable = text.replaceAll("[\\x00-\\x1F\\x7F-\\x9F]", "");
            String id = "id" + printable.substring(0, Math.min(90, printable.length()));
            Change.OfChat chat = Draft.start("c-" + i++, "hash" + text, t0, patron)
                    .then(t0, new ChatDismissed(Given.ANA, text))
                    .as(text, id, text)
                    .change();
            given(chat);

            assertThat(store.chat(chat.chat().id())).contains(chat.chat());
            assertThat(store.log(chat.chat().id(), 0, 10)).isEqualTo(chat.entries());
            assertThat(store.chatOfPatron("hash" + text)).contains(chat.chat());
            assertThat(store.result(chat.chat().id(), text, id)).contains(Objects.requireNonNull(chat.result()));
        }
    }

    /** Ids as long as they may be, which differ in their last character, their case or their composition only. */
    private static Set<String> ids(int length) {
        Set<String> ids = new LinkedHashSet<>();
        for (String start : List.of(
                "a",
                "A",
                "\u00E9",
                "e\u0301",
                "'\"%_\\/ ",
                "\u00DF",
                "ss",
                "\uD83D\uDE00",
                "\u05E9\u202E",
                "\u0131",
                "i",
                "I",
                "\u0130")) {
            ids.add(start);
            ids.add(start + "x".repeat(length - start.length()));
            ids.add(start + "x".repeat(length - start.length() - 1) + "y");
            ids.add(start + "\u00FC".repeat(length - start.length()));
            ids.add(start + "\u4E2D".repeat(length - start.length()));
        }
        return ids;
    }

    @Test
    void st10_idsOfChatsAreKeptAndToldApart() {
        Set<String> ids = ids(100);
        List<Change.OfChat> chats = new ArrayList<>();
        ids.forEach(id -> chats.add(Draft.start(id, "of " + id, t0, null)
                .as("s", id, "d")
                .waitsOn(Topic.node(new NodeId(id)))
                .change()));
        given(chats);

        assertThat(store.live(null)).hasSameSizeAs(ids);
        for (Change.OfChat chat : chats) {
            ChatId id = chat.chat().id();
            assertThat(store.chat(id)).contains(chat.chat());
            assertThat(store.result(id, "s", id.value())).contains(Objects.requireNonNull(chat.result()));
            assertThat(store.waitingOn(Topic.node(new NodeId(id.value())), null))
                    .containsExactly(id);
        }
    }

    @Test
    void st10_idsOfOperatorsAreKeptAndToldApart() {
        Set<String> ids = ids(200);
        List<Change> rows = new ArrayList<>();
        for (String id : ids) {
            OperatorId operator = OperatorId.of(id);
            rows.add(new Change.OfPresence(OperatorPresence.unknown(operator)
                    .signedIn(t0)
                    .withSwitch(Option.department(id), true, t0)
                    .withSwitch(Option.coop(id), true, t0)
                    .attached(
                            new Attachment(new NodeId(id.substring(0, Math.min(100, id.length()))), null),
                            n -> false,
                            t0)
                    .successor()));
            rows.add(Draft.start("chat " + rows.size(), t0)
                    .waitsOn(Topic.owner(operator), Topic.stage(Stage.backup(CoopId.of(id))))
                    .change());
        }
        given(rows);

        for (int i = 0; i < rows.size(); i += 2) {
            OperatorPresence row = ((Change.OfPresence) rows.get(i)).presence();
            ChatId chat = ((Change.OfChat) rows.get(i + 1)).chat().id();
            CoopId coop = CoopId.of(row.operator().value());
            assertThat(store.presence(row.operator(), 0)).containsExactly(row);
            assertThat(store.waitingOn(Topic.owner(row.operator()), null)).containsExactly(chat);
            assertThat(store.waitingOn(Topic.stage(Stage.backup(coop)), null)).containsExactly(chat);
        }
    }

    @Test
    void st10_idsOfRecordsAreKeptAndToldApart() {
        Set<String> ids = ids(200);
        List<Change> records = new ArrayList<>();
        for (String id : ids) {
            records.add(new Change.OfRecord(Coop.local(CoopId.of(id), id), 0));
            CoopAccount account =
                    new CoopAccount(CoopId.of(id), OperatorId.of(id), CoopAccount.Level.INSTITUTION_ADMIN);
            records.add(new Change.OfRecord(account, 0));
        }
        given(records);

        Map<RecordKey, StoredDirectory.Versioned> stored = store.directory().records();
        assertThat(stored).hasSameSizeAs(records);
        for (Change change : records) {
            Change.OfRecord ofRecord = (Change.OfRecord) change;
            assertThat(stored.get(ofRecord.record().key()))
                    .isEqualTo(new StoredDirectory.Versioned(ofRecord.record(), 1));
        }
    }

    @Test
    void st10_idsOfNodesAreKeptAndToldApart() {
        Set<String> ids = ids(100);
        List<NodeLease> leases = new ArrayList<>();
        ids.forEach(id -> leases.add(store.join(new NodeId(id), LONG)));

        assertThat(store.nodes()).containsAll(leases).hasSize(ids.size() + 1);
        assertThat(store.renew(leases.get(0).node())).isPresent();
    }

    @Test
    void st10_nulIsKept() {
        needs(StoreCapability.KEEPS_NUL);

        assertKept("nul", "\u0000a\u0000\u0000b\u0000");
    }

    @Test
    void st10_unpairedSurrogatesAreKept() {
        needs(StoreCapability.KEEPS_UNPAIRED_SURROGATES);

        assertKept("surrogates", "\uD83Da \uDE00b \uDE00\uD83D");
    }

    @Test
    void st10_aTextThatCannotBeKeptIsKeptOrRefusedNeverChanged() {
        int i = 0;
        for (String text : List.of("a\u0000b", "a\uD83Db", "a\uDE00", "\uDE00\uD83D")) {
            Change.OfChat first = Draft.start("c-" + i++, t0).change();
            Change.OfChat second = Draft.on(first).says(text).as("s", "1", "d").change();
            given(first);

            boolean kept = keptOrRefused(second);

            ChatId chat = first.chat().id();
            assertThat(store.chat(chat)).contains(kept ? second.chat() : first.chat());
            assertThat(store.log(chat, 1, 10)).isEqualTo(kept ? second.entries() : List.of());
            assertThat(store.result(chat, "s", "1").isPresent()).isEqualTo(kept);
            assertThat(commit(Draft.on(kept ? second : first).says("and on").change()))
                    .isEqualTo(APPLIED);
        }
    }

    private boolean keptOrRefused(Change.OfChat change) {
        try {
            return commit(change) == APPLIED;
        } catch (RuntimeException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return false;
        }
    }
}
