package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.libcoop.directory.FormField;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/** A widget as stored. A timed fallback that was not set is not written: its default may change with the route (W2). */
final class WidgetCodec {

    private static final Words<FormField> FIELDS = Words.of(FormField.values(), field -> switch (field) {
        case OFF -> "off";
        case OPTIONAL -> "optional";
        case REQUIRED -> "required";
    });

    private WidgetCodec() {}

    static void write(JsonGenerator out, Widget widget) throws IOException {
        out.writeStringField("id", widget.id().value());
        out.writeStringField("institution", widget.institution().value());
        out.writeStringField("name", widget.name());
        Json.text(out, "owner", widget.owner().map(OperatorId::value).orElse(null));
        Json.texts(out, "route", widget.route().stream().map(Stages::text).toList());
        Duration timedFallback = widget.explicitTimedFallback().orElse(null);
        if (timedFallback != null) {
            Json.duration(out, "timed-fallback", timedFallback);
        }
        Json.texts(out, "origins", widget.origins());
        out.writeStringField("name-field", FIELDS.word(widget.nameField()));
        out.writeStringField("email-field", FIELDS.word(widget.emailField()));
        out.writeStringField("question-field", FIELDS.word(widget.questionField()));
        Json.text(out, "privacy-notice", widget.privacyNotice().orElse(null));
        out.writeBooleanField("consent-required", widget.consentRequired());
        out.writeObjectFieldStart("texts");
        write(out, widget.texts());
        out.writeEndObject();
    }

    static Widget read(StoredObject widget) {
        return Widget.builder(WidgetId.of(widget.text("id")), InstitutionId.of(widget.text("institution")))
                .name(widget.text("name"))
                .owner(widget.optional("owner", OperatorId::of))
                .route(Stages.options(widget.texts("route")))
                .timedFallback(widget.has("timed-fallback") ? widget.duration("timed-fallback") : null)
                .origins(widget.texts("origins"))
                .nameField(widget.word("name-field", FIELDS))
                .emailField(widget.word("email-field", FIELDS))
                .questionField(widget.word("question-field", FIELDS))
                .privacyNotice(widget.optionalText("privacy-notice"))
                .consentRequired(widget.flag("consent-required"))
                .texts(texts(widget.object("texts")))
                .build();
    }

    private static void write(JsonGenerator out, Texts texts) throws IOException {
        out.writeStringField("greeting-own", texts.greetingOwn());
        out.writeStringField("greeting-coop", texts.greetingCoop());
        out.writeStringField("waiting", texts.waiting());
        out.writeStringField("still-waiting", texts.stillWaiting());
        out.writeStringField("offline", texts.offline());
        out.writeStringField("ended", texts.ended());
    }

    private static Texts texts(StoredObject texts) {
        return new Texts(
                texts.text("greeting-own"),
                texts.text("greeting-coop"),
                texts.text("waiting"),
                texts.text("still-waiting"),
                texts.text("offline"),
                texts.text("ended"));
    }
}
