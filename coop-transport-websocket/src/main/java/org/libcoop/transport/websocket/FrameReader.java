package org.libcoop.transport.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.libcoop.spi.CommandId;

/** Reads clients' messages; never throws for what a stranger sent. <em>Safe for use by several threads.</em> */
final class FrameReader {

    /** The longest token a client may present. */
    static final int TOKEN_LIMIT = 4_096;

    /** The most chats a client may name to go on with. */
    static final int RESUME_LIMIT = 100;

    private static final ClientFrame MALFORMED = new ClientFrame.Malformed();

    private final int depth;
    private final JsonMapper mapper;

    FrameReader(int depth) {
        this.depth = depth;
        this.mapper = Json.reader(depth);
    }

    /** How deep what it reads may be nested. */
    int depth() {
        return depth;
    }

    ClientFrame read(String message) {
        try {
            JsonNode tree = mapper.readTree(message);
            return tree instanceof ObjectNode object ? frame(new Fields(object)) : MALFORMED;
        } catch (JsonProcessingException | Fields.Invalid unreadable) {
            return MALFORMED;
        }
    }

    private static ClientFrame frame(Fields fields) {
        return switch (fields.text("type")) {
            case "auth" -> auth(fields);
            case "ping" -> new ClientFrame.Ping();
            case "command" -> new ClientFrame.Command(id(fields), fields.text("do"), fields);
            case "query" -> new ClientFrame.Query(id(fields), fields.text("ask"), fields);
            case "typing", "seen" -> new ClientFrame.Whisper(fields.text("type"), fields);
            default -> new ClientFrame.Unknown();
        };
    }

    private static ClientFrame auth(Fields fields) {
        String token = fields.text("token");
        List<ClientFrame.Held> resume = fields.objects("resume", RESUME_LIMIT).stream()
                .map(held -> new ClientFrame.Held(held.chat(), held.countGiven("after")))
                .toList();
        return token.length() > TOKEN_LIMIT ? MALFORMED : new ClientFrame.Auth(fields.text("role"), token, resume);
    }

    private static String id(Fields fields) {
        String id = fields.text("id");
        if (!CommandId.fits(id)) {
            throw new Fields.Invalid(
                    "id must have 1 to " + CommandId.MAX_LENGTH + " characters, no control characters among them");
        }
        return id;
    }
}
