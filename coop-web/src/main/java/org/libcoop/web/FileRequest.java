package org.libcoop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.libcoop.CoopEngine;
import org.libcoop.FileSession;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/**
 * How a file is taken over HTTP (U1): the body is the file as it is, the query has its {@code name} and may have the {@code id} of the command.
 * For hosts that have a door of their own.
 */
@Beta
public final class FileRequest {

    private static final long PATIENCE_SECONDS = 20;

    /** So much of what is refused is read all the same. */
    private static final int HEARD_OUT = 2_000_000;

    private FileRequest() {}

    /**
     * Shares what the request brings in a chat, and waits for the outcome. A form, and a body that says it is larger than
     * {@code uploadLimit}, is refused and not kept. What a refusal leaves of the body is read and thrown away, the first
     * {@value #HEARD_OUT} bytes: a client that is cut off while it sends may not hear why.
     *
     * @param in the chat, asked for once it is no form: reading the parameters of a form would read its body
     * @throws IOException if the body cannot be read
     */
    public static Outcome<Receipt> share(
            CoopEngine engine, FileSession files, Supplier<ChatId> in, HttpServletRequest request) throws IOException {
        Outcome<Receipt> outcome = taken(engine, files, in, request);
        if (outcome.refusal().isPresent()) {
            hearOut(request.getInputStream());
        }
        return outcome;
    }

    private static void hearOut(InputStream body) {
        try {
            long left = HEARD_OUT;
            byte[] buffer = new byte[8_192];
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = body.read(buffer);
            }
        } catch (IOException ignored) {
            // Whoever sent it does not wait for the answer.
        }
    }

    private static Outcome<Receipt> taken(
            CoopEngine engine, FileSession files, Supplier<ChatId> in, HttpServletRequest request) throws IOException {
        if (isForm(request)) {
            return Outcome.refused(RefusalCode.INVALID, "the body is the file itself, not a form");
        }
        long limit = engine.directory().policies().uploadLimitBytes();
        if (limit > 0 && request.getContentLengthLong() > limit) {
            return Outcome.refused(RefusalCode.TOO_LARGE, "the file is larger than " + limit + " bytes");
        }
        ChatId chat = in.get();
        String name = Objects.requireNonNullElse(request.getParameter("name"), "");
        String id = request.getParameter("id");
        CompletionStage<Outcome<Receipt>> command = id == null
                ? files.share(chat, name, request.getInputStream())
                : files.share(chat, name, request.getInputStream(), id);
        Outcome<Receipt> late = Outcome.refused(RefusalCode.UNKNOWN_OUTCOME, "the store has not answered yet");
        try {
            return command.toCompletableFuture()
                    .copy()
                    .completeOnTimeout(late, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            return Outcome.refused(RefusalCode.INTERNAL, "that failed here");
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        String small = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        return small.startsWith("application/x-www-form-urlencoded") || small.startsWith("multipart/");
    }
}
