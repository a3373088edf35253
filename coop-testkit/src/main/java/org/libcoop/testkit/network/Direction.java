package org.libcoop.testkit.network;

/** One of the two ways through a {@link TcpProxy}. */
public enum Direction {
    /** What the client sends. */
    TO_SERVER,
    /** What the server sends. */
    TO_CLIENT
}
