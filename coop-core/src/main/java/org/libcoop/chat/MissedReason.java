package org.libcoop.chat;

/** Why a chat that nobody ever owned is over. */
public enum MissedReason {
    /** Nobody claimed it within {@code giveUpAfter} (R17). */
    GAVE_UP,
    /** The patron left, on purpose or by silence (C7). */
    PATRON_LEFT
}
