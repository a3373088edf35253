/** Side-by-side measurements of durable timers and claims, on one PostgreSQL with real fsync. */
@NullMarked
package org.libcoop.benchmark;

import org.jspecify.annotations.NullMarked;
