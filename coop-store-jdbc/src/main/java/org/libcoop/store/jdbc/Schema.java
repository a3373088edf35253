package org.libcoop.store.jdbc;

/** Placeholder to compile the skeleton. */
final class Schema {
    private Schema() {}
}
