package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Option;

/**
 * Draws a small world: two to five institutions with desks, one to three co-ops over them, widgets with any route, and
 * policies short enough for a run to meet every deadline often.
 */
final class DirectoryDraw {

    private static final int[] FALLBACKS = {0, 15, 30, 60};

    private final Random random;
    private final DirectoryBuilder builder = Directory.builder();
    private final List<List<String>> operators = new ArrayList<>();
    private final List<List<String>> departments = new ArrayList<>();
    private final List<List<String>> coopsOf = new ArrayList<>();

    private DirectoryDraw(Random random) {
        this.random = random;
    }

    static Directory draw(Random random) {
        return new DirectoryDraw(random).directory();
    }

    private Directory directory() {
        int institutions = 2 + random.nextInt(4);
        for (int i = 0; i < institutions; i++) {
            institution(i);
        }
        int coops = 1 + random.nextInt(3);
        for (int c = 0; c < coops; c++) {
            coop(c, institutions);
        }
        for (int i = 0; i < institutions; i++) {
            widgets(i);
        }
        policies();
        return builder.build();
    }

    private void institution(int number) {
        String id = "i" + number;
        builder.institution(id, "Library " + number);
        List<String> people = new ArrayList<>();
        for (int o = 0; o <= random.nextInt(3); o++) {
            people.add(id + "o" + o);
        }
        builder.operators(id, people.toArray(new String[0]));
        List<String> desks = new ArrayList<>();
        for (int d = 0; d <= random.nextInt(2); d++) {
            String desk = id + "d" + d;
            desks.add(desk);
            builder.department(desk, id, desk, some(people));
        }
        operators.add(people);
        departments.add(desks);
        coopsOf.add(new ArrayList<>());
    }

    private void coop(int number, int institutions) {
        boolean global = random.nextInt(3) > 0;
        String id = (global ? "g" : "l") + number;
        if (global) {
            builder.globalCoop(id, "Global " + number);
            builder.backupDelay(Duration.ofSeconds(10L * random.nextInt(5)));
        } else {
            builder.localCoop(id, "Local " + number);
        }
        boolean anybody = false;
        for (int i = 0; i < institutions; i++) {
            if (random.nextInt(5) > 0 || (!anybody && i == institutions - 1)) {
                anybody = true;
                member(id, i);
            }
        }
        if (global && random.nextInt(4) > 0) {
            backup(id);
        }
    }

    private void member(String coop, int institution) {
        boolean contributes = random.nextInt(6) > 0;
        Coverage coverage = random.nextInt(12) > 0
                ? Coverage.always()
                : random.nextBoolean() ? Coverage.none() : Coverage.hours(List.of("MON 12:00-12:05"), List.of());
        builder.member(
                "i" + institution,
                contributes ? Membership.Kind.CONTRIBUTING : Membership.Kind.NON_CONTRIBUTING,
                coverage);
        coopsOf.get(institution).add(coop);
        for (String operator : operators.get(institution)) {
            if (random.nextInt(4) > 0) {
                builder.account(coop, operator, CoopAccount.Level.REGULAR);
            }
        }
    }

    private void backup(String coop) {
        String provider = "p" + coop;
        builder.institution(provider, "Provider of " + coop);
        String[] staff =
                random.nextBoolean() ? new String[] {provider + "a"} : new String[] {provider + "a", provider + "b"};
        builder.operators(provider, staff);
        builder.backup(staff);
    }

    private void widgets(int institution) {
        for (int w = 0; w <= random.nextInt(2); w++) {
            List<Option> options = new ArrayList<>();
            departments.get(institution).forEach(desk -> options.add(Option.department(desk)));
            coopsOf.get(institution).forEach(coop -> options.add(Option.coop(coop)));
            if (random.nextInt(3) == 0) {
                List<String> people = operators.get(institution);
                options.add(Option.operator(people.get(random.nextInt(people.size()))));
            }
            java.util.Collections.shuffle(options, random);
            if (random.nextInt(3) > 0) {
                options.sort(java.util.Comparator.comparing(option -> option.kind() == Option.Kind.COOP));
            }
            List<Option> route = List.copyOf(options.subList(0, 1 + random.nextInt(options.size())));
            Duration fallback = Duration.ofSeconds(FALLBACKS[random.nextInt(FALLBACKS.length)]);
            builder.widget(
                    "i" + institution + "w" + w,
                    "i" + institution,
                    widget -> widget.route(route).timedFallback(fallback));
        }
    }

    private void policies() {
        int lease = 5 + random.nextInt(20);
        builder.policy("lease", lease + "s")
                .policy("ownerGrace", lease + random.nextInt(30) + "s")
                .policy("patronGrace", 5 + random.nextInt(40) + "s")
                .policy("patronAway", 5 + random.nextInt(60) + "s")
                .policy("unansweredAfter", 5 + random.nextInt(60) + "s")
                .policy("giveUpAfter", 30 + random.nextInt(120) + "s")
                .policy("awayMonitors", random.nextInt(3) > 0 ? "true" : "false");
        if (random.nextInt(3) == 0) {
            builder.policy("operatorLimit", Integer.toString(1 + random.nextInt(4)));
        }
    }

    private String[] some(List<String> people) {
        List<String> drawn = new ArrayList<>();
        for (String person : people) {
            if (random.nextInt(4) > 0) {
                drawn.add(person);
            }
        }
        return drawn.toArray(new String[0]);
    }
}
