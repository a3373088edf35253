package org.libcoop.example;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where the server keeps what must outlive it: chats, presence, and the directory. The texts of a setting tell no password.
 * <em>Immutable.</em>
 */
public sealed interface DatabaseSetting {

    /** In the process: everything is forgotten when it ends. */
    record Memory() implements DatabaseSetting {
        @Override
        public String toString() {
            return "in memory: everything is forgotten when the server stops";
        }
    }

    /** H2 in a file in {@code folder}, which is made where there is none. One server at a time. */
    record H2File(Path folder) implements DatabaseSetting {

        public H2File {
            Objects.requireNonNull(folder, "folder");
            folder = folder.toAbsolutePath().normalize();
            if (folder.toString().indexOf(';') >= 0) {
                throw new IllegalArgumentException(
                        "the data folder is " + folder + ", expected a name without semicolons");
            }
        }

        @Override
        public String toString() {
            return "H2 in " + folder;
        }
    }

    /** PostgreSQL at a JDBC address, user and password in it, or in the files where the driver looks for them. */
    record PostgreSql(String url) implements DatabaseSetting {

        static final String PREFIX = "jdbc:postgresql:";

        /** Seconds, and the tongue of the driver; the socket's is longer than the store's deadline, which comes first. */
        private static final List<String> TIMEOUTS =
                List.of("connectTimeout=5", "socketTimeout=15", "tcpKeepAlive=true", "ApplicationName=coop");

        public PostgreSql {
            Objects.requireNonNull(url, "url");
            if (!url.startsWith(PREFIX)) {
                throw new IllegalArgumentException("expected an address that begins with " + PREFIX);
            }
        }

        /** The address with a limit to every wait that it does not limit itself. */
        String urlWithTimeouts() {
            StringBuilder complete = new StringBuilder(url);
            for (String timeout : TIMEOUTS) {
                String name = timeout.substring(0, timeout.indexOf('=') + 1);
                if (!url.contains("?" + name) && !url.contains("&" + name)) {
                    complete.append(complete.indexOf("?") < 0 ? '?' : '&').append(timeout);
                }
            }
            return complete.toString();
        }

        /** Neither parameters nor what stands before an {@code @}: passwords are there. */
        @Override
        public String toString() {
            String address = url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
            return "PostgreSQL at " + address.replaceFirst("^(/*).*@", "$1");
        }
    }

    /**
     * The setting that {@code text} names: {@code h2} in the folder {@code data}, {@code memory}, or a JDBC address of a PostgreSQL.
     *
     * @throws IllegalArgumentException for anything else
     */
    static DatabaseSetting of(String text, Path data) {
        String name = text.strip();
        if (name.equals("h2")) {
            return new H2File(data);
        }
        if (name.equals("memory")) {
            return new Memory();
        }
        if (name.startsWith(PostgreSql.PREFIX)) {
            return new PostgreSql(name);
        }
        // What was found is not repeated: it may have a password in it.
        throw new IllegalArgumentException(
                "the database is none the server knows, expected h2, memory or " + PostgreSql.PREFIX + "//HOST/NAME");
    }
}
