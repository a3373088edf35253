/** Containers with the Jakarta WebSocket API, embedded, for tests and measurements. */
@NullMarked
package org.libcoop.container;

import org.jspecify.annotations.NullMarked;
