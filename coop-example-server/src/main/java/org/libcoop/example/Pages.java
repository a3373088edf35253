package org.libcoop.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.WidgetId;

/**
 * The pages and their parts: files of the class path below {@code web/}, and nothing else. A path is taken only if each of its
 * parts is a plain name, so none leads out of there.
 */
final class Pages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PLAIN =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final String ASSETS = "/assets/";
    private static final Set<String> STAFF =
            Set.of("/dashboard", "/transcripts", "/statistics", "/accounts", "/widgets", "/tickets");
    private static final String LIBRARY = "/library/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "wav", "audio/wav");

    private final transient Predicate<WidgetId> known;

    /** {@code known} says whether there is a widget, and so its library page. */
    Pages(Predicate<WidgetId> known) {
        this.known = known;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String file = file(path);
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try (InputStream content = Pages.class.getResourceAsStream("/web/" + file)) {
            String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
            if (content == null || type == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            if (path.startsWith(LIBRARY) && !isLibrary(path.substring(LIBRARY.length()))) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND); // the page itself says it in its own words
            }
            response.setContentType(type);
            response.setHeader("Cache-Control", "no-cache");
            content.transferTo(response.getOutputStream());
        }
    }

    private static @Nullable String file(String path) {
        if (path.equals("/")) {
            return "index.html";
        }
        if (STAFF.contains(path)) {
            return path.substring(1) + ".html";
        }
        if (path.startsWith(LIBRARY)) {
            return "library.html";
        }
        String asset = path.startsWith(ASSETS) ? path.substring(ASSETS.length()) : "";
        return PLAIN.matcher(asset).matches() ? asset : null;
    }

    private boolean isLibrary(String id) {
        try {
            return known.test(WidgetId.of(id));
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }
}
