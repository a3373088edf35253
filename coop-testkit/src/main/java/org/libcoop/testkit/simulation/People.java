package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.StoreException;

/** Everybody in a run: librarians from the start, patrons as they come, and the rushes in which many want the same chat. */
final class People {

    private static final int RECENT = 12;
    private static final int RUSH = 4;

    private final Simulation simulation;
    private final Directory directory;
    private final Random random;
    private final List<Librarian> librarians = new ArrayList<>();
    private final Map<OperatorId, Librarian> byId = new HashMap<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final Map<SimulatedNode, Map<Request, Integer>> awaited = new HashMap<>();
    private final long betweenVisitors;
    private final long patience;
    private boolean acting = true;

    People(Simulation simulation, Directory directory, Random random) {
        this.simulation = simulation;
        this.directory = directory;
        this.random = random;
        this.betweenVisitors = 300L + random.nextInt(2500);
        this.patience = 1000L + random.nextInt(7000);
    }

    /** Librarians come to work, and a membership may end in the middle of it all. */
    void begin() {
        for (Operator operator : directory.operators()) {
            Librarian librarian =
                    new Librarian(this, operator.id(), directory.stagesOf(operator.id()), random.nextLong());
            librarians.add(librarian);
            byId.put(operator.id(), librarian);
            librarian.live(Duration.ofMillis(100), Duration.ofMillis(patience));
        }
        nextVisitor();
        nextRush();
        if (random.nextInt(5) == 0) {
            time().actAfter(Duration.ofSeconds(20 + random.nextInt(200)), this::endMembership);
        }
    }

    private void nextVisitor() {
        List<WidgetId> widgets =
                directory.widgets().stream().map(widget -> widget.id()).toList();
        time().actAfter(Duration.ofMillis((long) (2 * betweenVisitors * random.nextDouble())), () -> {
            WidgetId widget = widgets.get(random.nextInt(widgets.size()));
            Visitor visitor = new Visitor(this, visitors.size() + 1, widget, random.nextLong());
            visitors.add(visitor);
            visitor.live(Duration.ofMillis(200), Duration.ofMillis(2 * patience));
            visitor.comes();
            if (visitors.size() < simulation.options().chats()) {
                nextVisitor();
            }
        });
    }

    /** Whether all the visitors there will be have come. */
    boolean allCame() {
        return visitors.size() >= simulation.options().chats();
    }

    int visitorsSoFar() {
        return visitors.size();
    }

    /** Several librarians claim the same chat at the same instant, on whatever nodes they are. */
    private void nextRush() {
        time().actAfter(Duration.ofMillis(500 + random.nextInt(3000)), () -> {
            int pick = random.nextInt(1 << 20);
            if (acting) {
                if (pick % 3 > 0) {
                    rush(pick);
                } else {
                    grab(pick);
                }
                nextRush();
            }
        });
    }

    /** One librarian claims several chats at the same instant, from whatever seats there are (C12). */
    private void grab(int pick) {
        Librarian librarian = librarians.get((pick >> 3) % librarians.size());
        Person.Seat<OperatorSession> seat = librarian.seatFor(0);
        if (seat == null) {
            return;
        }
        List<ChatId> open = recentlyOpenTo(librarian.id(), seat.node);
        for (int i = 0; i < Math.min(open.size(), RUSH); i++) {
            Person.Seat<OperatorSession> from = librarian.seatFor(i);
            if (from != null) {
                librarian.claim(open.get(i), from);
            }
        }
        trace().count("grab of " + Math.min(open.size(), RUSH));
    }

    private void rush(int pick) {
        SimulatedNode node = someNode(pick);
        List<ChatRecord> recent = recent();
        if (node == null || recent.isEmpty()) {
            return;
        }
        ChatId chat = recent.get((pick >> 4) % recent.size()).id();
        int contenders = 0;
        for (OperatorId operator : notified(chat, node)) {
            Librarian librarian = byId.get(operator);
            Person.Seat<OperatorSession> seat = librarian == null ? null : librarian.seatFor(pick);
            if (librarian != null && seat != null && contenders++ < RUSH) {
                librarian.claim(chat, seat);
            }
        }
        trace().count("rush of " + Math.min(contenders, RUSH));
    }

    private List<OperatorId> notified(ChatId chat, SimulatedNode node) {
        List<OperatorId> notified = new ArrayList<>();
        node.call(() -> {
            try {
                node.engine().inspect(chat).ifPresent(seen -> notified.addAll(seen.notified()));
            } catch (StoreException away) {
                trace().count("question failed");
            }
        });
        notified.sort(Comparator.naturalOrder());
        return notified;
    }

    /** The newest chats, whatever has become of them. */
    private List<ChatRecord> recent() {
        List<ChatRecord> all = witness().chats();
        return List.copyOf(all.subList(Math.max(0, all.size() - RECENT), all.size()));
    }

    /** Which of the newest chats {@code operator} is notified of. */
    List<ChatId> recentlyOpenTo(OperatorId operator, SimulatedNode node) {
        List<ChatId> open = new ArrayList<>();
        for (ChatRecord chat : recent()) {
            if (notified(chat.id(), node).contains(operator)) {
                open.add(chat.id());
            }
        }
        return open;
    }

    /** The same for offers. */
    List<ChatId> recentlyOfferedTo(OperatorId operator) {
        return recent().stream()
                .filter(chat -> chat.isOfferedTo(operator))
                .map(ChatRecord::id)
                .toList();
    }

    private void endMembership() {
        List<Membership> memberships = new ArrayList<>(directory.memberships());
        Membership membership = memberships.get(random.nextInt(memberships.size()));
        SimulatedNode node = someNode(0);
        if (node != null) {
            InstitutionId institution = membership.institution();
            trace().line("the membership of " + institution + " in " + membership.coop() + " ends");
            trace().count("membership ended");
            node.call(() -> {
                var unused = node.engine().admin().endMembership(institution, membership.coop());
            });
        }
    }

    // ---- Answers that are waited for
    // ---------------------------------------------------------------------------------

    void awaits(SimulatedNode node, Request request) {
        awaited.computeIfAbsent(node, n -> new HashMap<>()).merge(request, 1, Integer::sum);
    }

    void answered(SimulatedNode node, Request request) {
        awaited.getOrDefault(node, Map.of()).computeIfPresent(request, (r, count) -> count > 1 ? count - 1 : null);
    }

    /** Requests that a living node took and never answered. */
    List<String> unanswered() {
        List<String> left = new ArrayList<>();
        awaited.forEach((node, requests) -> {
            if (node.alive()) {
                requests.keySet().forEach(request -> left.add(request + " on " + node));
            }
        });
        left.sort(Comparator.naturalOrder());
        return left;
    }

    // ---- Surroundings
    // ------------------------------------------------------------------------------------------------

    /** From now on people do nothing but show signs of life. */
    void rest() {
        acting = false;
    }

    boolean acting() {
        return acting;
    }

    boolean everything() {
        return simulation.options().disturbance() == SimulationOptions.Disturbance.EVERYTHING;
    }

    Duration renewEvery() {
        return directory.policies().renewEvery();
    }

    /** A living node by number; null if there is none. */
    @Nullable
    SimulatedNode someNode(int pick) {
        List<SimulatedNode> alive = simulation.alive();
        return alive.isEmpty() ? null : alive.get(pick % alive.size());
    }

    @Nullable
    Librarian librarian(OperatorId id) {
        return byId.get(id);
    }

    List<Librarian> librarians() {
        return librarians;
    }

    List<Visitor> visitors() {
        return visitors;
    }

    VirtualTime time() {
        return simulation.time();
    }

    Witness witness() {
        return simulation.witness();
    }

    Promises promises() {
        return simulation.promises();
    }

    Trace trace() {
        return simulation.trace();
    }

    Fate fate() {
        return simulation.fate();
    }
}
