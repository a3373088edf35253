package org.libcoop.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.libcoop.annotation.Beta;

/**
 * A shared file on its way to somebody who may have it (U1): for saving, never to be shown in place. {@code size} in bytes; the caller
 * closes it. <em>One thread at a time.</em>
 */
@Beta
public record SharedFile(String name, String mediaType, long size, InputStream content) implements AutoCloseable {

    public SharedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
