package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.InvalidDirectoryException;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.directory.WidgetWarning;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Opening;

/** Widgets over HTTP: seen by the people of their library, tried out and saved by its admins (A10, W1–W8, E2). */
final class WidgetApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    WidgetApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "" -> answer(response, all(me));
            case "/choices" -> answer(response, choices(me));
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return switch (path) {
            case "/check" -> read(body).flatMap(widget -> checked(me, widget, body));
            case "/save" ->
                read(body)
                        .flatMap(widget -> done(engine.accounts(me).saveWidget(widget))
                                .map(warnings -> warned(object(), warnings)));
            default -> null;
        };
    }

    // ---- Seeing

    private ObjectNode all(OperatorId me) {
        ObjectNode node = object();
        ArrayNode widgets = node.putArray("widgets");
        Directory directory = engine.directory();
        directory
                .operator(me)
                .ifPresent(operator -> directory.widgets(operator.institution()).stream()
                        .sorted((one, other) -> one.name().compareToIgnoreCase(other.name()))
                        .forEach(widget -> widgets.add(widget(widget))));
        return node;
    }

    private ObjectNode widget(Widget widget) {
        StaffJson json = new StaffJson(engine.directory());
        ObjectNode node = json.widget(widget.id());
        node.put("institution", widget.institution().value());
        ArrayNode route = node.putArray("route");
        widget.route().forEach(option -> route.add(json.option(option)));
        node.put(
                "timedFallback",
                widget.explicitTimedFallback().map(Duration::toSeconds).orElse(null));
        ArrayNode origins = node.putArray("origins");
        widget.origins().forEach(origins::add);
        node.putObject("fields")
                .put("name", StaffJson.kebab(widget.nameField()))
                .put("email", StaffJson.kebab(widget.emailField()))
                .put("question", StaffJson.kebab(widget.questionField()));
        node.put("privacyNotice", widget.privacyNotice().orElse(null)).put("consentRequired", widget.consentRequired());
        Texts texts = widget.texts();
        node.putObject("texts")
                .put("greetingOwn", texts.greetingOwn())
                .put("greetingCoop", texts.greetingCoop())
                .put("waiting", texts.waiting())
                .put("stillWaiting", texts.stillWaiting())
                .put("offline", texts.offline())
                .put("ended", texts.ended());
        engine.widget(widget.id()).value().ifPresent(status -> node.put("online", status.online()));
        return warned(node, engine.directory().warnings(widget));
    }

    private static ObjectNode warned(ObjectNode node, List<WidgetWarning> warnings) {
        ArrayNode all = node.putArray("warnings");
        warnings.forEach(warning -> all.add(warning.message()));
        return node;
    }

    /** Who one is, whether one may save widgets, and what a route can go through. */
    private ObjectNode choices(OperatorId me) {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object();
        node.set("me", json.person(me, null));
        ArrayNode options = node.putArray("options");
        Operator operator = directory.operator(me).orElse(null);
        if (operator != null) {
            InstitutionId home = operator.institution();
            directory.departments().stream()
                    .filter(department -> department.institution().equals(home))
                    .forEach(department -> options.add(json.option(Option.department(department.id()))));
            directory.memberships(home).forEach(membership -> options.add(json.option(Option.coop(membership.coop()))));
            directory.operators(home).forEach(colleague -> options.add(json.option(Option.operator(colleague.id()))));
            node.put("institution", home.value()).put("may", may(home, me));
        }
        return node;
    }

    private boolean may(InstitutionId institution, OperatorId me) {
        return Access.allows(Operation.SAVE_WIDGET, Access.to(institution, me, engine.directory()));
    }

    // ---- Trying out

    /** What saving the widget would say, and what would happen to a chat of it then, with who is there now but on some stages. */
    private Outcome<ObjectNode> checked(OperatorId me, Widget widget, JsonNode body) {
        if (!may(widget.institution(), me)) {
            return Outcome.refused(Access.denied(Operation.SAVE_WIDGET));
        }
        Directory directory;
        try {
            directory = engine.directory().withRecord(widget);
        } catch (InvalidDirectoryException invalid) {
            return Outcome.refused(RefusalCode.INVALID, String.valueOf(invalid.getMessage()));
        }
        ZoneId zone = directory.institution(widget.institution()).orElseThrow().zone();
        Instant at = moment(body, zone);
        Set<Stage> unstaffed = unstaffed(body);
        StaffJson json = new StaffJson(directory);
        ObjectNode node = warned(object(), directory.warnings(widget)).put("zone", zone.getId());
        node.put("at", at.toString())
                .put("timedFallback", widget.timedFallback().toSeconds());
        ArrayNode openings = node.putArray("openings");
        for (Opening opening : engine.preview(widget, at, unstaffed)) {
            ObjectNode one = object().put(
                            "after", Duration.between(at, opening.at()).toSeconds())
                    .put("cause", StaffJson.kebab(opening.cause()))
                    .put(
                            "there",
                            unstaffed.contains(opening.stage())
                                    ? 0
                                    : engine.online(opening.stage()).size());
            one.set("stage", json.stage(opening.stage()));
            openings.add(one);
        }
        return Outcome.done(node);
    }

    /** The next such weekday and time by the library's clocks; now, where none is asked for. */
    private Instant moment(JsonNode body, ZoneId zone) {
        String day = body.path("day").asText();
        if (day.isEmpty()) {
            return engine.now();
        }
        try {
            DayOfWeek wanted = DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT));
            LocalTime time = LocalTime.parse(required(body, "time"));
            ZonedDateTime now = engine.now().atZone(zone);
            ZonedDateTime next = now.with(TemporalAdjusters.nextOrSame(wanted)).with(time);
            return (next.isBefore(now) ? next.plusWeeks(1) : next).toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("time is no time of day", malformed);
        }
    }

    private static Set<Stage> unstaffed(JsonNode body) {
        Set<Stage> stages = new HashSet<>();
        body.path("unstaffed").forEach(stage -> {
            Option option = option(stage);
            stages.add(
                    stage.path("backup").asBoolean() && option instanceof Option.OfCoop
                            ? Stage.backup(CoopId.of(option.id()))
                            : Stage.of(option));
        });
        return stages;
    }

    // ---- What is sent

    /** The widget that a page describes; what about it is not possible is refused in the words of the library. */
    private Outcome<Widget> read(JsonNode body) {
        try {
            WidgetId id = WidgetId.of(required(body, "widget"));
            InstitutionId institution = InstitutionId.of(required(body, "institution"));
            Widget known = engine.directory().widget(id).orElse(null);
            Widget.Builder builder = known == null || !known.institution().equals(institution)
                    ? Widget.builder(id, institution)
                    : known.toBuilder();
            builder.name(required(body, "name")).route(options(body.path("route")));
            if (body.has("timedFallback")) {
                JsonNode fallback = body.path("timedFallback");
                builder.timedFallback(fallback.isNull() ? null : Duration.ofSeconds(whole(fallback)));
            }
            if (body.has("origins")) {
                builder.origins(lines(body.path("origins")));
            }
            fields(builder, body.path("fields"));
            if (body.has("privacyNotice")) {
                String notice = required(body, "privacyNotice");
                builder.privacyNotice(notice.isBlank() ? null : notice);
            }
            if (body.has("consentRequired")) {
                builder.consentRequired(body.path("consentRequired").asBoolean());
            }
            if (body.has("texts")) {
                builder.texts(texts(body));
            }
            return Outcome.done(builder.build());
        } catch (IllegalArgumentException impossible) {
            return Outcome.refused(RefusalCode.INVALID, String.valueOf(impossible.getMessage()));
        }
    }

    private static void fields(Widget.Builder builder, JsonNode fields) {
        if (fields.has("name")) {
            builder.nameField(field(fields, "name"));
        }
        if (fields.has("email")) {
            builder.emailField(field(fields, "email"));
        }
        if (fields.has("question")) {
            builder.questionField(field(fields, "question"));
        }
    }

    private static FormField field(JsonNode fields, String name) {
        return TranscriptApi.constant(FormField.class, required(fields, name));
    }

    private static Texts texts(JsonNode body) {
        JsonNode texts = body.path("texts");
        return new Texts(
                required(texts, "greetingOwn"),
                required(texts, "greetingCoop"),
                required(texts, "waiting"),
                required(texts, "stillWaiting"),
                required(texts, "offline"),
                required(texts, "ended"));
    }

    private static List<Option> options(JsonNode route) {
        List<Option> options = new ArrayList<>();
        route.forEach(option -> options.add(option(option)));
        return options;
    }

    private static Option option(JsonNode option) {
        String id = required(option, "id");
        return switch (TranscriptApi.constant(Option.Kind.class, required(option, "kind"))) {
            case DEPARTMENT -> Option.department(id);
            case OPERATOR -> Option.operator(id);
            case COOP -> Option.coop(id);
        };
    }

    private static List<String> lines(JsonNode list) {
        List<String> lines = new ArrayList<>();
        list.forEach(line -> lines.add(line.asText()));
        return lines;
    }

    private static long whole(JsonNode number) {
        if (!number.isIntegralNumber()) {
            throw new IllegalArgumentException("a timed fallback is in whole seconds");
        }
        return number.asLong();
    }
}
