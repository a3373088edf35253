/** Scenario files: a directory, a timeline and what must be seen, written without Java and run on simulated time (E3). */
@NullMarked
package org.libcoop.testkit.scenario;

import org.jspecify.annotations.NullMarked;
