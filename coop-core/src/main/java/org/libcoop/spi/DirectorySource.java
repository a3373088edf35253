package org.libcoop.spi;

import java.util.function.Consumer;
import org.libcoop.directory.HostDirectory;

/**
 * Where the host's institutions, operators and departments come from, in revisions (D11). A revision with faults within itself
 * is refused before it gets here ({@link HostDirectory#of}).
 *
 * <ol>
 * <li>DS1 A revision is whole: what it does not name is gone.
 * <li>DS2 {@link #current} is never older than what a listener was told last.
 * <li>DS3 Ids are opaque and never given to somebody else later.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
public interface DirectorySource {

    /** The newest revision. */
    HostDirectory current();

    /** Tells {@code listener} every later revision, each whole. */
    void onRevision(Consumer<HostDirectory> listener);
}
