package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.FormField;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.testkit.scenario.WidgetChange.Setting;

/**
 * Reads the fields of a widget, where the directory defines it and where a step saves it anew. Values that the rules do not
 * allow make the directory malformed, and are what a step is refused for.
 */
final class WidgetYaml {

    private static final String OPTIONS = "a list of departments, operators and co-ops";
    private static final Map<String, FormField> FORM_FIELDS =
            Map.of("off", FormField.OFF, "optional", FormField.OPTIONAL, "required", FormField.REQUIRED);

    private final Fields fields;
    private final Names names;
    private final List<Setting> settings = new ArrayList<>();

    private WidgetYaml(Fields fields, Names names) {
        this.fields = fields;
        this.names = names;
    }

    /** A widget of the directory. */
    static Widget read(String id, Fields fields, Names names) {
        InstitutionId home = names.institution(institution(fields));
        Widget.Builder widget = fields.checked(fields.line(), () -> Widget.builder(WidgetId.of(id), home));
        fields.list("route", OPTIONS, true);
        if (fields.has("timedFallback")) {
            fields.count("timedFallback", (int) Widget.MAX_TIMED_FALLBACK.toSeconds());
        }
        for (Setting setting : new WidgetYaml(fields, names).settings()) {
            fields.checked(setting.key(), () -> setting.on(widget, Texts.defaults()));
        }
        Widget built = fields.checked(fields.line(), widget::build);
        fields.done();
        return built;
    }

    /** What a step saves of a widget; only one that is not known yet needs an institution and a route. */
    static WidgetChange change(Fields fields, Names names) {
        WidgetId id = fields.checked("widget", () -> WidgetId.of(fields.text("widget", "a widget")));
        boolean isNew = names.isFirstSaid(id);
        InstitutionId home = isNew || fields.has("institution") ? names.institution(institution(fields)) : null;
        if (isNew) {
            fields.required("route", OPTIONS);
        }
        return new WidgetChange(id, home, new WidgetYaml(fields, names).settings());
    }

    static YamlNode.Scalar scalar(Fields fields, String key, String expected) {
        return new YamlNode.Scalar(fields.text(key, expected), fields.line(key));
    }

    private static YamlNode.Scalar institution(Fields fields) {
        return scalar(fields, "institution", "an institution of this file");
    }

    private List<Setting> settings() {
        if (fields.has("route")) {
            List<Option> route = fields.list("route", OPTIONS, false).stream()
                    .map(names::option)
                    .toList();
            set("route", widget -> widget.route(route));
        }
        if (fields.has("timedFallback")) {
            Duration seconds = fields.seconds("timedFallback");
            set("timedFallback", widget -> widget.timedFallback(seconds));
        }
        if (fields.has("name")) {
            String name = fields.words("name", "a name");
            set("name", widget -> widget.name(name));
        }
        if (fields.has("owner")) {
            OperatorId owner = names.operator(scalar(fields, "owner", "an operator of this file"));
            set("owner", widget -> widget.owner(owner));
        }
        form();
        if (fields.has("texts")) {
            texts(fields.map("texts", "the texts of a widget"));
        }
        return settings;
    }

    private void form() {
        if (fields.has("origins")) {
            List<String> origins = fields.texts("origins", "a list of origins");
            set("origins", widget -> widget.origins(origins));
        }
        field("nameField", Widget.Builder::nameField);
        field("emailField", Widget.Builder::emailField);
        field("questionField", Widget.Builder::questionField);
        if (fields.has("privacyNotice")) {
            String notice = fields.words("privacyNotice", "a text");
            set("privacyNotice", widget -> widget.privacyNotice(notice));
        }
        if (fields.has("consentRequired")) {
            boolean required = fields.flag("consentRequired");
            set("consentRequired", widget -> widget.consentRequired(required));
        }
    }

    private void field(String key, BiFunction<Widget.Builder, FormField, Widget.Builder> set) {
        if (fields.has(key)) {
            FormField asked = fields.choice(key, FORM_FIELDS);
            set(key, widget -> set.apply(widget, asked));
        }
    }

    private void texts(Fields texts) {
        Function<Texts, String> greetingOwn = text(texts, "greetingOwn", Texts::greetingOwn);
        Function<Texts, String> greetingCoop = text(texts, "greetingCoop", Texts::greetingCoop);
        Function<Texts, String> waiting = text(texts, "waiting", Texts::waiting);
        Function<Texts, String> stillWaiting = text(texts, "stillWaiting", Texts::stillWaiting);
        Function<Texts, String> offline = text(texts, "offline", Texts::offline);
        Function<Texts, String> ended = text(texts, "ended", Texts::ended);
        texts.done();
        settings.add(new Setting(
                "texts",
                (widget, before) -> widget.texts(new Texts(
                        greetingOwn.apply(before),
                        greetingCoop.apply(before),
                        waiting.apply(before),
                        stillWaiting.apply(before),
                        offline.apply(before),
                        ended.apply(before)))));
    }

    /** The text given, or the one there was before. */
    private static Function<Texts, String> text(Fields fields, String key, Function<Texts, String> before) {
        @Nullable String given = fields.optionalWords(key, "a text");
        return given == null ? before : texts -> given;
    }

    private void set(String key, Function<Widget.Builder, Widget.Builder> set) {
        settings.add(new Setting(key, (widget, before) -> set.apply(widget)));
    }
}
