package org.libcoop.transport.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections that have not authenticated yet each address holds (T5). <em>Safe for use by several threads.</em> */
final class AddressCounts {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more; false, and nothing is counted, if there are {@code limit} already. */
    boolean enter(String address, int limit) {
        boolean[] entered = new boolean[1];
        counts.compute(address, (key, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    /** Counts one less. */
    void leave(String address) {
        counts.computeIfPresent(address, (key, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
    }
}
