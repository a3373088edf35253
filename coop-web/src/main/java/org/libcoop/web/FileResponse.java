package org.libcoop.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.libcoop.annotation.Beta;
import org.libcoop.spi.SharedFile;

/**
 * How a shared file is answered over HTTP (U1): to be saved, never to be shown in place, by no browser taken for anything else, and kept by
 * nobody in between. For hosts that have a door of their own.
 */
@Beta
public final class FileResponse {

    private FileResponse() {}

    /**
     * Writes the file as the whole answer, and closes it.
     *
     * @throws IOException if it cannot be read, or the client takes no more
     */
    public static void send(SharedFile file, HttpServletResponse response) throws IOException {
        try (file) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(file.mediaType());
            response.setContentLengthLong(file.size());
            response.setHeader("Content-Disposition", disposition(file.name()));
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
            response.setHeader("Cache-Control", "private, no-store");
            file.content().transferTo(response.getOutputStream());
        }
    }

    /** The name for everybody in letters of RFC 6266, and in UTF-8 for who reads RFC 8187. */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%';
    }
}
