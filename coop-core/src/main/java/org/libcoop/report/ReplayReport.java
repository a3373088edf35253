package org.libcoop.report;

import org.libcoop.annotation.Beta;
import org.libcoop.routing.Replay;

/**
 * How many chats came to a co-op behind their first option, and to backup staff, before they were claimed or ended; and how many would
 * have by another plan, had everybody acted as they did (E2). That is an assumption: who is reached earlier may claim earlier, and who
 * waits longer may leave. <em>Immutable.</em>
 *
 * @param chats how many were looked at
 * @param unknown how many more there are whose people are not known any more
 */
@Beta
public record ReplayReport(
        long chats, long unknown, long coopThen, long backupThen, long coopOtherwise, long backupOtherwise) {

    /** No chat. */
    public static final ReplayReport NONE = new ReplayReport(0, 0, 0, 0, 0, 0);

    /** The same with one chat more of which not enough is known. */
    public ReplayReport withUnknown() {
        return new ReplayReport(chats, unknown + 1, coopThen, backupThen, coopOtherwise, backupOtherwise);
    }

    /** The same with one chat more. */
    public ReplayReport plus(Replay then, Replay otherwise) {
        return new ReplayReport(
                chats + 1,
                unknown,
                coopThen + (then.coop() ? 1 : 0),
                backupThen + (then.backup() ? 1 : 0),
                coopOtherwise + (otherwise.coop() ? 1 : 0),
                backupOtherwise + (otherwise.backup() ? 1 : 0));
    }
}
