package org.libcoop.engine;

import java.util.List;
import java.util.function.Consumer;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.spi.Archive;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;

/** Who was there, as the archive has it, read page by page. */
final class Intervals {

    private Intervals() {}

    /** Gives {@code pages} all that is asked for. */
    static void each(Archive archive, IntervalQuery query, Consumer<List<MonitoringInterval>> pages) {
        String cursor = null;
        do {
            IntervalPage page = archive.intervals(query, cursor, Archive.PAGE);
            pages.accept(page.intervals());
            cursor = page.next();
        } while (cursor != null);
    }
}
