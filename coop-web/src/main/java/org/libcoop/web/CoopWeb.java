package org.libcoop.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.libcoop.CoopEngine;
import org.libcoop.refusal.RefusalCode;

/**
 * What a library's page needs to carry the patron's chat, at one path of the host's own, usually {@code /coop-web/*}:
 *
 * <ul>
 * <li>{@code coop-chat.js}, the widget; {@code coop-client.js}, the client of the wire protocol it is made with; and their parts.
 *     For pages of any origin: they hold nothing that is not in this library's jar.
 * <li>{@code widgets/ID}: a widget's texts and fields, and whether it is online (W3, W4, W6, W7), as JSON. For pages of the host
 *     itself and of the origins that the widget names (W1); {@code not-allowed} for others, {@code not-found} for what is not there.
 *     {@code widgets/ID/status} is the status alone, {@code widgets/ID/faq} what is found in the public FAQ of its library (F1).
 * <li>{@code POST widgets/ID/questions}: a question that is left where nobody is there (W5), for the same pages.
 * <li>{@code files/CHAT} and {@code files/CHAT/FILE}: where a patron's page sends and gets files (U1), with the patron's key in the header
 *     {@code Authorization}. For pages of the host itself and of the origins that any widget names.
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

    private final transient StaticFiles files = new StaticFiles();
    private final transient WidgetDoor widgets;
    private final transient FileDoor door;

    /**
     * A servlet to be mounted by the host.
     *
     * @param socketPath where the host put the WebSocket endpoint: an absolute path such as {@code /coop}, or a whole address
     */
    public CoopWeb(CoopEngine engine, String socketPath) {
        this.widgets = new WidgetDoor(
                Objects.requireNonNull(engine, "engine"), Objects.requireNonNull(socketPath, "socketPath"));
        this.door = new FileDoor(engine);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request, response);
        if (path.startsWith(FileDoor.PATH)) {
            door.get(path.substring(FileDoor.PATH.length()), request, response);
            return;
        }
        if (path.startsWith(WidgetDoor.PATH)) {
            widgets.get(path.substring(WidgetDoor.PATH.length()), request, response);
            return;
        }
        StaticFiles.StaticFile file = files.find(path).orElse(null);
        if (file == null) {
            Answers.refuse(response, RefusalCode.NOT_FOUND, "there is no such resource");
        } else {
            send(file, request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request, response);
        if (path.startsWith(FileDoor.PATH)) {
            door.post(path.substring(FileDoor.PATH.length()), request, response);
        } else if (path.startsWith(WidgetDoor.PATH)) {
            widgets.post(path.substring(WidgetDoor.PATH.length()), request, response);
        } else {
            Answers.refuse(response, RefusalCode.NOT_FOUND, "there is no such resource");
        }
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request, response);
        if (path.startsWith(FileDoor.PATH)) {
            door.options(request, response);
        } else if (path.startsWith(WidgetDoor.PATH)) {
            widgets.options(path.substring(WidgetDoor.PATH.length()), request, response);
        } else {
            Answers.refuse(response, RefusalCode.NOT_FOUND, "there is no such resource");
        }
    }

    /** What is asked for, below the servlet; what every answer says is said. */
    private static String path(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        String info = request.getPathInfo();
        return info == null || info.isEmpty() ? "" : info.substring(1);
    }

    private static void send(StaticFiles.StaticFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Asked for again each time and not sent again: all parts of a page are of one version.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Access-Control-Allow-Origin", "*");
        if (!Answers.unchanged(request, response, file.etag())) {
            response.setContentType(file.type());
            response.getOutputStream().write(file.text().getBytes(StandardCharsets.UTF_8));
        }
    }
}
