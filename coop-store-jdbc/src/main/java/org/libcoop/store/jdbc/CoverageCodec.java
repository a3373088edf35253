package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.WeeklyRange;

/** When a co-op stands in for an institution, as a part of its membership (D6). Times of day are minutes from midnight. */
final class CoverageCodec {

    private static final String ALWAYS = "always";
    private static final String NONE = "none";
    private static final String HOURS = "hours";

    static final Words<DayOfWeek> DAYS = Words.of(DayOfWeek.values(), day -> switch (day) {
        case MONDAY -> "mon";
        case TUESDAY -> "tue";
        case WEDNESDAY -> "wed";
        case THURSDAY -> "thu";
        case FRIDAY -> "fri";
        case SATURDAY -> "sat";
        case SUNDAY -> "sun";
    });

    private CoverageCodec() {}

    static void write(JsonGenerator out, Coverage coverage) throws IOException {
        if (coverage instanceof Coverage.Hours hours) {
            out.writeStringField("kind", HOURS);
            out.writeArrayFieldStart("ranges");
            for (WeeklyRange range : hours.ranges()) {
                out.writeStartObject();
                out.writeStringField("first", DAYS.word(range.firstDay()));
                out.writeStringField("last", DAYS.word(range.lastDay()));
                out.writeNumberField("start", range.startMinute());
                out.writeNumberField("end", range.endMinute());
                out.writeEndObject();
            }
            out.writeEndArray();
            Json.texts(
                    out,
                    "except",
                    hours.except().stream().sorted().map(LocalDate::toString).toList());
        } else {
            out.writeStringField("kind", coverage instanceof Coverage.Always ? ALWAYS : NONE);
        }
    }

    static Coverage read(StoredObject coverage) {
        return switch (coverage.text("kind")) {
            case ALWAYS -> Coverage.always();
            case NONE -> Coverage.none();
            case HOURS -> new Coverage.Hours(ranges(coverage), dates(coverage.texts("except")));
            default -> throw coverage.unreadable("kind", "none of the words known");
        };
    }

    private static List<WeeklyRange> ranges(StoredObject coverage) {
        return coverage.objects("ranges").stream()
                .map(range -> new WeeklyRange(
                        range.word("first", DAYS), range.word("last", DAYS), range.count("start"), range.count("end")))
                .toList();
    }

    private static Set<LocalDate> dates(List<String> texts) {
        Set<LocalDate> dates = new HashSet<>();
        texts.forEach(text -> dates.add(LocalDate.parse(text)));
        return dates;
    }
}
