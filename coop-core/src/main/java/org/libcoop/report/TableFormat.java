package org.libcoop.report;

import org.libcoop.annotation.Beta;

/** How tables are written out (S8). Both are UTF-8 once encoded so. */
@Beta
public enum TableFormat {
    /**
     * A heading and a row each, lines end in CR LF (RFC 4180); what a spreadsheet would take for a formula begins with an apostrophe.
     * What is unknown is empty.
     */
    CSV,
    /** One array with one object a row. What is unknown is null. */
    JSON
}
