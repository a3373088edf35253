package org.libcoop.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Operator;

/**
 * What an operator sees first (S4): the last whole week from Monday to Sunday, this month so far, twelve months of which this is the
 * last, and the co-ops of which the operator has an account or a place on the backup list, by id. <em>Immutable.</em>
 */
@Beta
public record Summary(OwnActivity lastWeek, OwnActivity thisMonth, OwnActivity twelveMonths, List<OwnCoop> coops) {

    /**
     * A co-op of one's own.
     *
     * @param account the level of one's account; null for one who is only on the backup list
     * @param admins its COOP_ADMINs, by id
     */
    public record OwnCoop(Coop coop, @Nullable Level account, List<Operator> admins) {
        public OwnCoop {
            Objects.requireNonNull(coop, "coop");
            admins = List.copyOf(admins);
        }

        /** The level of one's account; empty for one who is only on the backup list. */
        public Optional<Level> level() {
            return Optional.ofNullable(account);
        }
    }

    public Summary {
        Objects.requireNonNull(lastWeek, "lastWeek");
        Objects.requireNonNull(thisMonth, "thisMonth");
        Objects.requireNonNull(twelveMonths, "twelveMonths");
        coops = List.copyOf(coops);
    }
}
