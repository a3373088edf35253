package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.refusal.RefusedException;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that are no snapshot and no notice. */
final class ServerFrames {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFrames.class);

    private ServerFrames() {}

    static ObjectNode hello(Times times, int frameLimit, Instant now) {
        return Json.object()
                .put("type", "hello")
                .put("protocol", WebSocketTransport.PROTOCOL)
                .put("heartbeatMillis", times.heartbeat().toMillis())
                .put("authMillis", times.auth().toMillis())
                .put("frameLimit", frameLimit)
                .put("now", Json.instant(now));
    }

    static ObjectNode denied(RefusalCode code) {
        return Json.object().put("type", "denied").put("code", code.code());
    }

    /** Asks a client to come again through another connection, at a moment of its choice before that much time has passed. */
    static ObjectNode reconnect(Duration within) {
        return Json.object().put("type", "reconnect").put("withinMillis", within.toMillis());
    }

    static ObjectNode pong(Instant now) {
        return Json.object().put("type", "pong").put("now", Json.instant(now));
    }

    static ObjectNode error(String message) {
        return Json.object()
                .put("type", "error")
                .put("code", RefusalCode.UNSUPPORTED.code())
                .put("message", message);
    }

    static ObjectNode result(String id, Outcome<ObjectNode> outcome) {
        ObjectNode result = Json.object().put("type", "result").put("id", id);
        if (outcome instanceof Outcome.Refused<ObjectNode> refused) {
            Refusal refusal = refused.reason();
            return result.put("ok", false)
                    .put("code", refusal.code().code())
                    .put("message", refusal.message())
                    .put("repeat", Json.kebab(refusal.code().repeat()))
                    .put("applied", Json.kebab(refusal.code().applied()));
        }
        result.put("ok", true);
        outcome.value().ifPresent(result::setAll);
        return result;
    }

    /** What a failure is to the client: what went wrong in here stays in here, and in the log. */
    static Refusal refusal(Throwable failure) {
        Throwable inner = failure.getCause();
        Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
        if (cause instanceof Fields.Invalid invalid) {
            return Refusal.of(RefusalCode.INVALID, invalid.explanation());
        }
        if (cause instanceof RefusedException refused) {
            return refused.refusal();
        }
        if (cause instanceof StoreException store) {
            return store.outcomeUnknown()
                    ? Refusal.of(RefusalCode.UNKNOWN_OUTCOME, "the store did not say; repeat with the same id")
                    : Refusal.of(RefusalCode.UNAVAILABLE, "the store cannot be reached now");
        }
        LOG.error("A command or query failed", cause);
        return Refusal.of(RefusalCode.INTERNAL, "internal error; it has been logged");
    }
}
