package org.libcoop.store.jdbc.nodes;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcStore;

/** The places at which a node can be told to die at once, as if it were killed there. <em>Safe for use by several threads.</em> */
final class CrashPoints {

    /** A place on the way of a change. */
    enum Point {
        /** It is decided, and nothing of it has gone to the database. */
        BEFORE_SQL,
        /** Everything is written and not committed: where several statements make one transaction. */
        BEFORE_COMMIT,
        /** It is committed, and nobody has been told. */
        AFTER_COMMIT,
        /** The client has been answered. */
        AFTER_ANSWER
    }

    private record Armed(Point point, AtomicInteger left) {}

    private volatile Armed armed = new Armed(Point.BEFORE_SQL, new AtomicInteger());

    /** Dies at the {@code after}-th time this point is reached from now on. */
    void arm(Point point, int after) {
        armed = new Armed(point, new AtomicInteger(after));
    }

    void reached(Point point) {
        Armed now = armed;
        if (now.point() == point && now.left().get() > 0 && now.left().decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** The store with the points before and after its commits. */
    Store around(JdbcStore store) {
        return proxy(Store.class, (proxy, method, arguments) -> {
            boolean commit = method.getName().equals("commit");
            if (commit) {
                reached(Point.BEFORE_SQL);
            }
            Object result = invoke(store, method, arguments);
            if (commit) {
                reached(Point.AFTER_COMMIT);
            }
            return result;
        });
    }

    /** The data source with the point before a transaction's commit. */
    DataSource around(DataSource pool) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(pool, method, arguments);
            return result instanceof Connection connection ? around(connection) : result;
        });
    }

    private Connection around(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                reached(Point.BEFORE_COMMIT);
            }
            return invoke(connection, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
