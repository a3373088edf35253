package org.libcoop.testkit.junit;

import static org.libcoop.testkit.junit.AccessScene.ACADEMIC;
import static org.libcoop.testkit.junit.AccessScene.COOP;
import static org.libcoop.testkit.junit.AccessScene.DESK;
import static org.libcoop.testkit.junit.AccessScene.MEDICAL;
import static org.libcoop.testkit.junit.AccessScene.MISSING;
import static org.libcoop.testkit.junit.AccessScene.NOWHERE;
import static org.libcoop.testkit.junit.AccessScene.WIDGET;
import static org.libcoop.testkit.junit.Somebody.ANA;
import static org.libcoop.testkit.junit.Somebody.BEA;
import static org.libcoop.testkit.junit.Somebody.CORA;
import static org.libcoop.testkit.junit.Somebody.FRED;
import static org.libcoop.testkit.junit.Somebody.HAL;
import static org.libcoop.testkit.junit.Somebody.INA;
import static org.libcoop.testkit.junit.Somebody.IRA;
import static org.libcoop.testkit.junit.Somebody.LEA;
import static org.libcoop.testkit.junit.Somebody.LEE;
import static org.libcoop.testkit.junit.Somebody.MAX;
import static org.libcoop.testkit.junit.Somebody.MAYA;
import static org.libcoop.testkit.junit.Somebody.MEL;
import static org.libcoop.testkit.junit.Somebody.NAT;
import static org.libcoop.testkit.junit.Somebody.NORA;
import static org.libcoop.testkit.junit.Somebody.OLGA;
import static org.libcoop.testkit.junit.Somebody.OTTO;
import static org.libcoop.testkit.junit.Somebody.PIA;
import static org.libcoop.testkit.junit.Somebody.REX;
import static org.libcoop.testkit.junit.Somebody.STEWART;
import static org.libcoop.testkit.junit.Somebody.SVEN;
import static org.libcoop.testkit.junit.Somebody.TIM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.talk.Room;
import org.libcoop.testkit.junit.AccessActor.Answer;
import org.libcoop.testkit.junit.Somebody.Role;

/** Every way there is to try an operation in one {@link Situation}. What everybody is to a thing stands here or there, by hand. */
final class Attempts {

    private static final OperatorId GHOST = OperatorId.of("ghost");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");

    private final Situation situation;

    Attempts(Situation situation) {
        this.situation = situation;
    }

    /** Those of an operation on a chat in every situation, all others in one. */
    List<Attempt> in() {
        List<Attempt> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            of(operation).stream()
                    .filter(attempt -> attempt.onChat() || situation == Situation.WAITING)
                    .forEach(all::add);
        }
        return all;
    }

    /** A new operation does not compile before it is tried here. */
    private List<Attempt> of(Operation operation) {
        return switch (operation) {
            case KNOW_CHAT ->
                List.of(
                        chat(operation, "chat", AccessActor::chat).by(Role.OPERATOR, Role.PATRON),
                        chat(operation, "inspect", AccessActor::inspect).by(Role.HOST));
            case PREVIEW -> List.of(chat(operation, "preview", AccessActor::preview));
            case CLAIM -> List.of(chat(operation, "claim", AccessActor::claim));
            case DISMISS -> List.of(dismiss(operation));
            case HURRY -> List.of(chat(operation, "hurry", (actor, chat) -> actor.hurry(chat, Stage.backup(ACADEMIC))));
            case SAY ->
                List.of(chat(operation, "say", (actor, chat) -> actor.say(chat, "hello"))
                        .by(Role.OPERATOR, Role.PATRON));
            case NOTE -> List.of(chat(operation, "note", (actor, chat) -> actor.note(chat, "a note")));
            case FOLLOW ->
                List.of(
                        chat(operation, "chat", AccessActor::chat).by(Role.OPERATOR, Role.PATRON),
                        chat(operation, "conversation", AccessActor::conversation)
                                .by(Role.OPERATOR, Role.PATRON));
            case SHARE_FILE ->
                List.of(chat(operation, "share", AccessActor::share).by(Role.OPERATOR, Role.PATRON));
            case READ_FILE -> List.of(chat(operation, "file", AccessActor::file).by(Role.OPERATOR, Role.PATRON));
            case END -> List.of(chat(operation, "end", AccessActor::end));
            case TRANSFER ->
                List.of(
                        chat(
                                operation,
                                "transfer",
                                (actor, chat) -> actor.transfer(chat, Option.operator(OTTO.operator()))),
                        withdraw(operation),
                        chat(operation, "transferTargets", AccessActor::transferTargets));
            case TAKE_OFFER -> List.of(accept(operation), chat(operation, "decline", AccessActor::decline));
            case RATE -> List.of(rate(operation));
            case READ_AT_HOME ->
                List.of(
                        chat(operation, "read at home", (actor, chat) -> actor.read(TranscriptPath.home(), chat)),
                        chat(operation, "explain at home", (actor, chat) -> actor.explain(TranscriptPath.home(), chat)),
                        chat(operation, "file at home", (actor, chat) -> actor.file(TranscriptPath.home(), chat)));
            case READ_OF_COOP ->
                List.of(
                        chat(
                                operation,
                                "read of the co-op",
                                (actor, chat) -> actor.read(TranscriptPath.coop(ACADEMIC), chat)),
                        chat(
                                operation,
                                "explain of the co-op",
                                (actor, chat) -> actor.explain(TranscriptPath.coop(ACADEMIC), chat)),
                        chat(
                                operation,
                                "file of the co-op",
                                (actor, chat) -> actor.file(TranscriptPath.coop(ACADEMIC), chat)));
            case OPEN_TICKET -> List.of(openTicket(operation));
            case SEE_TICKETS -> List.of(chat(operation, "ticketsOf", AccessActor::ticketsOf));
            case ASK_BY_TICKET ->
                // None of the situations is one in which a ticket is offered.
                List.of(chat(operation, "askByTicket", AccessActor::askByTicket)
                        .by(Role.PATRON)
                        .refused(RefusalCode.NOT_ALLOWED, STEWART));
            case BLOCK -> List.of(chat(operation, "block", (actor, chat) -> actor.block(chat, null, false)));
            case BLOCK_IN_COOP ->
                List.of(chat(operation, "block in the co-op", (actor, chat) -> actor.block(chat, ACADEMIC, false)));
            case EXPEL -> expel(operation);
            case REDACT -> List.of(chat(operation, "redact", AccessActor::redact));
            case DELETE_CONTENT -> List.of(chat(operation, "delete", AccessActor::delete));
            case EMAIL_TRANSCRIPT -> List.of(chat(operation, "email", AccessActor::email));
            case GIVE_FEEDBACK ->
                List.of(
                        chat(operation, "give", AccessActor::give),
                        feedback(operation, "posts at home", TranscriptPath.home(), AccessActor::posts),
                        feedback(operation, "reply at home", TranscriptPath.home(), AccessActor::reply),
                        feedback(operation, "seen at home", TranscriptPath.home(), AccessActor::seen));
            case DISCUSS_FEEDBACK -> {
                TranscriptPath coop = TranscriptPath.coop(ACADEMIC);
                yield List.of(
                        feedback(operation, "posts of the co-op", coop, AccessActor::posts),
                        feedback(operation, "reply of the co-op", coop, AccessActor::reply),
                        feedback(operation, "seen of the co-op", coop, AccessActor::seen));
            }
            case TALK -> talk(operation);
            case KNOW_COLLEAGUE, END_SESSION -> sessions(operation);
            case LEAVE -> List.of(chat(operation, "leave", AccessActor::leave).by(Role.PATRON));
            case SIGN_IN ->
                List.of(
                        own(operation, "signIn", AccessActor::signIn),
                        own(operation, "status", AccessActor::status).refused(RefusalCode.NOT_ALLOWED, notSignedIn()));
            case SIGN_OUT ->
                List.of(
                        own(operation, "signOut", AccessActor::signOut),
                        own(operation, "monitor off", actor -> actor.monitor(DESK, false)),
                        own(operation, "active", AccessActor::active),
                        own(operation, "remaining", AccessActor::remaining));
            case MONITOR -> monitor(operation);
            case WHO_IS_ONLINE -> online(operation);
            case SEE_ACCOUNTS -> accounts(operation);
            case MANAGE_ACCOUNT -> manage(operation);
            case SET_COVERAGE -> coverage(operation);
            case SAVE_WIDGET -> widgets(operation);
            case SEE_BLOCKS -> seeBlocks(operation);
            case LIFT_BLOCK -> liftBlocks(operation);
            case READ_AUDIT -> audit(operation);
            case EXPORT_PATRON_DATA -> patrons(operation, "exportPatron", AccessActor::exportPatron);
            case ERASE_PATRON_DATA -> patrons(operation, "erasePatron", AccessActor::erasePatron);
            case SET_RETENTION -> List.of(retention(operation, SPRINGY, LEA), retention(operation, HILL, LEE));
            case SEARCH_FAQ ->
                List.of(
                        faq(operation, "groups", AccessActor::groups),
                        faq(operation, "searchFaq", AccessActor::searchFaq),
                        faq(operation, "entry", AccessActor::entry));
            case SEARCH_FAQ_OF_CHAT ->
                List.of(
                        chat(operation, "searchFaq of the chat", AccessActor::searchFaq),
                        chat(operation, "entry of the chat", AccessActor::entry));
            case READ_STAFFING_FAQ -> List.of(chat(operation, "staffing", AccessActor::staffing));
            case SEND_FAQ -> List.of(chat(operation, "send", AccessActor::send));
            case RELEASE_STAFFING ->
                List.of(chat(operation, "release", (actor, chat) -> actor.release(chat, AccessScene.SECRET)));
            case SEE_CARD -> List.of(chat(operation, "card", AccessActor::card));
            case SAVE_CARD -> List.of(saveCard(operation, SPRINGY, LEA), saveCard(operation, HILL, LEE));
            case SEE_CANNED, SAVE_CANNED ->
                List.of(
                        canned(
                                operation,
                                BlockScope.of(SPRINGY),
                                people().with(Relation.LOCAL_ADMIN, LEA)
                                        .with(Relation.STAFF, ANA, BEA, TIM, OTTO, HAL, LEA, IRA, NAT)),
                        canned(
                                operation,
                                BlockScope.of(HILL),
                                people().with(Relation.LOCAL_ADMIN, LEE)
                                        .with(Relation.STAFF, OLGA, PIA, REX, INA, LEE, CORA)),
                        canned(
                                operation,
                                BlockScope.of(ACADEMIC),
                                onlyCora().with(Relation.MEMBER, OLGA, PIA, REX, INA, CORA, IRA, NORA, MAYA)));
            case ADMINISTER -> administer(operation);
        };
    }

    // ---- On the chat

    private Attempt chat(Operation operation, String name, BiFunction<AccessActor, ChatId, Answer> act) {
        return new Attempt(
                operation,
                name,
                act,
                (actor, chat) -> act.apply(actor, MISSING),
                Set.of(Role.OPERATOR),
                false,
                situation.facts(),
                Map.of());
    }

    /** Something done with QA feedback on a path. */
    private interface OnPath {
        Answer act(AccessActor actor, TranscriptPath path, ChatId chat);
    }

    private Attempt feedback(Operation operation, String name, TranscriptPath path, OnPath act) {
        return chat(operation, name, (actor, chat) -> act.act(actor, path, chat));
    }

    /** C11: a chat that was owned is not put away, not even by those to whom it is open. */
    private Attempt dismiss(Operation operation) {
        Attempt dismiss = chat(operation, "dismiss", (actor, chat) -> actor.dismiss(chat, "spam"));
        return situation == Situation.RETURNED ? dismiss.refused(RefusalCode.NOT_ALLOWED, BEA, OLGA) : dismiss;
    }

    /** C14: it is rated once it is over. */
    private Attempt rate(Operation operation) {
        Attempt rate = chat(operation, "rate", AccessActor::rate).by(Role.PATRON);
        return situation.over() ? rate : rate.refused(RefusalCode.NOT_ALLOWED, STEWART);
    }

    /** K1: for home admins once it is over. */
    private Attempt openTicket(Operation operation) {
        Attempt open = chat(operation, "openTicket", AccessActor::openTicket);
        return situation.over() ? open : open.refused(RefusalCode.NOT_ALLOWED, LEA);
    }

    /** C9: no offer, nothing to withdraw. */
    private Attempt withdraw(Operation operation) {
        Attempt withdraw = chat(operation, "withdraw", AccessActor::withdraw);
        return situation == Situation.CLAIMED || situation == Situation.TRANSFERRED
                ? withdraw.refused(RefusalCode.NOT_ELIGIBLE, ANA)
                : withdraw;
    }

    /** C9: who accepted and says so once more has accepted. */
    private Attempt accept(Operation operation) {
        Attempt accept = chat(operation, "accept", AccessActor::accept);
        return situation == Situation.TRANSFERRED ? accept.repeated(ANA) : accept;
    }

    /** C15: who may block and not end does neither; once it is over nothing is to be ended. */
    private List<Attempt> expel(Operation operation) {
        if (situation.over()) {
            return List.of();
        }
        return List.of(
                chat(operation, "block and end", (actor, chat) -> actor.block(chat, null, true))
                        .refused(RefusalCode.NOT_ALLOWED, CORA),
                chat(operation, "block in the co-op and end", (actor, chat) -> actor.block(chat, ACADEMIC, true))
                        .refused(RefusalCode.NOT_ALLOWED, ANA, LEA));
    }

    // ---- On what stands in the directory

    /** What everybody is to everything. */
    private static Standing people() {
        List<Somebody> enabled = new ArrayList<>(Somebody.of(Role.OPERATOR));
        enabled.remove(NAT);
        return new Standing()
                .with(Relation.HOST, Somebody.HOST)
                .with(Relation.OPERATOR, Somebody.of(Role.OPERATOR))
                .with(Relation.CHAT_ENABLED, enabled);
    }

    private static Attempt thing(
            Operation operation,
            String name,
            Standing facts,
            Function<AccessActor, Answer> act,
            Function<AccessActor, Answer> onMissing) {
        return new Attempt(
                operation,
                name,
                (actor, chat) -> act.apply(actor),
                (actor, chat) -> onMissing.apply(actor),
                Set.of(Role.OPERATOR, Role.HOST),
                false,
                facts,
                Map.of());
    }

    /** One's own presence is never missing. */
    private static Attempt own(Operation operation, String name, Function<AccessActor, Answer> act) {
        return thing(operation, name, people(), act, act).by(Role.OPERATOR);
    }

    private static Somebody[] notSignedIn() {
        List<Somebody> away = new ArrayList<>(Somebody.of(Role.OPERATOR));
        away.removeAll(List.of(ANA, BEA, TIM, OLGA, MAYA, OTTO));
        return away.toArray(Somebody[]::new);
    }

    private static Standing staffOf(Option option) {
        if (option.equals(DESK)) {
            return people().with(Relation.ANSWERS_FOR, ANA, BEA, TIM, NAT);
        }
        if (option.equals(COOP)) {
            return people().with(Relation.ANSWERS_FOR, OLGA, PIA, REX, INA, CORA, IRA)
                    .with(Relation.BACKUP, MAYA)
                    .with(Relation.MEMBER, OLGA, PIA, REX, INA, CORA, IRA, NORA, MAYA);
        }
        return option.equals(Option.coop(MEDICAL))
                ? people().with(Relation.ANSWERS_FOR, MEL).with(Relation.MEMBER, MEL)
                : people().with(Relation.ANSWERS_FOR, HAL);
    }

    private static List<Option> options() {
        return List.of(DESK, Option.operator(HAL.operator()), COOP, Option.coop(MEDICAL));
    }

    /** D2: without the chat switch, staff of the desk does not monitor it. */
    private static List<Attempt> monitor(Operation operation) {
        return options().stream()
                .map(option -> thing(
                                operation,
                                "monitor " + option,
                                staffOf(option),
                                actor -> actor.monitor(option, true),
                                actor -> actor.monitor(Option.coop(NOWHERE), true))
                        .by(Role.OPERATOR)
                        .refused(RefusalCode.NOT_ALLOWED, NAT))
                .toList();
    }

    private static List<Attempt> online(Operation operation) {
        List<Attempt> all = new ArrayList<>();
        for (Option option : options()) {
            all.add(online(operation, "online " + option, option, Stage.of(option)));
        }
        all.add(online(operation, "online backup", COOP, Stage.backup(ACADEMIC)));
        return all;
    }

    private static Attempt online(Operation operation, String name, Option option, Stage stage) {
        return thing(
                operation,
                name,
                staffOf(option),
                actor -> actor.online(stage),
                actor -> actor.online(Stage.of(Option.coop(NOWHERE))));
    }

    private static List<Attempt> accounts(Operation operation) {
        Standing academic = people().with(Relation.MEMBER, OLGA, PIA, REX, INA, CORA, IRA, NORA, MAYA);
        Standing medical = people().with(Relation.MEMBER, MEL);
        return List.of(
                thing(
                        operation,
                        "accounts academic",
                        academic,
                        actor -> actor.accounts(ACADEMIC),
                        actor -> actor.accounts(NOWHERE)),
                thing(
                        operation,
                        "accounts medical",
                        medical,
                        actor -> actor.accounts(MEDICAL),
                        actor -> actor.accounts(NOWHERE)));
    }

    /** The rooms of the scene, and who is in each. */
    static Map<Room, Standing> rooms() {
        return Map.of(
                Room.coop(ACADEMIC), inRoom(OLGA, MAYA),
                Room.coop(MEDICAL), inRoom(),
                Room.department(DepartmentId.of("reference")), inRoom(ANA, BEA, TIM),
                Room.institution(SPRINGY), inRoom(ANA, BEA, TIM, OTTO),
                Room.pair(ANA.operator(), OTTO.operator()), inRoom(ANA, OTTO),
                Room.pair(OLGA.operator(), MAYA.operator()), inRoom(OLGA, MAYA),
                Room.pair(ANA.operator(), OLGA.operator()), inRoom());
    }

    private static Standing inRoom(Somebody... who) {
        return people().with(Relation.IN_ROOM, who);
    }

    private static List<Attempt> talk(Operation operation) {
        List<Attempt> all = new ArrayList<>();
        rooms().forEach((room, facts) -> {
            all.add(talk(operation, "posts " + room, facts, room, AccessActor::posts));
            all.add(talk(operation, "post " + room, facts, room, AccessActor::post));
            all.add(talk(operation, "seenRoom " + room, facts, room, AccessActor::seenRoom));
        });
        return all;
    }

    /** A room of two need not have a name for anybody else. */
    private static Attempt talk(
            Operation operation, String name, Standing facts, Room room, BiFunction<AccessActor, Room, Answer> act) {
        Attempt talk = thing(
                        operation,
                        name,
                        facts,
                        actor -> act.apply(actor, room),
                        actor -> act.apply(actor, Room.coop(NOWHERE)))
                .by(Role.OPERATOR);
        return room instanceof Room.Pair ? talk.withoutName() : talk;
    }

    private static List<Attempt> sessions(Operation operation) {
        Standing springys = people().with(Relation.COLLEAGUE, ANA, BEA, TIM, OTTO, HAL, LEA, IRA, NAT)
                .with(Relation.ADMIN_COLLEAGUE, LEA, IRA);
        Standing hills = people().with(Relation.COLLEAGUE, OLGA, PIA, REX, INA, LEE, CORA)
                .with(Relation.ADMIN_COLLEAGUE, INA, LEE, CORA);
        Standing formers = people().with(Relation.COLLEAGUE, FRED);
        return List.of(
                session(operation, ANA, springys), session(operation, OLGA, hills), session(operation, FRED, formers));
    }

    private static Attempt session(Operation operation, Somebody whose, Standing facts) {
        return thing(
                        operation,
                        "endSession " + whose.id(),
                        facts,
                        actor -> actor.endSession(whose.operator()),
                        actor -> actor.endSession(GHOST))
                .by(Role.OPERATOR);
    }

    private static Standing ofSpringy() {
        return people().with(Relation.INSTITUTION_ADMIN, IRA).with(Relation.COOP_ADMIN, CORA);
    }

    private static Standing ofHill() {
        return people().with(Relation.INSTITUTION_ADMIN, INA, CORA).with(Relation.COOP_ADMIN, CORA);
    }

    private static Standing onlyCora() {
        return people().with(Relation.COOP_ADMIN, CORA);
    }

    /** A6: the last admin of a level does not step down. */
    private static List<Attempt> manage(Operation operation) {
        return List.of(
                grant(operation, HAL, Level.REGULAR, ofSpringy()),
                grant(operation, HAL, Level.INSTITUTION_ADMIN, ofSpringy()),
                grant(operation, HAL, Level.COOP_ADMIN, onlyCora()),
                grant(operation, OLGA, Level.INSTITUTION_ADMIN, ofHill()),
                grant(operation, OLGA, Level.COOP_ADMIN, onlyCora()),
                grant(operation, NORA, Level.INSTITUTION_ADMIN, onlyCora()),
                grant(operation, IRA, Level.REGULAR, ofSpringy()).refused(RefusalCode.NOT_ALLOWED, IRA),
                grant(operation, CORA, Level.REGULAR, onlyCora()).refused(RefusalCode.NOT_ALLOWED, CORA),
                thing(
                                operation,
                                "grant sven, never a member",
                                people(),
                                actor -> actor.grant(SVEN.operator(), ACADEMIC, Level.REGULAR),
                                actor -> actor.grant(GHOST, ACADEMIC, Level.REGULAR))
                        .refused(RefusalCode.INVALID, Somebody.HOST),
                thing(
                                operation,
                                "grant hal in another co-op",
                                people(),
                                actor -> actor.grant(HAL.operator(), MEDICAL, Level.REGULAR),
                                actor -> actor.grant(HAL.operator(), NOWHERE, Level.REGULAR))
                        .refused(RefusalCode.INVALID, Somebody.HOST),
                revoke(operation, OLGA, Level.REGULAR, ofHill()),
                revoke(operation, INA, Level.INSTITUTION_ADMIN, ofHill()).refused(RefusalCode.NOT_ALLOWED, INA),
                revoke(operation, FRED, Level.COOP_ADMIN, onlyCora()),
                revoke(operation, CORA, Level.COOP_ADMIN, onlyCora()).refused(RefusalCode.NOT_ALLOWED, CORA));
    }

    private static Attempt grant(Operation operation, Somebody who, Level level, Standing facts) {
        return thing(
                operation,
                "grant " + who.id() + ' ' + level,
                facts,
                actor -> actor.grant(who.operator(), ACADEMIC, level),
                actor -> actor.grant(GHOST, ACADEMIC, level));
    }

    private static Attempt revoke(Operation operation, Somebody who, Level level, Standing facts) {
        return thing(
                operation,
                "revoke " + who.id(),
                facts,
                actor -> actor.revoke(new CoopAccount(ACADEMIC, who.operator(), level)),
                actor -> actor.revoke(new CoopAccount(ACADEMIC, GHOST, level)));
    }

    private static List<Attempt> coverage(Operation operation) {
        return List.of(coverage(operation, SPRINGY, ofSpringy()), coverage(operation, HILL, ofHill()));
    }

    private static Attempt coverage(Operation operation, InstitutionId institution, Standing facts) {
        return thing(
                operation,
                "setCoverage " + institution,
                facts,
                actor -> actor.setCoverage(membership(institution, ACADEMIC), Coverage.none()),
                actor -> actor.setCoverage(membership(institution, NOWHERE), Coverage.none()));
    }

    private static Membership membership(InstitutionId institution, CoopId coop) {
        return Membership.of(coop, institution, Membership.Kind.CONTRIBUTING);
    }

    private static List<Attempt> widgets(Operation operation) {
        return List.of(
                widget(
                        operation,
                        "saveWidget databases",
                        WIDGET.value(),
                        "springy",
                        people().with(Relation.LOCAL_ADMIN, LEA)),
                widget(operation, "saveWidget hillchat", "hillchat", "hill", people().with(Relation.LOCAL_ADMIN, LEE)),
                widget(operation, "saveWidget of springy as hill's", WIDGET.value(), "hill", people()));
    }

    private static Attempt widget(Operation operation, String name, String id, String institution, Standing facts) {
        return thing(
                operation,
                name,
                facts,
                actor -> actor.saveWidget(widget(id, institution)),
                actor -> actor.saveWidget(widget("no-such-widget", "no-such-institution")));
    }

    private static Widget widget(String id, String institution) {
        return Widget.builder(id, institution).name("Changed").route(COOP).build();
    }

    private static List<Attempt> seeBlocks(Operation operation) {
        return List.of(
                seeBlocks(operation, BlockScope.of(SPRINGY), people().with(Relation.LOCAL_ADMIN, LEA)),
                seeBlocks(operation, BlockScope.of(HILL), people().with(Relation.LOCAL_ADMIN, LEE)),
                seeBlocks(operation, BlockScope.of(ACADEMIC), onlyCora()));
    }

    private static Attempt seeBlocks(Operation operation, BlockScope scope, Standing facts) {
        return thing(
                operation,
                "blocks, " + scope,
                facts,
                actor -> actor.blocks(scope),
                actor -> actor.blocks(BlockScope.of(NOWHERE)));
    }

    private static List<Attempt> liftBlocks(Operation operation) {
        return List.of(
                lift(operation, AccessScene.HOME_BLOCK, people().with(Relation.LOCAL_ADMIN, LEA)),
                lift(operation, AccessScene.COOP_BLOCK, onlyCora()));
    }

    private static Attempt lift(Operation operation, PatronBlock block, Standing facts) {
        return thing(
                operation,
                "lift, " + block.scope(),
                facts,
                actor -> actor.lift(block),
                actor -> actor.lift(AccessScene.MISSING_BLOCK));
    }

    private static List<Attempt> audit(Operation operation) {
        return List.of(
                audit(operation, SPRINGY, people().with(Relation.LOCAL_ADMIN, LEA)),
                audit(operation, HILL, people().with(Relation.LOCAL_ADMIN, LEE)));
    }

    private static Attempt audit(Operation operation, InstitutionId institution, Standing facts) {
        return thing(
                operation,
                "audit " + institution,
                facts,
                actor -> actor.audit(institution),
                actor -> actor.audit(InstitutionId.of("no-such-institution")));
    }

    /** Everybody has an institution, and none can name another one. */
    private static Attempt faq(Operation operation, String name, Function<AccessActor, Answer> act) {
        return thing(operation, name, people().with(Relation.STAFF, Somebody.of(Role.OPERATOR)), act, act)
                .by(Role.OPERATOR);
    }

    private static Attempt saveCard(Operation operation, InstitutionId institution, Somebody admin) {
        return thing(
                operation,
                "saveCard " + institution,
                people().with(Relation.LOCAL_ADMIN, admin),
                actor -> actor.saveCard(institution),
                actor -> actor.saveCard(InstitutionId.of("no-such-institution")));
    }

    private static Attempt canned(Operation operation, BlockScope scope, Standing facts) {
        boolean saving = operation == Operation.SAVE_CANNED;
        BiFunction<AccessActor, BlockScope, Answer> act = saving ? AccessActor::saveCanned : AccessActor::canned;
        return thing(
                operation,
                (saving ? "saveCanned, " : "canned, ") + scope,
                facts,
                actor -> act.apply(actor, scope),
                actor -> act.apply(actor, BlockScope.of(NOWHERE)));
    }

    private static List<Attempt> patrons(
            Operation operation, String name, BiFunction<AccessActor, String, Answer> act) {
        return List.of(thing(
                        operation,
                        name,
                        people().with(Relation.LOCAL_ADMIN, LEA, LEE, MAX),
                        actor -> act.apply(actor, "stewart@example.org"),
                        actor -> act.apply(actor, "nobody@example.org"))
                .by(Role.OPERATOR));
    }

    private static Attempt retention(Operation operation, InstitutionId institution, Somebody admin) {
        return thing(
                operation,
                "setRetention " + institution,
                people().with(Relation.LOCAL_ADMIN, admin),
                actor -> actor.setRetention(institution),
                actor -> actor.setRetention(InstitutionId.of("no-such-institution")));
    }

    private static List<Attempt> administer(Operation operation) {
        return List.of(
                thing(operation, "retain", people(), AccessActor::retain, AccessActor::retain)
                        .by(Role.HOST),
                thing(operation, "save", people(), actor -> actor.save(CoopId.of("new")), actor -> actor.save(NOWHERE))
                        .by(Role.HOST),
                thing(
                                operation,
                                "endMembership",
                                people(),
                                actor -> actor.endMembership(HILL, ACADEMIC),
                                actor -> actor.endMembership(HILL, NOWHERE))
                        .by(Role.HOST));
    }
}
