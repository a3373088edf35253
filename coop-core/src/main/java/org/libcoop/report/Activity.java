package org.libcoop.report;

import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;

/** When institutions were there, and the chats of the same time that their people answered (S5). <em>Immutable.</em> */
@Beta
public record Activity(StaffedHours staffed, PartTallies chats) {

    /**
     * Checks what the chats are told apart by.
     *
     * @throws IllegalArgumentException if that is not who answered
     */
    public Activity {
        Objects.requireNonNull(staffed, "staffed");
        if (chats.part() != Part.ANSWERED_BY) {
            throw new IllegalArgumentException("chats are told apart by who answered, not by " + chats.part());
        }
    }

    /** Those that were there or answered, by id. The set is the caller's. */
    public SortedSet<InstitutionId> institutions() {
        SortedSet<InstitutionId> all = new TreeSet<>(staffed.institutions().keySet());
        for (PartTallies.Row row : chats.rows()) {
            if (row.value() != null) {
                all.add(InstitutionId.of(row.value()));
            }
        }
        return all;
    }

    /** When an institution was there. */
    public Hours hours(InstitutionId institution) {
        return staffed.institutions().getOrDefault(institution, Hours.NONE);
    }

    /** What an institution's people answered. */
    public Tally answered(InstitutionId institution) {
        return chats.of(institution.value());
    }
}
