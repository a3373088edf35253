package org.libcoop.transport.websocket;

import java.time.Duration;
import java.time.Instant;

/** How much of something one connection may do a minute (T5): fills evenly, holds one minute's worth. One thread at a time. */
final class Bucket {

    private final int perMinute;
    private double left;
    private Instant at;

    Bucket(int perMinute, Instant now) {
        this.perMinute = perMinute;
        this.left = perMinute;
        this.at = now;
    }

    /** Takes one; false if the bucket is empty. */
    boolean take(Instant now) {
        double filled = Math.max(0, Duration.between(at, now).toMillis()) * perMinute / 60_000.0;
        left = Math.min(perMinute, left + filled);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
