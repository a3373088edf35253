package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.libcoop.directory.FormField;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/** Reads the fields of a widget, where the directory defines it and where a step saves it anew. */
final class WidgetYaml {

    private static final Map<String, FormField> FORM_FIELDS =
            Map.of("off", FormField.OFF, "optional", FormField.OPTIONAL, "required", FormField.REQUIRED);

    private final Fields fields;
    private final Names names;

    private WidgetYaml(Fields fields, Names names) {
        this.fields = fields;
        this.names = names;
    }

    /** A widget of the directory. */
    static Widget read(String id, Fields fields, Names names) {
        YamlNode.Scalar institution = scalar(fields, "institution", "an institution of this file");
        WidgetId known = fields.checked(fields.line(), () -> WidgetId.of(id));
        Widget.Builder widget = Widget.builder(known, names.institution(institution));
        Widget built = new WidgetYaml(fields, names).into(widget, true);
        fields.done();
        return built;
    }

    /** Checks the fields of a step that saves a widget; all are optional there. */
    static void check(String id, Fields fields, Names names) {
        WidgetId known = fields.checked("widget", () -> WidgetId.of(id));
        Widget.Builder widget = Widget.builder(known, InstitutionId.of("any"));
        widget.route(Option.department("any"));
        if (fields.has("institution")) {
            names.institution(scalar(fields, "institution", "an institution of this file"));
        }
        new WidgetYaml(fields, names).into(widget, false);
    }

    static YamlNode.Scalar scalar(Fields fields, String key, String expected) {
        return new YamlNode.Scalar(fields.text(key, expected), fields.line(key));
    }

    private Widget into(Widget.Builder widget, boolean routeRequired) {
        List<YamlNode.Scalar> route =
                fields.list("route", "a list of departments, operators and co-ops", routeRequired);
        if (!route.isEmpty()) {
            fields.checked(
                    "route",
                    () -> widget.route(route.stream().map(names::option).toList()));
        }
        if (fields.has("timedFallback")) {
            int seconds = fields.count("timedFallback", (int) Widget.MAX_TIMED_FALLBACK.toSeconds());
            widget.timedFallback(Duration.ofSeconds(seconds));
        }
        if (fields.has("name")) {
            fields.checked("name", () -> widget.name(fields.text("name", "a name")));
        }
        if (fields.has("owner")) {
            OperatorId owner = names.operator(scalar(fields, "owner", "an operator of this file"));
            widget.owner(owner);
        }
        form(widget);
        return fields.checked(fields.line(), widget::build);
    }

    private void form(Widget.Builder widget) {
        fields.checked("origins", () -> widget.origins(fields.texts("origins", "a list of origins")));
        if (fields.has("nameField")) {
            widget.nameField(fields.choice("nameField", FORM_FIELDS));
        }
        if (fields.has("emailField")) {
            widget.emailField(fields.choice("emailField", FORM_FIELDS));
        }
        if (fields.has("questionField")) {
            widget.questionField(fields.choice("questionField", FORM_FIELDS));
        }
        if (fields.has("privacyNotice")) {
            fields.checked("privacyNotice", () -> widget.privacyNotice(fields.text("privacyNotice", "a text")));
        }
        if (fields.has("consentRequired")) {
            widget.consentRequired(fields.flag("consentRequired"));
        }
        Fields texts = fields.map("texts", "the texts of a widget");
        widget.texts(texts(texts));
        texts.done();
    }

    private static Texts texts(Fields fields) {
        Texts base = Texts.defaults();
        return fields.checked(
                fields.line(),
                () -> new Texts(
                        text(fields, "greetingOwn", base.greetingOwn()),
                        text(fields, "greetingCoop", base.greetingCoop()),
                        text(fields, "waiting", base.waiting()),
                        text(fields, "stillWaiting", base.stillWaiting()),
                        text(fields, "offline", base.offline()),
                        text(fields, "ended", base.ended())));
    }

    private static String text(Fields fields, String key, String base) {
        return fields.has(key) ? fields.text(key, "a text") : base;
    }
}
