package org.libcoop.example;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.CoopException;
import org.libcoop.testkit.scenario.MalformedScenarioException;

/** The command line of the example server. */
public final class ServerMain {

    private static final int CANNOT_START = 1;
    private static final int MISUSED = 2;

    private ServerMain() {}

    /**
     * Starts the server, prints its addresses and settings, and runs until Ctrl-C or SIGTERM, at which everything is closed in
     * order. Exit status: 1 if it cannot start, 2 for a wrong option or a malformed directory file.
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            ServerOptions options = ServerOptions.of(List.of(arguments), System.getenv());
            Directory directory = ExampleServer.directory(options.directory());
            ExampleServer server = ExampleServer.start(directory, options.port(), options.database(), files(options));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "coop-stop"));
            print(server.address(), server.engine().directory(), options.database(), System.out);
            server.join();
        } catch (IllegalArgumentException | MalformedScenarioException misused) {
            fail(misused, MISUSED);
        } catch (IOException | CoopException failed) {
            fail(failed, CANNOT_START);
        }
    }

    /** With chats in memory, files are forgotten with them. */
    private static @Nullable Path files(ServerOptions options) {
        return options.database() instanceof DatabaseSetting.Memory ? null : options.files();
    }

    static void print(URI address, Directory directory, DatabaseSetting database, PrintStream out) {
        out.println("coop example server: " + address + "/");
        out.println("  dashboard     " + address + "/dashboard");
        for (Widget widget : directory.widgets()) {
            out.println("  library page  " + address + Demo.page(widget) + "  (" + widget.name() + ")");
        }
        out.println("  database      " + database);
        String limits = Storage.limits(database);
        if (!limits.isEmpty()) {
            out.println("  limits        " + limits);
        }
        out.println("Stop with Ctrl-C.");
        out.flush();
    }

    private static void fail(Exception why, int status) {
        System.err.println(why.getMessage());
        System.exit(status);
    }
}
