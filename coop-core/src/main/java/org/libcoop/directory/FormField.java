package org.libcoop.directory;

/** Whether a widget asks for something before the chat (W6). */
public enum FormField {
    /** It does not ask. */
    OFF,
    /** It asks; the patron may leave it empty. */
    OPTIONAL,
    /** It asks; without an answer no chat starts. */
    REQUIRED
}
