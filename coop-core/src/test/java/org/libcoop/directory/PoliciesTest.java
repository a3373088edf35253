package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

    @Test
    void theDefaultsAreThoseOfTheTable() {
        Policies policies = Policies.defaults();

        assertThat(policies.backupDelay()).isEqualTo(Duration.ofSeconds(40));
        assertThat(policies.unansweredAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policies.giveUpAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policies.patronGrace()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policies.patronAway()).isEqualTo(Duration.ofMinutes(3));
        assertThat(policies.ownerGrace()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policies.transferExpiry()).isEqualTo(Duration.ofMinutes(2));
        assertThat(policies.operatorLimit()).isEmpty();
        assertThat(policies.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policies.renewEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(policies.awayMonitors()).isTrue();
        assertThat(policies.idleLimit()).isEmpty();
        assertThat(policies.widgetCache()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policies.statusCache()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policies.messageLimit()).isEqualTo(10_000);
        assertThat(policies.uploadLimitBytes()).isEqualTo(20_000_000);
        assertThat(policies.staffChatRetention()).contains(Duration.ofDays(30));
        assertThat(policies.anonymiseAfter()).contains(Duration.ofDays(90));
        assertThat(policies.deleteAfter()).isEmpty();
        assertThat(policies.homeReadersSeeAll()).isFalse();
        assertThat(policies.settings()).isEmpty();
        assertThat(policies.key()).isEqualTo(RecordKey.policies());
    }

    @Test
    void theLimitsOfAStrangerHaveTheirDefaults() {
        Policies policies = Policies.defaults();

        assertThat(policies.frameLimitBytes()).isEqualTo(131_072);
        assertThat(policies.nameLimit()).isEqualTo(100);
        assertThat(policies.urlLimit()).isEqualTo(2048);
        assertThat(policies.connectionMessagesPerMinute()).isEqualTo(100);
        assertThat(policies.patronConnections()).isEqualTo(3);
        assertThat(policies.operatorConnections()).isEqualTo(10);
        assertThat(policies.outboxNotices()).isEqualTo(256);
        assertThat(policies.outboxBytes()).isEqualTo(1_048_576);
        assertThat(policies.pageLimit()).isEqualTo(200);
        assertThat(policies.jsonDepth()).isEqualTo(16);
        assertThat(policies.addressChats()).isEqualTo(30);
        assertThat(policies.addressConnections()).isEqualTo(60);
        assertThat(policies.addressChatStartsPerMinute()).isEqualTo(20);
        assertThat(policies.addressMessagesPerMinute()).isEqualTo(600);
        assertThat(policies.auditedDenialsPerMinute()).isEqualTo(60);
    }

    /** Both ends of the bounds are accepted; what lies just outside is refused, naming policy, value and bounds. */
    @ParameterizedTest
    @CsvSource({
        "backupDelay, 0s, 10m, , 10m1s",
        "unansweredAfter, 5s, 1h, 4999ms, 3601s",
        "giveUpAfter, 30s, 24h, 29s, 86401s",
        "patronGrace, 5s, 1h, 4s, 3601s",
        "patronAway, 5s, 1h, 4s, 3600001ms",
        "ownerGrace, 30s, 1h, 29999ms, 3601s",
        "transferExpiry, 10s, 1h, 9s, 61m",
        "operatorLimit, 1, 100, 0, 101",
        "lease, 1s, 60s, 999ms, 301s",
        "renewEvery, 100ms, 10s, 99ms, 10001ms",
        "idleLimit, 1m, 24h, 59s, 25h",
        "widgetCache, 0s, 5m, , 301s",
        "statusCache, 0s, 5m, , 301s",
        "messageLimit, 1, 20000, 0, 20001",
        "uploadLimit, 0, 1 GB, , 1000000001",
        "uploadsPerChat, 0, 1000, , 1001",
        "uploadQuota, 0, 100 GB, , 100000000001",
        "staffChatRetention, 1d, 36500d, 86399999ms, 36501d",
        "anonymiseAfter, 1d, 36500d, 23h, 36501d",
        "deleteAfter, 1d, 36500d, 0, 36501d",
        "frameLimit, 16 KiB, 1 MiB, 16383, 1048577",
        "nameLimit, 1, 1000, 0, 1001",
        "urlLimit, 1, 8192, 0, 8193",
        "connectionMessages, 1, 10000, 0, 10001",
        "patronConnections, 1, 100, 0, 101",
        "operatorConnections, 1, 100, 0, 101",
        "outboxNotices, 16, 65536, 15, 65537",
        "outboxBytes, 64 KiB, 64 MiB, 65535, 67108865",
        "pageLimit, 1, 1000, 0, 1001",
        "jsonDepth, 8, 64, 7, 65",
        "addressChats, 1, 100000, 0, 100001",
        "addressConnections, 1, 100000, 0, 100001",
        "addressChatStarts, 1, 100000, 0, 100001",
        "addressMessages, 1, 1000000, 0, 1000001",
        "auditedDenials, 1, 100000, 0, 100001"
    })
    void boundsAreInclusiveAndNamedWhenBroken(String name, String least, String most, String below, String above) {
        assertThatCode(() -> Policies.defaults().with(name, least)).doesNotThrowAnyException();
        assertThatCode(() -> Policies.defaults().with(name, most)).doesNotThrowAnyException();
        if (below != null) {
            assertRefused(name, below);
        }
        assertRefused(name, above);
    }

    private static void assertRefused(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with(name, value))
                .withMessageContaining("policy " + name + ": \"" + value + "\"")
                .withMessageMatching(".*(expected|bounds are) .+ (to|or) .+");
    }

    @Test
    void everyPolicyIsInTheBoundsTestOrASwitch() {
        assertThat(Policies.names()).hasSize(37).doesNotHaveDuplicates();
        assertThat(Policies.rows()).extracting(Policies.Row::name).isEqualTo(Policies.names());
        assertThat(Policies.rows())
                .contains(
                        new Policies.Row("ownerGrace", "60s", "lease to 1h", "C6"),
                        new Policies.Row("operatorLimit", "none", "1 to 100 or none", "C12"),
                        new Policies.Row("awayMonitors", "true", "true or false", "P3"));
    }

    @Test
    void everyDefaultCanBeSetAsItIsWritten() {
        for (Policies.Row row : Policies.rows()) {
            assertThatCode(() -> Policies.defaults().with(row.name(), row.defaultValue()))
                    .as(row.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void valuesAreReadAsPeopleWriteThem() {
        Policies policies = Policies.of(Map.of(
                "unansweredAfter", " 90S ",
                "operatorLimit", "4",
                "idleLimit", "30 m",
                "awayMonitors", "FALSE",
                "homeReadersSeeAll", "true",
                "uploadLimit", "512 MiB",
                "staffChatRetention", "14 days",
                "deleteAfter", "365d",
                "anonymiseAfter", "Never"));

        assertThat(policies.unansweredAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policies.operatorLimit()).isEqualTo(OptionalInt.of(4));
        assertThat(policies.idleLimit()).contains(Duration.ofMinutes(30));
        assertThat(policies.awayMonitors()).isFalse();
        assertThat(policies.homeReadersSeeAll()).isTrue();
        assertThat(policies.uploadLimitBytes()).isEqualTo(512L << 20);
        assertThat(policies.staffChatRetention()).contains(Duration.ofDays(14));
        assertThat(policies.deleteAfter()).contains(Duration.ofDays(365));
        assertThat(policies.anonymiseAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "operatorLimit, none",
        "operatorLimit, never",
        "idleLimit, None",
        "deleteAfter, never",
        "deleteAfter, none",
        "anonymiseAfter, never"
    })
    void whereAPolicyMayBeAbsentEitherWordSaysSo(String name, String word) {
        assertThatCode(() -> Policies.defaults().with(name, word)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("lease", word));
    }

    @Test
    void zeroKeepsStaffChatForEver() {
        assertThat(Policies.defaults().with("staffChatRetention", "0").staffChatRetention())
                .isEmpty();
        assertThat(Policies.defaults().with("staffChatRetention", "0d").staffChatRetention())
                .isEmpty();
    }

    @Test
    void whatIsMalformedIsNamedWithWhatWasExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("unansweredAfter", "soon"))
                .withMessage("policy unansweredAfter: \"soon\" is not a duration, expected one such as 500ms, 60s, 2m,"
                        + " 1h or 30d; bounds are 5s to 1h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("operatorLimit", "3s"))
                .withMessage("policy operatorLimit: \"3s\" is not a number, expected one such as 100;"
                        + " bounds are 1 to 100 or none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("uploadLimit", "20 minutes"))
                .withMessageContaining("is not a size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("uploadLimit", "999999999999 GiB"))
                .withMessageContaining("is out of bounds, expected 0 to 1 GB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("awayMonitors", "yes"))
                .withMessage("policy awayMonitors: \"yes\" is neither true nor false; bounds are true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("ownerGrac", "60s"))
                .withMessageStartingWith("policy \"ownerGrac\" is unknown, expected one of [backupDelay, ");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Policies.of(Map.of("lease", "0s", "jsonDepth", "1", "nonsense", "1", "renewEvery", "11s")))
                .withMessageContaining("policy lease: \"0s\"")
                .withMessageContaining("policy jsonDepth: \"1\"")
                .withMessageContaining("policy \"nonsense\" is unknown")
                .withMessageContaining(
                        "policy renewEvery: \"11s\" is out of bounds, expected 100ms to a third of lease (30s)");
    }

    @Test
    void theOwnersGraceIsNeverShorterThanTheLease() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("lease", "61s"))
                .withMessage("policy ownerGrace: \"1m\" is out of bounds, expected lease (61s) to 1h");
        assertThat(Policies.defaults().with("lease", "60s").ownerGrace()).isEqualTo(Duration.ofSeconds(60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("ownerGrace", "29s"))
                .withMessageContaining("expected lease (30s) to 1h");
    }

    @Test
    void valuesBoundByEachOtherCanBeSetTogether() {
        Policies slow = Policies.of(Map.of("lease", "5m", "ownerGrace", "10m", "renewEvery", "100s"));
        Policies fast = slow.with(Map.of("lease", "2s", "renewEvery", "500ms", "ownerGrace", "2s"));

        assertThat(slow.renewEvery()).isEqualTo(Duration.ofSeconds(100));
        assertThat(fast.renewEvery()).isEqualTo(Duration.ofMillis(500));
        assertThat(fast.ownerGrace()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRenewalThatWasNotSetFollowsAShortLeaseAndOneThatWasSetDoesNot() {
        assertThat(Policies.defaults().with("lease", "2s").renewEvery()).isEqualTo(Duration.ofMillis(666));
        assertThat(Policies.defaults().with("lease", "60s").renewEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("renewEvery", "10s").with("lease", "29s"))
                .withMessage("policy renewEvery: \"10s\" is out of bounds, expected 100ms to a third of lease (29s)");
    }

    @Test
    void settingsAreWhatWasSetAndReadBackToTheSame() {
        Policies policies = Policies.of(Map.of(
                "lease", "45000ms", "uploadLimit", "30000000", "frameLimit", "131072", "operatorLimit", "NEVER"));

        assertThat(policies.settings())
                .isEqualTo(Map.of(
                        "lease", "45s", "uploadLimit", "30 MB", "frameLimit", "128 KiB", "operatorLimit", "none"));
        assertThat(Policies.of(policies.settings())).isEqualTo(policies).hasSameHashCodeAs(policies);
        assertThat(policies).isNotEqualTo(Policies.defaults());
        assertThat(policies.with("lease", "30s")).isNotEqualTo(policies);
        assertThat(Policies.defaults().with("lease", "2s")).hasToString("Policies{lease=2s}");
    }

    @Test
    void aPolicyCanGoBackToItsDefault() {
        Policies policies = Policies.of(Map.of("lease", "2s", "operatorLimit", "3"));

        assertThat(policies.without("lease").without("operatorLimit")).isEqualTo(Policies.defaults());
        assertThat(policies.without("giveUpAfter")).isEqualTo(policies);
        assertThatIllegalArgumentException().isThrownBy(() -> policies.without("nonsense"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Policies.of(Map.of("lease", "2m", "ownerGrace", "2m")).without("ownerGrace"));
    }

    @Test
    void retentionMayBeSetForOneInstitution() {
        InstitutionId springy = InstitutionId.of("springy");
        InstitutionId hill = InstitutionId.of("hill@college");

        Policies policies = Policies.of(
                Map.of("deleteAfter", "1000d", "deleteAfter@springy", "365d", "anonymiseAfter@hill@college", "never"));

        assertThat(policies.deleteAfter()).contains(Duration.ofDays(1000));
        assertThat(policies.deleteAfter(springy)).contains(Duration.ofDays(365));
        assertThat(policies.deleteAfter(hill)).contains(Duration.ofDays(1000));
        assertThat(policies.anonymiseAfter(springy)).contains(Duration.ofDays(90));
        assertThat(policies.anonymiseAfter(hill)).isEqualTo(Optional.empty());
        assertThat(policies.institutions()).containsExactlyInAnyOrder(springy, hill);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("lease@springy", "2s"))
                .withMessage("policy \"lease@springy\" cannot be set for one institution");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("deleteAfter@", "2d"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.defaults().with("deleteAfter@springy", "1h"))
                .withMessage("policy deleteAfter@springy: \"1h\" is out of bounds, expected 1d to 36500d or never");
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "500ms, PT0.5S",
        "60s, PT60S",
        "2m, PT2M",
        "1h, PT1H",
        "30d, P30D",
        "30 days, P30D",
        "1 day, P1D",
        "15M, PT15M",
        "' 90s ', PT90S",
        "999999999d, P999999999D"
    })
    void aDurationIsOneWholeNumberWithOneUnit(String text, Duration duration) {
        assertThat(Policies.parseDuration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "60",
                "-5s",
                "+5s",
                "1.5s",
                "1m30s",
                "5 weeks",
                "60  s",
                "60sec",
                "1000000000s",
                "٣s",
                "PT5S"
            })
    void anythingElseIsNoDuration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.parseDuration(text))
                .withMessage("\"" + text + "\" is not a duration, expected one such as 500ms, 60s, 2m, 1h or 30d");
    }

    @Test
    void theTextFormOfADurationReadsBackToTheSame() {
        for (Duration duration : List.of(
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMillis(1500),
                Duration.ofSeconds(59),
                Duration.ofSeconds(61),
                Duration.ofHours(1),
                Duration.ofHours(25),
                Duration.ofDays(30))) {
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
