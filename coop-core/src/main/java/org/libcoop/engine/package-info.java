/** The imperative shell: pipeline, timers, audience, feed, auditor. */
@NullMarked
package org.libcoop.engine;

import org.jspecify.annotations.NullMarked;
