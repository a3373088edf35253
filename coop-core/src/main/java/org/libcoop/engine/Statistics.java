package org.libcoop.engine;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.TranscriptRules;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.Balance;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Timetable;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Facts;
import org.libcoop.spi.Store;

/**
 * Reports (S1–S3, S6–S8): what is over is counted by the facts, what is not by the store, each chat once. What is over and not counted yet
 * is brought first. Safe for use by several threads.
 */
public final class Statistics {

    /** So many chats that are not over are counted. */
    private static final int MOST_LIVE = 20_000;

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Archivist archivist;
    private final Facts facts;
    private final FactKeeper keeper;
    private final AuditLog audit;

    Statistics(Ground ground, Archivist archivist, Facts facts, FactKeeper keeper, AuditLog audit) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.archivist = archivist;
        this.facts = facts;
        this.keeper = keeper;
        this.audit = audit;
    }

    /** S1, S6. */
    public Outcome<Timetable> timetable(OperatorId by, TranscriptPath path, FactQuery filter, ZoneId zone) {
        return counted(by, path, filter, asked -> {
            Timetable.Sum sum = new Timetable.Sum(zone);
            asked.ifPresent(query -> {
                sum.add(facts.timetable(query, zone));
                live(query, sum::add);
            });
            return Outcome.done(sum.timetable());
        });
    }

    /** S2, S3. */
    public Outcome<PartTallies> parts(OperatorId by, TranscriptPath path, FactQuery filter, Part part, int most) {
        if (most < 1 || most > PartTallies.MOST) {
            return Outcome.refused(RefusalCode.INVALID, "a report has 1 to " + PartTallies.MOST + " rows");
        }
        return counted(by, path, filter, asked -> Outcome.done(parts(asked, part, most)));
    }

    /** The chats asked for, if there can be any, told apart. */
    PartTallies parts(Optional<FactQuery> asked, Part part, int most) {
        PartTallies.Sum sum = new PartTallies.Sum(part);
        asked.ifPresent(query -> {
            // As many as there can be: whatever is live may move a row up.
            sum.add(facts.parts(query, part, PartTallies.MOST));
            live(query, sum::add);
        });
        return sum.tallies(most);
    }

    /** S7. */
    public Outcome<Balance> balance(OperatorId by, TranscriptPath path, FactQuery filter) {
        return counted(by, path, filter, asked -> {
            PartTallies homes = parts(asked, Part.HOME, PartTallies.MOST);
            PartTallies answering = parts(asked, Part.ANSWERED_BY, PartTallies.MOST);
            return homes.others().isEmpty() && answering.others().isEmpty()
                    ? Outcome.done(Balance.of(homes, answering))
                    : Outcome.refused(
                            RefusalCode.TOO_LARGE, "a balance is of at most " + PartTallies.MOST + " institutions");
        });
    }

    private <T> Outcome<T> counted(
            OperatorId by, TranscriptPath path, FactQuery filter, Function<Optional<FactQuery>, Outcome<T>> count) {
        return within(by, path, scope -> count.apply(scope.narrow(filter)));
    }

    /** A report on what somebody may see on a path, once all that is over has been brought. */
    <T> Outcome<T> within(OperatorId by, TranscriptPath path, Function<ReadingScope, Outcome<T>> report) {
        if (!archivist.archiving()) {
            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment keeps no transcripts, and counts none");
        }
        Deed deed = new Deed(Who.operator(by), TranscriptRules.reading(path), audit.transcripts(path, by));
        return Stored.answered(() -> audit.denied(
                deed, ReadingScope.of(by, path, presence.directory()).flatMap(scope -> {
                    archivist.catchUp(time.now());
                    return report.apply(scope);
                })));
    }

    /** What is not over, as far as it is asked for. */
    private void live(FactQuery query, Consumer<ChatFact> action) {
        ChatId after = null;
        for (int seen = 0; seen < MOST_LIVE; seen += Store.PAGE) {
            List<Chat> page = store.live(after);
            page.stream()
                    .map(chat -> keeper.of(chat, List.of()))
                    .filter(query::asksFor)
                    .forEach(action);
            if (page.size() < Store.PAGE) {
                return;
            }
            after = page.get(page.size() - 1).id();
        }
    }
}
