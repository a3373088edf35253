package org.libcoop.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;

/**
 * A peer in the same process that keeps what it is told until somebody looks: the loopback transport's far end, for tests and
 * simple hosts. Keeps the newest {@value #LIMIT} notices. <em>Safe for use by several threads.</em>
 */
public final class Mailbox implements Peer {

    private static final int LIMIT = 10_000;

    private final ArrayDeque<Notice> notices = new ArrayDeque<>();

    /** An empty mailbox. */
    public Mailbox() {}

    @Override
    public synchronized void deliver(Notice notice) {
        if (notices.size() == LIMIT) {
            notices.remove();
        }
        notices.add(notice);
    }

    /** Takes out what has arrived, oldest first. */
    public synchronized List<Notice> drain() {
        List<Notice> taken = new ArrayList<>(notices);
        notices.clear();
        return taken;
    }
}
