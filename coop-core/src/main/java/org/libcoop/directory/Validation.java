package org.libcoop.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The check of library records against a host revision and each other (D10): what is wrong, and which records can be
 * used all the same.
 *
 * <p>Nothing is thrown here. The strict reading of a directory refuses when there are faults; the lenient one goes on
 * with the live records and reports them (W8).
 */
final class Validation {

    /** A fault and the record that has it. */
    record Fault(RecordKey key, Problem problem) {}

    final Map<RecordKey, LibraryRecord> records = new LinkedHashMap<>();
    final List<LibraryRecord> live = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();
    final List<Problem> ended = new ArrayList<>();

    private final HostDirectory host;

    Validation(HostDirectory host, Collection<? extends LibraryRecord> given) {
        this.host = host;
        for (LibraryRecord record : given) {
            if (records.putIfAbsent(record.key(), record) != null) {
                fault(record, "is given twice");
            }
        }
        for (LibraryRecord record : records.values()) {
            if (isLive(record)) {
                live.add(record);
            }
        }
    }

    List<Problem> problems() {
        return faults.stream().map(Fault::problem).toList();
    }

    static String subject(LibraryRecord record) {
        if (record instanceof Coop coop) {
            return "co-op " + coop.id();
        }
        if (record instanceof Membership membership) {
            return "membership of " + membership.institution() + " in " + membership.coop();
        }
        if (record instanceof CoopAccount account) {
            return "account of " + account.operator() + " in " + account.coop();
        }
        if (record instanceof SignOffRule rule) {
            return "sign-off rule of " + rule.department();
        }
        if (record instanceof PatronBlock block) {
            return "block of a patron, " + block.scope();
        }
        if (record instanceof InstitutionCard card) {
            return "card of " + card.institution();
        }
        if (record instanceof CannedMessages messages) {
            return "canned messages of " + messages.scope();
        }
        return record instanceof Widget widget ? "widget " + widget.id() : "policies";
    }

    /** Checks a record and returns whether it can be used, with or without faults. */
    private boolean isLive(LibraryRecord record) {
        if (record instanceof Coop coop) {
            return check(coop);
        }
        if (record instanceof Membership membership) {
            return check(membership);
        }
        if (record instanceof CoopAccount account) {
            return check(account);
        }
        if (record instanceof SignOffRule rule) {
            return check(rule);
        }
        if (record instanceof PatronBlock block) {
            return check(block);
        }
        if (record instanceof InstitutionCard card) {
            return institutionKnown(card, card.institution());
        }
        if (record instanceof CannedMessages messages) {
            return check(messages);
        }
        return record instanceof Widget widget ? check(widget) : check((Policies) record);
    }

    private boolean check(Coop coop) {
        if (coop.kind() == Coop.Kind.LOCAL && !coop.backup().isEmpty()) {
            fault(coop, "is local, but has the backup staff " + coop.backup());
        }
        Set<OperatorId> seen = new HashSet<>();
        for (OperatorId operator : coop.backup()) {
            if (!seen.add(operator)) {
                fault(coop, "has " + operator + " on its backup list twice");
            } else if (!host.operators().containsKey(operator)) {
                fault(coop, "has the unknown operator " + operator + " on its backup list");
            }
        }
        return true;
    }

    private boolean check(Membership membership) {
        boolean coopKnown = coopKnown(membership, membership.coop());
        boolean institutionKnown = host.institutions().containsKey(membership.institution());
        if (!institutionKnown) {
            fault(membership, "is of the unknown institution " + membership.institution());
        }
        return coopKnown && institutionKnown;
    }

    private boolean check(CoopAccount account) {
        if (account.removed()) {
            return false;
        }
        boolean coopKnown = coopKnown(account, account.coop());
        Operator operator = host.operators().get(account.operator());
        if (operator == null) {
            fault(account, "is of the unknown operator " + account.operator());
            return false;
        }
        if (!coopKnown) {
            return false;
        }
        LibraryRecord found = records.get(RecordKey.of(account.coop(), operator.institution()));
        if (!(found instanceof Membership membership)) {
            fault(account, "is of an operator of " + operator.institution() + ", which never was a member");
            return false;
        }
        if (membership.ended()) {
            ended.add(new Problem(subject(account), "the membership of " + operator.institution() + " has ended"));
        }
        return true;
    }

    private boolean check(Widget widget) {
        boolean homeKnown = host.institutions().containsKey(widget.institution());
        if (!homeKnown) {
            fault(widget, "is of the unknown institution " + widget.institution());
        }
        widget.owner().ifPresent(owner -> checkOperator(widget, owner, "is owned by"));
        Set<Option> seen = new HashSet<>();
        for (Option option : widget.route()) {
            if (!seen.add(option)) {
                fault(widget, "has the " + word(option) + " " + option + " in its route twice");
            } else if (option instanceof Option.OfDepartment desk) {
                checkDepartment(widget, desk.department());
            } else if (option instanceof Option.OfOperator line) {
                checkOperator(widget, line.operator(), "routes to");
            } else if (option instanceof Option.OfCoop shared && coopKnown(widget, shared.coop())) {
                checkMember(widget, shared.coop());
            }
        }
        return homeKnown;
    }

    private void checkDepartment(Widget widget, DepartmentId id) {
        Department department = host.departments().get(id);
        if (department == null) {
            fault(widget, "routes to the unknown department " + id);
        } else if (!department.institution().equals(widget.institution())) {
            fault(
                    widget,
                    "routes to the department %s of %s, but is of %s"
                            .formatted(id, department.institution(), widget.institution()));
        }
    }

    private void checkOperator(Widget widget, OperatorId id, String verb) {
        Operator operator = host.operators().get(id);
        if (operator == null) {
            fault(widget, verb + " the unknown operator " + id);
        } else if (!operator.institution().equals(widget.institution())) {
            fault(
                    widget,
                    "%s the operator %s of %s, but is of %s"
                            .formatted(verb, id, operator.institution(), widget.institution()));
        }
    }

    private void checkMember(Widget widget, CoopId coop) {
        LibraryRecord found = records.get(RecordKey.of(coop, widget.institution()));
        if (!(found instanceof Membership membership)) {
            fault(widget, "routes to the co-op %s, in which %s never was".formatted(coop, widget.institution()));
        } else if (membership.ended()) {
            ended.add(new Problem(
                    subject(widget),
                    "routes to the co-op %s, in which the membership of %s has ended"
                            .formatted(coop, widget.institution())));
        }
    }

    private boolean check(SignOffRule rule) {
        boolean known = host.departments().containsKey(rule.department());
        if (!known) {
            fault(rule, "is of the unknown department " + rule.department());
        }
        return known;
    }

    /** Who blocked may be gone; the block stays. */
    private boolean check(PatronBlock block) {
        if (block.scope() instanceof BlockScope.OfCoop shared) {
            return coopKnown(block, shared.coop());
        }
        boolean known = block.scope() instanceof BlockScope.OfInstitution one
                && host.institutions().containsKey(one.institution());
        if (!known) {
            fault(block, "is at the unknown institution " + block.scope().id());
        }
        return known;
    }

    private boolean check(CannedMessages messages) {
        return messages.scope() instanceof BlockScope.OfCoop shared
                ? coopKnown(messages, shared.coop())
                : institutionKnown(messages, ((BlockScope.OfInstitution) messages.scope()).institution());
    }

    private boolean institutionKnown(LibraryRecord record, InstitutionId institution) {
        boolean known = host.institutions().containsKey(institution);
        if (!known) {
            fault(record, "is of the unknown institution " + institution);
        }
        return known;
    }

    private boolean check(Policies policies) {
        for (InstitutionId institution : policies.institutions()) {
            if (!host.institutions().containsKey(institution)) {
                fault(policies, "are set for the unknown institution " + institution);
            }
        }
        return true;
    }

    private boolean coopKnown(LibraryRecord record, CoopId coop) {
        if (records.containsKey(RecordKey.of(coop))) {
            return true;
        }
        fault(record, (record instanceof Widget ? "routes to" : "is in") + " the unknown co-op " + coop);
        return false;
    }

    private void fault(LibraryRecord record, String message) {
        faults.add(new Fault(record.key(), new Problem(subject(record), message)));
    }

    private static String word(Option option) {
        return switch (option.kind()) {
            case DEPARTMENT -> "department";
            case OPERATOR -> "operator";
            case COOP -> "co-op";
        };
    }
}
