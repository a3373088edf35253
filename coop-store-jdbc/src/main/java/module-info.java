/** Durable store and archive on JDBC databases: H2 and PostgreSQL. */
@SuppressWarnings("requires-automatic") // the driver, which has no module descriptor
module org.libcoop.store.jdbc {
    requires static transitive org.jspecify;
    requires transitive org.libcoop.core;
    requires transitive java.sql;
    requires static org.postgresql.jdbc;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports org.libcoop.store.jdbc;
}
