package org.libcoop.store.jdbc.nodes;

import org.jspecify.annotations.Nullable;

/**
 * What a node answered to a request.
 *
 * @param code the code of the refusal; null where it was done; {@link #NONE} where the node died without a word
 * @param message why it was refused, in words
 * @param chat the chat, where there is one
 * @param seq the number of the chat's last entry after the change, where there is one
 */
record Answer(
        @Nullable String code, String message, @Nullable String chat, long seq) {

    static final String NONE = "no answer";

    /** The node is gone: whether the request was done is not known. */
    static Answer none() {
        return new Answer(NONE, "the node is gone", null, 0);
    }

    boolean done() {
        return code == null;
    }

    /** Whether it was not done, and may be if it is asked again later. */
    boolean later() {
        return "unavailable".equals(code) || "busy".equals(code);
    }

    /** Whether it may have been done all the same. */
    boolean unknown() {
        return NONE.equals(code) || "unknown-outcome".equals(code) || "internal".equals(code);
    }

    /** The chat of what was done. */
    String doneOn() {
        if (!done() || chat == null) {
            throw new AssertionError("not done: " + this);
        }
        return chat;
    }
}
