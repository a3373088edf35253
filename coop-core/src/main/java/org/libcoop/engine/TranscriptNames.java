package org.libcoop.engine;

import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;

/** The words in which transcripts are written out. Whoever is gone from the directory keeps the id, as people need to know who answered. */
record TranscriptNames(Directory directory) {

    String of(InstitutionId id) {
        return directory.institution(id).map(found -> found.name()).orElse(id.value());
    }

    String of(WidgetId id) {
        return directory.widget(id).map(found -> found.name()).orElse(id.value());
    }

    String of(OperatorId id) {
        return directory.operator(id).map(Operator::displayName).orElse(id.value());
    }

    /** Who an entry names, if anybody. */
    static @Nullable OperatorId operator(ChatEvent event) {
        if (event instanceof ChatEvent.MessageSaid said) {
            return said.author().operator();
        }
        if (event instanceof ChatEvent.FileShared shared) {
            return shared.author().operator();
        }
        if (event instanceof ChatEvent.ChatClaimed claimed) {
            return claimed.owner();
        }
        if (event instanceof ChatEvent.Transferred transferred) {
            return transferred.owner();
        }
        if (event instanceof ChatEvent.OwnerLost lost) {
            return lost.owner();
        }
        if (event instanceof ChatEvent.ChatDismissed dismissed) {
            return dismissed.by();
        }
        if (event instanceof ChatEvent.ChatEnded ended) {
            Author by = ended.by();
            return by == null ? null : by.operator();
        }
        return null;
    }

    /** A shared file in words: name, type and bytes; the text that took its place, null where it was deleted (U1). */
    static @Nullable String file(ChatEvent.FileShared shared, Logged entry) {
        return entry.file()
                .map(file -> file.name() + " (" + file.mediaType() + ", " + shared.size() + " bytes)")
                .or(entry::text)
                .orElse(null);
    }

    /** The text of a message; null for what is no message, or whose content was deleted. */
    static @Nullable String text(Logged entry) {
        return entry.text().orElse(null);
    }

    /** What is known of the patron; nothing where it was deleted. */
    static Content.PatronDetails patron(Iterable<Logged> log) {
        for (Logged entry : log) {
            if (entry.content() instanceof Content.PatronDetails details) {
                return details;
            }
        }
        return Content.PatronDetails.NONE;
    }
}
