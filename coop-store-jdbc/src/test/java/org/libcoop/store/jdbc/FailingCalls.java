package org.libcoop.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.libcoop.spi.StoreException;

/** Fails one call of a port, counted from {@link #armed}, before it did anything or after it did all. */
final class FailingCalls {

    /** What the failing call did. */
    enum When {
        BEFORE,
        AFTER
    }

    private final AtomicInteger left = new AtomicInteger();
    private volatile boolean armed;
    private volatile When when = When.BEFORE;

    /** From now on the call with this number fails, 1 for the next one. */
    void arm(int number, When what) {
        left.set(number);
        when = what;
        armed = true;
    }

    /** Nothing fails any more; whether something did. */
    boolean disarm() {
        armed = false;
        return left.get() <= 0;
    }

    /** {@code port} as it is, but for the call that fails. */
    <T> T on(Class<T> type, T port) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            boolean fails = armed && !method.getName().equals("close") && left.decrementAndGet() == 0;
            if (fails && when == When.BEFORE) {
                throw new StoreException("away, having done nothing", false);
            }
            Object answer;
            try {
                answer = method.invoke(port, given);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
            if (fails) {
                throw new StoreException("away, having done it", true);
            }
            return answer;
        }));
    }
}
