package org.libcoop.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.text.CsvRow;
import org.libcoop.text.JsonFields;

/**
 * A report as rows and columns, to be written out (S8). A cell is a {@link String}, a {@link Long}, a {@link Double}, a {@link Duration},
 * which is written in seconds, or null for what is not known. <em>Immutable.</em>
 */
@Beta
public record Table(List<String> columns, List<List<@Nullable Object>> rows) {

    /**
     * Checks that the rows fit.
     *
     * @throws IllegalArgumentException if a row has another number of cells than there are columns, or a cell of another kind
     */
    public Table {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copies = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells in " + columns.size() + " columns");
            }
            row.forEach(Table::check);
            copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copies);
    }

    private static void check(@Nullable Object cell) {
        boolean fits = cell == null
                || cell instanceof String
                || cell instanceof Long
                || cell instanceof Duration
                || (cell instanceof Double number && !number.isNaN() && !number.isInfinite());
        if (!fits) {
            throw new IllegalArgumentException("a cell cannot be " + cell);
        }
    }

    /**
     * Writes the table.
     *
     * @throws IOException if {@code out} takes no more
     */
    public void write(TableFormat format, Appendable out) throws IOException {
        switch (Objects.requireNonNull(format, "format")) {
            case CSV -> csv(out);
            case JSON -> json(out);
        }
    }

    private void csv(Appendable out) throws IOException {
        CsvRow heading = new CsvRow();
        columns.forEach(heading::cell);
        out.append(heading.line());
        for (List<@Nullable Object> cells : rows) {
            CsvRow row = new CsvRow();
            for (Object cell : cells) {
                if (cell instanceof String text) {
                    row.cell(text);
                } else {
                    row.number(cell == null ? "" : number(cell));
                }
            }
            out.append(row.line());
        }
    }

    private void json(Appendable out) throws IOException {
        out.append('[');
        String separator = "\n";
        for (List<@Nullable Object> cells : rows) {
            JsonFields fields = new JsonFields();
            for (int i = 0; i < columns.size(); i++) {
                Object cell = cells.get(i);
                if (cell instanceof String text) {
                    fields.put(columns.get(i), text);
                } else {
                    fields.raw(columns.get(i), cell == null ? "null" : number(cell));
                }
            }
            out.append(separator).append(fields.object());
            separator = ",\n";
        }
        out.append(rows.isEmpty() ? "]\n" : "\n]\n");
    }

    /** A number without an exponent: of seconds to the millisecond, of shares and means to four places. */
    private static String number(Object cell) {
        if (cell instanceof Duration duration) {
            return plain(BigDecimal.valueOf(duration.toMillis(), 3));
        }
        return cell instanceof Double number
                ? plain(BigDecimal.valueOf(number).setScale(4, RoundingMode.HALF_EVEN))
                : cell.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
