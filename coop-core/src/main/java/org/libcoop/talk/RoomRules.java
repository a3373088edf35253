package org.libcoop.talk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Department;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Refusal;

/**
 * Who is in which room at an instant (I1, I2). <em>Here</em> is who is signed in with a live lease and not OFFLINE, INTERNAL
 * included. A co-op's room has those with an account or backup place there whose switch for it is on; who turns it off, goes
 * OFFLINE or signs out has dropped out with that. A department's has its members who are here, an institution's everybody of it who
 * is here. Of two operators each is in their room while here, as long as they are of one institution or both have a place in some
 * co-op; to write needs the other one here, too. Pure, so <em>safe for use by several threads</em>.
 */
public final class RoomRules {

    private RoomRules() {}

    /** Why {@code operator} may not read a room now; empty if it may. */
    public static Optional<Refusal> refusal(Room room, OperatorId operator, Presence presence, Instant now) {
        return Access.refusal(
                Operation.TALK, relation -> relation == Relation.IN_ROOM && isIn(room, operator, presence, now));
    }

    /** Whether {@code operator} is in the room now. */
    public static boolean isIn(Room room, OperatorId operator, Presence presence, Instant now) {
        return isHere(operator, presence, now) && belongs(room, operator, presence);
    }

    /** Whether {@code operator} is signed in with a live lease and not OFFLINE. */
    public static boolean isHere(OperatorId operator, Presence presence, Instant now) {
        return presence.row(operator).status() != Status.OFFLINE
                && presence.live(operator, now)
                && presence.directory()
                        .operator(operator)
                        .filter(Operator::chatEnabled)
                        .isPresent();
    }

    private static boolean belongs(Room room, OperatorId operator, Presence presence) {
        Directory directory = presence.directory();
        return switch (room.kind()) {
            case COOP -> isOn(((Room.OfCoop) room).coop(), operator, presence);
            case DEPARTMENT ->
                directory
                        .department(((Room.OfDepartment) room).department())
                        .filter(department -> department.members().contains(operator))
                        .isPresent();
            case INSTITUTION ->
                directory
                        .operator(operator)
                        .filter(found -> found.institution().equals(((Room.OfInstitution) room).institution()))
                        .isPresent();
            case PAIR -> {
                Room.Pair pair = (Room.Pair) room;
                yield pair.has(operator) && acquainted(operator, pair.besides(operator), directory);
            }
        };
    }

    private static boolean isOn(CoopId coop, OperatorId operator, Presence presence) {
        return presence.directory().hasPlaceIn(operator, coop)
                && presence.row(operator).switches().contains(Option.coop(coop));
    }

    /** Whether two are of one institution, or both have a place in some co-op. */
    private static boolean acquainted(OperatorId one, OperatorId other, Directory directory) {
        Operator first = directory.operator(one).orElse(null);
        Operator second = directory.operator(other).orElse(null);
        return first != null
                && second != null
                && (first.institution().equals(second.institution())
                        || directory.coops().stream()
                                .map(Coop::id)
                                .anyMatch(
                                        coop -> directory.hasPlaceIn(one, coop) && directory.hasPlaceIn(other, coop)));
    }

    /** Who is in a room now; of a pair's those of the two who are here. */
    public static List<OperatorId> people(Room room, Presence presence, Instant now) {
        return presence.rows().stream()
                .map(OperatorPresence::operator)
                .filter(operator -> isIn(room, operator, presence, now))
                .sorted()
                .toList();
    }

    /** The rooms {@code operator} is in now: co-ops', departments', the institution's, and one with each other who is here; none if it is not here. */
    public static List<Room> of(OperatorId operator, Presence presence, Instant now) {
        List<Room> rooms = new ArrayList<>();
        if (!isHere(operator, presence, now)) {
            return rooms;
        }
        Directory directory = presence.directory();
        Operator self = directory.operator(operator).orElseThrow();
        directory.coops().stream()
                .map(Coop::id)
                .filter(coop -> isOn(coop, operator, presence))
                .sorted()
                .forEach(coop -> rooms.add(Room.coop(coop)));
        directory.departments().stream()
                .filter(department -> department.members().contains(operator))
                .map(Department::id)
                .sorted()
                .forEach(department -> rooms.add(Room.department(department)));
        rooms.add(Room.institution(self.institution()));
        presence.rows().stream()
                .map(OperatorPresence::operator)
                .filter(other -> !other.equals(operator)
                        && isHere(other, presence, now)
                        && acquainted(operator, other, directory))
                .sorted()
                .forEach(other -> rooms.add(Room.pair(operator, other)));
        return rooms;
    }
}
