package org.libcoop.spi;

/**
 * The far end of a connection: takes notices. <em>Safe for use by several threads</em>; the engine calls it from one, but for
 * {@link Notice.Typing} and {@link Notice.Seen}, which come from whoever brought them.
 *
 * <ol>
 * <li>PE1 {@link #deliver} returns at once: it hands over or queues, within bounds, and never waits for a network.
 * <li>PE2 What it throws is logged and otherwise ignored; it never reaches another peer.
 * <li>PE3 Notices of one chat arrive in the order of their sequence.
 * </ol>
 */
@FunctionalInterface
public interface Peer {

    /** Takes a notice (PE1–PE3). */
    void deliver(Notice notice);
}
