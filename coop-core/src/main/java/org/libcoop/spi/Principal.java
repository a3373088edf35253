package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.directory.OperatorId;

/** Who is at the far end, as the host's {@link Authenticator} says. <em>Immutable.</em> */
public sealed interface Principal {

    /** A patron, known by a secret the patron's client made and kept; 32 to 200 characters. */
    record OfPatron(String key) implements Principal {
        public OfPatron {
            Objects.requireNonNull(key, "key");
            if (!fits(key)) {
                throw new IllegalArgumentException(
                        "a patron's key must have 32 to 200 characters, not " + key.length());
            }
        }

        /** A patron who was never here, with a key drawn at random: for tests, and for hosts that keep the key for their patrons. */
        public static OfPatron withNewKey() {
            return new OfPatron(Ids.random().secret());
        }

        /** Whether a stranger's token may be a key at all: what an authenticator asks first. */
        public static boolean fits(String key) {
            return key.length() >= 32 && key.length() <= 200;
        }

        @Override
        public String toString() {
            return "patron"; // the key is a secret and stays out of logs
        }
    }

    /** An operator of the directory. */
    record OfOperator(OperatorId operator) implements Principal {
        public OfOperator {
            Objects.requireNonNull(operator, "operator");
        }
    }
}
