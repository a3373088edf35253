package org.libcoop.access;

import java.time.Instant;
import java.util.Optional;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Progress;
import org.libcoop.routing.Routing;

/** Who may learn what: asked here and nowhere else (A8). Deny is the default. Pure. */
public final class Access {

    private Access() {}

    /**
     * P6: whether {@code viewer} may see who is online on a stage: with access to it, and on both stages of a co-op with any
     * place in it, that of a non-contributing member included, who may look but not answer (A5).
     */
    public static boolean maySeeOnline(Directory directory, OperatorId viewer, Stage stage) {
        return directory.hasAccess(viewer, stage)
                || (stage.option() instanceof Option.OfCoop shared && directory.hasPlaceIn(viewer, shared.coop()));
    }

    /**
     * P5: why {@code by} may not end the session of {@code colleague}; empty if that is allowed. It is to a local admin, and to
     * whoever has an account of at least INSTITUTION_ADMIN in some co-op while the membership lasts, for operators of the same
     * institution. Of others nothing is revealed (A9). Without the chat switch nothing is allowed (D2).
     */
    public static Optional<Refusal> refusalToEndSession(Directory directory, OperatorId by, OperatorId colleague) {
        Operator admin = directory.operator(by).orElse(null);
        Operator other = directory.operator(colleague).orElse(null);
        if (admin == null || other == null || !admin.institution().equals(other.institution())) {
            return Optional.of(Refusal.of(RefusalCode.NOT_FOUND, "your institution has no such operator"));
        }
        boolean allowed = admin.chatEnabled() && (admin.admin() || administersInSomeCoop(directory, by));
        return allowed
                ? Optional.empty()
                : Optional.of(Refusal.of(RefusalCode.NOT_ALLOWED, "only an admin ends a colleague's session"));
    }

    private static boolean administersInSomeCoop(Directory directory, OperatorId operator) {
        return directory.accounts(operator).stream()
                .filter(account -> account.level() != CoopAccount.Level.REGULAR)
                .anyMatch(account -> directory
                        .operator(operator)
                        .flatMap(found -> directory.membership(account.coop(), found.institution()))
                        .filter(membership -> !membership.ended())
                        .isPresent());
    }

    /**
     * A9: whether {@code operator} may learn that a chat exists: as staff of the home institution, by an account or backup
     * place in a co-op of its frozen route, or because it was once shown to them.
     */
    public static boolean mayLearnOf(
            Progress progress, Instant startedAt, OperatorId operator, Presence world, Instant now) {
        Directory directory = world.directory();
        Operator who = directory.operator(operator).orElse(null);
        if (who == null) {
            return false;
        }
        return who.institution().equals(progress.plan().home())
                || progress.plan().coops().stream().anyMatch(coop -> directory.hasPlaceIn(operator, coop))
                || Routing.reached(progress, operator, startedAt, now, world);
    }
}
