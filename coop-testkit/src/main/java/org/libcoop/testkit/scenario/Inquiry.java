package org.libcoop.testkit.scenario;

import java.io.IOException;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.libcoop.CoopEngine;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.RefusedException;
import org.libcoop.report.ReplayReport;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.Opening;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.testkit.ChatExplanation;
import org.libcoop.testkit.SimulatedChat;

/**
 * A question on the command line about a scenario, asked once all of its steps have been played: why a chat was offered to whom, what
 * would happen to a chat of a widget, or to the chats that there were (E1, E2).
 */
final class Inquiry {

    /** The questions there are, with what follows the file. */
    private static final Map<String, String> USAGES = new TreeMap<>(Map.of(
            "explain", "[CHAT...]",
            "preview", "WIDGET [--at MOMENT] [--unstaffed STAGE,...]",
            "replay", "--timed-fallback DURATION [--widget WIDGET]",
            "sweep", "WIDGET [--from MOMENT] [--to MOMENT] [--step DURATION] [--unstaffed STAGE,...]"));

    /** Longer than it takes until it is known who was there, and until whoever still waits has waited in vain. */
    private static final Duration UNTIL_KNOWN = Duration.ofHours(13);

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final String BACKUP = "/backup";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    /** It is asked for in a way that cannot be answered. */
    private static final class Unanswerable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswerable(String problem) {
            super(problem);
        }
    }

    private final String question;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final PrintStream out;

    private Inquiry(List<String> args, PrintStream out) {
        this.question = args.get(0);
        this.out = out;
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (usage(question).contains(arg + " ") && i + 1 < args.size()) {
                i++;
                options.put(arg, args.get(i));
            } else {
                throw new Unanswerable("what is " + arg + "?");
            }
        }
    }

    /** Whether these arguments ask something. */
    static boolean is(List<String> args) {
        return !args.isEmpty() && USAGES.containsKey(args.get(0));
    }

    /** How to ask. */
    static List<String> usages() {
        return USAGES.entrySet().stream()
                .map(usage -> usage.getKey() + " FILE " + usage.getValue())
                .toList();
    }

    private static String usage(String question) {
        return USAGES.getOrDefault(question, "");
    }

    /** Answers; returns what the process ends with. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            Inquiry inquiry = new Inquiry(args, out);
            if (inquiry.words.isEmpty()) {
                throw new Unanswerable("about which file?");
            }
            ScenarioFile file = ScenarioMain.read(inquiry.words.get(0));
            ScenarioResult result =
                    new ScenarioRunner().run(file, ScenarioListener.NONE, scene -> inquiry.answer(file, scene));
            result.failures().forEach(err::println);
            return result.passed() ? ScenarioMain.HOLDS : ScenarioMain.FAILS;
        } catch (MalformedScenarioException malformed) {
            err.println(malformed.getMessage());
        } catch (IOException unreadable) {
            err.println(args.get(1) + ": " + unreadable.getMessage());
        } catch (Unanswerable | RefusedException | DateTimeException problem) {
            err.println(problem.getMessage());
            err.println("usage: " + args.get(0) + " FILE " + usage(args.get(0)));
        }
        return ScenarioMain.MALFORMED;
    }

    private void answer(ScenarioFile file, Scene scene) {
        switch (question) {
            case "explain" -> explain(file, scene);
            case "preview" -> preview(scene);
            case "sweep" -> sweep(scene);
            default -> replay(scene);
        }
    }

    // ---- Chats

    private void explain(ScenarioFile file, Scene scene) {
        List<String> names = words.size() > 1 ? words.subList(1, words.size()) : scene.names();
        for (String name : names) {
            SimulatedChat chat =
                    scene.created(name).orElseThrow(() -> new Unanswerable("no chat " + name + " was begun"));
            String text = scene.kit()
                    .engine()
                    .explain(chat.id())
                    .orElseThrow(() -> new Unanswerable("nothing is known of " + name))
                    .text(at -> ChatExplanation.offset(file.start(), at));
            out.println(name + ", " + text);
        }
    }

    private void replay(Scene scene) {
        String fallback = options.get("--timed-fallback");
        if (fallback == null || words.size() > 1) {
            throw new Unanswerable("with which timed fallback?");
        }
        String widget = options.get("--widget");
        scene.kit().clock().advance(UNTIL_KNOWN);
        ReplayReport report = scene.kit()
                .engine()
                .planning()
                .replay(
                        widget == null ? ArchiveQuery.ALL : ArchiveQuery.ALL.widget(WidgetId.of(widget)),
                        duration(fallback))
                .orElseThrow();
        out.println("%d chats that are over; of %d more it is not known who was there"
                .formatted(report.chats(), report.unknown()));
        out.println("as it was:    %d came to a co-op behind their first option, %d to backup staff"
                .formatted(report.coopThen(), report.backupThen()));
        out.println("with %-8s %d came to a co-op behind their first option, %d to backup staff"
                .formatted(fallback + ":", report.coopOtherwise(), report.backupOtherwise()));
        out.println("had everybody been there and acted as they did");
    }

    // ---- Widgets

    private void preview(Scene scene) {
        Widget widget = widget(scene);
        CoopEngine engine = scene.kit().engine();
        ZoneId zone = zone(engine, widget);
        Instant at = moment("--at", engine.now(), zone, engine.now());
        List<Opening> openings =
                engine.preview(widget.id(), at, unstaffed(scene)).orElseThrow();
        out.println("a chat on %s on %s".formatted(widget.id(), shown(at, zone)));
        if (openings.isEmpty()) {
            out.println("  the widget is offline");
        }
        for (Opening opening : openings) {
            out.println("  %8s  %s opens (%s)"
                    .formatted(
                            ChatExplanation.offset(at, opening.at()),
                            opening.stage(),
                            opening.cause().name().toLowerCase(Locale.ROOT)));
        }
    }

    private void sweep(Scene scene) {
        Widget widget = widget(scene);
        CoopEngine engine = scene.kit().engine();
        ZoneId zone = zone(engine, widget);
        Instant from = moment("--from", engine.now(), zone, engine.now());
        Instant to = moment("--to", from, zone, from.plus(WEEK));
        String step = options.get("--step");
        List<WidgetSpan> spans = engine.planning()
                .sweep(widget.id(), from, to, step == null ? QUARTER : duration(step), unstaffed(scene))
                .orElseThrow();
        for (WidgetSpan span : spans) {
            out.println("%s  to  %s  %s"
                    .formatted(
                            shown(span.from(), zone),
                            shown(span.to(), zone),
                            span.staffing().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
    }

    private Widget widget(Scene scene) {
        if (words.size() != 2) {
            throw new Unanswerable("about which widget?");
        }
        return scene.kit()
                .engine()
                .directory()
                .widget(WidgetId.of(words.get(1)))
                .orElseThrow(() -> new Unanswerable("there is no widget " + words.get(1)));
    }

    private static ZoneId zone(CoopEngine engine, Widget widget) {
        return engine.directory()
                .institution(widget.institution())
                .orElseThrow()
                .zone();
    }

    private static String shown(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    /** A weekday and a time, the next one from {@code since} on, or a date and time with an offset. */
    private Instant moment(String option, Instant since, ZoneId zone, Instant otherwise) {
        String text = options.get(option);
        if (text == null) {
            return otherwise;
        }
        String[] parts = text.strip().split(" +", -1);
        if (parts.length != 2) {
            return OffsetDateTime.parse(text).toInstant();
        }
        DayOfWeek day = day(parts[0]);
        ZonedDateTime now = since.atZone(zone);
        ZonedDateTime that = now.with(TemporalAdjusters.nextOrSame(day)).with(LocalTime.parse(parts[1]));
        return (that.isBefore(now) ? now.with(TemporalAdjusters.next(day)).with(LocalTime.parse(parts[1])) : that)
                .toInstant();
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equalsIgnoreCase(name)) {
                return day;
            }
        }
        throw new Unanswerable("\"" + name + "\" is no weekday");
    }

    private Set<Stage> unstaffed(Scene scene) {
        String text = options.get("--unstaffed");
        Set<Stage> stages = new HashSet<>();
        if (text != null) {
            for (String name : text.split(",", -1)) {
                stages.add(stage(scene, name.strip()));
            }
        }
        return stages;
    }

    private static Stage stage(Scene scene, String name) {
        Directory directory = scene.kit().engine().directory();
        String coop = name.endsWith(BACKUP) ? name.substring(0, name.length() - BACKUP.length()) : null;
        if (coop != null && directory.coop(CoopId.of(coop)).isPresent()) {
            return Stage.backup(CoopId.of(coop));
        }
        try {
            return Stage.of(scene.kit().option(name));
        } catch (IllegalArgumentException none) {
            throw new Unanswerable(String.valueOf(none.getMessage()));
        }
    }

    private static Duration duration(String text) {
        try {
            return Policies.parseDuration(text);
        } catch (IllegalArgumentException none) {
            throw new Unanswerable("\"" + text + "\" is no duration such as 500ms, 90s, 2m or 1h");
        }
    }
}
