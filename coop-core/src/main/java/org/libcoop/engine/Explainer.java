package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.Logged;
import org.libcoop.chat.LostClaim;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Absence;
import org.libcoop.presence.Absences;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;

/**
 * Explains chats (E1): from the record what was asked when and why, from the presence rows and the directory of that time who was
 * there and who was not. A revision of the directory counts from when the store got it; a node may have learnt of it some milliseconds
 * later. Safe for use by several threads.
 */
public final class Explainer {

    private final Store store;
    private final Archive archive;
    private final LostClaims lostClaims;

    Explainer(Store store, Archive archive, LostClaims lostClaims) {
        this.store = store;
        this.archive = archive;
        this.lostClaims = lostClaims;
    }

    /** Why a chat was offered to whom; empty if there is none. */
    public Optional<Explanation> explain(ChatId id) {
        Chat live = store.chat(id).orElse(null);
        if (live != null) {
            return Optional.of(explained(live, log(live)));
        }
        return archive.chat(id).map(this::explain);
    }

    /** The same of a chat that is over. */
    Explanation explain(ArchivedChat over) {
        return explained(over.chat(), over.log());
    }

    /** An explanation as it is told on a co-op's path: of the people of other institutions how many they were. */
    static Explanation toldTo(OperatorId reader, Directory directory, Explanation whole) {
        Set<OperatorId> colleagues =
                directory
                        .operator(reader)
                        .map(known -> directory.operators(known.institution()))
                        .orElse(List.of())
                        .stream()
                        .map(Operator::id)
                        .collect(Collectors.toSet());
        Predicate<OperatorId> named = colleagues::contains;
        List<LostClaim> lost = whole.lost().stream()
                .filter(claim -> named.test(claim.operator()))
                .toList();
        return new Explanation(
                whole.chat(),
                whole.asked().stream()
                        .map(asked -> asked.shown(people -> people(named, people)))
                        .toList(),
                whole.log(),
                lost,
                whole.lost().size() - lost.size());
    }

    private static Explanation.People people(Predicate<OperatorId> named, Explanation.People whole) {
        Map<OperatorId, Absence> leftOut = new HashMap<>(whole.leftOut());
        leftOut.keySet().removeIf(named.negate());
        Map<Absence, Integer> others = new EnumMap<>(Absence.class);
        whole.leftOut().forEach((operator, why) -> {
            if (!named.test(operator)) {
                others.merge(why, 1, Integer::sum);
            }
        });
        Set<OperatorId> available = whole.available().stream().filter(named).collect(Collectors.toSet());
        return new Explanation.People(available, leftOut, whole.available().size() - available.size(), others);
    }

    private List<Logged> log(Chat chat) {
        List<Logged> log = WholeLog.of(store, chat, List.of());
        boolean forgotten = log.size() < chat.seq();
        return forgotten ? archive.chat(chat.id()).map(ArchivedChat::log).orElse(log) : log;
    }

    private Explanation explained(Chat chat, List<Logged> log) {
        List<Logged> openings = log.stream()
                .filter(entry -> entry.event() instanceof StageOpened)
                .toList();
        Past past = openings.isEmpty() ? null : new Past(openings.get(0).at());
        List<Explanation.Asked> asked = new ArrayList<>();
        for (Logged entry : openings) {
            StageOpened opened = (StageOpened) entry.event();
            asked.add(new Explanation.Asked(
                    opened.stage(),
                    opened.cause(),
                    opened.askedBy(),
                    entry.at(),
                    opened.handled(),
                    opened.notified(),
                    past == null ? null : past.people(chat.home(), opened.stage(), entry.at())));
        }
        return new Explanation(chat, asked, log, lostClaims.of(chat.id()), 0);
    }

    /** What is kept of a time that has gone by, read once for a chat. */
    private final class Past {

        private final Map<OperatorId, List<OperatorPresence>> rows = new LinkedHashMap<>();
        private final Map<NodeId, Instant> ends = new HashMap<>();
        private final Map<Long, Directory> directories = new HashMap<>();

        Past(Instant since) {
            for (OperatorPresence row : store.presenceSince(since)) {
                rows.computeIfAbsent(row.operator(), operator -> new ArrayList<>())
                        .add(row);
            }
            Instant now = store.now();
            for (NodeLease lease : store.nodes()) {
                if (!now.isBefore(lease.endsAt())) {
                    ends.put(lease.node(), lease.renewedAt());
                }
            }
        }

        Explanation.@Nullable People people(InstitutionId home, Stage stage, Instant at) {
            Directory directory = directory(at);
            if (directory == null) {
                return null;
            }
            Absences absences = new Absences(directory, home, ends);
            Set<OperatorId> available = new LinkedHashSet<>();
            Map<OperatorId, Absence> leftOut = new LinkedHashMap<>();
            for (OperatorId operator : absences.peopleOf(stage)) {
                OperatorPresence row = row(operator, at);
                if (row == null) {
                    return null;
                }
                absences.reason(row, stage, at)
                        .ifPresentOrElse(why -> leftOut.put(operator, why), () -> available.add(operator));
            }
            return new Explanation.People(available, leftOut);
        }

        /** The row that held at {@code at}; null if it is no longer kept. */
        private @Nullable OperatorPresence row(OperatorId operator, Instant at) {
            List<OperatorPresence> kept = rows.getOrDefault(operator, List.of());
            OperatorPresence held = null;
            for (OperatorPresence row : kept) {
                if (!row.changedAt().isAfter(at)) {
                    held = row;
                }
            }
            if (held != null) {
                return held;
            }
            boolean fromTheFirst = kept.isEmpty() || kept.get(0).version() == 1;
            return fromTheFirst ? OperatorPresence.unknown(operator) : null;
        }

        /** The directory that held at {@code at}; null if it is no longer kept. */
        private @Nullable Directory directory(Instant at) {
            long number = revision(at);
            Directory known = directories.get(number);
            if (known == null && number > 0) {
                known = read(number);
                if (known != null) {
                    directories.put(number, known);
                }
            }
            return known;
        }

        private @Nullable Directory read(long number) {
            return store.directory(number)
                    .filter(stored -> stored.host() != null)
                    .map(DirectoryDesk::read)
                    .orElse(null);
        }

        /** The last revision up to {@code at}; 0 if none of them is kept. Numbers and instants grow together. */
        private long revision(Instant at) {
            StoredDirectory newest = store.directory();
            long found = 0;
            long low = 1;
            long high = newest.revision();
            while (low <= high) {
                long middle = low + (high - low) / 2;
                Instant revised = store.revisedAt(middle).orElse(null);
                if (revised == null || !revised.isAfter(at)) {
                    found = revised == null ? found : middle;
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return found;
        }
    }
}
