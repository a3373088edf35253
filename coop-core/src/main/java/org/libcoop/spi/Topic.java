package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.NodeId;

/**
 * Something a live chat waits on, so that a change there can find it: an open stage, its owner, those it is offered to, or the node that vouches for
 * its patron (R7, C6, T3). {@code key} is unique over all kinds and fit for an index. <em>Immutable.</em>
 */
public record Topic(String key) {

    public Topic {
        Objects.requireNonNull(key, "key");
    }

    /** The chats on which {@code stage} is open and nobody is owner. */
    public static Topic stage(Stage stage) {
        return new Topic(stage.option().kind()
                + (stage.backup() ? "+:" : ":")
                + stage.option().id());
    }

    /** The chats that {@code operator} owns, or to whom they are offered (C6, C9). */
    public static Topic owner(OperatorId operator) {
        return new Topic("owner:" + operator);
    }

    /** The live chats for whose patron {@code node} vouches. */
    public static Topic node(NodeId node) {
        return new Topic("node:" + node);
    }
}
