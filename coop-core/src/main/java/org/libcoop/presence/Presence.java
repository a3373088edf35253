package org.libcoop.presence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;

/**
 * One node's picture of who is there: the operators' presence rows, the nodes that vouch for them, and the directory, turned
 * into who is available on which stage, from when to when (P3, P4). Ends that will come by time (a lease that runs out) are
 * known in advance, so a late look sees what a look in time would have seen (R14).
 *
 * <p>Changes are told by <em>one thread at a time</em> through the {@code learn} methods; each returns the stages whose
 * service it touched. Questions are <em>safe for use by several threads</em>.
 */
public final class Presence implements Availability {

    /** An owner lost at {@code at} (C6). {@code signedOff}: by an act of the operator or an admin, not by silence. */
    public record Loss(Instant at, boolean signedOff) {}

    /** A sign-off that comes by time: at {@code at}, unless the operator's row changes before (P5). */
    public record DueSignOff(Instant at, SignOff how) {
        public DueSignOff {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(how, "how");
        }
    }

    /** Something that will happen to {@code operator} by time at {@code at}: a lease ends, an owner is lost, or it is time to sign off. */
    private record TimedEnd(Instant at, OperatorId operator) implements Comparable<TimedEnd> {
        @Override
        public int compareTo(TimedEnd other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : operator.compareTo(other.operator);
        }
    }

    private record Link(InstitutionId home, Option option) {}

    private volatile Directory directory;
    private final Map<OperatorId, OperatorPresence> rows = new ConcurrentHashMap<>();
    private final Map<Stage, StageLine> stages = new ConcurrentHashMap<>();
    private final Map<OperatorId, Set<Stage>> onStages = new ConcurrentHashMap<>();
    private final StageLine online = new StageLine();
    private final Map<NodeId, Instant> endedNodes = new ConcurrentHashMap<>();
    private final Map<NodeId, Set<OperatorId>> byNode = new HashMap<>();
    private final Map<OperatorId, List<Loss>> losses = new ConcurrentHashMap<>();
    private final Map<Link, Instant> endedLinks = new ConcurrentHashMap<>();
    private final PriorityQueue<TimedEnd> timedEnds = new PriorityQueue<>();
    private final Map<OperatorId, DueSignOff> dueSignOffs = new ConcurrentHashMap<>();
    private volatile Instant idleFrom = Instant.MIN;

    public Presence(Directory directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    // ---- What is told

    /** Learns one operator's row, which holds from its {@code changedAt}. A version that is not newer changes nothing. */
    public Set<Stage> learn(OperatorPresence row) {
        OperatorPresence known = rows.get(row.operator());
        if (known != null && known.version() >= row.version()) {
            return Set.of();
        }
        for (Attachment attachment : row.attachments()) {
            byNode.computeIfAbsent(attachment.node(), n -> new HashSet<>()).add(row.operator());
        }
        rows.put(row.operator(), row);
        dueSignOffs.remove(row.operator());
        return settle(row, row.changedAt());
    }

    /** Learns that {@code node} is dead for good; {@code lastRenewal} was its last sign of life (P4, T3). */
    public Set<Stage> learnEnd(NodeId node, Instant lastRenewal) {
        endedNodes.put(node, lastRenewal);
        Set<Stage> touched = new HashSet<>();
        for (OperatorId operator : byNode.getOrDefault(node, Set.of())) {
            OperatorPresence row = rows.get(operator);
            if (row != null) {
                Instant at = liveUntil(row);
                touched.addAll(settle(row, at == null || at.isBefore(row.changedAt()) ? row.changedAt() : at));
            }
        }
        return touched;
    }

    /** Nodes that vouch for somebody, are not in {@code known}, and are not yet known to be dead. */
    public Set<NodeId> vouchersOutside(Set<NodeId> known) {
        Set<NodeId> outside = new HashSet<>(byNode.keySet());
        outside.removeAll(known);
        outside.removeAll(endedNodes.keySet());
        return outside;
    }

    /** Learns a new directory, which holds from {@code at} (R15: access and memberships are live). */
    public Set<Stage> learn(Directory next, Instant at) {
        Directory before = directory;
        directory = Objects.requireNonNull(next, "next");
        if (!next.policies().idleLimit().equals(before.policies().idleLimit())) {
            idleFrom = at;
        }
        Set<Stage> touched = new HashSet<>();
        for (Membership membership : before.memberships()) {
            Option option = Option.coop(membership.coop());
            Link link = new Link(membership.institution(), option);
            boolean reachable = next.reachable(link.home(), option);
            if (reachable) {
                endedLinks.remove(link);
            } else if (before.reachable(link.home(), option)) {
                endedLinks.put(link, at);
            }
            if (reachable != before.reachable(link.home(), option)) {
                touched.add(Stage.of(option));
                touched.add(Stage.backup(membership.coop()));
            }
        }
        for (OperatorPresence row : List.copyOf(rows.values())) {
            touched.addAll(settle(row, at));
        }
        return touched;
    }

    /** Forgets what ended before {@code horizon}; what still runs stays. */
    public void forgetBefore(Instant horizon) {
        stages.values().forEach(line -> line.forgetBefore(horizon));
        online.forgetBefore(horizon);
        losses.replaceAll((operator, list) -> {
            List<Loss> kept = new ArrayList<>(list);
            kept.removeIf(loss -> loss.at().isBefore(horizon));
            return List.copyOf(kept);
        });
        losses.values().removeIf(List::isEmpty);
    }

    /** Operators whose presence or ownership ended by time up to {@code now}; each end is told once. */
    public Set<OperatorId> endedByTime(Instant now) {
        Set<OperatorId> ended = new HashSet<>();
        for (TimedEnd next = timedEnds.peek(); next != null && !next.at().isAfter(now); next = timedEnds.peek()) {
            ended.add(timedEnds.remove().operator());
        }
        return ended;
    }

    /** When the next end by time is due. It may turn out to be nothing: people come back. */
    public Optional<Instant> nextEnd() {
        return Optional.ofNullable(timedEnds.peek()).map(TimedEnd::at);
    }

    /** The sign-off of {@code operator} that is due by {@code now} and not in the row yet (P5). */
    public Optional<DueSignOff> signOffDue(OperatorId operator, Instant now) {
        return Optional.ofNullable(dueSignOffs.get(operator))
                .filter(due -> !due.at().isAfter(now));
    }

    /** Whose sign-off is due by {@code now} and not in the row yet (P5). */
    public List<OperatorId> signOffsDue(Instant now) {
        return dueSignOffs.entrySet().stream()
                .filter(due -> !due.getValue().at().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From when on the present idle limit counts, as far as this node knows: what was done before does not matter (P5). */
    public Instant idleFrom() {
        return idleFrom;
    }

    private Set<Stage> settle(OperatorPresence row, Instant at) {
        DueSignOff due = settleSignOff(row, at);
        Instant until = earlier(liveUntil(row), due == null ? null : due.at());
        boolean room = roomFor(row, directory.policies().operatorLimit());
        Set<Stage> before = onStages.getOrDefault(row.operator(), Set.of());
        Set<Stage> touched = new HashSet<>();
        Set<Stage> after = new HashSet<>();
        for (Stage stage : directory.stagesOf(row.operator())) {
            if (room && willing(row, stage)) {
                after.add(stage);
                if (stages.computeIfAbsent(stage, s -> new StageLine()).set(row.operator(), at, true, until)) {
                    touched.add(stage);
                }
            }
        }
        for (Stage stage : before) {
            StageLine line = stages.get(stage);
            if (!after.contains(stage) && line != null && line.set(row.operator(), at, false, null)) {
                touched.add(stage);
            }
        }
        onStages.put(row.operator(), after);
        online.set(row.operator(), at, isOnline(directory, row), until);
        settleLoss(row, at);
        if (until != null) {
            timedEnds.add(new TimedEnd(until, row.operator()));
        }
        if (due != null && !due.at().equals(until)) {
            timedEnds.add(new TimedEnd(due.at(), row.operator()));
        }
        return touched;
    }

    /** What was due by {@code at} for this row stays so, whatever the directory says since; the rest is decided anew. */
    private @Nullable DueSignOff settleSignOff(OperatorPresence row, Instant at) {
        DueSignOff known = dueSignOffs.get(row.operator());
        DueSignOff due = known != null && !known.at().isAfter(at) ? known : signOffOf(row);
        if (due == null) {
            dueSignOffs.remove(row.operator());
        } else {
            dueSignOffs.put(row.operator(), due);
        }
        return due;
    }

    /** P5: the first instant at which a rule or the idle limit signs the operator off, sparing who owns a chat. */
    private @Nullable DueSignOff signOffOf(OperatorPresence row) {
        Operator operator = directory.operator(row.operator()).orElse(null);
        if (operator == null || !row.signedIn() || row.openChats() > 0) {
            return null;
        }
        ZoneId zone =
                directory.institution(operator.institution()).orElseThrow().zone();
        DueSignOff first = null;
        for (SignOffRule rule : directory.signOffRules(row.operator())) {
            Instant at = rule.firstAfter(row.changedAt(), zone).orElse(null);
            if (at != null && (first == null || at.isBefore(first.at()))) {
                first = new DueSignOff(at, SignOff.rule(rule.department()));
            }
        }
        Duration limit = policies().idleLimit().orElse(null);
        if (limit != null) {
            Instant active = row.changedAt().isAfter(idleFrom) ? row.changedAt() : idleFrom;
            if (first == null || active.plus(limit).isBefore(first.at())) {
                first = new DueSignOff(active.plus(limit), SignOff.idle());
            }
        }
        return first;
    }

    /** Keeps the losses that came before {@code at}; what was foreseen for later is decided anew. */
    private void settleLoss(OperatorPresence row, Instant at) {
        List<Loss> kept = new ArrayList<>(losses.getOrDefault(row.operator(), List.of()));
        kept.removeIf(loss -> !loss.at().isBefore(at));
        Loss loss = lossOf(row, at);
        if (loss != null && !kept.contains(loss)) {
            kept.add(loss);
            timedEnds.add(new TimedEnd(loss.at(), row.operator()));
        }
        if (kept.isEmpty()) {
            losses.remove(row.operator());
        } else {
            losses.put(row.operator(), List.copyOf(kept));
        }
    }

    private @Nullable Loss lossOf(OperatorPresence row, Instant at) {
        Operator operator = directory.operator(row.operator()).orElse(null);
        if (operator == null || !operator.chatEnabled()) {
            return new Loss(at, true);
        }
        if (!row.signedIn() || row.status() == Status.OFFLINE) {
            return new Loss(row.changedAt(), true);
        }
        Instant last = lastRenewal(row);
        return last == null ? null : new Loss(last.plus(policies().ownerGrace()), false);
    }

    // ---- What is asked

    @Override
    public boolean served(InstitutionId home, Stage stage, Instant at) {
        StageLine line = stages.get(stage);
        return line != null && line.served(at) && reachable(home, stage.option(), at);
    }

    @Override
    public Set<OperatorId> available(InstitutionId home, Stage stage, Instant at) {
        StageLine line = stages.get(stage);
        return line != null && reachable(home, stage.option(), at) ? line.available(at) : Set.of();
    }

    @Override
    public boolean available(InstitutionId home, Stage stage, OperatorId operator, Instant at) {
        StageLine line = stages.get(stage);
        return line != null && line.available(operator, at) && reachable(home, stage.option(), at);
    }

    @Override
    public boolean reached(InstitutionId home, Stage stage, OperatorId operator, Instant from, Instant to) {
        StageLine line = stages.get(stage);
        return line != null && line.reached(operator, from, to) && reachable(home, stage.option(), from);
    }

    @Override
    public Optional<Instant> firstLapse(InstitutionId home, Collection<Stage> asked, Instant after, Instant upTo) {
        Instant first = null;
        for (Stage stage : asked) {
            StageLine line = stages.get(stage);
            first = earlier(first, line == null ? null : line.firstLapse(after, upTo));
            Instant ended = endedLinks.get(new Link(home, stage.option()));
            if (ended != null && ended.isAfter(after) && !ended.isAfter(upTo)) {
                first = earlier(first, ended);
            }
        }
        return Optional.ofNullable(first);
    }

    private boolean reachable(InstitutionId home, Option option, Instant at) {
        if (option.kind() != Option.Kind.COOP || directory.reachable(home, option)) {
            return true;
        }
        Instant ended = endedLinks.get(new Link(home, option));
        return ended != null && at.isBefore(ended);
    }

    /** The stages {@code operator} is on as of the last news, those included on which presence has since ended by time. */
    public Set<Stage> stagesOf(OperatorId operator) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(onStages.getOrDefault(operator, Set.of())));
    }

    /** The directory this picture is drawn on. */
    public Directory directory() {
        return directory;
    }

    /** The row of {@code operator} as last heard of; one that nobody has heard of is signed out. */
    public OperatorPresence row(OperatorId operator) {
        return rows.getOrDefault(operator, OperatorPresence.unknown(operator));
    }

    /** Every operator heard of, in no order. */
    public Collection<OperatorPresence> rows() {
        return List.copyOf(rows.values());
    }

    /** P3: whether {@code operator} monitors {@code stage} (backup stage: is on duty) at {@code now}, room for a chat or not. */
    public boolean monitors(OperatorId operator, Stage stage, Instant now) {
        OperatorPresence row = row(operator);
        return live(operator, now) && directory.hasAccess(operator, stage) && willing(row, stage);
    }

    /** Whether {@code operator} is signed in and shows signs of life at {@code now} (P4). */
    public boolean live(OperatorId operator, Instant now) {
        OperatorPresence row = row(operator);
        Instant until = liveUntil(row);
        boolean signedOff = signOffDue(operator, now).isPresent();
        return row.signedIn() && !signedOff && (until == null || now.isBefore(until));
    }

    /** C8: whether {@code operator} was signed in, with the chat switch, ONLINE or AWAY, and showed signs of life at {@code at}. */
    public boolean online(OperatorId operator, Instant at) {
        return online.available(operator, at);
    }

    /** The first instant from {@code from} to {@code to}, both included, at which {@code operator} was not {@link #online}. */
    public Optional<Instant> firstOffline(OperatorId operator, Instant from, Instant to) {
        return Optional.ofNullable(online.firstAbsence(operator, from, to));
    }

    /** Whether {@code operator} has as many open chats as the limit allows (C12). */
    public boolean atLimit(OperatorId operator) {
        return !roomFor(row(operator), policies().operatorLimit());
    }

    /** The first time from {@code from} to {@code to}, both included, at which chats of {@code owner} lost their owner (C6). */
    public Optional<Loss> ownerLost(OperatorId owner, Instant from, Instant to) {
        if (directory.operator(owner).isEmpty() && !losses.containsKey(owner)) {
            return Optional.of(new Loss(from, true));
        }
        for (Loss loss : losses.getOrDefault(owner, List.of())) {
            if (!loss.at().isBefore(from) && !loss.at().isAfter(to)) {
                return Optional.of(loss);
            }
        }
        return Optional.empty();
    }

    /** The last sign of life of a node that is dead, or empty while nobody has found it dead. */
    public Optional<Instant> lastRenewalOfDead(NodeId node) {
        return Optional.ofNullable(endedNodes.get(node));
    }

    private Policies policies() {
        return directory.policies();
    }

    private boolean willing(OperatorPresence row, Stage stage) {
        return willing(directory, row, stage);
    }

    /** P3, but for life and access: chat enabled, signed in, a status that monitors, and the switch on. */
    static boolean willing(Directory directory, OperatorPresence row, Stage stage) {
        boolean monitors = row.status() == Status.ONLINE || directory.policies().awayMonitors();
        return isOnline(directory, row) && monitors && row.switches().contains(stage.option());
    }

    private static boolean isOnline(Directory directory, OperatorPresence row) {
        Operator operator = directory.operator(row.operator()).orElse(null);
        boolean there = row.status() == Status.ONLINE || row.status() == Status.AWAY;
        return operator != null && operator.chatEnabled() && row.signedIn() && there;
    }

    private static boolean roomFor(OperatorPresence row, OptionalInt limit) {
        return limit.isEmpty() || row.openChats() < limit.getAsInt();
    }

    private @Nullable Instant liveUntil(OperatorPresence row) {
        return liveUntil(row, lastRenewal(row), policies().lease());
    }

    private @Nullable Instant lastRenewal(OperatorPresence row) {
        return lastRenewal(row, endedNodes::get);
    }

    /** When the operator's life ends for all that is known now: null while some node vouches, the past when nobody ever did. */
    static @Nullable Instant liveUntil(OperatorPresence row, @Nullable Instant lastRenewal, Duration lease) {
        if (row.attachments().isEmpty()) {
            return row.changedAt();
        }
        return lastRenewal == null ? null : lastRenewal.plus(lease);
    }

    /** The last sign of life, {@code ends} being those of dead nodes: null while some node vouches. */
    static @Nullable Instant lastRenewal(OperatorPresence row, Function<NodeId, @Nullable Instant> ends) {
        Instant last = row.attachments().isEmpty() ? row.changedAt() : Instant.MIN;
        for (Attachment attachment : row.attachments()) {
            Instant renewal = attachment.lastRenewal();
            if (renewal == null) {
                renewal = ends.apply(attachment.node());
            }
            if (renewal == null) {
                return null;
            }
            last = renewal.isAfter(last) ? renewal : last;
        }
        return last;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
