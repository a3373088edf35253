package org.libcoop.testkit.junit.broken;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/** ST4 and ST5: commands that are applied again, and nodes that act after their end. */
final class DefectsOfResultsAndLeases {

    private DefectsOfResultsAndLeases() {}

    static List<Defect> all() {
        return List.of(
                Defect.of(
                        "st04",
                        "forgets results",
                        OneByOne.withChats((store, change) -> OneByOne.withResult(change, null))),
                Defect.of(
                        "st04",
                        "ignores the scope of a command",
                        OneByOne.withChats((store, change) -> renamed(change, "", ""))),
                Defect.of(
                        "st04",
                        "runs scope and id together",
                        OneByOne.withChats((store, change) -> renamed(change, "", null))),
                Defect.of("st04", "answers with the result of the resend", AnswersWithTheResend::new),
                Defect.of("st04", "looks at the entry before the command", LooksAtTheEntryFirst::new),
                Defect.of("st05", "lets nodes write that have no lease", inner -> new LetsTheDeadWrite(inner, false)),
                Defect.of(
                        "st05",
                        "lets a node write at the very end of its lease",
                        inner -> new LetsTheDeadWrite(inner, true)),
                Defect.of("st05", "renews what has ended", RenewsWhatEnded::new),
                Defect.of("st05", "takes an id twice", TakesAnIdTwice::new),
                Defect.of("st05", "lists only nodes that live", ListsOnlyTheLiving::new),
                Defect.of("st05", "does not hear of leaving", NeverLeaves::new));
    }

    private static Change renamed(Change.OfChat change, String scope, @Nullable String glue) {
        CommandResult result = change.result();
        if (result == null) {
            return change;
        }
        CommandId command = result.command();
        String id = glue == null ? command.scope() + " " + command.id() : glue + command.id();
        CommandId other = new CommandId(scope, id, command.digest());
        return OneByOne.withResult(change, new CommandResult(other, result.chat(), result.seq()));
    }

    private static final class AnswersWithTheResend extends OneByOne {
        AnswersWithTheResend(Store store) {
            super(store);
        }

        @Override
        Committed commit(NodeId node, Change change) {
            Committed outcome = applied(node, change);
            boolean repeated = outcome.outcome() == Committed.Outcome.REPEATED;
            return repeated ? Committed.repeated(((Change.OfChat) change).result()) : outcome;
        }
    }

    private static final class LooksAtTheEntryFirst extends OneByOne {
        LooksAtTheEntryFirst(Store store) {
            super(store);
        }

        @Override
        Committed commit(NodeId node, Change change) {
            if (change instanceof Change.OfChat ofChat) {
                long seq =
                        store.chat(ofChat.chat().id()).map(chat -> chat.seq()).orElse(0L);
                if (seq != ofChat.expectedSeq()) {
                    return Committed.LOST;
                }
            }
            return applied(node, change);
        }
    }

    /** Has a node of its own in whose name it writes what others may not. */
    private static final class LetsTheDeadWrite extends OneByOne {
        private static final NodeId ZOMBIE = new NodeId("zombie");
        private final boolean onlyAtTheEnd;

        LetsTheDeadWrite(Store store, boolean onlyAtTheEnd) {
            super(store);
            this.onlyAtTheEnd = onlyAtTheEnd;
        }

        @Override
        public List<NodeLease> nodes() {
            return store.nodes().stream()
                    .filter(lease -> !lease.node().equals(ZOMBIE))
                    .toList();
        }

        @Override
        Committed commit(NodeId node, Change change) {
            Committed outcome = applied(node, change);
            if (!outcome.equals(Committed.FENCED) || (onlyAtTheEnd && !endsNow(node))) {
                return outcome;
            }
            if (store.nodes().size() == nodes().size()) {
                store.join(ZOMBIE, Duration.ofDays(365));
            }
            return applied(ZOMBIE, change);
        }

        private boolean endsNow(NodeId node) {
            return store.nodes().stream()
                    .anyMatch(
                            lease -> lease.node().equals(node) && lease.endsAt().equals(store.now()));
        }
    }

    private static final class RenewsWhatEnded extends ForwardingStore {
        RenewsWhatEnded(Store store) {
            super(store);
        }

        @Override
        public Optional<NodeLease> renew(NodeId node) {
            return store.renew(node).or(() -> Optional.of(new NodeLease(node, now(), Duration.ofSeconds(1))));
        }
    }

    private static final class TakesAnIdTwice extends ForwardingStore {
        TakesAnIdTwice(Store store) {
            super(store);
        }

        @Override
        public NodeLease join(NodeId node, Duration length) {
            try {
                return store.join(node, length);
            } catch (IllegalArgumentException known) {
                return new NodeLease(node, now(), length);
            }
        }
    }

    private static final class ListsOnlyTheLiving extends ForwardingStore {
        ListsOnlyTheLiving(Store store) {
            super(store);
        }

        @Override
        public List<NodeLease> nodes() {
            return store.nodes().stream()
                    .filter(lease -> now().isBefore(lease.endsAt()))
                    .toList();
        }
    }

    private static final class NeverLeaves extends ForwardingStore {
        NeverLeaves(Store store) {
            super(store);
        }

        @Override
        public void leave(NodeId node) {}
    }
}
