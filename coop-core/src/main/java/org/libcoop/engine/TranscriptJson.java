package org.libcoop.engine;

import java.io.IOException;
import org.libcoop.chat.Audience;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.text.JsonFields;

/** One JSON object a line and chat; what is not known has no key. */
final class TranscriptJson extends TranscriptExport {

    private final TranscriptNames names;
    private final Appendable out;

    TranscriptJson(TranscriptNames names, Appendable out) {
        this.names = names;
        this.out = out;
    }

    @Override
    void write(ArchivedChat archived) throws IOException {
        ArchivedSummary summary = ArchivedSummary.of(archived, false);
        JsonFields chat = new JsonFields();
        chat.put("chat", summary.chat().value());
        chat.put("institution", summary.home().value());
        chat.put("institutionName", names.of(summary.home()));
        chat.put("widget", summary.widget().value());
        chat.put("startedAt", summary.startedAt().toString());
        chat.put("overAt", summary.overAt().toString());
        chat.put("outcome", JsonFields.word(summary.outcome()));
        chat.raw("patron", patron(TranscriptNames.patron(archived.log())));
        StringBuilder owners = new StringBuilder();
        for (Phase.Ownership ownership : archived.chat().ownerships()) {
            owners.append(owners.isEmpty() ? "" : ",").append(owner(ownership));
        }
        chat.raw("owners", "[" + owners + "]");
        StringBuilder entries = new StringBuilder();
        for (Logged entry : archived.log()) {
            entries.append(entries.isEmpty() ? "" : ",").append(entry(entry));
        }
        chat.raw("entries", "[" + entries + "]");
        out.append(chat.object()).append('\n');
    }

    private static String patron(Content.PatronDetails details) {
        JsonFields patron = new JsonFields();
        patron.put("name", details.name());
        patron.put("email", details.email());
        patron.put("referrer", details.referrer());
        patron.put("userAgent", details.userAgent());
        patron.raw("consented", Boolean.toString(details.consented()));
        return patron.object();
    }

    private String owner(Phase.Ownership ownership) {
        JsonFields owner = new JsonFields();
        owner.put("operator", ownership.owner().value());
        owner.put("name", names.of(ownership.owner()));
        owner.put("institution", ownership.institution().value());
        owner.put("through", ownership.claimedOn().toString());
        owner.put("since", ownership.since().toString());
        return owner.object();
    }

    private String entry(Logged entry) {
        JsonFields fields = new JsonFields();
        fields.raw("seq", Long.toString(entry.seq()));
        fields.put("at", entry.at().toString());
        fields.put("event", JsonFields.word(entry.event().kind()));
        if (entry.event() instanceof ChatEvent.MessageSaid said) {
            fields.put("author", JsonFields.word(said.author().kind()));
            fields.put("for", said.audience() == Audience.STAFF_ONLY ? "staff" : "patron-and-staff");
        }
        if (entry.event() instanceof ChatEvent.FileShared shared) {
            fields.put("author", JsonFields.word(shared.author().kind()));
            fields.put("file", shared.file().value());
            fields.raw("size", Long.toString(shared.size()));
            entry.file().ifPresent(file -> {
                fields.put("fileName", file.name());
                fields.put("mediaType", file.mediaType());
            });
        }
        OperatorId operator = TranscriptNames.operator(entry.event());
        if (operator != null) {
            fields.put("operator", operator.value());
            fields.put("name", names.of(operator));
        }
        fields.put("text", TranscriptNames.text(entry));
        return fields.object();
    }
}
