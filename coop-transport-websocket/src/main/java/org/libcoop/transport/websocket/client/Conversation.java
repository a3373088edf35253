package org.libcoop.transport.websocket.client;

import java.util.List;
import java.util.TreeMap;

/**
 * What a client has of one chat's log: each entry once, in order, however they came. Pages and live entries may cross, and both
 * may bring the same. <em>Safe for use by several threads.</em>
 */
final class Conversation {

    private final TreeMap<Long, ConversationEntry> entries = new TreeMap<>();
    private final boolean gapFree;
    private boolean paging;
    private long complete;

    /** @param gapFree whether the reader's entries have no gaps, so that a missing one shows */
    Conversation(boolean gapFree) {
        this.gapFree = gapFree;
    }

    /** Up to this entry nothing is missing. */
    synchronized long complete() {
        return complete;
    }

    /** Whether an entry is known to be missing. */
    synchronized boolean hasHole() {
        return paging || (gapFree && !entries.isEmpty() && entries.lastKey() > complete);
    }

    /** The entries in order, up to the first one that is missing. */
    synchronized List<ConversationEntry> entries() {
        return List.copyOf(entries.headMap(complete, true).values());
    }

    /** Takes entries that follow on {@link #complete}; {@code more}: others follow on these. Returns the new ones. */
    synchronized List<ConversationEntry> page(List<ConversationEntry> page, boolean more) {
        long before = complete;
        page.forEach(entry -> entries.putIfAbsent(entry.seq(), entry));
        paging = more;
        if (!page.isEmpty() || !more) {
            advance(more ? page.get(page.size() - 1).seq() : entries.isEmpty() ? 0 : entries.lastKey());
        }
        return since(before);
    }

    /** Takes an entry that came by itself. Returns what can be shown now and could not before, in order. */
    synchronized List<ConversationEntry> live(ConversationEntry entry) {
        long before = complete;
        if (entry.seq() > complete && entries.putIfAbsent(entry.seq(), entry) == null && !paging) {
            advance(entry.seq());
        }
        return since(before);
    }

    private void advance(long seq) {
        if (gapFree) {
            while (entries.containsKey(complete + 1)) {
                complete++;
            }
        } else {
            complete = Math.max(complete, seq);
        }
    }

    private List<ConversationEntry> since(long before) {
        return List.copyOf(entries.subMap(before, false, complete, true).values());
    }
}
