package org.libcoop.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.RecordKey;

/**
 * The directory as the store keeps it (D11): the host's part, null before the first, and the library's own records with their
 * versions. {@code revision} counts the changes of either, from 0 before the first. <em>Immutable.</em>
 */
public record StoredDirectory(@Nullable HostDirectory host, long revision, Map<RecordKey, Versioned> records) {

    public StoredDirectory {
        // Keeps the order: whoever reads the directory twice, on whatever machine, meets its records in the same one.
        records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
    }

    /** A record and its version, which counts from 1. */
    public record Versioned(LibraryRecord record, long version) {
        public Versioned {
            Objects.requireNonNull(record, "record");
        }
    }
}
