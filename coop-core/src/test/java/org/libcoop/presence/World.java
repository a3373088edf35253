package org.libcoop.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * A small world for tests: Springy with a reference desk (ana, ben) and a circulation desk (carl, the local admin), Hill (olga) and Lake
 * (paul) in the global co-op with it, Quarry (quinn) in it without contributing, maya and nils its backup staff, and sven of
 * a library that has nothing to do with any of it. Rows of presence are told to a {@link Presence} one after the other.
 */
public final class World {

    public static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    public static final InstitutionId SPRINGY = InstitutionId.of("springy");
    public static final InstitutionId HILL = InstitutionId.of("hill");
    public static final CoopId ACADEMIC = CoopId.of("academic");

    public static final OperatorId ANA = OperatorId.of("ana");
    public static final OperatorId BEN = OperatorId.of("ben");
    public static final OperatorId CARL = OperatorId.of("carl");
    public static final OperatorId OLGA = OperatorId.of("olga");
    public static final OperatorId PAUL = OperatorId.of("paul");
    public static final OperatorId QUINN = OperatorId.of("quinn");
    public static final OperatorId MAYA = OperatorId.of("maya");
    public static final OperatorId SVEN = OperatorId.of("sven");

    public static final Option REFERENCE = Option.department("reference");
    public static final Option CIRCULATION = Option.department("circulation");
    public static final Option COOP = Option.coop(ACADEMIC);
    public static final Stage DESK = Stage.of(REFERENCE);
    public static final Stage MEMBERS = Stage.of(COOP);
    public static final Stage BACKUP = Stage.backup(ACADEMIC);

    /** The node that vouches for everybody unless a test says otherwise. */
    public static final NodeId NODE = new NodeId("node-1");

    private final Presence presence;
    private final Map<OperatorId, OperatorPresence> rows = new HashMap<>();
    private Set<Stage> touched = Set.of();

    private World(Directory directory) {
        presence = new Presence(directory);
    }

    /** A world in which nobody is there yet. */
    public static World of(Directory directory) {
        return new World(directory);
    }

    /** The world above with the policies as given: name, value, name, value. */
    public static World with(String... policies) {
        DirectoryBuilder builder = directory();
        for (int i = 0; i < policies.length; i += 2) {
            builder.policy(policies[i], policies[i + 1]);
        }
        return of(builder.build());
    }

    /** The directory of the world above. */
    public static DirectoryBuilder directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operator("ana", "springy", "Ana")
                .operators("springy", "ben", "carl")
                .admins("carl")
                .department("reference", "springy", "Reference", "ana", "ben")
                .department("circulation", "springy", "Circulation", "carl")
                .institution("hill", "Hill College")
                .operator("olga", "hill", "Olga")
                .institution("lake", "Lake College")
                .operators("lake", "paul")
                .institution("quarry", "Quarry College")
                .operators("quarry", "quinn")
                .institution("provider", "Night Librarians")
                .operators("provider", "maya", "nils")
                .institution("elsewhere", "Elsewhere Library")
                .operators("elsewhere", "sven")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya", "nils")
                .member("springy")
                .member("hill")
                .member("lake")
                .member("quarry", Membership.Kind.NON_CONTRIBUTING)
                .account("academic", "olga", Level.REGULAR)
                .account("academic", "paul", Level.REGULAR)
                .account("academic", "quinn", Level.REGULAR)
                .widget("databases", "springy", w -> w.route(REFERENCE, COOP).timedFallback(Duration.ofSeconds(30)));
    }

    /** T0 and so many seconds, to the millisecond. */
    public static Instant at(double seconds) {
        return T0.plusMillis(Math.round(seconds * 1000));
    }

    public Presence presence() {
        return presence;
    }

    /** The stages whose service the last news touched. */
    public Set<Stage> touched() {
        return touched;
    }

    /** The row of {@code operator} as told last. */
    public OperatorPresence row(OperatorId operator) {
        return rows.getOrDefault(operator, OperatorPresence.unknown(operator));
    }

    /** Tells the next version of a row. */
    public World change(OperatorId operator, UnaryOperator<OperatorPresence> change) {
        OperatorPresence next = change.apply(row(operator)).successor();
        rows.put(operator, next);
        touched = presence.learn(next);
        return this;
    }

    /** Signed in, vouched for by {@link #NODE}, with these switches on, at T0 and so many seconds. */
    public World there(double seconds, OperatorId operator, Option... switches) {
        Instant when = at(seconds);
        return change(operator, row -> {
            OperatorPresence next = row.signedIn(when).attached(new Attachment(NODE, null), node -> false, when);
            for (Option option : switches) {
                next = next.withSwitch(option, true, when);
            }
            return next;
        });
    }

    /** Signs out at T0 and so many seconds. */
    public World leaves(double seconds, OperatorId operator) {
        return change(operator, row -> row.signedOut(at(seconds), SignOff.self(row.operator())));
    }

    /** Takes another status at T0 and so many seconds. */
    public World goes(double seconds, OperatorId operator, Status status) {
        return change(operator, row -> row.withStatus(status, at(seconds)));
    }

    /** {@link #NODE} has had no sign of life since T0 and so many seconds. */
    public World silentSince(double seconds, OperatorId operator) {
        return change(operator, row -> row.attached(new Attachment(NODE, at(seconds)), node -> false, at(seconds)));
    }

    /** Tells another directory from T0 and so many seconds on. */
    public World revised(double seconds, Directory directory) {
        touched = presence.learn(directory, at(seconds));
        return this;
    }
}
