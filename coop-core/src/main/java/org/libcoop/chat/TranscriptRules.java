package org.libcoop.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;

/**
 * Who may do what with the transcript of a chat that is over (A1–A4, D8). Which accounts somebody has is asked now, who owned the
 * chat of the chat itself. Pure, so <em>safe for use by several threads</em>.
 */
public final class TranscriptRules {

    private TranscriptRules() {}

    /** Why {@code operator} may not do something with a transcript on a path, empty if it may; who may not know of the chat is told of none (A9). */
    public static Optional<Refusal> refusal(
            Chat chat, TranscriptPath path, Operation operation, OperatorId operator, Presence world, Instant now) {
        if (Access.allows(operation, to(chat, path, operator, world.directory()))) {
            return Optional.empty();
        }
        return Optional.of(
                Access.denied(Relations.known(chat, operator, world, now) ? operation : Operation.KNOW_CHAT));
    }

    /** The operation that reading on a path is. */
    public static Operation reading(TranscriptPath path) {
        return path instanceof TranscriptPath.OfCoop ? Operation.READ_OF_COOP : Operation.READ_AT_HOME;
    }

    private static Predicate<Relation> to(Chat chat, TranscriptPath path, OperatorId operator, Directory directory) {
        Operator who = directory.operator(operator).orElse(null);
        if (who == null) {
            return relation -> false;
        }
        return path instanceof TranscriptPath.OfCoop of
                ? relation -> throughCoop(relation, chat, of.coop(), who, directory)
                : relation -> atHome(relation, chat, who, directory);
    }

    private static boolean atHome(Relation relation, Chat chat, Operator who, Directory directory) {
        boolean ofHome = who.institution().equals(chat.home());
        return ofHome
                && switch (relation) {
                    case HOME_ADMIN -> who.admin();
                    case HOME_OWNER -> chat.everOwnedBy(who.id());
                    case HOME_READER -> directory.policies().homeReadersSeeAll();
                    default -> false;
                };
    }

    private static boolean throughCoop(Relation relation, Chat chat, CoopId coop, Operator who, Directory directory) {
        Level level = Access.level(coop, who.id(), directory).orElse(null);
        boolean admin = level != null && level.compareTo(Level.INSTITUTION_ADMIN) >= 0;
        return switch (relation) {
            case COOP_OWNER ->
                directory.hasPlaceIn(who.id(), coop)
                        && answered(chat, coop, o -> o.owner().equals(who.id()));
            case ANSWERING_ADMIN -> admin && answered(chat, coop, of(who.institution()));
            case ANSWERING_COOP_ADMIN -> level == Level.COOP_ADMIN && answered(chat, coop, o -> true);
            case PROVIDER_ADMIN ->
                Access.isProviderAdmin(who.id(), coop, directory) && answered(chat, coop, of(who.institution()));
            default -> false;
        };
    }

    private static Predicate<Phase.Ownership> of(InstitutionId institution) {
        return ownership -> ownership.institution().equals(institution);
    }

    /** Whether there was such an owner who claimed through the co-op or its backup stage, or accepted an offer to it (A2). */
    private static boolean answered(Chat chat, CoopId coop, Predicate<Phase.Ownership> by) {
        return chat.ownerships().stream()
                .anyMatch(ownership -> ownership.claimedOn().option().equals(Option.coop(coop)) && by.test(ownership));
    }
}
