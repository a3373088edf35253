package org.libcoop.presence;

/** Why somebody is not available on a stage: the first condition of P3 that does not hold (E1). */
public enum Absence {
    /** There is no such operator in the directory. */
    GONE("does not exist any more"),
    /** The chat switch is off (D2). */
    CHAT_DISABLED("has chat switched off"),
    /** The patron's library is no member of the co-op any more (D9). */
    OUT_OF_REACH("out of reach: the membership of the patron's library has ended"),
    /** Their own library is no member of the co-op any more (D9). */
    MEMBERSHIP_ENDED("has no access: the membership of their library has ended"),
    /** Their library's staff answer nothing for the co-op (A5). */
    NON_CONTRIBUTING("has no access: their library is non-contributing"),
    /** No account, no place, no membership of the department. */
    NO_ACCESS("has no access"),
    /** Not signed in. */
    SIGNED_OUT("not signed in"),
    /** No sign of life for a lease (P4). */
    SILENT("without a sign of life for a lease"),
    /** A status in which nobody is told of chats (P1). */
    NOT_AVAILABLE("in a status in which chats are not offered"),
    /** The switch is off (P2). */
    NOT_MONITORING("not monitoring"),
    /** As many open chats as allowed (C12). */
    AT_LIMIT("at the limit of open chats");

    private final String words;

    Absence(String words) {
        this.words = words;
    }

    /** Returns the reason as the end of a sentence about somebody, for people. */
    public String words() {
        return words;
    }
}
