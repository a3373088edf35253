package org.libcoop.testkit.junit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditQuery.Result;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;

/** Audit trails that each break one rule, in a way that an adapter easily might. */
final class BrokenAuditTrails {

    private BrokenAuditTrails() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements AuditTrail {
        final AuditTrail right = new InMemoryAuditTrail();

        @Override
        public void record(Collection<AuditRecord> records) {
            right.record(records);
        }

        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            return right.search(query, cursor, limit);
        }

        @Override
        public long forget(Instant instant) {
            return right.forget(instant);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Takes so many at once, and forgets that there may be more. */
    static final class CutsLongLists extends Proxy {
        @Override
        public void record(Collection<AuditRecord> records) {
            super.record(records.stream().limit(64).toList());
        }
    }

    /** Names records itself, so that what is brought again is another one. */
    static final class NamesRecordsAnew extends Proxy {
        private int number;

        @Override
        public synchronized void record(Collection<AuditRecord> records) {
            super.record(records.stream()
                    .map(one -> new AuditRecord(
                            one.id() + " " + number++,
                            one.at(),
                            one.who(),
                            one.operation(),
                            one.thing(),
                            one.institutions(),
                            one.code(),
                            one.counts(),
                            one.command()))
                    .toList());
        }
    }

    /** Has a column of whole seconds. */
    static final class CutsMilliseconds extends Proxy {
        @Override
        public void record(Collection<AuditRecord> records) {
            super.record(records.stream()
                    .map(one -> new AuditRecord(
                            one.id(),
                            one.at().truncatedTo(ChronoUnit.SECONDS),
                            one.who(),
                            one.operation(),
                            one.thing(),
                            one.institutions(),
                            one.code(),
                            one.counts(),
                            one.command()))
                    .toList());
        }
    }

    /** Has no column for whatever else there is to say. */
    static final class DropsCounts extends Proxy {
        @Override
        public void record(Collection<AuditRecord> records) {
            super.record(records.stream()
                    .map(one -> one.counting(Collections.emptyMap()))
                    .toList());
        }
    }

    /** Compares with at most where less is meant. */
    static final class TakesTheLastInstantIn extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            Instant to = query.to();
            return super.search(to == null ? query : query.between(query.from(), to.plusMillis(1)), cursor, limit);
        }
    }

    /** Forgets one of the filters. */
    static final class TakesWhatWasRefusedForDone extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            return super.search(query.result() == Result.DONE ? query.result(Result.ANY) : query, cursor, limit);
        }
    }

    /** Orders pages upside down. */
    static final class OldestFirst extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            AuditPage page = super.search(query, cursor, limit);
            List<AuditRecord> rows = new ArrayList<>(page.rows());
            Collections.reverse(rows);
            return new AuditPage(rows, page.next());
        }
    }

    /** Gives a cursor with every full page. */
    static final class GuessesThatSomethingFollows extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            AuditPage page = super.search(query, cursor, limit);
            boolean full =
                    page.next() == null && !page.rows().isEmpty() && page.rows().size() == limit;
            return full ? new AuditPage(page.rows(), "more") : page;
        }
    }

    /** Takes any number of rows for a fair wish. */
    static final class GivesAnyNumber extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            return super.search(query, cursor, Math.max(1, limit));
        }
    }

    /** Takes what is no cursor for the beginning. */
    static final class TakesAnyCursor extends Proxy {
        @Override
        public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
            try {
                return super.search(query, cursor, limit);
            } catch (IllegalArgumentException notOfThisQuery) {
                if (limit < 1) {
                    throw notOfThisQuery;
                }
                return super.search(query, null, limit);
            }
        }
    }

    /** Forgets the instant itself, too. */
    static final class ForgetsTheInstant extends Proxy {
        @Override
        public long forget(Instant instant) {
            return super.forget(instant.plusMillis(1));
        }
    }
}
