package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.spi.Committed.Outcome.APPLIED;
import static org.libcoop.spi.Committed.Outcome.LOST;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Policies;
import org.libcoop.directory.RecordKey;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.StoredDirectory.Versioned;

/** ST12, and ST1 and ST3 for the directory. */
abstract class DirectoryRules extends ErasureRules {

    private static final Coop ONE = Coop.local(Given.ACADEMIC, "one");
    private static final Coop TWO = Coop.local(Given.ACADEMIC, "two");

    @Test
    void st01_aRecordOfAnotherVersionLoses() {
        assertThat(commit(new Change.OfRecord(ONE, 1))).isEqualTo(LOST);
        assertThat(commit(new Change.OfRecord(ONE, 0))).isEqualTo(APPLIED);
        assertThat(commit(new Change.OfRecord(TWO, 0))).isEqualTo(LOST);
        assertThat(commit(new Change.OfRecord(TWO, 2))).isEqualTo(LOST);
        assertThat(store.directory().records()).isEqualTo(Map.of(ONE.key(), new Versioned(ONE, 1)));

        assertThat(commit(new Change.OfRecord(TWO, 1))).isEqualTo(APPLIED);
        assertThat(commit(new Change.OfRecord(ONE, 1))).isEqualTo(LOST);

        assertThat(store.directory().records()).isEqualTo(Map.of(ONE.key(), new Versioned(TWO, 2)));
        assertThat(store.directory().revision()).isEqualTo(2);
    }

    @Test
    void st01_versionsOfRecordsAreTheirOwn() {
        Coop other = Coop.local(CoopId.of("other"), "other");

        given(new Change.OfRecord(ONE, 0), new Change.OfRecord(TWO, 1), new Change.OfRecord(other, 0));

        assertThat(store.directory().records().get(other.key())).isEqualTo(new Versioned(other, 1));
    }

    @Test
    void st01_aRecordThatWasDecidedOnAnotherRevisionLoses() {
        Coop other = Coop.local(CoopId.of("other"), "other");
        given(new Change.OfRecord(ONE, 0), new Change.OfRecord(other, 0));

        assertThat(commit(new Change.OfRecord(TWO, 1, 1L))).isEqualTo(LOST);
        assertThat(commit(new Change.OfRecord(TWO, 1, 3L))).isEqualTo(LOST);
        assertThat(commit(new Change.OfRecord(TWO, 0, 2L)))
                .as("its own version counts, too")
                .isEqualTo(LOST);
        assertThat(store.directory().records().get(ONE.key())).isEqualTo(new Versioned(ONE, 1));
        assertThat(store.directory().revision()).isEqualTo(2);

        assertThat(commit(new Change.OfRecord(TWO, 1, 2L))).isEqualTo(APPLIED);
        assertThat(commit(new Change.OfRecord(ONE, 2))).as("none is asked for").isEqualTo(APPLIED);
        assertThat(store.directory().revision()).isEqualTo(4);
    }

    @Test
    void st01_theHostsPartCountsForTheRevisionOfARecord() {
        given(new Change.OfRecord(ONE, 0), new Change.OfHost(Specimens.host(), 1));

        assertThat(commit(new Change.OfRecord(TWO, 1, 1L))).isEqualTo(LOST);
        assertThat(commit(new Change.OfRecord(TWO, 1, 2L))).isEqualTo(APPLIED);
    }

    @Test
    void st01_aHostThatWasDecidedOnAnotherRevisionLoses() {
        assertThat(commit(new Change.OfHost(Specimens.host(), 1))).isEqualTo(LOST);
        assertThat(commit(new Change.OfHost(Specimens.host(), 0))).isEqualTo(APPLIED);
        assertThat(commit(new Change.OfHost(Specimens.laterHost(), 0))).isEqualTo(LOST);
        given(new Change.OfRecord(ONE, 0));

        assertThat(commit(new Change.OfHost(Specimens.laterHost(), 1))).isEqualTo(LOST);
        assertThat(commit(new Change.OfHost(Specimens.laterHost(), 3))).isEqualTo(LOST);
        assertThat(store.directory().host()).isEqualTo(Specimens.host());
        assertThat(commit(new Change.OfHost(Specimens.laterHost(), 2))).isEqualTo(APPLIED);

        assertThat(store.directory().host()).isEqualTo(Specimens.laterHost());
        assertThat(store.directory().revision()).isEqualTo(3);
    }

    @Test
    void st03_everyTypeOfRecordIsKeptWhole() {
        List<LibraryRecord> records = Specimens.records();
        Set<RecordKey.Type> types = EnumSet.noneOf(RecordKey.Type.class);
        records.forEach(record -> types.add(record.key().type()));
        assertThat(types).as("types among the specimens").containsExactly(RecordKey.Type.values());

        given(records.stream().map(record -> new Change.OfRecord(record, 0)).toList());

        Map<RecordKey, Versioned> stored = store.directory().records();
        assertThat(stored).hasSameSizeAs(records);
        for (LibraryRecord record : records) {
            assertThat(stored.get(record.key())).isEqualTo(new Versioned(record, 1));
        }
    }

    @Test
    void st03_policiesAreKeptAsTheyWereSet() {
        given(new Change.OfRecord(Policies.defaults(), 0));
        assertThat(stored(RecordKey.policies())).isEqualTo(Policies.defaults());

        given(new Change.OfRecord(Specimens.policies(), 1));

        Policies policies = (Policies) stored(RecordKey.policies());
        assertThat(policies.settings()).isEqualTo(Specimens.policies().settings());
    }

    private LibraryRecord stored(RecordKey key) {
        return Objects.requireNonNull(store.directory().records().get(key)).record();
    }

    @Test
    void st03_theHostsPartIsKeptWholeAndInItsOrder() {
        HostDirectory host = Specimens.host();

        given(new Change.OfHost(host, 0));

        HostDirectory read = Objects.requireNonNull(store.directory().host());
        assertThat(read).isEqualTo(host);
        assertThat(read.institutions().keySet())
                .containsExactlyElementsOf(host.institutions().keySet());
        assertThat(read.operators().keySet())
                .containsExactlyElementsOf(host.operators().keySet());
        assertThat(read.departments().keySet())
                .containsExactlyElementsOf(host.departments().keySet());
    }

    @Test
    void st03_recordsStandInTheSameOrderForEveryReader() {
        given(Specimens.records().stream()
                .map(record -> new Change.OfRecord(record, 0))
                .toList());
        List<RecordKey> order = List.copyOf(store.directory().records().keySet());

        assertThat(otherHandle().directory().records().keySet()).containsExactlyElementsOf(order);
        given(new Change.OfRecord(Specimens.fullWidget(), 1));

        assertThat(store.directory().records().keySet()).containsExactlyElementsOf(order);
        assertThat(otherHandle().directory().records().keySet()).containsExactlyElementsOf(order);
    }

    @Test
    void st12_everyChangeOfTheDirectoryHasANumber() {
        given(new Change.OfRecord(ONE, 0));
        assertThat(store.directory().revision()).isEqualTo(1);
        given(new Change.OfHost(Specimens.host(), 1));
        assertThat(store.directory().revision()).isEqualTo(2);
        given(new Change.OfRecord(TWO, 1));
        assertThat(store.directory().revision()).isEqualTo(3);

        commit(new Change.OfRecord(ONE, 1));
        commit(new Change.OfHost(Specimens.host(), 1));
        given(Draft.start("c", t0).change());
        given(new Change.OfPresence(Given.signedIn(Given.ANA, t0)));

        assertThat(store.directory().revision()).isEqualTo(3);
    }

    @Test
    void st12_eachRevisionIsAsItWas() {
        List<StoredDirectory> revisions = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        Specimens.records().forEach(record -> changes.add(new Change.OfRecord(record, 0)));
        changes.add(new Change.OfHost(Specimens.host(), changes.size()));
        changes.add(new Change.OfRecord(Policies.defaults(), 1));
        changes.add(new Change.OfRecord(ONE, 1));
        changes.add(new Change.OfHost(Specimens.laterHost(), changes.size()));
        for (Change change : changes) {
            given(change);
            revisions.add(store.directory());
        }

        for (int i = 0; i < revisions.size(); i++) {
            StoredDirectory then = revisions.get(i);
            assertThat(then.revision()).isEqualTo(i + 1L);
            assertThat(store.directory(i + 1L)).contains(then);
            assertThat(store.directory(i + 1L).orElseThrow().records().keySet())
                    .containsExactlyElementsOf(then.records().keySet());
        }
    }

    @Test
    void st12_revisionsOfOneBatchAreEachThere() {
        given(
                new Change.OfRecord(ONE, 0),
                new Change.OfHost(Specimens.host(), 1),
                new Change.OfRecord(TWO, 1),
                new Change.OfHost(Specimens.laterHost(), 3));

        assertThat(store.directory(1)).contains(new StoredDirectory(null, 1, Map.of(ONE.key(), new Versioned(ONE, 1))));
        assertThat(store.directory(2))
                .contains(new StoredDirectory(Specimens.host(), 2, Map.of(ONE.key(), new Versioned(ONE, 1))));
        assertThat(store.directory(3))
                .contains(new StoredDirectory(Specimens.host(), 3, Map.of(ONE.key(), new Versioned(TWO, 2))));
        assertThat(store.directory(4)).contains(store.directory());
    }

    @Test
    void st12_eachRevisionSaysSinceWhen() {
        Instant before = store.now();
        given(new Change.OfRecord(ONE, 0));
        Instant between = store.now();
        if (can(StoreCapability.CONTROLLED_TIME)) {
            awaitTime(t0.plusSeconds(7));
        }
        given(new Change.OfRecord(TWO, 1), new Change.OfHost(Specimens.host(), 2));
        Instant after = store.now();

        assertThat(store.revisedAt(1).orElseThrow()).isBetween(before, between);
        assertThat(store.revisedAt(2).orElseThrow()).isBetween(between, after);
        assertThat(store.revisedAt(3).orElseThrow())
                .isBetween(store.revisedAt(2).orElseThrow(), after);
        if (can(StoreCapability.CONTROLLED_TIME)) {
            assertThat(store.revisedAt(2).orElseThrow()).isAfter(between);
        }
    }

    @Test
    void st12_aNumberThatWasNotGivenYetIsEmpty() {
        assertThat(store.directory(1)).isEmpty();
        given(new Change.OfRecord(ONE, 0));

        assertThat(store.directory(1)).isPresent();
        assertThat(store.directory(2)).isEmpty();
        assertThat(store.directory(-1)).isEmpty();
        assertThat(store.revisedAt(2)).isEmpty();
        assertThat(store.revisedAt(0)).isEmpty();
        assertThat(store.directory(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void st12_everyRevisionOfTheLastDayIsKept() {
        int changes = 1_500;
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            batch.add(new Change.OfRecord(Coop.local(Given.ACADEMIC, "name " + i), i));
        }
        given(batch.subList(0, 1_000));
        given(batch.subList(1_000, changes));
        if (can(StoreCapability.CONTROLLED_TIME)) {
            awaitTime(t0.plus(Duration.ofHours(23)));
            store.commit(join(store, "later"), List.of(new Change.OfHost(Specimens.host(), changes)));
        }

        for (int revision : new int[] {1, 2, 499, 500, 501, 1_000, 1_499, 1_500}) {
            Coop then = Coop.local(Given.ACADEMIC, "name " + (revision - 1));
            assertThat(store.directory(revision))
                    .as("revision %s", revision)
                    .contains(new StoredDirectory(null, revision, Map.of(then.key(), new Versioned(then, revision))));
        }
    }

    @Test
    void st12_earlierRevisionsAreThereAfterReopening() {
        needs(StoreCapability.SURVIVES_REOPEN);
        given(new Change.OfHost(Specimens.host(), 0), new Change.OfRecord(ONE, 0), new Change.OfRecord(TWO, 1));
        StoredDirectory first = store.directory(1).orElseThrow();
        StoredDirectory second = store.directory(2).orElseThrow();

        Store again = subject.reopen();

        assertThat(again.directory(1)).contains(first);
        assertThat(again.directory(2)).contains(second);
        assertThat(again.directory(3)).contains(again.directory());
    }
}
