package org.libcoop.engine;

import java.util.function.Supplier;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.StoreException;

/** Questions to what keeps things for the host, which may not answer. */
final class Stored {

    private Stored() {}

    /** The answer, or a refusal that says that there is none now. */
    static <T> Outcome<T> answered(Supplier<Outcome<T>> question) {
        try {
            return question.get();
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        }
    }
}
