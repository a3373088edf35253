package org.libcoop.talk;

import java.util.List;
import java.util.Objects;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Status;

/**
 * A room as somebody sees it who is in it (I1). <em>Immutable.</em>
 *
 * @param name for people: the co-op's, department's or institution's, or the other operator's as in {@link Person#label}
 * @param people who is in it now, the viewer included, by id
 * @param last the place of the newest post; 0 if nothing was ever written
 * @param seen up to where the viewer has seen it; 0 if never
 */
public record OpenRoom(Room room, String name, List<Person> people, long last, long seen) {

    public OpenRoom {
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(name, "name");
        people = List.copyOf(people);
    }

    /**
     * Somebody in a room.
     *
     * @param label the display name, with the institution in parentheses if it is another one than the viewer's
     */
    public record Person(OperatorId operator, String label, Status status) {
        public Person {
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(status, "status");
        }
    }
}
