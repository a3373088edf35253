package org.libcoop.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;

/**
 * What libraries did for each other's patrons, among the chats of a report (S7): a row for each library that is the home or the answer
 * of some, by id. Together they were given as much as they received. <em>Immutable.</em>
 */
@Beta
public record Balance(List<Row> rows) {

    /**
     * One library. {@code asked} has what its patrons asked; of that {@code own} was answered by its own people and {@code received} by
     * others'; {@code given} is what its people answered for others' patrons. <em>Immutable.</em>
     *
     * @param carried the share of all answered chats that its people answered, from 0 to 1; null where none was answered
     */
    public record Row(
            InstitutionId institution,
            Counts asked,
            long own,
            long received,
            long given,
            @Nullable Double carried) {

        public Row {
            Objects.requireNonNull(institution, "institution");
            Objects.requireNonNull(asked, "asked");
        }

        /** What its people answered, for whomever. */
        public long answers() {
            return own + given;
        }

        /** What it gave beyond what it received; below 0 where it received more. */
        public long surplus() {
            return given - received;
        }
    }

    public Balance {
        rows = List.copyOf(rows);
    }

    /**
     * The balance of the chats that were told apart by home and by who answered.
     *
     * @throws IllegalArgumentException if they are other parts, or not all of their rows are there
     */
    public static Balance of(PartTallies homes, PartTallies answering) {
        if (homes.part() != Part.HOME || answering.part() != Part.ANSWERED_BY) {
            throw new IllegalArgumentException(
                    "a balance is of homes and who answered, not of " + homes.part() + " and " + answering.part());
        }
        if (!homes.others().isEmpty() || !answering.others().isEmpty()) {
            throw new IllegalArgumentException("there are more institutions than rows");
        }
        TreeSet<InstitutionId> institutions = new TreeSet<>(Comparator.naturalOrder());
        for (PartTallies part : List.of(homes, answering)) {
            for (PartTallies.Row row : part.rows()) {
                if (row.value() != null) {
                    institutions.add(InstitutionId.of(row.value()));
                }
            }
        }
        long all = homes.total().counts().answered();
        List<Row> rows = new ArrayList<>();
        for (InstitutionId institution : institutions) {
            Counts asked = homes.of(institution.value()).counts();
            Counts answers = answering.of(institution.value()).counts();
            rows.add(new Row(
                    institution,
                    asked,
                    asked.own(),
                    asked.byOthers(),
                    answers.byOthers(),
                    Counts.share(answers.answered(), all)));
        }
        return new Balance(rows);
    }
}
