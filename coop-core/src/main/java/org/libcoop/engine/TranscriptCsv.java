package org.libcoop.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.text.CsvRow;

/** One row a message or shared file (RFC 4180); a chat without any has one row without a message. */
final class TranscriptCsv extends TranscriptExport {

    private static final String EVERYBODY = "patron and staff";

    private final TranscriptNames names;
    private final Appendable out;

    TranscriptCsv(TranscriptNames names, Appendable out) throws IOException {
        this.names = names;
        this.out = out;
        List<String> heading = List.of(
                "chat",
                "institution",
                "widget",
                "started",
                "over",
                "outcome",
                "patron name",
                "patron email",
                "entry",
                "at",
                "author",
                "name",
                "for",
                "text",
                "file",
                "file type",
                "file size");
        row(heading, List.of());
    }

    @Override
    void write(ArchivedChat archived) throws IOException {
        ArchivedSummary summary = ArchivedSummary.of(archived, false);
        Content.PatronDetails patron = TranscriptNames.patron(archived.log());
        List<String> chat = List.of(
                summary.chat().value(),
                names.of(summary.home()),
                names.of(summary.widget()),
                summary.startedAt().toString(),
                summary.overAt().toString(),
                word(summary.outcome()),
                orEmpty(patron.name()),
                orEmpty(patron.email()));
        boolean empty = true;
        for (Logged entry : archived.log()) {
            if (entry.event() instanceof ChatEvent.MessageSaid said) {
                boolean note = said.audience() == Audience.STAFF_ONLY;
                row(
                        chat,
                        entry,
                        said.author(),
                        note ? "staff" : EVERYBODY,
                        TranscriptNames.text(entry),
                        List.of("", "", ""));
                empty = false;
            } else if (entry.event() instanceof ChatEvent.FileShared shared) {
                row(chat, entry, shared.author(), EVERYBODY, TranscriptNames.text(entry), file(shared, entry));
                empty = false;
            }
        }
        if (empty) {
            row(chat, List.of("", "", "", "", "", "", "", "", ""));
        }
    }

    private static List<String> file(ChatEvent.FileShared shared, Logged entry) {
        return List.of(
                entry.file().map(Content.FileDetails::name).orElse(""),
                entry.file().map(Content.FileDetails::mediaType).orElse(""),
                Long.toString(shared.size()));
    }

    private void row(
            List<String> chat, Logged entry, Author author, String audience, @Nullable String text, List<String> file)
            throws IOException {
        OperatorId operator = author.operator();
        List<String> said = new ArrayList<>(List.of(
                Long.toString(entry.seq()),
                entry.at().toString(),
                word(author.kind()),
                operator == null ? "" : names.of(operator),
                audience,
                orEmpty(text)));
        said.addAll(file);
        row(chat, said);
    }

    private void row(List<String> first, List<String> rest) throws IOException {
        CsvRow row = new CsvRow();
        first.forEach(row::cell);
        rest.forEach(row::cell);
        out.append(row.line());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
