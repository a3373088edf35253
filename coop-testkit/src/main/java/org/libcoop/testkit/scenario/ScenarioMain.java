package org.libcoop.testkit.scenario;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The command line: runs scenario files on the in-memory store and prints a readable timeline, or with {@code --json} one
 * JSON object a line; or runs one file and answers a question about it. Ends with 0 if everything in every file holds, 1 if not, 2 if a
 * file is malformed or cannot be read, or a question cannot be answered.
 */
public final class ScenarioMain {

    /** Everything holds. */
    static final int HOLDS = 0;
    /** Something does not hold. */
    static final int FAILS = 1;
    /** A file is malformed or cannot be read. */
    static final int MALFORMED = 2;

    private static final String USAGE = "usage: java -jar scenario.jar [--json] FILE...";
    private static final String OR = "       java -jar scenario.jar ";

    private ScenarioMain() {}

    /** Runs the files named and ends the process. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(Arrays.asList(args), out, err);
        out.flush();
        System.exit(status);
    }

    /** Runs the files named; returns what the process ends with. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (Inquiry.is(args)) {
            return Inquiry.run(args, out, err);
        }
        boolean json = !args.isEmpty() && args.get(0).equals("--json");
        List<String> files = json ? args.subList(1, args.size()) : args;
        if (files.isEmpty() || files.stream().anyMatch(file -> file.startsWith("--"))) {
            err.println(USAGE);
            Inquiry.usages().forEach(usage -> err.println(OR + usage));
            return MALFORMED;
        }
        Printer printer = json ? new JsonPrinter(out) : new TextPrinter(out, err);
        int status = HOLDS;
        for (String file : files) {
            status = Math.max(status, run(file, printer));
        }
        printer.finish();
        return status;
    }

    private static int run(String file, Printer printer) {
        try {
            return new ScenarioRunner().run(read(file), printer).passed() ? HOLDS : FAILS;
        } catch (MalformedScenarioException malformed) {
            printer.malformed(file, malformed.line(), malformed.problem());
        } catch (IOException unreadable) {
            printer.malformed(file, 0, String.valueOf(unreadable.getMessage()));
        }
        return MALFORMED;
    }

    /**
     * Reads a file.
     *
     * @throws IOException saying in words why it cannot be read
     * @throws MalformedScenarioException if it is none
     */
    static ScenarioFile read(String file) throws IOException {
        try {
            return ScenarioFile.read(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (IOException | InvalidPathException unreadable) {
            throw new IOException("cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Where results go. */
    interface Printer extends ScenarioListener {

        /** A file was refused; {@code line} 0 stands for the whole file. */
        void malformed(String file, int line, String problem);

        /** Nothing more will come. */
        void finish();
    }
}
