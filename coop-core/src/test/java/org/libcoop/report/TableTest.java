package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatOutcome;

/** Reports written out (S8). */
class TableTest {

    private static String written(Table table, TableFormat format) throws IOException {
        StringBuilder out = new StringBuilder();
        table.write(format, out);
        return out.toString();
    }

    private static Table table(Object... cells) {
        List<String> columns = Arrays.stream(cells).map(cell -> "c").toList();
        return new Table(columns, List.of(Arrays.asList(cells)));
    }

    @Test
    void csvQuotesWhatItHasToAndNoTextIsAFormula() throws IOException {
        String csv = written(
                table("a,b", "say \"hi\"", "two\r\nlines", "=1+1", "+1", "-1", "@x", "\tx", "plain"), TableFormat.CSV);

        assertThat(csv)
                .isEqualTo("c,c,c,c,c,c,c,c,c\r\n"
                        + "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",'=1+1,'+1,'-1,'@x,'\tx,plain\r\n");
    }

    @Test
    void numbersHaveNoExponentAndTheUnknownIsEmpty() throws IOException {
        Table table =
                table(-5L, Duration.ofMillis(90_500), Duration.ZERO, 0.25, 1e-9, 2.0 / 3, 1_000_000_000_000L, null);

        assertThat(written(table, TableFormat.CSV))
                .isEqualTo("c,c,c,c,c,c,c,c\r\n-5,90.5,0,0.25,0,0.6667,1000000000000,\r\n");
        assertThat(written(table, TableFormat.JSON))
                .isEqualTo(
                        "[\n{\"c\":-5,\"c\":90.5,\"c\":0,\"c\":0.25,\"c\":0,\"c\":0.6667,\"c\":1000000000000,\"c\":null}\n]\n");
    }

    @Test
    void jsonEscapesTexts() throws IOException {
        assertThat(written(table("a\"b\\c\n\u0001\u2028", null), TableFormat.JSON))
                .isEqualTo("[\n{\"c\":\"a\\\"b\\\\c\\n\\u0001\\u2028\",\"c\":null}\n]\n");
        assertThat(written(new Table(List.of("a"), List.of()), TableFormat.JSON))
                .isEqualTo("[]\n");
        assertThat(written(new Table(List.of("a"), List.of()), TableFormat.CSV)).isEqualTo("a\r\n");
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> table(1));
        assertThatIllegalArgumentException().isThrownBy(() -> table(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Table(List.of("a"), List.of(List.of())));
    }

    // ---- Of reports

    private static Timetable timetable() {
        Timetable.Sum sum = new Timetable.Sum(ZoneId.of("UTC"));
        sum.add(Facts.fact(
                "c1",
                "springy",
                Instant.parse("2026-03-02T09:30:00Z"),
                ChatOutcome.ANSWERED,
                Facts.own("c1", "springy", 20, 300).answer(),
                4,
                null));
        sum.add(Facts.missed("c2", Instant.parse("2026-03-02T09:45:00Z")));
        return sum.timetable();
    }

    private static final String COUNTED = "requested,answered,missed,dismissed,open,answered_share,by_own_library,"
            + "through_coop,wait_mean,wait_median,wait_p90,duration_mean,duration_median,duration_p90,ratings,"
            + "rating_mean,qa_ratings,qa_rating_mean";
    private static final String BOTH = "2,1,1,0,0,0.5,1,0,20,20,20,300,300,300,1,4,0,";
    private static final String NONE = "0,0,0,0,0,,0,0,,,,,,,0,,0,";

    @Test
    void byMonth() throws IOException {
        assertThat(written(Tables.months(timetable()), TableFormat.CSV))
                .isEqualTo("month," + COUNTED + "\r\n2026-03," + BOTH + "\r\n");
    }

    @Test
    void byWeekday() throws IOException {
        assertThat(written(Tables.weekdays(timetable()), TableFormat.CSV).lines())
                .hasSize(8)
                .startsWith("weekday," + COUNTED, "monday," + BOTH, "tuesday," + NONE);
    }

    @Test
    void byHourWithTheShareAnsweredInTime() throws IOException {
        assertThat(written(Tables.hours(timetable(), Duration.ofSeconds(20)), TableFormat.CSV)
                        .lines())
                .hasSize(25)
                .contains(
                        "hour," + COUNTED + ",answered_within_share,missed_share",
                        "9," + BOTH + ",0.5,0.5",
                        "10," + NONE + ",,");
        assertThat(written(Tables.hours(timetable(), Duration.ofSeconds(19)), TableFormat.CSV))
                .contains("9," + BOTH + ",0,0.5");
    }

    @Test
    void byWeekdayAndHour() throws IOException {
        assertThat(written(Tables.week(timetable()), TableFormat.CSV).lines())
                .hasSize(169)
                .contains("monday,9," + BOTH, "sunday,23," + NONE);
    }

    @Test
    void bandsWithTheirShare() throws IOException {
        assertThat(written(Tables.waits(timetable().total()), TableFormat.CSV).lines())
                .hasSize(14)
                .contains("over,up_to,chats,share", "0,5,0,0", "15,20,1,1", "600,,0,0");
        assertThat(written(Tables.durations(Tally.NONE), TableFormat.CSV).lines())
                .hasSize(10)
                .contains("0,60,0,", "3600,,0,");
    }

    @Test
    void partsWithNamesAndTheRest() throws IOException {
        PartTallies.Sum sum = new PartTallies.Sum(Part.ANSWERED_BY);
        sum.add(Facts.own("c1", "springy", 20, 300));
        sum.add(Facts.own("c2", "springy", 20, 300));
        sum.add(Facts.own("c3", "rainy", 20, 300));
        sum.add(Facts.missed("c4", Facts.NOON));

        String csv =
                written(Tables.parts(sum.tallies(2), id -> id.equals("springy") ? "=Springy" : null), TableFormat.CSV);

        assertThat(csv.lines()).hasSize(4).startsWith("answered_by,name,row," + COUNTED);
        assertThat(csv).contains("\nspringy,'=Springy,value,2,", "\nrainy,,value,1,", "\n,,others,1,0,1,");
    }

    @Test
    void aBalance() throws IOException {
        PartTallies.Sum homes = new PartTallies.Sum(Part.HOME);
        PartTallies.Sum answering = new PartTallies.Sum(Part.ANSWERED_BY);
        ChatFact given = Facts.through("c1", "springy", "rainy", 20, 300);
        homes.add(given);
        answering.add(given);

        Balance balance = Balance.of(homes.tallies(10), answering.tallies(10));

        assertThat(written(Tables.balance(balance, id -> "The " + id), TableFormat.CSV))
                .isEqualTo(
                        "institution,name,requested,answered,answered_share,by_own_library,received,given,surplus,carried_share\r\n"
                                + "rainy,The rainy,0,0,,0,0,1,1,1\r\n"
                                + "springy,The springy,1,1,1,0,1,0,-1,0\r\n");
    }
}
