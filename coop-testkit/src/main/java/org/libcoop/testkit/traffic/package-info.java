/** The traffic of a co-op, drawn from a seed: for tests and measurements of reports. */
@NullMarked
package org.libcoop.testkit.traffic;

import org.jspecify.annotations.NullMarked;
