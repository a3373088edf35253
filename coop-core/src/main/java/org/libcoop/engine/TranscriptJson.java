package org.libcoop.engine;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

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
        Fields chat = new Fields();
        chat.put("chat", summary.chat().value());
        chat.put("institution", summary.home().value());
        chat.put("institutionName", names.of(summary.home()));
        chat.put("widget", summary.widget().value());
        chat.put("startedAt", summary.startedAt().toString());
        chat.put("overAt", summary.overAt().toString());
        chat.put("outcome", word(summary.outcome()));
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
        Fields patron = new Fields();
        patron.put("name", details.name());
        patron.put("email", details.email());
        patron.put("referrer", details.referrer());
        patron.put("userAgent", details.userAgent());
        patron.raw("consented", Boolean.toString(details.consented()));
        return patron.object();
    }

    private String owner(Phase.Ownership ownership) {
        Fields owner = new Fields();
        owner.put("operator", ownership.owner().value());
        owner.put("name", names.of(ownership.owner()));
        owner.put("institution", ownership.institution().value());
        owner.put("through", ownership.claimedOn().toString());
        owner.put("since", ownership.since().toString());
        return owner.object();
    }

    private String entry(Logged entry) {
        Fields fields = new Fields();
        fields.raw("seq", Long.toString(entry.seq()));
        fields.put("at", entry.at().toString());
        fields.put("event", word(entry.event().kind()));
        if (entry.event() instanceof ChatEvent.MessageSaid said) {
            fields.put("author", word(said.author().kind()));
            fields.put("for", said.audience() == Audience.STAFF_ONLY ? "staff" : "patron-and-staff");
        }
        OperatorId operator = TranscriptNames.operator(entry.event());
        if (operator != null) {
            fields.put("operator", operator.value());
            fields.put("name", names.of(operator));
        }
        fields.put("text", TranscriptNames.text(entry));
        return fields.object();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fields of one object, in order. */
    private static final class Fields {
        private final StringBuilder json = new StringBuilder();

        void put(String key, @Nullable String text) {
            if (text != null) {
                raw(key, quoted(text));
            }
        }

        void raw(String key, String value) {
            json.append(json.isEmpty() ? "" : ",")
                    .append(quoted(key))
                    .append(':')
                    .append(value);
        }

        String object() {
            return "{" + json + "}";
        }

        /** Everything outside printable ASCII but well-formed Unicode is escaped where JSON or a line-wise reader needs it. */
        private static String quoted(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> quoted.append("\\\"");
                    case '\\' -> quoted.append("\\\\");
                    case '\n' -> quoted.append("\\n");
                    case '\r' -> quoted.append("\\r");
                    case '\t' -> quoted.append("\\t");
                    default -> {
                        boolean escaped = c < ' ' || c == '\u2028' || c == '\u2029' || c == 0x7f;
                        quoted.append(escaped ? "\\u%04x".formatted((int) c) : String.valueOf(c));
                    }
                }
            }
            return quoted.append('"').toString();
        }
    }
}
