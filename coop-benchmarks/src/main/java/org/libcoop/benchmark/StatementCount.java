package org.libcoop.benchmark;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Counts what a contestant sends: a batch is one statement, a text with several statements is so many, and a statement outside a
 * transaction is a commit too. <em>Safe for use by several threads.</em>
 */
final class StatementCount {

    private static final Pattern SEVERAL = Pattern.compile(";\\s*");

    private static final String[] NONE = {};

    private final LongAdder statements = new LongAdder();
    private final LongAdder commits = new LongAdder();

    /** The same connections, counted. */
    DataSource counted(DataSource database) {
        return ProxyDataSourceBuilder.create(database)
                .listener(new Statements())
                .afterMethod(context -> {
                    if (context.getMethod().getName().equals("commit")) {
                        commits.increment();
                    }
                })
                .build();
    }

    void reset() {
        statements.reset();
        commits.reset();
    }

    long statements() {
        return statements.sum();
    }

    long commits() {
        return commits.sum();
    }

    private final class Statements implements QueryExecutionListener {

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            for (String statement :
                    queries.isEmpty() ? NONE : SEVERAL.split(queries.get(0).getQuery())) {
                statements.increment();
                if (statement.strip().equalsIgnoreCase("commit")) {
                    commits.increment();
                }
            }
            try {
                if (execution.getStatement().getConnection().getAutoCommit()) {
                    commits.increment();
                }
            } catch (SQLException closed) {
                // Closed since: what it was is not known, and it is rare enough not to matter.
            }
        }
    }
}
