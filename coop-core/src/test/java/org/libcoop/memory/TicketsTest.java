package org.libcoop.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Authenticator.Credentials;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Principal;

/** How a host knows again whom its log-in let in (G20). */
class TicketsTest {

    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final Duration LIFE = Duration.ofSeconds(60);

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");
    private final Tickets tickets = new Tickets(LIFE, Ids.random(), () -> now);

    @Test
    void aTicketIsRedeemedOnceAndUntilItsEnd() {
        String first = tickets.issue(OLGA);
        String second = tickets.issue(OLGA);
        String third = tickets.issue(OLGA);

        assertThat(tickets.redeem(first)).contains(OLGA);
        assertThat(tickets.redeem(first)).isEmpty();
        assertThat(tickets.redeem("made up")).isEmpty();
        now = now.plus(LIFE).minusMillis(1);
        assertThat(tickets.redeem(second)).contains(OLGA);
        now = now.plusMillis(1);
        assertThat(tickets.redeem(third)).isEmpty();
    }

    @Test
    void whoAsksWhoseItIsDoesNotUseItUp() {
        String token = tickets.issue(OLGA);

        assertThat(tickets.whose(token)).contains(OLGA);
        now = now.plus(LIFE).minusMillis(1);
        assertThat(tickets.whose(token)).contains(OLGA);
        assertThat(tickets.whose("made up")).isEmpty();
        now = now.plusMillis(1);
        assertThat(tickets.whose(token)).isEmpty();
    }

    @Test
    void theOldestGoesWhereThereAreTooMany() {
        String oldest = tickets.issue(OLGA);
        String next = tickets.issue(OLGA);

        for (int i = 0; i < Tickets.MOST - 1; i++) {
            tickets.issue(OLGA);
        }

        assertThat(tickets.redeem(oldest)).isEmpty();
        assertThat(tickets.redeem(next)).contains(OLGA);
    }

    @Test
    void anOperatorComesInByTicketAndAPatronByKey() {
        Authenticator authenticator = tickets.authenticator();
        String ticket = tickets.issue(OLGA);
        String key = Ids.random().secret();

        assertThat(authenticator.authenticate(new Credentials("patron", key))).contains(new Principal.OfPatron(key));
        assertThat(authenticator.authenticate(new Credentials("patron", "short")))
                .isEmpty();
        assertThat(authenticator.authenticate(new Credentials("operator", key))).isEmpty();
        assertThat(authenticator.authenticate(new Credentials("operator", ticket)))
                .contains(new Principal.OfOperator(OLGA));
        assertThat(authenticator.authenticate(new Credentials("operator", ticket)))
                .isEmpty();
    }

    @Test
    void aLifeOfNothingIsRefused() {
        assertThatThrownBy(() -> new Tickets(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
