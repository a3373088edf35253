package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatDismissed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatMissed;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.ContentErased;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.chat.ChatEvent.Kind;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.OfferDeclined;
import org.libcoop.chat.ChatEvent.OfferWidened;
import org.libcoop.chat.ChatEvent.OwnerLost;
import org.libcoop.chat.ChatEvent.PatronBack;
import org.libcoop.chat.ChatEvent.PatronGone;
import org.libcoop.chat.ChatEvent.PatronRated;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatEvent.StillLooking;
import org.libcoop.chat.ChatEvent.TransferOffered;
import org.libcoop.chat.ChatEvent.TransferOver;
import org.libcoop.chat.ChatEvent.Transferred;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.FileId;
import org.libcoop.chat.MissedReason;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Cause;

/** The events of a chat's log as stored: an object with the event's kind and what it says (idea 4). */
final class EventCodec {

    static final Words<Cause> CAUSES = Words.of(Cause.values(), cause -> switch (cause) {
        case INITIAL -> "initial";
        case ABSENCE -> "absence";
        case TIME -> "time";
        case BACKUP -> "backup";
        case ASKED -> "asked";
    });

    static final Words<MissedReason> MISSED = Words.of(MissedReason.values(), reason -> switch (reason) {
        case GAVE_UP -> "gave-up";
        case PATRON_LEFT -> "patron-left";
    });

    private static final Words<Kind> KINDS = Words.of(Kind.values(), kind -> switch (kind) {
        case STARTED -> "started";
        case STAGE_OPENED -> "stage-opened";
        case STILL_LOOKING -> "still-looking";
        case CLAIMED -> "claimed";
        case SAID -> "said";
        case PATRON_GONE -> "patron-gone";
        case PATRON_BACK -> "patron-back";
        case OWNER_LOST -> "owner-lost";
        case TRANSFER_OFFERED -> "transfer-offered";
        case OFFER_WIDENED -> "offer-widened";
        case OFFER_DECLINED -> "offer-declined";
        case TRANSFER_OVER -> "transfer-over";
        case TRANSFERRED -> "transferred";
        case ENDED -> "ended";
        case MISSED -> "missed";
        case DISMISSED -> "dismissed";
        case RATED -> "rated";
        case ERASED -> "erased";
        case FILE_SHARED -> "file-shared";
    });

    private static final Words<TransferOver.Why> OVER = Words.of(TransferOver.Why.values(), why -> switch (why) {
        case WITHDRAWN -> "withdrawn";
        case EXPIRED -> "expired";
        case VOID -> "void";
    });

    private static final Words<Audience> AUDIENCES = Words.of(Audience.values(), audience -> switch (audience) {
        case PATRON_AND_STAFF -> "patron-and-staff";
        case STAFF_ONLY -> "staff-only";
    });

    private static final String PATRON = "patron";
    private static final String SYSTEM = "system";
    private static final String OPERATOR = "operator:";

    private EventCodec() {}

    /** The word for the event's kind. */
    static String kind(ChatEvent event) {
        return KINDS.word(event.kind());
    }

    static String write(ChatEvent event) {
        return Json.object(out -> {
            out.writeStringField("kind", kind(event));
            write(out, event);
        });
    }

    /**
     * Reads what {@link #write} wrote, here or in an earlier version.
     *
     * @throws UnreadableException if that is not possible
     */
    static ChatEvent read(String json) {
        StoredObject event = StoredObject.parse("event", json);
        Kind kind = event.word("kind", KINDS);
        return event.named("event " + KINDS.word(kind)).as(fields -> read(kind, fields));
    }

    private static void write(JsonGenerator out, ChatEvent event) throws IOException {
        switch (event.kind()) {
            case STARTED -> started(out, (ChatStarted) event);
            case STAGE_OPENED -> stageOpened(out, (StageOpened) event);
            case STILL_LOOKING -> {
                // Says nothing but that it happened.
            }
            case CLAIMED -> claimed(out, (ChatClaimed) event);
            case SAID -> said(out, (MessageSaid) event);
            case PATRON_GONE -> Json.instant(out, "last-renewal", ((PatronGone) event).lastRenewal());
            case PATRON_BACK ->
                out.writeStringField("node", ((PatronBack) event).node().value());
            case OWNER_LOST -> ownerLost(out, (OwnerLost) event);
            case TRANSFER_OFFERED -> transferOffered(out, (TransferOffered) event);
            case OFFER_WIDENED -> operators(out, ((OfferWidened) event).offeredTo());
            case OFFER_DECLINED -> offerDeclined(out, (OfferDeclined) event);
            case TRANSFER_OVER -> out.writeStringField("why", OVER.word(((TransferOver) event).why()));
            case TRANSFERRED -> transferred(out, (Transferred) event);
            case ENDED -> ended(out, (ChatEnded) event);
            case MISSED -> out.writeStringField("reason", MISSED.word(((ChatMissed) event).reason()));
            case DISMISSED -> dismissed(out, (ChatDismissed) event);
            case RATED -> out.writeNumberField("rating", ((PatronRated) event).rating());
            case ERASED -> erased(out, (ContentErased) event);
            case FILE_SHARED -> fileShared(out, (FileShared) event);
        }
    }

    private static ChatEvent read(Kind kind, StoredObject event) {
        return switch (kind) {
            case STARTED ->
                new ChatStarted(
                        WidgetId.of(event.text("widget")),
                        PlanCodec.read(event.object("plan")),
                        event.text("key-hash"),
                        new NodeId(event.text("node")));
            case STAGE_OPENED ->
                new StageOpened(
                        Stages.stage(event.text("stage")),
                        event.word("cause", CAUSES),
                        event.instant("handled"),
                        event.count("notified"),
                        event.number("directory"),
                        event.optional("asked-by", OperatorId::of));
            case STILL_LOOKING -> new StillLooking();
            case CLAIMED ->
                new ChatClaimed(
                        OperatorId.of(event.text("owner")),
                        InstitutionId.of(event.text("institution")),
                        Stages.stage(event.text("stage")));
            case SAID -> new MessageSaid(author(event.text("author")), event.word("audience", AUDIENCES));
            case PATRON_GONE -> new PatronGone(event.instant("last-renewal"));
            case PATRON_BACK -> new PatronBack(new NodeId(event.text("node")));
            case OWNER_LOST -> new OwnerLost(OperatorId.of(event.text("owner")), event.flag("signed-off"));
            case TRANSFER_OFFERED ->
                new TransferOffered(
                        Stages.option(event.text("to")), operators(event), event.optionalInstant("backup-due"));
            case OFFER_WIDENED -> new OfferWidened(operators(event));
            case OFFER_DECLINED -> new OfferDeclined(OperatorId.of(event.text("by")), event.flag("absent"));
            case TRANSFER_OVER -> new TransferOver(event.word("why", OVER));
            case TRANSFERRED ->
                new Transferred(
                        OperatorId.of(event.text("owner")),
                        InstitutionId.of(event.text("institution")),
                        Stages.stage(event.text("stage")));
            case ENDED ->
                new ChatEnded(
                        event.optional("by", EventCodec::author),
                        event.optional("disposition", Disposition::new),
                        event.flag("ticket-offered"));
            case MISSED -> new ChatMissed(event.word("reason", MISSED));
            case DISMISSED -> new ChatDismissed(OperatorId.of(event.text("by")), event.text("reason"));
            case RATED -> new PatronRated(event.count("rating"));
            case ERASED ->
                new ContentErased(event.optional("by", OperatorId::of), event.has("seq") ? event.number("seq") : null);
            case FILE_SHARED ->
                new FileShared(author(event.text("author")), FileId.of(event.text("file")), event.number("size"));
        };
    }

    private static void started(JsonGenerator out, ChatStarted event) throws IOException {
        out.writeStringField("widget", event.widget().value());
        out.writeObjectFieldStart("plan");
        PlanCodec.write(out, event.plan());
        out.writeEndObject();
        out.writeStringField("key-hash", event.patronKeyHash());
        out.writeStringField("node", event.node().value());
    }

    private static void stageOpened(JsonGenerator out, StageOpened event) throws IOException {
        out.writeStringField("stage", Stages.text(event.stage()));
        out.writeStringField("cause", CAUSES.word(event.cause()));
        Json.instant(out, "handled", event.handled());
        out.writeNumberField("notified", event.notified());
        out.writeNumberField("directory", event.directory());
        OperatorId askedBy = event.askedBy();
        Json.text(out, "asked-by", askedBy == null ? null : askedBy.value());
    }

    private static void claimed(JsonGenerator out, ChatClaimed event) throws IOException {
        out.writeStringField("owner", event.owner().value());
        out.writeStringField("institution", event.institution().value());
        out.writeStringField("stage", Stages.text(event.claimedOn()));
    }

    private static void said(JsonGenerator out, MessageSaid event) throws IOException {
        out.writeStringField("author", text(event.author()));
        out.writeStringField("audience", AUDIENCES.word(event.audience()));
    }

    private static void ownerLost(JsonGenerator out, OwnerLost event) throws IOException {
        out.writeStringField("owner", event.owner().value());
        out.writeBooleanField("signed-off", event.signedOff());
    }

    private static void transferOffered(JsonGenerator out, TransferOffered event) throws IOException {
        out.writeStringField("to", Stages.text(event.to()));
        operators(out, event.offeredTo());
        Json.instant(out, "backup-due", event.backupDue());
    }

    private static void offerDeclined(JsonGenerator out, OfferDeclined event) throws IOException {
        out.writeStringField("by", event.by().value());
        out.writeBooleanField("absent", event.absent());
    }

    private static void transferred(JsonGenerator out, Transferred event) throws IOException {
        out.writeStringField("owner", event.owner().value());
        out.writeStringField("institution", event.institution().value());
        out.writeStringField("stage", Stages.text(event.through()));
    }

    private static void operators(JsonGenerator out, Set<OperatorId> operators) throws IOException {
        Json.texts(
                out,
                "offered-to",
                operators.stream().map(OperatorId::value).sorted().toList());
    }

    private static Set<OperatorId> operators(StoredObject event) {
        return event.texts("offered-to").stream().map(OperatorId::of).collect(Collectors.toSet());
    }

    private static void ended(JsonGenerator out, ChatEnded event) throws IOException {
        Author by = event.by();
        Json.text(out, "by", by == null ? null : text(by));
        Disposition disposition = event.disposition();
        Json.text(out, "disposition", disposition == null ? null : disposition.code());
        out.writeBooleanField("ticket-offered", event.ticketOffered());
    }

    private static void fileShared(JsonGenerator out, FileShared event) throws IOException {
        out.writeStringField("author", text(event.author()));
        out.writeStringField("file", event.file().value());
        out.writeNumberField("size", event.size());
    }

    private static void erased(JsonGenerator out, ContentErased event) throws IOException {
        OperatorId by = event.by();
        Json.text(out, "by", by == null ? null : by.value());
        Long seq = event.seq();
        if (seq != null) {
            out.writeNumberField("seq", seq);
        }
    }

    private static void dismissed(JsonGenerator out, ChatDismissed event) throws IOException {
        out.writeStringField("by", event.by().value());
        out.writeStringField("reason", event.reason());
    }

    private static String text(Author author) {
        OperatorId operator = author.operator();
        if (operator != null) {
            return OPERATOR + operator.value();
        }
        return author.kind() == Author.Kind.PATRON ? PATRON : SYSTEM;
    }

    private static Author author(String text) {
        if (text.startsWith(OPERATOR)) {
            return Author.operator(OperatorId.of(text.substring(OPERATOR.length())));
        }
        return switch (text) {
            case PATRON -> Author.patron();
            case SYSTEM -> Author.system();
            default -> throw new IllegalArgumentException("no author");
        };
    }
}
