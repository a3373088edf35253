package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Accounts;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Logged;
import org.libcoop.chat.LostClaim;
import org.libcoop.chat.Phase;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Availability;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Opening;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.Routing;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.Notice;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Remaining;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;
import org.libcoop.spi.TransferTarget;

/** What is answered at once, from what this node sees. Safe for use by several threads. */
public final class Questions {

    /** A chat as the host itself may see it. */
    public record Seen(Chat chat, List<Logged> log, Set<OperatorId> notified, List<LostClaim> lost, Instant at) {}

    private static final Comparator<Stage> BY_OPTION = Comparator.comparing(
                    (Stage stage) -> stage.option().kind())
            .thenComparing(stage -> stage.option().id())
            .thenComparing(Stage::backup);

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Heads heads;
    private final Views views;
    private final Dispatcher dispatcher;
    private final AuditLog audit;

    Questions(Ground ground, Dispatcher dispatcher, AuditLog audit) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.heads = ground.heads();
        this.views = ground.views();
        this.dispatcher = dispatcher;
        this.audit = audit;
    }

    /** M7. */
    public Optional<DeviceReader.Device> device(@Nullable String userAgent) {
        return views.device(userAgent);
    }

    /** W3. */
    public boolean online(Widget widget) {
        Instant now = now();
        return Routing.online(RoutePlan.of(directory(), widget, now), now, presence);
    }

    /** E2, with who is there now but on {@code unstaffed}. */
    public List<Opening> preview(Widget widget, Instant at, Set<Stage> unstaffed) {
        RoutePlan plan = RoutePlan.of(directory(), widget, at);
        Availability fixed = thereNow(widget, unstaffed);
        return Routing.online(plan, at, fixed) ? Routing.preview(plan, at, fixed) : List.of();
    }

    /** A widget; {@code not-found} if there is none. */
    public Outcome<Widget> widget(WidgetId id) {
        return directory()
                .widget(id)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such widget"));
    }

    /** Who is there now for a widget, as if they stayed, and nobody on {@code unstaffed}. */
    Availability thereNow(Widget widget, Set<Stage> unstaffed) {
        Instant now = now();
        Map<Stage, Set<OperatorId>> there = new HashMap<>();
        for (Option option : widget.route()) {
            for (Stage stage : stagesOf(option)) {
                boolean staffed = !unstaffed.contains(stage);
                there.put(stage, staffed ? presence.available(widget.institution(), stage, now) : Set.of());
            }
        }
        return Availability.fixed(there);
    }

    /** An option's own stage and, of a co-op, that of its backup staff. */
    static Set<Stage> stagesOf(Option option) {
        return option instanceof Option.OfCoop of
                ? Set.of(Stage.of(option), Stage.backup(of.coop()))
                : Set.of(Stage.of(option));
    }

    /** R6, C4, C9. */
    public List<Notice.ChatSummary> waitingFor(OperatorId operator) {
        Instant now = now();
        List<Notice.ChatSummary> waiting = new ArrayList<>();
        dispatcher.lookout().topicsOf(operator).stream()
                .flatMap(topic -> dispatcher.lookout().waitingOn(topic).stream())
                .distinct()
                .flatMap(id -> heads.find(id).stream())
                .map(chat -> ChatRules.present(chat, presence, now))
                .filter(chat -> ChatRules.openTo(chat, operator, presence, now).isPresent())
                .forEach(chat -> waiting.add(views.summary(chat, operator, now)));
        waiting.sort(Comparator.comparing(Notice.ChatSummary::startedAt)
                .thenComparing(summary -> summary.chat().value()));
        return waiting;
    }

    /** C1. */
    public Outcome<Notice.ChatSummary> preview(OperatorId operator, ChatId id) {
        Instant now = now();
        return find(operator, id, Operation.PREVIEW)
                .map(chat -> views.summary(ChatRules.present(chat, presence, now), operator, now));
    }

    /** The chats an operator owns now. */
    public List<Notice.ChatState> ownedBy(OperatorId operator) {
        return dispatcher.lookout().waitingOn(Topic.owner(operator)).stream()
                .flatMap(id -> heads.find(id).stream())
                .filter(chat -> chat.ownedBy(operator))
                .map(views::state)
                .toList();
    }

    /** Where a chat stands, for who owns it or owned it last. */
    public Outcome<Notice.ChatState> stateFor(OperatorId operator, ChatId id) {
        return find(operator, id, Operation.FOLLOW).map(views::state);
    }

    /** A chat's log for who owns it or owned it last. */
    public Outcome<List<Logged>> conversation(OperatorId operator, ChatId id, long afterSeq) {
        return find(operator, id, Operation.FOLLOW)
                .map(chat -> store.log(id, afterSeq, Store.PAGE).stream()
                        .map(Logged::withoutAddress)
                        .toList());
    }

    /** C8: every target there is for the owner, now. */
    public Outcome<List<TransferTarget>> transferTargets(OperatorId operator, ChatId id) {
        Instant now = now();
        return find(operator, id, Operation.TRANSFER).map(stored -> {
            List<TransferTarget> targets = new ArrayList<>();
            ChatRules.transferTargets(ChatRules.present(stored, presence, now), presence, now)
                    .forEach((option, there) -> targets.add(new TransferTarget(option, there.size())));
            targets.sort(
                    Comparator.comparing((TransferTarget target) -> target.to().kind())
                            .thenComparing(target -> target.to().id()));
            return targets;
        });
    }

    /** A chat of which {@code operator} may do this (A8). */
    Outcome<Chat> find(OperatorId operator, ChatId id, Operation operation) {
        Chat chat = store.chat(id).orElse(null);
        Outcome<Chat> found = chat == null
                ? Outcome.refused(Access.denied(Operation.KNOW_CHAT))
                : ChatRules.refusal(chat, operation, operator, presence, now())
                        .map(Outcome::<Chat>refused)
                        .orElseGet(() -> Outcome.done(chat));
        Deed deed = new Deed(Who.operator(operator), operation, Concerned.chat(id));
        return audit.denied(deed, chat == null ? null : chat.home(), found);
    }

    /** A chat of this patron, of which a patron may do this (A8). */
    Outcome<Chat> ofPatron(PatronConnection patron, ChatId id, Operation operation) {
        Chat chat = store.chat(id)
                .filter(found -> found.patronKeyHash().equals(patron.keyHash()))
                .orElse(null);
        if (chat != null && operation.allowed().contains(Relation.PATRON)) {
            return Outcome.done(chat);
        }
        Refusal refusal = Access.denied(Operation.KNOW_CHAT);
        return audit.denied(new Deed(Who.PATRON, operation, Concerned.chat(id)), Outcome.refused(refusal));
    }

    /** The patron's newest chat. */
    public Optional<Notice.ChatState> chatOf(PatronConnection connection) {
        Optional<Chat> newest = store.chatOfPatron(connection.keyHash());
        newest.ifPresent(chat -> connection.isAbout(chat.id()));
        return newest.map(views::state);
    }

    /** The patron's newest chat's log, as far as it is for the patron (M1). */
    public List<Logged> conversation(PatronConnection connection, long afterSeq) {
        Chat chat = store.chatOfPatron(connection.keyHash()).orElse(null);
        if (chat == null) {
            return List.of();
        }
        // As many as there may be, for a short page is the end to whoever asks.
        List<Logged> visible = new ArrayList<>();
        List<Logged> page = store.log(chat.id(), afterSeq, Store.PAGE);
        while (visible.size() < Store.PAGE && !page.isEmpty()) {
            page.stream()
                    .filter(Views::forPatron)
                    .limit(Store.PAGE - visible.size())
                    .forEach(visible::add);
            page = page.size() < Store.PAGE
                    ? List.of()
                    : store.log(chat.id(), page.get(page.size() - 1).seq(), Store.PAGE);
        }
        return visible;
    }

    /** P6, for one who may see who is there. */
    public Outcome<List<OnlineOperator>> onlineFor(OperatorId viewer, Stage stage) {
        Outcome<List<OnlineOperator>> seen = seesOnline(viewer, stage)
                ? Outcome.done(online(stage, other -> seesOnline(viewer, other)))
                : Outcome.refused(Access.denied(Operation.WHO_IS_ONLINE));
        return audit.denied(
                new Deed(Who.operator(viewer), Operation.WHO_IS_ONLINE, Concerned.option(stage.option())), seen);
    }

    /** S4: the accounts of a co-op that {@code viewer} may see. */
    public Outcome<List<CoopAccount>> accounts(OperatorId viewer, CoopId coop) {
        return audit.denied(
                new Deed(Who.operator(viewer), Operation.SEE_ACCOUNTS, Thing.of(Kind.COOP, coop.value())),
                Accounts.visible(directory(), viewer, coop));
    }

    /** M6: the canned messages of an institution or a co-op, for its people. */
    public Outcome<CannedMessages> canned(OperatorId viewer, BlockScope scope) {
        return audit.denied(
                new Deed(Who.operator(viewer), Operation.SEE_CANNED, Concerned.scope(scope)),
                Accounts.canned(directory(), viewer, scope));
    }

    /** A8, A10: who did what of an institution's people and things, for its local admins. */
    public Outcome<AuditPage> audit(
            OperatorId viewer, InstitutionId institution, AuditQuery query, @Nullable String cursor, int limit) {
        Deed deed =
                new Deed(Who.operator(viewer), Operation.READ_AUDIT, Thing.of(Kind.INSTITUTION, institution.value()));
        Refusal refusal = Access.refusal(Operation.READ_AUDIT, Access.to(institution, viewer, directory()))
                .orElse(null);
        if (refusal != null) {
            return audit.denied(deed, Outcome.refused(refusal));
        }
        return audit.read(deed, query.institution(institution), cursor, limit)
                .map(page -> new AuditPage(
                        page.rows().stream()
                                .map(record -> record.seenBy(institution))
                                .toList(),
                        page.next()));
    }

    private boolean seesOnline(OperatorId viewer, Stage stage) {
        return Access.allows(Operation.WHO_IS_ONLINE, Access.to(stage.option(), viewer, directory()));
    }

    /** P6. */
    public List<OnlineOperator> onlineOn(Stage stage) {
        return online(stage, any -> true);
    }

    private List<OnlineOperator> online(Stage stage, Predicate<Stage> shown) {
        Instant now = now();
        return directory().operatorsOf(stage).stream()
                .filter(operator -> presence.monitors(operator, stage, now))
                .flatMap(operator -> directory().operator(operator).stream())
                .map(operator -> {
                    OperatorPresence row = presence.row(operator.id());
                    List<Stage> monitored = directory().stagesOf(operator.id()).stream()
                            .filter(shown)
                            .filter(other -> presence.monitors(operator.id(), other, now))
                            .sorted(BY_OPTION)
                            .toList();
                    return new OnlineOperator(operator, row.status(), row.onlineSince(), row.openChats(), monitored);
                })
                .sorted(Comparator.comparing(online -> online.operator().id()))
                .toList();
    }

    /** P6: for each switch of {@code operator} that is on and has access, how many others are there. */
    public List<Remaining> remaining(OperatorId operator) {
        Instant now = now();
        Set<Option> switches = presence.row(operator).switches();
        return directory().stagesOf(operator).stream()
                .filter(stage -> switches.contains(stage.option()))
                .sorted(BY_OPTION)
                .map(stage -> new Remaining(stage, (int) directory().operatorsOf(stage).stream()
                        .filter(other -> !other.equals(operator) && presence.monitors(other, stage, now))
                        .count()))
                .toList();
    }

    /** For the host itself. */
    public Optional<Seen> inspect(ChatId id) {
        Instant now = now();
        return store.chat(id).map(stored -> {
            Chat chat = ChatRules.present(stored, presence, now);
            Set<OperatorId> notified =
                    chat.phase() instanceof Phase.Waiting ? Routing.eligible(chat.progress(), now, presence) : Set.of();
            List<Logged> log = new ArrayList<>();
            List<Logged> page = store.log(id, 0, Store.PAGE);
            while (!page.isEmpty()) {
                log.addAll(page);
                page = store.log(id, log.size(), Store.PAGE);
            }
            return new Seen(chat, log, notified, dispatcher.lostClaims().of(id), now);
        });
    }

    private Directory directory() {
        return presence.directory();
    }

    private Instant now() {
        return time.now();
    }
}
