package org.libcoop;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.libcoop.chat.Chat;
import org.libcoop.chat.Logged;
import org.libcoop.chat.LostClaim;
import org.libcoop.directory.OperatorId;

/**
 * A chat as the host itself may see it, brought to {@code at}, whether or not what was due has been handled (R14): its head,
 * its log as stored, and exactly who is notified of it now (R6; nobody once it is claimed or over), and who lost
 * a claim by how much, as far as this node remembers. For operating, testing and
 * explaining (E1). <em>Immutable.</em>
 */
public record ChatInspection(
        Chat chat, List<Logged> log, Set<OperatorId> notified, List<LostClaim> lostClaims, Instant at) {

    public ChatInspection {
        Objects.requireNonNull(chat, "chat");
        Objects.requireNonNull(at, "at");
        log = List.copyOf(log);
        notified = Set.copyOf(notified);
        lostClaims = List.copyOf(lostClaims);
    }
}
