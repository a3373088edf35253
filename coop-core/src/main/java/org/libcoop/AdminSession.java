package org.libcoop;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.engine.Node;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.RetentionRun;

/**
 * What the host's system administrator does (D9). The host decides who that is; the library trusts whoever holds this handle.
 * A stage completes after the store committed. <em>Safe for use by several threads.</em>
 */
public final class AdminSession {

    private final Node node;

    AdminSession(Node node) {
        this.node = node;
    }

    /**
     * Creates or replaces a co-op, membership, account, widget, block of a patron or the policies, if the directory with it is valid (D10);
     * {@code invalid} with every problem named otherwise.
     */
    public CompletionStage<Outcome<Directory>> save(LibraryRecord record) {
        return node.commands().save(record);
    }

    /**
     * Does a round of retention now, as every node does each hour by itself (X6): what it did, for each institution of which
     * something was due. {@code unavailable} if store or archive did not answer; doing it again is harmless. A round does a bounded
     * part of what is due, 1,000 chats of an institution and more.
     */
    public CompletionStage<Outcome<List<RetentionRun>>> retain() {
        return node.retain();
    }

    /**
     * Ends a membership (D9): in waiting chats its option and backup stage are unserved from now on, claimed chats run on.
     * {@code not-found} if there is none.
     */
    public CompletionStage<Outcome<Directory>> endMembership(InstitutionId institution, CoopId coop) {
        return node.commands().endMembership(institution, coop);
    }
}
