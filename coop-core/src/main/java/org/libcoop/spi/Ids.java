package org.libcoop.spi;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Where new names and secrets come from.
 *
 * <ol>
 * <li>ID1 {@link #next} gives a name no node of the deployment was ever given.
 * <li>ID2 {@link #secret} cannot be guessed, whoever saw any number of others.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
public interface Ids {

    /** A new id of 1 to 50 characters out of letters, digits, {@code -} and {@code _}. */
    String next();

    /** A new secret of 43 characters of URL-safe Base64. */
    String secret();

    /** Random ids of 128 bits and secrets of 256. */
    static Ids random() {
        SecureRandom random = new SecureRandom();
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        return new Ids() {
            @Override
            public String next() {
                return text.encodeToString(bytes(16));
            }

            @Override
            public String secret() {
                return text.encodeToString(bytes(32));
            }

            private byte[] bytes(int count) {
                byte[] drawn = new byte[count];
                random.nextBytes(drawn);
                return drawn;
            }
        };
    }
}
