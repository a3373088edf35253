package org.libcoop.text;

/** One row of a CSV file (RFC 4180), in which no spreadsheet takes a text for a formula. One thread at a time. */
public final class CsvRow {

    /** What a spreadsheet may read as the beginning of a formula. */
    private static final String DANGEROUS = "=+-@\t\r";

    private final StringBuilder row = new StringBuilder();
    private String separator = "";

    /** A row without cells so far. */
    public CsvRow() {}

    /** Adds a text as somebody wrote it; what a spreadsheet would take for a formula begins with an apostrophe. */
    public void cell(String text) {
        boolean formula = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
        add(formula ? "'" + text : text);
    }

    /** Adds a number as it is. */
    public void number(String number) {
        add(number);
    }

    private void add(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        row.append(separator).append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
        separator = ",";
    }

    /** The row with its line end. */
    public String line() {
        return row + "\r\n";
    }
}
