/** The patron's widget and the browser client as static resources, and a small servlet door for them. */
module org.libcoop.web {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.core;
    requires static transitive jakarta.servlet;
    requires com.fasterxml.jackson.databind;

    exports org.libcoop.web;
}
