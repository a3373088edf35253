package org.libcoop.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.libcoop.access.Operation;
import org.libcoop.directory.Coop;
import org.libcoop.directory.Department;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Post;
import org.libcoop.talk.OpenRoom;
import org.libcoop.talk.Room;
import org.libcoop.talk.RoomRules;

/**
 * Staff chat (I1, I2). Who is in a room is asked at each word that is written, read and told. Reads on the caller's thread. Safe for
 * use by several threads.
 */
public final class StaffTalk {

    private final EngineTime time;
    private final Presence presence;
    private final Audience audience;
    private final Discussions discussions;
    private final AuditLog audit;
    private final PostOffice office;

    StaffTalk(Ground ground, Discussions discussions, AuditLog audit, PostOffice office) {
        this.time = ground.time();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.discussions = discussions;
        this.audit = audit;
        this.office = office;
    }

    /** I1: the rooms an operator is in now. */
    public Outcome<List<OpenRoom>> rooms(OperatorId viewer) {
        Instant now = time.now();
        List<Room> rooms = RoomRules.of(viewer, presence, now);
        List<Discussion> about = rooms.stream().map(Discussion::in).toList();
        return Stored.answered(() -> {
            Map<Discussion, Long> last = discussions.last(about);
            Map<Discussion, Long> seen = discussions.seen(viewer, about);
            return Outcome.done(rooms.stream()
                    .map(room -> new OpenRoom(
                            room,
                            name(room, viewer),
                            people(room, viewer, now),
                            last.getOrDefault(Discussion.in(room), 0L),
                            seen.getOrDefault(Discussion.in(room), 0L)))
                    .toList());
        });
    }

    /** I1: posts of a room from a place on. */
    public Outcome<List<Post>> posts(OperatorId reader, Room room, long from, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        return Stored.answered(
                () -> allowed(reader, room).map(in -> discussions.read(Discussion.in(room), from, limit)));
    }

    /** I1: that a reader has seen a room up to a place. */
    public Outcome<Room> seen(OperatorId reader, Room room, long seq) {
        return Stored.answered(() -> allowed(reader, room).map(in -> {
            discussions.seen(reader, Discussion.in(room), seq);
            return room;
        }));
    }

    /** I1: a word in a room. */
    public CompletionStage<Outcome<Post>> post(OperatorId by, Room room, String text, String commandId) {
        PostOffice.Draft draft = new PostOffice.Draft(Discussion.in(room), by, null, text, commandId);
        return office.write(draft, List.of(), () -> allowed(by, room).flatMap(in -> heard(by, room)));
    }

    /** Of two the other one has to be here, too. */
    private Outcome<Room> heard(OperatorId by, Room room) {
        boolean alone = room instanceof Room.Pair pair && !RoomRules.isHere(pair.besides(by), presence, time.now());
        return alone ? Outcome.refused(RefusalCode.UNAVAILABLE, "the other one is not here") : Outcome.done(room);
    }

    private Outcome<Room> allowed(OperatorId operator, Room room) {
        Outcome<Room> answer = RoomRules.refusal(room, operator, presence, time.now())
                .map(Outcome::<Room>refused)
                .orElseGet(() -> Outcome.done(room));
        return audit.denied(new Deed(Who.operator(operator), Operation.TALK, thing(room, operator)), answer);
    }

    private static Thing thing(Room room, OperatorId by) {
        Kind kind = switch (room.kind()) {
            case COOP -> Kind.COOP;
            case DEPARTMENT -> Kind.DEPARTMENT;
            case INSTITUTION -> Kind.INSTITUTION;
            case PAIR -> Kind.OPERATOR;
        };
        return Thing.of(kind, room.idFor(by));
    }

    // ---- Telling

    /** Tells those in a room who are connected here. */
    void tell(Post post) {
        Room room = Room.of(post.discussion().id()).orElse(null);
        if (room != null) {
            Instant now = time.now();
            Notice notice = new Notice.Posted(room, post);
            audience.connected().stream()
                    .filter(operator -> RoomRules.isIn(room, operator, presence, now))
                    .forEach(operator -> audience.tell(operator, notice));
        }
    }

    // ---- In words

    private List<OpenRoom.Person> people(Room room, OperatorId viewer, Instant now) {
        return RoomRules.people(room, presence, now).stream()
                .map(operator -> new OpenRoom.Person(
                        operator,
                        label(operator, viewer),
                        presence.row(operator).status()))
                .toList();
    }

    private String name(Room room, OperatorId viewer) {
        Directory directory = presence.directory();
        Optional<String> name = switch (room.kind()) {
            case COOP -> directory.coop(((Room.OfCoop) room).coop()).map(Coop::name);
            case DEPARTMENT ->
                directory.department(((Room.OfDepartment) room).department()).map(Department::name);
            case INSTITUTION ->
                directory.institution(((Room.OfInstitution) room).institution()).map(Institution::name);
            case PAIR -> Optional.of(label(((Room.Pair) room).besides(viewer), viewer));
        };
        return name.orElse(room.key());
    }

    /** The display name, with the institution in parentheses if it is not the viewer's (I1); the id of who is not there any more. */
    private String label(OperatorId operator, OperatorId viewer) {
        Directory directory = presence.directory();
        Operator found = directory.operator(operator).orElse(null);
        if (found == null) {
            return operator.value();
        }
        boolean colleague = directory
                .operator(viewer)
                .filter(self -> self.institution().equals(found.institution()))
                .isPresent();
        String institution = directory
                .institution(found.institution())
                .map(Institution::name)
                .orElse(found.institution().value());
        return colleague ? found.displayName() : found.displayName() + " (" + institution + ")";
    }
}
