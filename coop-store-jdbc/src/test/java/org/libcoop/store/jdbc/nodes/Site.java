package org.libcoop.store.jdbc.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.libcoop.CoopEngine;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcStore;

/**
 * What every process of a deployment knows: the libraries and how to reach the database.
 * Springy's desk has the librarians {@code n1-1} to {@code n3-8}; Hill's olga stands behind it in a co-op, from the second second on.
 */
final class Site {

    static final Option DESK = Option.department("reference");
    static final Option COOP = Option.coop("academic");
    static final WidgetId ASK = WidgetId.of("ask");
    static final WidgetId DESK_THEN_COOP = WidgetId.of("desk-then-coop");
    static final int NODES = 3;
    static final int LIBRARIANS = 8;

    /** A lease of two seconds, and chats that wait as long as it takes. */
    static final List<String> SHORT_LEASE = List.of(
            "lease",
            "2s",
            "renewEvery",
            "500ms",
            "ownerGrace",
            "1h",
            "patronGrace",
            "1h",
            "patronAway",
            "1h",
            "giveUpAfter",
            "2h");

    private Site() {}

    /** The librarian with this number who sits at this node. */
    static String librarian(int node, int number) {
        return "n" + node + "-" + number;
    }

    /** Policies: name and value, in turn. */
    static Directory directory(List<String> policies) {
        String[] desk = new String[NODES * LIBRARIANS];
        for (int i = 0; i < desk.length; i++) {
            desk[i] = librarian(i / LIBRARIANS + 1, i % LIBRARIANS + 1);
        }
        DirectoryBuilder builder = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", desk)
                .department("reference", "springy", "Reference", desk)
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .localCoop("academic", "Academic Co-op")
                .member("springy")
                .member("hill")
                .account("academic", "olga", Level.REGULAR)
                .widget("ask", "springy", widget -> widget.route(DESK))
                .widget(
                        "desk-then-coop",
                        "springy",
                        widget -> widget.route(DESK, COOP).timedFallback(Duration.ofSeconds(2)));
        for (int i = 0; i < policies.size(); i += 2) {
            builder.policy(policies.get(i), policies.get(i + 1));
        }
        return builder.build();
    }

    /** A small pool, with every timeout set. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setPassword("");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    static JdbcStore store(DataSource pool) {
        return JdbcStore.builder(pool).pollEvery(Duration.ofMillis(20)).build();
    }

    static CoopEngine engine(Store store, Archive archive, List<String> policies) {
        return CoopEngine.builder()
                .store(store)
                .archive(archive)
                .directory(directory(policies))
                .build();
    }
}
