package org.libcoop.refusal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a command was refused: a closed, append-only list, the same on the Java API and on the wire.
 *
 * <p>Where several codes would apply to one command, the one declared first is given (precedence); the codes from
 * {@link #BUSY} on speak about the way a command took rather than about what it asked for, and stand outside that
 * order. Codes are never renamed; the messages beside them may change.
 */
public enum RefusalCode {
    /** The command is malformed or a value in it is out of bounds. */
    INVALID("invalid", Category.INVALID, Repeat.NEVER, Applied.NO),
    /** What the command names does not exist, or the caller may not learn that it does (A9). */
    NOT_FOUND("not-found", Category.NOT_FOUND, Repeat.NEVER, Applied.NO),
    /** Nobody is left on the widget's route, so no chat was created (W5). */
    WIDGET_OFFLINE("widget-offline", Category.UNAVAILABLE, Repeat.LATER, Applied.NO),
    /** The chat is over, in whatever way. */
    CHAT_OVER("chat-over", Category.CONFLICT, Repeat.NEVER, Applied.NO),
    /** Somebody else owns the chat; told only to those who were reached in this round (C2). */
    ALREADY_CLAIMED("already-claimed", Category.CONFLICT, Repeat.NEVER, Applied.NO),
    /** The operator would be eligible but has as many open chats as the limit allows (C12). */
    AT_LIMIT("at-limit", Category.LIMIT, Repeat.LATER, Applied.NO),
    /** The chat is not open or offered to this operator at this instant; a later stage may change that (R6, C9). */
    NOT_ELIGIBLE("not-eligible", Category.DENIED, Repeat.LATER, Applied.NO),
    /** Only the owner of the chat may do this (C5). */
    NOT_OWNER("not-owner", Category.DENIED, Repeat.NEVER, Applied.NO),
    /** No timed stage is left that could be brought forward (C13). */
    NOTHING_PENDING("nothing-pending", Category.CONFLICT, Repeat.NEVER, Applied.NO),
    /** The access table forbids it (A8), or nobody is there to transfer to (C8). */
    NOT_ALLOWED("not-allowed", Category.DENIED, Repeat.NEVER, Applied.NO),
    /** No more files, or no more bytes, may be shared in the chat (U1). */
    UPLOAD_QUOTA("upload-quota", Category.LIMIT, Repeat.NEVER, Applied.NO),
    /** A file is, by its content, of a type that may not be shared (U1). */
    FILE_TYPE("file-type", Category.INVALID, Repeat.NEVER, Applied.NO),
    /**
     * The text has something in it that the patron's library keeps for staff; it goes through if the one who says it means to release
     * it (F2).
     */
    STAFFING_SECRET("staffing-secret", Category.CONFLICT, Repeat.NEVER, Applied.NO),
    /** The record was contended too often within the bounded number of tries; repeat with the same id (T2). */
    BUSY("busy", Category.CONFLICT, Repeat.SAME_ID, Applied.NO),
    /** The command id was used before, with other content. */
    COMMAND_ID_REUSED("command-id-reused", Category.CONFLICT, Repeat.NEVER, Applied.NO),
    /** More commands, chats or connections than the limits of a stranger allow (T5). */
    RATE_LIMITED("rate-limited", Category.LIMIT, Repeat.LATER, Applied.NO),
    /** A frame, text or file is larger than its limit (T5, M2, U1). */
    TOO_LARGE("too-large", Category.LIMIT, Repeat.NEVER, Applied.NO),
    /** A part the command needs cannot be reached now; nothing was applied. */
    UNAVAILABLE("unavailable", Category.UNAVAILABLE, Repeat.LATER, Applied.NO),
    /** The store did not say whether the change was applied; repeating with the same id gives the true result. */
    UNKNOWN_OUTCOME("unknown-outcome", Category.UNKNOWN_OUTCOME, Repeat.SAME_ID, Applied.UNKNOWN),
    /** This deployment does not offer the operation. */
    UNSUPPORTED("unsupported", Category.INVALID, Repeat.NEVER, Applied.NO),
    /**
     * A defect of the library or of a part of the host; what was applied is not known, repeating with the same id is
     * harmless.
     */
    INTERNAL("internal", Category.INTERNAL, Repeat.SAME_ID, Applied.UNKNOWN);

    private static final Map<String, RefusalCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(RefusalCode::code, Function.identity()));

    private final String code;
    private final Category category;
    private final Repeat repeat;
    private final Applied applied;

    RefusalCode(String code, Category category, Repeat repeat, Applied applied) {
        this.code = code;
        this.category = category;
        this.repeat = repeat;
        this.applied = applied;
    }

    /** Returns the kebab-case code, as it appears on the wire and in scenario files. */
    public String code() {
        return code;
    }

    /** Returns the kind of refusal, for callers that do not tell the codes apart. */
    public Category category() {
        return category;
    }

    /** Returns whether repeating the command can help. */
    public Repeat repeat() {
        return repeat;
    }

    /** Returns whether the refused command may have been applied all the same. */
    public Applied applied() {
        return applied;
    }

    /** Returns the code written so in kebab-case, exactly; empty where this version does not know it. */
    public static Optional<RefusalCode> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** Returns the kebab-case code. */
    @Override
    public String toString() {
        return code;
    }

    /** The kinds of refusal. */
    public enum Category {
        /** The command itself is wrong. */
        INVALID,
        /** The caller may not do this. */
        DENIED,
        /** It does not exist, or not for this caller. */
        NOT_FOUND,
        /** The state of things forbids it. */
        CONFLICT,
        /** A limit is reached. */
        LIMIT,
        /** Something or somebody needed is not there now. */
        UNAVAILABLE,
        /** It may or may not have happened. */
        UNKNOWN_OUTCOME,
        /** A defect. */
        INTERNAL
    }

    /** Whether repeating a refused command can help. */
    public enum Repeat {
        /** The same command would be refused again, unless what it is about is changed first. */
        NEVER,
        /** After a while the same command may be accepted. */
        LATER,
        /** Repeating under the same command id is safe and leads to the true result. */
        SAME_ID
    }

    /** Whether a refused command changed anything. */
    public enum Applied {
        /** It changed nothing. */
        NO,
        /** It is not known whether it did. */
        UNKNOWN
    }
}
