package org.libcoop.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One-way hashes: what is kept of a patron's key and of a command's content. */
final class Secrets {

    private Secrets() {}

    /** SHA-256 of {@code text}, as 43 characters of URL-safe Base64. */
    static String hash(String text) {
        return base64(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same of several texts that may be absent: no two lists that differ in anything have the same. */
    static String digest(@Nullable String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Integer.BYTES + (text == null ? 0 : text.length() * Character.BYTES));
            bytes.putInt(text == null ? -1 : text.length());
            if (text != null) {
                // Unit by unit: what is no character has no bytes of its own in UTF-8.
                text.chars().forEach(unit -> bytes.putChar((char) unit));
            }
            digest.update(bytes.array());
        }
        return base64(digest.digest());
    }

    /** What blocks keep of an address (C15); null where it is not known. */
    static @Nullable String addressDigest(@Nullable String address) {
        return address == null || address.isBlank() ? null : digest("address", address);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
