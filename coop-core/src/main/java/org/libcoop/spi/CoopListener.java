package org.libcoop.spi;

import org.libcoop.annotation.Beta;

/**
 * Watches an engine, for a host's metrics and alerts; given to {@code CoopEngine.Builder.listener}.
 *
 * <ol>
 * <li>CO1 What happens to a chat is told after it is committed, in order for each chat, by the node that committed it and no other:
 *     a listener on every node hears of each once. If the store did not say whether it took a change, it is told once that is known;
 *     if the node dies first, it is not told. The chat's log is what counts; this is for those who watch.
 * <li>CO2 {@link #on} returns at once and never waits for the engine, a network or a database. It runs on the engine's threads,
 *     several at a time: one that takes its time holds up chats. Whoever takes 100 ms or more is named in the log, at most once a
 *     minute.
 * <li>CO3 What it throws is logged, at most once a minute, with what it was told, and reaches neither the engine nor another listener.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
@Beta
@FunctionalInterface
public interface CoopListener {

    /** Takes what happened (CO1 to CO3). */
    void on(Happening happening);
}
