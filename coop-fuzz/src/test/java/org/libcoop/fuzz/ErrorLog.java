package org.libcoop.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/**
 * What was logged as a warning or an error: malformed input is neither, whatever it says. <em>Safe for use by several
 * threads.</em>
 */
public final class ErrorLog extends AppenderBase<ILoggingEvent> {

    private static final int KEPT = 100;

    private final Deque<ILoggingEvent> found = new ArrayDeque<>();

    private ErrorLog() {}

    /** Takes the place of every other place to which this process logs. */
    public static ErrorLog install() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.WARN);
        ErrorLog log = new ErrorLog();
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        return log;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        if (found.size() < KEPT) {
            found.add(event);
        }
    }

    /**
     * Nothing was logged since the last call.
     *
     * @throws AssertionError if something was
     */
    public synchronized void assertEmpty() {
        ILoggingEvent first = found.poll();
        found.clear();
        if (first != null) {
            Throwable cause = first.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
            throw new AssertionError("logged " + first.getLevel() + ": " + first.getFormattedMessage(), cause);
        }
    }
}
