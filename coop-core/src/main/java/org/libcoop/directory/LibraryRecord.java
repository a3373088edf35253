package org.libcoop.directory;

/**
 * A part of the directory that the library owns: kept in its own store as one versioned record, changed by guarded
 * commands (D11).
 *
 * <p>All implementations are immutable values with value equality.
 */
public sealed interface LibraryRecord
        permits Coop,
                Membership,
                CoopAccount,
                Widget,
                Policies,
                SignOffRule,
                PatronBlock,
                InstitutionCard,
                CannedMessages {

    /** Returns the key under which there is at most one such record in a deployment. */
    RecordKey key();
}
