package org.libcoop.store.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that looks at the clock before each statement and before the commit. A socket's timeout alone is for one answer
 * of the database: however many statements a call has, all of them together must end in time. <em>One thread at a time.</em>
 */
final class TimedConnection implements InvocationHandler {

    private static final Set<String> TAKE_TIME = Set.of("prepareStatement", "createStatement", "commit");

    private final Connection connection;
    private final Limit limit;

    private TimedConnection(Connection connection, Limit limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** Sets how long the next thing done with a connection may take; throws if there is no time left. */
    @FunctionalInterface
    interface Limit {
        void set(Connection connection) throws SQLException;
    }

    static Connection of(Connection connection, Limit limit) {
        return (Connection) Proxy.newProxyInstance(
                TimedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new TimedConnection(connection, limit));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (TAKE_TIME.contains(method.getName())) {
            limit.set(connection);
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
