package org.libcoop.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

/** A conversation for people, with times in the zone of the patron's library. */
final class TranscriptText extends TranscriptExport {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final TranscriptNames names;
    private final Appendable out;
    private final boolean forStaff;
    private boolean first = true;

    /** @param forStaff whether internal notes and the chat's id are written, too (M1) */
    TranscriptText(TranscriptNames names, Appendable out, boolean forStaff) {
        this.names = names;
        this.out = out;
        this.forStaff = forStaff;
    }

    @Override
    void write(ArchivedChat archived) throws IOException {
        write(
                archived.chat(),
                archived.log(),
                forStaff ? ArchivedSummary.of(archived, false).outcome() : ChatOutcome.OPEN);
    }

    /** The same of a chat that need not be over; as the patron saw it. */
    static String seenByPatron(TranscriptNames names, Chat chat, List<Logged> log) {
        StringBuilder text = new StringBuilder();
        try {
            new TranscriptText(names, text, false).write(chat, log, ChatOutcome.OPEN);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(Chat chat, List<Logged> log, ChatOutcome outcome) throws IOException {
        ZoneId zone = names.directory()
                .institution(chat.home())
                .map(home -> home.zone())
                .orElse(ZoneOffset.UTC);
        if (!first) {
            out.append('\n');
        }
        first = false;
        out.append(names.of(chat.home()))
                .append(", ")
                .append(names.of(chat.widget()))
                .append(", ")
                .append(DAY.format(chat.startedAt().atZone(zone)))
                .append('\n');
        if (forStaff) {
            out.append("chat ")
                    .append(chat.id().value())
                    .append(", ")
                    .append(outcome.name().toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        for (Logged entry : log) {
            String line = line(entry);
            if (line != null) {
                out.append('[')
                        .append(time(entry.at(), zone))
                        .append("] ")
                        .append(line)
                        .append('\n');
            }
        }
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    private @Nullable String line(Logged entry) {
        ChatEvent event = entry.event();
        if (event instanceof ChatEvent.MessageSaid said) {
            boolean note = said.audience() == Audience.STAFF_ONLY;
            if (note && !forStaff) {
                return null;
            }
            String text = TranscriptNames.text(entry);
            return speaker(said.author()) + (note ? " (note)" : "") + ": " + (text == null ? "(deleted)" : text);
        }
        if (event instanceof ChatEvent.FileShared shared) {
            String file = TranscriptNames.file(shared, entry);
            return speaker(shared.author()) + " shared a file: " + (file == null ? "(deleted)" : file);
        }
        OperatorId operator = TranscriptNames.operator(event);
        String person = operator == null ? "" : names.of(operator);
        return switch (event.kind()) {
            case CLAIMED -> person + " of " + names.of(((ChatEvent.ChatClaimed) event).institution()) + " joined";
            case TRANSFERRED ->
                person + " of " + names.of(((ChatEvent.Transferred) event).institution()) + " took over";
            case OWNER_LOST -> person + " is gone";
            case ENDED -> "the chat ended";
            case MISSED -> "nobody answered";
            case DISMISSED -> "the chat was put away";
            default -> null;
        };
    }

    private String speaker(Author author) {
        OperatorId operator = author.operator();
        return switch (author.kind()) {
            case PATRON -> "Patron";
            case SYSTEM -> "System";
            case OPERATOR -> operator == null ? "Librarian" : names.of(operator);
        };
    }
}
