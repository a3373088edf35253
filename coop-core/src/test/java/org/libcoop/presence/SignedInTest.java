package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.OperatorId;

/** Since when a library is without anybody signed in (X5). */
class SignedInTest {

    private static final NodeId NODE = new NodeId("n1");
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("ben");

    private final Map<OperatorId, List<OperatorPresence>> rows = new HashMap<>();

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(1_000_000 + second);
    }

    private void in(OperatorId who, int second) {
        add(last(who).signedIn(at(second)).attached(new Attachment(NODE, null), node -> false, at(second)));
    }

    private void out(OperatorId who, int second) {
        add(last(who).signedOut(at(second), SignOff.self(who)));
    }

    private void silentSince(OperatorId who, int second) {
        add(last(who).attached(new Attachment(NODE, at(second)), node -> false, at(second)));
    }

    private void add(OperatorPresence row) {
        rows.computeIfAbsent(row.operator(), none -> new ArrayList<>()).add(row);
    }

    private OperatorPresence last(OperatorId who) {
        List<OperatorPresence> known = rows.getOrDefault(who, List.of());
        return known.isEmpty() ? OperatorPresence.unknown(who) : known.get(known.size() - 1);
    }

    private Optional<Instant> since(int now) {
        return since(now, null);
    }

    private Optional<Instant> since(int now, @Nullable Instant end) {
        return SignedIn.signedOffSince(rows.values(), node -> end, at(now));
    }

    @Test
    void nobodyWasEverThere() {
        assertThat(since(100)).isEmpty();
    }

    @Test
    void itIsTheLastOneWhoLeft() {
        in(ANA, 10);
        in(BEN, 20);
        out(ANA, 30);
        assertThat(since(40)).isEmpty();
        out(BEN, 50);

        assertThat(since(60)).contains(at(50));
    }

    @Test
    void inTheMorningItIsStillTheEveningBefore() {
        in(ANA, 10);
        out(ANA, 50);
        in(BEN, 500);

        assertThat(since(600)).contains(at(50));
    }

    @Test
    void whoFellSilentLeftWithTheLastSignOfLife() {
        in(ANA, 10);
        silentSince(ANA, 45);
        assertThat(since(600)).contains(at(45));
    }

    @Test
    void whoseNodeDiedLeftWithIt() {
        in(ANA, 10);

        assertThat(since(600, at(70))).contains(at(70));
        assertThat(since(600)).isEmpty();
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Beside a walk from second to second. */
    @ParameterizedTest
    @MethodSource("seeds")
    void asASecondBySecondWalkSays(int seed) {
        Random random = new Random(seed);
        for (OperatorId who : List.of(ANA, BEN)) {
            boolean signedIn = false;
            for (int second = random.nextInt(40); second < 200; second += 1 + random.nextInt(40)) {
                if (signedIn) {
                    out(who, second);
                } else {
                    in(who, second);
                }
                signedIn = !signedIn;
                for (int s = second; s < 200; s++) {
                    mark(s, who, signedIn);
                }
            }
        }
        Integer expected = null;
        boolean before = false;
        for (int second = 0; second < 200; second++) {
            boolean now = present(second);
            if (before && !now) {
                expected = second;
            }
            before = now;
        }

        assertThat(since(200)).isEqualTo(Optional.ofNullable(expected).map(SignedInTest::at));
    }

    private final Map<Integer, Map<OperatorId, Boolean>> marks = new HashMap<>();

    private void mark(int second, OperatorId who, boolean signedIn) {
        marks.computeIfAbsent(second, none -> new HashMap<>()).put(who, signedIn);
    }

    private boolean present(int second) {
        return marks.getOrDefault(second, Map.of()).containsValue(true);
    }
}
