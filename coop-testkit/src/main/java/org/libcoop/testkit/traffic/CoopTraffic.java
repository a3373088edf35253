package org.libcoop.testkit.traffic;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.Source;

/**
 * The chats of a co-op of so many libraries, as facts, drawn from a seed: arrivals at random with an evening peak for university and a
 * day's curve for public libraries, now and then a class of 20 to 30 within two minutes; of each library a share of 35 to 75 % that others
 * answer, of all about 28 % the backup staff and about 4 % nobody; waits around the library's {@code timedFallback} of 0, 15, 30 or 60 s;
 * durations with a long tail and a mean of 8 to 15 minutes.
 *
 * <p>Libraries are {@code lib0}, {@code lib1} and so on, of four zones; each has an admin ({@code lib0-admin}) and two librarians
 * ({@code lib0-a}, {@code lib0-b}) in the global co-op {@code academic}, {@code -a} as its INSTITUTION_ADMIN and {@code lib0-a} as
 * COOP_ADMIN besides; the institution {@code night} provides {@value #BACKUP} backup staff ({@code night-0} …) and has an admin ({@code
 * night-admin}). The same seed gives the same chats. <em>One thread at a time.</em>
 */
@Beta
public final class CoopTraffic implements Iterator<ChatFact> {

    /** The co-op. */
    public static final CoopId COOP = CoopId.of("academic");

    /** The institution of the backup staff. */
    public static final InstitutionId NIGHT = InstitutionId.of("night");

    private static final int BACKUP = 12;
    private static final Stage MEMBERS = Stage.of(Option.coop(COOP));
    private static final Stage AT_NIGHT = Stage.backup(COOP);
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Chicago"),
            ZoneId.of("America/Denver"),
            ZoneId.of("America/Los_Angeles"));
    private static final List<Integer> FALLBACKS = List.of(0, 15, 30, 60);
    private static final List<String> BROWSERS =
            List.of("Chrome 141", "Safari 26", "Firefox 144", "Edge 141", "Samsung Internet 28");
    private static final List<String> SYSTEMS = List.of("Windows 11", "iOS 26", "Android 16", "macOS 26", "Linux");

    /** How many chats a university library has in each hour, in relation to each other; then a public one. */
    private static final double[][] HOURS = {
        {4, 3, 2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 9, 9, 9, 10, 14, 14, 12, 10, 8, 6},
        {1, 1, 0.5, 0.5, 0.5, 0.5, 1, 3, 6, 12, 14, 14, 13, 12, 8, 7, 6, 5, 4, 4, 3, 3, 2, 1},
    };

    private static final double FOREIGN_LEAST = 0.35;
    private static final double FOREIGN_MOST = 0.75;
    private static final double BACKUP_SHARE = 0.28;
    private static final double ABANDONED = 0.04;
    private static final double DISMISSED = 0.004;
    private static final double RATED = 0.2;
    private static final double QA_RATED = 0.01;
    private static final double BURSTS = 0.001;

    /** One library, and how much it has to do with others. */
    private record Library(
            InstitutionId id, ZoneId zone, boolean ofUniversity, double weight, double foreign, int fallback) {}

    private final Random random;
    private final List<Library> libraries = new ArrayList<>();
    private final double[] upTo;
    private final long chats;
    private final long from;
    private final double millisEach;
    private final Deque<Instant> burst = new ArrayDeque<>();
    private @Nullable Library bursting;
    private long given;

    /**
     * Traffic of so many libraries and chats, that begin in about the order of their starts.
     *
     * @param first the first day, of UTC
     * @param days how many days
     * @throws IllegalArgumentException if there is no library, no chat or no day
     */
    public CoopTraffic(long seed, int libraryCount, long chats, LocalDate first, int days) {
        if (libraryCount < 1 || chats < 1 || days < 1) {
            throw new IllegalArgumentException(
                    "no traffic of " + libraryCount + " libraries, " + chats + " chats, " + days + " days");
        }
        this.random = new Random(seed);
        this.chats = chats;
        this.from = first.atStartOfDay(ZoneId.of("UTC")).toInstant().toEpochMilli();
        this.millisEach = Duration.ofDays(days).toMillis() / (double) chats;
        this.upTo = new double[libraryCount];
        double sum = 0;
        for (int i = 0; i < libraryCount; i++) {
            double weight = Math.exp(random.nextGaussian());
            sum += weight;
            upTo[i] = sum;
            libraries.add(new Library(
                    InstitutionId.of("lib" + i),
                    ZONES.get(random.nextInt(ZONES.size())),
                    random.nextInt(3) > 0,
                    weight,
                    FOREIGN_LEAST + (FOREIGN_MOST - FOREIGN_LEAST) * random.nextDouble(),
                    FALLBACKS.get(random.nextInt(FALLBACKS.size()))));
        }
    }

    /** The libraries, in order. */
    public List<InstitutionId> libraries() {
        return libraries.stream().map(Library::id).toList();
    }

    /** The directory of those who had the chats. */
    public Directory directory() {
        DirectoryBuilder builder = Directory.builder();
        builder.institution(NIGHT.value(), "Night Librarians")
                .operators(NIGHT.value(), NIGHT + "-admin")
                .admins(NIGHT + "-admin");
        List<String> backup = new ArrayList<>();
        for (int i = 0; i < BACKUP; i++) {
            backup.add(NIGHT + "-" + i);
        }
        builder.operators(NIGHT.value(), backup.toArray(new String[0]));
        for (Library library : libraries) {
            String id = library.id().value();
            builder.institution(id, "Library " + id.substring(3), library.zone().getId())
                    .operators(id, id + "-admin", id + "-a", id + "-b")
                    .admins(id + "-admin")
                    .department(id + "-desk", id, "Desk", id + "-a", id + "-b");
        }
        builder.globalCoop(COOP.value(), "The co-op").backup(backup.toArray(new String[0]));
        for (Library library : libraries) {
            builder.member(library.id().value());
        }
        for (Library library : libraries) {
            String id = library.id().value();
            boolean first = library.equals(libraries.get(0));
            builder.account(COOP.value(), id + "-a", first ? Level.COOP_ADMIN : Level.INSTITUTION_ADMIN)
                    .account(COOP.value(), id + "-b", Level.REGULAR)
                    .widget(
                            id + "-site",
                            id,
                            w -> w.route(Option.department(id + "-desk"), Option.coop(COOP))
                                    .timedFallback(Duration.ofSeconds(library.fallback())));
        }
        return builder.build();
    }

    @Override
    public boolean hasNext() {
        return given < chats;
    }

    @Override
    public ChatFact next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + chats + " chats have been given");
        }
        String id = "traffic" + given;
        given++;
        Instant next = burst.poll();
        if (next != null) {
            return fact(id, Objects.requireNonNull(bursting, "bursting"), next);
        }
        Library library = library();
        Instant start = start(library);
        if (random.nextDouble() < BURSTS) {
            bursting = library;
            for (int i = 20 + random.nextInt(11); i > 1; i--) {
                burst.add(start.plusMillis(random.nextInt(120_000)));
            }
        }
        return fact(id, library, start);
    }

    private Library library() {
        double drawn = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, drawn);
        return libraries.get(Math.min(found < 0 ? -found - 1 : found, libraries.size() - 1));
    }

    /** Around the place of this chat among all, at an hour at which people ask, less at weekends. */
    private Instant start(Library library) {
        double[] hours = HOURS[library.ofUniversity() ? 0 : 1];
        while (true) {
            long about = from + (long) ((given - 1 + random.nextDouble()) * millisEach);
            long day = Duration.ofDays(1).toMillis();
            Instant at = Instant.ofEpochMilli(about - Math.floorMod(about, day) + (long) (random.nextDouble() * day));
            ZonedDateTime local = at.atZone(library.zone());
            boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (random.nextDouble() * 14 < hours[local.getHour()] * (weekend ? 0.5 : 1)) {
                return at;
            }
        }
    }

    private ChatFact fact(String id, Library library, Instant start) {
        double drawn = random.nextDouble();
        ChatOutcome outcome = drawn < ABANDONED
                ? ChatOutcome.MISSED
                : drawn < ABANDONED + DISMISSED ? ChatOutcome.DISMISSED : ChatOutcome.ANSWERED;
        ChatFact.Answer answer = outcome == ChatOutcome.ANSWERED ? answer(library) : null;
        boolean foreign = answer != null && answer.coop().isPresent();
        Integer qa = foreign && random.nextDouble() < QA_RATED ? stars() : null;
        return new ChatFact(
                ChatId.of(id),
                library.id(),
                WidgetId.of(library.id() + "-site"),
                start,
                outcome,
                answer,
                source(library),
                answer != null && random.nextDouble() < RATED ? stars() : null,
                qa,
                10,
                qa == null ? 0 : 1,
                false);
    }

    private ChatFact.Answer answer(Library library) {
        Duration lasted = Duration.ofMillis((long) (1_000 * Math.exp(6.1 + 0.8 * random.nextGaussian())));
        if (random.nextDouble() >= library.foreign()) {
            String own = library.id() + (random.nextBoolean() ? "-a" : "-b");
            return new ChatFact.Answer(
                    OperatorId.of(own),
                    library.id(),
                    Stage.of(Option.department(library.id() + "-desk")),
                    after(0, 12),
                    lasted);
        }
        double ofForeign = BACKUP_SHARE / ((FOREIGN_LEAST + FOREIGN_MOST) / 2);
        if (random.nextDouble() < ofForeign) {
            return new ChatFact.Answer(
                    OperatorId.of(NIGHT + "-" + random.nextInt(BACKUP)),
                    NIGHT,
                    AT_NIGHT,
                    after(library.fallback() + 40, 10),
                    lasted);
        }
        Library other = libraries.get(random.nextInt(libraries.size()));
        return new ChatFact.Answer(
                OperatorId.of(other.id() + (random.nextBoolean() ? "-a" : "-b")),
                other.id(),
                MEMBERS,
                after(library.fallback(), 15),
                lasted);
    }

    /** So many seconds, and then as long as it takes somebody. */
    private Duration after(int seconds, int mean) {
        return Duration.ofMillis(seconds * 1_000L + (long) (-Math.log(1 - random.nextDouble()) * mean * 1_000));
    }

    private Source source(Library library) {
        String url = "https://www." + library.id() + ".example/" + "page"
                + Math.min(19, (int) (-Math.log(1 - random.nextDouble()) * 4));
        boolean unknown = random.nextInt(10) == 0;
        int device = (int) (BROWSERS.size() * Math.pow(random.nextDouble(), 2));
        return Source.of(unknown ? null : url, BROWSERS.get(device), SYSTEMS.get(device));
    }

    private int stars() {
        double drawn = random.nextDouble();
        return drawn < 0.7 ? 5 : drawn < 0.85 ? 4 : drawn < 0.92 ? 3 : drawn < 0.96 ? 2 : 1;
    }
}
