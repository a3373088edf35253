package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;

/** What institutions and co-ops have for their staff, as stored: cards and canned messages (F4, M6). */
final class StaffTextCodec {

    private StaffTextCodec() {}

    static void card(JsonGenerator out, InstitutionCard card) throws IOException {
        out.writeStringField("institution", card.institution().value());
        out.writeStringField("hours", card.hours());
        out.writeStringField("phone", card.phone());
        out.writeArrayFieldStart("links");
        for (InstitutionCard.Link link : card.links()) {
            out.writeStartObject();
            out.writeStringField("name", link.name());
            out.writeStringField("url", link.url());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringField("alerts", card.alerts());
        LocalDate reviewed = card.reviewed();
        if (reviewed != null) {
            out.writeStringField("reviewed", reviewed.toString());
        }
    }

    static InstitutionCard card(StoredObject card) {
        List<InstitutionCard.Link> links = card.objects("links").stream()
                .map(link -> new InstitutionCard.Link(link.text("name"), link.text("url")))
                .toList();
        return new InstitutionCard(
                InstitutionId.of(card.text("institution")),
                card.text("hours"),
                card.text("phone"),
                links,
                card.text("alerts"),
                card.optional("reviewed", LocalDate::parse));
    }

    /** All but whose they are. */
    static void canned(JsonGenerator out, CannedMessages messages) throws IOException {
        out.writeArrayFieldStart("messages");
        for (CannedMessages.Message message : messages.messages()) {
            out.writeStartObject();
            out.writeStringField("title", message.title());
            out.writeStringField("text", message.text());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static CannedMessages canned(StoredObject canned, BlockScope scope) {
        return new CannedMessages(
                scope,
                canned.objects("messages").stream()
                        .map(message -> new CannedMessages.Message(message.text("title"), message.text("text")))
                        .toList());
    }
}
