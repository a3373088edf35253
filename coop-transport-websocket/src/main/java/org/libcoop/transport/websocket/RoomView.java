package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Post;
import org.libcoop.talk.OpenRoom;
import org.libcoop.talk.Room;

/** The staff chat as one operator sees it (I1): people in a room without their ids. */
final class RoomView {

    private final Names names;
    private final OperatorId me;

    RoomView(Names names, OperatorId me) {
        this.names = names;
        this.me = me;
    }

    /** A room as this operator calls it: one of two by the other's id. */
    ObjectNode room(Room room) {
        return Json.object().put("kind", Json.kebab(room.kind())).put("id", room.idFor(me));
    }

    ArrayNode rooms(List<OpenRoom> rooms) {
        ArrayNode all = Json.array();
        for (OpenRoom open : rooms) {
            ObjectNode node = all.addObject();
            node.set("room", room(open.room()));
            node.put("name", open.name()).put("last", open.last()).put("seen", open.seen());
            ArrayNode people = node.putArray("people");
            open.people()
                    .forEach(person -> people.addObject()
                            .put("name", person.label())
                            .put("mine", person.operator().equals(me))
                            .put("status", Json.kebab(person.status())));
        }
        return all;
    }

    ArrayNode posts(List<Post> posts) {
        ArrayNode all = Json.array();
        posts.forEach(post -> all.add(post(post)));
        return all;
    }

    ObjectNode post(Post post) {
        ObjectNode node = Json.object().put("seq", post.seq());
        node.put("by", label(post)).put("mine", post.by().equals(me));
        Json.put(node, "at", post.at());
        Json.put(node, "text", post.text());
        return node;
    }

    /** The display name, with the institution in parentheses if it is not the viewer's (I1); the institution alone of who is gone. */
    private String label(Post post) {
        String institution = names.institution(post.institution());
        boolean colleague = names.isOf(me, post.institution());
        return names.directory()
                .operator(post.by())
                .map(Operator::displayName)
                .map(name -> colleague ? name : name + " (" + institution + ")")
                .orElse(institution);
    }
}
