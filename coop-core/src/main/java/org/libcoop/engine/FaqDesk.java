package org.libcoop.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqFindings;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqReading;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;

/**
 * Where FAQs are searched and read (F1–F4), and what of a staffing FAQ is shown is put on record first (F2). Asks the host's source on
 * the caller's thread. Safe for use by several threads.
 */
public final class FaqDesk {

    private final EngineTime time;
    private final Presence presence;
    private final FaqShelf shelf;
    private final Questions questions;
    private final Replies replies;
    private final AuditLog audit;

    FaqDesk(Ground ground, FaqShelf shelf, Questions questions, Replies replies, AuditLog audit) {
        this.time = ground.time();
        this.presence = ground.presence();
        this.shelf = shelf;
        this.questions = questions;
        this.replies = replies;
        this.audit = audit;
    }

    // ---- Patrons

    /** F1: what the PUBLIC groups of the widget's institution have. */
    public Outcome<FaqPage> search(
            WidgetId widget, String words, @Nullable String language, @Nullable String cursor, int limit) {
        return of(widget)
                .flatMap(institution ->
                        search(institution, FaqDesk::isPublic, new Asked(words, language, cursor, limit)))
                .map(FaqFindings::page);
    }

    /** F1: an entry of a PUBLIC group of the widget's institution; {@code not-found} for every other one. */
    public Outcome<FaqEntry> entry(WidgetId widget, String id) {
        return of(widget)
                .flatMap(institution -> entry(institution, id, FaqDesk::isPublic))
                .map(FaqReading::entry);
    }

    private Outcome<InstitutionId> of(WidgetId widget) {
        return questions.widget(widget).map(Widget::institution);
    }

    // ---- Operators, of their own institution

    /** What is asked of a search. */
    public record Asked(
            String words,
            @Nullable String language,
            @Nullable String cursor,
            int limit) {}

    /** F1: the groups of the own institution that an operator may read. */
    public Outcome<List<FaqGroup>> groups(OperatorId by) {
        return own(by).flatMap(readable -> shelf.groups(readable.institution())
                .map(groups -> groups.values().stream()
                        .filter(readable.groups())
                        .sorted(Comparator.comparing(FaqGroup::id))
                        .toList()));
    }

    /** F1: a search of the own institution's groups. */
    public Outcome<FaqFindings> search(OperatorId by, Asked asked) {
        return own(by).flatMap(readable -> search(readable.institution(), readable.groups(), asked));
    }

    /** F1: an entry of the own institution. */
    public Outcome<FaqReading> entry(OperatorId by, String id) {
        return own(by).flatMap(readable -> entry(readable.institution(), id, readable.groups()));
    }

    /** What somebody may read where. */
    private record Allowed(InstitutionId institution, Predicate<FaqGroup> groups) {}

    /** By local rights; the staffing FAQ is for the owners of co-op chats alone (F2), and what is hidden for nobody. */
    private Outcome<Allowed> own(OperatorId by) {
        InstitutionId institution =
                directory().operator(by).map(Operator::institution).orElse(null);
        Thing thing = Thing.of(Kind.INSTITUTION, institution == null ? "none" : institution.value());
        Deed deed = new Deed(Who.operator(by), Operation.SEARCH_FAQ, thing);
        if (institution == null || !Access.allows(Operation.SEARCH_FAQ, Access.to(institution, by, directory()))) {
            return audit.denied(deed, Outcome.refused(Access.denied(Operation.SEARCH_FAQ)));
        }
        return shelf.readableBy(institution, by)
                .map(ids -> new Allowed(
                        institution, group -> ids.contains(group.id()) && !isStaffing(group) && !isHidden(group)));
    }

    // ---- Beside a chat

    /** F1, F2: what the owner of a chat finds: in a co-op chat of the patron's library, in a local one of its own. */
    public Outcome<FaqFindings> search(OperatorId by, ChatId id, Asked asked) {
        return Stored.answered(() -> questions
                .find(by, id, Operation.SEARCH_FAQ_OF_CHAT)
                .flatMap(chat -> isOfCoop(by, chat)
                        ? search(chat.home(), FaqDesk::isForCoop, asked).flatMap(found -> shown(by, chat, found))
                        : search(by, asked)));
    }

    /** The search, and each entry of the staffing FAQ of which it shows a part. */
    private Outcome<FaqFindings> shown(OperatorId by, Chat chat, FaqFindings found) {
        List<Deed> deeds = new ArrayList<>();
        deeds.add(new Deed(Who.operator(by), Operation.READ_STAFFING_FAQ, Concerned.chat(chat.id())));
        for (FaqHit hit : found.page().hits()) {
            if (isStaffing(found.group(hit))) {
                deeds.add(reading(by, chat, hit.entry()));
            }
        }
        return audit.revealed(deeds, chat.home()).map(recorded -> found);
    }

    private static Deed reading(OperatorId by, Chat chat, String entry) {
        return new Deed(Who.operator(by), Operation.READ_STAFFING_FAQ, Concerned.entry(entry, chat.id()));
    }

    /** F1: an entry that such a search finds, but for those of the staffing FAQ. */
    public Outcome<FaqReading> entry(OperatorId by, ChatId id, String entry) {
        return Stored.answered(() -> questions
                .find(by, id, Operation.SEARCH_FAQ_OF_CHAT)
                .flatMap(chat -> isOfCoop(by, chat) ? entry(chat.home(), entry, FaqDesk::isPublic) : entry(by, entry)));
    }

    /** F2: an entry of the staffing FAQ of the patron's library. */
    public Outcome<FaqReading> staffing(OperatorId by, ChatId id, String entry) {
        return Stored.answered(() -> questions
                .find(by, id, Operation.READ_STAFFING_FAQ)
                .flatMap(chat -> entry(chat.home(), entry, FaqDesk::isStaffing)
                        .flatMap(found -> audit.revealed(List.of(reading(by, chat, entry)), chat.home())
                                .map(recorded -> found))));
    }

    /** F1: a public entry of the patron's library goes to the patron, as a message of the owner. */
    public CompletionStage<Outcome<Receipt>> send(OperatorId by, ChatId id, String entry, String commandId) {
        return replies.send(
                by,
                id,
                entry,
                commandId,
                chat -> entry(chat.home(), entry, isOfCoop(by, chat) ? FaqDesk::isForCoop : FaqDesk::isPublic)
                        .flatMap(found -> isStaffing(found.group())
                                ? Outcome.refused(
                                        RefusalCode.NOT_ALLOWED, "an entry that is for staff only is not sent")
                                : Outcome.done(found.entry())));
    }

    /** F4: the card of the patron's library. */
    public Outcome<InstitutionCard> card(OperatorId by, ChatId id) {
        return Stored.answered(() -> questions
                .find(by, id, Operation.SEE_CARD)
                .map(chat -> directory().card(chat.home())));
    }

    private boolean isOfCoop(OperatorId by, Chat chat) {
        return ChatRules.refusal(chat, Operation.READ_STAFFING_FAQ, by, presence, time.now())
                .isEmpty();
    }

    // ---- Whoever it is

    private Outcome<FaqFindings> search(InstitutionId institution, Predicate<FaqGroup> readable, Asked asked) {
        if (asked.words().length() > FaqQuery.MAX_WORDS_LENGTH) {
            return Outcome.refused(
                    RefusalCode.INVALID, "a search has at most " + FaqQuery.MAX_WORDS_LENGTH + " characters");
        }
        return shelf.groups(institution).flatMap(all -> {
            // More groups than a query takes are as good as none beyond them: no host has them.
            List<FaqGroup> groups = all.values().stream()
                    .filter(readable)
                    .sorted(Comparator.comparing(FaqGroup::id))
                    .limit(FaqQuery.MOST_GROUPS)
                    .toList();
            FaqQuery query = new FaqQuery(institution, ids(groups), asked.words(), asked.language());
            return shelf.search(query, asked.cursor(), asked.limit()).map(page -> new FaqFindings(groups, page));
        });
    }

    private static SortedSet<String> ids(Collection<FaqGroup> groups) {
        return groups.stream().map(FaqGroup::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private Outcome<FaqReading> entry(InstitutionId institution, String id, Predicate<FaqGroup> readable) {
        return shelf.entry(institution, id)
                .flatMap(found -> readable.test(found.group())
                        ? Outcome.done(found)
                        : Outcome.refused(RefusalCode.NOT_FOUND, "there is no such entry"));
    }

    private static boolean isForCoop(FaqGroup group) {
        return isPublic(group) || isStaffing(group);
    }

    private static boolean isPublic(FaqGroup group) {
        return group.visibility() == FaqVisibility.PUBLIC;
    }

    private static boolean isStaffing(FaqGroup group) {
        return group.visibility() == FaqVisibility.STAFFING;
    }

    private static boolean isHidden(FaqGroup group) {
        return group.visibility() == FaqVisibility.HIDDEN;
    }

    private Directory directory() {
        return presence.directory();
    }
}
