package org.libcoop.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * Who was left out of a chat and why (E1): {@link Presence} asked the other way round, about rows and a directory of any time.
 * <em>Immutable</em>; safe for use by several threads.
 */
public final class Absences {

    private final Directory directory;
    private final InstitutionId home;
    private final Map<NodeId, Instant> ends;

    /**
     * What is needed beside the rows.
     *
     * @param directory as it was at the time in question
     * @param home the patron's home institution
     * @param ends the last sign of life of nodes that are dead; every other one counts as alive
     */
    public Absences(Directory directory, InstitutionId home, Map<NodeId, Instant> ends) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.home = Objects.requireNonNull(home, "home");
        this.ends = Map.copyOf(ends);
    }

    /** Who has to do with the stage, with access or without: in order of their ids. */
    public Collection<OperatorId> peopleOf(Stage stage) {
        Collection<OperatorId> people = new TreeSet<>(directory.operatorsOf(stage));
        if (!stage.backup() && stage.option() instanceof Option.OfCoop coop) {
            for (CoopAccount account : directory.accounts(coop.coop())) {
                people.add(account.operator());
            }
        }
        return people;
    }

    /**
     * Why an operator was not available on {@code stage} at {@code at}; empty for one who was.
     *
     * @param row the operator's row that held at {@code at}
     */
    public Optional<Absence> reason(OperatorPresence row, Stage stage, Instant at) {
        Operator operator = directory.operator(row.operator()).orElse(null);
        if (operator == null) {
            return Optional.of(Absence.GONE);
        }
        if (!operator.chatEnabled()) {
            return Optional.of(Absence.CHAT_DISABLED);
        }
        Optional<Absence> noAccess = noAccess(operator, stage);
        return noAccess.isPresent() ? noAccess : notThere(row, stage, at);
    }

    private Optional<Absence> noAccess(Operator operator, Stage stage) {
        if (!directory.reachable(home, stage.option())) {
            return Optional.of(Absence.OUT_OF_REACH);
        }
        if (directory.hasAccess(operator.id(), stage)) {
            return Optional.empty();
        }
        return Optional.of(
                stage.option() instanceof Option.OfCoop coop ? ofMembership(operator, coop.coop()) : Absence.NO_ACCESS);
    }

    private Absence ofMembership(Operator operator, CoopId coop) {
        Membership membership =
                directory.membership(coop, operator.institution()).orElse(null);
        if (membership == null || membership.ended()) {
            return Absence.MEMBERSHIP_ENDED;
        }
        return membership.contributes() ? Absence.NO_ACCESS : Absence.NON_CONTRIBUTING;
    }

    private Optional<Absence> notThere(OperatorPresence row, Stage stage, Instant at) {
        if (!row.signedIn()) {
            return Optional.of(Absence.SIGNED_OUT);
        }
        Instant until = Presence.liveUntil(
                row, Presence.lastRenewal(row, ends::get), directory.policies().lease());
        if (until != null && !at.isBefore(until)) {
            return Optional.of(Absence.SILENT);
        }
        boolean offered = row.status() == Status.ONLINE
                || (row.status() == Status.AWAY && directory.policies().awayMonitors());
        if (!offered) {
            return Optional.of(Absence.NOT_AVAILABLE);
        }
        if (!row.switches().contains(stage.option())) {
            return Optional.of(Absence.NOT_MONITORING);
        }
        OptionalInt limit = directory.policies().operatorLimit();
        return limit.isPresent() && row.openChats() >= limit.getAsInt()
                ? Optional.of(Absence.AT_LIMIT)
                : Optional.empty();
    }
}
