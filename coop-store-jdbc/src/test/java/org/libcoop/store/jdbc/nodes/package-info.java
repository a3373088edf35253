/** Nodes as processes of their own on one PostgreSQL: contested, killed, stopped and handed over (G1, G8, G10). */
@NullMarked
package org.libcoop.store.jdbc.nodes;

import org.jspecify.annotations.NullMarked;
