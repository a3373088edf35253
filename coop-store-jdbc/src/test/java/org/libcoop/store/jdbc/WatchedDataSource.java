package org.libcoop.store.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that a test watches, and on which it makes things go wrong. <em>Safe for use by several threads.</em> */
final class WatchedDataSource implements DataSource {

    static final String COMMIT = "commit";

    private static final Set<String> EXECUTIONS = Set.of("execute", "executeQuery", "executeUpdate", "executeBatch");

    private final DataSource inner;
    private final Watch watch;

    WatchedDataSource(DataSource inner, Watch watch) {
        this.inner = inner;
        this.watch = watch;
    }

    /** What happens; whatever a method throws, the user of the connection gets. */
    interface Watch {

        /** Before a connection is borrowed. */
        default void borrows() throws SQLException {}

        /** A connection was borrowed. */
        default void borrowed() {}

        /** A connection was given back. */
        default void returned() {}

        /** Before this statement, or {@link #COMMIT}. */
        default void before(String statement) throws SQLException {}

        /** The database has done it, and nobody knows yet. */
        default void after(String statement) throws SQLException {}

        /** The database failed to do it. */
        default void failed(SQLException failure) {}
    }

    @Override
    public Connection getConnection() throws SQLException {
        watch.borrows();
        Connection connection = inner.getConnection();
        watch.borrowed();
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "close" -> {
                watch.returned();
                connection.close();
                yield null;
            }
            case COMMIT -> {
                watch.before(COMMIT);
                connection.commit();
                watch.after(COMMIT);
                yield null;
            }
            case "prepareStatement" -> {
                String text = (String) arguments[0];
                yield watched(PreparedStatement.class, connection.prepareStatement(text), text);
            }
            case "createStatement" -> watched(Statement.class, connection.createStatement(), "");
            default -> invoke(() -> method.invoke(connection, arguments));
        });
    }

    private <S extends Statement> S watched(Class<S> type, S statement, String prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            if (!EXECUTIONS.contains(method.getName())) {
                return invoke(() -> method.invoke(statement, arguments));
            }
            String text = arguments == null ? prepared : (String) arguments[0];
            watch.before(text);
            try {
                Object done = invoke(() -> method.invoke(statement, arguments));
                watch.after(text);
                return done;
            } catch (SQLException failure) {
                watch.failed(failure);
                throw failure;
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private interface Invocation {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object invoke(Invocation invocation) throws Throwable {
        try {
            return invocation.run();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return inner.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        inner.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        inner.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return inner.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return inner.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return inner.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return inner.isWrapperFor(type);
    }
}
