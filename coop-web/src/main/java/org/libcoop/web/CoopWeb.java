package org.libcoop.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.WidgetStatus;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.RefusalCode;

/**
 * What a library's page needs to carry the patron's chat, at one path of the host's own, usually {@code /coop-web/*}:
 *
 * <ul>
 * <li>{@code coop-chat.js}, the widget; {@code coop-client.js}, the client of the wire protocol it is made with; and their parts.
 *     For pages of any origin: they hold nothing that is not in this library's jar.
 * <li>{@code widgets/ID}: a widget's texts and fields, and whether it is online (W3, W4, W6, W7), as JSON. For pages of the host
 *     itself and of the origins that the widget names (W1); {@code not-allowed} for others, {@code not-found} for what is not there.
 * </ul>
 *
 * <pre>{@code
 * <script type="module" src="https://chat.library.edu/coop-web/coop-chat.js" data-widget="databases"></script>
 * }</pre>
 *
 * <p>A widget's answer may be kept for {@code statusCache} (policy, 5 s). <em>Safe for use by several threads.</em>
 */
public final class CoopWeb extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String WIDGETS = "widgets/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient CoopEngine engine;
    private final transient String socketPath;
    private final transient StaticFiles files = new StaticFiles();

    /**
     * A servlet to be mounted by the host.
     *
     * @param socketPath where the host put the WebSocket endpoint: an absolute path such as {@code /coop}, or a whole address
     */
    public CoopWeb(CoopEngine engine, String socketPath) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.socketPath = Objects.requireNonNull(socketPath, "socketPath");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String info = request.getPathInfo();
        String path = info == null || info.isEmpty() ? "" : info.substring(1);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (path.startsWith(WIDGETS)) {
            widget(path.substring(WIDGETS.length()), request, response);
            return;
        }
        StaticFiles.StaticFile file = files.find(path).orElse(null);
        if (file == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, RefusalCode.NOT_FOUND, "there is no such resource");
        } else {
            send(file, request, response);
        }
    }

    private static void send(StaticFiles.StaticFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Asked for again each time and not sent again: all parts of a page are of one version.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.etag());
        response.setHeader("Access-Control-Allow-Origin", "*");
        if (file.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.type());
        response.getOutputStream().write(file.text().getBytes(StandardCharsets.UTF_8));
    }

    // ---- Widgets

    private void widget(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Vary", "Origin");
        WidgetStatus found = find(id).orElse(null);
        String origin = request.getHeader("Origin");
        boolean own = isOwn(origin, request.getHeader("Host"));
        if (found == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, RefusalCode.NOT_FOUND, "there is no such widget");
        } else if (!own && !found.widget().origins().contains(origin)) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    RefusalCode.NOT_ALLOWED,
                    "this page may not use that widget");
        } else {
            if (!own) {
                response.setHeader("Access-Control-Allow-Origin", origin);
            }
            long seconds = engine.directory().policies().statusCache().toSeconds();
            response.setHeader("Cache-Control", seconds == 0 ? "no-store" : "max-age=" + seconds);
            answer(response, HttpServletResponse.SC_OK, WidgetJson.of(engine.directory(), found, socketPath));
        }
    }

    private Optional<WidgetStatus> find(String id) {
        try {
            return engine.widget(WidgetId.of(id)).value();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /** Browsers say where a page comes from whenever it is not the address asked; who says nothing is that, or no browser. */
    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin == null
                || (host != null && (origin.equals("https://" + host) || origin.equals("http://" + host)));
    }

    private static void refuse(HttpServletResponse response, int status, RefusalCode code, String message)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        answer(
                response,
                status,
                JsonNodeFactory.instance.objectNode().put("code", code.code()).put("message", message));
    }

    private static void answer(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
