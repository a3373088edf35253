package org.libcoop.testkit.junit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditQuery;

/** The host, who holds the engine: behind no door. */
final class HostActor implements AccessActor {

    private final CoopEngine engine;

    HostActor(CoopEngine engine) {
        this.engine = engine;
    }

    @Override
    public Answer inspect(ChatId chat) {
        return engine.inspect(chat)
                .map(seen -> Answer.done())
                .orElseGet(() -> Answer.of(Outcome.refused(RefusalCode.NOT_FOUND, "there is no such chat")));
    }

    @Override
    public Answer online(Stage stage) {
        engine.online(stage);
        return Answer.done();
    }

    @Override
    public Answer accounts(CoopId coop) {
        engine.directory().accounts(coop);
        return Answer.done();
    }

    @Override
    public Answer grant(OperatorId who, CoopId coop, Level level) {
        return save(new CoopAccount(coop, who, level));
    }

    @Override
    public Answer revoke(CoopAccount account) {
        return save(account.asRemoved());
    }

    @Override
    public Answer setCoverage(Membership membership, Coverage coverage) {
        return save(membership.withCoverage(coverage));
    }

    @Override
    public Answer saveWidget(Widget widget) {
        return save(widget);
    }

    @Override
    public Answer blocks(BlockScope scope) {
        engine.directory().blocks(scope);
        return Answer.done();
    }

    @Override
    public Answer audit(InstitutionId institution) {
        engine.auditTrail().search(AuditQuery.ALL.institution(institution), null, 10);
        return Answer.done();
    }

    @Override
    public Answer saveCard(InstitutionId institution) {
        return save(InstitutionCard.empty(institution));
    }

    @Override
    public Answer canned(BlockScope scope) {
        engine.directory().canned(scope);
        return Answer.done();
    }

    @Override
    public Answer saveCanned(BlockScope scope) {
        return save(CannedMessages.none(scope));
    }

    @Override
    public Answer lift(PatronBlock block) {
        return save(block.asLifted(OperatorId.of("host"), engine.now()));
    }

    @Override
    public Answer setRetention(InstitutionId institution) {
        Duration month = Duration.ofDays(30);
        return save(engine.directory().policies().withRetention(institution, month, month.multipliedBy(2)));
    }

    @Override
    public Answer retain() {
        return answer(engine.admin().retain());
    }

    @Override
    public Answer save(CoopId coop) {
        return save(Coop.local(coop, "A new co-op"));
    }

    @Override
    public Answer endMembership(InstitutionId institution, CoopId coop) {
        return answer(engine.admin().endMembership(institution, coop));
    }

    private Answer save(LibraryRecord record) {
        return answer(engine.admin().save(record));
    }

    private static Answer answer(CompletionStage<? extends Outcome<?>> asked) {
        return Answer.of(asked.toCompletableFuture().join());
    }
}
