package org.libcoop.transport.websocket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Widget;

/**
 * Which pages may connect (G20, W1): those of the host's own origins as anybody, those of the origins that widgets name as
 * patrons of those widgets. <em>Safe for use by several threads.</em>
 *
 * <p>With a list of own origins the handshake itself decides. Without one, own is whatever host the handshake was sent to;
 * the API shows that only after its origin check, so then a foreign page's connection is ended before its first frame.
 */
final class Origins {

    private record Embedding(Directory directory, Set<String> origins) {}

    private final Set<String> own;
    private final Supplier<Directory> directory;
    private volatile @Nullable Embedding embedding;

    Origins(Set<String> own, Supplier<Directory> directory) {
        this.own = own;
        this.directory = directory;
    }

    /** What can be decided from the header alone. No header: no browser, and what protects browsers is not needed. */
    boolean mayPass(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return true;
        }
        return normalised(header)
                .filter(origin -> own.isEmpty() || own.contains(origin) || embeds(origin))
                .isPresent();
    }

    /** Whether a page of this origin, having sent its handshake to {@code host}, is one of the host's own. */
    boolean isOwn(@Nullable String header, @Nullable String host) {
        if (header == null || header.isEmpty()) {
            return true;
        }
        String origin = normalised(header).orElse(null);
        if (origin == null) {
            return false;
        }
        if (!own.isEmpty()) {
            return own.contains(origin);
        }
        String scheme = origin.substring(0, origin.indexOf(':'));
        return host != null
                && normalised(scheme + "://" + host).filter(origin::equals).isPresent();
    }

    /** Whether some widget may be embedded on pages of this origin. */
    @SuppressWarnings("ReferenceEquality") // another snapshot of equal content merely costs another look
    boolean embeds(String origin) {
        Directory now = directory.get();
        Embedding known = embedding;
        if (known == null || known.directory() != now) {
            Set<String> all = new HashSet<>();
            for (Widget widget : now.widgets()) {
                all.addAll(widget.origins());
            }
            known = new Embedding(now, all);
            embedding = known;
        }
        return known.origins().contains(origin);
    }

    /** An origin as browsers send it, in lower case and without its scheme's own port; empty for anything else. */
    static Optional<String> normalised(String text) {
        try {
            URI uri = new URI(text.toLowerCase(Locale.ROOT));
            String scheme = uri.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean bare = "".equals(uri.getRawPath()) && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (!web || !bare || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            int usual = "https".equals(scheme) ? 443 : 80;
            int port = uri.getPort() == usual ? -1 : uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost() + (port == -1 ? "" : ":" + port));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
