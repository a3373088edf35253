/** In-memory store and archive, and loopback transport: defaults that pass the contracts. */
@NullMarked
package org.libcoop.memory;

import org.jspecify.annotations.NullMarked;
