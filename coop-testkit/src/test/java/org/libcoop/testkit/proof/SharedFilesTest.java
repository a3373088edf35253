package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.key;
import static org.libcoop.testkit.proof.Rig.outcome;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.FileSession;
import org.libcoop.TranscriptSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.FileDetails;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryFileVault;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.FileType;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Notice;
import org.libcoop.spi.SharedFile;
import org.libcoop.spi.TranscriptFormat;

/** U1: files both ways during a chat: who shares and gets them, how much, and that bytes go with the content they belong to. */
class SharedFilesTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and so on".getBytes(StandardCharsets.ISO_8859_1);
    private static final TranscriptPath HOME = TranscriptPath.home();

    private final Rig rig = new Rig();
    private final InMemoryFileVault kept = new InMemoryFileVault(rig.clock);
    private final Troubled vault = new Troubled(kept);
    private final InMemoryArchive archive = new InMemoryArchive();
    private Rig.@Nullable Site node;

    /** A vault that fails when told to. */
    private static final class Troubled implements FileVault {
        private final FileVault right;
        boolean down;

        Troubled(FileVault right) {
            this.right = right;
        }

        private FileVault right() {
            if (down) {
                throw new IllegalStateException("the disk is full of secret.txt");
            }
            return right;
        }

        @Override
        public Optional<Stored> put(FileId file, InputStream content, long limit) throws IOException {
            return right().put(file, content, limit);
        }

        @Override
        public Optional<InputStream> open(FileId file) {
            return right().open(file);
        }

        @Override
        public boolean delete(FileId file) {
            return right().delete(file);
        }

        @Override
        public List<Held> list(@Nullable FileId after, int limit) {
            return right().list(after, limit);
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Rig.Site node(String... policies) {
        if (node == null) {
            node = rig.node(
                    "n1",
                    CoopEngine.builder()
                            .directory(Rig.directory(policies)
                                    .operators("springy", "carl")
                                    .admins("carl")
                                    .build())
                            .archive(archive)
                            .fileVault(vault));
        }
        return node;
    }

    private FileSession patron(String name) {
        return node().engine.files(key(name), "");
    }

    private FileSession staff(String who) {
        return node().engine.files(OperatorId.of(who));
    }

    private TranscriptSession admin() {
        return node().engine.transcripts(OperatorId.of("carl"));
    }

    private static CompletionStage<Outcome<Receipt>> share(FileSession files, ChatId chat, String name, byte[] bytes) {
        return share(files, chat, name, bytes, "share " + name);
    }

    private static CompletionStage<Outcome<Receipt>> share(
            FileSession files, ChatId chat, String name, byte[] bytes, String commandId) {
        try {
            return files.share(chat, name, new ByteArrayInputStream(bytes), commandId);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Logged> shared(ChatId chat) {
        return node().inspect(chat).log().stream()
                .filter(entry -> entry.event() instanceof FileShared)
                .toList();
    }

    private FileId only(ChatId chat) {
        assertThat(shared(chat)).hasSize(1);
        return ((FileShared) shared(chat).get(0).event()).file();
    }

    private List<FileId> inVault() {
        return kept.list(null, FileVault.PAGE).stream()
                .map(FileVault.Held::file)
                .toList();
    }

    private static byte[] bytes(Outcome<SharedFile> got) {
        try (SharedFile file = got.orElseThrow()) {
            return file.content().readAllBytes();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Pat's chat, which ana has. */
    private ChatId claimed(String... policies) {
        Rig.Seat ana = node(policies).on("ana", DESK);
        ChatId chat = node().chatOf("pat");
        done(ana.session().claim(chat));
        return chat;
    }

    private ChatId over() {
        ChatId chat = claimed();
        done(share(patron("pat"), chat, "thesis", PNG));
        done(node().seat("ana").session().end(chat, Disposition.ANSWERED));
        return chat;
    }

    // ---- Both ways

    @Test
    void bothSidesShareAndGetWhatTheOtherShared() {
        ChatId chat = claimed();

        done(share(patron("pat"), chat, "C:\\pat\\thesis.png", PNG));
        done(share(staff("ana"), chat, "hours", "9 to 5".getBytes(StandardCharsets.UTF_8)));

        List<Logged> both = shared(chat);
        assertThat(both.get(0).file()).contains(new FileDetails("thesis.png", "image/png"));
        assertThat(both.get(1).file()).contains(new FileDetails("hours.txt", "text/plain"));
        FileId first = ((FileShared) both.get(0).event()).file();
        FileId second = ((FileShared) both.get(1).event()).file();
        assertThat(first.chat()).isEqualTo(chat);
        assertThat(bytes(staff("ana").file(chat, first))).isEqualTo(PNG);
        assertThat(bytes(patron("pat").file(chat, first))).isEqualTo(PNG);
        assertThat(bytes(patron("pat").file(chat, second)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("9 to 5");
        assertThat(node().inspect(chat).chat().uploads().bytes()).isEqualTo(PNG.length + 6);
    }

    @Test
    void bothSidesAreToldOfIt() {
        ChatId chat = claimed();
        Rig.Seat ana = node().seat("ana");
        Rig.Visitor pat = node().visitor("pat");

        done(share(pat.session().files(), chat, "map", PNG));

        assertThat(ana.told(Notice.Entry.class)).hasSize(1);
        assertThat(pat.told(Notice.Entry.class).get(0).entry().file())
                .contains(new FileDetails("map.png", "image/png"));
    }

    @Test
    void nobodyElseSharesOrGets() {
        ChatId chat = claimed();
        ChatId another = node().chatOf("quin");
        done(share(patron("pat"), chat, "map", PNG));
        FileId file = only(chat);

        assertThat(code(staff("ben").file(chat, file).refusal())).isEqualTo(RefusalCode.NOT_OWNER);
        assertThat(code(outcome(share(staff("ben"), chat, "x", PNG)).refusal())).isEqualTo(RefusalCode.NOT_OWNER);
        Outcome<SharedFile> missing = patron("quin").file(ChatId.of("no-chat"), FileId.of("no-chat.f1"));
        assertThat(code(missing.refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        // Swapped ids, of the chat, of the file, of both, look like what is not there (A9).
        assertThat(patron("quin").file(chat, file)).isEqualTo(missing);
        assertThat(patron("quin").file(another, file)).isEqualTo(missing);
        assertThat(patron("pat").file(another, file)).isEqualTo(missing);
        assertThat(patron("pat").file(chat, FileId.of(chat, "f1"))).isEqualTo(missing);
        assertThat(staff("sven").file(chat, file)).isEqualTo(missing);
        assertThat(staff("ana").file(another, file).refusal()).isPresent();
        assertThat(inVault()).containsExactly(file);
    }

    @Test
    void whoIsRefusedIsNotReadAByte() {
        ChatId chat = claimed();
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] into, int from, int count) {
                return read();
            }
        };

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> patron("pat").share(chat, "a", unread, "one"));
        for (FileSession files : List.of(patron("quin"), staff("ben"), staff("sven"))) {
            try {
                assertThat(outcome(files.share(chat, "a", unread, "two")).refusal())
                        .isPresent();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    // ---- What is refused

    @Test
    void whatMayNotBeSharedIsJudgedByItsContentAndLeavesNothing() {
        ChatId chat = claimed();

        for (String content : List.of("<html><script>", "MZ\u0000\u0001", "")) {
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(code(outcome(share(patron("pat"), chat, "map.png", bytes))
                            .refusal()))
                    .as(content)
                    .isEqualTo(RefusalCode.FILE_TYPE);
        }
        assertThat(inVault()).isEmpty();
        assertThat(shared(chat)).isEmpty();
    }

    @Test
    void theHostSaysWhatMayBeShared() {
        node = rig.node(
                "n1",
                CoopEngine.builder()
                        .directory(Rig.directory().build())
                        .fileVault(vault)
                        .fileTypes(List.of(FileType.of("text/plain"))));
        ChatId chat = claimed();

        assertThat(code(outcome(share(patron("pat"), chat, "map", PNG)).refusal()))
                .isEqualTo(RefusalCode.FILE_TYPE);
        done(share(patron("pat"), chat, "notes", "text".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101})
    void aFileHasAtMostTheLimitsBytes(int size) {
        ChatId chat = claimed("uploadLimit", "100");
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'a');

        Outcome<Receipt> answer = outcome(share(patron("pat"), chat, "a", bytes));

        assertThat(code(answer.refusal())).isEqualTo(size <= 100 ? null : RefusalCode.TOO_LARGE);
        assertThat(inVault()).hasSize(size <= 100 ? 1 : 0);
    }

    @Test
    void beyondTheQuotaNothingIsKept() {
        ChatId chat = claimed("uploadQuota", String.valueOf(PNG.length + 1), "uploadsPerChat", "2");
        done(share(patron("pat"), chat, "one", PNG));

        assertThat(code(outcome(share(patron("pat"), chat, "two", PNG)).refusal()))
                .isEqualTo(RefusalCode.UPLOAD_QUOTA);
        done(share(patron("pat"), chat, "three", new byte[] {'a'}));
        assertThat(code(outcome(share(staff("ana"), chat, "four", new byte[] {'a'}))
                        .refusal()))
                .isEqualTo(RefusalCode.UPLOAD_QUOTA);
        assertThat(inVault()).hasSize(2);
    }

    @Test
    void withoutAVaultOrAllowanceNoFilesAreShared() {
        ChatId chat = claimed("uploadLimit", "0");
        assertThat(code(outcome(share(patron("pat"), chat, "a", PNG)).refusal()))
                .isEqualTo(RefusalCode.UNSUPPORTED);

        done(node().engine.admin().save(Policies.defaults()));
        node = rig.node("n2");
        ChatId another = node().chatOf("quin");
        assertThat(code(outcome(share(patron("quin"), another, "a", PNG)).refusal()))
                .isEqualTo(RefusalCode.UNSUPPORTED);
    }

    @Test
    void afterTheEndNothingIsShared() {
        ChatId chat = over();

        assertThat(code(outcome(share(patron("pat"), chat, "late", PNG)).refusal()))
                .isEqualTo(RefusalCode.CHAT_OVER);
        assertThat(code(outcome(share(staff("ana"), chat, "late", PNG)).refusal()))
                .isEqualTo(RefusalCode.CHAT_OVER);
        assertThat(inVault()).hasSize(1);
    }

    @Test
    void aVaultThatFailsIsUnavailableAndSaysNothingMore() {
        ChatId chat = claimed();
        done(share(patron("pat"), chat, "map", PNG));
        vault.down = true;

        var sending = outcome(share(patron("pat"), chat, "two", PNG)).refusal().orElseThrow();
        var getting = patron("pat").file(chat, only(chat)).refusal().orElseThrow();

        assertThat(sending.code()).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(getting.code()).isEqualTo(RefusalCode.UNAVAILABLE);
        assertThat(sending.message() + getting.message()).doesNotContain("secret");
    }

    @Test
    void aStrangerSendsNoMoreFilesThanMessages() {
        ChatId chat = claimed("connectionMessages", "2");
        byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);

        List<@Nullable RefusalCode> codes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            codes.add(code(
                    outcome(share(patron("pat"), chat, "a", page, "id " + i)).refusal()));
        }

        assertThat(codes).containsExactly(RefusalCode.FILE_TYPE, RefusalCode.FILE_TYPE, RefusalCode.RATE_LIMITED);
    }

    // ---- Once

    @Test
    void aResendIsAnsweredTheSameAndItsBytesGo() {
        ChatId chat = claimed("uploadsPerChat", "1");

        Receipt first = done(share(patron("pat"), chat, "map", PNG, "once"));
        Receipt second = done(share(patron("pat"), chat, "map", PNG, "once"));

        assertThat(second).isEqualTo(first);
        assertThat(inVault()).containsExactly(only(chat));
        assertThat(bytes(patron("pat").file(chat, only(chat)))).isEqualTo(PNG);
    }

    @Test
    void theSameIdWithOtherBytesIsRefused() {
        ChatId chat = claimed();
        done(share(patron("pat"), chat, "map", PNG, "once"));

        assertThat(code(outcome(share(patron("pat"), chat, "map", new byte[] {'a'}, "once"))
                        .refusal()))
                .isEqualTo(RefusalCode.COMMAND_ID_REUSED);
        assertThat(inVault()).containsExactly(only(chat));
    }

    // ---- Transcripts

    @Test
    void whoMayReadTheTranscriptMayHaveItsFiles() {
        ChatId chat = over();
        FileId file = only(chat);

        assertThat(bytes(admin().file(HOME, chat, file))).isEqualTo(PNG);
        assertThat(bytes(node().engine.transcripts(OperatorId.of("ana")).file(HOME, chat, file)))
                .isEqualTo(PNG);
        assertThat(code(node().engine
                        .transcripts(OperatorId.of("ben"))
                        .file(HOME, chat, file)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(node().engine
                        .transcripts(OperatorId.of("sven"))
                        .file(HOME, chat, file)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(admin().file(TranscriptPath.coop("academic"), chat, file)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void everyFormOfATranscriptNamesTheFile() throws IOException {
        over();

        for (TranscriptFormat format : TranscriptFormat.values()) {
            StringBuilder out = new StringBuilder();
            admin().export(HOME, ArchiveQuery.ALL, format, out);
            assertThat(out.toString())
                    .as(format.name())
                    .contains("thesis.png", "image/png", String.valueOf(PNG.length));
        }
        StringBuilder out = new StringBuilder();
        admin().exportPatron(
                        node().engine
                                .archive()
                                .search(ArchiveQuery.ALL, null, 1)
                                .rows()
                                .get(0)
                                .chat(),
                        out);
        assertThat(out.toString()).contains("\"fileName\":\"thesis.png\"", "\"size\":" + PNG.length);
    }

    @Test
    void redactionTakesBytesNameAndType() {
        ChatId chat = over();
        FileId file = only(chat);

        done(admin().redact(chat, shared(chat).get(0).seq()));

        assertThat(inVault()).isEmpty();
        Logged entry = shared(chat).get(0);
        assertThat(entry.text()).contains("[redacted]");
        assertThat(entry.file()).isEmpty();
        assertThat(code(admin().file(HOME, chat, file).refusal())).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(patron("pat").file(chat, file).refusal())).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void redactingAMessageLeavesTheFiles() {
        ChatId chat = claimed();
        Receipt said = done(node().seat("ana").session().say(chat, "secret"));
        done(share(patron("pat"), chat, "map", PNG));
        done(node().seat("ana").session().end(chat, Disposition.ANSWERED));

        done(admin().redact(chat, said.seq()));

        assertThat(bytes(admin().file(HOME, chat, only(chat)))).isEqualTo(PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "patron", "host", "retention"})
    void whereContentGoesTheBytesGo(String how) {
        ChatId chat = over();
        FileId file = only(chat);

        switch (how) {
            case "delete" -> done(admin().delete(chat));
            case "patron" -> done(admin().erasePatron(chat));
            case "host" -> node().engine.deleteContent(chat);
            default -> {
                done(node().engine
                        .admin()
                        .save(node().engine.directory().policies().with("deleteAfter", "1d")));
                rig.pass(86_401);
                done(node().engine.admin().retain());
            }
        }

        assertThat(inVault()).isEmpty();
        assertThat(code(admin().file(HOME, chat, file).refusal())).isEqualTo(RefusalCode.NOT_FOUND);
    }

    // ---- What was left

    @Test
    void whatNobodyNamesIsTakenOutAfterAnHour() throws IOException {
        ChatId chat = claimed();
        done(share(patron("pat"), chat, "map", PNG));
        FileId named = only(chat);
        kept.put(FileId.of(chat, "f-left"), new ByteArrayInputStream(PNG), 100);
        kept.put(FileId.of("no-such-chat.f1"), new ByteArrayInputStream(PNG), 100);

        rig.pass(3500);
        assertThat(inVault()).hasSize(3);
        rig.pass(3 * 3600);

        assertThat(inVault()).containsExactly(named);
    }

    @Test
    void whatCouldNotBeTakenOutAtOnceIsTakenOutLater() {
        ChatId chat = over();
        vault.down = true;
        done(admin().delete(chat));
        vault.down = false;
        assertThat(inVault()).hasSize(1);

        rig.pass(3 * 3600);

        assertThat(inVault()).isEmpty();
    }

    @Test
    void filesOfChatsThatOnlyTheArchiveHasStay() {
        ChatId chat = over();

        rig.pass(3 * 86_400);

        assertThat(node().engine.inspect(chat)).isEmpty();
        assertThat(inVault()).hasSize(1);
    }
}
