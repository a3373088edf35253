package org.libcoop.engine;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.TranscriptRules;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.report.FactQuery;
import org.libcoop.spi.ArchiveQuery;

/**
 * Of which chats somebody reads transcripts, feedback and statistics on a path: the rule of {@link TranscriptRules} as something to ask
 * for (A1–A4, D8). What is null is not narrowed down.
 */
record ReadingScope(
        @Nullable InstitutionId home,
        @Nullable CoopId coop,
        @Nullable InstitutionId answeredBy,
        @Nullable OperatorId operator) {

    /** What {@code reader} may read on {@code path}; refused without any place there. */
    static Outcome<ReadingScope> of(OperatorId reader, TranscriptPath path, Directory directory) {
        Operator who = directory.operator(reader).orElse(null);
        if (who == null) {
            return Outcome.refused(Access.denied(TranscriptRules.reading(path)));
        }
        return path instanceof TranscriptPath.OfCoop of
                ? throughCoop(of.coop(), who, directory)
                : Outcome.done(atHome(who, directory));
    }

    private static ReadingScope atHome(Operator who, Directory directory) {
        boolean all = who.admin() || directory.policies().homeReadersSeeAll();
        return new ReadingScope(who.institution(), null, null, all ? null : who.id());
    }

    private static Outcome<ReadingScope> throughCoop(CoopId coop, Operator who, Directory directory) {
        Level level = Access.level(coop, who.id(), directory).orElse(null);
        if (level == Level.COOP_ADMIN) {
            return Outcome.done(new ReadingScope(null, coop, null, null));
        }
        if (level == Level.INSTITUTION_ADMIN || Access.isProviderAdmin(who.id(), coop, directory)) {
            return Outcome.done(new ReadingScope(null, coop, who.institution(), null));
        }
        return directory.hasPlaceIn(who.id(), coop)
                ? Outcome.done(new ReadingScope(null, coop, null, who.id()))
                : Outcome.refused(Access.denied(Operation.READ_OF_COOP));
    }

    /** What {@code filter} asks for of it, narrowed down; empty where the two exclude each other. */
    Optional<ArchiveQuery> narrow(ArchiveQuery filter) {
        if (home != null && filter.homes() != null && !filter.homes().contains(home)) {
            return Optional.empty();
        }
        if (excludes(coop, filter.coop())
                || excludes(answeredBy, filter.answeredBy())
                || excludes(operator, filter.operator())) {
            return Optional.empty();
        }
        ArchiveQuery query = home == null ? filter : filter.home(home);
        query = coop == null ? query : query.coop(coop);
        query = answeredBy == null ? query : query.answeredBy(answeredBy);
        return Optional.of(operator == null ? query : query.operator(operator));
    }

    /** The same for reports. */
    Optional<FactQuery> narrow(FactQuery filter) {
        if (excludes(home, filter.home())
                || excludes(coop, filter.coop())
                || excludes(answeredBy, filter.answeredBy())
                || excludes(operator, filter.operator())) {
            return Optional.empty();
        }
        FactQuery query = home == null ? filter : filter.home(home);
        query = coop == null ? query : query.coop(coop);
        query = answeredBy == null ? query : query.answeredBy(answeredBy);
        return Optional.of(operator == null ? query : query.operator(operator));
    }

    private static boolean excludes(@Nullable Object scope, @Nullable Object filter) {
        return scope != null && filter != null && !Objects.equals(scope, filter);
    }
}
