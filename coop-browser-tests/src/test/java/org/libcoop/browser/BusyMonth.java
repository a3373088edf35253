package org.libcoop.browser;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.Source;
import org.libcoop.report.StaffedTime;
import org.libcoop.spi.Facts;

/** What a busy month leaves behind at the demo's two university libraries and their backup staff: the same each time but for its days. */
final class BusyMonth {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy-university");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final InstitutionId PROVIDER = InstitutionId.of("provider");
    private static final Stage DESK = Stage.of(Option.department("reference"));
    private static final Stage MEMBERS = Stage.of(Option.coop("academic"));
    private static final Stage BACKUP = Stage.backup(CoopId.of("academic"));
    private static final List<String> BROWSERS = List.of("Firefox 145", "Chrome 142", "Safari 26", "Edge 142");
    private static final List<String> SYSTEMS = List.of("Windows 11", "macOS", "Android", "iOS");
    private static final List<String> PAGES = List.of("az", "catalog/search", "hours", "guides/psychology", "renew");

    private final Random random = new Random(17);
    private final List<ChatFact> chats = new ArrayList<>();
    private final List<StaffedTime> staffed = new ArrayList<>();

    /** Has a month that ends today counted. */
    static void count(Facts facts) {
        BusyMonth month = new BusyMonth();
        LocalDate today = LocalDate.now(ZONE);
        for (LocalDate day = today.minusDays(35); day.isBefore(today); day = day.plusDays(1)) {
            month.day(day);
        }
        facts.keep(month.chats);
        facts.keepStaffed(month.staffed);
    }

    private void day(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        if (!weekend) {
            there(DESK, SPRINGY, day, 9, 17);
            there(MEMBERS, SPRINGY, day, 10, 14);
            there(MEMBERS, HILL, day, 12, 21);
        }
        there(BACKUP, PROVIDER, day, weekend ? 0 : 20, 24);
        for (int hour = 8; hour < 24; hour++) {
            double busy = (weekend ? 0.6 : 1.6) * Math.exp(-Math.pow((hour - (weekend ? 20 : 16)) / 5.0, 2)) * 2;
            for (int i = (int) Math.round(busy * random.nextDouble() * 2); i > 0; i--) {
                chat(day.atTime(hour, random.nextInt(60)).atZone(ZONE).toInstant(), hour, weekend);
            }
        }
    }

    private void there(Stage stage, InstitutionId institution, LocalDate day, int from, int to) {
        Instant begin = day.atStartOfDay(ZONE)
                .plusHours(from)
                .plusMinutes(random.nextInt(20))
                .toInstant();
        staffed.add(new StaffedTime(
                stage, institution, begin, begin.plus(Duration.ofMinutes((to - from) * 60L - random.nextInt(30)))));
    }

    private void chat(Instant start, int hour, boolean weekend) {
        boolean missed = random.nextInt(14) == 0;
        boolean desk = !weekend && hour < 17 && random.nextInt(3) > 0;
        boolean backup = weekend || hour >= 21;
        Stage through = desk ? DESK : backup ? BACKUP : MEMBERS;
        InstitutionId institution = desk ? SPRINGY : backup ? PROVIDER : HILL;
        String operator = desk
                ? random.nextInt(3) == 0 ? "ben" : "ana"
                : backup ? "maya" : random.nextInt(4) == 0 ? "ian" : "olga";
        long wait = (desk ? 4 : backup ? 58 : 18) + Math.round(Math.exp(random.nextDouble() * 4));
        int page = Math.min(PAGES.size() - 1, (int) Math.abs(random.nextGaussian() * 2));
        chats.add(new ChatFact(
                ChatId.of("busy" + chats.size()),
                SPRINGY,
                WidgetId.of("databases"),
                start,
                missed ? ChatOutcome.MISSED : ChatOutcome.ANSWERED,
                missed
                        ? null
                        : new ChatFact.Answer(
                                OperatorId.of(operator),
                                institution,
                                through,
                                Duration.ofSeconds(wait),
                                Duration.ofSeconds(120 + Math.round(Math.exp(4 + random.nextGaussian())) * 4)),
                Source.of(
                        "https://library.springy.example.edu/" + PAGES.get(page),
                        BROWSERS.get(random.nextInt(BROWSERS.size())),
                        SYSTEMS.get(random.nextInt(SYSTEMS.size()))),
                missed || random.nextInt(3) > 0 ? null : 5 - Math.min(4, (int) Math.abs(random.nextGaussian())),
                missed || random.nextInt(12) > 0 ? null : 4 + random.nextInt(2),
                6,
                0,
                false));
    }
}
