package org.libcoop.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.InvalidDirectoryException;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.StoredDirectory.Versioned;

/**
 * The directory between host, store and picture (D11): the host's revisions go in, the library's records are changed by
 * guarded commands, and every node reads both from the store. Runs on the pipeline, or before it starts.
 */
final class DirectoryDesk {

    private static final int TRIES = 20;

    private final Store store;
    private StoredDirectory stored;
    private @Nullable Presence presence;

    DirectoryDesk(Store store) {
        this.store = store;
        this.stored = store.directory();
    }

    /**
     * Fills the store with the host's revision and with those records it does not have yet, and reads all of it.
     *
     * @throws InvalidDirectoryException if what is to be filled in is not valid (D10)
     */
    static Directory check(HostDirectory host, List<LibraryRecord> records, StoredDirectory stored) {
        Map<RecordKey, LibraryRecord> all = new LinkedHashMap<>();
        records.forEach(record -> all.put(record.key(), record));
        stored.records().forEach((key, versioned) -> all.put(key, versioned.record()));
        return stored.records().isEmpty() ? Directory.of(host, all.values()) : Directory.resolve(host, all.values());
    }

    Directory fill(NodeId node, HostDirectory host, List<LibraryRecord> records) {
        for (int tries = 0; tries < TRIES; tries++) {
            stored = store.directory();
            Directory wanted = check(host, records, stored);
            boolean lost = false;
            if (!host.equals(stored.host())) {
                lost = lost(node, new Change.OfHost(host, stored.revision()));
            }
            for (LibraryRecord record : wanted.records()) {
                if (!stored.records().containsKey(record.key())) {
                    lost |= lost(node, new Change.OfRecord(stamped(record), 0));
                }
            }
            if (!lost) {
                stored = store.directory();
                return read(stored);
            }
        }
        throw new StoreException("the directory could not be filled in: others change it all the time", false);
    }

    /** A sign-off rule signs nobody out for a time before it was there (P5). */
    private LibraryRecord stamped(LibraryRecord record) {
        return record instanceof SignOffRule rule ? rule.withSince(store.now()) : record;
    }

    private boolean lost(NodeId node, Change change) {
        return store.commit(node, List.of(change)).get(0).outcome() != Committed.Outcome.APPLIED;
    }

    void picture(Presence picture) {
        this.presence = picture;
    }

    static Directory read(StoredDirectory stored) {
        HostDirectory host = stored.host();
        if (host == null) {
            throw new StoreException("the store has no host directory", false);
        }
        return Directory.resolve(
                        host,
                        stored.records().values().stream()
                                .map(Versioned::record)
                                .toList())
                .numbered(stored.revision());
    }

    /** Reads the directory again, if it changed; the stages whose service that touched. */
    Set<Stage> reread(Instant now) {
        StoredDirectory next = store.directory();
        if (presence == null || next.equals(stored)) {
            return Set.of();
        }
        stored = next;
        return presence.learn(read(next), now);
    }

    /** Takes a new revision of the host's; false if the store does not take it now. */
    boolean revise(NodeId node, HostDirectory host) {
        StoredDirectory basis = store.directory();
        for (int tries = 0; tries < TRIES && !host.equals(basis.host()); tries++) {
            lost(node, new Change.OfHost(host, basis.revision()));
            basis = store.directory();
        }
        return host.equals(basis.host());
    }

    /**
     * Changes one record, decided on the directory as stored, and only if that is still so: the whole must be valid with it (D10), and
     * two admins who both step down at once must not both succeed (A6).
     */
    Outcome<Directory> change(NodeId node, Function<Directory, Outcome<LibraryRecord>> change) {
        for (int tries = 0; tries < TRIES; tries++) {
            StoredDirectory basis = store.directory();
            Directory before = read(basis);
            Outcome<LibraryRecord> wanted = change.apply(before);
            if (wanted.refusal().isPresent()) {
                return Outcome.refused(wanted.refusal().get());
            }
            LibraryRecord record = stamped(wanted.orElseThrow());
            Directory after;
            try {
                after = before.withRecord(record);
            } catch (InvalidDirectoryException invalid) {
                return Outcome.refused(RefusalCode.INVALID, String.valueOf(invalid.getMessage()));
            }
            Versioned known = basis.records().get(record.key());
            long version = known == null ? 0 : known.version();
            if (known != null && known.record().equals(record)) {
                return Outcome.done(before);
            }
            if (!lost(node, new Change.OfRecord(record, version, basis.revision()))) {
                return Outcome.done(after);
            }
        }
        return Outcome.refused(RefusalCode.BUSY, "others change the directory all the time");
    }
}
