package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.junit.ArchiveSetting.atOnce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.libcoop.access.Operation;
import org.libcoop.directory.InstitutionId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditQuery.Result;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;

/** AT1 to AT4 and AT9: what is recorded is kept, found, and forgotten when asked. */
abstract class AuditKeepingRules extends AuditSetting {

    // ---- AT1

    @Test
    void at01_whatIsRecordedIsReadOnEveryNode() {
        Random random = new Random(1);
        List<AuditRecord> first = new ArrayList<>();
        List<AuditRecord> second = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            first.add(any("first-" + i, random));
            second.add(any("second-" + i, random));
        }

        trail().record(first);
        elsewhere().record(second);
        trail().record(List.of());

        List<AuditRecord> both = new ArrayList<>(first);
        both.addAll(second);
        assertThat(all()).containsExactlyInAnyOrderElementsOf(both);
    }

    // ---- AT2

    @Test
    void at02_ofRecordsWithOneIdTheFirstStays() {
        AuditRecord first = plain("r", 5);
        trail().record(List.of(first));

        elsewhere().record(List.of(plain("r", 9).refusedWith(RefusalCode.NOT_ALLOWED), plain("s", 1)));
        trail().record(List.of(first, first, plain("s", 1)));

        assertThat(all()).containsExactly(first, plain("s", 1));
        assertThat(all(AuditQuery.ALL.institution(LIBRARIES.get(0)), 10)).containsExactly(first, plain("s", 1));
    }

    @Test
    void at02_severalThatBringTheSameAtOnceRecordItOnce() {
        for (int round = 0; round < ArchiveSetting.ROUNDS; round++) {
            List<AuditRecord> same = List.of(plain("a" + round, round), plain("b" + round, round));

            atOnce(thread -> (thread % 2 == 0 ? trail() : elsewhere()).record(same));
        }

        assertThat(all()).hasSize(2 * ArchiveSetting.ROUNDS);
    }

    // ---- AT3

    @Test
    void at03_everyCharacterMillisecondAndNumberIsKept() {
        List<AuditRecord> records = new ArrayList<>();
        for (String id : List.of("plain", "it's; -- %_\\", "\u00e4\u0416\u6f22", "\ud83d\udcda", " spaced ", "=,|")) {
            records.add(new AuditRecord(
                    "id " + id,
                    at(records.size()),
                    Who.HOST,
                    Operation.MANAGE_ACCOUNT,
                    new Thing(Kind.ACCOUNT, id, id),
                    new TreeSet<>(List.of(InstitutionId.of(id), InstitutionId.of("a"))),
                    null,
                    new TreeMap<>(Map.of("least", Long.MIN_VALUE, "most", Long.MAX_VALUE, "no-ne", 0L, "minus", -1L)),
                    id));
        }

        trail().record(records);

        assertThat(all()).containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void at03_everyOperationKindRoleAndCodeIsKept() {
        List<AuditRecord> records = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            records.add(
                    AuditRecord.done("o" + records.size(), at(0), Who.HOST, operation, Thing.deployment(), List.of()));
        }
        for (Kind kind : Kind.values()) {
            records.add(AuditRecord.done(
                    "k" + records.size(), at(0), Who.HOST, Operation.ADMINISTER, Thing.of(kind, "x"), LIBRARIES));
        }
        for (Who who : PEOPLE) {
            records.add(AuditRecord.done(
                    "w" + records.size(), at(0), who, Operation.ADMINISTER, Thing.deployment(), LIBRARIES));
        }
        for (RefusalCode code : RefusalCode.values()) {
            records.add(plain("c" + records.size(), 0).refusedWith(code));
        }

        trail().record(records);

        assertThat(all()).containsExactlyInAnyOrderElementsOf(records);
    }

    // ---- AT4

    @Test
    void at04_whatIsAskedForIsFoundAndNothingElse() {
        Random random = new Random(4);
        List<AuditRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            records.add(any("r" + i, random));
        }
        trail().record(records);

        for (int i = 0; i < 150; i++) {
            AuditQuery query = anyQuery(random);
            List<AuditRecord> expected = records.stream().filter(query::asksFor).toList();

            assertThat(all(query, 1 + random.nextInt(40)))
                    .as("%s", query)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static AuditQuery anyQuery(Random random) {
        AuditQuery query = AuditQuery.ALL.result(one(Result.values(), random));
        if (random.nextBoolean()) {
            query = query.institution(LIBRARIES.get(random.nextInt(LIBRARIES.size())));
        }
        if (random.nextInt(3) == 0) {
            query = query.who(PEOPLE.get(random.nextInt(PEOPLE.size())));
        }
        if (random.nextInt(4) == 0) {
            query = query.operation(one(Operation.values(), random));
        }
        return switch (random.nextInt(4)) {
            case 0 -> query;
            case 1 -> query.between(at(random.nextInt(3_000)), null);
            case 2 -> query.between(null, at(random.nextInt(3_000)));
            default -> query.between(at(random.nextInt(1_500)), at(1_500 + random.nextInt(1_500)));
        };
    }

    @Test
    void at04_theFirstInstantAskedForIsInAndTheLastIsOut() {
        trail().record(List.of(plain("a", 0), plain("b", 1), plain("c", 2), plain("d", 3)));

        assertThat(all(AuditQuery.ALL.between(at(1), at(3)), 10)).containsExactly(plain("c", 2), plain("b", 1));
        assertThat(all(AuditQuery.ALL.between(at(1).minusNanos(1), at(1).plusNanos(1)), 10))
                .containsExactly(plain("b", 1));
        assertThat(all(AuditQuery.ALL.between(at(1).plusNanos(1), at(2)), 10)).isEmpty();
        assertThat(all(AuditQuery.ALL.between(at(3), at(1)), 10)).isEmpty();
    }

    // ---- AT9

    @Test
    void at09_whatIsFromBeforeAnInstantIsForgottenAndNothingElse() {
        trail().record(List.of(plain("a", 0), plain("b", 1), plain("c", 2), plain("d", 3)));

        assertThat(trail().forget(at(2))).isEqualTo(2);

        assertThat(all()).containsExactly(plain("d", 3), plain("c", 2));
        assertThat(all(AuditQuery.ALL.institution(LIBRARIES.get(0)), 1)).containsExactly(plain("d", 3), plain("c", 2));
        assertThat(elsewhere().forget(at(2))).isZero();
    }
}
