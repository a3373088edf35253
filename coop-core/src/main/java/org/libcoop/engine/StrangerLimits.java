package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Policies;

/**
 * What a stranger may do (T5), counted on this node: messages and chat starts a minute, connections and open chats by
 * address. Rates are buckets that fill evenly and hold one minute's worth. An empty address is not known, and nothing is
 * counted by it. Remembers the {@value #KEYS} most recent strangers. Safe for use by several threads.
 */
final class StrangerLimits {

    private static final int KEYS = 100_000;

    private record Bucket(double left, Instant at) {}

    private final Map<String, Bucket> buckets = recent();
    private final Map<String, Set<ChatId>> chats = recent();
    private final Map<String, Integer> connections = recent();

    /** Whether the patron with this key, at this address, may send one more message. */
    synchronized boolean mayWrite(PatronConnection patron, Policies policies, Instant now) {
        String address = patron.address();
        return take("message " + patron.keyHash(), policies.connectionMessagesPerMinute(), now)
                && (address.isEmpty() || take("message@" + address, policies.addressMessagesPerMinute(), now));
    }

    /** Counts one more chat from {@code address}, if it may start: of its chats those that are not {@code open} do not count. */
    synchronized boolean mayStart(String address, ChatId chat, Policies policies, Predicate<ChatId> open, Instant now) {
        if (address.isEmpty()) {
            return true;
        }
        Set<ChatId> started = chats.computeIfAbsent(address, a -> new HashSet<>());
        if (started.size() >= policies.addressChats()) {
            started.removeIf(open.negate());
        }
        boolean allowed = (started.contains(chat) || started.size() < policies.addressChats())
                && take("start@" + address, policies.addressChatStartsPerMinute(), now);
        if (allowed) {
            started.add(chat);
        }
        return allowed;
    }

    /** Whether a question may be left from {@code address}: it counts as a chat that is started. */
    synchronized boolean mayLeave(String address, Policies policies, Instant now) {
        return address.isEmpty() || take("start@" + address, policies.addressChatStartsPerMinute(), now);
    }

    /** Counts one more connection from {@code address}; false if there are too many, and then nothing is counted. */
    synchronized boolean connected(String address, Policies policies) {
        int before = connections.getOrDefault(address, 0);
        if (!address.isEmpty() && before >= policies.addressConnections()) {
            return false;
        }
        connections.put(address, before + 1);
        return true;
    }

    /** One connection less. */
    synchronized void disconnected(String address) {
        connections.computeIfPresent(address, (a, count) -> count > 1 ? count - 1 : null);
    }

    private boolean take(String key, int perMinute, Instant now) {
        Bucket bucket = buckets.getOrDefault(key, new Bucket(perMinute, now));
        double filled = Math.max(0, Duration.between(bucket.at(), now).toMillis()) * perMinute / 60_000.0;
        double left = Math.min(perMinute, bucket.left() + filled);
        boolean allowed = left >= 1;
        buckets.put(key, new Bucket(allowed ? left - 1 : left, now));
        return allowed;
    }

    private static <V> Map<String, V> recent() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEYS;
            }
        };
    }
}
