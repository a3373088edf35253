package org.libcoop.memory;

import java.util.Objects;
import java.util.function.Consumer;
import org.libcoop.directory.HostDirectory;
import org.libcoop.spi.DirectorySource;

/** A host whose directory never changes. <em>Immutable.</em> */
public final class FixedDirectory implements DirectorySource {

    private final HostDirectory host;

    public FixedDirectory(HostDirectory host) {
        this.host = Objects.requireNonNull(host, "host");
    }

    @Override
    public HostDirectory current() {
        return host;
    }

    @Override
    public void onRevision(Consumer<HostDirectory> listener) {
        Objects.requireNonNull(listener, "listener");
    }
}
