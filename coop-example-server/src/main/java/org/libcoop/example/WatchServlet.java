package org.libcoop.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Health;

/** For those who run the server: {@code /health}, with what it answers to {@code /health/live}, and {@code /metrics}. */
@SuppressWarnings("serial") // a servlet is never serialised
final class WatchServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final Supplier<Health> health;
    private final Metrics metrics;

    WatchServlet(Supplier<Health> health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        switch (path) {
            case "/health" -> {
                Health now = health.get();
                answer(response, status(now.ready()), json(now));
            }
            case "/health/live" -> {
                Health now = health.get();
                answer(response, status(now.alive()), json(now));
            }
            case "/metrics" -> {
                response.setContentType("text/plain; version=0.0.4; charset=utf-8");
                response.setHeader("Cache-Control", "no-store");
                response.getOutputStream().write(metrics.text().getBytes(StandardCharsets.UTF_8));
            }
            default -> noSuchResource(response);
        }
    }

    private static int status(boolean well) {
        return well ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    private static ObjectNode json(Health now) {
        return object().put("state", now.state().name().toLowerCase(Locale.ROOT))
                .put("ready", now.ready())
                .put("alive", now.alive())
                .put("worstOverdueMillis", now.worstOverdue().toMillis())
                .put("worstLatenessMillis", now.worstLateness().toMillis())
                .put("checkedAt", now.checkedAt().toString())
                .put("silentForMillis", now.silentFor().toMillis())
                .put("liveChats", now.liveChats())
                .put("waitingChats", now.waitingChats())
                .put("storeAwaySince", text(now.storeAwaySince()))
                .put("archiveAwaySince", text(now.archiveAwaySince()))
                .put("unarchived", now.unarchived())
                .put("slowestListenerMillis", now.slowestListener().toMillis())
                .put("ticketDeskAwaySince", text(now.ticketDeskAwaySince()))
                .put("ticketsWaiting", now.tickets().waiting())
                .put("ticketsWaitingSince", text(now.tickets().since()))
                .put("ticketsForgetting", now.tickets().forgetting());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
