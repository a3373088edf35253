package org.libcoop.engine;

import org.libcoop.presence.Presence;
import org.libcoop.spi.Store;

/** What every part of a node stands on. */
record Ground(
        Store store,
        EngineTime time,
        NodeLife life,
        Presence presence,
        Heads heads,
        Views views,
        Audience audience,
        Listeners listeners) {}
