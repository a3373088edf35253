package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.spi.Notice;

/**
 * What a patron sees, as JSON. The second lock behind the engine's own: whatever is handed in, nothing for staff only, no id
 * of a person and no inner workings come out (M1). <em>Safe for use by several threads.</em>
 */
final class PatronView {

    private final Names names;

    PatronView(Names names) {
        this.names = names;
    }

    ObjectNode state(Notice.ChatState chat) {
        // Why a librarian put a chat away is the staff's business: to its patron it has ended.
        Phase.Kind phase = chat.phase() == Phase.Kind.DISMISSED ? Phase.Kind.ENDED : chat.phase();
        return ChatJson.state(chat, phase);
    }

    /** The notice for a patron, or null if it is none of the patron's. */
    @Nullable
    ObjectNode notice(Notice notice) {
        if (notice instanceof Notice.State state) {
            ObjectNode node = Json.object().put("is", "state");
            node.set("state", state(state.chat()));
            return node;
        }
        if (notice instanceof Notice.Entry entry) {
            ObjectNode seen = entry(entry.entry());
            if (seen != null) {
                ObjectNode node = Json.object()
                        .put("is", "entry")
                        .put("chat", entry.chat().value());
                node.set("entry", seen);
                return node;
            }
        }
        return ChatJson.whisper(notice);
    }

    /** One entry of the log for the patron, or null if it is not for the patron. */
    @Nullable
    ObjectNode entry(Logged entry) {
        ChatEvent event = entry.event();
        ObjectNode node = ChatJson.entry(entry);
        return switch (event.kind()) {
            case STARTED,
                    STAGE_OPENED,
                    PATRON_GONE,
                    PATRON_BACK,
                    TRANSFER_OFFERED,
                    OFFER_WIDENED,
                    OFFER_DECLINED,
                    TRANSFER_OVER,
                    DISMISSED -> null;
            case STILL_LOOKING -> node;
            case CLAIMED -> {
                names.putPerson(node, ((ChatEvent.ChatClaimed) event).owner());
                yield node;
            }
            case TRANSFERRED -> {
                names.putPerson(node, ((ChatEvent.Transferred) event).owner());
                yield node;
            }
            case SAID -> said(node, (ChatEvent.MessageSaid) event, entry);
            case RATED -> ChatJson.rated(node, entry);
            case ERASED -> ChatJson.erased(node, (ChatEvent.ContentErased) event);
            case FILE_SHARED -> shared(node, (ChatEvent.FileShared) event, entry);
            case OWNER_LOST -> {
                names.putPerson(node, ((ChatEvent.OwnerLost) event).owner());
                yield node;
            }
            case ENDED -> {
                ChatJson.ended(node, (ChatEvent.ChatEnded) event);
                yield node;
            }
            case MISSED -> {
                ChatJson.missed(node, (ChatEvent.ChatMissed) event);
                yield node;
            }
        };
    }

    private ObjectNode shared(ObjectNode node, ChatEvent.FileShared shared, Logged entry) {
        author(node, shared.author());
        ChatJson.file(node, shared, entry);
        return node;
    }

    private @Nullable ObjectNode said(ObjectNode node, ChatEvent.MessageSaid said, Logged entry) {
        if (said.audience() != Audience.PATRON_AND_STAFF) {
            return null;
        }
        author(node, said.author());
        ChatJson.text(node, entry);
        return node;
    }

    private void author(ObjectNode node, Author author) {
        node.put("author", Json.kebab(author.kind()));
        if (author.operator() != null) {
            names.putPerson(node, author.operator());
        }
        node.put("mine", author.kind() == Author.Kind.PATRON);
    }
}
