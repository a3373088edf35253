package org.libcoop.memory;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.libcoop.directory.HostDirectory;
import org.libcoop.spi.DirectorySource;

/**
 * A host's directory that is given whole at the start and again whenever the host's own data have changed (D11).
 *
 * <pre>{@code
 * RevisedDirectory directory = new RevisedDirectory(readUsers());
 * CoopEngine engine = CoopEngine.builder().directorySource(directory).build();
 * ...
 * directory.revise(readUsers()); // somebody was hired, or left
 * }</pre>
 *
 * <em>Safe for use by several threads.</em>
 */
public final class RevisedDirectory implements DirectorySource {

    private final List<Consumer<HostDirectory>> listeners = new CopyOnWriteArrayList<>();
    private volatile HostDirectory current;

    /** A directory that begins with this revision. */
    public RevisedDirectory(HostDirectory first) {
        this.current = Objects.requireNonNull(first, "first");
    }

    @Override
    public HostDirectory current() {
        return current;
    }

    @Override
    public void onRevision(Consumer<HostDirectory> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Takes {@code revision} in place of the one before: what it does not name is gone. Listeners are told before
     * this returns; an engine follows a moment later, when its store has the revision.
     */
    public synchronized void revise(HostDirectory revision) {
        current = Objects.requireNonNull(revision, "revision");
        listeners.forEach(listener -> listener.accept(revision));
    }
}
