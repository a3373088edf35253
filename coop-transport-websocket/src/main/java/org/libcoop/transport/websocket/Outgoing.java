package org.libcoop.transport.websocket;

import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Notice;

/**
 * One text on its way to one client or to thousands. <em>Immutable.</em>
 *
 * @param json the frame, or the notice that goes into one
 * @param about what a newer notice of this kind would replace; null where every one counts
 * @param alone the frame of a notice with no other in it, if it was made already
 */
record Outgoing(
        String json,
        boolean isNotice,
        @Nullable Object about,
        boolean isFleeting,
        @Nullable String alone) {

    private static final String HEAD = "{\"type\":\"notices\",\"notices\":[";
    private static final String TAIL = "]}";

    /** What a chat's news in one respect are about. */
    private record Respect(String of, Object chat) {}

    static Outgoing frame(String json) {
        return new Outgoing(json, false, null, false, null);
    }

    static Outgoing notice(Notice notice, String json) {
        return new Outgoing(json, true, about(notice), isFleeting(notice), null);
    }

    /** The same for many, so that the frame each of them gets is made once. */
    Outgoing shared() {
        return new Outgoing(json, isNotice, about, isFleeting, HEAD + json + TAIL);
    }

    boolean isReplaceable() {
        return about != null;
    }

    /** The frame if nothing else is in it. */
    String frame() {
        if (!isNotice) {
            return json;
        }
        return alone == null ? HEAD + json + TAIL : alone;
    }

    /** Begins a frame for several. */
    StringBuilder begin() {
        return new StringBuilder(HEAD).append(json);
    }

    /** Ends a frame for several. */
    static String end(StringBuilder packed) {
        return packed.append(TAIL).toString();
    }

    /** What a notice is about, if the newest one says all there is to say about it; null where every one counts. */
    private static @Nullable Object about(Notice notice) {
        if (notice instanceof Notice.Listed listed) {
            return new Respect("list", listed.chat().chat());
        }
        if (notice instanceof Notice.Unlisted unlisted) {
            return new Respect("list", unlisted.chat());
        }
        if (notice instanceof Notice.State state) {
            return new Respect("state", state.chat().chat());
        }
        if (notice instanceof Notice.Typing typing) {
            return new Respect("typing", typing.chat());
        }
        if (notice instanceof Notice.Seen seen) {
            return new Respect("seen", seen.chat());
        }
        if (notice instanceof Notice.Feedback feedback) {
            return new Respect("feedback", feedback.chat());
        }
        return notice instanceof Notice.Self ? "self" : null;
    }

    /** What is dropped first where there is much to send (M5). */
    private static boolean isFleeting(Notice notice) {
        return notice instanceof Notice.Typing || notice instanceof Notice.Seen;
    }
}
