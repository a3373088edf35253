package org.libcoop.engine;

import java.io.IOException;
import java.util.List;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.text.JsonFields;

/**
 * One JSON object a line and chat, of what a library has of a patron, for that patron: all that is known of them, and the conversation
 * as they saw it, without internal notes and ids of people (M1, X6). What is not known has no key.
 */
final class PatronJson {

    private final TranscriptNames names;
    private final Appendable out;

    PatronJson(TranscriptNames names, Appendable out) {
        this.names = names;
        this.out = out;
    }

    void write(Chat head, List<Logged> log) throws IOException {
        JsonFields chat = new JsonFields();
        chat.put("chat", head.id().value());
        chat.put("institution", names.of(head.home()));
        chat.put("widget", names.of(head.widget()));
        chat.put("startedAt", head.startedAt().toString());
        head.phase().overSince().ifPresent(over -> chat.put("overAt", over.toString()));
        chat.raw("patron", patron(TranscriptNames.patron(log)));
        StringBuilder entries = new StringBuilder();
        for (Logged entry : log) {
            if (Views.forPatron(entry)) {
                entries.append(entries.isEmpty() ? "" : ",").append(entry(head, entry));
            }
        }
        chat.raw("entries", "[" + entries + "]");
        out.append(chat.object()).append('\n');
    }

    void write(StoredTicket ticket) throws IOException {
        JsonFields fields = new JsonFields();
        fields.put("ticket", ticket.id().value());
        fields.put("institution", names.of(ticket.origin().home()));
        fields.put("widget", names.of(ticket.origin().widget()));
        ChatId chat = ticket.origin().chat();
        fields.put("chat", chat == null ? null : chat.value());
        fields.put("askedAt", ticket.origin().at().toString());
        fields.put("state", JsonFields.word(ticket.state()));
        fields.put("reference", ticket.reference());
        TicketContent content = ticket.content();
        if (content != null) {
            fields.put("question", content.question());
            fields.put("name", content.name());
            fields.put("email", content.email());
            fields.raw("consented", Boolean.toString(content.consented()));
        }
        out.append(fields.object()).append('\n');
    }

    private static String patron(Content.PatronDetails details) {
        JsonFields patron = new JsonFields();
        patron.put("name", details.name());
        patron.put("email", details.email());
        patron.put("address", details.address());
        patron.put("referrer", details.referrer());
        patron.put("userAgent", details.userAgent());
        patron.raw("consented", Boolean.toString(details.consented()));
        return patron.object();
    }

    private String entry(Chat chat, Logged entry) {
        JsonFields fields = new JsonFields();
        fields.raw("seq", Long.toString(entry.seq()));
        fields.put("at", entry.at().toString());
        fields.put("event", JsonFields.word(entry.event().kind()));
        if (entry.event() instanceof ChatEvent.MessageSaid said) {
            fields.put("author", JsonFields.word(said.author().kind()));
        }
        if (entry.event() instanceof ChatEvent.FileShared shared) {
            fields.put("author", JsonFields.word(shared.author().kind()));
            fields.raw("size", Long.toString(shared.size()));
            entry.file().ifPresent(file -> {
                fields.put("fileName", file.name());
                fields.put("mediaType", file.mediaType());
            });
        }
        if (entry.event() instanceof ChatEvent.PatronRated rated) {
            fields.raw("rating", Integer.toString(rated.rating()));
        }
        OperatorId operator = TranscriptNames.operator(entry.event());
        if (operator != null) {
            fields.put("name", name(chat, operator));
        }
        fields.put("text", TranscriptNames.text(entry));
        return fields.object();
    }

    /** As patrons hear it: the name, or the institution of an account that is gone. */
    private String name(Chat chat, OperatorId operator) {
        return names.directory()
                .operator(operator)
                .map(known -> known.displayName())
                .orElseGet(() -> chat.ownerships().stream()
                        .filter(ownership -> ownership.owner().equals(operator))
                        .map(Phase.Ownership::institution)
                        .map(names::of)
                        .findFirst()
                        .orElse("a librarian"));
    }
}
