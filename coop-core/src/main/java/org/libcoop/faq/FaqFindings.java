package org.libcoop.faq;

import java.util.List;

/**
 * What a search for staff found, and the groups it looked in: the group of a hit says who reads it. <em>Immutable.</em>
 *
 * @param groups by id
 */
public record FaqFindings(List<FaqGroup> groups, FaqPage page) {

    /** Copies the groups. */
    public FaqFindings {
        groups = List.copyOf(groups);
    }

    /**
     * Returns the group that a hit is in.
     *
     * @throws IllegalArgumentException if it is in none of those searched
     */
    public FaqGroup group(FaqHit hit) {
        return groups.stream()
                .filter(group -> group.id().equals(hit.group()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no group was searched with the id " + hit.group()));
    }
}
