package org.libcoop.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Notice;

/** Whether what people are told is true, held against what the store has at that instant. */
final class Promises {

    /** These speak about the way a command took, and say nothing about an earlier attempt. */
    private static final Set<RefusalCode> OF_THE_WAY =
            Set.of(RefusalCode.BUSY, RefusalCode.RATE_LIMITED, RefusalCode.UNAVAILABLE, RefusalCode.UNKNOWN_OUTCOME);

    private final Witness witness;
    private final Trace trace;
    private final Map<String, OperatorId> winners = new HashMap<>();

    Promises(Witness witness, Trace trace) {
        this.witness = witness;
        this.trace = trace;
    }

    // ---- Answers
    // -----------------------------------------------------------------------------------------------------

    void acknowledged(Request request, Receipt receipt, SimulatedNode by) {
        trace.line(by + " answers " + request + ": " + witness.name(receipt.chat()) + "#" + receipt.seq());
        trace.count("acknowledged " + request.kind);
        ChatRecord chat = witness.chat(receipt.chat());
        if (chat == null || receipt.seq() > chat.seq()) {
            witness.wrong(request + " is acknowledged as entry " + receipt.seq() + ", which is not stored");
            return;
        }
        if (request.chat != null && !request.chat.equals(chat.id())) {
            witness.wrong(request + " is acknowledged for another chat");
        }
        Receipt before = request.acknowledged;
        if (before != null && appends(request) && !before.equals(receipt)) {
            witness.wrong(request + " is acknowledged as " + receipt + " after " + before);
        }
        request.acknowledged = receipt;
        String missing = missing(request, chat, receipt.seq());
        if (missing != null) {
            witness.wrong(request + " is acknowledged, but " + chat + " " + missing);
        }
    }

    /** What the store lacks of what was acknowledged; null if nothing. */
    private @Nullable String missing(Request request, ChatRecord chat, long upTo) {
        return switch (request.kind) {
            case START, TRANSFER, DECLINE, WITHDRAW -> null;
            case CLAIM, ACCEPT -> lostClaim(request, chat, upTo);
            case SAY, NOTE -> {
                Long seq = chat.saidAs(request.text);
                yield seq != null && seq <= upTo ? null : "does not have \"" + request.text + "\" up to entry " + upTo;
            }
            case END -> chat.end() == ChatEvent.Kind.ENDED ? null : "has not ended";
            case DISMISS -> chat.end() == ChatEvent.Kind.DISMISSED ? null : "was not dismissed";
            case HURRY -> request.seen != null && chat.timetable().isOpen(request.seen) ? null : "has not opened it";
            case LEAVE -> chat.over() ? null : "is not over";
        };
    }

    /** The winner is who has the last claim up to the receipt, and nobody else was ever told so for the same round. */
    private @Nullable String lostClaim(Request request, ChatRecord chat, long upTo) {
        ChatRecord.Claim last = null;
        for (ChatRecord.Claim claim : chat.claims()) {
            last = claim.seq() <= upTo ? claim : last;
        }
        if (last == null || request.by == null || !last.owner().equals(request.by)) {
            return "was claimed by " + (last == null ? "nobody" : last.owner());
        }
        OperatorId told = winners.putIfAbsent(chat + "#" + last.seq(), request.by);
        return told == null || told.equals(request.by) ? null : "was promised to " + told;
    }

    void refused(Request request, Refusal refusal, SimulatedNode by) {
        RefusalCode code = refusal.code();
        trace.line(by + " refuses " + request + ": " + code);
        trace.count("refused " + code);
        request.doubtful |= code.applied() == RefusalCode.Applied.UNKNOWN;
        if (code == RefusalCode.INTERNAL) {
            witness.wrong(request + " met an internal error on " + by);
        }
        boolean ofTheWay = OF_THE_WAY.contains(code);
        if (request.acknowledged != null && appends(request) && !ofTheWay) {
            witness.wrong(request + " was acknowledged, and is now refused with " + code);
        }
        ChatRecord chat = request.chat == null ? null : witness.chat(request.chat);
        boolean stored = chat != null && !request.text.isEmpty() && chat.saidAs(request.text) != null;
        if (stored && request.refusedForGood()) {
            witness.wrong(request + " is refused with " + code + ", but " + chat + " has it");
        }
    }

    /** Whether an accepted one always leaves an entry of its own, so that a repetition must get the first answer. */
    private static boolean appends(Request request) {
        return switch (request.kind) {
            case SAY, NOTE, END, DISMISS, TRANSFER, DECLINE, WITHDRAW, LEAVE -> true;
            case START, CLAIM, ACCEPT, HURRY -> false;
        };
    }

    // ---- Notices
    // -----------------------------------------------------------------------------------------------------

    /** R6: nobody is told of a chat but through an open stage they have access to, and nobody of one that does not wait. */
    void listed(OperatorId operator, Notice.ChatSummary summary, SimulatedNode by) {
        ChatRecord chat = witness.chat(summary.chat());
        if (chat == null) {
            witness.wrong(operator + " is told of a chat that is not stored");
            return;
        }
        if (summary.offer() != null) {
            // C9: what is not offered (any more) may still be shown by a node that has not followed.
            if (!chat.wasOfferedTo(operator)) {
                witness.wrong(operator + " is told of an offer of " + chat + " to others");
            }
            return;
        }
        Directory directory = by.engine().directory();
        Set<Stage> access = directory.stagesOf(operator);
        boolean through = summary.open().stream()
                .anyMatch(stage -> access.contains(stage)
                        && chat.timetable().isOpen(stage)
                        && directory.reachable(chat.start().plan().home(), stage.option()));
        if (!through) {
            witness.wrong(operator + " is told of " + chat + " without access to " + Wording.stages(summary.open()));
        }
        if (chat.closedWith() <= by.view().followedTo()) {
            witness.wrong(operator + " is told of " + chat + ", which " + by + " knows not to wait any more");
        }
    }

    /** M1: what is for staff only reaches no patron. */
    void toPatron(Notice.Entry entry) {
        if (entry.entry().event() instanceof ChatEvent.MessageSaid said
                && said.audience() == org.libcoop.chat.Audience.STAFF_ONLY) {
            witness.wrong("a patron is told a note of " + witness.name(entry.chat()));
        }
    }
}
