package org.libcoop.spi;

import java.util.Optional;

/**
 * The host's word on who somebody is. Credentials are what the peer sent in its first frame: a ticket of the host's for an
 * operator, the patron's own key for a patron.
 *
 * <ol>
 * <li>AU1 The same credentials may be presented again, or not: a ticket may hold once. The host decides.
 * <li>AU2 A denial is an empty answer and says nothing about why. What is thrown counts as a denial.
 * <li>AU3 The answer comes within a second; nothing else of the connection happens before it.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
@FunctionalInterface
public interface Authenticator {

    /** Who presents {@code credentials}, or empty. A denial says nothing about why. */
    Optional<Principal> authenticate(Credentials credentials);

    /** What a peer presents. {@code role} is "patron" or "operator"; {@code token} has at most 4,096 characters. */
    record Credentials(String role, String token) {
        @Override
        public String toString() {
            return "credentials of a " + role; // the token stays out of logs
        }
    }
}
