package org.libcoop.testkit.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Store;

/**
 * A fresh and empty store, and what a {@link StoreContract} may do with it. Each {@code with…} names a capability of the store;
 * what is not given is not tested, visibly. <em>One thread at a time</em>; the store itself is used by several.
 */
public final class StoreUnderTest implements AutoCloseable {

    private final Set<StoreCapability> capabilities = EnumSet.noneOf(StoreCapability.class);
    private final List<Store> open = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();
    private final Store store;
    private Duration patience = Duration.ofSeconds(20);
    private @Nullable Consumer<Duration> time;
    private @Nullable Supplier<? extends Store> second;
    private @Nullable Supplier<? extends Store> reopened;

    private StoreUnderTest(Store store) {
        this.store = Objects.requireNonNull(store, "store");
        open.add(store);
    }

    /** A store of which nothing is known but its rules. It has to be empty; the contract closes it. */
    public static StoreUnderTest of(Store store) {
        return new StoreUnderTest(store);
    }

    /** The store's time stands still unless {@code advance} moves it on, by exactly what it is given. */
    public StoreUnderTest withTime(Consumer<Duration> advance) {
        time = Objects.requireNonNull(advance, "advance");
        capabilities.add(StoreCapability.CONTROLLED_TIME);
        return this;
    }

    /**
     * {@code handle} gives another object on the same data, sharing nothing with the first that another process would not
     * share. Called at most once; the contract closes what it gives. A store that is made to be shared by the engines of one
     * process may give itself.
     */
    public StoreUnderTest withSecondHandle(Supplier<? extends Store> handle) {
        second = Objects.requireNonNull(handle, "handle");
        capabilities.add(StoreCapability.SHARED_BY_PROCESSES);
        return this;
    }

    /** {@code reopen} opens the same data again after the contract closed every handle; what it gives is closed too. */
    public StoreUnderTest withReopen(Supplier<? extends Store> reopen) {
        reopened = Objects.requireNonNull(reopen, "reopen");
        capabilities.add(StoreCapability.SURVIVES_REOPEN);
        return this;
    }

    /** Texts may contain U+0000. */
    public StoreUnderTest keepingNul() {
        capabilities.add(StoreCapability.KEEPS_NUL);
        return this;
    }

    /** Texts may contain half a surrogate pair. */
    public StoreUnderTest keepingUnpairedSurrogates() {
        capabilities.add(StoreCapability.KEEPS_UNPAIRED_SURROGATES);
        return this;
    }

    /** How long to wait at most for what a store may do a moment later; 20 s unless said otherwise. */
    public StoreUnderTest withPatience(Duration limit) {
        patience = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /** {@code action} runs at the end, after the store was closed: to close a data source, say. The last one given runs first. */
    public StoreUnderTest closing(Runnable action) {
        after.add(0, Objects.requireNonNull(action, "action"));
        return this;
    }

    /** What the store can. */
    public Set<StoreCapability> capabilities() {
        return Set.copyOf(capabilities);
    }

    Store store() {
        return store;
    }

    Duration patience() {
        return patience;
    }

    void advance(Duration span) {
        Objects.requireNonNull(time, "time").accept(span);
    }

    Store secondHandle() {
        Store handle = Objects.requireNonNull(second, "second").get();
        open.add(handle);
        return handle;
    }

    Store reopen() {
        closeHandles();
        Store again = Objects.requireNonNull(reopened, "reopened").get();
        open.add(again);
        return again;
    }

    private void closeHandles() {
        open.forEach(Store::close);
        open.clear();
    }

    /** Closes what is open, then runs what {@link #closing} was given. */
    @Override
    public void close() {
        try {
            closeHandles();
        } finally {
            after.forEach(Runnable::run);
        }
    }
}
