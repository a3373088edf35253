package org.libcoop.spi;

import java.util.function.Consumer;
import org.libcoop.directory.HostDirectory;

/**
 * Where the host's institutions, operators and departments come from, in revisions (D11). A revision with faults within itself
 * is refused before it gets here ({@link HostDirectory#of}). <em>Safe for use by several threads.</em>
 */
public interface DirectorySource {

    /** The newest revision. */
    HostDirectory current();

    /** Tells {@code listener} every later revision, each whole. */
    void onRevision(Consumer<HostDirectory> listener);
}
