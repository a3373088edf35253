package org.libcoop.transport.websocket.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Option;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;

/**
 * An operator's own presence, with every option there is a switch for (P1, P2); {@code signOff} is how the last session ended,
 * null while signed in. <em>Immutable.</em>
 */
public record OwnPresence(
        boolean signedIn,
        Status status,
        int openChats,
        List<Switch> switches,
        @Nullable SignedOut signOff) {

    public OwnPresence {
        Objects.requireNonNull(status, "status");
        switches = List.copyOf(switches);
    }

    /** How a session ended (P5): by whom, or by the rule of which department, by name. */
    public record SignedOut(
            SignOff.Why why, @Nullable String by, @Nullable String rule) {
        public SignedOut {
            Objects.requireNonNull(why, "why");
        }
    }

    /** Whether an option is monitored; {@code backup}: the operator is on the co-op's backup list, and nothing more there. */
    public record Switch(Option option, String name, boolean on, boolean backup) {
        public Switch {
            Objects.requireNonNull(option, "option");
            Objects.requireNonNull(name, "name");
        }
    }
}
