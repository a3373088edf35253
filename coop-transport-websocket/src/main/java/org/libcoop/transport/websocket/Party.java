package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/** Who is at the far end once authenticated: one role's commands and questions, and nothing of the other's. */
interface Party {

    /** The snapshot to begin with. */
    ObjectNode welcome(ClientFrame.Auth auth);

    /**
     * Does what a command says; the stage completes after the commit with what its result carries (TR2).
     *
     * @throws Fields.Invalid if a field is missing, of the wrong type or out of bounds
     */
    CompletionStage<Outcome<ObjectNode>> perform(ClientFrame.Command command);

    /**
     * Answers a question.
     *
     * @throws Fields.Invalid if a field is missing, of the wrong type or out of bounds
     */
    Outcome<JsonNode> answer(ClientFrame.Query query);

    /**
     * Passes on what is neither kept nor answered (M5).
     *
     * @throws Fields.Invalid if a field is missing, of the wrong type or out of bounds
     */
    void whisper(ClientFrame.Whisper whisper);

    /** Whether the directory still knows who this is. */
    boolean isKnown();

    /** A sign of life (TR4). */
    void renew();

    /** The connection is over (TR4). */
    void disconnect();

    /** What the result of a command about a chat carries. */
    static CompletionStage<Outcome<ObjectNode>> receipt(CompletionStage<Outcome<Receipt>> stage) {
        return stage.thenApply(outcome -> outcome.map(
                receipt -> Json.object().put("chat", receipt.chat().value()).put("seq", receipt.seq())));
    }

    /** A refusal of what the other role may do, or of what nobody can. */
    static <T> Outcome<T> notMine(boolean ofOtherRole) {
        return ofOtherRole
                ? Outcome.refused(RefusalCode.NOT_ALLOWED, "this is not for your role")
                : Outcome.refused(RefusalCode.UNSUPPORTED, "there is no such operation");
    }

    /** The same as an answered stage. */
    static CompletionStage<Outcome<ObjectNode>> notMineLater(boolean ofOtherRole) {
        return CompletableFuture.completedFuture(notMine(ofOtherRole));
    }
}
