package org.libcoop.routing;

/** Why a stage opened (E1). */
public enum Cause {
    /** It was among the first when the chat started (R1). */
    INITIAL,
    /** Nobody was left on what was open (R7). */
    ABSENCE,
    /** Its turn came by the timed fallback (R3, R4). */
    TIME,
    /** The delay of a global co-op's backup staff was over (R9, R10). */
    BACKUP,
    /** A librarian asked for the next one (C13). */
    ASKED
}
