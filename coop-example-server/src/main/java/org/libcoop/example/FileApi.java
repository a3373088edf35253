package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.SharedFile;
import org.libcoop.web.FileRequest;
import org.libcoop.web.FileResponse;

/** Files of chats over HTTP, for the staff (U1): shared by the owner, got along the chat or along its transcript. */
final class FileApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    FileApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ChatId chat = ChatId.of(String.valueOf(asked(request, "chat")));
        FileId file = FileId.of(String.valueOf(asked(request, "file")));
        switch (path) {
            case "" -> send(response, engine.files(me).file(chat, file));
            case "/transcript" -> {
                String coop = asked(request, "coop");
                TranscriptPath along = coop == null ? TranscriptPath.home() : TranscriptPath.coop(coop);
                send(response, engine.transcripts(me).file(along, chat, file));
            }
            default -> noSuchResource(response);
        }
    }

    private static void send(HttpServletResponse response, Outcome<SharedFile> found) throws IOException {
        if (found instanceof Outcome.Refused<SharedFile> refused) {
            refuse(response, refused.reason());
        } else {
            FileResponse.send(found.orElseThrow(), response);
        }
    }

    @Override
    boolean takesBytes() {
        return true;
    }

    @Override
    @Nullable
    Outcome<ObjectNode> take(OperatorId me, String path, HttpServletRequest request) throws IOException {
        if (!path.equals("/share")) {
            return null;
        }
        return FileRequest.share(
                        engine, engine.files(me), () -> ChatId.of(String.valueOf(asked(request, "chat"))), request)
                .map(FileApi::shared);
    }

    private static ObjectNode shared(Receipt receipt) {
        return object().put("chat", receipt.chat().value()).put("seq", receipt.seq());
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return null;
    }
}
