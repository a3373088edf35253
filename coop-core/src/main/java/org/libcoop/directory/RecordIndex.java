package org.libcoop.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live records of a snapshot by everything that they are looked up by. Written once, here; read without locks
 * afterwards.
 */
final class RecordIndex {

    final Map<CoopId, Coop> coops = new LinkedHashMap<>();
    final Map<WidgetId, Widget> widgets = new LinkedHashMap<>();
    final List<Membership> memberships = new ArrayList<>();
    final List<CoopAccount> accounts = new ArrayList<>();
    final Policies policies;
    final Map<OperatorId, List<SignOffRule>> signOffsOf = new HashMap<>();
    final Map<BlockScope, List<PatronBlock>> blocksIn;
    final Map<InstitutionId, InstitutionCard> cards = new HashMap<>();
    final Map<BlockScope, CannedMessages> canned = new HashMap<>();

    final Map<CoopId, List<Membership>> membershipsIn;
    final Map<InstitutionId, List<Membership>> membershipsOf;
    final Map<CoopId, List<CoopAccount>> accountsIn;
    final Map<OperatorId, List<CoopAccount>> accountsOf;
    final Map<InstitutionId, List<Widget>> widgetsOf;
    final Map<InstitutionId, List<Operator>> operatorsOf;

    // Nested rather than keyed by RecordKey: routing asks for memberships all the time, and a key would build a text
    // for each.
    private final Map<CoopId, Map<InstitutionId, Membership>> membershipAt = new HashMap<>();
    private final Map<CoopId, Map<OperatorId, CoopAccount>> accountAt = new HashMap<>();

    RecordIndex(HostDirectory host, List<LibraryRecord> live) {
        Policies found = Policies.defaults();
        List<PatronBlock> blocks = new ArrayList<>();
        for (LibraryRecord record : live) {
            if (record instanceof Coop coop) {
                coops.put(coop.id(), coop);
            } else if (record instanceof Widget widget) {
                widgets.put(widget.id(), widget);
            } else if (record instanceof Membership membership) {
                memberships.add(membership);
                membershipAt
                        .computeIfAbsent(membership.coop(), key -> new HashMap<>())
                        .put(membership.institution(), membership);
            } else if (record instanceof CoopAccount account) {
                accounts.add(account);
                accountAt
                        .computeIfAbsent(account.coop(), key -> new HashMap<>())
                        .put(account.operator(), account);
            } else if (record instanceof Policies set) {
                found = set;
            } else if (record instanceof SignOffRule rule) {
                addSignOff(host, rule);
            } else if (record instanceof PatronBlock block) {
                blocks.add(block);
            } else if (record instanceof InstitutionCard card) {
                cards.put(card.institution(), card);
            } else if (record instanceof CannedMessages messages) {
                canned.put(messages.scope(), messages);
            }
        }
        policies = found;
        blocksIn = grouped(blocks, PatronBlock::scope);
        membershipsIn = grouped(memberships, Membership::coop);
        membershipsOf = grouped(memberships, Membership::institution);
        accountsIn = grouped(accounts, CoopAccount::coop);
        accountsOf = grouped(accounts, CoopAccount::operator);
        widgetsOf = grouped(widgets.values(), Widget::institution);
        operatorsOf = grouped(host.operators().values(), Operator::institution);
    }

    private void addSignOff(HostDirectory host, SignOffRule rule) {
        Department department = host.departments().get(rule.department());
        if (department != null) {
            department
                    .members()
                    .forEach(member -> signOffsOf
                            .computeIfAbsent(member, key -> new ArrayList<>())
                            .add(rule));
        }
    }

    @Nullable
    Membership membership(CoopId coop, InstitutionId institution) {
        return membershipAt.getOrDefault(coop, Map.of()).get(institution);
    }

    @Nullable
    CoopAccount account(CoopId coop, OperatorId operator) {
        return accountAt.getOrDefault(coop, Map.of()).get(operator);
    }

    private static <K, T> Map<K, List<T>> grouped(Collection<T> things, Function<T, K> by) {
        Map<K, List<T>> groups = new LinkedHashMap<>();
        for (T thing : things) {
            groups.computeIfAbsent(by.apply(thing), key -> new ArrayList<>()).add(thing);
        }
        groups.replaceAll((key, group) -> List.copyOf(group));
        return groups;
    }
}
