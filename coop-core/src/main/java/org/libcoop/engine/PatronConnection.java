package org.libcoop.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.spi.Peer;

/** One connection of a patron, known by a hash of the patron's key and the address it came from. <em>Safe for use by several threads.</em> */
public final class PatronConnection extends Connection {

    private final String keyHash;
    private final String address;
    private volatile @Nullable ChatId chat;

    PatronConnection(String keyHash, String address, Peer peer, boolean remote, Instant now) {
        super(peer, remote, now);
        this.keyHash = keyHash;
        this.address = address;
    }

    String keyHash() {
        return keyHash;
    }

    String address() {
        return address;
    }

    /** The chat this connection was last told of; null before. */
    @Nullable
    ChatId chat() {
        return chat;
    }

    void isAbout(ChatId newest) {
        chat = newest;
    }

    @Override
    public String toString() {
        return "a patron"; // neither key nor address belongs in a log
    }
}
