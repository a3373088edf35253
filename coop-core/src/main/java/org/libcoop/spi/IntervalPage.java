package org.libcoop.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.presence.MonitoringInterval;

/** A page of monitoring intervals; {@code next} is the cursor of the following one, null when nothing follows. <em>Immutable.</em> */
public record IntervalPage(
        List<MonitoringInterval> intervals, @Nullable String next) {

    public IntervalPage {
        intervals = List.copyOf(intervals);
    }
}
