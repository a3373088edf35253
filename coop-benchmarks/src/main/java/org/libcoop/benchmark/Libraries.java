package org.libcoop.benchmark;

import java.time.Duration;
import java.util.Arrays;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;

/** The directories that the engine is measured with. */
final class Libraries {

    /** When a co-op opens to a chat that waits (R3): long enough for 50,000 chats to be made ready meanwhile. */
    static final Duration FALLBACK = Duration.ofMinutes(50);

    static final WidgetId ASK = WidgetId.of("ask");
    /** Whose chats go to the desk of the {@link #crowd}. */
    static final WidgetId PILE = WidgetId.of("pile");

    static final Option DESK = Option.department("desk");
    static final Option COOP = Option.coop("academic");
    static final OperatorId AT_THE_DESK = OperatorId.of("olga");
    static final OperatorId IN_THE_COOP = OperatorId.of("carl");

    /** A librarian with no desk and no co-op: connecting asks the engine for nothing but to be there. */
    static final OperatorId BYSTANDER = OperatorId.of("nora");

    private Libraries() {}

    /** One library with a desk, and a co-op that opens by time to whom the desk does not answer. */
    static Directory deskAndCoop() {
        return patient(Directory.builder())
                .institution("springy", "Springy University")
                .institution("partner", "Partner College")
                .operators("springy", AT_THE_DESK.value(), BYSTANDER.value())
                .operators("partner", IN_THE_COOP.value())
                .department("desk", "springy", "Reference", AT_THE_DESK.value())
                .localCoop("academic", "Academic libraries")
                .member("springy")
                .member("partner")
                .account("academic", IN_THE_COOP.value(), CoopAccount.Level.REGULAR)
                .widget(
                        ASK.value(),
                        "springy",
                        widget -> widget.route(DESK, COOP).timedFallback(FALLBACK))
                .build();
    }

    /** Libraries that have nothing to do with each other, each with a desk and so many librarians at it. */
    static Directory desks(int desks, int librarians) {
        DirectoryBuilder builder = patient(Directory.builder());
        for (int i = 0; i < desks; i++) {
            String institution = "library-" + i;
            Option desk = desk(i);
            builder.institution(institution, "Library " + i);
            String[] members = new String[librarians];
            for (int j = 0; j < librarians; j++) {
                members[j] = librarian(i, j).value();
            }
            builder.operators(institution, members);
            builder.department("desk-" + i, institution, "Reference", members);
            builder.widget(widget(i).value(), institution, widget -> widget.route(desk));
        }
        return builder.build();
    }

    static Option desk(int library) {
        return Option.department("desk-" + library);
    }

    static WidgetId widget(int library) {
        return WidgetId.of("widget-" + library);
    }

    static OperatorId librarian(int library, int number) {
        return OperatorId.of("librarian-" + library + "-" + number);
    }

    /**
     * A library that asks a co-op at once, whose librarians are so many; and a desk of its own for the last of them. The limits
     * that keep strangers in check are out of the way, and clients need not show that they live before the measuring is over.
     */
    static Directory crowd(int librarians) {
        DirectoryBuilder builder = patient(Directory.builder())
                .policy("ownerGrace", "1h")
                .policy("lease", "5m")
                .policy("renewEvery", "100s")
                .policy("patronGrace", "1h")
                .policy("patronAway", "1h")
                .policy("connectionMessages", "10000")
                .policy("addressMessages", "1000000")
                .policy("addressConnections", "100000")
                .policy("addressChats", "100000")
                .policy("addressChatStarts", "100000")
                .policy("outboxBytes", "64 MiB")
                .institution("springy", "Springy University")
                .institution("partner", "Partner College");
        String[] everybody = new String[librarians];
        Arrays.setAll(everybody, i -> member(i).value());
        builder.operators("partner", everybody);
        builder.localCoop("academic", "Academic libraries").member("springy").member("partner");
        for (String one : everybody) {
            builder.account("academic", one, CoopAccount.Level.REGULAR);
        }
        return builder.department("desk", "partner", "Reference", everybody[librarians - 1])
                .widget(
                        ASK.value(),
                        "springy",
                        widget -> widget.name("Databases").route(COOP))
                .widget(PILE.value(), "partner", widget -> widget.route(DESK))
                .build();
    }

    /** A librarian of the {@link #crowd}. */
    static OperatorId member(int number) {
        return OperatorId.of("librarian-" + number);
    }

    /** Nothing but what is measured happens to a chat meanwhile. */
    private static DirectoryBuilder patient(DirectoryBuilder builder) {
        return builder.policy("unansweredAfter", "1h").policy("giveUpAfter", "24h");
    }
}
