package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.libcoop.access.Operation;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.AuditTrail;

/** What the rules of an audit trail are tried on: an empty trail for each test, seen from two nodes. */
abstract class AuditSetting {

    static final List<InstitutionId> LIBRARIES =
            List.of(InstitutionId.of("springy"), InstitutionId.of("mossy"), InstitutionId.of("Springy"));
    static final List<Who> PEOPLE = List.of(
            Who.operator(OperatorId.of("olga")),
            Who.operator(OperatorId.of("ana")),
            Who.operator(OperatorId.of("Ana")),
            Who.PATRON,
            Who.HOST,
            Who.SYSTEM);

    private AuditTrail trail;
    private AuditTrail elsewhere;

    /** An empty trail; the contract closes it. */
    protected abstract AuditTrail open();

    /** Another node's way to the trail that {@link #open} gave; the contract closes it. By default the same object. */
    protected AuditTrail another(AuditTrail opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        trail = open();
        elsewhere = another(trail);
    }

    @AfterEach
    void closeBoth() {
        if (elsewhere != trail) {
            elsewhere.close();
        }
        trail.close();
    }

    final AuditTrail trail() {
        return trail;
    }

    final AuditTrail elsewhere() {
        return elsewhere;
    }

    static Instant at(long millis) {
        return FinishedChat.T0.plusMillis(millis);
    }

    /** That the host deleted some chat's content, which concerns the first library. */
    static AuditRecord plain(String id, long millis) {
        return AuditRecord.done(
                id,
                at(millis),
                Who.HOST,
                Operation.DELETE_CONTENT,
                Thing.of(Kind.CHAT, "c-" + id),
                List.of(LIBRARIES.get(0)));
    }

    /** Any record, within the first three seconds. */
    static AuditRecord any(String id, Random random) {
        List<InstitutionId> concerned =
                LIBRARIES.stream().filter(library -> random.nextBoolean()).toList();
        AuditRecord record = AuditRecord.done(
                id,
                at(random.nextInt(3_000)),
                PEOPLE.get(random.nextInt(PEOPLE.size())),
                one(Operation.values(), random),
                new Thing(one(Kind.values(), random), "t" + random.nextInt(9), random.nextBoolean() ? "w" : null),
                concerned);
        AuditRecord ended = random.nextBoolean() ? record : record.refusedWith(one(RefusalCode.values(), random));
        AuditRecord named = random.nextBoolean() ? ended : ended.ofCommand("command " + id);
        return random.nextBoolean() ? named : named.counting(Map.of("chats", random.nextLong()));
    }

    static <E> E one(E[] constants, Random random) {
        return constants[random.nextInt(constants.length)];
    }

    /** Everything a query finds, page by page, every other page on the other node. */
    final List<AuditRecord> all(AuditQuery query, int pageSize) {
        List<AuditRecord> found = new ArrayList<>();
        AuditPage page = trail.search(query, null, pageSize);
        found.addAll(page.rows());
        while (page.next() != null) {
            assertThat(page.rows()).as("a page that is not the last").hasSize(pageSize);
            page = elsewhere.search(query, page.next(), pageSize);
            assertThat(page.rows()).as("a page behind another").isNotEmpty();
            found.addAll(page.rows());
        }
        return found;
    }

    final List<AuditRecord> all() {
        return all(AuditQuery.ALL, AuditTrail.PAGE);
    }
}
