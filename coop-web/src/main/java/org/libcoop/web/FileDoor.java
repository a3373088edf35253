package org.libcoop.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.FileSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;
import org.libcoop.spi.SharedFile;

/**
 * Where a patron's page sends and gets files (U1): {@code POST files/CHAT?name=NAME&id=COMMAND} with the bytes as they are, and
 * {@code GET files/CHAT/FILE}. The patron's key comes in the header {@code Authorization}, which no page of another site can send without being
 * asked about, and no address ever has. For pages of the host itself and of the origins that a widget names (W1, G20).
 * <em>Safe for use by several threads.</em>
 */
final class FileDoor {

    /** What a path begins with that leads here. */
    static final String PATH = "files/";

    private static final String BEARER = "Bearer ";

    /** So many patrons send at a time: each holds a thread of the container's for as long as it takes. */
    private static final int SENDERS = 8;

    private final CoopEngine engine;
    private final Semaphore senders = new Semaphore(SENDERS);

    FileDoor(CoopEngine engine) {
        this.engine = engine;
    }

    /** Answers a browser that asks whether a page may. */
    void options(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (allowed(request, response)) {
            Origins.preflight(response, "Authorization, Content-Type");
        }
    }

    /** Gives a file. */
    void get(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        FileSession files = allowed(request, response) ? patron(request, response) : null;
        if (files == null) {
            return;
        }
        String[] parts = path.split("/", -1);
        Outcome<SharedFile> found = parts.length == 2 && isChat(parts[0]) && FileId.fits(parts[1])
                ? files.file(ChatId.of(parts[0]), FileId.of(parts[1]))
                : noSuchChat();
        if (found instanceof Outcome.Refused<SharedFile> refused) {
            Answers.refuse(response, refused.reason());
        } else {
            FileResponse.send(found.orElseThrow(), response);
        }
    }

    /** Takes a file. */
    void post(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        FileSession files = allowed(request, response) ? patron(request, response) : null;
        if (files == null) {
            return;
        }
        if (!senders.tryAcquire()) {
            Answers.refuse(response, RefusalCode.RATE_LIMITED, "too many files are on their way; wait a little");
            return;
        }
        Outcome<Receipt> outcome;
        try {
            outcome = isChat(path) ? FileRequest.share(engine, files, () -> ChatId.of(path), request) : noSuchChat();
        } finally {
            senders.release();
        }
        if (outcome instanceof Outcome.Refused<Receipt> refused) {
            Answers.refuse(response, refused.reason());
        } else {
            Receipt receipt = outcome.orElseThrow();
            Answers.answer(
                    response,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("chat", receipt.chat().value())
                            .put("seq", receipt.seq()));
        }
    }

    private static boolean isChat(String text) {
        return FileId.fits(text + ".f");
    }

    private static <T> Outcome<T> noSuchChat() {
        return Outcome.refused(RefusalCode.NOT_FOUND, "there is no such chat for you");
    }

    // ---- Who asks

    /** Whether a page of this origin may; refused if not. */
    private boolean allowed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Vary", "Origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Access-Control-Expose-Headers", "Content-Disposition");
        boolean admitted = Origins.admits(request, response, this::isNamed);
        if (!admitted) {
            Answers.refuse(response, RefusalCode.NOT_ALLOWED, "this page may not do that");
        }
        return admitted;
    }

    private boolean isNamed(String origin) {
        return engine.directory().widgets().stream()
                .anyMatch(widget -> widget.origins().contains(origin));
    }

    private @Nullable FileSession patron(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String header = request.getHeader("Authorization");
        String key = header != null && header.startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
        if (Principal.OfPatron.fits(key)) {
            return engine.files(new Principal.OfPatron(key), Objects.requireNonNullElse(request.getRemoteAddr(), ""));
        }
        response.setHeader("WWW-Authenticate", "Bearer");
        Answers.refuse(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                Refusal.of(RefusalCode.NOT_ALLOWED, "the patron's key is needed"));
        return null;
    }
}
