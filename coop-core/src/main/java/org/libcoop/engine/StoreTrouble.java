package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Happening;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of failures of the store: the refusal that a sender gets, and what has to be made up for once the store is well again.
 * The mark is the pipeline's; {@link #later} and {@link #since} are <em>safe for use by several threads</em>.
 */
final class StoreTrouble {

    /** What the store cannot keep, whatever it is asked with. */
    static final Refusal NOT_KEPT =
            Refusal.of(RefusalCode.INTERNAL, "the store does not take this; nothing was changed");

    private static final Logger LOG = LoggerFactory.getLogger(StoreTrouble.class);

    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final EngineTime time;
    private final Listeners listeners;
    private boolean behind;
    private volatile @Nullable Instant since;

    StoreTrouble(EngineTime time, Listeners listeners) {
        this.time = time;
        this.listeners = listeners;
    }

    /** Why a command was not done. */
    static Refusal refusal(StoreException away) {
        if (away.refused()) {
            return NOT_KEPT;
        }
        if (away.busy()) {
            return Refusal.of(RefusalCode.BUSY, "too many others change the same; repeat with the same id");
        }
        return away.outcomeUnknown()
                ? Refusal.of(RefusalCode.UNKNOWN_OUTCOME, "the store did not say; repeat with the same id")
                : Refusal.of(RefusalCode.UNAVAILABLE, "the store does not answer");
    }

    /**
     * Does what follows from a change that is committed; if the store fails meanwhile, everything is looked at again later. What
     * cannot be read is its own trouble, not that of the changes committed with it (G14).
     */
    void guarded(Runnable following) {
        try {
            following.run();
        } catch (StoreException failed) {
            note(failed);
        } catch (RuntimeException broken) {
            LOG.error("What follows from a change broke", broken);
        }
    }

    /** A store that is well and only refused something is no reason to look at everything again. */
    void note(StoreException failed) {
        if (failed.refused()) {
            LOG.error("The store refused what it was asked", failed);
        } else {
            fallBehind(failed);
        }
    }

    void fallBehind(StoreException away) {
        LOG.warn("The store does not answer; everything is looked at again once it does", away);
        behind = true;
        if (since == null) {
            Instant now = time.now();
            since = now;
            listeners.tell(new Happening.TroubleBegan(now, Happening.Part.STORE));
        }
    }

    /** The store answered all that was asked in a round of care. */
    void well() {
        Instant began = since;
        if (began != null && !behind) {
            since = null;
            Instant now = time.now();
            listeners.tell(new Happening.TroubleOver(now, Happening.Part.STORE, Duration.between(began, now)));
        }
    }

    /** Since when the store does not answer; null if it does. */
    @Nullable
    Instant since() {
        return since;
    }

    /** Whether something that had to be looked at may have been missed. */
    boolean isBehind() {
        return behind;
    }

    /** The same; asking takes the mark away. */
    boolean takeBehind() {
        boolean was = behind;
        behind = false;
        return was;
    }

    /** Has {@code task} tried again with the next sweep. */
    void later(Runnable task) {
        later.add(task);
    }

    /** Takes out what is to be tried again. */
    List<Runnable> takeLater() {
        List<Runnable> tasks = new ArrayList<>();
        for (int left = later.size(); left > 0; left--) {
            Runnable task = later.poll();
            if (task != null) {
                tasks.add(task);
            }
        }
        return tasks;
    }
}
