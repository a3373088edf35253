package org.libcoop.spi;

import org.libcoop.annotation.Beta;

/** How transcripts are written out (X5). All are UTF-8 once encoded so; line ends are LF, in CSV CR LF. */
@Beta
public enum TranscriptFormat {
    /** One JSON object a line and chat. */
    JSON_LINES,
    /** One row a message after a heading (RFC 4180); what a spreadsheet would take for a formula begins with an apostrophe. */
    CSV,
    /** For people to read, an empty line between chats. */
    TEXT
}
