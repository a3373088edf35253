/** WebSocket endpoint on jakarta.websocket and its wire protocol. */
module org.libcoop.transport.websocket {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.core;
    requires static transitive jakarta.websocket;
    requires static transitive jakarta.websocket.client;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports org.libcoop.transport.websocket;
    exports org.libcoop.transport.websocket.client;
}
