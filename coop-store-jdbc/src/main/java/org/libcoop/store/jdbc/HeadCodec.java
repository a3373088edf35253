package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Offer;
import org.libcoop.chat.PatronLink;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Phase.Claimed;
import org.libcoop.chat.Phase.Dismissed;
import org.libcoop.chat.Phase.Ended;
import org.libcoop.chat.Phase.Missed;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.chat.Phase.Waiting;
import org.libcoop.chat.Uploads;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Opening;
import org.libcoop.routing.Progress;

/**
 * A chat's head as stored: what changes while the chat goes on. What its log's first entry says, the plan above all, is not
 * written again with every change, and neither is what other columns of its row say: its id and {@code seq}.
 */
final class HeadCodec {

    private static final Words<Phase.Kind> PHASES = Words.of(Phase.Kind.values(), kind -> switch (kind) {
        case WAITING -> "waiting";
        case CLAIMED -> "claimed";
        case ENDED -> "ended";
        case MISSED -> "missed";
        case DISMISSED -> "dismissed";
    });

    private HeadCodec() {}

    static String write(Chat chat) {
        return Json.object(out -> {
            Json.instant(out, "clock", chat.progress().clock());
            openings(out, chat.progress().openings());
            out.writeObjectFieldStart("phase");
            phase(out, chat.phase(), chat.lastOwnership());
            out.writeEndObject();
            ownerships(out, chat.ownerships());
            if (!chat.offeredTo().isEmpty()) {
                operators(out, "ever-offered-to", chat.offeredTo());
            }
            out.writeObjectFieldStart("patron");
            out.writeStringField("node", chat.patron().node().value());
            Json.instant(out, "gone-since", chat.patron().goneSince());
            out.writeEndObject();
            Json.instant(out, "judged", chat.judged());
            if (!chat.uploads().equals(Uploads.NONE)) {
                out.writeNumberField("files", chat.uploads().files());
                out.writeNumberField("file-bytes", chat.uploads().bytes());
            }
        });
    }

    /**
     * Reads the head of a chat whose log begins with {@code first}.
     *
     * @throws UnreadableException if that is not possible
     */
    static Chat read(ChatId id, long seq, Logged first, String json) {
        String what = "head of chat " + id;
        if (!(first.event() instanceof ChatStarted started) || first.seq() != 1) {
            throw new UnreadableException(what, "its log does not begin with its start");
        }
        return StoredObject.parse(what, json).as(head -> {
            List<Ownership> owned = ownerships(head);
            StoredObject patron = head.object("patron");
            return new Chat(
                    id,
                    seq,
                    started.widget(),
                    started.patronKeyHash(),
                    first.at(),
                    new Progress(started.plan(), head.instant("clock"), openings(head)),
                    phase(head.object("phase"), owned.isEmpty() ? null : owned.get(owned.size() - 1)),
                    owned,
                    operators(head, "ever-offered-to"),
                    new PatronLink(new NodeId(patron.text("node")), patron.optionalInstant("gone-since")),
                    head.instant("judged"),
                    uploads(head));
        });
    }

    /** None where the keys are missing. */
    private static Uploads uploads(StoredObject head) {
        return head.has("files") ? new Uploads(head.count("files"), head.number("file-bytes")) : Uploads.NONE;
    }

    private static void ownerships(JsonGenerator out, List<Ownership> all) throws IOException {
        if (!all.isEmpty()) {
            out.writeArrayFieldStart("owned");
            for (Ownership ownership : all) {
                out.writeStartObject();
                fields(out, ownership);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private static List<Ownership> ownerships(StoredObject head) {
        return head.has("owned")
                ? head.objects("owned").stream().map(HeadCodec::ownership).toList()
                : List.of();
    }

    private static void operators(JsonGenerator out, String key, Set<OperatorId> operators) throws IOException {
        Json.texts(out, key, operators.stream().map(OperatorId::value).sorted().toList());
    }

    /** Nobody where the key is missing. */
    private static Set<OperatorId> operators(StoredObject object, String key) {
        return object.has(key) ? object.texts(key).stream().map(OperatorId::of).collect(Collectors.toSet()) : Set.of();
    }

    private static void openings(JsonGenerator out, List<Opening> openings) throws IOException {
        out.writeArrayFieldStart("openings");
        for (Opening opening : openings) {
            out.writeStartObject();
            out.writeStringField("stage", Stages.text(opening.stage()));
            Json.instant(out, "at", opening.at());
            out.writeStringField("cause", EventCodec.CAUSES.word(opening.cause()));
            if (!opening.clock().equals(opening.at())) {
                Json.instant(out, "clock", opening.clock());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static List<Opening> openings(StoredObject head) {
        List<Opening> openings = new ArrayList<>();
        for (StoredObject opening : head.objects("openings")) {
            Instant at = opening.instant("at");
            openings.add(new Opening(
                    Stages.stage(opening.text("stage")),
                    at,
                    opening.word("cause", EventCodec.CAUSES),
                    opening.has("clock") ? opening.instant("clock") : at));
        }
        return openings;
    }

    private static void phase(JsonGenerator out, Phase phase, @Nullable Ownership owned) throws IOException {
        out.writeStringField("kind", PHASES.word(phase.kind()));
        switch (phase.kind()) {
            case WAITING -> {
                Waiting waiting = (Waiting) phase;
                Json.instant(out, "since", waiting.since());
                out.writeBooleanField("noticed", waiting.noticed());
            }
            case CLAIMED -> {
                Claimed claimed = (Claimed) phase;
                Json.instant(out, "waited-since", claimed.waitedSince());
                // Who owns a chat is nearly always who owned it last, which the head says anyway.
                if (!claimed.ownership().equals(owned)) {
                    out.writeObjectFieldStart("ownership");
                    fields(out, claimed.ownership());
                    out.writeEndObject();
                }
                if (!claimed.claimedAt().equals(claimed.ownership().since())) {
                    Json.instant(out, "claimed-at", claimed.claimedAt());
                }
                offer(out, claimed.offer());
            }
            case ENDED -> {
                Ended ended = (Ended) phase;
                Json.instant(out, "at", ended.at());
                Disposition disposition = ended.disposition();
                Json.text(out, "disposition", disposition == null ? null : disposition.code());
            }
            case MISSED -> {
                Missed missed = (Missed) phase;
                Json.instant(out, "at", missed.at());
                out.writeStringField("reason", EventCodec.MISSED.word(missed.reason()));
            }
            case DISMISSED -> {
                Dismissed dismissed = (Dismissed) phase;
                Json.instant(out, "at", dismissed.at());
                out.writeStringField("by", dismissed.by().value());
                out.writeStringField("reason", dismissed.reason());
            }
        }
    }

    private static Phase phase(StoredObject phase, @Nullable Ownership owned) {
        return switch (phase.word("kind", PHASES)) {
            case WAITING -> new Waiting(phase.instant("since"), phase.flag("noticed"));
            case CLAIMED -> claimed(phase, owned);
            case ENDED -> new Ended(phase.instant("at"), phase.optional("disposition", Disposition::new));
            case MISSED -> new Missed(phase.instant("at"), phase.word("reason", EventCodec.MISSED));
            case DISMISSED -> new Dismissed(phase.instant("at"), OperatorId.of(phase.text("by")), phase.text("reason"));
        };
    }

    private static Claimed claimed(StoredObject phase, @Nullable Ownership owned) {
        Ownership ownership = owned == null || phase.has("ownership") ? ownership(phase.object("ownership")) : owned;
        return new Claimed(
                ownership,
                phase.instant("waited-since"),
                phase.has("claimed-at") ? phase.instant("claimed-at") : ownership.since(),
                phase.has("offer") ? offer(phase.object("offer")) : null);
    }

    private static void offer(JsonGenerator out, @Nullable Offer offer) throws IOException {
        if (offer != null) {
            out.writeObjectFieldStart("offer");
            out.writeStringField("to", Stages.text(offer.to()));
            Json.instant(out, "at", offer.at());
            Json.instant(out, "backup-due", offer.backupDue());
            out.writeArrayFieldStart("offered-to");
            for (Map.Entry<OperatorId, Instant> one : new TreeMap<>(offer.offeredTo()).entrySet()) {
                out.writeStartObject();
                out.writeStringField("operator", one.getKey().value());
                Json.instant(out, "since", one.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
            if (!offer.left().isEmpty()) {
                operators(out, "left", offer.left());
            }
            out.writeEndObject();
        }
    }

    private static Offer offer(StoredObject offer) {
        Map<OperatorId, Instant> offeredTo = new HashMap<>();
        for (StoredObject one : offer.objects("offered-to")) {
            offeredTo.put(OperatorId.of(one.text("operator")), one.instant("since"));
        }
        return new Offer(
                Stages.option(offer.text("to")),
                offer.instant("at"),
                offeredTo,
                operators(offer, "left"),
                offer.optionalInstant("backup-due"));
    }

    private static void fields(JsonGenerator out, Ownership ownership) throws IOException {
        out.writeStringField("owner", ownership.owner().value());
        out.writeStringField("institution", ownership.institution().value());
        out.writeStringField("stage", Stages.text(ownership.claimedOn()));
        Json.instant(out, "since", ownership.since());
    }

    private static Ownership ownership(StoredObject ownership) {
        return new Ownership(
                OperatorId.of(ownership.text("owner")),
                InstitutionId.of(ownership.text("institution")),
                Stages.stage(ownership.text("stage")),
                ownership.instant("since"));
    }
}
