/** Simulated time, faults and scenarios for those who build on the library. */
@NullMarked
package org.libcoop.testkit;

import org.jspecify.annotations.NullMarked;
