package org.libcoop.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.refusal.RefusalCode.Applied;
import org.libcoop.refusal.RefusalCode.Category;
import org.libcoop.refusal.RefusalCode.Repeat;

class RefusalCodeTest {

    /** Codes are never renamed: a row here may be added, never changed. */
    @ParameterizedTest
    @CsvSource({
        "INVALID, invalid, INVALID, NEVER, NO",
        "NOT_FOUND, not-found, NOT_FOUND, NEVER, NO",
        "WIDGET_OFFLINE, widget-offline, UNAVAILABLE, LATER, NO",
        "CHAT_OVER, chat-over, CONFLICT, NEVER, NO",
        "ALREADY_CLAIMED, already-claimed, CONFLICT, NEVER, NO",
        "AT_LIMIT, at-limit, LIMIT, LATER, NO",
        "NOT_ELIGIBLE, not-eligible, DENIED, LATER, NO",
        "NOT_OWNER, not-owner, DENIED, NEVER, NO",
        "NOTHING_PENDING, nothing-pending, CONFLICT, NEVER, NO",
        "NOT_ALLOWED, not-allowed, DENIED, NEVER, NO",
        "UPLOAD_QUOTA, upload-quota, LIMIT, NEVER, NO",
        "FILE_TYPE, file-type, INVALID, NEVER, NO",
        "STAFFING_SECRET, staffing-secret, CONFLICT, NEVER, NO",
        "BUSY, busy, CONFLICT, SAME_ID, NO",
        "COMMAND_ID_REUSED, command-id-reused, CONFLICT, NEVER, NO",
        "RATE_LIMITED, rate-limited, LIMIT, LATER, NO",
        "TOO_LARGE, too-large, LIMIT, NEVER, NO",
        "UNAVAILABLE, unavailable, UNAVAILABLE, LATER, NO",
        "UNKNOWN_OUTCOME, unknown-outcome, UNKNOWN_OUTCOME, SAME_ID, UNKNOWN",
        "UNSUPPORTED, unsupported, INVALID, NEVER, NO",
        "INTERNAL, internal, INTERNAL, SAME_ID, UNKNOWN"
    })
    void everyCodeSaysWhatItIsAndWhetherRepeatingHelps(
            RefusalCode code, String written, Category category, Repeat repeat, Applied applied) {
        assertThat(code.code()).isEqualTo(written);
        assertThat(code.toString()).isEqualTo(written);
        assertThat(code.category()).isEqualTo(category);
        assertThat(code.repeat()).isEqualTo(repeat);
        assertThat(code.applied()).isEqualTo(applied);
        assertThat(RefusalCode.of(written)).contains(code);
    }

    @Test
    void theTableAboveIsWholeAndEveryCategoryOccurs() {
        assertThat(RefusalCode.values()).hasSize(21);
        assertThat(new HashSet<>(Arrays.stream(RefusalCode.values())
                        .map(RefusalCode::category)
                        .toList()))
                .containsExactlyInAnyOrder(Category.values());
    }

    @Test
    void codesAreDeclaredInOrderOfPrecedence() {
        assertThat(Arrays.stream(RefusalCode.values()).map(RefusalCode::code))
                .startsWith(
                        "invalid",
                        "not-found",
                        "widget-offline",
                        "chat-over",
                        "already-claimed",
                        "at-limit",
                        "not-eligible",
                        "not-owner",
                        "nothing-pending",
                        "not-allowed",
                        "upload-quota",
                        "file-type");
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenAppliedCanBeRepeatedUnderTheSameIdOnly(RefusalCode code) {
        if (code.applied() == Applied.UNKNOWN) {
            assertThat(code.repeat()).isEqualTo(Repeat.SAME_ID);
        }
    }

    @Test
    void anUnknownCodeIsEmptyAndCaseMatters() {
        assertThat(RefusalCode.of("no-such-code")).isEmpty();
        assertThat(RefusalCode.of("INVALID")).isEmpty();
        assertThat(RefusalCode.of("")).isEmpty();
    }

    @Test
    void aRefusalHasBothPartsAndPrintsThemOnOneLine() {
        Refusal refusal = Refusal.of(RefusalCode.NOT_OWNER, "olga owns this chat");

        assertThat(refusal).isEqualTo(new Refusal(RefusalCode.NOT_OWNER, "olga owns this chat"));
        assertThat(refusal).hasToString("not-owner: olga owns this chat");
        assertThatNullPointerException().isThrownBy(() -> Refusal.of(null, "why"));
        assertThatNullPointerException().isThrownBy(() -> Refusal.of(RefusalCode.BUSY, null));
    }

    @Test
    void theRootOfExceptionsKeepsMessageAndCause() {
        Throwable cause = new IllegalStateException("below");

        assertThat(new Failed("why", cause)).hasMessage("why").hasCause(cause);
        assertThat(new Failed("why")).hasMessage("why").hasNoCause();
    }

    private static final class Failed extends CoopException {

        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
