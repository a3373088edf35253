package org.libcoop.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.testkit.history.ClaimReport.Rule;

/** Planted histories, each just right or just wrong, and a comparison with a search through all orders. */
class ClaimCheckTest {

    private static final ClaimOutcome WON = ClaimOutcome.won();
    private static final ClaimOutcome LOST = ClaimOutcome.alreadyClaimed();
    private static final ClaimOutcome UNKNOWN = ClaimOutcome.unknown();
    private static final ClaimOutcome REFUSED = ClaimOutcome.refused("not-eligible");

    // ---- Right

    @Test
    void oneWinnerAndLosersBesideAndAfterAreExplained() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 5, 15, LOST), claim("cleo", 30, 40, lostTo("ana"))))
                .isNull();
    }

    @Test
    void theWinnerMayRepeatTheClaim() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ana", 30, 40, WON)))
                .isNull();
    }

    @Test
    void anUnknownOutcomeMayBeTheWinnersIfNobodyElseWon() {
        assertThat(brokenBy(claim("ana", 10, 20, UNKNOWN), claim("ben", 30, 40, LOST)))
                .isNull();
        assertThat(brokenBy(claim("ana", 10, 20, UNKNOWN), claim("ben", 30, 40, WON)))
                .isNull();
    }

    @Test
    void anUnknownClaimMayTakeEffectAfterItsCallerGaveUp() {
        assertThat(brokenBy(
                        claim("ana", 10, 20, UNKNOWN),
                        claim("ben", 30, 40, REFUSED),
                        claim("cleo", 50, 60, lostTo("ana"))))
                .isNull();
    }

    @Test
    void theWinnersEarlierUnknownClaimExplainsWhoLostBeforeTheKnownOne() {
        assertThat(brokenBy(claim("ana", 10, 20, UNKNOWN), claim("ben", 30, 40, LOST), claim("ana", 50, 60, WON)))
                .isNull();
    }

    @Test
    void whereNobodyWinsNobodyNeedHaveWon() {
        assertThat(brokenBy(claim("ana", 10, 20, REFUSED), claim("ben", 10, 20, UNKNOWN)))
                .isNull();
    }

    // ---- Wrong

    @Test
    void twoWinnersAreFoundConcurrentOrNot() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 10, 20, WON)))
                .isEqualTo(Rule.TWO_WINNERS);
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 30, 40, WON)))
                .isEqualTo(Rule.TWO_WINNERS);
    }

    @Test
    void whoLostMayReturnAtTheInstantOfTheWinnersInvocationAndNotBefore() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 1, 11, LOST)))
                .isNull();
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 1, 10, LOST)))
                .isNull();
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 1, 9, LOST)))
                .isEqualTo(Rule.LOST_TOO_EARLY);
    }

    @Test
    void anUnknownClaimExplainsNobodyWhoLostBeforeIt() {
        assertThat(brokenBy(claim("ana", 10, 20, UNKNOWN), claim("ben", 1, 9, LOST)))
                .isEqualTo(Rule.LOST_TOO_EARLY);
    }

    @Test
    void losingToNobodyIsFound() {
        assertThat(brokenBy(claim("ana", 10, 20, LOST))).isEqualTo(Rule.LOST_TO_NOBODY);
        assertThat(brokenBy(claim("ana", 10, 20, LOST), claim("ben", 1, 5, REFUSED)))
                .isEqualTo(Rule.LOST_TO_NOBODY);
    }

    @Test
    void aWinnerWhoIsToldThatSheLostIsFound() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ana", 30, 40, LOST)))
                .isEqualTo(Rule.WINNER_TOLD_LOST);
        assertThat(brokenBy(claim("ana", 10, 20, UNKNOWN), claim("ana", 30, 40, LOST)))
                .isEqualTo(Rule.WINNER_TOLD_LOST);
    }

    @Test
    void aWrongOwnerIsFound() {
        assertThat(brokenBy(claim("ana", 10, 20, WON), claim("ben", 30, 40, lostTo("cleo"))))
                .isEqualTo(Rule.WRONG_OWNER_NAMED);
        assertThat(brokenBy(
                        claim("ana", 10, 20, UNKNOWN),
                        claim("ben", 30, 40, lostTo("ana")),
                        claim("cleo", 30, 40, lostTo("dan"))))
                .isEqualTo(Rule.WRONG_OWNER_NAMED);
    }

    // ---- Exact

    @Test
    void aSearchThroughAllOrdersFindsTheSame() {
        Random random = new Random(20_260_101);
        Map<Rule, Integer> found = new EnumMap<>(Rule.class);
        int right = 0;

        for (int i = 0; i < 60_000; i++) {
            List<ClaimOperation> history = drawn(random);
            Optional<ClaimReport.Violation> violation =
                    ClaimCheck.check(history).violation();
            assertThat(violation.isEmpty()).as("%s", history).isEqualTo(new OrderSearch(history).findsOne());
            violation.ifPresent(broken -> found.merge(broken.rule(), 1, Integer::sum));
            right += violation.isEmpty() ? 1 : 0;
        }

        assertThat(right).as("histories that are right").isGreaterThan(1_000);
        assertThat(found.keySet()).as("every rule was broken").containsExactly(Rule.values());
        assertThat(found.values()).as("often: %s", found).allMatch(times -> times > 100);
    }

    // ---- The report

    @Test
    void theReportCountsWonUnresolvedAndUnclaimedChats() {
        ClaimHistory history = new ClaimHistory(List.of(
                claim("won", "ana", 1, 2, WON),
                claim("won", "ben", 1, 2, LOST),
                claim("unresolved", "ana", 1, 2, UNKNOWN),
                claim("unclaimed", "ana", 1, 2, REFUSED),
                claim("broken", "ana", 1, 2, LOST)));

        ClaimReport report = history.check();

        assertThat(report.operations()).isEqualTo(5);
        assertThat(report.chats()).isEqualTo(4);
        assertThat(report.won()).isEqualTo(1);
        assertThat(report.unresolved()).isEqualTo(1);
        assertThat(report.unclaimed()).isEqualTo(2);
        assertThat(report.linearizable()).isFalse();
        assertThat(report.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.chat()).isEqualTo(ChatId.of("broken"));
            assertThat(violation)
                    .hasToString("chat broken: LOST_TO_NOBODY\n  "
                            + history.operations().get(4));
        });
    }

    @Test
    void chatsDoNotMix() {
        ClaimHistory history =
                new ClaimHistory(List.of(claim("one", "ana", 1, 2, WON), claim("other", "ben", 1, 2, WON)));

        assertThat(history.check().linearizable()).isTrue();
    }

    @Test
    void anOperationThatReturnsBeforeItIsInvokedIsRefused() {
        assertThat(claim("ana", 5, 5, WON).returned()).isEqualTo(5);
        assertThatThrownBy(() -> claim("ana", 5, 4, WON)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEnginesAnswerIsReadForWhatItLeavesOpen() {
        assertThat(ClaimOutcome.of(Outcome.done("it"))).isEqualTo(WON);
        assertThat(ClaimOutcome.of(Outcome.refused(RefusalCode.ALREADY_CLAIMED, "")))
                .isEqualTo(LOST);
        assertThat(ClaimOutcome.of(Outcome.refused(RefusalCode.UNKNOWN_OUTCOME, "")))
                .isEqualTo(UNKNOWN);
        assertThat(ClaimOutcome.of(Outcome.refused(RefusalCode.INTERNAL, ""))).isEqualTo(UNKNOWN);
        assertThat(ClaimOutcome.of(Outcome.refused(RefusalCode.NOT_ELIGIBLE, "")))
                .isEqualTo(REFUSED);
    }

    /** Up to six claims of up to three people within twelve ticks, with outcomes as likely to be wrong as right. */
    private static List<ClaimOperation> drawn(Random random) {
        List<ClaimOperation> history = new ArrayList<>();
        int size = 1 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            String operator = List.of("ana", "ben", "cleo").get(random.nextInt(3));
            int invoked = random.nextInt(12);
            ClaimOutcome outcome = switch (random.nextInt(8)) {
                case 0, 1 -> WON;
                case 2, 3, 4 -> LOST;
                case 5 -> lostTo(random.nextInt(3) == 0 ? "ben" : "ana");
                case 6 -> UNKNOWN;
                default -> REFUSED;
            };
            history.add(new ClaimOperation(
                    "op " + i,
                    ChatId.of("chat"),
                    OperatorId.of(operator),
                    invoked,
                    (long) invoked + random.nextInt(5),
                    outcome));
        }
        return history;
    }

    private static @Nullable Rule brokenBy(ClaimOperation... operations) {
        return ClaimCheck.check(Arrays.asList(operations)).rule();
    }

    private static ClaimOutcome lostTo(String operator) {
        return ClaimOutcome.alreadyClaimedBy(OperatorId.of(operator));
    }

    private static ClaimOperation claim(String operator, long invoked, long returned, ClaimOutcome outcome) {
        return claim("chat", operator, invoked, returned, outcome);
    }

    private static ClaimOperation claim(
            String chat, String operator, long invoked, long returned, ClaimOutcome outcome) {
        String id = chat + ' ' + operator + ' ' + invoked;
        return new ClaimOperation(id, ChatId.of(chat), OperatorId.of(operator), invoked, returned, outcome);
    }
}
