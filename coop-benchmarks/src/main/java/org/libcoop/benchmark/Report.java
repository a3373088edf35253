package org.libcoop.benchmark;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.libcoop.directory.InstitutionId;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.spi.Facts;
import org.libcoop.testkit.traffic.CoopTraffic;

/** A report, asked of the facts, and of the same rows with a plain {@code GROUP BY} that gives counts, sums and means. */
record Report(String name, Asked asked, String plain) {

    /** Asks for it. */
    interface Asked {
        Object of(Facts facts);
    }

    static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final String SUMS = "count(*), sum(waited), sum(lasted), avg(rating), avg(qa_rating)";

    private static Report timetable(String name, FactQuery query, String where) {
        return new Report(
                name,
                facts -> facts.timetable(query, ZONE),
                "select date_trunc('month', at), extract(isodow from at), extract(hour from at), " + SUMS
                        + " from (select to_timestamp(started_at / 1000.0) at time zone '" + ZONE
                        + "' as at, waited, lasted, rating, qa_rating from coop_fact where " + where
                        + ") f group by 1, 2, 3");
    }

    private static Report parts(String name, FactQuery query, Part part, String column, String where) {
        return new Report(
                name,
                facts -> facts.parts(query, part, PartTallies.MOST),
                "select " + column + ", " + SUMS + " from coop_fact where " + where + " group by 1");
    }

    /** The reports of those who see most: the co-op's admins, the provider's of the backup staff, and those of a library. */
    static List<Report> all(InstitutionId library, Instant first, Instant end) {
        FactQuery coop = FactQuery.ALL.coop(CoopTraffic.COOP);
        FactQuery night = coop.answeredBy(CoopTraffic.NIGHT);
        FactQuery home = FactQuery.ALL.home(library);
        Instant from = first.plusSeconds(100 * 86_400 + 12_345);
        Instant to = end.minusSeconds(100 * 86_400 + 12_345);
        String ofCoop = "coop = '" + CoopTraffic.COOP + "'";
        String ofNight = ofCoop + " and institution = '" + CoopTraffic.NIGHT + "'";
        String ofHome = "home = '" + library + "'";
        String within = " and started_at >= " + from.toEpochMilli() + " and started_at < " + to.toEpochMilli();
        return List.of(
                timetable("co-op: by month, weekday and hour", coop, ofCoop),
                timetable("co-op: the same, odd days", coop.started(from, to), ofCoop + within),
                parts("co-op: by operator", coop, Part.OPERATOR, "operator", ofCoop),
                parts("co-op: the same, odd days", coop.started(from, to), Part.OPERATOR, "operator", ofCoop + within),
                parts("co-op: by answering institution", coop, Part.ANSWERED_BY, "institution", ofCoop),
                parts("co-op: by home", coop, Part.HOME, "home", ofCoop),
                parts("co-op: by host", coop, Part.HOST, "host", ofCoop),
                parts("co-op: by page", coop, Part.PAGE, "page", ofCoop),
                parts("co-op: by browser", coop, Part.BROWSER, "browser", ofCoop),
                timetable("co-op: of one library's patrons", coop.home(library), ofCoop + " and " + ofHome),
                timetable("co-op: rated 1", coop.rating(1), ofCoop + " and rating = 1"),
                timetable("provider: by month, weekday and hour", night, ofNight),
                parts("provider: by operator", night, Part.OPERATOR, "operator", ofNight),
                parts("provider: by home, odd days", night.started(from, to), Part.HOME, "home", ofNight + within),
                timetable("largest library: by month, weekday and hour", home, ofHome),
                parts("largest library: by operator", home, Part.OPERATOR, "operator", ofHome),
                parts("largest library: by page", home, Part.PAGE, "page", ofHome));
    }
}
