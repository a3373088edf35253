/** Routing of library chats: model, pure decision core, engine, ports and in-memory adapters. */
module org.libcoop.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports org.libcoop;
    exports org.libcoop.access;
    exports org.libcoop.annotation;
    exports org.libcoop.chat;
    exports org.libcoop.directory;
    exports org.libcoop.faq;
    exports org.libcoop.memory;
    exports org.libcoop.presence;
    exports org.libcoop.refusal;
    exports org.libcoop.report;
    exports org.libcoop.routing;
    exports org.libcoop.spi;
    exports org.libcoop.talk;
}
