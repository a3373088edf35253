package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.StatisticsSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.report.Activity;
import org.libcoop.report.FactQuery;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Part;
import org.libcoop.report.Summary;
import org.libcoop.report.Table;
import org.libcoop.report.TableFormat;
import org.libcoop.report.Tables;
import org.libcoop.report.Tally;
import org.libcoop.report.Timetable;

/** Statistics over HTTP (S1–S8): each report as a table in JSON or CSV, and what somebody sees first. */
final class StatisticsApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 200;

    StatisticsApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "/choices" -> answer(response, choices(me));
            case "/table" -> table(me, request, response);
            case "/summary" -> answer(response, engine.statistics(me).summary(zone(me, request)), this::summary);
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return null;
    }

    // ---- Tables

    private void table(OperatorId me, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = String.valueOf(asked(request, "name"));
        Outcome<Table> table = report(new Asked(me, request), name);
        if (!"csv".equals(asked(request, "format"))) {
            answer(response, table, StatisticsApi::rows);
            return;
        }
        if (table instanceof Outcome.Refused<Table> refused) {
            refuse(response, refused.reason());
            return;
        }
        StringBuilder text = new StringBuilder();
        table.orElseThrow().write(TableFormat.CSV, text);
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The report of this name; an {@link IllegalArgumentException} where there is none, or the question is malformed. */
    private Outcome<Table> report(Asked asked, String name) {
        return switch (name) {
            case "total" -> timetable(asked, timetable -> Tables.total(timetable.total()));
            case "months" -> timetable(asked, Tables::months);
            case "weekdays" -> timetable(asked, Tables::weekdays);
            case "week" -> timetable(asked, Tables::week);
            case "hours" -> timetable(asked, timetable -> Tables.hours(timetable, asked.within()));
            case "waits" -> timetable(asked, timetable -> Tables.waits(timetable.total()));
            case "durations" -> timetable(asked, timetable -> Tables.durations(timetable.total()));
            case "balance" ->
                asked.session()
                        .balance(asked.path(), asked.filter())
                        .map(balance -> Tables.balance(balance, this::institution));
            case "activity" -> activity(asked).map(activity -> Tables.activity(activity, this::institution));
            case "staffed-weeks" ->
                activity(asked).map(activity -> Tables.staffedWeeks(activity.staffed(), this::institution));
            case "staffed-week" ->
                activity(asked).map(activity -> Tables.week(activity.staffed().anybody()));
            case "coverage" ->
                asked.session()
                        .coverage(asked.requiredWidget(), asked.requiredFrom(), asked.requiredTo())
                        .map(Tables::spans);
            case "own" ->
                asked.session()
                        .ownActivity(asked.requiredFrom(), asked.requiredTo(), asked.zone())
                        .map(Tables::own);
            default -> {
                Part part =
                        Part.ofWord(name).orElseThrow(() -> new IllegalArgumentException("there is no such report"));
                yield asked.session()
                        .parts(asked.path(), asked.filter(), part, ROWS)
                        .map(tallies -> Tables.parts(tallies, id -> named(part, id)));
            }
        };
    }

    private static Outcome<Table> timetable(Asked asked, Function<Timetable, Table> table) {
        return asked.session()
                .timetable(asked.path(), asked.filter(), asked.zone())
                .map(table);
    }

    private static Outcome<Activity> activity(Asked asked) {
        return asked.session().activity(asked.path(), asked.requiredFrom(), asked.requiredTo(), asked.zone());
    }

    private static ObjectNode rows(Table table) {
        ObjectNode node = object();
        ArrayNode columns = node.putArray("columns");
        table.columns().forEach(columns::add);
        ArrayNode rows = node.putArray("rows");
        for (var cells : table.rows()) {
            ArrayNode row = rows.addArray();
            for (Object cell : cells) {
                if (cell instanceof Duration time) {
                    row.add(time.toMillis() / 1_000.0);
                } else {
                    row.addPOJO(cell);
                }
            }
        }
        return node;
    }

    // ---- Names

    private @Nullable String named(Part part, String id) {
        Directory directory = engine.directory();
        return switch (part) {
            case OPERATOR ->
                directory.operator(OperatorId.of(id)).map(Operator::displayName).orElse(null);
            case HOME, ANSWERED_BY -> institution(id);
            case COOP -> directory.coop(CoopId.of(id)).map(Coop::name).orElse(null);
            case WIDGET ->
                directory.widget(WidgetId.of(id)).map(widget -> widget.name()).orElse(null);
            case HOST, PAGE, BROWSER, SYSTEM -> null;
        };
    }

    private @Nullable String institution(String id) {
        return engine.directory()
                .institution(InstitutionId.of(id))
                .map(Institution::name)
                .orElse(null);
    }

    // ---- What the page begins with

    private ObjectNode choices(OperatorId me) {
        Directory directory = engine.directory();
        StaffJson json = new StaffJson(directory);
        ObjectNode node = object().put("now", engine.now().toString());
        node.set("me", json.person(me, null));
        ArrayNode coops = node.putArray("coops");
        ArrayNode widgets = node.putArray("widgets");
        directory.operator(me).ifPresent(operator -> {
            for (Coop coop : directory.coops()) {
                if (directory.hasPlaceIn(me, coop.id())) {
                    coops.add(json.coop(coop.id()));
                }
            }
            directory.widgets(operator.institution()).forEach(widget -> widgets.add(json.widget(widget.id())));
            node.put("zone", home(me).zone().getId()).put("admin", operator.admin());
        });
        return node;
    }

    private ObjectNode summary(Summary summary) {
        StaffJson json = new StaffJson(engine.directory());
        ObjectNode node = object();
        node.set("lastWeek", period(summary.lastWeek()));
        node.set("thisMonth", period(summary.thisMonth()));
        node.set("twelveMonths", period(summary.twelveMonths()));
        ArrayNode coops = node.putArray("coops");
        for (Summary.OwnCoop own : summary.coops()) {
            ObjectNode coop = json.coop(own.coop().id());
            own.level().ifPresent(level -> coop.put("level", StaffJson.kebab(level)));
            ArrayNode admins = coop.putArray("admins");
            own.admins().forEach(admin -> admins.add(json.person(admin.id(), null)));
            coops.add(coop);
        }
        return node;
    }

    private static ObjectNode period(OwnActivity own) {
        Tally tally = own.chats().total();
        ObjectNode node = object().put("from", own.from().toString())
                .put("to", own.to().toString())
                .put("answered", tally.counts().answered())
                .put("monitoredSeconds", own.total().total().toSeconds());
        Duration median = tally.durations().percentile(50);
        if (median != null) {
            node.put("durationSeconds", median.toSeconds());
        }
        Double rating = tally.ratings().mean();
        if (rating != null) {
            node.put("rating", rating);
        }
        return node;
    }

    // ---- What is asked for

    private Institution home(OperatorId me) {
        Directory directory = engine.directory();
        return directory
                .operator(me)
                .flatMap(operator -> directory.institution(operator.institution()))
                .orElseThrow(() -> new IllegalArgumentException("nobody"));
    }

    private ZoneId zone(OperatorId me, HttpServletRequest request) {
        String zone = asked(request, "zone");
        if (zone == null) {
            return engine.directory().operator(me).isPresent() ? home(me).zone() : ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("there is no such zone", none);
        }
    }

    /** A question, read as it is needed; what is malformed in it is an {@link IllegalArgumentException}. */
    private final class Asked {
        private final OperatorId me;
        private final HttpServletRequest request;

        Asked(OperatorId me, HttpServletRequest request) {
            this.me = me;
            this.request = request;
        }

        StatisticsSession session() {
            return engine.statistics(me);
        }

        TranscriptPath path() {
            return TranscriptApi.path(request);
        }

        ZoneId zone() {
            return StatisticsApi.this.zone(me, request);
        }

        /** Within which wait a chat counts as answered in time: 30 s, or another whole second to a minute. */
        Duration within() {
            return Duration.ofSeconds(value("within").map(StatisticsApi::number).orElse(30));
        }

        FactQuery filter() {
            FactQuery query = FactQuery.ALL.started(day("from", 0), day("to", 1));
            query = value("home").map(InstitutionId::of).map(query::home).orElse(query);
            query = value("institution")
                    .map(InstitutionId::of)
                    .map(query::answeredBy)
                    .orElse(query);
            query = value("operator").map(OperatorId::of).map(query::operator).orElse(query);
            query = value("widget").map(WidgetId::of).map(query::widget).orElse(query);
            query = value("outcome")
                    .map(word -> TranscriptApi.constant(ChatOutcome.class, word))
                    .map(query::outcome)
                    .orElse(query);
            return value("rating").map(StatisticsApi::number).map(query::rating).orElse(query);
        }

        WidgetId requiredWidget() {
            return WidgetId.of(value("widget").orElseThrow(() -> new IllegalArgumentException("which widget?")));
        }

        Instant requiredFrom() {
            return required(day("from", 0));
        }

        Instant requiredTo() {
            return required(day("to", 1));
        }

        private static Instant required(@Nullable Instant day) {
            if (day == null) {
                throw new IllegalArgumentException("a first and a last day are needed");
            }
            return day;
        }

        /** When a day begins in the report's zone, so many days after it; null if none is asked for. */
        private @Nullable Instant day(String name, int later) {
            try {
                return value(name)
                        .map(date -> LocalDate.parse(date)
                                .plusDays(later)
                                .atStartOfDay(zone())
                                .toInstant())
                        .orElse(null);
            } catch (DateTimeException malformed) {
                throw new IllegalArgumentException(name + " is no day", malformed);
            }
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(asked(request, name));
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text); // what is none is an IllegalArgumentException
    }
}
