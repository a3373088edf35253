package org.libcoop.testkit.junit.broken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;

/** ST1 and ST2: changes that win when they should not, by halves, or in another order. */
final class DefectsOfChanges {

    /** What lies between a read and a write where the store is not in the same process. */
    private static final long ROUND_TRIP_NANOS = 200_000;

    private DefectsOfChanges() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st01", "reads a chat, then writes it", ReadsThenWrites::new),
                Defect.of("st01", "forgets the expected entry", OneByOne.withChats(OneByOne::onWhatIsThere)),
                Defect.of("st01", "forgets the version of the guard", OneByOne.withChats(DefectsOfChanges::anyGuard)),
                Defect.of("st01", "keeps the entries though the guard lost", KeepsEntries::new),
                Defect.of("st01", "reads a row, then writes it", ReadsRowThenWrites::new),
                Defect.of("st01", "forgets the version of a row", OneByOne.with(DefectsOfChanges::anyRow)),
                Defect.of("st01", "forgets the version of a record", OneByOne.with(DefectsOfChanges::anyRecord)),
                Defect.of(
                        "st01",
                        "forgets the revision a record was decided on",
                        OneByOne.with(DefectsOfChanges::anyRevision)),
                Defect.of(
                        "st01",
                        "forgets the revision the host was decided on",
                        OneByOne.with(DefectsOfChanges::anyHost)),
                Defect.of(
                        "st01", "lowers nobody", OneByOne.withChats((store, change) -> OneByOne.withoutLowers(change))),
                Defect.of(
                        "st01",
                        "fails on lowering an operator it does not know",
                        OneByOne.withChats(DefectsOfChanges::known)),
                Defect.of("st02", "answers in another order", AnswersInReverse::new),
                Defect.of("st02", "stops at the first change that loses", StopsAtTheFirstLoss::new),
                Defect.of("st02", "judges a batch on what was there before it", SeesNothingOfItsBatch::new));
    }

    private static Change anyGuard(Store store, Change.OfChat change) {
        Change.Guard guard = change.guard();
        if (guard == null) {
            return change;
        }
        List<OperatorPresence> rows = store.presence(guard.operator(), 0);
        long version = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).version();
        return OneByOne.withGuard(change, new Change.Guard(guard.operator(), version));
    }

    private static Change anyRow(Store store, Change change) {
        if (!(change instanceof Change.OfPresence ofPresence)) {
            return change;
        }
        OperatorPresence row = ofPresence.presence();
        List<OperatorPresence> rows = store.presence(row.operator(), 0);
        long version = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).version() + 1;
        return new Change.OfPresence(new OperatorPresence(
                row.operator(),
                version,
                row.signedIn(),
                row.status(),
                row.switches(),
                row.attachments(),
                row.onlineSince(),
                row.changedAt(),
                row.openChats(),
                row.signOff()));
    }

    private static Change anyRecord(Store store, Change change) {
        if (!(change instanceof Change.OfRecord ofRecord)) {
            return change;
        }
        StoredDirectory.Versioned stored =
                store.directory().records().get(ofRecord.record().key());
        return new Change.OfRecord(
                ofRecord.record(), stored == null ? 0 : stored.version(), ofRecord.expectedRevision());
    }

    private static Change anyRevision(Store store, Change change) {
        return change instanceof Change.OfRecord ofRecord
                ? new Change.OfRecord(ofRecord.record(), ofRecord.expectedVersion())
                : change;
    }

    private static Change anyHost(Store store, Change change) {
        return change instanceof Change.OfHost ofHost
                ? new Change.OfHost(ofHost.host(), store.directory().revision())
                : change;
    }

    private static Change known(Store store, Change.OfChat change) {
        if (change.lowers() != null && store.presence(change.lowers(), 0).isEmpty()) {
            throw new IllegalStateException("no row of " + change.lowers());
        }
        return change;
    }

    /** Looks, finds that it may, and overwrites whatever has come in between. */
    private static final class ReadsThenWrites extends OneByOne {
        ReadsThenWrites(Store store) {
            super(store);
        }

        @Override
        Committed commit(NodeId node, Change change) {
            if (!(change instanceof Change.OfChat ofChat)) {
                return applied(node, change);
            }
            long before = store.chat(ofChat.chat().id()).map(chat -> chat.seq()).orElse(0L);
            LockSupport.parkNanos(ROUND_TRIP_NANOS);
            Committed outcome = applied(node, change);
            for (int i = 0; i < 100 && before == ofChat.expectedSeq() && outcome.equals(Committed.LOST); i++) {
                outcome = applied(node, onWhatIsThere(store, ofChat));
            }
            return outcome;
        }
    }

    private static final class ReadsRowThenWrites extends OneByOne {
        ReadsRowThenWrites(Store store) {
            super(store);
        }

        @Override
        Committed commit(NodeId node, Change change) {
            if (!(change instanceof Change.OfChat ofChat) || ofChat.guard() == null) {
                return applied(node, change);
            }
            Change any = anyGuard(store, ofChat);
            boolean held = any.equals(change);
            LockSupport.parkNanos(ROUND_TRIP_NANOS);
            Committed outcome = applied(node, change);
            for (int i = 0; i < 100 && held && outcome.equals(Committed.LOST); i++) {
                outcome = applied(node, anyGuard(store, ofChat));
            }
            return outcome;
        }
    }

    private static final class KeepsEntries extends OneByOne {
        KeepsEntries(Store store) {
            super(store);
        }

        @Override
        Committed commit(NodeId node, Change change) {
            Committed outcome = applied(node, change);
            if (outcome.equals(Committed.LOST) && change instanceof Change.OfChat ofChat && ofChat.guard() != null) {
                applied(node, withResult(withGuard(ofChat, null), null));
            }
            return outcome;
        }
    }

    private static final class AnswersInReverse extends ForwardingStore {
        AnswersInReverse(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Committed> outcomes = new ArrayList<>(store.commit(node, batch));
            Collections.reverse(outcomes);
            return outcomes;
        }
    }

    private static final class StopsAtTheFirstLoss extends ForwardingStore {
        StopsAtTheFirstLoss(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Committed> outcomes = new ArrayList<>();
            for (Change change : batch) {
                boolean lost = outcomes.contains(Committed.LOST);
                outcomes.add(
                        lost
                                ? Committed.LOST
                                : store.commit(node, List.of(change)).get(0));
            }
            return outcomes;
        }
    }

    private static final class SeesNothingOfItsBatch extends ForwardingStore {
        SeesNothingOfItsBatch(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            Set<ChatId> changed = new HashSet<>();
            List<Committed> outcomes = new ArrayList<>();
            for (Change change : batch) {
                boolean again = change instanceof Change.OfChat ofChat
                        && !changed.add(ofChat.chat().id());
                outcomes.add(
                        again
                                ? Committed.LOST
                                : store.commit(node, List.of(change)).get(0));
            }
            return outcomes;
        }
    }
}
