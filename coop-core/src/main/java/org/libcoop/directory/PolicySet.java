package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The values behind {@link Policies}: what was set, by name, and what holds for every policy. */
final class PolicySet {

    static final PolicySet DEFAULTS = new PolicySet(Map.of());

    private final Map<String, PolicyValue> set;
    private final Map<Policy, PolicyValue> effective = new EnumMap<>(Policy.class);

    private PolicySet(Map<String, PolicyValue> set) {
        this.set = Collections.unmodifiableMap(new TreeMap<>(set));
        for (Policy policy : Policy.values()) {
            PolicyValue own = set.get(policy.id);
            effective.put(policy, own == null ? PolicyValue.parse(policy, policy.id, policy.defaultText()) : own);
        }
        if (!set.containsKey(Policy.RENEW_EVERY.id)) {
            long third = value(Policy.LEASE).number() / 3;
            long renew = Math.min(value(Policy.RENEW_EVERY).number(), third);
            effective.put(Policy.RENEW_EVERY, PolicyValue.of(Policy.RENEW_EVERY, renew));
        }
    }

    PolicySet with(Map<String, String> settings) {
        Map<String, PolicyValue> changed = new TreeMap<>(set);
        List<String> faults = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, value) -> {
            try {
                changed.put(name, PolicyValue.parse(policy(name), name, requireNonNull(value, name)));
            } catch (IllegalArgumentException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        });
        return checked(changed, faults);
    }

    PolicySet without(String name) {
        policy(name);
        Map<String, PolicyValue> changed = new TreeMap<>(set);
        changed.remove(name);
        return checked(changed, new ArrayList<>());
    }

    Map<String, String> settings() {
        Map<String, String> texts = new TreeMap<>();
        set.forEach((name, value) -> texts.put(name, value.text()));
        return Collections.unmodifiableMap(texts);
    }

    PolicyValue value(Policy policy) {
        return requireNonNull(effective.get(policy));
    }

    PolicyValue value(Policy policy, InstitutionId institution) {
        PolicyValue own = set.get(policy.id + "@" + institution);
        return own == null ? value(policy) : own;
    }

    /** Returns the institutions that a policy was set for. */
    List<InstitutionId> institutions() {
        return set.keySet().stream()
                .filter(name -> name.indexOf('@') >= 0)
                .map(name -> new InstitutionId(name.substring(name.indexOf('@') + 1)))
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    boolean sameAs(PolicySet other) {
        return set.equals(other.set);
    }

    @Override
    public String toString() {
        return settings().toString();
    }

    private static Policy policy(String name) {
        int at = name.indexOf('@');
        Policy policy = Policy.named(at < 0 ? name : name.substring(0, at));
        if (policy == null) {
            throw new IllegalArgumentException(
                    "policy \"" + name + "\" is unknown, expected one of " + Policies.names());
        }
        if (at >= 0) {
            if (!policy.perInstitution()) {
                throw new IllegalArgumentException("policy \"" + name + "\" cannot be set for one institution");
            }
            Check.id("institution id", name.substring(at + 1));
        }
        return policy;
    }

    // Looks at what was asked for together, never at values half changed.
    private static PolicySet checked(Map<String, PolicyValue> set, List<String> faults) {
        PolicySet policies = new PolicySet(set);
        PolicyValue lease = policies.value(Policy.LEASE);
        PolicyValue grace = policies.value(Policy.OWNER_GRACE);
        if (grace.number() < lease.number()) {
            faults.add("policy ownerGrace: \"%s\" is out of bounds, expected lease (%s) to %s"
                    .formatted(grace.text(), lease.text(), Policy.OWNER_GRACE.most));
        }
        PolicyValue renew = policies.value(Policy.RENEW_EVERY);
        if (3 * renew.number() > lease.number()) {
            faults.add("policy renewEvery: \"%s\" is out of bounds, expected %s to a third of lease (%s)"
                    .formatted(renew.text(), Policy.RENEW_EVERY.least, lease.text()));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return policies;
    }
}
