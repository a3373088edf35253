package org.libcoop.testkit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.spi.Store;

/** Why somebody of a stage is not notified of a chat: the first reason of P3 that holds, in words. Asked about a waiting chat. */
final class Absences {

    private final Directory directory;
    private final Store store;
    private final InstitutionId home;
    private final ChatInspection seen;

    Absences(SimulatedCoop coop, ChatInspection seen) {
        this.directory = coop.engine().directory();
        this.store = coop.store();
        this.home = seen.chat().home();
        this.seen = seen;
    }

    /** Who has to do with the stage, with access or without: in order of their ids. */
    Collection<OperatorId> peopleOf(Stage stage) {
        Collection<OperatorId> people = new TreeSet<>(directory.operatorsOf(stage));
        if (!stage.backup() && stage.option() instanceof Option.OfCoop coop) {
            for (CoopAccount account : directory.accounts(coop.coop())) {
                people.add(account.operator());
            }
        }
        return people;
    }

    /** Why this operator is not notified through this stage. */
    String reason(OperatorId id, Stage stage) {
        Operator operator = directory.operator(id).orElse(null);
        if (operator == null) {
            return "does not exist any more";
        }
        if (!operator.chatEnabled()) {
            return "has chat switched off";
        }
        String access = accessRefused(operator, stage);
        return access == null ? presenceReason(id, stage) : access;
    }

    private @Nullable String accessRefused(Operator operator, Stage stage) {
        if (!directory.reachable(home, stage.option())) {
            return "out of reach: the membership of " + home + " has ended";
        }
        if (directory.hasAccess(operator.id(), stage)) {
            return null;
        }
        return stage.option() instanceof Option.OfCoop coop ? membershipReason(operator, coop.coop()) : "has no access";
    }

    private String membershipReason(Operator operator, CoopId coop) {
        Membership membership =
                directory.membership(coop, operator.institution()).orElse(null);
        if (membership == null || membership.ended()) {
            return "has no access: the membership of " + operator.institution() + " has ended";
        }
        return membership.contributes()
                ? "has no access"
                : "has no access: " + operator.institution() + " is non-contributing";
    }

    private String presenceReason(OperatorId id, Stage stage) {
        OperatorPresence row = row(id);
        if (!row.signedIn()) {
            return "not signed in";
        }
        Instant last = lastRenewal(row);
        if (last != null && !seen.at().isBefore(last.plus(directory.policies().lease()))) {
            return "without a sign of life for a lease";
        }
        boolean there = row.status() == Status.ONLINE
                || (row.status() == Status.AWAY && directory.policies().awayMonitors());
        if (!there) {
            return row.status().name().toLowerCase(Locale.ROOT);
        }
        if (!row.switches().contains(stage.option())) {
            return "not monitoring";
        }
        if (directory.policies().operatorLimit().isPresent()
                && row.openChats() >= directory.policies().operatorLimit().getAsInt()) {
            return "at the limit of open chats";
        }
        return "available, but the stage is not open";
    }

    private OperatorPresence row(OperatorId id) {
        List<OperatorPresence> rows = store.presence(id, 0);
        return rows.isEmpty() ? OperatorPresence.unknown(id) : rows.get(rows.size() - 1);
    }

    /** Null while some node vouches for the operator. */
    private static @Nullable Instant lastRenewal(OperatorPresence row) {
        Instant last = row.changedAt();
        boolean first = true;
        for (Attachment attachment : row.attachments()) {
            Instant renewal = attachment.lastRenewal();
            if (renewal == null) {
                return null;
            }
            last = first || renewal.isAfter(last) ? renewal : last;
            first = false;
        }
        return last;
    }
}
