package org.libcoop.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The module's scripts, styles and texts, read once. A path is taken only if each of its parts is a plain name, so none leads out of
 * their folder. <em>Safe for use by several threads.</em>
 */
final class StaticFiles {

    /** A file's type, its text, and what tells it from every other content. */
    record StaticFile(String type, String text, String etag) {}

    private static final Pattern PLAIN =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "json", "application/json");
    private static final int ETAG_BYTES = 12;

    /** Holds what is there, never what is not: it cannot be made to grow. */
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    Optional<StaticFile> find(String path) {
        StaticFile known = files.get(path);
        if (known == null && PLAIN.matcher(path).matches()) {
            known = read(path);
            if (known != null) {
                files.put(path, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private static @Nullable StaticFile read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream content = StaticFiles.class.getResourceAsStream("static/" + path)) {
            if (content == null || type == null) {
                return null;
            }
            byte[] bytes = content.readAllBytes();
            return new StaticFile(type, new String(bytes, StandardCharsets.UTF_8), etag(bytes));
        } catch (IOException unreadable) {
            throw new IllegalStateException("a file of the module cannot be read: " + path, unreadable);
        }
    }

    /** What tells this content from every other. */
    static String etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, ETAG_BYTES)
                    + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
