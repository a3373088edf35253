package org.libcoop.engine;

import org.libcoop.directory.OperatorId;

/** Who shares and gets files. <em>Immutable.</em> */
public sealed interface FileUser {

    /** An operator whom the host has authenticated. */
    record OfStaff(OperatorId operator) implements FileUser {}

    /** A patron, over a connection or only by the key. */
    record OfPatron(PatronConnection patron) implements FileUser {}
}
