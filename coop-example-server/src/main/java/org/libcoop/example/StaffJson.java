package org.libcoop.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Department;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.DeviceReader.Device;

/**
 * Transcripts and people as the pages are shown them. Entries have the fields that they have on the wire, so that the pages use
 * the same words for them; names come from the directory as it is now, and whoever is gone from it is called by the id.
 */
record StaffJson(Directory directory, Function<@Nullable String, Optional<Device>> devices) {

    /** For what no browser stands in. */
    StaffJson(Directory directory) {
        this(directory, userAgent -> Optional.empty());
    }

    ObjectNode row(ArchivedSummary summary) {
        ObjectNode node = object().put("chat", summary.chat().value());
        node.set("institution", institution(summary.home()));
        node.set("widget", widget(summary.widget()));
        node.put("startedAt", summary.startedAt().toString());
        put(node, "firstClaimAt", summary.firstClaimAt());
        node.put("overAt", summary.overAt().toString());
        if (summary.lastOwner() != null && summary.answeredBy() != null && summary.through() != null) {
            ObjectNode answeredBy = person(summary.lastOwner(), summary.answeredBy());
            answeredBy.set("of", institution(summary.answeredBy()));
            node.set("answeredBy", answeredBy);
            node.set("through", stage(summary.through()));
        }
        return node.put("outcome", kebab(summary.outcome()))
                .put("messages", summary.messages())
                .put("contentDeleted", summary.contentDeleted())
                .put("anonymised", summary.anonymised());
    }

    /** A whole transcript; without its content where that was deleted. */
    ObjectNode chat(ArchivedChat archived) {
        ArchivedSummary summary = ArchivedSummary.of(archived, isDeleted(archived));
        ObjectNode node = row(summary);
        node.set("owners", owners(archived.chat()));
        var entries = node.putArray("entries");
        archived.log().forEach(entry -> entries.add(entry(entry, archived)));
        return node;
    }

    private ArrayNode owners(Chat chat) {
        ArrayNode owners = JsonNodeFactory.instance.arrayNode();
        for (Phase.Ownership ownership : chat.ownerships()) {
            ObjectNode owner = person(ownership.owner(), ownership.institution())
                    .put("since", ownership.since().toString());
            owner.set("through", stage(ownership.claimedOn()));
            owners.add(owner);
        }
        return owners;
    }

    /** Why a chat was offered to whom (E1): what opened, who was told and left out, who had it, and claims that came too late. */
    ObjectNode explanation(Explanation explanation) {
        Chat chat = explanation.chat();
        ObjectNode node = object().put("startedAt", chat.startedAt().toString());
        chat.phase().overSince().ifPresent(over -> node.put("overAt", over.toString()));
        var asked = node.putArray("asked");
        for (Explanation.Asked one : explanation.asked()) {
            ObjectNode stage = object().put("cause", kebab(one.cause()))
                    .put("due", one.due().toString())
                    .put("handled", one.handled().toString())
                    .put("notified", one.notified());
            stage.set("stage", stage(one.stage()));
            one.peopleThen().ifPresent(people -> stage.set("people", people(people)));
            asked.add(stage);
        }
        node.set("owners", owners(chat));
        var lost = node.putArray("lost");
        explanation
                .lost()
                .forEach(claim -> lost.add(person(claim.operator(), null)
                        .put("at", claim.at().toString())
                        .put("behindMillis", claim.behind().toMillis())));
        return node.put("othersLost", explanation.othersLost());
    }

    private ObjectNode people(Explanation.People people) {
        ObjectNode node = object().put("othersTold", people.othersAvailable());
        var told = node.putArray("told");
        people.available().stream().sorted().forEach(who -> told.add(person(who, null)));
        var leftOut = node.putArray("leftOut");
        new TreeMap<>(people.leftOut())
                .forEach((who, why) -> leftOut.add(person(who, null).put("why", why.words())));
        var others = node.putArray("othersLeftOut");
        new TreeMap<>(people.othersLeftOut())
                .forEach((why, count) ->
                        others.add(object().put("why", why.words()).put("count", count)));
        return node;
    }

    private static boolean isDeleted(ArchivedChat archived) {
        return archived.log().stream()
                .anyMatch(entry -> entry.event() instanceof ChatEvent.ContentErased erased && erased.seq() == null);
    }

    private ObjectNode entry(Logged entry, ArchivedChat archived) {
        ChatEvent event = entry.event();
        ObjectNode node = object().put("seq", entry.seq())
                .put("at", entry.at().toString())
                .put("event", kebab(event.kind()));
        switch (event.kind()) {
            case STARTED -> started(node, (ChatEvent.ChatStarted) event, entry);
            case STAGE_OPENED -> opened(node, (ChatEvent.StageOpened) event);
            case STILL_LOOKING, PATRON_BACK, PATRON_GONE -> {}
            case CLAIMED -> {
                ChatEvent.ChatClaimed claimed = (ChatEvent.ChatClaimed) event;
                putPerson(node, claimed.owner(), claimed.institution());
                node.set("on", stage(claimed.claimedOn()));
            }
            case SAID -> said(node, (ChatEvent.MessageSaid) event, entry, archived);
            case OWNER_LOST -> putPerson(node, ((ChatEvent.OwnerLost) event).owner(), null);
            case TRANSFER_OFFERED -> {
                ChatEvent.TransferOffered offered = (ChatEvent.TransferOffered) event;
                node.put("offered", offered.offeredTo().size()).set("to", option(offered.to()));
            }
            case OFFER_WIDENED ->
                node.put("offered", ((ChatEvent.OfferWidened) event).offeredTo().size());
            case OFFER_DECLINED -> {
                ChatEvent.OfferDeclined declined = (ChatEvent.OfferDeclined) event;
                putPerson(node, declined.by(), null);
                node.put("absent", declined.absent());
            }
            case TRANSFER_OVER -> node.put("why", kebab(((ChatEvent.TransferOver) event).why()));
            case TRANSFERRED -> {
                ChatEvent.Transferred transferred = (ChatEvent.Transferred) event;
                putPerson(node, transferred.owner(), transferred.institution());
                node.set("on", stage(transferred.through()));
            }
            case ENDED -> ended(node, (ChatEvent.ChatEnded) event);
            case MISSED -> node.put("reason", kebab(((ChatEvent.ChatMissed) event).reason()));
            case DISMISSED -> {
                ChatEvent.ChatDismissed dismissed = (ChatEvent.ChatDismissed) event;
                putPerson(node, dismissed.by(), null);
                node.put("reason", dismissed.reason());
            }
            case RATED -> {
                node.put("rating", ((ChatEvent.PatronRated) event).rating());
                text(node, entry);
            }
            case FILE_SHARED -> shared(node, (ChatEvent.FileShared) event, entry, archived);
            case ERASED -> {
                ChatEvent.ContentErased erased = (ChatEvent.ContentErased) event;
                if (erased.by() != null) {
                    putPerson(node, erased.by(), null);
                }
                if (erased.seq() != null) {
                    node.put("of", erased.seq());
                }
            }
        }
        return node;
    }

    private void started(ObjectNode node, ChatEvent.ChatStarted started, Logged entry) {
        node.put("institution", name(started.plan().home())).set("widget", widget(started.widget()));
        if (entry.content() instanceof Content.PatronDetails patron) {
            ObjectNode details = node.putObject("patron");
            put(details, "name", patron.name());
            put(details, "email", patron.email());
            put(details, "referrer", patron.referrer());
            put(details, "userAgent", patron.userAgent());
            devices.apply(patron.userAgent()).ifPresent(device -> {
                put(details, "browser", device.browser());
                put(details, "system", device.system());
            });
        }
    }

    private void opened(ObjectNode node, ChatEvent.StageOpened opened) {
        node.put("cause", kebab(opened.cause()))
                .put("notified", opened.notified())
                .set("stage", stage(opened.stage()));
        if (opened.askedBy() != null) {
            node.set("askedBy", person(opened.askedBy(), null));
        }
    }

    private void shared(ObjectNode node, ChatEvent.FileShared shared, Logged entry, ArchivedChat archived) {
        node.put("author", kebab(shared.author().kind()))
                .put("file", shared.file().value())
                .put("size", shared.size());
        OperatorId operator = shared.author().operator();
        if (operator != null) {
            putPerson(node, operator, ownedFor(operator, archived));
        }
        entry.file().ifPresent(file -> node.put("fileName", file.name()).put("mediaType", file.mediaType()));
        text(node, entry);
    }

    private void said(ObjectNode node, ChatEvent.MessageSaid said, Logged entry, ArchivedChat archived) {
        node.put("author", kebab(said.author().kind()));
        OperatorId operator = said.author().operator();
        if (operator != null) {
            putPerson(node, operator, ownedFor(operator, archived));
        }
        if (said.audience() == Audience.STAFF_ONLY) {
            node.put("note", true);
        }
        text(node, entry);
    }

    /** The institution for which {@code operator} had the chat. */
    private static @Nullable InstitutionId ownedFor(OperatorId operator, ArchivedChat archived) {
        return archived.chat().ownerships().stream()
                .filter(ownership -> ownership.owner().equals(operator))
                .map(Phase.Ownership::institution)
                .findFirst()
                .orElse(null);
    }

    private void ended(ObjectNode node, ChatEvent.ChatEnded ended) {
        node.put("by", ended.by() == null ? "system" : kebab(ended.by().kind()));
        if (ended.by() != null && ended.by().operator() != null) {
            putPerson(node, ended.by().operator(), null);
        }
        if (ended.disposition() != null) {
            node.put("disposition", ended.disposition().code());
        }
    }

    private static void text(ObjectNode node, Logged entry) {
        if (entry.content() instanceof Content.Text said) {
            node.put("text", said.text());
        }
    }

    // ---- Names

    ObjectNode person(OperatorId id, @Nullable InstitutionId institution) {
        ObjectNode node = object().put("id", id.value());
        putPerson(node, id, institution);
        return node;
    }

    /** {@code institution}: for which somebody acted; null for the one they are of now. */
    private void putPerson(ObjectNode node, OperatorId id, @Nullable InstitutionId institution) {
        var known = directory.operator(id);
        node.put("name", known.map(operator -> operator.displayName()).orElse(id.value()));
        InstitutionId of = institution == null
                ? known.map(operator -> operator.institution()).orElse(null)
                : institution;
        put(node, "institution", of == null ? null : name(of));
    }

    ObjectNode institution(InstitutionId id) {
        return object().put("id", id.value()).put("name", name(id));
    }

    ObjectNode widget(WidgetId id) {
        return object().put("id", id.value())
                .put("name", directory.widget(id).map(widget -> widget.name()).orElse(id.value()));
    }

    ObjectNode coop(CoopId id) {
        return object().put("id", id.value()).put("name", name(Option.coop(id)));
    }

    ObjectNode stage(Stage stage) {
        ObjectNode node = option(stage.option());
        return stage.backup() ? node.put("backup", true) : node;
    }

    ObjectNode option(Option option) {
        return object().put("kind", kebab(option.kind())).put("id", option.id()).put("name", name(option));
    }

    private String name(InstitutionId id) {
        return directory.institution(id).map(found -> found.name()).orElse(id.value());
    }

    private String name(Option option) {
        if (option instanceof Option.OfDepartment desk) {
            return directory.department(desk.department()).map(Department::name).orElse(option.id());
        }
        if (option instanceof Option.OfOperator line) {
            return directory
                    .operator(line.operator())
                    .map(found -> found.displayName())
                    .orElse(option.id());
        }
        return option instanceof Option.OfCoop shared
                ? directory.coop(shared.coop()).map(found -> found.name()).orElse(option.id())
                : option.id();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    /** An enum's constant as the wire writes it. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
